"""Counting what belongs to each row of a list, inside the one query of the list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


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
