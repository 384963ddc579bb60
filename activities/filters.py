"""The filters of the list of activities and of the queue of review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from activities import queries
from activities.models import Activity, ActivityKind
from core.forms import SuggestField
from core.lists import DayFilter, RecordFilter, SearchFilter
from core.periods import Period, PeriodError, add_months
from towns.models import Brand, Town, TownQuerySet
from venues.models import VenueQuerySet

MONTHS_OFFERED, YEARS_OFFERED = 12, 5


class PeriodField(forms.ChoiceField):
    """A period in the URL: 2024, 2024-05, 2024-Q2, 2024-H1 or 2024-01-01..2024-05-27.

    Offers the latest months and years; any other that can be read is taken as well. Cleans to
    the text, so that the filter in force shows its words.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "choices": _offered, **options})

    def valid_value(self, value: Any) -> bool:
        return True  # decided in ``clean``

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if not text:
            return ""
        try:
            period = Period.parse(text)
        except PeriodError as error:
            raise ValidationError(str(error), code="invalid") from error
        choices: Any = self.choices
        if str(period) not in dict(choices):
            self.choices = [*choices, (str(period), period.words)]
        return str(period)


def _offered() -> Iterator[tuple[str, Any]]:
    yield "", _("全部")
    today = localdate()
    for back in range(MONTHS_OFFERED):
        month = Period.month_of(add_months(today.replace(day=1), -back))
        yield str(month), month.words
    for year in range(today.year, today.year - YEARS_OFFERED, -1):
        yield str(year), Period.parse(str(year)).words


class PeriodFilter(django_filters.Filter):
    field_class = PeriodField

    def filter(self, qs: Any, value: str) -> Any:
        if not value:
            return qs
        period = Period.parse(value)
        return qs.held_within(period.start, period.end)


def visible_towns(request: HttpRequest) -> TownQuerySet[Town]:
    return Town.objects.visible_to(request.user).in_official_order()  # type: ignore[arg-type]


def visible_brands(request: HttpRequest) -> Any:
    rows = Brand.objects.visible_to(request.user)  # type: ignore[arg-type]
    return rows.select_related("town").order_by("town__order", "sort_key")


def visible_venues(request: HttpRequest) -> VenueQuerySet[Any]:
    return queries.venues(request.user).by_name()  # type: ignore[arg-type]


def all_kinds(request: HttpRequest) -> Any:
    return ActivityKind.objects.order_by("order", "code")


class VenueFilter(django_filters.ModelChoiceFilter):
    """One venue, found while typing."""

    field_class = SuggestField


class ActivityFilter(RecordFilter):
    q = SearchFilter()
    period = PeriodFilter(label=_("期间"))
    town = django_filters.ModelChoiceFilter(
        label=_("街镇"), queryset=visible_towns, empty_label=_("全部"), method="taking_part"
    )
    review = django_filters.ChoiceFilter(
        label=_("审核"), choices=Activity.Review.choices, empty_label=_("全部")
    )
    kind = django_filters.ModelChoiceFilter(
        label=_("类型"), queryset=all_kinds, empty_label=_("全部")
    )
    mode = django_filters.ChoiceFilter(
        label=_("形式"), choices=Activity.Mode.choices, empty_label=_("全部")
    )
    state = django_filters.ChoiceFilter(
        label=_("进展"), choices=Activity.State.choices, empty_label=_("全部")
    )
    brand = django_filters.ModelChoiceFilter(
        label=_("品牌"), queryset=visible_brands, empty_label=_("全部")
    )
    venue = VenueFilter(
        label=_("阵地"), queryset=visible_venues, suggest_url="activities:suggest_venues"
    )
    since = DayFilter(label=_("自"), method="held_since")
    until = DayFilter(label=_("至"), method="held_until")

    shown = ("q", "period", "town", "review")

    class Meta:
        model = Activity
        fields = (
            "q",
            "period",
            "town",
            "review",
            "kind",
            "mode",
            "state",
            "brand",
            "venue",
            "since",
            "until",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = self.request.user.town_ids
        # Nothing to choose; but a view that asks for another town must not show this one's rows.
        if towns is not None and len(towns) < 2 and not (self.data or {}).get("town"):
            del self.filters["town"]
            self.shown = ("q", "period", "kind", "review")

    def taking_part(self, rows: Any, _name: str, town: Town | None) -> Any:
        """Those that count in a town: its own, and joint ones it takes part in."""
        return rows.filter(rows.taking_part(frozenset({town.pk}))) if town else rows

    def held_since(self, rows: Any, _name: str, day: date | None) -> Any:
        return rows.held_within(day, None)

    def held_until(self, rows: Any, _name: str, day: date | None) -> Any:
        return rows.held_within(None, day)


class WaitingFilter(RecordFilter):
    """The queue of review is short: by name and by town is enough."""

    q = SearchFilter()
    town = django_filters.ModelChoiceFilter(
        label=_("街镇"), queryset=visible_towns, empty_label=_("全部")
    )

    class Meta:
        model = Activity
        fields = ("q", "town")
