"""The length of the list of activities: what figures count comes from cells, the rest is few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

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
COUNT = """
    SELECT (SELECT COUNT(*) FROM ({few}) AS uncounted),
        (SELECT MIN(start_on) FROM activities_activity),
        (SELECT MAX(start_on) FROM activities_activity)
"""
SPLIT_BY = {"kind": "code", "mode": "", "brand": "pk", "venue": "pk"}


def count_activities(rows: QuerySet[Any], viewer: Viewer, filters: Mapping[str, Any]) -> int | None:
    """The length of a list of activities that this person sees; None where cells can't tell.

    They can for all of it, one town, one period, and one kind, mode, brand or venue.
    """
    scope = _scope(viewer, filters.get("town"))
    splits = [name for name in filters if name in SPLIT_BY]
    if scope is None or len(splits) > 1 or {*filters} - {*SPLIT_BY, "town", "period"}:
        return None
    try:
        uncounted, ever = _uncounted(rows)
    except EmptyResultSet:
        return 0
    period = Period.parse(filters["period"]) if "period" in filters else ever
    if period is None:
        return uncounted
    asked = Asked(ACTIVITIES, Question(scope, period, period.end, viewer), tuple(splits))
    try:
        answer = answers({"counted": asked})["counted"]
    except UnansweredQuestion:
        return None
    value = [_value(filters[name], SPLIT_BY[name]) for name in splits]
    return int(answer.part(*value)) + uncounted


def _scope(viewer: Viewer, town: Town | None) -> Scope | None:
    if town is not None:
        return of_town(town)
    if viewer.town_ids is None:
        return district()
    if len(viewer.town_ids) != 1:
        return None
    return of_town(Town.objects.get(pk=next(iter(viewer.town_ids))))


def _uncounted(rows: QuerySet[Any]) -> tuple[int, Period | None]:
    """How many of the rows no figure counts, and the days of all activities; one query."""
    few, values = rows.filter(UNCOUNTED).order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(few=few), values)
        uncounted, first, last = cursor.fetchone()
    return uncounted, Period(first, last) if first else None


def _value(chosen: Any, key: str) -> str:
    return str(getattr(chosen, key)) if key else str(chosen)
