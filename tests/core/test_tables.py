"""Tables: order that stays, pages that always exist, cells as they are read and as they export."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from activities.models import Activity
from chambers.models import Enterprise, Membership
from core.parts import Tone, number_words
from core.tables import (
    ClampedPaginator,
    CountColumn,
    DayColumn,
    NumberColumn,
    RecordTable,
    StateColumn,
    TextColumn,
    TitleColumn,
    YesNoColumn,
    clamped_per_page,
    plain_value,
)
from tests import factories


class RosterTable(RecordTable):
    name = TitleColumn("企业名称", order_by="sort_key", linkify=lambda record: f"/e/{record.pk}/")
    industry = TextColumn("行业")
    pk = CountColumn("编号", linkify=lambda record: f"/rows/{record.pk}/")

    class Meta(RecordTable.Meta):
        model = Enterprise
        fields = ("name", "industry", "pk")
        order_by = ("name",)


class LooseTable(RecordTable):
    state = StateColumn("状态", tones={"late": Tone.AMBER})
    amount = NumberColumn("金额")
    held_on = DayColumn("日期")
    joint = YesNoColumn("联合")


def cells(table: RecordTable, row: int = 0) -> dict[str, Any]:
    return {column.name: cell for column, cell in table.rows[row].items()}


@pytest.mark.parametrize(
    ("asked", "page"),
    [("1", 1), ("3", 3), ("99999999999999999999", 3), ("-4", 1), ("abc", 1), ("\x00", 1), ("", 1)],
)
def test_any_page_number_leads_to_a_page(asked: str, page: int) -> None:
    assert ClampedPaginator(range(130), 50).page(asked).number == page


@pytest.mark.parametrize(
    ("asked", "rows"),
    [(None, 50), ("", 50), ("25", 25), ("60", 50), ("999999999999", 200), ("-1", 25), ("x", 50)],
)
def test_rows_per_page_are_one_of_the_offered_numbers(asked: str | None, rows: int) -> None:
    assert clamped_per_page(asked) == rows


@pytest.mark.django_db
def test_rows_drawn_in_one_go_are_those_that_django_tables2_draws() -> None:
    town = factories.town("甲<镇>", code="310118199")
    for name, industry in (("甲&乙有限公司", "C"), ("丙公司", "")):
        factories.membership(
            factories.chamber(town), factories.enterprise(town, name, industry=industry)
        )

    class MemberTable(RecordTable):
        enterprise = TitleColumn("企业")
        position = StateColumn("职务", tones={"member": Tone.BLUE})
        industry = TextColumn("行业", accessor="enterprise__industry")
        town = TextColumn("街镇", accessor="enterprise__town")
        joined_on = DayColumn("入会", attrs={"td": {"data-key": lambda record: record.pk}})
        absent = TextColumn("没有的", accessor="enterprise__nothing")

        def render_industry(self, value: str, **others: Any) -> str:
            return f"{value}/{others['record'].pk}"

    table = MemberTable(Membership.objects.all())
    drawn = re.findall(r"<td (.*?) role=[^>]*?( data-empty)?>(.*?)</td>", table.body)
    usual = [
        (column.attrs["td"].as_html(), cell) for row in table.rows for column, cell in row.items()
    ]
    assert [(attrs, words) for attrs, _empty, words in drawn] == [
        (attrs, str(conditional_escape(cell))) for attrs, cell in usual
    ]
    assert [bool(empty) for _attrs, empty, _words in drawn] == [cell == "—" for _, cell in usual]
    assert "甲&amp;乙" in table.body and "state-blue" in table.body
    assert 'class="even"' in table.body and 'class="odd"' in table.body


def test_a_choice_is_drawn_as_django_draws_it() -> None:
    choices = [("", "全部"), ("a&b", "甲<乙>"), ("组", [("1", "一"), ("2", "二")])]
    field = forms.ChoiceField(
        choices=choices, widget=forms.Select(attrs={"id": "x", "multiple": False})
    )
    for value in ("", "a&b", "2"):
        ours = field.widget.render("one", value, renderer=TemplatesSetting())
        assert ours.split() == field.widget.render("one", value, renderer=DjangoTemplates()).split()


@pytest.mark.django_db
def test_rows_that_are_equal_keep_one_order_from_page_to_page() -> None:
    made = [factories.enterprise(name="示例有限公司") for _ in range(12)]
    table = RosterTable(Enterprise.objects.all(), order_by="industry")
    seen = [row.record.pk for start in (0, 5, 10) for row in table.rows[start : start + 5]]
    assert seen == sorted(one.pk for one in made)


@pytest.mark.django_db
def test_rows_without_a_value_come_last_in_both_directions() -> None:
    town = factories.town("示例镇")
    for name, of in (("甲", town), ("乙", None)):
        factories.enterprise(of, name)

    class TownTable(RecordTable):
        town = TextColumn("街镇", order_by="town__code")

    for order in ("town", "-town"):
        rows = TownTable(Enterprise.objects.all(), order_by=order).rows
        assert [row.record.name for row in rows] == ["甲", "乙"]


@pytest.mark.django_db
def test_an_unknown_order_leaves_the_tables_own() -> None:
    factories.enterprise(name="乙公司")
    factories.enterprise(name="甲公司")
    rows = RosterTable(Enterprise.objects.all(), order_by="no_such; drop table").rows
    assert len(rows) == 2


@pytest.mark.django_db
def test_a_title_opens_its_row_and_a_count_opens_its_rows() -> None:
    one = factories.enterprise(name="<b>甲</b>公司")
    shown = cells(RosterTable(Enterprise.objects.all()))
    assert shown["name"] == f'<a href="/e/{one.pk}/">&lt;b&gt;甲&lt;/b&gt;公司</a>'
    assert shown["pk"] == f'<a class="num" href="/rows/{one.pk}/">{number_words(one.pk)}</a>'
    assert shown["industry"] == "—"


def test_a_state_is_a_word_with_its_tone_and_grey_when_unknown() -> None:
    table = LooseTable([{"state": "late"}, {"state": "<new>"}])
    assert cells(table)["state"] == '<span class="state state-amber">late</span>'
    assert cells(table, 1)["state"] == '<span class="state state-grey">&lt;new&gt;</span>'


def test_numbers_days_and_truth_are_shown_as_read_here() -> None:
    row = {"amount": Decimal("-12345.50"), "held_on": date(2024, 5, 7), "joint": True}
    shown = cells(LooseTable([row]))
    assert shown["amount"] == "−12,345.5"
    assert shown["held_on"] == "2024年5月7日"
    assert shown["joint"] == "是"


def test_an_export_keeps_types_and_drops_markup() -> None:
    row = {"state": "late", "amount": 12345, "held_on": date(2024, 5, 7), "joint": False}
    table = LooseTable([row, {}])
    assert table.exported_columns() == ["状态", "金额", "日期", "联合"]
    assert list(table.exported_rows()) == [
        ["late", 12345, date(2024, 5, 7), "否"],
        [None, None, None, None],
    ]
    assert plain_value(mark_safe("<b>甲 &amp; 乙</b>")) == "甲 & 乙"


@pytest.mark.django_db
def test_an_export_holds_all_rows_not_only_the_page() -> None:
    for _ in range(30):
        factories.enterprise()
    table = RosterTable(Enterprise.objects.all())
    table.paginate(paginator_class=ClampedPaginator, per_page=25, page=1)
    assert len(list(table.page.object_list)) == 25
    assert len(list(table.exported_rows())) == 30


@pytest.mark.parametrize(
    ("value", "words"),
    [(9840, "9,840"), (0, "0"), (650.0, "650"), (-2, "−2"), (None, "—"), ("1月", "1月")],
)
def test_numbers_in_words(value: Any, words: str) -> None:
    assert number_words(value) == words


@pytest.mark.django_db
def test_the_newest_come_in_the_order_that_an_index_holds() -> None:
    table = LooseTable(Activity.objects.order_by("-start_on", "-pk"))
    assert "NULLS LAST" not in str(table.data.data.query)
