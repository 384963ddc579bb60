"""What was written to a record, by whom and when: read from the tables the triggers keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

import pghistory.models
from django.apps import apps
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery, Value

from core.access import Viewer
from core.scoping import TownScopedQuerySet

INSERTED, UPDATED, DELETED = "insert", "update", "delete"
SHOWN_AT_FIRST = 200  # events of a timeline before it is asked for in full
SHOWN_AT_MOST = 5_000
LARGEST_KEY = 2**31 - 1

TrackedModel = type[Model]


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


@dataclass(frozen=True, slots=True)
class Timeline:
    """The newest events of a record, newest first, and whether there are older ones."""

    events: Sequence[Event]
    has_more: bool


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
    record: Model, *, viewer: Viewer, trails: Iterable[Trail] = (), limit: int = SHOWN_AT_FIRST
) -> Timeline:
    """What happened to a record the viewer may see, and to the rows that belong to it.

    Two queries for the record and for each trail; rows of a trail that are gone are included,
    those of a town the viewer does not work in are not.
    """
    own = event_rows(type(record)).filter(pgh_obj_id=record.pk)
    found = _newest(type(record), own, limit + 1)
    for trail in trails:
        rows = event_rows(trail.model).filter(**{f"{trail.path}_id": record.pk})
        found += _newest(trail.model, rows.filter(_seen_by(viewer, trail.model)), limit + 1)
    found.sort(key=lambda event: _rank(event, record), reverse=True)
    return Timeline(with_before(found[:limit]), has_more=len(found) > limit)


def _rank(event: Event, record: Model) -> tuple[Any, ...]:
    """The order of events: by moment. Of one transaction, which is one moment, the record's own
    come first and those of one model stay together."""
    place = list(tracked_models().values()).index(event.model)
    return event.at, event.model is type(record), place, event.row.pgh_id


def _seen_by(viewer: Viewer, model: TrackedModel) -> Q:
    """The condition that a row of history lies in the viewer's towns, as its model's rows do."""
    rows = model._default_manager.all()
    if viewer.town_ids is None or not isinstance(rows, TownScopedQuerySet):
        return Q()
    return rows.in_towns(viewer.town_ids)


def _newest(model: TrackedModel, rows: QuerySet[Any], limit: int) -> list[Event]:
    newest = rows.select_related("pgh_context").order_by("-pgh_created_at", "-pgh_id")
    return [Event(model, row) for row in newest[:limit]]


def with_before(events: Sequence[Event]) -> list[Event]:
    """The same events, each with the row as the write found it. Two queries a model."""
    before: dict[tuple[TrackedModel, int], Any] = {}
    for model, keys in _keys_by_model(events).items():
        before.update({(model, key): row for key, row in _rows_before(model, keys).items()})
    return [
        Event(event.model, event.row, before.get((event.model, event.row.pgh_id)))
        for event in events
    ]


def _keys_by_model(events: Iterable[Event]) -> dict[TrackedModel, list[int]]:
    keys: dict[TrackedModel, list[int]] = defaultdict(list)
    for event in events:
        if event.label != INSERTED:
            keys[event.model].append(event.row.pgh_id)
    return keys


def _rows_before(model: TrackedModel, keys: Collection[int]) -> dict[int, Any]:
    """The row of history just before each of ``keys``, of the same record."""
    earlier = event_rows(model).filter(
        pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")
    )
    latest = Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])
    pairs = dict(
        event_rows(model)
        .filter(pgh_id__in=keys)
        .annotate(pgh_earlier=latest)
        .values_list("pgh_id", "pgh_earlier")
    )
    rows = event_rows(model).in_bulk([key for key in pairs.values() if key])
    return {key: rows[earlier] for key, earlier in pairs.items() if earlier in rows}


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """The place of an event among all events: its moment, its model's place, its number."""

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
class ChangeQuestion:
    """Which events are asked for: by whom (a user's key, 0 for the system), of which models, kinds
    of write (insert, update, delete), days, one act alone (the key of its context)."""

    models: Sequence[str] = ()
    label: str = ""
    person: int | None = None
    since: datetime | None = None
    before: datetime | None = None
    act: str = ""

    def condition(self) -> Q:
        asked = Q()
        if self.label:
            asked &= Q(pgh_label=self.label)
        if self.since:
            asked &= Q(pgh_created_at__gte=self.since)
        if self.before:
            asked &= Q(pgh_created_at__lt=self.before)
        if self.act:
            asked &= Q(pgh_context_id=self.act)
        if self.person is not None:
            asked &= Q(pgh_context_id__in=_contexts_of(self.person))
        return asked


def _contexts_of(person: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = pghistory.models.Context.objects.all()
    return rows.filter(metadata__user=person or None).values("pk")


def newest_changes(
    question: ChangeQuestion, *, after: Cursor | None, limit: int
) -> tuple[list[Event], Cursor | None]:
    """The events asked for, newest first, those following ``after``; and where to go on from.

    One query finds the page over all tables, whatever their size; then at most three a model.
    """
    keys = _page_of_keys(question, after, limit + 1)
    events = with_before(list(_load(keys[:limit])))
    return events, (keys[limit - 1] if len(keys) > limit else None)


def _page_of_keys(question: ChangeQuestion, after: Cursor | None, limit: int) -> list[Cursor]:
    wanted = question.models or list(tracked_models())
    branches = [
        _branch(place, model, question, after)[:limit]
        for place, (label, model) in enumerate(tracked_models().items())
        if label in wanted
    ]
    if len(branches) > 1:
        both = branches[0].union(*branches[1:], all=True)
        branches = [both.order_by("-pgh_created_at", "-pgh_place", "-pgh_id")[:limit]]
    return [Cursor(*row) for rows in branches for row in rows]


def _branch(
    place: int, model: TrackedModel, question: ChangeQuestion, after: Cursor | None
) -> QuerySet[Any, Any]:
    rows = event_rows(model).filter(question.condition())
    if after:
        rows = rows.filter(_following(place, after))
    found: QuerySet[Any, Any] = (
        rows.annotate(pgh_place=Value(place))
        .order_by("-pgh_created_at", "-pgh_place", "-pgh_id")
        .values_list("pgh_created_at", "pgh_place", "pgh_id")
    )
    return found


def _following(place: int, after: Cursor) -> Q:
    """The condition that an event of the model at ``place`` comes after the cursor on the page."""
    if place < after.model:
        return Q(pgh_created_at__lte=after.at)
    same_moment = Q(pgh_created_at=after.at, pgh_id__lt=after.key)
    earlier = Q(pgh_created_at__lt=after.at)
    return earlier | same_moment if place == after.model else earlier


def _load(keys: Sequence[Cursor]) -> Iterator[Event]:
    """The events of these places, in their order."""
    models = list(tracked_models().values())
    rows: dict[tuple[int, int], Any] = {}
    for place, group in groupby(sorted(keys, key=lambda key: key.model), lambda key: key.model):
        found = event_rows(models[place]).select_related("pgh_context")
        numbers = [key.key for key in group]
        rows.update({(place, row.pgh_id): row for row in found.filter(pgh_id__in=numbers)})
    for key in keys:
        if row := rows.get((key.model, key.key)):
            yield Event(models[key.model], row)


def newest_event(record: Model) -> Any:
    """The newest row of a record's history; None when it was made before history was kept."""
    rows = event_rows(type(record)).filter(pgh_obj_id=record.pk)
    return rows.select_related("pgh_context").order_by("-pgh_id").first()
