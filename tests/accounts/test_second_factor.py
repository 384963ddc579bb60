"""The second factor: enrolment, the step after the password, recovery codes, losing it all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import actions
from accounts.models import User
from core.refusals import Refused
from tests.accounts.conftest import broken_rules
from tests.conftest import SignedIn
from tests.factories import PASSWORD

NOW = datetime(2024, 5, 27, 1, 0, tzinfo=UTC)
PAGE = "/profile/second-factor/"
STEP = "/sign-in/second-factor/"


def code(device: TOTPDevice, shift: int = 0) -> str:
    """What the app shows at the (frozen) moment, or some steps of half a minute later."""
    counted = totp(device.bin_key, t0=-shift * 30)
    return f"{counted:06d}"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def enrolled(clock: time_machine.Traveller, liaison: User) -> tuple[TOTPDevice, list[str]]:
    """The liaison with a second factor in force since half a minute."""
    User.objects.filter(pk=liaison.pk).update(password_changed_at=NOW)
    liaison.refresh_from_db()
    device = actions.begin_second_factor(user=liaison, by=liaison)
    confirmed = actions.confirm_second_factor(user=liaison, token=code(device), at=NOW, by=liaison)
    clock.shift(timedelta(seconds=30))
    return confirmed


@pytest.fixture
def half_way(client: Client, enrolled: object) -> Client:
    """Past the password, before the second step."""
    sent = client.post(
        "/sign-in/", {"username": "liaison", "password": PASSWORD, "next": "/profile/"}
    )
    assert sent["Location"] == "/profile/"
    return client


def test_enrolment_shows_a_picture_and_the_secret_and_ends_with_ten_codes(
    clock: object, signed_in: SignedIn, liaison: User
) -> None:
    User.objects.filter(pk=liaison.pk).update(password_changed_at=NOW)
    session = signed_in(liaison)
    assert session.post(f"{PAGE}begin/")["Location"] == PAGE
    page = session.get(PAGE).content.decode()
    assert 'src="data:image/svg+xml' in page
    device = TOTPDevice.objects.get(user=liaison)
    assert actions.secret_letters(device) in re.sub(r"\s", "", page)
    done = session.post(PAGE, {"token": f" {code(device)[:3]} {code(device)[3:]}"})
    assert len(set(done.context["codes"])) == 10
    assert "data-print" in done.content.decode()
    assert session.get("/profile/").status_code == 200
    assert done.context["codes"][0] not in session.get(PAGE).content.decode()


def test_a_secret_is_not_in_force_before_a_code_proves_it(
    clock: object, signed_in: SignedIn, liaison: User
) -> None:
    User.objects.filter(pk=liaison.pk).update(password_changed_at=NOW)
    session = signed_in(liaison)
    session.post(f"{PAGE}begin/")
    wrong = session.post(PAGE, {"token": "000000"})
    assert broken_rules(wrong) == {"USR-08"}
    liaison.refresh_from_db()
    assert liaison.second_factor_since is None
    assert signed_in(liaison).get("/profile/").status_code == 200


def test_the_page_draws_a_new_picture_on_demand(signed_in: SignedIn, liaison: User) -> None:
    session = signed_in(liaison)
    session.post(f"{PAGE}begin/")
    first = TOTPDevice.objects.get(user=liaison).key
    session.post(f"{PAGE}begin/")
    assert TOTPDevice.objects.get(user=liaison).key != first


def test_past_the_password_no_page_opens_before_the_code(half_way: Client) -> None:
    sent = half_way.get("/profile/")
    assert sent["Location"] == f"{STEP}?next=%2Fprofile%2F"
    assert half_way.post(f"{PAGE}remove/", {"password": PASSWORD})["Location"] == STEP
    assert half_way.post(f"{PAGE}begin/")["Location"] == STEP


def test_the_code_opens_the_way_and_the_key_of_the_session_changes(
    half_way: Client, enrolled: tuple[TOTPDevice, list[str]]
) -> None:
    before = half_way.session.session_key
    done = half_way.post(STEP, {"token": code(enrolled[0]), "next": "/profile/"})
    assert done["Location"] == "/profile/"
    assert half_way.session.session_key != before
    assert half_way.get("/profile/").status_code == 200


def test_a_code_can_be_used_once(half_way: Client, enrolled: tuple[TOTPDevice, list[str]]) -> None:
    used = code(enrolled[0])
    half_way.post(STEP, {"token": used, "next": "/profile/"})
    half_way.post("/sign-out/")
    half_way.post("/sign-in/", {"username": "liaison", "password": PASSWORD, "next": "/profile/"})
    assert half_way.post(STEP, {"token": used}).status_code == 200
    assert half_way.get("/profile/").status_code == 302


@pytest.mark.parametrize("steps", [-3, 3])
def test_an_old_code_and_one_too_early_are_refused(
    half_way: Client, enrolled: tuple[TOTPDevice, list[str]], steps: int
) -> None:
    assert half_way.post(STEP, {"token": code(enrolled[0], steps)}).status_code == 200


def test_wrong_codes_make_the_person_wait_longer_and_longer(
    half_way: Client, clock: time_machine.Traveller, enrolled: tuple[TOTPDevice, list[str]]
) -> None:
    for wait in (1, 2, 4, 8):
        assert "不正确" in half_way.post(STEP, {"token": "000000"}).content.decode()
        assert "请等" in half_way.post(STEP, {"token": code(enrolled[0])}).content.decode()
        clock.shift(timedelta(seconds=wait))
    right = {"token": code(enrolled[0]), "next": "/profile/"}
    assert half_way.post(STEP, right).status_code == 302


def test_a_recovery_code_opens_once_and_however_it_is_typed(
    half_way: Client, enrolled: tuple[TOTPDevice, list[str]]
) -> None:
    typed = f" {enrolled[1][0][:4].upper()}-{enrolled[1][0][4:]} "
    done = half_way.post(STEP, {"token": typed, "next": "/profile/"})
    assert done["Location"] == "/profile/"
    assert "还剩 9 个" in half_way.get("/profile/").content.decode()
    half_way.post("/sign-out/")
    half_way.post("/sign-in/", {"username": "liaison", "password": PASSWORD, "next": "/profile/"})
    assert half_way.post(STEP, {"token": typed}).status_code == 200


def test_somebody_else_s_code_does_not_help(
    half_way: Client, officer: User, enrolled: tuple[TOTPDevice, list[str]]
) -> None:
    device = actions.begin_second_factor(user=officer, by=officer)
    theirs = actions.confirm_second_factor(user=officer, token=code(device), at=NOW, by=officer)
    assert half_way.post(STEP, {"token": theirs[1][0]}).status_code == 200
    assert half_way.get("/profile/").status_code == 302


def test_new_codes_need_the_password_and_end_the_old_ones(
    half_way: Client, liaison: User, enrolled: tuple[TOTPDevice, list[str]]
) -> None:
    half_way.post(STEP, {"token": code(enrolled[0]), "next": "/profile/"})
    assert half_way.post(f"{PAGE}codes/", {"password": "wrong"}).status_code == 200
    assert set(StaticToken.objects.values_list("token", flat=True)) == set(enrolled[1])
    done = half_way.post(f"{PAGE}codes/", {"password": PASSWORD})
    assert len(done.context["codes"]) == 10
    assert not set(StaticToken.objects.values_list("token", flat=True)) & set(enrolled[1])


def test_removing_needs_the_password(
    half_way: Client, liaison: User, enrolled: tuple[TOTPDevice, list[str]]
) -> None:
    half_way.post(STEP, {"token": code(enrolled[0]), "next": "/profile/"})
    assert half_way.post(f"{PAGE}remove/", {"password": "wrong"}).status_code == 200
    assert User.objects.filter(second_factor_since__isnull=False).get() == liaison
    assert half_way.post(f"{PAGE}remove/", {"password": PASSWORD})["Location"] == PAGE
    assert not User.objects.filter(second_factor_since__isnull=False).exists()
    assert not TOTPDevice.objects.filter(user=liaison).exists()
    assert not StaticToken.objects.exists()


def test_other_sessions_must_take_the_step_once_it_is_in_force(
    clock: object, signed_in: SignedIn, liaison: User
) -> None:
    User.objects.filter(pk=liaison.pk).update(password_changed_at=NOW)
    elsewhere = signed_in(liaison)
    assert elsewhere.get("/profile/").status_code == 200
    device = actions.begin_second_factor(user=liaison, by=liaison)
    actions.confirm_second_factor(user=liaison, token=code(device), at=NOW, by=liaison)
    assert elsewhere.get("/profile/")["Location"].startswith(STEP)


def test_a_factor_in_force_is_not_replaced_by_the_back_door(
    liaison: User, enrolled: tuple[TOTPDevice, list[str]]
) -> None:
    liaison.refresh_from_db()
    with pytest.raises(Refused, match="USR-10"):
        actions.begin_second_factor(user=liaison, by=liaison)


def test_the_administrator_helps_who_has_lost_everything_and_it_is_written_down(
    half_way: Client,
    signed_in: SignedIn,
    liaison: User,
    administrator: User,
) -> None:
    User.objects.filter(pk=administrator.pk).update(password_changed_at=NOW)
    signed_in(administrator).post(f"/users/{liaison.pk}/reset-second-factor/")
    assert half_way.get("/profile/").status_code == 200
    event = User.objects.get(pk=liaison.pk).events.latest("pgh_id")  # type: ignore[attr-defined]
    assert event.second_factor_since is None
    assert event.pgh_context.metadata["action"] == "reset_second_factor"
    assert event.pgh_context.metadata["user"] == administrator.pk


def test_no_secret_is_asked_for_by_a_page_that_has_none(signed_in: SignedIn, liaison: User) -> None:
    session = signed_in(liaison)
    for name in ("codes", "remove"):
        assert session.get(f"{PAGE}{name}/")["Location"] == PAGE
    assert broken_rules(session.post(PAGE, {"token": "1"})) == {"USR-09"}
