"""What a person says against the guess is obeyed, with the file or with the cells kept of it."""

import json

import pytest

from imports.reading.corrections import Corrections, table_key
from imports.reading.inspect import Inspection, inspect_file, inspect_kept
from imports.reading.kept import unpack
from imports.reading.messages import Refused
from tests.imports.samples.awkward import code, firm, person, phone
from tests.imports.samples.writers import Rows, Sheet, delimited, xlsx

pytestmark = pytest.mark.usefixtures("reads_here")

HEADER: Rows = [["单位", "代码栏", "经办", "手机", "民族"]]
RECORDS: Rows = [[firm(n), code(n), person(n), phone(n), "汉族"] for n in range(4)]
TWO_TABLES: Rows = [
    ["甲商会会员名册"],
    ["企业名称", "联系人", "联系电话"],
    *[[firm(n), person(n), phone(n)] for n in range(3)],
    [],
    ["乙商会会员名册"],
    ["企业名称", "联系人", "联系电话"],
    *[[firm(n), person(n), phone(n)] for n in range(3, 5)],
]


def _values(inspection: Inspection, place: int = 0) -> list[dict[str, object]]:
    return [dict(row.values) for row in inspection.tables[place].rows()]


def _both(rows: Rows, corrections: Corrections) -> Inspection:
    """Corrected with the file, and with the cells kept of it before anything was corrected."""
    content = xlsx(Sheet("名册", rows))
    kept = inspect_file(content, "名册.xlsx", keep=True).kept
    again = inspect_kept(kept, corrections=corrections)
    chosen = inspect_file(content, "名册.xlsx", corrections=corrections)
    assert again.as_json() == chosen.as_json()
    return again


def test_kept_cells_give_the_tables_of_the_file() -> None:
    content = xlsx(Sheet("名册", [["2024年会员"], *HEADER, *RECORDS]), Sheet("另", TWO_TABLES))
    read = inspect_file(content, "会员.xlsx", keep=True)
    again = inspect_kept(read.kept)
    assert again.as_json() == read.as_json()
    assert [t.sentences() for t in again.tables] == [t.sentences() for t in read.tables]
    assert read.as_json() == inspect_file(content, "会员.xlsx").as_json()


def test_nothing_personal_is_among_the_kept_cells() -> None:
    rows: Rows = [
        ["登记表"],
        ["姓名", "示例甲", "民族", "金丝雀族", "籍贯", "金丝雀县"],
        [],
        ["企业名称", "联系人", "联系电话", "政治面貌", "档案"],
        *[[firm(n), person(n), phone(n), "金丝雀党员", "11010519491231002X"] for n in range(3)],
        [],
        ["编组", "宗教信仰", "住所", "家庭住址"],
        ["一组", "金丝雀教", "甲", "金丝雀路1号"],
    ]
    unread: Rows = [["组别", "出生年月"], ["一", "1949年金丝雀月"], ["二", "1950年金丝雀月"]]
    content = xlsx(Sheet("名册", rows), Sheet("无表", unread, hidden=True))
    for corrections in (Corrections(), Corrections(header_rows={"名册": [5]})):
        kept = inspect_file(content, "名册.xlsx", keep=True, corrections=corrections).kept
        told = json.dumps(unpack(kept), ensure_ascii=False)
        assert "金丝雀" not in told
        assert "11010519491231002X" not in told
        assert firm(2) in told
        assert "宗教信仰" in told


def test_a_column_left_out_by_its_content_stays_left_out() -> None:
    rows: Rows = [["企业名称", "电话", "甲栏"], *[[firm(n), phone(n), "汉族"] for n in range(3)]]
    kept = inspect_file(xlsx(Sheet("名册", rows)), keep=True).kept
    (table,) = inspect_kept(kept, corrections=Corrections(fields={"甲栏": "note"})).tables
    assert table.left_out == ["甲栏"]
    assert "note" not in table.values


def test_fields_are_chosen_by_header_text_and_by_place() -> None:
    rows = [*HEADER, *RECORDS]
    by_text = Corrections(plan="members", fields={" 经 办 ": "contact", "手机": ""})
    first = _values(_both(rows, by_text))[0]
    assert first["contact"] == person(0)
    assert "phone" not in first
    by_place = Corrections(plan="members", places={"名册": {"C": "note"}, "名册:1": {"D": ""}})
    first = _values(_both(rows, by_place))[0]
    assert first["note"] == person(0)
    assert "phone" not in first


def test_a_column_with_a_name_and_a_number_fills_two_fields() -> None:
    rows: Rows = [["企业名称", "找谁"], [firm(0), f"{person(0)} {phone(0)}"]]
    chosen = Corrections(plan="members", fields={"找谁": ["contact", "phone"]})
    assert _values(_both(rows, chosen)) == [
        {"name": firm(0), "contact": person(0), "phone": phone(0)}
    ]


