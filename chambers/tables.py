"""The tables of the lists of chambers, members, enterprises and honours."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from chambers.models import Chamber, Enterprise, Honour, Membership, Position
from core.columns import EditableTable, EditColumn
from core.dated import DatedTable, InForceColumn
from core.parts import Tone
from core.scoping import sees_rows_of
from core.tables import (
    CountColumn,
    DayColumn,
    NumberColumn,
    StateColumn,
    TextColumn,
    TitleColumn,
    TownColumn,
)
from towns.models import Town

LEVEL_TONES = {
    Honour.Level.NATIONAL: Tone.RED,
    Honour.Level.MUNICIPAL: Tone.AMBER,
    Honour.Level.DISTRICT: Tone.BLUE,
}
POSITION_TONES = {
    Position.PRESIDENT: Tone.RED,
    Position.EXECUTIVE_PRESIDENT: Tone.AMBER,
    Position.STANDING_VICE_PRESIDENT: Tone.AMBER,
    Position.VICE_PRESIDENT: Tone.AMBER,
    Position.STANDING_COUNCILLOR: Tone.BLUE,
    Position.COUNCILLOR: Tone.BLUE,
}


VALIDITY_TONES = {"valid": Tone.GREEN, "lapsing": Tone.AMBER, "lapsed": Tone.GREY}
VALIDITY_WORDS = {
    "valid": gettext_lazy("有效"),
    "lapsing": gettext_lazy("即将到期"),
    "lapsed": gettext_lazy("已过期"),
}


def _of_chamber(url_name: str, **filters: str) -> Any:
    """The list of that name, of the row's chamber alone."""

    def url(record: Chamber) -> str:
        return f"{reverse(url_name)}?{urlencode({'chamber': record.pk, **filters})}"

    return url


class ChamberTable(DatedTable):
    name = TitleColumn(gettext_lazy("商会"), order_by=("sort_key",))
    kind = TextColumn(gettext_lazy("类型"))
    town = TownColumn()
    members_count = CountColumn(
        pgettext_lazy("列表", "会员"), linkify=_of_chamber("chambers:list_memberships")
    )
    honours_count = CountColumn(
        gettext_lazy("有效荣誉"),
        linkify=_of_chamber("chambers:list_honours", validity="valid"),
    )
    term_number = TextColumn(gettext_lazy("届"), order_by=("term_ends_on",))
    founded_on = DayColumn(gettext_lazy("成立日期"))
    in_force = InForceColumn()

    class Meta(DatedTable.Meta):
        order_by = ("town", "name")

    def render_term_number(self, value: int, record: Any) -> str:
        """The latest term and the day it ends."""
        return _("第%(number)s届，%(day)s届满") % {
            "number": value,
            "day": date_format(record.term_ends_on, "DATE_FORMAT"),
        }

    def value_term_number(self, value: int | None, record: Any) -> str:
        return self.render_term_number(value, record) if value else ""


class PositionColumn(StateColumn):
    """The position held on the day of the list, in the order of the ladder."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("商会职务"),
            accessor="held",
            order_by=("rank", "enterprise__sort_key"),
            tones=POSITION_TONES,
        )

    def render(self, value: str, record: Any, bound_column: Any) -> SafeString:
        return format_html(
            '<span class="state state-{}">{}</span>',
            self.tones.get(value, Tone.GREY),
            Position(value).label,
        )

    def value(self, value: str) -> str:
        return str(Position(value).label)


class MembershipTable(EditableTable):
    ended = ("left_on",)

    enterprise = TitleColumn(gettext_lazy("企业名称"), order_by=("enterprise__sort_key",))
    credit_code = TextColumn(
        gettext_lazy("统一社会信用代码"), accessor="enterprise__credit_code", css="is-code"
    )
    held = PositionColumn()
    chamber = TextColumn(gettext_lazy("商会"), linkify=True, order_by=("chamber__sort_key",))
    industry_tag = TextColumn(gettext_lazy("行业"), accessor="enterprise__industry_tag")
    joined_on = DayColumn(gettext_lazy("入会日期"))
    left_on = DayColumn(gettext_lazy("退会日期"))
    town = TownColumn(accessor="chamber__town", order_by="chamber__town__order")
    in_force = InForceColumn(words={True: gettext_lazy("在会"), False: gettext_lazy("已退会")})
    edit = EditColumn(url_name="chambers:edit_membership")

    class Meta(EditableTable.Meta):
        model = Membership
        fields = ()
        order_by = ("held",)


class EnterpriseTable(DatedTable):
    name = TitleColumn(gettext_lazy("企业名称"), order_by=("sort_key",))
    credit_code = TextColumn(gettext_lazy("统一社会信用代码"), css="is-code")
    industry = TextColumn(gettext_lazy("行业门类"))
    industry_tag = TextColumn(gettext_lazy("行业"))
    capital_wan = NumberColumn(gettext_lazy("注册资本（万元）"))
    tax_band = TextColumn(gettext_lazy("税收档次"))
    town = TownColumn()
    founded_on = DayColumn(gettext_lazy("成立日期"))
    in_force = InForceColumn(words={True: gettext_lazy("存续"), False: gettext_lazy("已注销")})

    class Meta(DatedTable.Meta):
        model = Enterprise
        fields = ()
        order_by = ("name",)

    def render_tax_band(self, value: str, record: Enterprise) -> str:
        """A band is nothing without its year."""
        return _("%(band)s（%(year)s年）") % {"band": value, "year": record.tax_band_year}

    def value_tax_band(self, value: str, record: Enterprise) -> str:
        return self.render_tax_band(value, record) if value else ""


class HonourTable(EditableTable):
    title = TextColumn(gettext_lazy("荣誉名称"), css="is-title")
    level = StateColumn(gettext_lazy("级别"), tones=LEVEL_TONES, order_by=("level_rank",))
    holder = TextColumn(gettext_lazy("获得单位"), orderable=False)
    issuer = TextColumn(gettext_lazy("颁发单位"))
    awarded_on = DayColumn(gettext_lazy("授予日期"))
    valid_until = DayColumn(gettext_lazy("有效期至"))
    validity = StateColumn(
        gettext_lazy("状态"), tones=VALIDITY_TONES, order_by=("valid_until",), orderable=False
    )
    town = TownColumn()
    edit = EditColumn(url_name="chambers:edit_honour")

    class Meta(EditableTable.Meta):
        model = Honour
        fields = ()
        order_by = ("level", "-awarded_on")

    def render_holder(self, value: Chamber | Enterprise | Town) -> str | SafeString:
        """Linked where the reader may open it: an honour may be filed in another town."""
        home = value.pk if isinstance(value, Town) else value.town_id
        if not sees_rows_of(self.request.user, home):
            return str(value)
        return format_html('<a href="{}">{}</a>', value.get_absolute_url(), value)

    def value_holder(self, value: Chamber | Enterprise | Town) -> str:
        return str(value)

    def render_validity(self, value: str) -> SafeString:
        return format_html(
            '<span class="state state-{}">{}</span>', VALIDITY_TONES[value], VALIDITY_WORDS[value]
        )

    def value_validity(self, value: str) -> str:
        return str(VALIDITY_WORDS[value])
