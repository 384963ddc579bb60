"""The rows that dashboards show by name; each begins at a figure's rows or at visible_to.

What several parts of a page show is kept as long as nothing is written to its tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    CharField,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from accounts.models import User
from activities.models import Activity, ActivityKind
from chambers.models import Enterprise
from core.access import Viewer
from core.kept import remembered
from core.kept_parts import Key, kept_part, reader_key
from core.select_texts import ANY, rows_of
from dashboards import events
from dashboards.events import Row, part
from dashboards.told import Told, told, told_of
from summaries.figures import activities, chambers, towns, venues
from summaries.figures.answers import key_of
from summaries.figures.questions import Question
from towns.models import Brand, BrandField, Post, Town, Village
from venues.models import Venue

TEXT: CharField[str, str] = CharField()
LATEST = 6
GAPS = 60
REMINDERS = 8
WAITING = 6
CHAMBERS = 12
VENUES = 40
POSTS = 40


def towns_of(user: User) -> list[Town]:
    """The towns this person sees, in official order."""
    rows = Town.objects.visible_to(user).in_official_order()
    return kept_part("towns seen", reader_key(user), lambda: list(rows))


def towns_on(question: Question) -> list[Town]:
    """The towns that stood on the day, in official order."""
    rows = towns.TOWNS.rows
    return kept_part(
        "towns", key_of(question), lambda: list(rows(question).order_by("order", "code"))
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind of activity or a field of brands, in the order the administrator keeps them."""

    pk: int
    code: str
    name: str


def kinds_and_fields() -> tuple[list[Listed], list[Listed]]:
    """The kinds of activities and the fields of brands, in one statement."""
    tables = (ActivityKind._meta.db_table, BrandField._meta.db_table)
    return remembered("kinds and fields", tables, _kinds_and_fields)


def _kinds_and_fields() -> tuple[list[Listed], list[Listed]]:
    none = Value("", TEXT)
    kinds = ActivityKind.objects.annotate(what=Value("kind", TEXT)).order_by()
    fields = BrandField.objects.annotate(what=Value("field", TEXT), code=none).order_by()
    columns = ("what", "order", "code", "name", "pk")
    rows: Any = kinds.values_list(*columns).union(fields.values_list(*columns), all=True)
    found: dict[str, list[Listed]] = {"kind": [], "field": []}
    for what, _order, code, name, pk in rows.order_by("order", "code", "pk"):
        found[what].append(Listed(pk, code, name))
    return found["kind"], found["field"]


def brands(question: Question) -> list[Brand]:
    """The brands that stood on the day, field by field."""
    return kept_part("brands", key_of(question), lambda: _brands(question))


def _brands(question: Question) -> list[Brand]:
    rows: QuerySet[Brand] = towns.BRANDS.rows(question).select_related("field")
    return list(rows.order_by("field__order", "sort_key", "pk"))


def unstaffed(question: Question) -> list[Village]:
    """The villages with a gap, in official order, with the posts held there as ``held_then``."""
    return kept_part("unstaffed", key_of(question), lambda: _unstaffed(question))


def _unstaffed(question: Question) -> list[Village]:
    rows = with_held_posts(towns.VILLAGES_UNSTAFFED.rows(question), question)
    return list(rows.order_by("town__order", "town__code", "sort_key", "pk")[:GAPS])


def with_held_posts(villages: QuerySet[Village], question: Question) -> QuerySet[Village]:
    """Villages with the kinds of post that are held there on the day, as ``held_then``."""
    then = Post.objects.visible_to(question.user).on(question.day)
    held = then.filter(village_id=OuterRef("pk")).order_by().values("kind")
    return villages.annotate(held_then=ArraySubquery(held))


def dated(question: Question, told: Sequence[Town] = ()) -> tuple[list[Row], list[Row]]:
    """Honours about to lapse and terms due, the soonest first; and what happened to these towns.

    One statement.
    """
    key = (*key_of(question), *(town.pk for town in told))
    return kept_part("dated", key, lambda: _dated(key, question, told))


def _dated(key: Key, question: Question, told: Sequence[Town]) -> tuple[list[Row], list[Row]]:
    found = rows_of(("dated", *key), lambda: _dated_parts(question, told))
    rows = events.in_order(found)
    ending = [row for row in rows if row.what in {"honour", "term"}]
    return (
        sorted(ending, key=lambda row: (row.what, row.day)),
        [row for row in rows if row not in ending],
    )


def _dated_parts(question: Question, told: Sequence[Town]) -> Any:
    more = [one for town in told for one in events.of_town(town, question.user, question.day)]
    holder = Coalesce("chamber__name", "enterprise__name", "town__name")
    lapsing = part(
        "honour",
        chambers.HONOURS_LAPSING.rows(question),
        "valid_until",
        title="title",
        detail=holder,
        key=events.chamber_seen(question.user),
        ending=True,
        most=REMINDERS,
    )
    due = part(
        "term",
        chambers.TERMS_DUE.rows(question),
        "to_on",
        title="number",
        detail="chamber__name",
        key="chamber_id",
        ending=True,
        most=REMINDERS,
    )
    return events.joined([lapsing, due, *more])


