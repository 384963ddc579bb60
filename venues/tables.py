"""The table of the list of venues."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.dated import DatedTable, InForceColumn
from core.parts import NOTHING
from core.tables import (
    DayColumn,
    NumberColumn,
    TextColumn,
    TitleColumn,
    TownColumn,
)
from venues.models import Venue


class VenueTable(DatedTable):
    """Venues as a tree of two levels: the parts of a complex follow it, set in."""

    name = TitleColumn(_("阵地"), order_by=("family", "is_part", "sort_key"))
    kind = TextColumn(_("类型"), css="is-town")
    town = TownColumn()
    parent = TextColumn(_("所属综合体"), linkify=True, order_by=("parent__sort_key",))
    area_m2 = NumberColumn(_("面积（㎡）"))
    functions = TextColumn(_("功能"), orderable=False)
    managed_by = TextColumn(_("管理单位"))
    opened_on = DayColumn(_("启用日期"))
    in_force = InForceColumn(words={True: _("在用"), False: _("已停用")})

    class Meta(DatedTable.Meta):
        model = Venue
        fields = ()
        order_by = ("town", "name")

    def render_name(self, value: str, record: Any) -> str | SafeString:
        if not record.parent_id:
            return value
        return format_html('<span class="is-part">└ {}</span>', value)

    def value_name(self, value: str) -> str:
        return value

    def render_functions(self, value: list[str]) -> str:
        return _("、").join(value) or NOTHING

    def value_functions(self, value: list[str]) -> str:
        return _("、").join(value)
