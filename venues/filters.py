"""The filters of the list of venues."""

from __future__ import annotations

from typing import Any

import django_filters
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from chambers.filters import InUseFilter, visible_chambers
from core.dated import DatedFilter
from core.lists import SearchFilter
from towns.filters import visible_towns
from venues import queries
from venues.models import Venue, VenueQuerySet

ANY = _("全部")


def visible_complexes(request: HttpRequest) -> VenueQuerySet[Any]:
    """The complexes a filter offers: those this person sees."""
    return queries.venues(request.user).filter(kind=Venue.Kind.COMPLEX).by_name()  # type: ignore[arg-type]


class VenueFilter(DatedFilter):
    q = SearchFilter()
    town = django_filters.ModelChoiceFilter(
        label=_("街镇"), queryset=visible_towns, empty_label=ANY
    )
    kind = django_filters.ChoiceFilter(label=_("类型"), choices=Venue.Kind.choices, empty_label=ANY)
    function = InUseFilter(label=_("功能"), values=queries.functions_in_use, method="of_function")
    parent = django_filters.ModelChoiceFilter(
        label=_("所属综合体"), queryset=visible_complexes, empty_label=ANY
    )
    chamber = django_filters.ModelChoiceFilter(
        label=_("所属商会"), queryset=visible_chambers, empty_label=ANY
    )
    area_min = django_filters.NumberFilter(
        label=_("面积不小于（㎡）"), field_name="area_m2", lookup_expr="gte"
    )
    area_max = django_filters.NumberFilter(
        label=_("面积不大于（㎡）"), field_name="area_m2", lookup_expr="lte"
    )

    shown = ("q", "town", "kind", "function", "day")

    class Meta:
        model = Venue
        fields = (
            "q",
            "town",
            "kind",
            "function",
            "parent",
            "chamber",
            "area_min",
            "area_max",
            "day",
            "standing",
        )

    def of_function(self, rows: Any, _name: str, function: str) -> Any:
        return rows.filter(functions__contains=[function]) if function else rows
