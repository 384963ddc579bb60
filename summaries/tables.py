"""The tables that list the rows behind figures, one for each thing that is counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity
from chambers.models import Honour, Position
from core.parts import NOTHING, Tone
from core.tables import (
    CountColumn,
    DayColumn,
    MomentColumn,
    NumberColumn,
    RecordTable,
    StateColumn,
    TextColumn,
    TitleColumn,
    TownColumn,
    YesNoColumn,
)
from summaries.models import Summary
from towns.models import Post

REVIEW_TONES = {
    Activity.Review.DRAFT: Tone.GREY,
    Activity.Review.SUBMITTED: Tone.AMBER,
    Activity.Review.CONFIRMED: Tone.GREEN,
    Activity.Review.RETURNED: Tone.RED,
}
LEVEL_TONES = {
    Honour.Level.NATIONAL: Tone.RED,
    Honour.Level.MUNICIPAL: Tone.AMBER,
    Honour.Level.DISTRICT: Tone.BLUE,
}


def opens(url_name: str, path: str = "pk") -> Callable[[Any], str]:
    """A link from a row to the page of the record that ``path`` leads to."""

    def url(record: Any) -> str:
        reached = record
        for step in path.split("."):
            reached = getattr(reached, step)
        return reverse(url_name, args=[reached])

    return url


class TownTable(RecordTable):
    name = TitleColumn(
        gettext_lazy("街镇"), linkify=opens("dashboards:town_page", "code"), order_by="order"
    )
    code = TextColumn(gettext_lazy("区划代码"), css="is-code")
    kind = TextColumn(gettext_lazy("类型"))
    opened_on = DayColumn(gettext_lazy("设立日期"))

    class Meta(RecordTable.Meta):
        order_by = ("name",)


class VillageTable(RecordTable):
    """Villages with who held their posts on the day; 缺 where nobody did."""

    name = TitleColumn(
        gettext_lazy("村居"), linkify=opens("towns:show_village"), order_by="sort_key"
    )
    kind = TextColumn(gettext_lazy("类型"))
    officer = TextColumn(gettext_lazy("统战干事"), empty_values=(), orderable=False)
    liaison = TextColumn(gettext_lazy("联络员"), empty_values=(), orderable=False)
    committee_member = TextColumn(gettext_lazy("统战委员"), empty_values=(), orderable=False)
    opened_on = DayColumn(gettext_lazy("设立日期"))
    town = TownColumn()

    class Meta(RecordTable.Meta):
        order_by = ("town", "name")

    def render_officer(self, record: Any) -> str:
        return _holders(record, Post.Kind.OFFICER) or _("缺")

    def render_liaison(self, record: Any) -> str:
        return _holders(record, Post.Kind.LIAISON) or _("缺")

    def render_committee_member(self, record: Any) -> str:
        return _holders(record, Post.Kind.COMMITTEE_MEMBER) or NOTHING


def _holders(village: Any, kind: str) -> str:
    return _("、").join(post.holder for post in village.posts_then if post.kind == kind)


class PostTable(RecordTable):
    holder = TitleColumn(gettext_lazy("工作联系人"), linkify=False)
    kind = TextColumn(gettext_lazy("岗位"))
    village = TextColumn(gettext_lazy("村居"), order_by="village__sort_key")
    is_full_time = YesNoColumn(gettext_lazy("专职"))
    from_on = DayColumn(gettext_lazy("任职日期"))
    town = TownColumn()

    class Meta(RecordTable.Meta):
        order_by = ("town", "kind", "village")


class BrandTable(RecordTable):
    name = TitleColumn(gettext_lazy("品牌"), linkify=opens("towns:show_brand"), order_by="sort_key")
    field = TextColumn(gettext_lazy("领域"), order_by="field__order")
    last_on = DayColumn(gettext_lazy("最近一次活动"))
    opened_on = DayColumn(gettext_lazy("创立日期"))
    town = TownColumn()

    class Meta(RecordTable.Meta):
        order_by = ("town", "field")


class ChamberTable(RecordTable):
    name = TitleColumn(
        gettext_lazy("商会"), linkify=opens("chambers:show_chamber"), order_by="sort_key"
    )
    kind = TextColumn(gettext_lazy("类型"))
    founded_on = DayColumn(gettext_lazy("成立日期"))
    town = TownColumn()

    class Meta(RecordTable.Meta):
        order_by = ("town", "name")


class TermTable(RecordTable):
    chamber = TitleColumn(
        gettext_lazy("商会"),
        linkify=opens("chambers:show_chamber", "chamber_id"),
        order_by="chamber__sort_key",
    )
    number = NumberColumn(gettext_lazy("届次"))
    from_on = DayColumn(gettext_lazy("起始日期"))
    to_on = DayColumn(gettext_lazy("届满日期"))
    town = TownColumn(accessor="chamber__town", order_by="chamber__town__code")

    class Meta(RecordTable.Meta):
        order_by = ("to_on",)


class MemberTable(RecordTable):
    """Member enterprises with the positions they held on the day, chamber by chamber."""

    name = TitleColumn(
        gettext_lazy("企业名称"), linkify=opens("chambers:show_enterprise"), order_by="sort_key"
    )
    credit_code = TextColumn(gettext_lazy("统一社会信用代码"), css="is-code")
    held = TextColumn(gettext_lazy("商会职务"), empty_values=(), orderable=False)
    industry = TextColumn(gettext_lazy("行业门类"))
    industry_tag = TextColumn(gettext_lazy("行业"))
    town = TownColumn()

    class Meta(RecordTable.Meta):
        order_by = ("name",)

    def render_held(self, record: Any) -> str:
        return _("；").join(_position(membership) for membership in record.memberships_then)


def _position(membership: Any) -> str:
    words = _("、").join(str(Position(one).label) for one in membership.positions_then)
    return f"{membership.chamber} {words}".strip()


class MembershipTable(RecordTable):
    enterprise = TitleColumn(
        gettext_lazy("企业名称"),
        linkify=opens("chambers:show_enterprise", "enterprise_id"),
        order_by="enterprise__sort_key",
    )
    chamber = TextColumn(gettext_lazy("商会"), order_by="chamber__sort_key")
    position = TextColumn(gettext_lazy("商会职务"))
    joined_on = DayColumn(gettext_lazy("入会日期"))
    left_on = DayColumn(gettext_lazy("退会日期"))
    town = TownColumn(accessor="chamber__town", order_by="chamber__town__code")

    class Meta(RecordTable.Meta):
        order_by = ("-joined_on",)


class EnterpriseTable(RecordTable):
    name = TitleColumn(
        gettext_lazy("企业名称"), linkify=opens("chambers:show_enterprise"), order_by="sort_key"
    )
    credit_code = TextColumn(gettext_lazy("统一社会信用代码"), css="is-code")
    industry = TextColumn(gettext_lazy("行业门类"))
    industry_tag = TextColumn(gettext_lazy("行业"))
    founded_on = DayColumn(gettext_lazy("成立日期"))
    town = TownColumn()

    class Meta(RecordTable.Meta):
        order_by = ("name",)


class HonourTable(RecordTable):
    title = TitleColumn(gettext_lazy("荣誉名称"), linkify=False)
    level = StateColumn(gettext_lazy("级别"), tones=LEVEL_TONES)
    holder = TextColumn(gettext_lazy("获得者"), orderable=False)
    issuer = TextColumn(gettext_lazy("颁发单位"))
    awarded_on = DayColumn(gettext_lazy("授予日期"))
    valid_until = DayColumn(gettext_lazy("有效期至"))

    class Meta(RecordTable.Meta):
        order_by = ("-awarded_on",)


class VenueTable(RecordTable):
    name = TitleColumn(
        gettext_lazy("阵地名称"), linkify=opens("venues:show_venue"), order_by="sort_key"
    )
    kind = TextColumn(gettext_lazy("类型"))
    area_m2 = NumberColumn(gettext_lazy("面积（平方米）"))
    parent = TextColumn(gettext_lazy("所属综合体"), order_by="parent__sort_key")
    opened_on = DayColumn(gettext_lazy("启用日期"))
    last_on = DayColumn(gettext_lazy("最近一次活动"))
    town = TownColumn()

    class Meta(RecordTable.Meta):
        order_by = ("town", "name")


class ZoneTable(RecordTable):
    name = TitleColumn(gettext_lazy("功能区"), linkify=opens("venues:show_venue", "venue_id"))
    description = TextColumn(gettext_lazy("说明"), css="is-wide")
    venue = TextColumn(gettext_lazy("阵地"), order_by="venue__sort_key")
    town = TownColumn(accessor="venue__town", order_by="venue__town__code")

    class Meta(RecordTable.Meta):
        order_by = ("venue",)


class ActivityTable(RecordTable):
    name = TitleColumn(
        gettext_lazy("活动名称"), linkify=opens("activities:show_activity"), order_by="sort_key"
    )
    start_on = DayColumn(gettext_lazy("日期"))
    kind = TextColumn(gettext_lazy("活动类型"), order_by="kind__order")
    mode = TextColumn(gettext_lazy("形式"))
    where = TextColumn(gettext_lazy("地点"), empty_values=(), order_by="venue__sort_key")
    brand = TextColumn(gettext_lazy("品牌"), order_by="brand__sort_key")
    headcount = NumberColumn(gettext_lazy("人次"))
    town = TownColumn(gettext_lazy("登记街镇"))

    class Meta(RecordTable.Meta):
        order_by = ("-start_on",)

    def render_where(self, record: Any) -> str:
        return str(record.venue or record.place or NOTHING)


class GiftTable(ActivityTable):
    """Activities with what was given there and to how many."""

    donation_yuan = NumberColumn(gettext_lazy("捐赠（元）"))
    beneficiaries = NumberColumn(gettext_lazy("受益人数"))

    class Meta(ActivityTable.Meta):
        sequence = ("name", "start_on", "donation_yuan", "beneficiaries", "...")


class ReviewTable(RecordTable):
    """Activities by where they stand in the review, whatever their day."""

    name = TitleColumn(
        gettext_lazy("活动名称"), linkify=opens("activities:show_activity"), order_by="sort_key"
    )
    review = StateColumn(gettext_lazy("审核"), tones=REVIEW_TONES)
    state = TextColumn(gettext_lazy("进展"))
    start_on = DayColumn(gettext_lazy("日期"))
    submitted_at = MomentColumn(gettext_lazy("提交时间"))
    return_reason = TextColumn(gettext_lazy("退回原因"), css="is-wide")
    town = TownColumn(gettext_lazy("登记街镇"))

    class Meta(RecordTable.Meta):
        order_by = ("start_on",)


class SummaryTable(RecordTable):
    """Summaries as written."""

    title = TitleColumn(
        gettext_lazy("标题"),
        accessor="content__title",
        linkify=opens("summaries:show_summary"),
        orderable=False,
    )
    kind = TextColumn(gettext_lazy("类型"))
    start_on = DayColumn(gettext_lazy("期间"))
    town = TownColumn(default=gettext_lazy("全区"), order_by="place")
    data_as_of = MomentColumn(gettext_lazy("数据截至"))
    written_at = MomentColumn(gettext_lazy("生成时间"))

    class Meta(RecordTable.Meta):
        order_by = ("-start_on", "town")

    def render_start_on(self, value: date, record: Summary) -> str:
        return record.period.words


class FigureTable(RecordTable):
    """All figures of a place and period with their 口径."""

    title = TextColumn(gettext_lazy("指标"), css="is-title", orderable=False)
    value = CountColumn(
        gettext_lazy("数值"), linkify=lambda record: record["rows_url"], orderable=False
    )
    unit = TextColumn(gettext_lazy("单位"), css="is-state", orderable=False)
    kind = TextColumn(gettext_lazy("性质"), css="is-state", orderable=False)
    definition = TextColumn(gettext_lazy("口径"), css="is-wide", orderable=False)
    version = TextColumn(gettext_lazy("版本"), css="is-state", orderable=False)
    settings = TextColumn(
        gettext_lazy("设置"),
        css="is-state no-print",
        linkify=lambda record: record["settings_url"],
        orderable=False,
    )

    class Meta(RecordTable.Meta):
        pass
