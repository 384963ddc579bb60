"""The length of the list of activities: what figures count comes from cells, the rest is few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max, Min, Q, QuerySet

from activities.models import Activity
from core.access import Viewer
from core.periods import Period
from summaries.figures.activities import ACTIVITIES
from summaries.figures.answers import Asked, answers
from summaries.figures.figure import UnansweredQuestion
from summaries.figures.questions import Question
from summaries.figures.scopes import Scope, district, of_town
from towns.models import Town

# As the index of these rows says it, so that it is found. A test holds it against ``counted``.
UNCOUNTED = Q(review__in=["draft", "submitted", "returned"]) | Q(
    state__in=["planned", "postponed", "cancelled"]
)
SPLIT_BY = {"kind": "code", "mode": "", "brand": "pk", "venue": "pk"}


def count_activities(rows: QuerySet[Any], viewer: Viewer, filters: Mapping[str, Any]) -> int | None:
    """The length of a list of activities that this person sees; None where cells can't tell.

    They can for all of it, one town, one period, and one kind, mode, brand or venue.
    """
    scope = _scope(viewer, filters.get("town"))
    splits = [name for name in filters if name in SPLIT_BY]
    if scope is None or len(splits) > 1 or {*filters} - {*SPLIT_BY, "town", "period"}:
        return None
    period = Period.parse(filters["period"]) if "period" in filters else _all_time()
    if period is None:
        return rows.filter(UNCOUNTED).count()
    asked = Asked(ACTIVITIES, Question(scope, period, period.end, viewer), tuple(splits))
    try:
        answer = answers({"counted": asked})["counted"]
    except UnansweredQuestion:
        return None
    value = [_value(filters[name], SPLIT_BY[name]) for name in splits]
    return int(answer.part(*value)) + rows.filter(UNCOUNTED).count()


def _scope(viewer: Viewer, town: Town | None) -> Scope | None:
    if town is not None:
        return of_town(town)
    if viewer.town_ids is None:
        return district()
    if len(viewer.town_ids) != 1:
        return None
    return of_town(Town.objects.get(pk=next(iter(viewer.town_ids))))


def _all_time() -> Period | None:
    """From the first activity to the last; None when there is none."""
    ends = Activity.objects.aggregate(first=Min("start_on"), last=Max("start_on"))
    return Period(ends["first"], ends["last"]) if ends["first"] else None


def _value(chosen: Any, key: str) -> str:
    return str(getattr(chosen, key)) if key else str(chosen)
