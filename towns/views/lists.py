"""Lists of towns, villages, posts and brands, and what is found of them while typing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from core.access import Permission, requires
from core.edit_pages import viewer_of
from core.lists import list_page
from core.parts import Action, Crumb, Empty
from core.record_pages import adding_action
from core.suggest import suggestions
from towns import queries
from towns.filters import BrandFieldFilter, BrandFilter, PostFilter, TownFilter, VillageFilter
from towns.models import Brand, Town, Village
from towns.tables import BrandFieldTable, BrandTable, PostTable, TownTable, VillageTable


@require_safe
@requires(Permission.READ)
def list_towns(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        title=pgettext("列表", "街镇"),
        unit=_("个"),
        queryset=queries.towns(viewer_of(request)),
        filterset_class=TownFilter,
        table_class=TownTable,
        actions=[
            Action(pgettext("列表", "品牌"), reverse("towns:list_brands"), icon="award"),
            *adding_action(request, _("新建街镇"), "towns:create_town"),
        ],
        notes=[_("街镇按官方次序排列，不作排名。"), _("已配齐：统战干事和联络员当日均有人在岗。")],
        empty=Empty(_("还没有街镇"), _("请管理员载入本区的街镇和村居名单。")),
    )


@require_safe
@requires(Permission.READ)
def list_villages(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        title=pgettext("列表", "村居"),
        unit=_("个"),
        queryset=queries.villages(viewer_of(request)),
        filterset_class=VillageFilter,
        table_class=VillageTable,
        actions=[
            Action(pgettext("列表", "岗位"), reverse("towns:list_posts"), icon="users"),
            *adding_action(request, _("新建村居"), "towns:create_village"),
        ],
        notes=[_("干事、联络员为截至日期当日在岗的人；两岗均有人为已配齐。")],
        empty=Empty(_("还没有村居")),
    )


@require_safe
@requires(Permission.READ)
def list_posts(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        title=pgettext("列表", "岗位"),
        unit=_("岗"),
        queryset=queries.posts(viewer_of(request)),
        filterset_class=PostFilter,
        table_class=PostTable,
        actions=adding_action(request, _("登记任职"), "towns:create_post"),
        notes=[_("只登记工作联系人的姓名、岗位和办公电话。")],
        empty=Empty(_("还没有岗位记录")),
    )


@require_safe
@requires(Permission.READ)
def list_brands(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        title=pgettext("列表", "品牌"),
        unit=_("个"),
        queryset=queries.brands(viewer_of(request)),
        filterset_class=BrandFilter,
        table_class=BrandTable,
        actions=[
            *_fields_action(request),
            *adding_action(request, _("新建品牌"), "towns:create_brand"),
        ],
        empty=Empty(_("还没有品牌")),
    )


def _fields_action(request: HttpRequest) -> list[Action]:
    if not viewer_of(request).can(Permission.EDIT_REGISTERS):
        return []
    return [Action(pgettext("列表", "领域"), reverse("towns:list_brandfields"), icon="list")]


@require_safe
@requires(Permission.EDIT_REGISTERS)
def list_brandfields(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        title=pgettext("列表", "领域"),
        unit=_("个"),
        queryset=queries.fields(viewer_of(request), localdate()),
        filterset_class=BrandFieldFilter,
        table_class=BrandFieldTable,
        crumbs=[
            Crumb(pgettext("列表", "品牌"), reverse("towns:list_brands")),
            Crumb(pgettext("列表", "领域")),
        ],
        actions=adding_action(request, _("新建领域"), "towns:create_brandfield"),
        notes=[_("每个领域是品牌矩阵的一列；用过的领域不能删除，可以改名。")],
        empty=Empty(_("还没有领域")),
    )


@require_safe
@requires(Permission.READ)
def suggest_towns(request: HttpRequest) -> JsonResponse:
    return suggestions(request, Town.objects.visible_to(viewer_of(request)))


@require_safe
@requires(Permission.READ)
def suggest_villages(request: HttpRequest) -> JsonResponse:
    villages = Village.objects.visible_to(viewer_of(request)).select_related("town")
    return suggestions(request, villages, note=lambda village: village.town.name)


@require_safe
@requires(Permission.READ)
def suggest_brands(request: HttpRequest) -> JsonResponse:
    brands = Brand.objects.visible_to(viewer_of(request)).select_related("town", "field")
    return suggestions(request, brands, note=lambda brand: f"{brand.town} · {brand.field}")
