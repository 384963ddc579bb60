"""Parts that are kept say what parts made now would say, to who may read them and nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from activities.models import Activity, ActivityKind, Photo
from chambers.models import Honour, Membership, Position, Term
from core import kept_parts as parts
from core.kept import Making, _noting, kept_pages, making_apart
from core.kept_parts import KeptParts, Part, kept_part, kept_parts
from summaries.models import FigureRules, FigureSetting
from tests import factories
from tests.conftest import SignedIn
from tests.summaries.test_kept_pages import NO_TRIGGER, told
from towns.models import Post, Town
from venues.models import Venue

pytestmark = pytest.mark.django_db
DISTRICT, TOWN = "/district/", "/towns/310118107/"
SOON = timezone.localdate() + timedelta(days=30)
Writes = dict[str, Callable[[], Any]]


def told_from_nothing(client: Client, url: str) -> str:
    kept_pages.forget()
    kept_parts.forget()
    return told(client, url)


def writes_in(town: Town) -> Writes:
    """One write for each thing that an overview shows, in an order that lets each follow."""
    today = timezone.localdate()
    chamber = factories.chamber(town, "示例商会", founded_on=date(2019, 1, 1))
    village, venue = factories.village(town), factories.venue(town)
    brand = factories.brand(town)
    held = factories.activity(town, start_on=today, venue=venue, review="submitted", headcount=20)
    member = factories.membership(chamber)
    mine = Activity.objects.filter(pk=held.pk)
    kinds = ActivityKind.objects.filter(pk=held.kind_id)
    return {
        "confirmed": lambda: mine.update(review="confirmed", brand=brand),
        "given a photo": lambda: Photo.objects.create(activity=held, file="a.jpg", order=1),
        "kind renamed": lambda: kinds.update(name="改过的类型"),
        "village": lambda: factories.village(town, "新设村"),
        "post": lambda: factories.post(village, Post.Kind.OFFICER),
        "town's own post": lambda: Post.objects.create(
            town=town, kind=Post.Kind.OFFICER, holder="示例镇干"
        ),
        "venue renamed": lambda: Venue.objects.filter(pk=venue.pk).update(name="改过的阵地"),
        "position": lambda: Membership.objects.filter(pk=member.pk).update(
            position=Position.PRESIDENT
        ),
        "honour": lambda: factories.honour(chamber, valid_until=SOON),
        "honour renamed": lambda: Honour.objects.update(title="改过的荣誉"),
        "term": lambda: Term.objects.create(
            chamber=chamber, number=1, from_on=date(2020, 1, 1), to_on=SOON
        ),
        "brand": lambda: factories.brand(town, "新的品牌"),
        "returned": lambda: mine.update(review="returned", return_reason="缺照片"),
        "figure hidden": lambda: FigureSetting.objects.create(key="headcount", is_hidden=True),
        "rules": lambda: FigureRules.objects.update_or_create(pk=1, defaults={"idle_days": 7}),
        "town renamed": lambda: Town.objects.filter(pk=town.pk).update(name="改名镇"),
    }


def test_after_each_write_a_page_says_what_one_made_from_nothing_says(
    own_town: Town, officer: User, signed_in: SignedIn
) -> None:
    """Each write changes the town's page at once, and no part of either page stays behind."""
    client = signed_in(officer)
    writes = writes_in(own_town)
    shown = {url: told(client, url) for url in (DISTRICT, TOWN)}
    for name, write in writes.items():
        write()
        now = {url: told(client, url) for url in shown}
        assert now[TOWN] != shown[TOWN], name
        for url in shown:
            assert now[url] == told_from_nothing(client, url), name
        shown = now


