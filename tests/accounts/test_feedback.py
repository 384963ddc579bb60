"""Feedback: on every page, kept with its page and its words, read by administrators, answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Feedback, User
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db
FEEDBACK = "/feedback/"


@pytest.mark.parametrize("page", ["/", "/towns/", "/profile/", "/search/"])
def test_every_page_offers_to_say_what_is_wrong(
    signed_in: SignedIn, officer: User, own_town: Town, page: str
) -> None:
    html = signed_in(officer).get(page).content.decode()
    assert f'href="{FEEDBACK}?from={page}"' in html


def test_what_is_said_is_kept_as_it_was_typed(signed_in: SignedIn, officer: User) -> None:
    words = "人次写错了：\n应为 60，不是 600。"
    answer: Any = signed_in(officer).post(FEEDBACK, {"words": words, "path": "/towns/"})
    assert answer.url == "/towns/"
    kept = Feedback.objects.get()
    assert (kept.words, kept.path, kept.written_by) == (words, "/towns/", officer)
    assert kept.written_at


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/towns/?town=12#top", "/towns/"),
        ("https://elsewhere.example/x", ""),
        ("//elsewhere.example/x", ""),
        ("", ""),
    ],
)
def test_only_the_path_of_an_own_page_is_kept(
    signed_in: SignedIn, officer: User, address: str, path: str
) -> None:
    answer: Any = signed_in(officer).post(FEEDBACK, {"words": "好", "path": address})
    assert Feedback.objects.get().path == path
    assert answer.url == (path or FEEDBACK)


def test_words_that_are_refused_stand_in_the_form_again(signed_in: SignedIn, officer: User) -> None:
    words = "字" * 4001
    page = signed_in(officer).post(FEEDBACK, {"words": words, "path": "/towns/"}).content.decode()
    assert words in page
    assert not Feedback.objects.exists()


def test_what_is_typed_is_kept_in_the_browser_until_it_was_accepted(
    signed_in: SignedIn, officer: User
) -> None:
    page = signed_in(officer).get(FEEDBACK + "?from=/towns/").content.decode()
    assert 'data-draft="feedback /towns/"' in page


def test_an_administrator_finds_and_answers_it(
    signed_in: SignedIn, administrator: User, officer: User
) -> None:
    signed_in(officer).post(FEEDBACK, {"words": "请加一列", "path": "/towns/"})
    client = signed_in(administrator)
    assert "请加一列" in client.get(reverse("accounts:list_feedback")).content.decode()
    kept = Feedback.objects.get()
    client.post(reverse("accounts:answer_feedback", args=[kept.pk]), {"answer": "已加"})
    assert "已加" in signed_in(officer).get(FEEDBACK).content.decode()
    still_open = client.get(reverse("accounts:list_feedback") + "?state=open").context["records"]
    assert still_open.count == 0


def test_nobody_reads_what_another_said(signed_in: SignedIn, officer: User, liaison: User) -> None:
    signed_in(officer).post(FEEDBACK, {"words": "只给管理员", "path": "/"})
    client = signed_in(liaison)
    assert "只给管理员" not in client.get(FEEDBACK).content.decode()
    assert client.get(reverse("accounts:list_feedback")).status_code == 403