Parts = Callable[[int, Viewer, date], Sequence[Any]]


def happened(record: Model, parts: Parts, viewer: Viewer, day: date) -> list[Row]:
    """The dated rows of what belongs to a record, up to a day; one statement."""
    key = (parts, day, *reader_key(viewer))

    def found() -> list[Row]:
        text = ("happened", *key)
        return events.in_order(
            rows_of(text, lambda: events.joined(parts(ANY, viewer, day)), of=record.pk)
        )

    return kept_part("happened", (record.pk, *key), found)


def activities_shown(question: Question, narrowed: Question) -> tuple[list[Told], list[Told]]:
    """What waits for a review or for its town, the longest first, and the newest that count.

    One statement.
    """
    key = (*key_of(question), *narrowed.narrowed)
    return kept_part("activities", key, lambda: _activities_shown(question, narrowed))


def _activities_shown(question: Question, narrowed: Question) -> tuple[list[Told], list[Told]]:
    key = (*key_of(question), *narrowed.narrowed)
    together = told_of(key, lambda: _waiting_and_newest(question, narrowed))
    waiting = [one for one in together if one.told_as == "waiting"]
    latest = [one for one in together if one.told_as == "latest"]
    waiting.sort(key=lambda one: (one.review != "submitted", str(one.submitted_at or ""), one.pk))
    return waiting, sorted(latest, key=lambda one: (one.start_on, one.pk), reverse=True)


def _waiting_and_newest(question: Question, narrowed: Question) -> Any:
    submitted = activities.ACTIVITIES_SUBMITTED.rows(question)
    returned = activities.ACTIVITIES_RETURNED.rows(question)
    # The states say nothing new; they lead to the index of the few that wait.
    few = Activity.objects.visible_to(question.user).filter(review__in=("submitted", "returned"))
    waiting = few.filter(Q(pk__in=submitted.values("pk")) | Q(pk__in=returned.values("pk")))
    first = told(waiting, "waiting").order_by("-review", "submitted_at", "pk")[:WAITING]
    latest = told(activities.ACTIVITIES.rows(narrowed), "latest")
    return first.union(latest.order_by("-start_on", "-pk")[:LATEST], all=True)


def newest(key: Key, rows: Callable[[], Any], *, most: int = LATEST, of: int = ANY) -> list[Told]:
    """The newest of these activities; ``key`` says what the text of their select depends on.

    Rows of the record ANY are those of the record ``of``.
    """
    select = (*key, most)
    return told_of(select, lambda: told(rows()).order_by("-start_on", "-pk")[:most], of=of)


def newest_hosted(enterprise: Enterprise, user: Viewer) -> list[Told]:
    """The newest activities that count in which an enterprise was among the hosts."""
    key = ("hosted", *reader_key(user))
    return newest(key, lambda: events.hosted_by(ANY, user), of=enterprise.pk)


def newest_in_village(village: Village, user: Viewer) -> list[Told]:
    """The newest activities that count at the venues of a village."""
    # Their keys first: a join would have the newest of the whole district looked through.
    there = tuple(Venue.objects.filter(village=village).values_list("pk", flat=True))
    held = Activity.objects.visible_to(user).counted()
    key = ("village", there, *reader_key(user))
    return newest(key, lambda: held.filter(venue_id__in=there))


@dataclass(frozen=True, slots=True)
class Placed:
    """A chamber, a venue or a post of a town: its name, its kind, a note."""

    what: str
    pk: int
    name: str
    kind: str
    note: str


def placed_in(question: Question) -> dict[str, list[Placed]]:
    """The chambers, the venues and the own posts of a town, in one statement."""
    return kept_part("placed", key_of(question), lambda: _placed_in(question))


def _placed_in(question: Question) -> dict[str, list[Placed]]:
    found: dict[str, list[Placed]] = {"chamber": [], "venue": [], "post": []}
    for *row, _place in rows_of(("placed", *key_of(question)), lambda: _placed_parts(question)):
        one = Placed(*row)
        found[one.what].append(one)
    return found


def _placed_parts(question: Question) -> Any:
    none: Any = Value("", TEXT)
    each: dict[str, tuple[Any, ...]] = {
        "chamber": (chambers.CHAMBERS.rows(question), "name", none, "sort_key", CHAMBERS),
        "venue": (venues.VENUES.rows(question), "name", none, "sort_key", VENUES),
        "post": (
            towns.POSTS.rows(question).filter(village__isnull=True),
            "holder",
            F("work_phone"),
            "kind",
            POSTS,
        ),
    }
    parts = [
        rows.annotate(
            what=Value(what, TEXT),
            shown=Cast(name, TEXT),
            of_kind=Cast("kind", TEXT),
            note=Cast(note, TEXT),
            place=Cast(order, TEXT),
        )
        .order_by("place", "pk")
        .values_list("what", "pk", "shown", "of_kind", "note", "place")[:most]
        for what, (rows, name, note, order, most) in each.items()
    ]
    return parts[0].union(*parts[1:], all=True).order_by("place", "pk")