def test_without_its_trigger_a_part_stays_behind(
    own_town: Town, officer: User, signed_in: SignedIn
) -> None:
    """The control: villages written unseen, while the page is made anew for an activity."""
    client = signed_in(officer)
    told(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('cells_note_write'::regproc)")
        (trigger,) = cursor.fetchone()
        cursor.execute(NO_TRIGGER)
        factories.village(own_town, "看不见的村")
        cursor.execute(trigger)
    factories.activity(own_town)
    assert "看不见的村" not in told(client)
    assert "看不见的村" in told_from_nothing(client, DISTRICT)


def test_one_activity_has_only_what_reads_activities_made_anew(
    own_town: Town, officer: User, signed_in: SignedIn
) -> None:
    client = signed_in(officer)
    for url in (DISTRICT, TOWN):
        factories.activity(own_town)
        told(client, url)
        factories.activity(own_town)
        with CaptureQueriesContext(connection) as sent:
            told(client, url)
        asked = " ".join(one["sql"] for one in sent.captured_queries)
        for table in ("towns_post", "chambers_term", "chambers_membership", "towns_village"):
            assert f'FROM "{table}"' not in asked


def test_an_activity_elsewhere_has_no_part_drawn_again(
    own_town: Town,
    other_town: Town,
    officer: User,
    signed_in: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its numbers are counted again, and are the same; one of the own town is drawn."""
    client, drawn, put = signed_in(officer), list[str](), kept_parts.put

    def noted(key: Any, part: Part) -> None:
        drawn.append(str(key[0]))
        put(key, part)

    monkeypatch.setattr(kept_parts, "put", noted)
    factories.activity(own_town, start_on=timezone.localdate())
    venue = factories.venue(own_town)
    for url in (TOWN, venue.get_absolute_url()):
        told(client, url)
        factories.activity(other_town, start_on=timezone.localdate())
        drawn.clear()
        told(client, url)
        assert "answer" in drawn
        assert [name for name in drawn if name.startswith("drawn")] == []
        factories.activity(own_town, start_on=timezone.localdate(), venue=venue)
        told(client, url)
        assert [name for name in drawn if name.startswith("drawn")]


def test_officers_share_a_part_and_a_liaison_has_the_own(
    own_town: Town, other_town: Town, officer: User, liaison: User, signed_in: SignedIn
) -> None:
    for town in (own_town, other_town):
        chamber = factories.chamber(town)
        factories.honour(chamber, valid_until=SOON)
        factories.activity(town, start_on=timezone.localdate(), review="draft")
    told(signed_in(officer), TOWN)
    with CaptureQueriesContext(connection) as sent:
        told(signed_in(factories.officer()), TOWN)
    assert not [one for one in sent.captured_queries if "chambers_honour" in one["sql"]]
    for reader in (liaison, factories.liaison(own_town, other_town), factories.auditor(), officer):
        client = signed_in(reader)
        given = told(client, TOWN)
        assert given == told_from_nothing(client, TOWN)
    client.cookies["language"] = "en"
    assert re.search("Staff|village", told(client, TOWN))


def test_what_reads_an_unwatched_table_or_holds_a_token_is_made_each_time() -> None:
    made: list[str] = []

    def make(words: str, table: str) -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table}")
        made.append(table)
        return words

    form = f'<input name="csrfmiddlewaretoken" value="{"a" * 64}">'
    with _noting(Making({})):
        for _time in range(2):
            kept_part("plain", (), lambda: make("", "towns_town"))
            kept_part("form", (), lambda: make(form, "towns_village"))
            kept_part("unwatched", (), lambda: make("", "jobs_job"))
    assert made == ["towns_town", *("towns_village", "jobs_job") * 2]


def test_a_part_in_a_part_hands_its_tables_on() -> None:
    page = Making({})

    def note() -> None:
        parts.note_tables({"towns_town"})

    with making_apart(page):
        for _time in range(2):
            kept_part(
                "outer",
                (),
                lambda: kept_part("inner", (), lambda: parts.note_tables({"towns_town"})),
            )
    assert page.named == {"towns_town"}


def test_parts_unused_for_longest_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_BYTES", 25)
    some = KeptParts()
    for name in ("first", "second"):
        some.put((name,), Part("", frozenset(), {}, 10))
    some.find(("first",), {})
    some.put(("third",), Part("", frozenset(), {}, 10))
    assert [*some.parts] == [("first",), ("third",)]
    assert some.size == 20
