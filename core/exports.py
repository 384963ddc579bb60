"""Spreadsheets for people: every list leaves as an .xlsx that prints, and never holds a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LIMIT = 32_767  # characters a spreadsheet cell holds
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FORBIDDEN_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
NARROWEST, WIDEST = 6, 46  # column widths, in digits
SAMPLED_ROWS = 200  # rows looked at to choose the widths
LANDSCAPE_FROM_WIDTH = 95  # total width, in digits, that no longer fits A4 upright

CellValue = str | int | float | Decimal | bool | date | datetime | Promise | None
Formats = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of a spreadsheet. ``width`` in digits; None lets the contents decide."""

    title: str
    width: float | None = None


def xlsx_response(
    *,
    title: str,
    columns: Sequence[str | ExportColumn],
    rows: Iterable[Sequence[CellValue]],
    notes: Sequence[str] = (),
    filename: str = "",
) -> HttpResponse:
    """A download of one table as .xlsx.

    ``notes`` stand under the title, a line each: the filters, the 口径, the day of the figures.
    Numbers, dates and truth values keep their type; every text is written as text, whatever it
    begins with. ``filename`` without its ending; the title when left out.
    """
    stream = BytesIO()
    write_table(stream, title=title, columns=columns, rows=rows, notes=notes)
    response = HttpResponse(stream.getvalue(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{filename or title}.xlsx"
    )
    return response


def write_table(
    stream: BytesIO,
    *,
    title: str,
    columns: Sequence[str | ExportColumn],
    rows: Iterable[Sequence[CellValue]],
    notes: Sequence[str] = (),
) -> int:
    """Write one table into ``stream`` and return how many rows it has. Rows are read once."""
    declared = [
        column if isinstance(column, ExportColumn) else ExportColumn(str(column))
        for column in columns
    ]
    pending = iter(rows)
    sample = list(islice(pending, SAMPLED_ROWS))
    widths = [_width(column, index, sample) for index, column in enumerate(declared)]
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        formats = _formats(book)
        sheet = book.add_worksheet(sheet_name(title))
        head = _write_head(sheet, formats, title, notes, declared, widths)
        count = 0
        for row in chain(sample, pending):
            count += 1
            _write_row(sheet, formats, head + count, row)
        _set_up_page(sheet, head, head + count, len(declared), sum(widths))
    return count


def sheet_name(title: str) -> str:
    """A name spreadsheet programs accept: at most 31 characters, none of the forbidden ones."""
    cleaned = FORBIDDEN_IN_SHEET_NAMES.sub(" ", title).strip("' ")
    return cleaned[:31].strip("' ") or _("列表")


def _formats(book: Any) -> Formats:
    body = {
        "font_name": "宋体",
        "font_size": 11,
        "valign": "vcenter",
        "border": 1,
        "border_color": "#C9C3B8",
    }
    text = {**body, "text_wrap": True, "num_format": "@"}
    return {
        "title": book.add_format({"font_name": "黑体", "font_size": 16, "valign": "vcenter"}),
        "note": book.add_format({"font_name": "宋体", "font_size": 10, "font_color": "#4A5058"}),
        "head": book.add_format(
            {
                **body,
                "font_name": "黑体",
                "bg_color": "#F3EFE8",
                "text_wrap": True,
                "align": "center",
            }
        ),
        "text": book.add_format(text),
        "guarded": book.add_format({**text, "quote_prefix": True}),
        "whole": book.add_format({**body, "num_format": "#,##0"}),
        "number": book.add_format({**body, "num_format": "#,##0.##"}),
        "date": book.add_format({**body, "num_format": "yyyy-mm-dd", "align": "left"}),
        "moment": book.add_format({**body, "num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
    }


def _write_head(
    sheet: Any,
    formats: Formats,
    title: str,
    notes: Sequence[str],
    columns: Sequence[ExportColumn],
    widths: Sequence[float],
) -> int:
    """Write title, notes and column heads; returns the row of the heads, counted from 0."""
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, within_limit(title), formats["title"])
    for offset, note in enumerate(notes, start=1):
        sheet.write_string(offset, 0, within_limit(str(note)), formats["note"])
    head = len(notes) + 1
    sheet.set_row(head, 24)
    for index, column in enumerate(columns):
        sheet.write_string(head, index, within_limit(str(column.title)), formats["head"])
    return head


def _write_row(sheet: Any, formats: Formats, row: int, values: Sequence[CellValue]) -> None:
    for index, value in enumerate(values):
        _write_cell(sheet, formats, row, index, value)


def _write_cell(sheet: Any, formats: Formats, row: int, column: int, value: CellValue) -> None:
    """Write one value by its type; what is no number and no date is text and stays text."""
    match value:
        case None | "":
            sheet.write_blank(row, column, None, formats["text"])
        case bool():
            sheet.write_string(row, column, _("是") if value else _("否"), formats["text"])
        case datetime():
            moment = localtime(value) if is_aware(value) else value
            sheet.write_datetime(row, column, moment.replace(tzinfo=None), formats["moment"])
        case date():
            sheet.write_datetime(row, column, value, formats["date"])
        case int():
            sheet.write_number(row, column, value, formats["whole"])
        case float() | Decimal():
            sheet.write_number(row, column, value, formats["number"])
        case _:
            text = within_limit(str(value))
            sheet.write_string(row, column, text, formats["guarded" if guarded(text) else "text"])


def guarded(text: str) -> bool:
    """Whether a text could be taken for a formula, so that its cell must say that it is none."""
    return text.startswith(FORMULA_STARTS)


def within_limit(text: str) -> str:
    """Text a cell can hold; what is cut off says so in the cell itself."""
    if len(text) <= CELL_LIMIT:
        return text
    mark = _("……（超出单元格上限，其余请在系统中查看）")
    return text[: CELL_LIMIT - len(mark)] + mark


def _set_up_page(sheet: Any, head: int, last: int, columns: int, width: float) -> None:
    """Print set-up for A4: heads on every page, one page wide, page numbers, frozen heads."""
    sheet.freeze_panes(head + 1, 0)
    sheet.autofilter(head, 0, max(last, head), max(columns - 1, 0))
    sheet.set_paper(9)
    if width > LANDSCAPE_FROM_WIDTH:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
    sheet.center_horizontally()
    sheet.repeat_rows(head)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&9" + _("第 &P 页，共 &N 页"))


def _width(column: ExportColumn, index: int, sample: Sequence[Sequence[CellValue]]) -> float:
    if column.width is not None:
        return column.width
    longest = max(
        (display_width(part) for part in _shown_texts(column, index, sample)), default=NARROWEST
    )
    return float(min(max(longest + 2, NARROWEST), WIDEST))


def _shown_texts(
    column: ExportColumn, index: int, sample: Sequence[Sequence[CellValue]]
) -> Iterator[str]:
    yield str(column.title)
    for row in sample:
        value = row[index] if index < len(row) else None
        if isinstance(value, datetime):
            yield "2024-05-27 16:05"
        elif value is not None:
            yield from str(value).splitlines()


def display_width(text: str) -> int:
    """How many digits wide a text is: a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
