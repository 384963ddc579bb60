"""Signing in: where it leads, what it tells, what it costs."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.models import User
from tests import factories
from tests.accounts.conftest import SignIn
from tests.conftest import SignedIn

PAGE = "/sign-in/"


def test_signing_in_leads_to_where_the_person_was_going(client: Client, liaison: User) -> None:
    asked = client.get(reverse("accounts:change_password"))
    assert asked.status_code == 302
    page = client.get(asked["Location"])
    assert 'name="next" value="/profile/password/"' in page.content.decode()
    answer = client.post(
        PAGE,
        {"username": "liaison", "password": factories.PASSWORD, "next": "/profile/password/"},
    )
    assert answer["Location"] == "/profile/password/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "http:evil.example",
        " //evil.example",
        "\x00//evil.example",
        "-1",
        "accounts:sign_out",
    ],
)
def test_nobody_is_sent_to_another_site(
    sign_in: SignIn, liaison: User, settings: Settings, elsewhere: str
) -> None:
    settings.LOGIN_REDIRECT_URL = "/profile/"
    answer = sign_in("liaison", fields={"next": elsewhere})
    assert (answer.status_code, answer["Location"]) == (302, "/profile/")


@pytest.mark.parametrize("goal", ["/profile/", "-1", "accounts:sign_out"])
def test_somebody_signed_in_already_goes_on_at_once(
    signed_in: SignedIn, liaison: User, settings: Settings, goal: str
) -> None:
    settings.LOGIN_REDIRECT_URL = "/profile/"
    answer = signed_in(liaison).get(PAGE, {"next": goal})
    assert (answer.status_code, answer["Location"]) == (302, "/profile/")


@pytest.mark.parametrize("spelling", ["LIAISON", " liaison ", "ｌｉａｉｓｏｎ"])
def test_a_user_name_is_known_however_it_is_typed(
    sign_in: SignIn, liaison: User, spelling: str
) -> None:
    assert sign_in(spelling).status_code == 302


def test_an_unknown_name_a_wrong_password_and_a_disabled_account_get_the_same_answer(
    sign_in: SignIn, liaison: User
) -> None:
    factories.officer(username="left__it", is_active=False)
    answers = {
        "liaison": sign_in("liaison", "wrong-Password-1"),
        "left__it": sign_in("left__it"),
        "unknown": sign_in("unknown", "wrong-Password-1"),
    }
    assert {answer.status_code for answer in answers.values()} == {200}
    told = {answer.context["refusal"] for answer in answers.values()}
    assert len({str(words) for words in told}) == 1
    pages = {
        "".join(line for line in page_lines(answer) if name not in line)
        for name, answer in answers.items()
    }
    assert len(pages) == 1


def page_lines(answer: Any) -> list[str]:
    """The lines of a page but those that differ on every page."""
    lines = answer.content.decode().splitlines(keepends=True)
    return [line for line in lines if "csrf" not in line]


@pytest.mark.parametrize("name", ["liaison", "disabled", "unknown"])
def test_every_try_hashes_exactly_once(
    real_hashing: None, sign_in: SignIn, liaison: User, name: str
) -> None:
    factories.officer(username="disabled", is_active=False)
    encode = PBKDF2PasswordHasher.encode
    with patch.object(PBKDF2PasswordHasher, "encode", autospec=True, side_effect=encode) as hashed:
        sign_in(name, "wrong-Password-1")
    assert hashed.call_count == 1


def test_the_key_of_the_session_changes_at_sign_in(
    client: Client, sign_in: SignIn, liaison: User
) -> None:
    session = client.session
    session["fixed"] = "by somebody else"
    session.save()
    before = session.session_key
    assert sign_in("liaison").status_code == 302
    assert client.session.session_key != before
    old = Client()
    old.cookies["sessionid"] = str(before)
    assert old.get("/profile/").status_code == 302


def test_signing_out_needs_a_post_and_ends_the_session(signed_in: SignedIn, liaison: User) -> None:
    person = signed_in(liaison)
    assert person.get("/sign-out/").status_code == 405
    assert person.get("/profile/").status_code == 200
    key = person.session.session_key
    assert person.post("/sign-out/").status_code == 302
    person.cookies["sessionid"] = str(key)
    assert person.get("/profile/").status_code == 302


@pytest.mark.parametrize(
    "username",
    [
        "\x00",
        "li\x00aison",
        "x" * 5000,
        "\ufdfa" * 60,
        "\udcff",
        "'; DROP TABLE",
        "%%%%",
        "😀" * 60,
    ],
)
def test_no_user_name_breaks_the_page(client: Client, liaison: User, username: str) -> None:
    name = username.encode("utf-8", "surrogatepass")
    form = "application/x-www-form-urlencoded"
    for fields in (
        {"username": name, "password": "wrong"},
        {"username": "liaison", "password": name},
        {"username": "liaison", "password": "wrong", "next": name},
    ):
        answer = client.post(f"{PAGE}?{urlencode({'next': name})}", urlencode(fields), form)
        assert answer.status_code == 200


def test_the_page_is_chinese_whatever_the_browser_came_with(client: Client, db: None) -> None:
    page = client.get(PAGE, headers={"accept-language": "en-US,en"})
    assert page.headers["Content-Language"] == "zh-hans"
    assert "用户名" in page.content.decode()
    client.cookies["language"] = "en"
    assert client.get(PAGE).headers["Content-Language"] == "en"
    client.cookies["language"] = "xx"
    assert client.get(PAGE).headers["Content-Language"] == "zh-hans"


def test_the_language_a_person_chose_comes_back_at_sign_in(
    client: Client, sign_in: SignIn, signed_in: SignedIn, liaison: User
) -> None:
    signed_in(liaison).post(reverse("set_language"), {"language": "en", "next": "/profile/"})
    liaison.refresh_from_db()
    assert liaison.language == "en"
    answer = sign_in("liaison")
    assert answer.cookies["language"].value == "en"
    assert client.get("/profile/").headers["Content-Language"] == "en"


def test_a_language_that_is_not_offered_is_not_kept(signed_in: SignedIn, liaison: User) -> None:
    signed_in(liaison).post(reverse("set_language"), {"language": "xx", "next": "/"})
    liaison.refresh_from_db()
    assert liaison.language == ""


def test_the_sign_in_page_is_never_kept_by_the_browser(client: Client, db: None) -> None:
    assert "no-store" in client.get(PAGE).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("came_from", "goal"),
    [
        ("http://testserver/activities/7/?tab=1", "/activities/7/%3Ftab%3D1"),
        ("http://testserver", "/"),
        ("https://evil.example/activities/7/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_what_is_sent_after_the_session_ended_leads_back_to_its_page(
    db: None, came_from: str, goal: str
) -> None:
    """The address it was sent to takes no visits: nobody should land there after signing in."""
    answer = Client().post("/activities/7/submit/", headers={"referer": came_from})
    assert answer["Location"] == f"/sign-in/?next={goal}"


def test_a_part_of_a_page_is_not_replaced_by_the_page_to_sign_in(db: None) -> None:
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/villages/?q=x"}
    answer = Client().get("/villages/?q=xy", headers=headers)
    assert answer["HX-Redirect"] == "/sign-in/?next=/villages/%3Fq%3Dx"
    assert not answer.content


def test_whoever_is_sent_to_sign_in_reads_what_becomes_of_a_half_filled_form(db: None) -> None:
    told = "登录后回到刚才的页面"
    assert told in Client().get("/sign-in/?next=/activities/new/").content.decode()
    assert told not in Client().get("/sign-in/?next=/").content.decode()
    assert told not in Client().get("/sign-in/").content.decode()
