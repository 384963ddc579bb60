"""Forms: a label and its value beside it, one enterprise or event each, every cell cited."""

import json

import pytest

from imports.reading.corrections import Corrections
from imports.reading.inspect import InspectedTable, inspect_file
from imports.reading.kept import unpack
from tests.imports.samples.awkward import code, firm, person, phone
from tests.imports.samples.writers import Rows, Sheet, xlsx

pytestmark = pytest.mark.usefixtures("reads_here")


def _form(number: int) -> Rows:
    return [
        ["会员入会申请表"],
        ["单位名称", firm(number), None, None, None, None],
        ["统一社会信用代码", code(number), None, "成立日期", "2010年5月6日"],
        ["法定代表人", person(0), "联系电话", phone(number), "性别", "男"],
        ["联系人", person(1), "手机", "13800000000", "籍贯", "金丝雀县"],
        ["注册资本", "5000000", None, "从业人数", "三十余人"],
        ["申请单位意见", "（盖章） 年 月 日"],
    ]


def _tables(*sheets: Sheet) -> list[InspectedTable]:
    return inspect_file(xlsx(*sheets), "申请表.xlsx").tables


def test_each_sheet_is_a_record() -> None:
    first, second = _tables(Sheet("甲", _form(0)), Sheet("乙", _form(1)))
    assert first.table.is_form
    assert first.values == {
        "name": [firm(0)],
        "credit_code": [code(0)],
        "founded_on": ["2010-05-06"],
        "legal_representative": [person(0)],
        "contact": [person(1)],
        "phone": ["13800000000"],
        "capital_wan": ["500"],
        "staff_count": ["30"],
    }
    assert second.values["name"] == [firm(1)]


def test_fields_of_a_form_are_chosen_by_label_not_by_letters() -> None:
    content = xlsx(Sheet("甲", _form(0)))
    by_letters = Corrections(places={"甲": {"A": "", "B": ""}})
    (table,) = inspect_file(content, corrections=by_letters).tables
    assert table.values["name"] == [firm(0)]
    (table,) = inspect_file(content, corrections=Corrections(fields={"注册资本": ""})).tables
    assert "capital_wan" not in table.values


def test_messages_cite_the_cell_beside_the_label() -> None:
    (table,) = _tables(Sheet("甲", _form(0)))
    told = {(p.field, p.address) for p in table.problems[0]}
    assert told == {("capital_wan", "B6"), ("staff_count", "E6")}


def test_personal_labels_are_named_and_never_kept() -> None:
    content = xlsx(Sheet("甲", _form(0)))
    read = inspect_file(content, "申请表.xlsx", keep=True)
    assert read.tables[0].left_out == ["性别", "籍贯"]
    kept = json.dumps(unpack(read.kept), ensure_ascii=False)
    assert "金丝雀" not in kept
    assert "籍贯" in kept
    assert firm(0) in kept


def test_cards_below_each_other_and_lists_on_their_side() -> None:
    cards: Rows = [
        row
        for n in range(3)
        for row in (["企业名称：", firm(n)], ["联系人：", person(n)], ["联系电话：", phone(n)], [])
    ]
    (table,) = _tables(Sheet("卡片", cards))
    assert table.values["name"] == [firm(0), firm(1), firm(2)]
    assert table.table.rows == [1, 5, 9]
    across: Rows = [
        ["企业名称", *map(firm, range(3))],
        ["统一社会信用代码", *map(code, range(3))],
        ["联系人", *map(person, range(3))],
    ]
    (table,) = _tables(Sheet("横排", across))
    assert table.values["credit_code"] == [code(0), code(1), code(2)]


def test_labels_and_values_in_one_cell() -> None:
    rows: Rows = [
        ["活动名称：政策宣讲会"],
        ["时间：2024年5月27日　　地点：华新文体中心"],
        ["主办单位：华新镇商会　　参加人数：60"],
    ]
    (table,) = _tables(Sheet("5.27", rows))
    assert table.plan.name == "activities"
    assert table.values["venue"] == ["华新文体中心"]
    assert table.values["headcount"] == ["60"]


def test_a_sheet_that_explains_the_columns_is_no_form() -> None:
    rows: Rows = [
        ["1.企业名称：按营业执照填写"],
        ["2.行业：按国民经济行业分类填写"],
        ["3.联系电话：填写手机"],
    ]
    assert _tables(Sheet("填表说明", rows)) == []
