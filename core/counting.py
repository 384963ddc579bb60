"""Counting: what belongs to each row of a list, and how many rows a long list has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.access import Viewer

Counter = Callable[[QuerySet[Any], Viewer, Mapping[str, Any]], int | None]

_counters: dict[type[Any], Counter] = {}


def count_of(rows: QuerySet[Any], path: str) -> Coalesce:
    """How many of ``rows`` belong to the outer row, as a column; ``path`` is their key to it."""
    counted = (
        rows.filter(**{path: OuterRef("pk")})
        .order_by()
        .values(path)
        .annotate(counted=Count("pk"))
        .values("counted")
    )
    return Coalesce(Subquery(counted), 0)


def register_counter(filterset: type[Any], counter: Counter) -> None:
    """Let ``counter(rows, viewer, filters)`` tell how many rows the list with these filters has.

    It answers exactly, or None where it can't tell without visiting the rows. ``filters`` are the
    values of the filters in force. Called in an app's ``ready``.
    """
    _counters[filterset] = counter


def count_known(
    filterset: type[Any], rows: QuerySet[Any], viewer: Viewer, filters: Mapping[str, Any]
) -> int | None:
    """The number of rows of a list where something knows it without visiting them."""
    counter = _counters.get(filterset)
    return counter(rows, viewer, filters) if counter else None


def count_up_to(rows: QuerySet[Any], most: int) -> int:
    """The number of rows, or ``most`` where there are more."""
    return rows.order_by().values("pk")[:most].count()
