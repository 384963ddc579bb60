"""The form over a kind of activity, and the list of kinds: its filters and its columns."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.models import ActivityKind
from core.columns import RemoveColumn
from core.edit_pages import RegisterForm
from core.forms import Section
from core.lists import RecordFilter, SearchFilter, YesNoFilter
from core.tables import NumberColumn, RecordTable, TextColumn, TitleColumn, YesNoColumn


class ActivityKindForm(RegisterForm):
    sections = (Section("", (("name", "order"), "is_offered")),)

    class Meta:
        model = ActivityKind
        fields = ("name", "order", "is_offered")
        help_texts = {
            "order": _("选单、图表和小结按此次序排列，从小到大。"),
            "is_offered": _("不勾选则登记活动时不再列出，已登记的活动不变。"),
        }


class ActivityKindFilter(RecordFilter):
    q = SearchFilter(placeholder=_("类型名称"), method="so_named")
    offered = YesNoFilter(label=_("可选用"), field_name="is_offered")

    class Meta:
        model = ActivityKind
        fields = ("q", "offered")

    def so_named(self, rows: Any, _name: str, text: str) -> Any:
        return rows.filter(name__icontains=text.strip())


class ActivityKindTable(RecordTable):
    name = TitleColumn(
        _("类型"),
        linkify=lambda record: reverse("activities:edit_activitykind", args=[record.pk]),
    )
    code = TextColumn(_("代码"), css="is-code")
    order = NumberColumn(_("排列次序"), initial_sort_descending=False)
    is_offered = YesNoColumn(_("可选用"))
    remove = RemoveColumn(url_name="activities:remove_activitykind")

    class Meta(RecordTable.Meta):
        model = ActivityKind
        fields = ("name", "code", "order", "is_offered", "remove")
        order_by = ("order",)
