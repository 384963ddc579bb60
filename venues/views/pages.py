"""The list of venues, the page of one, and what is found of them while typing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from chambers.models import Chamber
from core.access import Permission, Viewer, requires
from core.edit_pages import find, viewer_of
from core.history import Trail
from core.lists import list_page
from core.parts import Crumb, Empty, Fact, number_words
from core.record_pages import (
    adding_action,
    day_words,
    editing_actions,
    in_force_state,
    record_page,
)
from core.scoping import sees_rows_of
from core.suggest import suggestions
from towns.models import Village
from venues import queries
from venues.filters import VenueFilter
from venues.models import Neighbour, Venue, Zone
from venues.tables import VenueTable


@require_safe
@requires(Permission.READ)
def list_venues(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        title=pgettext("列表", "阵地"),
        unit=_("处"),
        queryset=queries.venues(viewer_of(request)),
        filterset_class=VenueFilter,
        table_class=VenueTable,
        actions=adding_action(request, _("新建阵地"), "venues:create_venue"),
        notes=[_("统战综合体和它的组成部分各算一处；组成部分排在综合体之后。")],
        empty=Empty(_("还没有阵地")),
    )


@require_safe
@requires(Permission.READ)
def show_venue(request: HttpRequest, pk: int) -> HttpResponse:
    related = ("town", "village", "chamber", "parent")
    venue = find(request, Venue.objects.select_related(*related), pk=pk)
    viewer, today = viewer_of(request), localdate()
    return record_page(
        request,
        "venues/show_venue.html",
        record=venue,
        crumbs=[Crumb(pgettext("列表", "阵地"), reverse("venues:list_venues")), Crumb(venue.name)],
        state=in_force_state(venue.closed_on, today),
        facts=venue_facts(venue, viewer),
        trails=[Trail(Zone, "venue"), Trail(Neighbour, "venue")],
        actions=editing_actions(request, venue, "venues:*_venue"),
        context={
            "zones": venue.zones.order_by("order", "pk"),
            "neighbours": queries.neighbours_of(venue, viewer),
            "parts": queries.parts_of(venue, viewer, today),
            "may_edit": bool(adding_action(request, "", "venues:create_venue")),
        },
    )


def venue_facts(venue: Venue, viewer: Viewer) -> list[Fact]:
    area, parent, chamber = venue.area_m2, venue.parent, venue.chamber
    return [
        Fact(_("类型"), venue.get_kind_display()),
        Fact(_("街镇"), venue.town.name, venue.town.get_absolute_url()),
        Fact(_("村居"), *(_linked(venue.village, viewer))),
        Fact(_("面积"), _("%(area)s 平方米") % {"area": number_words(area)} if area else ""),
        Fact(_("功能"), _("、").join(venue.functions)),
        Fact(_("地址"), venue.address),
        Fact(_("所属综合体"), *(_linked(parent, viewer))),
        Fact(_("所属商会"), *(_linked(chamber, viewer))),
        Fact(_("管理单位"), venue.managed_by),
        Fact(_("开放时间"), venue.opening_hours),
        Fact(_("工作联系人"), venue.contact),
        Fact(_("联系电话"), venue.phone),
        Fact(_("启用日期"), day_words(venue.opened_on)),
        Fact(_("停用日期"), day_words(venue.closed_on)),
    ]


def _linked(record: Village | Venue | Chamber | None, viewer: Viewer) -> tuple[str, str]:
    """The name of a related record, and its page where the viewer may open it: the chamber may be
    the district's, or another town's."""
    if record is None:
        return "", ""
    is_seen = sees_rows_of(viewer, record.town_id)
    return str(record), record.get_absolute_url() if is_seen else ""


@require_safe
@requires(Permission.READ)
def suggest_venues(request: HttpRequest) -> JsonResponse:
    venues = Venue.objects.visible_to(viewer_of(request)).select_related("town")
    return suggestions(request, venues, note=lambda venue: venue.town.name)
