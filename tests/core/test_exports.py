"""Spreadsheets that leave: typed, printable, never a formula."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from django.http import HttpResponse

from core.exports import CELL_LIMIT, CellValue, ExportColumn, sheet_name, xlsx_response

DANGEROUS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
]


def export(rows: list[list[CellValue]], **options: Any) -> HttpResponse:
    columns = options.pop("columns", [f"列{number}" for number in range(1, len(rows[0]) + 1)])
    return xlsx_response(title=options.pop("title", "名册"), columns=columns, rows=rows, **options)


def sheet_of(response: HttpResponse) -> Any:
    return openpyxl.load_workbook(BytesIO(response.content)).active


def xml_of(response: HttpResponse, part: str = "xl/worksheets/sheet1.xml") -> str:
    return zipfile.ZipFile(BytesIO(response.content)).read(part).decode()


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    response = export([[text]])
    assert "<f>" not in xml_of(response)
    cell = sheet_of(response).cell(row=3, column=1)
    assert cell.data_type == "s"
    assert cell.quotePrefix, "the spreadsheet program must not read it again as a formula"


def test_a_title_a_note_or_a_head_cannot_be_a_formula_either() -> None:
    response = export([["甲"]], title="=1+1", columns=["=2+2"], notes=["=3+3"])
    assert "<f>" not in xml_of(response)
    assert [row[0] for row in sheet_of(response).values] == ["=1+1", "=3+3", "=2+2", "甲"]


def test_codes_stay_text_and_numbers_and_days_keep_their_type() -> None:
    moment = datetime(2024, 5, 27, 8, 5, tzinfo=UTC)
    row: list[CellValue] = [
        "00091310118",
        154,
        Decimal("650.50"),
        date(2024, 5, 27),
        moment,
        True,
        None,
    ]
    values = [cell.value for cell in sheet_of(export([row]))[3]]
    assert values == [
        "00091310118",
        154,
        650.5,
        datetime(2024, 5, 27),  # noqa: DTZ001 - a spreadsheet knows no time zone
        datetime(2024, 5, 27, 16, 5),  # noqa: DTZ001
        "是",
        None,
    ]


def test_four_byte_characters_and_line_breaks_survive() -> None:
    texts = ["𠮷野家", "䶮", "👨‍👩‍👧", "甲\n乙", "a\u0301"]
    assert [row[0].value for row in sheet_of(export([[text] for text in texts]))["A3:A7"]] == texts


def test_text_that_looks_like_an_escape_is_escaped_itself() -> None:
    assert "_x005F_x0041_" in xml_of(export([["_x0041_"]]))


def test_text_longer_than_a_cell_says_that_it_was_cut() -> None:
    text = sheet_of(export([["甲" * (CELL_LIMIT + 1)]])).cell(row=3, column=1).value
    assert len(text) <= CELL_LIMIT
    assert text.endswith("其余请在系统中查看）")


def test_title_and_notes_stand_above_a_frozen_head() -> None:
    response = export([["甲"]], notes=["筛选：街镇：华新镇", "口径：在册会员"])
    sheet = sheet_of(response)
    assert [row[0] for row in sheet.values] == [
        "名册",
        "筛选：街镇：华新镇",
        "口径：在册会员",
        "列1",
        "甲",
    ]
    assert sheet.freeze_panes == "A5"


def test_it_prints_on_a4_with_its_head_on_every_page() -> None:
    sheet = sheet_of(export([["甲" * 20] * 8]))
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0, "as many pages long as it takes"
    assert sheet_of(export([["甲"]])).page_setup.orientation != "landscape"


def test_columns_are_as_wide_as_chinese_needs() -> None:
    sheet = sheet_of(export([["上海示例物流有限公司", "1"]], columns=["名称", "号"]))
    assert sheet.column_dimensions["A"].width > 20
    assert sheet.column_dimensions["B"].width < 8
    fixed = sheet_of(export([["甲"]], columns=[ExportColumn("名称", 33)]))
    assert round(fixed.column_dimensions["A"].width) == 34  # the file counts the padding too


@pytest.mark.parametrize(
    ("title", "name"),
    [("2024/05 [名册]", "2024 05  名册"), ("'", "列表"), ("甲" * 40, "甲" * 31), ("", "列表")],
)
def test_a_sheet_gets_a_name_that_programs_accept(title: str, name: str) -> None:
    assert sheet_name(title) == name


def test_the_file_is_named_in_chinese() -> None:
    disposition = export([["甲"]], title="会员企业")["Content-Disposition"]
    assert disposition == f"attachment; filename*=utf-8''{quote('会员企业')}.xlsx"


def test_ten_thousand_rows_are_read_once_and_all_written() -> None:
    rows: Iterator[list[CellValue]] = ([n, f"示例{n}"] for n in range(10_000))
    response = xlsx_response(title="大表", columns=["号", "名称"], rows=rows)
    assert sheet_of(response).max_row == 10_002
