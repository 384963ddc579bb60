"""The tables of the list of activities and of the queue of review."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from activities.models import Activity
from core.parts import NOTHING, Tone
from core.tables import (
    DayColumn,
    MomentColumn,
    NumberColumn,
    RecordTable,
    StateColumn,
    TextColumn,
    TitleColumn,
    TownColumn,
)

REVIEW_TONES = {
    Activity.Review.DRAFT: Tone.GREY,
    Activity.Review.SUBMITTED: Tone.AMBER,
    Activity.Review.CONFIRMED: Tone.GREEN,
    Activity.Review.RETURNED: Tone.RED,
}
STATE_TONES = {
    Activity.State.PLANNED: Tone.BLUE,
    Activity.State.HELD: Tone.GREEN,
    Activity.State.POSTPONED: Tone.AMBER,
    Activity.State.CANCELLED: Tone.GREY,
}
FORM_OF_CHOICE = "confirm-chosen"  # the form that the ticked boxes of the queue belong to


class HostsColumn(TextColumn):
    """The hosts, organisers left to the page of the record: 主办 alone."""

    def __init__(self, verbose_name: Any = None) -> None:
        super().__init__(verbose_name, accessor="hosted_by", orderable=False)

    def render(self, value: list[str]) -> str:
        return self.value(value) or NOTHING

    def value(self, value: list[str]) -> str:
        return _("、").join(value)


class DistrictTownColumn(TownColumn):
    """The town that entered it; the district's own say so."""

    def __init__(self) -> None:
        super().__init__(empty_values=())

    def render(self, value: Any) -> str:
        return str(value) if value else _("区级")

    def value(self, value: Any) -> str:
        return self.render(value)


class ActivityTable(RecordTable):
    name = TitleColumn(gettext_lazy("活动名称"), order_by=("sort_key",))
    start_on = DayColumn(gettext_lazy("日期"))
    town = DistrictTownColumn()
    kind = TextColumn(gettext_lazy("类型"), order_by=("kind__order",))
    venue = TextColumn(
        gettext_lazy("阵地或地点"), accessor="where", order_by=("venue__sort_key", "place")
    )
    hosts = HostsColumn(gettext_lazy("主办"))
    mode = TextColumn(gettext_lazy("形式"))
    brand = TextColumn(gettext_lazy("品牌"), order_by=("brand__sort_key",))
    headcount = NumberColumn(gettext_lazy("人数"))
    state = StateColumn(gettext_lazy("进展"), tones=STATE_TONES)
    review = StateColumn(gettext_lazy("审核"), tones=REVIEW_TONES)

    class Meta(RecordTable.Meta):
        model = Activity
        fields = (
            "name",
            "start_on",
            "town",
            "kind",
            "venue",
            "hosts",
            "mode",
            "brand",
            "headcount",
            "state",
            "review",
        )


class ChooseColumn(TextColumn):
    """A box to tick; it carries the version that was looked at."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("选择"),
            accessor="pk",
            orderable=False,
            exclude_from_export=True,
            css="is-choice no-print",
        )

    def render(self, record: Activity) -> SafeString:
        return format_html(
            '<input type="checkbox" name="chosen" value="{}:{}" form="{}" aria-label="{}">',
            record.pk,
            record.version,
            FORM_OF_CHOICE,
            _("选择 %(name)s") % {"name": record.name},
        )


class WaitingTable(RecordTable):
    choose = ChooseColumn()
    name = TitleColumn(
        gettext_lazy("活动名称"),
        linkify=lambda record: reverse("activities:review_activity", args=[record.pk]),
        order_by=("sort_key",),
    )
    town = TownColumn()
    start_on = DayColumn(gettext_lazy("日期"))
    kind = TextColumn(gettext_lazy("类型"), order_by=("kind__order",))
    venue = TextColumn(
        gettext_lazy("阵地或地点"), accessor="where", order_by=("venue__sort_key", "place")
    )
    headcount = NumberColumn(gettext_lazy("人数"))
    photos_count = NumberColumn(pgettext_lazy("列表", "照片"))
    state = StateColumn(gettext_lazy("进展"), tones=STATE_TONES)
    submitted_at = MomentColumn(gettext_lazy("提交时间"))

    class Meta(RecordTable.Meta):
        model = Activity
        fields = (
            "choose",
            "name",
            "town",
            "start_on",
            "kind",
            "venue",
            "headcount",
            "photos_count",
            "state",
            "submitted_at",
        )
