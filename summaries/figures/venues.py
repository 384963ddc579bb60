"""Figures of venues, their area and zones, and which of them stand idle."""

from __future__ import annotations

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity
from summaries.figures.dimensions import AREA_TOWN, OWN_TOWN, VENUE_KIND, ZONE_TOWN, by_key
from summaries.figures.figure import Figure, FigureKind, Listing, Rows
from summaries.figures.questions import Question
from summaries.figures.scopes import ScopeKind
from venues.models import Venue, VenueQuerySet, Zone

DOWN_TO_VENUE = frozenset({ScopeKind.DISTRICT, ScopeKind.TOWN, ScopeKind.CHAMBER, ScopeKind.VENUE})
FIELD_OF_SCOPE = {
    ScopeKind.TOWN: "town_id__in",
    ScopeKind.CHAMBER: "chamber_id__in",
    ScopeKind.VENUE: "pk__in",
}


def _venues(question: Question) -> VenueQuerySet[Venue]:
    rows = Venue.objects.visible_to(question.user).on(question.day)
    if question.scope.is_district:
        return rows
    return rows.filter(**{FIELD_OF_SCOPE[question.scope.kind]: question.scope.pks})


def _measured(question: Question) -> Rows:
    """Venues whose area adds up: a part is left out when the whole it belongs to gives one."""
    rows = _venues(question).filter(area_m2__isnull=False)
    wholes = rows.values("pk")
    return rows.exclude(parent_id__in=wholes).exclude(parent__parent_id__in=wholes)


def _idle(question: Question) -> Rows:
    lately = question.since(question.rules.idle_days)
    seen = Activity.objects.visible_to(question.user).counted()
    held = seen.filter(start_on__gte=lately.start, start_on__lte=lately.end)
    own = held.filter(venue_id=OuterRef("pk"))
    in_part = _parts_with(own)
    rows: Rows = _venues(question).alias(
        own=_any(own), in_part=_any(in_part), deeper=_any(_parts_with(in_part))
    )
    standing = Q(opened_on__isnull=True) | Q(opened_on__lt=lately.start)
    return rows.filter(standing, own__isnull=True, in_part__isnull=True, deeper__isnull=True)


def _parts_with(found: Rows) -> Rows:
    """The parts of a venue for which there is such a row."""
    parts: Rows = Venue.objects.filter(parent_id=OuterRef("pk")).alias(found=_any(found))
    return parts.filter(found__isnull=False)


def _any(rows: Rows) -> Subquery:
    """One of the rows, looked for venue by venue: a look into an index, however many there are.

    Exists is made a join, which asks every venue, and of one where the reader's town takes no part
    each activity.
    """
    return Subquery(rows.order_by().values("pk")[:1])


def _zones(question: Question) -> Rows:
    rows = Zone.objects.visible_to(question.user)
    return rows.filter(venue_id__in=_venues(question).values("pk"))


VENUES = Figure(
    key="venues",
    title=pgettext_lazy("列表", "阵地"),
    unit=_("处"),
    kind=FigureKind.STOCK,
    definition=_("截至当日启用且未停用的阵地；统战综合体和它的组成部分分别计数。"),
    listing=Listing.VENUES,
    source=_venues,
    scopes=DOWN_TO_VENUE,
    dimensions=by_key(OWN_TOWN, VENUE_KIND),
)
VENUE_AREA = Figure(
    key="venue_area",
    title=_("阵地面积"),
    unit=_("平方米"),
    kind=FigureKind.STOCK,
    definition=_("启用中阵地的面积之和；综合体已填总面积的，其组成部分不重复计；未填面积的不计。"),
    listing=Listing.VENUES,
    source=_measured,
    scopes=DOWN_TO_VENUE,
    measure="area_m2",
    dimensions=by_key(AREA_TOWN, VENUE_KIND),
)
VENUES_IDLE = Figure(
    key="venues_idle",
    title=_("闲置阵地"),
    unit=_("处"),
    kind=FigureKind.STOCK,
    definition=_(
        "启用满 {rules.idle_days} 天，且最近 {rules.idle_days} 天没有已举办并经确认的活动的阵地；"
        "综合体的组成部分有活动，综合体即不算闲置。"
    ),
    listing=Listing.VENUES,
    source=_idle,
    scopes=DOWN_TO_VENUE,
    dimensions=by_key(OWN_TOWN, VENUE_KIND),
    whole="venues",
)
ZONES = Figure(
    key="zones",
    title=pgettext_lazy("列表", "功能区"),
    unit=_("个"),
    kind=FigureKind.STOCK,
    definition=_("启用中阵地现设的功能区；综合体含其组成部分的功能区。"),
    listing=Listing.ZONES,
    source=_zones,
    scopes=DOWN_TO_VENUE,
    dimensions=by_key(ZONE_TOWN),
)
FIGURES = (VENUES, VENUE_AREA, VENUES_IDLE, ZONES)
