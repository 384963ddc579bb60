"""The kinds of activities: the list and the forms, for those who keep the registers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from activities import kind_actions
from activities.kind_forms import ActivityKindFilter, ActivityKindForm, ActivityKindTable
from activities.models import ActivityKind
from core.access import Permission, requires
from core.edit_pages import viewer_of
from core.lists import list_page
from core.parts import Crumb, Empty
from core.record_pages import adding_action
from core.register_views import Register
from core.scoping import SharedQuerySet


def kinds_list() -> Crumb:
    return Crumb(pgettext("列表", "活动类型"), reverse("activities:list_activitykinds"))


KINDS: Register[ActivityKind] = Register(
    SharedQuerySet(ActivityKind),
    ActivityKindForm,
    kinds_list,
    shown_at=lambda _kind: kinds_list().url,
)
create_activitykind = KINDS.create(gettext_lazy("新建类型"), kind_actions.create_activitykind)
edit_activitykind = KINDS.edit(gettext_lazy("修改类型"), kind_actions.edit_activitykind)
remove_activitykind = KINDS.remove(gettext_lazy("删除类型"), kind_actions.remove_activitykind)


@require_safe
@requires(Permission.EDIT_REGISTERS)
def list_activitykinds(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        title=pgettext("列表", "活动类型"),
        unit=_("个"),
        queryset=SharedQuerySet(ActivityKind).visible_to(viewer_of(request)),
        filterset_class=ActivityKindFilter,
        table_class=ActivityKindTable,
        crumbs=[
            Crumb(pgettext("列表", "活动"), reverse("activities:list_activities")),
            Crumb(pgettext("列表", "活动类型")),
        ],
        actions=adding_action(request, _("新建类型"), "activities:create_activitykind"),
        notes=[_("用过的类型不能删除；改名后，以前的活动一并按新名称显示。")],
        empty=Empty(_("还没有活动类型")),
    )
