"""Reads of venues, as lists and pages show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from chambers.models import Enterprise
from core.access import Viewer
from core.kept_parts import kept_part, reader_key
from venues.models import Neighbour, Venue, VenueQuerySet


def venues(viewer: Viewer) -> VenueQuerySet[Any]:
    """Venues with ``family``, which keeps the parts of a complex behind it in the list."""
    is_part: Any = ExpressionWrapper(Q(parent__isnull=False), output_field=BooleanField())
    return (
        Venue.objects.visible_to(viewer)
        .select_related("town", "parent", "chamber")
        .annotate(family=Coalesce("parent__sort_key", "sort_key"), is_part=is_part)
    )


def parts_of(venue: Venue, viewer: Viewer, day: date) -> list[Venue]:
    """The parts of a complex on a day, in name order."""
    return list(venue.parts.visible_to(viewer).on(day).by_name())


def functions_in_use(viewer: Viewer) -> list[str]:
    """The functions that the venues this person sees have, each once."""
    lists = Venue.objects.visible_to(viewer).values_list("functions", flat=True)
    return kept_part(
        "in use",
        ("functions", *reader_key(viewer)),
        lambda: sorted({function for functions in lists for function in functions}),
    )


def neighbours_of(venue: Venue, viewer: Viewer) -> QuerySet[Neighbour]:
    """Who shares the building; ``is_seen`` says whether the viewer may open the enterprise."""
    seen = Enterprise.objects.visible_to(viewer).filter(pk=OuterRef("enterprise_id"))
    rows: Any = venue.neighbours.select_related("enterprise").annotate(is_seen=Exists(seen))
    in_order: QuerySet[Neighbour] = rows.order_by("pk")
    return in_order
