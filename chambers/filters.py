"""The filters of the lists of chambers, members, enterprises and honours."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from chambers import queries
from chambers.models import (
    Chamber,
    ChamberQuerySet,
    Enterprise,
    Honour,
    HonourQuerySet,
    Membership,
    Position,
)
from core import definitions
from core.dated import DatedFilter
from core.lists import DayFilter, RecordFilter, SearchFilter, YesNoFilter
from towns.filters import visible_towns

ANY = _("全部")


def visible_chambers(request: HttpRequest) -> ChamberQuerySet[Chamber]:
    """The chambers a filter offers: those this person sees."""
    return queries.chambers(request.user).by_name()  # type: ignore[arg-type]


class InUseFilter(django_filters.ChoiceFilter):
    """A choice among the values that the rows this person sees really have."""

    def __init__(self, *, values: Any, **options: Any) -> None:
        self.values = values
        super().__init__(**{"empty_label": ANY, **options})

    @property
    def field(self) -> Any:
        # Each request has a copy of the filter of its own, so its choices are that person's.
        if not hasattr(self, "_field"):
            values = self.values(self.parent.request.user)
            self.extra["choices"] = [(value, value) for value in values]
        return super().field


class ChamberFilter(DatedFilter):
    q = SearchFilter(placeholder=_("名称、拼音、首字母或信用代码"))
    town = django_filters.ModelChoiceFilter(
        label=_("街镇"), queryset=visible_towns, empty_label=ANY
    )
    kind = django_filters.ChoiceFilter(
        label=_("类型"), choices=Chamber.Kind.choices, empty_label=ANY
    )

    shown = ("q", "town", "kind", "day")

    class Meta:
        model = Chamber
        fields = ("q", "town", "kind", "day", "standing")

    def on_day(self, rows: Any, day: date) -> Any:
        return queries.with_counts(rows, day)


class MembershipFilter(DatedFilter):
    q = SearchFilter(placeholder=_("企业名称、拼音、首字母或信用代码"))
    town = django_filters.ModelChoiceFilter(
        label=_("街镇"), field_name="chamber__town", queryset=visible_towns, empty_label=ANY
    )
    chamber = django_filters.ModelChoiceFilter(
        label=_("商会"), queryset=visible_chambers, empty_label=ANY
    )
    council = YesNoFilter(label=_("理事以上"), method="no_condition_of_its_own")
    position = django_filters.ChoiceFilter(
        label=_("商会职务"),
        choices=Position.choices,
        empty_label=ANY,
        method="no_condition_of_its_own",
    )
    industry = django_filters.ChoiceFilter(
        label=_("行业门类"),
        field_name="enterprise__industry",
        choices=Enterprise.Industry.choices,
        empty_label=ANY,
    )
    tag = InUseFilter(
        label=_("行业"), field_name="enterprise__industry_tag", values=queries.tags_in_use
    )
    joined_from = DayFilter(label=_("入会自"), field_name="joined_on", lookup_expr="gte")
    joined_to = DayFilter(label=_("入会至"), field_name="joined_on", lookup_expr="lte")
    left_from = DayFilter(label=_("退会自"), field_name="left_on", lookup_expr="gte")
    left_to = DayFilter(label=_("退会至"), field_name="left_on", lookup_expr="lte")
    standing = django_filters.ChoiceFilter(
        label=_("状态"),
        choices=(("ended", _("已退会")), ("all", _("全部（含已退会）"))),
        empty_label=_("在会"),
        method="no_condition_of_its_own",
    )

    shown = ("q", "town", "chamber", "council", "day")

    class Meta:
        model = Membership
        fields = (
            "q",
            "town",
            "chamber",
            "council",
            "position",
            "industry",
            "tag",
            "day",
            "standing",
            "joined_from",
            "joined_to",
            "left_from",
            "left_to",
        )

    def on_day(self, rows: Any, day: date) -> Any:
        """The positions of that day: who sat on the council then, not who does today."""
        asked = self.form.cleaned_data.get("council")
        if asked:
            council = definitions.in_force().council
            seated = Membership.objects.council_on(day, positions=council).values("pk")
            rows = rows.filter(pk__in=seated) if asked == "yes" else rows.exclude(pk__in=seated)
        rows = rows.with_position_on(day)
        position = self.form.cleaned_data.get("position")
        return rows.filter(held=position) if position else rows


class EnterpriseFilter(DatedFilter):
    q = SearchFilter(placeholder=_("名称、拼音、首字母或信用代码"))
    town = django_filters.ModelChoiceFilter(
        label=_("街镇"), queryset=visible_towns, empty_label=ANY
    )
    industry = django_filters.ChoiceFilter(
        label=_("行业门类"), choices=Enterprise.Industry.choices, empty_label=ANY
    )
    tag = InUseFilter(label=_("行业"), field_name="industry_tag", values=queries.tags_in_use)
    tax_band = InUseFilter(
        label=_("税收档次"), field_name="tax_band", values=queries.tax_bands_in_use
    )
    member = YesNoFilter(label=_("商会会员"), method="no_condition_of_its_own")
    has_code = YesNoFilter(label=_("有信用代码"), method="of_code")
    capital_min = django_filters.NumberFilter(
        label=_("注册资本不低于（万元）"), field_name="capital_wan", lookup_expr="gte"
    )
    capital_max = django_filters.NumberFilter(
        label=_("注册资本不高于（万元）"), field_name="capital_wan", lookup_expr="lte"
    )

    shown = ("q", "town", "tag", "member")

    class Meta:
        model = Enterprise
        fields = (
            "q",
            "town",
            "tag",
            "member",
            "industry",
            "tax_band",
            "has_code",
            "capital_min",
            "capital_max",
            "day",
            "standing",
        )

    def of_code(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(credit_code__isnull=value != "yes") if value else rows

    def on_day(self, rows: Any, day: date) -> Any:
        seen = Membership.objects.visible_to(self.request.user)
        member = seen.on(day).filter(enterprise_id=OuterRef("pk"))
        match self.form.cleaned_data.get("member"):
            case "yes":
                return rows.filter(Exists(member))
            case "no":
                return rows.exclude(Exists(member))
        return rows


class HonourFilter(RecordFilter):
    """Validity is read together with the day, which is today until another is chosen."""

    q = SearchFilter(placeholder=_("荣誉名称、商会或企业"))
    town = django_filters.ModelChoiceFilter(
        label=_("街镇"), queryset=visible_towns, empty_label=ANY, method="of_town"
    )
    level = django_filters.ChoiceFilter(
        label=_("级别"), choices=Honour.Level.choices, empty_label=ANY
    )
    validity = django_filters.ChoiceFilter(
        label=_("有效期"),
        choices=(
            ("valid", _("有效")),
            ("lapsing", _("即将到期")),
            ("lapsed", _("已过期")),
        ),
        empty_label=ANY,
        method="by_validity",
    )
    chamber = django_filters.ModelChoiceFilter(
        label=_("商会"), queryset=visible_chambers, empty_label=ANY
    )
    day = DayFilter(label=_("截至日期"), method="read_with_validity")

    shown = ("q", "town", "level", "validity", "day")

    class Meta:
        model = Honour
        fields = ("q", "town", "level", "validity", "day", "chamber")

    @property
    def as_of(self) -> date:
        return self.form.cleaned_data.get("day") or localdate()

    @property
    def qs(self) -> Any:
        return queries.with_validity_on(super().qs, self.as_of)

    def of_town(self, rows: Any, _name: str, town: Any) -> Any:
        """Filed under the town, or held by a chamber or an enterprise there."""
        return rows.filter(HonourQuerySet.in_towns(frozenset({town.pk}))) if town else rows

    def read_with_validity(self, rows: Any, _name: str, _value: Any) -> Any:
        return rows

    def by_validity(self, rows: Any, _name: str, validity: str) -> Any:
        match validity:
            case "valid":
                return rows.valid_on(self.as_of)
            case "lapsing":
                return queries.lapsing_on(rows, self.as_of)
            case "lapsed":
                return queries.lapsed_on(rows, self.as_of)
        return rows
