"""Figures of towns, villages, the posts held there, and brands."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity
from summaries.figures.dimensions import BRAND_FIELD, OWN_TOWN, POST_KIND, VILLAGE_KIND, by_key
from summaries.figures.figure import Figure, FigureKind, Listing, Rows
from summaries.figures.questions import Question
from summaries.figures.scopes import ScopeKind
from towns.models import Brand, BrandQuerySet, Post, Town, Village, VillageQuerySet

DISTRICT_AND_TOWN = frozenset({ScopeKind.DISTRICT, ScopeKind.TOWN})
VILLAGE_KINDS = (Village.Kind.VILLAGE, Village.Kind.NEIGHBOURHOOD)


def _towns(question: Question) -> Rows:
    rows = Town.objects.visible_to(question.user).on(question.day)
    return rows if question.scope.is_district else rows.filter(pk__in=question.scope.pks)


def _grass_roots(question: Question) -> VillageQuerySet[Village]:
    rows = Village.objects.visible_to(question.user).on(question.day)
    return rows if question.scope.is_district else rows.filter(town_id__in=question.scope.pks)


def _villages(question: Question) -> VillageQuerySet[Village]:
    return _grass_roots(question).filter(kind__in=VILLAGE_KINDS)


def _units(question: Question) -> VillageQuerySet[Village]:
    return _grass_roots(question).exclude(kind__in=VILLAGE_KINDS)


def _units_staffed(question: Question) -> Rows:
    """Parks and state firms need a committee member or an officer, not both posts of a village."""
    held = Post.objects.filter(
        village_id=OuterRef("pk"), kind__in=(Post.Kind.COMMITTEE_MEMBER, Post.Kind.OFFICER)
    )
    return _units(question).filter(Exists(held.on(question.day)))


def _staffed(question: Question) -> Rows:
    return _villages(question).staffed_on(question.day)


def _unstaffed(question: Question) -> Rows:
    return _villages(question).exclude(pk__in=_staffed(question).values("pk"))


def _posts(question: Question) -> Rows:
    rows = Post.objects.visible_to(question.user).on(question.day)
    return rows if question.scope.is_district else rows.filter(town_id__in=question.scope.pks)


def _brands(question: Question) -> BrandQuerySet[Brand]:
    rows = Brand.objects.visible_to(question.user).on(question.day)
    return rows if question.scope.is_district else rows.filter(town_id__in=question.scope.pks)


def _grey_brands(question: Question) -> Rows:
    lately = question.since(question.rules.grey_days)
    seen = Activity.objects.visible_to(question.user).counted()
    used = seen.filter(
        brand_id=OuterRef("pk"), start_on__gte=lately.start, start_on__lte=lately.end
    )
    return _brands(question).exclude(Exists(used))


TOWNS = Figure(
    key="towns",
    title=pgettext_lazy("列表", "街镇"),
    unit=_("个"),
    kind=FigureKind.STOCK,
    definition=_("截至当日设立且未撤销的街道、镇、乡。"),
    listing=Listing.TOWNS,
    source=_towns,
    scopes=DISTRICT_AND_TOWN,
)
VILLAGES = Figure(
    key="villages",
    title=pgettext_lazy("列表", "村居"),
    unit=_("个"),
    kind=FigureKind.STOCK,
    definition=_("截至当日存续的村和居；当日设立的计入，当日撤销的不计；园区和国企另计。"),
    listing=Listing.VILLAGES,
    source=_villages,
    scopes=DISTRICT_AND_TOWN,
    dimensions=by_key(OWN_TOWN, VILLAGE_KIND),
)
VILLAGES_STAFFED = Figure(
    key="villages_staffed",
    title=_("配齐力量的村居"),
    unit=_("个"),
    kind=FigureKind.STOCK,
    definition=_("截至当日存续，且统战干事和联络员当日均有人在岗的村居。"),
    listing=Listing.VILLAGES,
    source=_staffed,
    scopes=DISTRICT_AND_TOWN,
    dimensions=by_key(OWN_TOWN, VILLAGE_KIND),
    whole="villages",
)
VILLAGES_UNSTAFFED = Figure(
    key="villages_unstaffed",
    title=_("力量缺额的村居"),
    unit=_("个"),
    kind=FigureKind.STOCK,
    definition=_("截至当日存续，但统战干事或联络员当日无人在岗的村居。"),
    listing=Listing.VILLAGES,
    source=_unstaffed,
    scopes=DISTRICT_AND_TOWN,
    dimensions=by_key(OWN_TOWN, VILLAGE_KIND),
    whole="villages",
)
UNITS = Figure(
    key="units",
    title=_("园区和国企单位"),
    unit=_("个"),
    kind=FigureKind.STOCK,
    definition=_("截至当日在册的园区和国企单位；村、居另计。"),
    listing=Listing.VILLAGES,
    source=_units,
    scopes=DISTRICT_AND_TOWN,
    dimensions=by_key(OWN_TOWN, VILLAGE_KIND),
)
UNITS_STAFFED = Figure(
    key="units_staffed",
    title=_("配有力量的园区和国企单位"),
    unit=_("个"),
    kind=FigureKind.STOCK,
    definition=_("截至当日在册，且统战委员或统战干事当日有人在岗的园区和国企单位。"),
    listing=Listing.VILLAGES,
    source=_units_staffed,
    scopes=DISTRICT_AND_TOWN,
    dimensions=by_key(OWN_TOWN, VILLAGE_KIND),
    whole="units",
)
POSTS = Figure(
    key="posts",
    title=_("在岗力量"),
    unit=_("岗"),
    kind=FigureKind.STOCK,
    definition=_("当日有人在岗的统战委员、统战干事和联络员岗位；一人任两岗计两岗。"),
    listing=Listing.POSTS,
    source=_posts,
    scopes=DISTRICT_AND_TOWN,
    dimensions=by_key(OWN_TOWN, POST_KIND),
)
BRANDS = Figure(
    key="brands",
    title=pgettext_lazy("列表", "品牌"),
    unit=_("个"),
    kind=FigureKind.STOCK,
    definition=_("截至当日创立且未停用的品牌。"),
    listing=Listing.BRANDS,
    source=_brands,
    scopes=DISTRICT_AND_TOWN,
    dimensions=by_key(OWN_TOWN, BRAND_FIELD),
)
BRANDS_GREY = Figure(
    key="brands_grey",
    title=_("沉寂品牌"),
    unit=_("个"),
    kind=FigureKind.STOCK,
    definition=_("截至当日在用，但最近 {rules.grey_days} 天没有已举办并经确认的活动的品牌。"),
    listing=Listing.BRANDS,
    source=_grey_brands,
    scopes=DISTRICT_AND_TOWN,
    dimensions=by_key(OWN_TOWN, BRAND_FIELD),
    whole="brands",
)
FIGURES = (
    TOWNS,
    VILLAGES,
    VILLAGES_STAFFED,
    VILLAGES_UNSTAFFED,
    UNITS,
    UNITS_STAFFED,
    POSTS,
    BRANDS,
    BRANDS_GREY,
)
