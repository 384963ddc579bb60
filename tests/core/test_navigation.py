"""The frame: a menu of what this person may do, the page one is on, the words for the scripts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from accounts.models import User
from config.navigation import Item, Section
from core import navigation
from core.access import Permission
from core.navigation import Frame, every_entry_has_a_page, register_count

MENU = (
    Section("工作", (Item("组件", "core:gallery", "home", Permission.READ),)),  # type: ignore[arg-type]
    Section(
        "系统",  # type: ignore[arg-type]
        (
            Item("健康", "core:healthz", "check", Permission.MANAGE_USERS),  # type: ignore[arg-type]
            Item("未来", "core:not_yet", "check", Permission.READ),  # type: ignore[arg-type]
        ),
    ),
)


@pytest.fixture(autouse=True)
def short_menu(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.NAVIGATION = MENU
    monkeypatch.setattr(navigation, "_counts", {})


def frame(user: Any, path: str = "/") -> Frame:
    request: HttpRequest = RequestFactory().get(path)
    request.user = user
    return Frame(request)


def entries(shown: Frame) -> dict[str, list[str]]:
    return {section.title: [item.label for item in section.items] for section in shown.menu}


def test_each_person_sees_only_what_their_role_may_open(officer: User, administrator: User) -> None:
    assert entries(frame(officer)) == {"工作": ["组件"]}
    assert entries(frame(administrator)) == {"工作": ["组件"], "系统": ["健康"]}


def test_a_guest_sees_no_menu_and_a_request_without_a_user_neither() -> None:
    assert frame(AnonymousUser()).menu == []
    assert Frame(RequestFactory().get("/")).menu == []


@pytest.mark.parametrize(
    ("path", "current"),
    [("/gallery/", [True]), ("/gallery/12/edit/", [True]), ("/gallerys/", [False]), ("/", [False])],
)
def test_the_entry_a_page_lies_under_is_marked(
    officer: User, path: str, current: list[bool]
) -> None:
    assert [item.current for item in frame(officer, path).menu[0].items] == current


def test_a_registered_count_stands_beside_its_entry(officer: User) -> None:
    register_count("core:gallery", lambda user: 4 if user == officer else 0)
    assert frame(officer).menu[0].items[0].count == 4


def test_an_entry_without_a_page_is_reported_by_the_check() -> None:
    (warning,) = every_entry_has_a_page()
    assert warning.id == "core.W001"
    assert "core:not_yet" in warning.msg
    assert "core:gallery" not in warning.msg


def test_the_other_language_is_offered(officer: User) -> None:
    assert frame(officer).other_languages == [("en", "English")]


def test_the_frame_costs_nothing_until_it_is_drawn() -> None:
    nobody = SimpleNamespace()  # without a role or a name: any use of it fails, as any query does
    assert frame(nobody).language == "zh-hans"
