"""The tables of the lists of towns, villages, posts and brands."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.columns import EditableTable, EditColumn, RemoveColumn
from core.dated import DatedTable, InForceColumn
from core.parts import NOTHING, Tone
from core.tables import (
    CountColumn,
    DayColumn,
    NumberColumn,
    RecordTable,
    TextColumn,
    TitleColumn,
    TownColumn,
    YesNoColumn,
)
from towns.models import BrandField, Post, Town, Village
from towns.queries import holder_words

OFFICER, LIAISON, COMMITTEE = Post.Kind.OFFICER, Post.Kind.LIAISON, Post.Kind.COMMITTEE_MEMBER


def _of_town(url_name: str, **filters: str) -> Any:
    """The list of that name, of the row's town alone."""

    def url(record: Town) -> str:
        return f"{reverse(url_name)}?{urlencode({'town': record.pk, **filters})}"

    return url


class TownTable(EditableTable):
    """Towns in the official order: a place in it is no rank."""

    name = TitleColumn(_("街镇"), order_by=("order", "code"))
    code = TextColumn(_("区划代码"), css="is-code")
    kind = TextColumn(_("类型"))
    villages_count = CountColumn(
        pgettext_lazy("列表", "村居"), linkify=_of_town("towns:list_villages")
    )
    staffed_count = CountColumn(_("已配齐"), linkify=_of_town("towns:list_villages", staffed="yes"))
    committee = TextColumn(_("统战委员"), accessor="own_posts", orderable=False)
    brands_count = CountColumn(pgettext_lazy("列表", "品牌"), linkify=_of_town("towns:list_brands"))
    in_force = InForceColumn()
    edit = EditColumn(url_name="towns:edit_town")

    class Meta(DatedTable.Meta):
        model = Town
        fields = (
            "name",
            "code",
            "kind",
            "villages_count",
            "staffed_count",
            "committee",
            "brands_count",
            "in_force",
            "edit",
        )
        order_by = ("name",)

    def render_committee(self, value: list[Post]) -> str:
        return holder_words(value, COMMITTEE) or NOTHING

    def value_committee(self, value: list[Post]) -> str:
        return holder_words(value, COMMITTEE)


class HolderColumn(TextColumn):
    """Who holds a kind of post in the village on the day of the list."""

    def __init__(self, verbose_name: Any, *, kind: str) -> None:
        self.kind = kind
        super().__init__(verbose_name, accessor="holders", orderable=False)

    def render(self, value: list[Post]) -> str | SafeString:
        return holder_words(value, self.kind) or format_html(
            '<span class="state state-{}">{}</span>', Tone.AMBER, _("空缺")
        )

    def value(self, value: list[Post]) -> str:
        return holder_words(value, self.kind) or str(_("空缺"))


class VillageTable(DatedTable):
    name = TitleColumn(_("村居"), order_by=("sort_key",))
    kind = TextColumn(_("类型"))
    town = TownColumn()
    officer = HolderColumn(_("统战干事"), kind=OFFICER)
    liaison = HolderColumn(_("联络员"), kind=LIAISON)
    code = TextColumn(_("区划代码"), css="is-code")
    opened_on = DayColumn(_("设立日期"))
    in_force = InForceColumn()

    class Meta(DatedTable.Meta):
        model = Village
        fields = (
            "name",
            "kind",
            "town",
            "officer",
            "liaison",
            "code",
            "opened_on",
            "in_force",
        )
        order_by = ("town", "name")


class PostTable(EditableTable):
    ended = ("to_on",)

    village = TitleColumn(_("村居"), order_by=("village__sort_key",))
    kind = TextColumn(_("岗位"))
    holder = TextColumn(_("工作联系人"))
    is_full_time = YesNoColumn(_("专职"))
    town = TownColumn()
    work_phone = TextColumn(_("办公电话"), orderable=False)
    from_on = DayColumn(_("任职日期"))
    to_on = DayColumn(_("离任日期"))
    in_force = InForceColumn(words={True: _("在岗"), False: _("已离任")})
    edit = EditColumn(url_name="towns:edit_post")

    class Meta(DatedTable.Meta):
        model = Post
        fields = (
            "village",
            "kind",
            "holder",
            "is_full_time",
            "town",
            "work_phone",
            "from_on",
            "to_on",
            "in_force",
            "edit",
        )
        order_by = ("town", "village")


class BrandTable(DatedTable):
    name = TitleColumn(_("品牌"), order_by=("sort_key",))
    field = TextColumn(_("领域"), order_by=("field__order",))
    town = TownColumn()
    description = TextColumn(_("简介"), css="is-wide is-quiet", orderable=False)
    opened_on = DayColumn(_("创立日期"))
    in_force = InForceColumn()

    class Meta(DatedTable.Meta):
        order_by = ("town", "name")


class BrandFieldTable(RecordTable):
    name = TitleColumn(
        _("领域"), linkify=lambda record: reverse("towns:edit_brandfield", args=[record.pk])
    )
    order = NumberColumn(_("排列次序"), initial_sort_descending=False)
    brands_count = CountColumn(
        _("在用品牌"),
        linkify=lambda record: f"{reverse('towns:list_brands')}?field={record.pk}",
    )
    remove = RemoveColumn(url_name="towns:remove_brandfield")

    class Meta(RecordTable.Meta):
        model = BrandField
        fields = ("name", "order", "brands_count", "remove")
        order_by = ("order",)
