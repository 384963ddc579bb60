"""The ways figures are split: by town, month, kind, mode, brand, level, industry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db.models import CharField, F, Func, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityKind
from chambers.models import Chamber, Enterprise, Honour
from chambers.queries import tags_in_use, tax_bands_in_use
from core.access import Viewer
from summaries.figures.figure import Dimension
from towns.models import Brand, BrandField, Post, Town, Village
from venues.models import Venue

Choices = Callable[[Viewer], Iterable[tuple[str, str]]]


def listed(choices: Iterable[tuple[Any, Any]]) -> Choices:
    """The values of a field with fixed choices."""
    return lambda _user: [(str(value), str(label)) for value, label in choices]


def towns(user: Viewer) -> Iterable[tuple[str, str]]:
    """The towns this person sees, in official order."""
    return Town.objects.visible_to(user).in_official_order().values_list("code", "name")


def kinds(_user: Viewer) -> Iterable[tuple[str, str]]:
    return ActivityKind.objects.order_by("order", "code").values_list("code", "name")


def tags(user: Viewer) -> Iterable[tuple[str, str]]:
    return [(tag, tag) for tag in tags_in_use(user)]


def tax_bands(user: Viewer) -> Iterable[tuple[str, str]]:
    return [(band, band) for band in tax_bands_in_use(user)]


def fields(_user: Viewer) -> Iterable[tuple[str, str]]:
    return [
        (str(pk), name)
        for pk, name in BrandField.objects.order_by("order", "pk").values_list("pk", "name")
    ]


def brands(user: Viewer) -> Iterable[tuple[str, str]]:
    rows = Brand.objects.visible_to(user).by_name()
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def venues(user: Viewer) -> Iterable[tuple[str, str]]:
    rows = Venue.objects.visible_to(user).by_name()
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def named_by(model: type[Brand] | type[Venue]) -> Callable[[Collection[str]], Mapping[str, str]]:
    """The names of rows by their keys, of whichever town they are."""

    def named(keys: Collection[str]) -> Mapping[str, str]:
        pks = [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) <= 18]
        found = model.objects.filter(pk__in=pks)
        return {str(pk): name for pk, name in found.values_list("pk", "name")}

    return named


def town_through(path: str, *, overlap: Promise | None = None, overlapping: str = "") -> Dimension:
    """By town, reached over ``path``; a row reached twice counts once in each of its towns."""
    return Dimension("town", _("街镇"), path, towns, overlap=overlap, overlapping=overlapping)


def town_itself(overlap: Promise) -> Dimension:
    """By town, each part being what the figure says of that town."""
    return town_through("", overlap=overlap)


def month_of(path: str) -> Dimension:
    """By month, as 2024-05. A month is asked for as a period, so it offers no choices."""
    grouped = Func(
        F(path), Value("YYYY-MM"), function="to_char", output_field=CharField(max_length=7)
    )
    return Dimension(MONTH, _("月份"), path, lambda _user: (), grouped)


MONTH = "month"
OWN_TOWN = town_through("town__code")
TAKING_PART = town_through(
    "participations__town__code",
    overlap=_("由两个及以上街镇参与的活动，在每个参与的街镇各计一次"),
    overlapping="cross_town_activities",
)
WAITING_IN = town_through(
    "participations__town__code",
    overlap=_("由两个及以上街镇参与的活动，在每个参与的街镇各计一次"),
)
MEMBER_TOWN = town_itself(_("在几个街镇的商会都有会籍的企业，在每个街镇各计一次"))
HONOUR_TOWN = town_itself(_("获得者与登记的街镇不同的荣誉，在每个街镇各计一次"))
AREA_TOWN = town_itself(_("综合体与它的组成部分不在同一街镇的，在各自的街镇计面积"))
ACTIVITY_MONTH = month_of("start_on")
JOINED_MONTH = month_of("joined_on")
LEFT_MONTH = month_of("left_on")
ACTIVITY_KIND = Dimension("kind", _("活动类型"), "kind__code", kinds)
ACTIVITY_MODE = Dimension("mode", _("形式"), "mode", listed(Activity.Mode.choices))
ACTIVITY_BRAND = Dimension(
    "brand", _("品牌"), "brand_id", brands, is_open=True, named=named_by(Brand)
)
ACTIVITY_VENUE = Dimension(
    "venue", _("阵地"), "venue_id", venues, is_open=True, named=named_by(Venue)
)
VENUE_KIND = Dimension("kind", _("阵地类型"), "kind", listed(Venue.Kind.choices))
ZONE_TOWN = town_through("venue__town__code")
VILLAGE_KIND = Dimension("kind", _("村居类型"), "kind", listed(Village.Kind.choices))
POST_KIND = Dimension("kind", _("岗位"), "kind", listed(Post.Kind.choices))
CHAMBER_KIND = Dimension("kind", _("商会类型"), "kind", listed(Chamber.Kind.choices))
BRAND_FIELD = Dimension("field", _("领域"), "field_id", fields)
LEVEL = Dimension("level", _("级别"), "level", listed(Honour.Level.choices))
INDUSTRY = Dimension(
    "industry",
    _("行业门类"),
    "industry",
    listed(Enterprise.Industry.choices),
    is_text=True,
    is_open=True,
)
TAG = Dimension("tag", _("行业"), "industry_tag", tags, is_text=True, is_open=True)
TAX_BAND = Dimension("tax_band", _("税收档次"), "tax_band", tax_bands, is_text=True, is_open=True)


def by_key(*dimensions: Dimension) -> dict[str, Dimension]:
    return {dimension.key: dimension for dimension in dimensions}
