"""The marked file stands row for row like the one handed in, says why, and is read again."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.urls import reverse

from accounts.models import User
from chambers.models import Chamber
from imports.models import Batch, KeptGrid
from imports.showing.marked import marked_workbook
from tests.conftest import SignedIn
from tests.imports.conftest import Receive, commit

pytestmark = pytest.mark.django_db

Uploaded = Callable[..., Batch]
HEADS = ["序号", "企业名称", "统一社会信用代码", "身份证号", "入会时间"]


def roster() -> bytes:
    """A merged title over a table with a personal column, a wrong code and a formula-like name."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("名册")
        sheet.merge_range(0, 0, 0, 4, "某镇商会会员名册")
        sheet.write_row(1, 0, HEADS)
        sheet.write_row(2, 0, [1, "上海示例甲有限公司", "913101", "310118198001011234", "2021-3-5"])
        sheet.write_row(3, 0, [2, "上海示例乙有限公司", "", "310118198001011235", "不详了"])
        sheet.write_row(4, 0, [3, "", "", "310118198001011236", "2020年5月"])
        sheet.write_string(5, 1, "=上海示例丙有限公司")
    return stream.getvalue()


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def test_problem_cells_are_filled_and_say_why_where_they_stood(uploaded: Uploaded) -> None:
    batch = uploaded("名册.xlsx", roster())
    book = opened(marked_workbook(batch))
    sheet = book["名册"]
    assert [cell.value for cell in sheet[2]] == HEADS
    assert sheet["C3"].value == "913101"
    assert sheet["C3"].fill.fgColor.rgb.endswith("F8D7DA")
    assert "18" in sheet["C3"].comment.text
    assert sheet["B4"].fill.fgColor.rgb == "00000000"
    assert str(next(iter(sheet.merged_cells.ranges))) == "A1:E1"
    reasons = list(book["原因"].iter_rows(values_only=True))
    assert reasons[1] == ("行号", "单元格", "栏目", "程度", "原因")
    told = {(row[0], row[1]) for row in reasons[2:]}
    problems = batch.rows.exclude(problems=[])
    wanted = {row.number for row in problems if any(p["level"] != "notice" for p in row.problems)}
    assert {number for number, _cell in told} == wanted
    assert (3, "C3") in told


def test_nothing_personal_comes_back_and_the_header_says_so(uploaded: Uploaded) -> None:
    content = marked_workbook(uploaded("名册.xlsx", roster()))
    sheet = opened(content)["名册"]
    assert {row[3].value for row in sheet.iter_rows(min_row=3)} == {None}
    assert "个人信息" in sheet["D2"].comment.text
    assert b"310118198001011234" not in content


def test_the_marked_file_is_read_like_the_first_and_its_reasons_are_passed_over(
    uploaded: Uploaded,
) -> None:
    first = uploaded("名册.xlsx", roster())
    again = uploaded("已标记.xlsx", marked_workbook(first))
    assert [one["sheet"] for one in again.understanding["tables"]] == ["名册"]
    assert ["原因", "own_sheet"] in [one[:2] for one in again.understanding["passed_over"]]

    def read(batch: Batch) -> list[Any]:
        names = ("sheet", "number", "values", "verdict")
        return list(batch.rows.order_by("position").values_list(*names))

    assert read(again) == read(first)


def test_a_cell_that_looks_like_a_formula_comes_back_as_text(uploaded: Uploaded) -> None:
    sheet = opened(marked_workbook(uploaded("名册.xlsx", roster())))["名册"]
    assert (sheet["B6"].value, sheet["B6"].data_type) == ("=上海示例丙有限公司", "s")
    assert sheet["B6"].quotePrefix


@pytest.mark.parametrize(
    "name", ["b_gbk_csv.csv", "d_dirty_codes.xlsx", "c_old_xls_two_row_header.xls"]
)
def test_samples_come_back_and_are_read_alike(uploaded: Uploaded, name: str) -> None:
    first = uploaded(name)
    again = uploaded("已标记.xlsx", marked_workbook(first))
    names = ("number", "values", "verdict")
    rows, rows_before = (one.rows.order_by("position") for one in (again, first))
    assert list(rows.values_list(*names)) == list(rows_before.values_list(*names))


def test_without_the_kept_cells_the_rows_are_written_where_they_stood(
    chamber: Chamber, received: Receive
) -> None:
    batch = received(
        {"name": "上海示例甲有限公司", "credit_code": "错"}, {"name": "上海示例乙有限公司"}
    )
    assert not KeptGrid.objects.filter(batch=batch).exists()
    sheet = opened(marked_workbook(batch))["名册"]
    assert [sheet["A3"].value, sheet["A4"].value, sheet["A5"].value] == [
        "name",
        "上海示例甲有限公司",
        "上海示例乙有限公司",
    ]
    assert sheet["B4"].fill.fgColor.rgb.endswith("F8D7DA")


def test_the_pages_hand_it_out_and_name_every_record_that_was_written(
    received: Receive, administrator: User, signed_in: SignedIn
) -> None:
    batch = commit(received({"name": "上海示例甲有限公司"}, {"name": "上海示例乙有限公司"}))
    client = signed_in(administrator)
    answer = client.get(reverse("imports:download_marked", args=[batch.pk]))
    assert opened(answer.content).sheetnames == ["名册", "原因"]
    page = client.get(reverse("imports:list_touched", args=[batch.pk]))
    assert page.content.decode().count("上海示例甲有限公司") >= 1
    chips = {chip.key: chip.count for chip in page.context["chips"]}
    assert chips == {"all": 2, "new": 2, "changed": 0, "leaving": 0}
    assert len(page.context["rows"]) == chips["all"]
    urls = [record.url for row in page.context["rows"] for record in row.records]
    assert len(urls) == 4
    assert all(client.get(url).status_code == 200 for url in set(urls))


def test_the_history_of_a_record_leads_back_to_its_import(
    received: Receive, administrator: User, officer: User, signed_in: SignedIn
) -> None:
    batch = commit(received({"name": "上海示例甲有限公司"}))
    url = next(
        record.url
        for row in signed_in(administrator)
        .get(reverse("imports:list_touched", args=[batch.pk]))
        .context["rows"]
        for record in row.records
    )
    own = reverse("imports:show_batch", args=[batch.pk])
    url += "?history=newest"
    words = signed_in(administrator).get(url).content.decode()
    assert f'href="{own}"' in words
    assert batch.file_name in words
    assert f'href="{own}"' not in signed_in(officer).get(url).content.decode()