def test_a_field_of_another_plan_is_no_harm() -> None:
    chosen = Corrections(plan="members", fields={"经办": "zones"})
    assert "zones" not in _values(_both([*HEADER, *RECORDS], chosen))[0]


def test_header_rows_are_those_the_person_pointed_at() -> None:
    rows: Rows = [["甲组", "乙组"], ["丙组", "丁组"], *[[firm(n), phone(n)] for n in range(3)]]
    fields = {"甲组丙组": "", "丙组": "name", "丁组": "phone"}
    exact = Corrections(plan="members", header_rows={"名册": [(1, 2)]}, fields=fields)
    (table,) = _both(rows, exact).tables
    assert (table.table.header_first, table.table.header_row) == (1, 2)
    assert table.values["name"] == [firm(0), firm(1), firm(2)]
    none = Corrections(plan="members", header_rows={"名册": [0]})
    (table,) = _both(rows, none).tables
    assert table.table.header_row == 0


def test_every_header_pointed_at_begins_a_table() -> None:
    both = Corrections(header_rows={"名册": [2, 8]})
    assert [len(t.table.rows) for t in _both(TWO_TABLES, both).tables] == [3, 2]
    one = Corrections(left_tables=[table_key("名册", 2)])
    (table,) = _both(TWO_TABLES, one).tables
    assert table.key == table_key("名册", 8)
    assert table.values["name"] == [firm(3), firm(4)]


def test_sheets_are_taken_or_not_as_the_person_says() -> None:
    sheets = [Sheet("甲", TWO_TABLES), Sheet("乙", [*HEADER, *RECORDS], hidden=True)]
    kept = inspect_file(xlsx(*sheets), keep=True).kept
    guessed = inspect_kept(kept)
    assert {t.table.sheet for t in guessed.tables} == {"甲"}
    assert [(s.name, s.message.code) for s in guessed.sheets if not s.tables] == [
        ("乙", "hidden_sheet")
    ]
    chosen = inspect_kept(kept, corrections=Corrections(sheets={"乙": True, "甲": False}))
    assert {t.table.sheet for t in chosen.tables} == {"乙"}
    assert [s.message.code for s in chosen.sheets if s.name == "甲"] == ["sheet_not_chosen"]


def test_words_of_an_administrator_are_known_in_headers() -> None:
    rows: Rows = [["本会名册"], ["宝号", "掌柜"], *[[f"第{n}号铺", f"人{n}"] for n in range(4)]]
    taught = {"members": {"name": ["宝号"], "legal_representative": ["掌柜"]}}
    (table,) = _both(rows, Corrections(plan="members", synonyms=taught)).tables
    assert table.table.header_row == 2
    assert table.values["name"] == [f"第{n}号铺" for n in range(4)]
    assert table.values["legal_representative"] == [f"人{n}" for n in range(4)]


def test_a_word_of_an_administrator_comes_before_ours() -> None:
    rows: Rows = [["企业名称", "联系人", "备注"], [firm(0), person(0), "四好商会"]]
    taught = Corrections(synonyms={"members": {"honours": ["备注"]}})
    (table,) = _both(rows, taught).tables
    assert table.values["honours"] == ["四好商会"]


def test_choices_survive_being_stored() -> None:
    chosen = Corrections(
        plan="members",
        sheets={"甲": True},
        header_rows={"甲": (1, (3, 4))},
        left_tables=["甲:1"],
        fields={"经办": ["contact", "phone"]},
        places={"甲": {"C": ""}},
        synonyms={"members": {"name": ["宝号"]}},
        encoding="gb18030",
    )
    assert Corrections.from_json(json.loads(json.dumps(chosen.as_json()))) == chosen


def test_the_encoding_of_a_text_is_the_one_a_person_chose() -> None:
    text = delimited([["公司名稱", "電話"], ["示例國際有限公司", "021-59761234"]], encoding="big5")
    chosen = inspect_file(text, "名單.csv", corrections=Corrections(encoding="big5"))
    assert chosen.tables[0].values["name"] == ["示例國際有限公司"]
    assert chosen.notices[0].text() == "文字编码：Big5（繁体）"
    with pytest.raises(Refused):
        inspect_file(text, "名單.csv", corrections=Corrections(encoding="utf-8"))


def test_what_was_not_kept_by_us_is_refused() -> None:
    for kept in (b"PK\x03\x04", b"x\x9c\x03\x00\x00\x00\x00\x01"):
        with pytest.raises(Refused):
            inspect_kept(kept)
