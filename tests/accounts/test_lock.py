"""The lock of an account, and the brake on an address that guesses (reliability G5, G6)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client

from accounts import actions
from accounts.models import User
from accounts.signing_in import LOCKED, SPRAY_LIMIT, SPRAYED, WRONG
from tests.accounts.conftest import SignIn
from tests.conftest import SignedIn

Fail = Callable[[str, int], list[Any]]
MORNING = datetime(2024, 5, 27, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", ["liaison", "nobody-of-that-name"])
def test_five_failures_lock_the_account_known_or_not(
    sign_in: SignIn, failing: Fail, liaison: User, name: str
) -> None:
    answers = failing(name, 5)
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert str(answers[3].context["refusal"]) == str(WRONG)
    assert str(answers[4].context["refusal"]) == str(LOCKED)
    refused = sign_in(name)
    assert (refused.status_code, refused["Retry-After"]) == (429, "1800")
    assert "_auth_user_id" not in refused.wsgi_request.session


def test_the_lock_ends_after_half_an_hour_and_trying_does_not_lengthen_it(
    sign_in: SignIn, failing: Fail, liaison: User
) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        failing("liaison", 5)
        clock.shift(timedelta(minutes=29))
        assert sign_in("liaison").status_code == 429
        clock.shift(timedelta(minutes=1, seconds=1))
        assert sign_in("liaison").status_code == 302


def test_right_after_four_failures_counts_from_the_start(
    client: Client, sign_in: SignIn, failing: Fail, liaison: User
) -> None:
    failing("liaison", 4)
    assert sign_in("liaison").status_code == 302
    client.post("/sign-out/")
    assert [answer.status_code for answer in failing("liaison", 4)] == [200] * 4


def test_another_account_at_the_same_address_is_not_locked(
    sign_in: SignIn, failing: Fail, liaison: User, officer: User
) -> None:
    failing("liaison", 6)
    assert sign_in("officer").status_code == 302


def test_the_same_account_is_locked_at_every_address(
    sign_in: SignIn, failing: Fail, liaison: User
) -> None:
    failing("liaison", 5)
    assert sign_in("liaison", REMOTE_ADDR="10.9.8.7").status_code == 429


def test_a_header_does_not_change_the_address_that_is_noted(sign_in: SignIn, liaison: User) -> None:
    forged = {"HTTP_X_FORWARDED_FOR": "10.1.1.1", "HTTP_X_REAL_IP": "10.1.1.1"}
    sign_in("liaison", "wrong-Password-1", REMOTE_ADDR="10.9.8.7", **forged)
    assert AccessAttempt.objects.get().ip_address == "10.9.8.7"


def test_the_administrator_unlocks(
    client: Client,
    sign_in: SignIn,
    failing: Fail,
    signed_in: SignedIn,
    liaison: User,
    administrator: User,
) -> None:
    failing("liaison", 5)
    admin = signed_in(administrator)
    assert "已锁定" in admin.get(f"/users/{liaison.pk}/").content.decode()
    assert admin.post(f"/users/{liaison.pk}/unlock/").status_code == 302
    assert sign_in("liaison").status_code == 302
    event = User.objects.get(pk=liaison.pk).events.latest("pgh_id")  # type: ignore[attr-defined]
    assert event.unlocked_at is not None
    assert event.pgh_context.metadata["action"] == "unlock_user"
    assert event.pgh_context.metadata["user"] == administrator.pk


def test_the_password_of_a_failed_try_is_kept_nowhere(sign_in: SignIn, liaison: User) -> None:
    sign_in("liaison", "a-slip-of-Mine-7")
    kept = AccessAttempt.objects.values_list("post_data", "get_data").get()
    assert "a-slip-of-Mine-7" not in str(kept)


@pytest.mark.slow
def test_guessing_at_many_accounts_is_braked_and_the_office_still_gets_in(
    sign_in: SignIn, liaison: User
) -> None:
    braked = 50
    answers = [sign_in(f"guess{number}", "Summer-2024") for number in range(SPRAY_LIMIT + braked)]
    statuses = [answer.status_code for answer in answers]
    assert statuses == [200] * SPRAY_LIMIT + [429] * braked
    assert str(answers[-1].context["refusal"]) == str(SPRAYED)
    assert answers[-1]["Retry-After"] == "300"
    started = time.perf_counter()
    assert sign_in("liaison").status_code == 302
    assert time.perf_counter() - started <= 5


def test_another_address_is_not_braked(sign_in: SignIn, liaison: User) -> None:
    for number in range(SPRAY_LIMIT + 1):
        sign_in(f"guess{number}", "Summer-2024")
    assert sign_in("liaison", "wrong-Password-1").status_code == 429
    elsewhere = sign_in("liaison", "wrong-Password-1", REMOTE_ADDR="10.9.8.7")
    assert elsewhere.status_code == 200


def test_the_brake_is_let_go_after_some_minutes(sign_in: SignIn, liaison: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        for number in range(SPRAY_LIMIT + 1):
            sign_in(f"guess{number}", "Summer-2024")
        clock.shift(timedelta(minutes=11))
        assert sign_in("liaison", "wrong-Password-1").status_code == 200


def test_people_who_are_signed_in_notice_nothing_of_it(
    sign_in: SignIn, signed_in: SignedIn, liaison: User
) -> None:
    working = signed_in(liaison)
    for number in range(SPRAY_LIMIT + 2):
        sign_in(f"guess{number}", "Summer-2024")
    assert working.get("/profile/").status_code == 200


def test_wrong_passwords_inside_count_towards_the_lock_too(
    sign_in: SignIn, signed_in: SignedIn, liaison: User
) -> None:
    """Somebody at a forgotten session must not try passwords without end."""
    inside = signed_in(liaison)
    for number in range(5):
        fields = {"password": f"guess-{number}", "new_password": "x", "again": "x"}
        inside.post("/profile/password/", fields)
    assert sign_in("liaison").status_code == 429


def test_a_reset_password_lifts_the_lock(
    sign_in: SignIn, failing: Fail, liaison: User, administrator: User
) -> None:
    failing("liaison", 5)
    password = actions.reset_password(user=liaison, at=datetime.now(tz=UTC), by=administrator)
    assert sign_in("liaison", password).status_code == 302
