"""Reads of venues, as lists and pages show them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Coalesce

from chambers.models import Enterprise
from core.access import Viewer
from venues.models import Venue, VenueQuerySet


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
    lists: Collection[list[str]] = Venue.objects.visible_to(viewer).values_list(
        "functions", flat=True
    )
    return sorted({function for functions in lists for function in functions})


def enterprises_seen(venue: Venue, viewer: Viewer) -> set[int]:
    """Which enterprises in the venue's building the viewer may open."""
    in_building = Enterprise.objects.visible_to(viewer).filter(neighbour__venue=venue)
    return set(in_building.values_list("pk", flat=True))
