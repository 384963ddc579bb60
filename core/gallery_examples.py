"""The table, form and filters that the gallery shows; their contents are invented."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy

from core.forms import PhotosField, PlainForm, Section, Segmented
from core.parts import Tone
from core.tables import (
    CountColumn,
    DayColumn,
    NumberColumn,
    RecordTable,
    StateColumn,
    TextColumn,
    TitleColumn,
)

TOWNS = ("夏阳街道", "盈浦街道", "赵巷镇", "徐泾镇", "华新镇", "练塘镇")


class ExampleTable(RecordTable):
    """A list of member enterprises."""

    name = TitleColumn(gettext_lazy("企业名称"), linkify=lambda: "#")
    code = TextColumn(gettext_lazy("统一社会信用代码"), css="is-code")
    position = StateColumn(
        gettext_lazy("商会职务"), tones={"会长": Tone.RED, "副会长": Tone.AMBER, "理事": Tone.BLUE}
    )
    joined_on = DayColumn(gettext_lazy("入会时间"))
    capital = NumberColumn(gettext_lazy("注册资本（万元）"))
    activities = CountColumn(gettext_lazy("参加活动"), linkify=lambda: "#")

    class Meta(RecordTable.Meta):
        order_by = ("name",)


class ExampleForm(PlainForm):
    """The entry of an activity."""

    title = forms.CharField(label=gettext_lazy("活动名称"), max_length=80)
    held_on = forms.DateField(label=gettext_lazy("日期"))
    headcount = forms.IntegerField(
        label=gettext_lazy("人数"), min_value=0, help_text=gettext_lazy("只填人数，不登记名单。")
    )
    venue = forms.ChoiceField(
        label=gettext_lazy("阵地"),
        choices=[("1", "蟠龙统战文化街区"), ("2", "华新镇商会之家"), ("3", "幸福·新e园")],
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("形式"),
        choices=[
            ("offline", gettext_lazy("线下")),
            ("online", gettext_lazy("线上")),
            ("both", gettext_lazy("结合")),
        ],
        widget=Segmented,
        initial="offline",
    )
    joint = forms.BooleanField(label=gettext_lazy("与其他街镇联合举办"), required=False)
    summary = forms.CharField(
        label=gettext_lazy("主要内容"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    photos = PhotosField()

    sections = (
        Section("", ("title", ("held_on", "headcount"), "venue", "mode")),
        Section(gettext_lazy("更多"), ("joint", "summary", "photos")),
    )


@dataclass(frozen=True)
class ExampleFilters:
    """The fields of a filter bar without a queryset behind them."""

    form: forms.Form

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self.form["q"], self.form["town"]]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self.form["since"]]

    more_in_use = False


class ExampleFilterForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("搜索"),
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": gettext_lazy("名称、拼音或首字母")}
        ),
    )
    town = forms.ChoiceField(
        label=gettext_lazy("街镇"),
        required=False,
        choices=[("", gettext_lazy("全部")), *((name, name) for name in TOWNS)],
    )
    since = forms.DateField(label=gettext_lazy("入会自"), required=False)
