"""A person who owes a new password or the second step reaches no other page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.middleware import ALWAYS_OPEN, CHANGE_PASSWORD, VERIFY
from accounts.models import User
from tests.conftest import SignedIn
from tests.factories import PASSWORD

OWN_CHOICE = "Bamboo-grove-88"


def addresses(
    resolver: URLResolver, namespace: str = "", before: str = "/"
) -> Iterator[tuple[str, str]]:
    """Every URL name with an address it answers at, arguments filled with plain values."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, inner, route)
        elif isinstance(entry, URLPattern):
            filled = "/".join("1" if part.startswith("<") else part for part in route.split("/"))
            yield f"{namespace}{entry.name}", filled


@pytest.mark.parametrize(
    ("owed", "fields"),
    [
        (CHANGE_PASSWORD, {"must_change_password": True}),
        (CHANGE_PASSWORD, {"password_changed_at": timezone.now() - timedelta(days=91)}),
        (VERIFY, {"second_factor_since": timezone.now()}),
        (VERIFY, {"second_factor_since": timezone.now(), "must_change_password": True}),
    ],
)
def test_no_page_but_the_owed_one_opens(
    signed_in: SignedIn, administrator: User, owed: str, fields: dict[str, object]
) -> None:
    User.objects.filter(pk=administrator.pk).update(**fields)
    session = signed_in(administrator)
    pages = [page for page in addresses(get_resolver()) if page[0] not in {owed, *ALWAYS_OPEN}]
    assert len(pages) > 15
    for name, address in pages:
        for method in (session.get, session.post):
            answer = method(address)
            assert answer.status_code == 302, (name, address)
            assert answer["Location"].startswith(f"/{'sign-in' if owed == VERIFY else 'profile'}/")


def test_the_way_out_and_the_language_stay_open(signed_in: SignedIn, liaison: User) -> None:
    User.objects.filter(pk=liaison.pk).update(must_change_password=True)
    session = signed_in(liaison)
    assert session.post("/i18n/setlang/", {"language": "en", "next": "/x/"})["Location"] == "/x/"
    assert session.post("/sign-out/")["Location"] == "/sign-in/"


def test_after_the_new_password_the_person_arrives_where_they_were_going(
    client: Client, liaison: User
) -> None:
    User.objects.filter(pk=liaison.pk).update(must_change_password=True)
    client.post("/sign-in/", {"username": "liaison", "password": PASSWORD, "next": "/profile/"})
    sent = client.get("/profile/?tab=2")
    assert sent["Location"] == "/profile/password/?next=%2Fprofile%2F%3Ftab%3D2"
    page = client.get(sent["Location"]).content.decode()
    assert "这是一次性密码" in page
    fields = {
        "password": PASSWORD,
        "new_password": OWN_CHOICE,
        "again": OWN_CHOICE,
        "next": "/profile/?tab=2",
    }
    assert client.post("/profile/password/", fields)["Location"] == "/profile/?tab=2"
    assert client.get("/profile/").status_code == 200


def test_an_expired_password_says_how_old_it_is(signed_in: SignedIn, liaison: User) -> None:
    old = timezone.now() - timedelta(days=91)
    User.objects.filter(pk=liaison.pk).update(password_changed_at=old)
    assert "密码已满 90 天" in signed_in(liaison).get("/profile/password/").content.decode()


def test_asvs_lets_an_old_password_be(
    signed_in: SignedIn, liaison: User, settings: Settings
) -> None:
    settings.PASSWORD_PROFILE = "asvs"
    User.objects.filter(pk=liaison.pk).update(password_changed_at=None)
    assert signed_in(liaison).get("/profile/").status_code == 200


def test_a_part_of_a_page_sends_the_whole_page_there(signed_in: SignedIn, liaison: User) -> None:
    User.objects.filter(pk=liaison.pk).update(must_change_password=True)
    answer = signed_in(liaison).get("/profile/", headers={"hx-request": "true"})
    assert answer["HX-Redirect"] == "/profile/password/"
