"""The rows that dashboards show by name; each begins at a figure's rows or at visible_to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    CharField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from accounts.models import User
from activities.models import Activity, ActivityKind, Photo
from core.access import Viewer
from core.kept import remembered
from dashboards.events import Row, part, rows_of
from summaries.figures import activities, chambers, towns, venues
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
    return list(Town.objects.visible_to(user).in_official_order())


def towns_on(question: Question) -> list[Town]:
    """The towns that stood on the day, in official order."""
    return list(towns.TOWNS.rows(question).order_by("order", "code"))


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
    rows: QuerySet[Brand] = towns.BRANDS.rows(question).select_related("field")
    return list(rows.order_by("field__order", "sort_key", "pk"))


def unstaffed(question: Question) -> list[Village]:
    """The villages with a gap, in official order, with the posts held there as ``held_then``."""
    then = Post.objects.visible_to(question.user).on(question.day)
    held = then.filter(village_id=OuterRef("pk")).order_by().values("kind")
    rows = towns.VILLAGES_UNSTAFFED.rows(question).annotate(held_then=ArraySubquery(held))
    return list(rows.order_by("town__order", "town__code", "sort_key", "pk")[:GAPS])


def dated(question: Question, *more: Any) -> tuple[list[Row], list[Row]]:
    """Honours about to lapse and terms due, the soonest first; and the rows of ``more`` events.

    One statement.
    """
    holder = Coalesce("chamber__name", "enterprise__name", "town__name")
    lapsing = part(
        "honour",
        chambers.HONOURS_LAPSING.rows(question),
        "valid_until",
        title="title",
        detail=holder,
        key="chamber_id",
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
    rows = rows_of([lapsing, due, *more])
    ending = [row for row in rows if row.what in {"honour", "term"}]
    return (
        sorted(ending, key=lambda row: (row.what, row.day)),
        [row for row in rows if row not in ending],
    )


def activities_shown(question: Question, narrowed: Question) -> tuple[list[Any], list[Any]]:
    """What waits for a review or for its town, the longest first, and the newest that count.

    One statement; each activity carries the key of its first photo as ``first_photo``.
    """
    submitted = activities.ACTIVITIES_SUBMITTED.rows(question)
    returned = activities.ACTIVITIES_RETURNED.rows(question)
    # The states say nothing new; they lead to the index of the few that wait.
    few = Activity.objects.visible_to(question.user).filter(review__in=("submitted", "returned"))
    waiting = few.filter(Q(pk__in=submitted.values("pk")) | Q(pk__in=returned.values("pk")))
    latest = activities.ACTIVITIES.rows(narrowed)
    each = (
        _for_list(waiting, "waiting").order_by("-review", "submitted_at", "pk")[:WAITING],
        _for_list(latest, "latest").order_by("-start_on", "-pk")[:LATEST],
    )
    together: Any = list(each[0].union(each[1], all=True))
    found = [one for one in together if one.shown_as == "waiting"]
    newest = [one for one in together if one.shown_as == "latest"]
    found.sort(key=lambda one: (one.review != "submitted", str(one.submitted_at or ""), one.pk))
    newest.sort(key=lambda one: (one.start_on, one.pk), reverse=True)
    return found, newest


def newest(rows: Any, most: int = LATEST) -> list[Any]:
    """The newest of these activities, each with the key of its first photo."""
    return list(_for_list(rows, "latest").order_by("-start_on", "-pk")[:most])


def held_in_village(village: Village, user: Viewer) -> Any:
    """The activities that count at the venues of a village."""
    # Their keys first: a join would have the newest of the whole district looked through.
    there = list(Venue.objects.filter(village=village).values_list("pk", flat=True))
    return Activity.objects.visible_to(user).counted().filter(venue_id__in=there)


def _for_list(rows: Any, shown_as: str) -> Any:
    photos = Photo.objects.filter(activity_id=OuterRef("pk")).order_by("order", "pk")
    return rows.select_related("kind", "venue", "town").annotate(
        shown_as=Value(shown_as, TEXT), first_photo=Subquery(photos.values("pk")[:1])
    )


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
    found: dict[str, list[Placed]] = {what: [] for what in each}
    together: Any = parts[0].union(*parts[1:], all=True)
    for *row, _place in together.order_by("place", "pk"):
        one = Placed(*row)
        found[one.what].append(one)
    return found
