"""The list of activities, and what is found of venues and hosts while typing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from activities import queries
from activities.filters import ActivityFilter
from activities.tables import ActivityTable
from core.access import Permission, requires
from core.edit_pages import viewer_of
from core.lists import list_page
from core.parts import Action, Empty, Linked, sentence
from core.suggest import LONGEST_QUERY


@require_safe
@requires(Permission.READ)
def list_activities(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        title=pgettext("列表", "活动"),
        unit=_("场"),
        queryset=queries.listed(viewer_of(request)),
        filterset_class=ActivityFilter,
        table_class=ActivityTable,
        lead=_waiting_words(request),
        actions=[*_kinds_action(request), *_actions(request)],
        notes=[_("按街镇筛选时，含该街镇参与的联办活动；联办活动全区计一场，各街镇各计一场。")],
        empty=Empty(
            _("还没有活动"),
            _("登记一场活动，一分钟就够：名称、日期、人数，其余沿用上一场。"),
            next(iter(_actions(request)), None),
        ),
    )


def _waiting_words(request: HttpRequest) -> str:
    """What waits for this person, when something does."""
    user = viewer_of(request)
    if not user.can(Permission.REVIEW_ACTIVITIES):
        return ""
    count = queries.waiting(user).count()
    url = reverse("activities:list_waiting")
    return sentence(_("有 {count} 场活动等您审核。"), count=Linked(count, url)) if count else ""


def _kinds_action(request: HttpRequest) -> list[Action]:
    """To the kinds of activities, for those who keep the registers."""
    if not viewer_of(request).can(Permission.EDIT_REGISTERS):
        return []
    url = reverse("activities:list_activitykinds")
    return [Action(pgettext("列表", "活动类型"), url, icon="list")]


def _actions(request: HttpRequest) -> list[Action]:
    if not viewer_of(request).can(Permission.ENTER_ACTIVITIES):
        return []
    return [Action(_("登记活动"), reverse("activities:enter_activity"), icon="plus", primary=True)]


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", "")


@require_safe
@requires(Permission.READ)
def suggest_venues(request: HttpRequest) -> JsonResponse:
    """Venues in use, by name, pinyin or initials; without text those lately used."""
    user = viewer_of(request)
    found = queries.venues_like(_typed(request), user, localdate())
    many_towns = user.town_ids is None or len(user.town_ids) > 1
    results = [
        {
            "value": str(venue.pk),
            "text": venue.name,
            "note": venue.town.name if many_towns else venue.get_kind_display(),
        }
        for venue in found
    ]
    return JsonResponse({"results": results, "more": False})


@require_safe
@requires(Permission.ENTER_ACTIVITIES)
def suggest_hosts(request: HttpRequest) -> JsonResponse:
    """Towns, chambers and enterprises, as tokens; without text the usual ones."""
    found = queries.organisations_like(_typed(request), viewer_of(request), localdate())
    results = [
        {"value": str(one), "text": str(row), "note": str(row._meta.verbose_name)}
        for one, row in found
    ]
    return JsonResponse({"results": results, "more": False})
