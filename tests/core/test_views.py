"""Health and error pages: what happened, what to do next, and nothing needed to say it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg2
import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from accounts.models import User
from core import views
from tests.conftest import SignedIn

REQUEST = RequestFactory().get("/")


def failing(request: Any) -> HttpResponse:
    raise RuntimeError("示例")


def losing_the_database(request: Any) -> HttpResponse:
    raise OperationalError("server closed the connection unexpectedly")


class QueryCancelled(psycopg2.OperationalError):
    pgcode = "57014"


class ShuttingDown(psycopg2.OperationalError):
    pgcode = "57P01"


def with_cause(error: DatabaseError, cause: Exception) -> DatabaseError:
    error.__cause__ = cause
    return error


urlpatterns = [path("failing/", failing), path("losing/", losing_the_database)]
handler500 = "core.views.server_error"

PAGES: dict[int, Callable[[], HttpResponse]] = {
    400: lambda: views.bad_request(REQUEST, ValueError()),
    403: lambda: views.permission_denied(REQUEST, ValueError()),
    404: lambda: views.page_not_found(REQUEST, ValueError()),
    413: lambda: views.bad_request(REQUEST, RequestDataTooBig()),
    429: lambda: views.too_many_requests(90),
    500: lambda: views.server_error(REQUEST),
}


@pytest.mark.parametrize("status", PAGES)
def test_every_error_page_says_what_to_do_without_a_database(status: int) -> None:
    response = PAGES[status]()  # no django_db: any query would fail the test
    html = response.content.decode()
    assert response.status_code == status
    assert "同心工作台" in html
    assert 'href="/"' in html
    assert "<script" not in html


def test_too_much_in_one_request_names_the_limit() -> None:
    assert "一次最多提交 20 MB" in PAGES[413]().content.decode()


def test_asking_too_often_says_when_to_come_back() -> None:
    response = PAGES[429]()
    assert response["Retry-After"] == "90"
    assert "2 分钟后再试" in response.content.decode()


def test_a_form_from_an_old_page_is_refused_in_words(officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    page = {"referer": "http://testserver/activities/new/?like=3"}
    response = client.post("/i18n/setlang/", {"language": "en"}, headers=page)
    assert response.status_code == 403
    words = response.content.decode()
    assert "页面已过期，没有提交" in words
    assert 'href="/activities/new/?like=3"' in words


@override_settings(ROOT_URLCONF="tests.core.test_views")
def test_a_lost_database_is_a_pause_and_a_bug_is_an_error() -> None:
    client = Client(raise_request_exception=False)
    lost = client.get("/losing/")
    assert lost.status_code == 503
    assert lost["Retry-After"] == "10"
    assert "系统正在恢复" in lost.content.decode()
    assert 'href="/losing/"' in lost.content.decode()
    sent = client.post("/losing/", headers={"referer": "http://testserver/activities/new/"})
    assert 'href="/activities/new/"' in sent.content.decode()
    assert client.get("/failing/").status_code == 500


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (OperationalError("could not connect"), True),
        (InterfaceError("connection already closed"), True),
        (with_cause(OperationalError(), ShuttingDown()), True),
        (with_cause(OperationalError(), QueryCancelled()), False),
        (DatabaseError("syntax"), False),
        (None, False),
    ],
)
def test_only_an_unreachable_database_counts_as_away(error: Exception | None, away: bool) -> None:
    assert views.database_is_away(error) is away


@pytest.mark.django_db
def test_healthz_answers_200_when_the_site_can_be_used(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json()["status"] == "ok"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_healthz_answers_503_while_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise OperationalError("starting up")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert client.get("/healthz").status_code == 503


@pytest.mark.django_db
def test_the_gallery_asks_a_guest_to_sign_in(client: Client) -> None:
    response = client.get("/gallery/")
    assert response.status_code == 302
    assert "/sign-in/" in response["Location"]


def test_the_frame_speaks_english_when_asked(signed_in: SignedIn, officer: User) -> None:
    client = signed_in(officer)
    client.cookies["language"] = "en"
    assert '<html lang="en">' in client.get("/gallery/").content.decode()
