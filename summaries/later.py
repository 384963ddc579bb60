"""What was written after a day to the records that a figure counts on that day.

A number for an earlier day is counted from the records as they are now. What happened after the
day does not change it; what was entered late, put right or deleted does, and is told here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Model, Q
from django.utils.timezone import make_aware

from activities.models import Activity, Host
from chambers.models import Enterprise, Membership
from core.history import (
    DELETED,
    INSERTED,
    UPDATED,
    Event,
    TrackedModel,
    event_rows,
    newest_writes,
    seen_by,
)
from summaries.figures.figure import Figure, Listing, Rows
from summaries.figures.questions import Question
from summaries.figures.scopes import ScopeKind
from towns.models import Post, Town

SHOWN = 50
COUNTED = Q(state=Activity.State.HELD, review=Activity.Review.CONFIRMED)
# Rows of other models that decide whether a row counts, and how they lead to it.
DECIDED_BY: dict[Listing, tuple[TrackedModel, str]] = {
    Listing.ACTIVITIES: (Host, "activity_id"),
    Listing.GIFTS: (Host, "activity_id"),
    Listing.MEMBERS: (Membership, "enterprise_id"),
    Listing.VILLAGES: (Post, "village_id"),
}


@dataclass(frozen=True, slots=True)
class Later:
    """How many of the rows were entered or changed after the day, how many like them deleted.

    ``related`` counts writes to what decides about the rows: hosts, memberships, posts.
    """

    entered: int
    changed: int
    related: int
    deleted: int
    events: Sequence[Event]

    @property
    def is_nothing(self) -> bool:
        return not (self.entered or self.changed or self.related or self.deleted)


def after_the_day(question: Question) -> datetime:
    """The first moment that no longer belongs to the day of the question."""
    return make_aware(datetime.combine(question.day + timedelta(days=1), time.min))


def later_of(figure: Figure, question: Question, rows: Rows) -> Later:
    """All of it in a few queries: the numbers, and the newest writes."""
    model, keys = rows.model, rows.order_by().values("pk")
    since = Q(pgh_created_at__gte=after_the_day(question))
    entered = event_rows(model).filter(since, pgh_label=INSERTED).values("pgh_obj_id")
    own = event_rows(model).filter(since, pgh_obj_id__in=keys)
    gone = event_rows(model).filter(since, _gone(model, question), pgh_label=DELETED)
    events = newest_writes([(model, own), (model, gone)], SHOWN)
    related = 0
    if figure.listing in DECIDED_BY:
        other, path = DECIDED_BY[figure.listing]
        writes = event_rows(other).filter(since, seen_by(question.user, other))
        writes = writes.filter(**{f"{path}__in": keys})
        related = writes.count()
        events += newest_writes([(other, writes)], SHOWN - len(events))
        events.sort(key=lambda event: event.at, reverse=True)
    counted = own.aggregate(
        entered=_different(pgh_label=INSERTED),
        changed=Count(
            "pgh_obj_id",
            distinct=True,
            filter=Q(pgh_label=UPDATED) & ~Q(pgh_obj_id__in=entered),
        ),
    )
    return Later(**counted, related=related, deleted=gone.count(), events=events)


def _different(**which: Any) -> Count:
    return Count("pgh_obj_id", distinct=True, filter=Q(**which))


def _gone(model: type[Model], question: Question) -> Q:
    """The condition that a deleted row lay in the place and the days asked for, and was seen."""
    seen = question.user.town_ids
    condition = Q() if seen is None else _in_towns(model, seen)
    condition &= _in_place(model, question)
    if model is Activity:
        condition &= COUNTED
        if question.days:
            condition &= Q(start_on__range=(question.days.start, question.days.end))
    return condition


def _in_place(model: type[Model], question: Question) -> Q:
    scope = question.scope
    if scope.is_district:
        return Q()
    if scope.kind is ScopeKind.TOWN:
        return _in_towns(model, scope.pks)
    if model in (Activity, Membership) and hasattr(model, str(scope.kind)):
        return Q(**{f"{scope.kind}_id__in": scope.pks})
    return Q(pk__in=())


def _in_towns(model: type[Model], pks: Collection[int]) -> Q:
    """As the rows of the model lie in towns, said of its history."""
    if model is Town:
        return Q(pgh_obj_id__in=pks)
    if model in (Activity, Enterprise):
        return Q(town_id__in=pks)
    rows: Any = model._default_manager.all()
    condition: Q = rows.in_towns(frozenset(pks))
    return condition
