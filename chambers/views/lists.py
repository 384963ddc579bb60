"""Lists of chambers, members, enterprises and honours, and what is found while typing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from chambers import queries
from chambers.filters import (
    ChamberFilter,
    EnterpriseFilter,
    HonourFilter,
    MembershipFilter,
)
from chambers.models import Chamber, Enterprise
from chambers.tables import ChamberTable, EnterpriseTable, HonourTable, MembershipTable
from core.access import Permission, requires
from core.edit_pages import viewer_of
from core.lists import list_page
from core.parts import Empty
from core.record_pages import adding_action
from core.suggest import suggestions


@require_safe
@requires(Permission.READ)
def list_chambers(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        title=pgettext("列表", "商会"),
        unit=_("家"),
        queryset=queries.chambers(viewer_of(request)),
        filterset_class=ChamberFilter,
        table_class=ChamberTable,
        actions=adding_action(request, _("新建商会"), "chambers:create_chamber"),
        notes=[_("会员、有效荣誉和届均按截至日期计算。")],
        empty=Empty(_("还没有商会")),
    )


@require_safe
@requires(Permission.READ)
def list_memberships(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        title=_("会员企业"),
        unit=_("条会籍"),
        queryset=queries.memberships(viewer_of(request)),
        filterset_class=MembershipFilter,
        table_class=MembershipTable,
        notes=[
            _(
                "职务为截至日期当日所任；理事以上指会长、执行会长、常务副会长、副会长、常务理事、理事。"
            ),
            _("一家企业加入几家商会，就有几条会籍。"),
        ],
        empty=Empty(_("还没有会员企业"), _("请管理员导入一份会员名册。")),
    )


@require_safe
@requires(Permission.READ)
def list_enterprises(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        title=pgettext("列表", "企业"),
        unit=_("家"),
        queryset=queries.enterprises(viewer_of(request)),
        filterset_class=EnterpriseFilter,
        table_class=EnterpriseTable,
        actions=adding_action(request, _("新建企业"), "chambers:create_enterprise"),
        notes=[_("税收档次照来源抄录，系统不计算。")],
        empty=Empty(_("还没有企业"), _("请管理员导入一份会员名册。")),
    )


@require_safe
@requires(Permission.READ)
def list_honours(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        title=pgettext("列表", "荣誉"),
        unit=_("项"),
        queryset=queries.honours(viewer_of(request)),
        filterset_class=HonourFilter,
        table_class=HonourTable,
        actions=adding_action(request, _("登记荣誉"), "chambers:create_honour"),
        notes=[_("有效期截止当天仍有效。“四好”商会每两年重新认定。")],
        empty=Empty(_("还没有荣誉")),
    )


@require_safe
@requires(Permission.READ)
def suggest_chambers(request: HttpRequest) -> JsonResponse:
    chambers = Chamber.objects.visible_to(viewer_of(request)).select_related("town")
    return suggestions(request, chambers, note=lambda one: one.town.name if one.town else "")


@require_safe
@requires(Permission.READ)
def suggest_enterprises(request: HttpRequest) -> JsonResponse:
    """Found by name, pinyin, initials or credit code; the code tells namesakes apart."""
    enterprises = Enterprise.objects.visible_to(viewer_of(request))
    return suggestions(request, enterprises, note=lambda one: one.credit_code or "")
