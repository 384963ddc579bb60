"""The filters of the lists of towns, villages, posts and brands."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.dated import DatedFilter
from core.lists import RecordFilter, SearchFilter, YesNoFilter
from core.models import named_like
from towns import queries
from towns.models import Brand, BrandField, Post, Town, TownQuerySet, Village


def visible_towns(request: HttpRequest) -> TownQuerySet[Town]:
    """The towns a filter offers: those this person sees, in the official order."""
    return queries.towns(request.user)  # type: ignore[arg-type]


class TownFilter(DatedFilter):
    q = SearchFilter()
    kind = django_filters.ChoiceFilter(
        label=_("类型"), choices=Town.Kind.choices, empty_label=_("全部")
    )

    shown = ("q", "kind", "day", "standing")

    class Meta:
        model = Town
        fields = ("q", "kind", "day", "standing")

    def on_day(self, rows: Any, day: date) -> Any:
        return queries.with_counts(rows, day)


class VillageFilter(DatedFilter):
    q = SearchFilter()
    town = django_filters.ModelChoiceFilter(
        label=_("街镇"), queryset=visible_towns, empty_label=_("全部")
    )
    kind = django_filters.ChoiceFilter(
        label=_("类型"), choices=Village.Kind.choices, empty_label=_("全部")
    )
    staffed = YesNoFilter(label=_("已配齐"), method="no_condition_of_its_own")

    shown = ("q", "town", "kind", "staffed", "day")

    class Meta:
        model = Village
        fields = ("q", "town", "kind", "staffed", "day", "standing")

    def on_day(self, rows: Any, day: date) -> Any:
        staffed = Village.objects.staffed_on(day).values("pk")
        match self.form.cleaned_data.get("staffed"):
            case "yes":
                rows = rows.filter(pk__in=staffed)
            case "no":
                rows = rows.exclude(pk__in=staffed)
        return queries.with_holders(rows, day)


class PostFilter(DatedFilter):
    q = SearchFilter(
        label=_("搜索"), placeholder=_("姓名、村居或拼音"), method="of_holder_or_village"
    )
    town = django_filters.ModelChoiceFilter(
        label=_("街镇"), queryset=visible_towns, empty_label=_("全部")
    )
    kind = django_filters.ChoiceFilter(
        label=_("岗位"), choices=Post.Kind.choices, empty_label=_("全部")
    )
    full_time = YesNoFilter(label=_("专职"), field_name="is_full_time")
    standing = django_filters.ChoiceFilter(
        label=_("状态"),
        choices=(("ended", _("已离任")), ("all", _("全部（含已离任）"))),
        empty_label=_("在岗"),
        method="no_condition_of_its_own",
    )

    shown = ("q", "town", "kind", "full_time", "day")

    class Meta:
        model = Post
        fields = ("q", "town", "kind", "full_time", "day", "standing")

    def of_holder_or_village(self, rows: Any, _name: str, text: str) -> Any:
        return rows.filter(named_like(text, path="village__") | Q(holder__contains=text.strip()))


class BrandFieldFilter(RecordFilter):
    q = SearchFilter(placeholder=_("领域名称"), method="so_named")

    class Meta:
        model = BrandField
        fields = ("q",)

    def so_named(self, rows: Any, _name: str, text: str) -> Any:
        return rows.filter(name__icontains=text.strip())


class BrandFilter(DatedFilter):
    q = SearchFilter()
    town = django_filters.ModelChoiceFilter(
        label=_("街镇"), queryset=visible_towns, empty_label=_("全部")
    )
    field = django_filters.ModelChoiceFilter(
        label=_("领域"), queryset=BrandField.objects.order_by("order", "pk"), empty_label=_("全部")
    )

    shown = ("q", "town", "field", "day")

    class Meta:
        model = Brand
        fields = ("q", "town", "field", "day", "standing")
