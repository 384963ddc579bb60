"""An upload becomes rows with their problems; nothing personal and nothing the database refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO

import pytest
import xlsxwriter
from django.db import connection

from accounts.models import User
from chambers.models import Chamber, Enterprise
from core.refusals import Refused
from imports.models import Batch
from imports.receiving.rosters import read_roster
from imports.understanding.noted import read_as, remarks
from tests.imports.conftest import ROSTERS, commit
from tests.imports.samples.awkward import code

pytestmark = pytest.mark.django_db

Upload = Callable[..., Batch]


def csv(*lines: str) -> bytes:
    return "\r\n".join(lines).encode("utf-8-sig")


def everything_stored() -> str:
    """Every text in every table of the database, history included."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        kept = []
        for table in tables:
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            kept += [text for (text,) in cursor.fetchall()]
    return "\n".join(kept)


def test_rows_keep_their_place_in_the_sheet(uploaded: Upload) -> None:
    truth = json.loads((ROSTERS / "truth.json").read_text("utf-8"))["a_title_and_footer"]
    batch = uploaded("a_title_and_footer.xlsx")
    rows = list(batch.rows.order_by("position"))
    records = truth["tables"][0]["records"]
    assert [row.number for row in rows] == [record["row"] for record in records]
    assert [row.values["name"] for row in rows] == [record["name"] for record in records]
    assert batch.counts["new"] == len(records)


def test_it_is_told_how_the_sheet_was_read(uploaded: Upload) -> None:
    (told,) = read_as(uploaded("a_title_and_footer.xlsx").understanding)
    assert told == (
        "工作表 <b>名册</b>，第 <b>3</b> 行是表头（第1–2行是标题，已略过）；"
        "第34行“合计”不导入；第35行是落款，不导入。"
    )
    assert remarks(uploaded("b_gbk_csv.csv").understanding) == ["文字编码：GB18030（GBK）"]


def test_personal_columns_are_named_and_reach_no_table(uploaded: Upload) -> None:
    batch = commit(uploaded("e_personal_columns.xlsx"))
    assert batch.state == Batch.State.COMMITTED
    (told,) = read_as(batch.understanding)
    assert "列 <b>民族</b>、<b>政治面貌</b>、<b>身份证号</b>、<b>家庭住址</b> 属个人信息" in told
    stored = everything_stored()
    assert batch.rows.get(number=2).values["name"] in stored, "the search itself must work"
    for canary in ("中共党员", "群众", "3101181980", "新府中路"):
        assert canary not in stored


def test_a_personal_value_in_another_column_is_not_quoted(uploaded: Upload) -> None:
    identity = "11010519491231002X"
    others = [f"上海{number}有限公司,{code(number)}" for number in range(8)]
    lines = csv("企业名称,统一社会信用代码", *others, f"上海甲有限公司,{identity}")
    row = uploaded("名册.csv", lines).rows.get(number=10)
    assert row.verdict == "problem"
    assert "身份证号" in row.problems[0]["message"]
    assert identity not in everything_stored()


def test_columns_without_a_field_are_named_and_not_kept(uploaded: Upload) -> None:
    batch = uploaded("名册.csv", csv("序号,企业名称,传真", "1,上海甲有限公司,021-12345678"))
    (told,) = read_as(batch.understanding)
    assert "列 传真 没有对应的项" in told
    assert "序号" not in told
    assert set(batch.rows.get().values) == {"name"}


def test_text_the_database_would_refuse_is_made_harmless(uploaded: Upload) -> None:
    lines = (
        b"\xef\xbb\xbf\xe4\xbc\x81\xe4\xb8\x9a\xe5\x90\x8d\xe7\xa7\xb0,\xe5\xa4\x87\xe6\xb3\xa8\r\n"
    )
    content = lines + "上海\x00甲\u202e有限公司,=1+1\x07\r\n".encode()
    row = commit(uploaded("坏\x00名\u202efdp.csv", content)).rows.get()
    assert row.values["name"] == "上海甲有限公司"
    assert "\x00" not in row.batch.file_name
    assert "\u202e" not in row.batch.file_name
    assert Enterprise.objects.get().name == "上海甲有限公司"


def test_a_name_that_is_too_long_keeps_its_row_out(uploaded: Upload) -> None:
    batch = uploaded("名册.csv", csv("企业名称", "上海" + "长" * 300 + "有限公司"))
    row = batch.rows.get()
    assert row.verdict == "problem"
    assert "200" in row.problems[0]["message"]


def test_a_long_note_costs_its_cell_and_not_the_row(uploaded: Upload) -> None:
    batch = commit(
        uploaded("名册.csv", csv("企业名称,商会职务,备注", f"上海甲有限公司,理事,{'注' * 600}"))
    )
    (problem,) = batch.rows.get().problems
    assert (problem["level"], problem["message"]) == (
        "warning",
        "备注超过500个字（现有600个），这一格没有采用。",
    )
    assert Enterprise.objects.get().note == ""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("上海甲有限公司,名誉会长,", "“名誉会长”不在职务名单里"),
        ("上海甲有限公司,理事,说不清", "不是日期"),
        ("上海甲有限公司,理事,2021-02-30", "没有这一天"),
    ],
)
def test_a_value_that_cannot_be_taken_keeps_its_row_out(
    uploaded: Upload, line: str, words: str
) -> None:
    batch = uploaded("名册.csv", csv("企业名称,商会职务,入会时间", line))
    row = batch.rows.get()
    assert row.verdict == "problem"
    assert any(words in problem["message"] for problem in row.problems)


def test_what_a_broken_cell_held_is_shown_beside_the_message(uploaded: Upload) -> None:
    row = uploaded("d_dirty_codes.xlsx").rows.get(number=8)
    (problem,) = row.problems
    assert problem["raw"].startswith("9.13101")
    assert problem["message"].startswith("B8：")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.xlsx", b"", "文件是空的"),
        ("不是表格.xlsx", b"%PDF-1.7 x", "不是表格"),
        ("别的.csv", csv("甲,乙", "1,2", "3,4"), "没有找到可以导入的表格"),
        ("只有表头.csv", csv("企业名称,统一社会信用代码"), "没有"),
    ],
)
def test_a_file_without_a_roster_is_refused_in_a_sentence(
    chamber: Chamber, name: str, content: bytes, words: str
) -> None:
    with pytest.raises(Refused) as refusal:
        read_roster(content, name)
    (rule,) = refusal.value.rules
    assert words in str(rule)
    assert rule.field == "file"
    assert not Batch.objects.exists()


def test_two_sheets_are_read_into_one_preview(
    chamber: Chamber, administrator: User, uploaded: Upload
) -> None:
    content = workbook({"一": ["上海甲有限公司"], "二": ["上海乙有限公司", "上海甲有限公司"]})
    batch = uploaded("两表.xlsx", content)
    rows = list(batch.rows.order_by("position").values_list("sheet", "number", "verdict"))
    assert rows == [("一", 2, "problem"), ("二", 2, "new"), ("二", 3, "problem")]
    first = batch.rows.get(position=1).problems[0]["message"]
    assert first == "与工作表“二”第3行是同一家企业，请只留一行。"
    assert len(read_as(batch.understanding)) == 2


def workbook(sheets: dict[str, list[str]]) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name, firms in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["企业名称", "统一社会信用代码"])
            for place, firm in enumerate(firms, start=1):
                sheet.write_row(place, 0, [firm, code(ord(firm[2]))])
    return stream.getvalue()
