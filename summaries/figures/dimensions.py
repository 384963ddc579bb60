"""The ways figures are split: by town, month, kind, mode, brand, level, industry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import CharField, F, Func, Value
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityKind
from chambers.models import Enterprise, Honour
from core.access import Viewer
from summaries.figures.figure import Dimension
from towns.models import Brand, Post, Town, Village
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


def brands(user: Viewer) -> Iterable[tuple[str, str]]:
    rows = Brand.objects.visible_to(user).by_name()
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def venues(user: Viewer) -> Iterable[tuple[str, str]]:
    rows = Venue.objects.visible_to(user).by_name()
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def town_through(path: str) -> Dimension:
    """By town, reached over ``path``; a row reached twice counts once in each of its towns."""
    return Dimension("town", _("街镇"), path, towns)


def month_of(path: str) -> Dimension:
    """By month, as 2024-05. A month is asked for as a period, so it offers no choices."""
    grouped = Func(
        F(path), Value("YYYY-MM"), function="to_char", output_field=CharField(max_length=7)
    )
    return Dimension("month", _("月份"), path, lambda _user: (), grouped)


OWN_TOWN = town_through("town__code")
TAKING_PART = town_through("participations__town__code")
ACTIVITY_MONTH = month_of("start_on")
ACTIVITY_KIND = Dimension("kind", _("活动类型"), "kind__code", kinds)
ACTIVITY_MODE = Dimension("mode", _("形式"), "mode", listed(Activity.Mode.choices))
ACTIVITY_BRAND = Dimension("brand", _("品牌"), "brand_id", brands)
ACTIVITY_VENUE = Dimension("venue", _("阵地"), "venue_id", venues)
VENUE_KIND = Dimension("kind", _("阵地类型"), "kind", listed(Venue.Kind.choices))
VILLAGE_KIND = Dimension("kind", _("村居类型"), "kind", listed(Village.Kind.choices))
POST_KIND = Dimension("kind", _("岗位"), "kind", listed(Post.Kind.choices))
LEVEL = Dimension("level", _("级别"), "level", listed(Honour.Level.choices))
INDUSTRY = Dimension(
    "industry", _("行业门类"), "industry", listed(Enterprise.Industry.choices), is_text=True
)


def by_key(*dimensions: Dimension) -> dict[str, Dimension]:
    return {dimension.key: dimension for dimension in dimensions}
