"""A page that is given again says what a page made now would say; otherwise it is made anew."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django import shortcuts
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from activities.models import Activity
from core import kept
from core.kept import KeptPage, KeptPages, kept_pages
from core.kept_parts import kept_parts
from dashboards.views import overviews
from summaries.cells.models import Change
from summaries.cells.watching import BEHIND_CELLS, MOST_CHANGES, WATCHED, fold_changes, versions
from tests import factories
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db
DISTRICT, TOWN, ACTIVITIES = "/district/", "/towns/310118107/", "/activities/"
OF_A_HIT = 3  # the session, the person, and what was written
# Rows that no kept page shows: a page that reads one of them is not kept.
SHOWN_ON_NO_KEPT_PAGE = {
    *("accounts_formerpassword", "accounts_feedback", "cells_cell", "cells_countedmonth"),
    *("cells_mark", "cells_change", "jobs_job", "jobs_tick"),
}
OWN_APPS = ("towns", "chambers", "venues", "activities", "accounts", "summaries", "cells", "jobs")
NO_TRIGGER = """
    CREATE OR REPLACE FUNCTION cells_note_write() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RETURN NULL; END; $$
"""


def told(client: Client, url: str = DISTRICT) -> str:
    """The words of a page without what is another in every answer."""
    answer = client.get(url)
    assert answer.status_code == 200
    words = re.sub(r'="\w{64}"', "", answer.content.decode())
    return re.sub(r"页面生成于 [^<]*|数据截至 [^<]*", "", words)


def activities_on(client: Client, url: str = ACTIVITIES) -> int:
    found = re.search(r"共 <b>([\d,]+)</b>", client.get(url).content.decode())
    assert found
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize("url", [DISTRICT, TOWN, ACTIVITIES, "/figures/", "/search/?q=a"])
def test_what_nobody_wrote_to_is_given_again(
    url: str, own_town: Town, officer: User, signed_in: SignedIn
) -> None:
    client = signed_in(officer)
    made = told(client, url)
    with CaptureQueriesContext(connection) as sent:
        assert told(client, url) == made
    assert len(sent) == OF_A_HIT


def test_an_activity_confirmed_now_is_on_the_next_page(
    own_town: Town, officer: User, signed_in: SignedIn
) -> None:
    client = signed_in(officer)
    factories.activity(own_town, start_on=timezone.localdate())
    waiting = factories.activity(own_town, start_on=timezone.localdate(), review="submitted")
    before = {url: told(client, url) for url in (DISTRICT, TOWN, "/figures/activities/")}
    Activity.objects.filter(pk=waiting.pk).update(review="confirmed")
    for url, words in before.items():
        assert told(client, url) != words


def test_without_its_trigger_a_page_stays_behind(
    own_town: Town, officer: User, signed_in: SignedIn
) -> None:
    """The control of all tests here: a write that is not noted is a page that is wrong."""
    client = signed_in(officer)
    factories.activity(own_town)
    assert activities_on(client) == 1
    with connection.cursor() as cursor:
        cursor.execute(NO_TRIGGER)
    factories.activity(own_town)
    assert activities_on(client) == 1
    kept_pages.forget()
    kept_parts.forget()
    assert activities_on(client) == 2


def test_every_table_that_pages_show_notes_its_writes() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'cells_note_write'"
        )
        noting = {name for (name,) in cursor.fetchall()}
    assert noting == set(WATCHED)
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OWN_APPS and not hasattr(model, "pgh_tracked_model")
    }
    assert tables - noting == SHOWN_ON_NO_KEPT_PAGE
    assert noting >= BEHIND_CELLS


def test_a_page_that_reads_what_is_not_watched_is_made_each_time(
    administrator: User, signed_in: SignedIn
) -> None:
    client = signed_in(administrator)
    for _time in range(2):
        with CaptureQueriesContext(connection) as sent:
            assert client.get("/profile/").status_code == 200
        assert len(sent) > OF_A_HIT
    assert not kept_pages.pages


def test_each_person_language_and_day_has_its_own_page(
    own_town: Town, other_town: Town, officer: User, liaison: User, signed_in: SignedIn
) -> None:
    factories.activity(own_town)
    factories.activity(other_town)
    assert activities_on(signed_in(officer)) == 2
    assert activities_on(signed_in(liaison)) == 1
    client = signed_in(officer)
    client.cookies["language"] = "en"
    assert "Activities" in told(client, ACTIVITIES)
    del client.cookies["language"]
    before = told(client)
    with time_machine.travel(timezone.now() + timedelta(hours=24), tick=False):
        assert told(signed_in(officer)) != before


def test_who_lost_a_town_or_a_role_gets_nothing_that_was_kept(
    own_town: Town, other_town: Town, signed_in: SignedIn
) -> None:
    liaison = factories.liaison(own_town, other_town)
    client = signed_in(liaison)
    assert client.get("/towns/310118106/").status_code == 200
    liaison.assignments.filter(town=other_town).delete()
    assert client.get("/towns/310118106/").status_code == 404
    User.objects.filter(pk=liaison.pk).update(is_active=False)
    assert client.get(TOWN).status_code == 302


def test_a_kept_page_says_its_own_moment_and_has_a_token_that_works(
    own_town: Town, officer: User
) -> None:
    client = Client(enforce_csrf_checks=True)
    morning = datetime(2026, 5, 27, 9, 12, tzinfo=timezone.get_current_timezone())
    with time_machine.travel(morning, tick=False):
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        first = client.get(DISTRICT).content.decode()
    with time_machine.travel(morning + timedelta(minutes=8), tick=False):
        with CaptureQueriesContext(connection) as sent:
            second = client.get(DISTRICT).content.decode()
        assert len(sent) == OF_A_HIT
        assert first.count("09:12") == second.count("09:20") == 2
        assert "09:12" not in second and "\ue000" not in first + second
        tokens = set(re.findall(r'csrfmiddlewaretoken" value="(\w{64})"', second))
        (token,) = tokens - set(re.findall(r'"(\w{64})"', first))
        answer = client.post(
            reverse("set_language"), {"language": "en", "csrfmiddlewaretoken": token}
        )
        assert answer.status_code == 302


def test_a_word_on_the_last_act_is_said_once(officer: User, signed_in: SignedIn) -> None:
    client = signed_in(officer)
    told(client)
    assert "没有这个" in told(client, f"{DISTRICT}?kind=nothing")
    assert "没有这个" in told(client, f"{DISTRICT}?kind=nothing")
    assert [key for key in kept_pages.pages if "nothing" in key[0]] == []


def test_changes_are_folded_into_one_line_that_says_the_same(own_town: Town) -> None:
    for _time in range(MOST_CHANGES):
        Town.objects.filter(pk=own_town.pk).update(opened_on=None)
    before = versions()
    fold_changes()
    assert versions() == before
    assert Change.objects.count() == len(before)
    Town.objects.filter(pk=own_town.pk).update(opened_on=None)
    assert versions() != before


def test_pages_that_nobody_asked_for_longest_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_BYTES", 25)
    pages = KeptPages()
    page = KeptPage(b"0123456789", {}, {})
    for name in ("first", "second"):
        pages.put((name,), page)
    pages.find(("first",))
    pages.put(("third",), page)
    assert [*pages.pages] == [("first",), ("third",)]
    assert pages.size == 20


@pytest.mark.django_db(transaction=True)
def test_a_write_that_commits_while_a_page_is_made_is_on_the_next(
    monkeypatch: pytest.MonkeyPatch, signed_in: SignedIn
) -> None:
    town = factories.town("华新镇", code="310118107")
    client = signed_in(factories.officer())
    write = committed_elsewhere(lambda: factories.activity(town, start_on=timezone.localdate()))
    real = shortcuts.render

    def late(*args: Any, **kwargs: Any) -> Any:
        answer = real(*args, **kwargs)
        write()
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(overviews, "render", late)
        before = told(client)
    assert told(client) != before
    assert told(client) == told(client)


@pytest.mark.django_db(transaction=True)
def test_readers_beside_many_writers_never_see_less_than_was_committed(
    signed_in: SignedIn,
) -> None:
    town = factories.town("华新镇", code="310118107")
    client = signed_in(factories.officer())
    committed = [0, 0, 0]

    def enter(writer: int) -> None:
        for _time in range(6):
            with transaction.atomic():
                factories.activity(town)
            committed[writer] += 1
        connection.close()

    writers = [threading.Thread(target=enter, args=(number,)) for number in range(3)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        at_least = sum(committed)
        assert activities_on(client) >= at_least
    assert activities_on(client) == activities_on(client) == 18


def committed_elsewhere(write: Callable[[], Any]) -> Callable[[], None]:
    def wrote() -> None:
        write()
        connection.close()

    def act() -> None:
        writer = threading.Thread(target=wrote)
        writer.start()
        writer.join()

    return act
