"""What was written to a record, by whom and when: read from the tables the triggers keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

from core.access import Viewer
from core.scoping import TownScopedQuerySet

INSERTED, UPDATED, DELETED = "insert", "update", "delete"
SHOWN_OF_RECORD = 50  # events of one page of a timeline
LARGEST_KEY = 2**31 - 1
OWN = 1_000  # the place of a record's own rows in its timeline: before those that belong to it
SYSTEM, PAST_THE_SYSTEM = 0, -1  # asked for as the person of a write

TrackedModel = type[Model]
Kinds = Mapping[int, type[Model]]  # by their places


@dataclass(frozen=True, slots=True)
class Event:
    """One row as it was after a write (before, for a delete), and as the write found it.

    ``row`` and ``before`` are rows of the model's history table; ``before`` is None for an insert.
    """

    model: TrackedModel
    row: Any
    before: Any = None

    @property
    def at(self) -> datetime:
        moment: datetime = self.row.pgh_created_at
        return moment

    @property
    def label(self) -> str:
        """insert, update or delete."""
        return str(self.row.pgh_label)

    @property
    def metadata(self) -> dict[str, Any]:
        """What ``core.audit.written`` and the web page left with it: user, action, url, reason."""
        return self.row.pgh_context.metadata if self.row.pgh_context else {}

    @property
    def is_attributed(self) -> bool:
        """Whether it was written through the system at all, and not past it in the database."""
        return self.row.pgh_context is not None


@dataclass(frozen=True, slots=True)
class Trail:
    """Rows of another model that belong to a record: the zones of a venue, ``path`` "venue"."""

    model: TrackedModel
    path: str


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """The place of an event among others: its moment, its model's place, its number."""

    at: datetime
    model: int
    key: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.model}~{self.key}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """Read back what ``str`` wrote; None for anything else."""
        try:
            at, model, key = text.split("~")
            cursor = cls(datetime.fromisoformat(at), int(model), int(key))
        except ValueError:
            return None
        return cursor if cursor.at.tzinfo and abs(cursor.key) <= LARGEST_KEY else None


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of the events of a record, newest first; ``following`` is None on the last."""

    events: Sequence[Event]
    following: Cursor | None


Found = tuple[datetime, int, int, str]  # moment, place of the model, number, kind of write


@cache
def tracked_models() -> dict[str, TrackedModel]:
    """Every model whose writes are kept, by its label ("chambers.enterprise"), in app order."""
    models = (model for model in apps.get_models() if hasattr(model, "pgh_event_models"))
    return {model._meta.label_lower: model for model in models}


def event_rows(model: TrackedModel) -> QuerySet[Any]:
    """The history table of a model."""
    table: type[Model] = model.pgh_event_model  # type: ignore[attr-defined]
    return table._default_manager.all()


def timeline_of(
    record: Model,
    *,
    viewer: Viewer,
    trails: Iterable[Trail] = (),
    after: Cursor | None = None,
    limit: int = SHOWN_OF_RECORD,
) -> Timeline:
    """What happened to a record the viewer may see, and to the rows that belong to it.

    Two queries and one for each kind of row; rows of a trail that are gone are included, those of
    a town the viewer does not work in are not. Of one transaction, which is one moment, the
    record's own rows come first and those of one model stay together.
    """
    kinds: dict[int, TrackedModel] = {OWN: type(record)}
    rows = [_newest(OWN, event_rows(type(record)).filter(pgh_obj_id=record.pk), after, limit + 1)]
    for trail in trails:
        place = _place(trail.model)
        kinds[place] = trail.model
        belonging = event_rows(trail.model).filter(**{f"{trail.path}_id": record.pk})
        seen = belonging.filter(seen_by(viewer, trail.model))
        rows.append(_newest(place, seen, after, limit + 1))
    newest = rows[0]
    if len(rows) > 1:
        together = newest.union(*rows[1:], all=True)
        newest = together.order_by("-pgh_created_at", "-pgh_place", "-pgh_id")[: limit + 1]
    return Timeline(*_page(list(newest), kinds, limit))


def _place(model: TrackedModel) -> int:
    return list(tracked_models().values()).index(model)


def seen_by(viewer: Viewer, model: TrackedModel) -> Q:
    """The condition that a row of history lies in the viewer's towns, as its model's rows do."""
    rows = model._default_manager.all()
    if viewer.town_ids is None or not isinstance(rows, TownScopedQuerySet):
        return Q()
    return rows.in_towns(viewer.town_ids)


@dataclass(frozen=True, slots=True)
class ChangeQuestion:
    """Which events are asked for: by whom (a user's key, ``SYSTEM``, ``PAST_THE_SYSTEM``), of which
    models, kinds of write (insert, update, delete), days, one act alone (the key of its context),
    one record alone (its key; ``models`` names its model)."""

    models: Sequence[str] = ()
    label: str = ""
    person: int | None = None
    since: datetime | None = None
    before: datetime | None = None
    act: str = ""
    record: int | None = None

    def conditions(self) -> Iterator[str]:
        """What is asked, as conditions on columns that every history table has."""
        if self.label:
            yield "pgh_label = %(label)s"
        if self.since:
            yield "pgh_created_at >= %(since)s"
        if self.before:
            yield "pgh_created_at < %(before)s"
        if self.act:
            yield "pgh_context_id = %(act)s::uuid"
        if self.record is not None:
            yield "pgh_obj_id = %(record)s"
        if self.person == PAST_THE_SYSTEM:
            yield "pgh_person IS NULL"
        elif self.person is not None:
            yield "pgh_person = %(person)s"


def newest_changes(
    question: ChangeQuestion, *, after: Cursor | None, limit: int
) -> tuple[list[Event], Cursor | None]:
    """The events asked for, newest first, those following ``after``; and where to go on from.

    One query finds the page over all tables along their indexes, whatever their size; one what
    each write found; then one a model.
    """
    wanted = question.models or tracked_models()
    kinds = {
        place: model
        for place, (label, model) in enumerate(tracked_models().items())
        if label in wanted
    }
    return _page(_find(question, kinds, after, limit + 1), kinds, limit)


def _find(question: ChangeQuestion, kinds: Kinds, after: Cursor | None, limit: int) -> list[Found]:
    """The places of the newest events asked for. Written as text: to have thirty selects made of
    querysets takes longer than the database does to answer them."""
    if not kinds:
        return []
    asked = list(question.conditions())
    branches = [
        f"(SELECT pgh_created_at, {place}, pgh_id, pgh_label FROM {_table(model)}"  # noqa: S608
        f" {_where([*asked, *_after(place, after)])}"
        " ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT %(limit)s)"
        for place, model in kinds.items()
    ]
    together = " UNION ALL ".join(branches)
    text = f"SELECT * FROM ({together}) AS found ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT %(limit)s"  # noqa: S608
    given = {name: getattr(question, name) for name in ("label", "since", "before", "act")}
    cursor = {"at": after.at, "key": after.key} if after else {}
    people = {"record": question.record, "person": question.person}
    return _answer(text, {**given, **people, **cursor, "limit": limit})


def _table(model: TrackedModel) -> str:
    return connection.ops.quote_name(event_rows(model).model._meta.db_table)


def _where(conditions: Sequence[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _answer(text: str, given: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        return list(cursor.fetchall())


def _after(place: int, after: Cursor | None) -> Iterator[str]:
    """The condition that an event of the model at ``place`` comes after the cursor on the page:
    one comparison, so that an index is entered where the page begins."""
    if after and place < after.model:
        yield "pgh_created_at <= %(at)s"
    elif after and place > after.model:
        yield "pgh_created_at < %(at)s"
    elif after:
        yield "(pgh_created_at, pgh_id) < (%(at)s, %(key)s)"


def _newest(
    place: int, rows: QuerySet[Any], after: Cursor | None, limit: int
) -> QuerySet[Any, Any]:
    """The same for the rows of one history table, as a queryset."""
    if after and place == after.model:
        both = Tuple(F("pgh_created_at"), F("pgh_id"))
        rows = rows.filter(TupleLessThan(both, (after.at, after.key)))
    elif after:
        lookup = "lte" if place < after.model else "lt"
        rows = rows.filter(**{f"pgh_created_at__{lookup}": after.at})
    found: QuerySet[Any, Any] = (
        rows.annotate(pgh_place=Value(place))
        .order_by("-pgh_created_at", "-pgh_id")
        .values_list("pgh_created_at", "pgh_place", "pgh_id", "pgh_label")
    )
    return found[:limit]


def _page(found: Sequence[Found], kinds: Kinds, limit: int) -> tuple[list[Event], Cursor | None]:
    """The events of these places, and the last place when there are more than ``limit``."""
    following = Cursor(*found[limit - 1][:3]) if len(found) > limit else None
    return list(_events(found[:limit], kinds)), following


def _events(found: Sequence[Found], kinds: Kinds) -> Iterator[Event]:
    """The events of these places, in their order, each with the row as the write found it."""
    wanted: dict[TrackedModel, set[int]] = defaultdict(set)
    for _at, place, key, _label in found:
        wanted[kinds[place]].add(key)
    earlier = _earlier(found, kinds)
    for (model, _key), key in earlier.items():
        wanted[model].add(key)
    rows = {
        (model, row.pgh_id): row
        for model, keys in wanted.items()
        for row in event_rows(model).select_related("pgh_context").filter(pgh_id__in=keys)
    }
    for _at, place, key, _label in found:
        model = kinds[place]
        if row := rows.get((model, key)):
            yield Event(model, row, rows.get((model, earlier.get((model, key), 0))))


def _earlier(found: Sequence[Found], kinds: Kinds) -> dict[tuple[TrackedModel, int], int]:
    """The number of the row of history just before each of these, of the same record; one query.

    An insert has found nothing.
    """
    keys: dict[int, list[int]] = defaultdict(list)
    for _at, place, key, label in found:
        if label != INSERTED:
            keys[place].append(key)
    branches = [
        f"SELECT {place}, own.pgh_id, (SELECT pgh_id FROM {_table(kinds[place])} AS other"  # noqa: S608
        " WHERE other.pgh_obj_id = own.pgh_obj_id AND other.pgh_id < own.pgh_id"
        " ORDER BY pgh_id DESC LIMIT 1)"
        f" FROM {_table(kinds[place])} AS own WHERE own.pgh_id = ANY(%(keys_{place})s)"
        for place in keys
    ]
    if not branches:
        return {}
    given = {f"keys_{place}": wanted for place, wanted in keys.items()}
    rows = _answer(" UNION ALL ".join(branches), given)
    return {(kinds[place], key): before for place, key, before in rows if before}


def newest_writes(found: Sequence[tuple[TrackedModel, QuerySet[Any]]], limit: int) -> list[Event]:
    """The newest of these rows of history, of several models, each with what the write found."""
    kinds = {place: model for place, (model, _rows) in enumerate(found)}
    places: list[Found] = [
        (at, number, key, label)
        for place, (_model, rows) in enumerate(found)
        for at, number, key, label in rows.order_by("-pgh_created_at", "-pgh_id")
        .annotate(pgh_place=Value(place))
        .values_list("pgh_created_at", "pgh_place", "pgh_id", "pgh_label")[:limit]
    ]
    return list(_events(sorted(places, reverse=True)[:limit], kinds))


def newest_event(record: Model) -> Any:
    """The newest row of a record's history; None when it was made before history was kept."""
    rows = event_rows(type(record)).filter(pgh_obj_id=record.pk)
    return rows.select_related("pgh_context").order_by("-pgh_id").first()
