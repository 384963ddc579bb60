"""The pages of one village and of one brand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from core.access import Permission, requires
from core.edit_pages import find
from core.history import Trail
from core.parts import Crumb, Fact, State, Tone
from core.record_pages import (
    adding_action,
    day_words,
    editing_actions,
    in_force_state,
    record_page,
)
from towns import queries
from towns.models import Brand, Post, Village


@require_safe
@requires(Permission.READ)
def show_village(request: HttpRequest, pk: int) -> HttpResponse:
    village = find(request, Village.objects.select_related("town"), pk=pk)
    today = localdate()
    staffed = queries.is_staffed(village, today)
    return record_page(
        request,
        "towns/show_village.html",
        record=village,
        crumbs=[
            Crumb(pgettext("列表", "村居"), reverse("towns:list_villages")),
            Crumb(village.name),
        ],
        state=in_force_state(village.closed_on, today)
        or (State(_("已配齐"), Tone.GREEN) if staffed else State(_("力量缺额"), Tone.AMBER)),
        facts=[
            Fact(_("街镇"), village.town.name, village.town.get_absolute_url()),
            Fact(_("类型"), village.get_kind_display()),
            Fact(_("区划代码"), village.code),
            Fact(_("设立日期"), day_words(village.opened_on)),
            Fact(_("撤销日期"), day_words(village.closed_on)),
        ],
        trails=[Trail(Post, "village")],
        actions=editing_actions(request, village, "towns:*_village", closing=_("撤销")),
        context={
            "posts": queries.posts_of(village),
            "today": today,
            "post_actions": adding_action(request, _("登记任职"), "towns:create_post"),
        },
    )


@require_safe
@requires(Permission.READ)
def show_brand(request: HttpRequest, pk: int) -> HttpResponse:
    brand = find(request, Brand.objects.select_related("town", "field"), pk=pk)
    return record_page(
        request,
        "towns/show_brand.html",
        record=brand,
        crumbs=[Crumb(pgettext("列表", "品牌"), reverse("towns:list_brands")), Crumb(brand.name)],
        state=in_force_state(brand.closed_on, localdate()),
        lead=brand.description,
        facts=[
            Fact(_("街镇"), brand.town.name, brand.town.get_absolute_url()),
            Fact(_("领域"), brand.field.name),
            Fact(_("创立日期"), day_words(brand.opened_on)),
            Fact(_("停用日期"), day_words(brand.closed_on)),
        ],
        actions=editing_actions(request, brand, "towns:*_brand"),
    )
