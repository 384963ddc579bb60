"""Write a periodic summary as a workbook: its figures first, then one sheet per attachment."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import TypeGuard

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from summaries.writers.document import (
    Attachment,
    Cell,
    Column,
    ColumnKind,
    Figure,
    LinkedCell,
    SummaryDocument,
    Table,
    Value,
    absolute_url,
    cell_value,
    is_number,
)
from summaries.writers.excel_formats import Formats, describe, number_format, sheet_name
from summaries.writers.packaging import Target, deliver
from summaries.writers.table_layout import cell_text
from summaries.writers.wording import Number, clean_line, display_width

_A4 = 9  # Excel's number for the paper
_HEAD_ROW = 2  # counted from 0: the title and the line of as-of and unit stand above
_LONGEST_TEXT = 16_000  # a cell holds 32,767 units of UTF-16, and a rare character takes two
_LONGEST_URL = 2079
_MOST_LINKS = 60_000  # a sheet may hold 65,530
_TOO_LONG_NUMBER = 10**15  # from here on a spreadsheet loses digits: kept as text
_FIRST_DAY = date(1900, 3, 1)  # spreadsheets count earlier days wrongly or not at all
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
_NARROWEST, _WIDEST = 6.0, 48.0  # columns, in half-width characters
_AIR = 4.0  # what borders, indent and the arrow of the filter take from a column
_LINE, _TALLEST = 15.0, 409.0  # points: one line, and the tallest row Excel knows
_UPRIGHT_WIDTH = 100.0  # beyond this the sheet prints on lying paper


def write_xlsx(document: SummaryDocument, target: Target) -> None:
    """Write the workbook to a path or a binary stream. Same content, same bytes.

    Numbers and dates are numbers and dates, codes are text, and no text becomes a formula.
    """
    content = BytesIO()
    as_text = dict.fromkeys(("strings_to_formulas", "strings_to_numbers", "strings_to_urls"), False)
    workbook = xlsxwriter.Workbook(content, {"in_memory": True, **as_text})
    describe(workbook, document)
    formats = Formats.of(workbook)
    names: set[str] = set()
    for name, attachment in _sheets(document):
        worksheet = workbook.add_worksheet(sheet_name(name, names))
        _Sheet(worksheet, formats, document).write(attachment)
    workbook.close()
    deliver(content.getvalue(), target)


def _sheets(document: SummaryDocument) -> list[tuple[str, Attachment]]:
    title = clean_line(document.title.replace("\n", ""))
    sheets = [("指标", Attachment(title, _figures_table(document.figures)))]
    for number, attachment in enumerate(document.attachments, start=1):
        sheets.append((f"附件{number} {attachment.title}", attachment))
    return sheets


def _figures_table(figures: Sequence[Figure]) -> Table:
    number = ColumnKind.NUMBER
    columns = (
        Column("指标"), Column("数值", number), Column("单位"), Column("口径"), Column("明细"),
    )  # fmt: skip
    rows = tuple(
        (
            figure.title,
            figure.value,
            figure.unit,
            figure.definition,
            LinkedCell("查看明细" if figure.rows_url else "", figure.rows_url),
        )
        for figure in figures
    )
    return Table(columns, rows)


class _Sheet:
    """One sheet: title, as-of and unit, head, rows, total, note."""

    def __init__(self, worksheet: Worksheet, formats: Formats, document: SummaryDocument) -> None:
        self._worksheet = worksheet
        self._formats = formats
        self._document = document
        self._links = 0

    def write(self, attachment: Attachment) -> None:
        table, widths = attachment.table, _column_widths(attachment.table)
        self._write_top(attachment.title, table)
        for number, line in enumerate(table.rows, start=_HEAD_ROW + 1):
            self._write_line(number, line, table.columns)
            self._give_height(number, line, table.columns, widths)
        last = _HEAD_ROW + len(table.rows)
        self._worksheet.autofilter(_HEAD_ROW, 0, max(last, _HEAD_ROW + 1), len(table.columns) - 1)
        if table.total is not None:
            last += 1
            self._write_line(last, table.total, table.columns, total=True)
        if table.note:
            self._write_note(last + 1, table.note, widths)
        self._set_up_print(widths)

    def _write_top(self, title: str, table: Table) -> None:
        sheet, formats, last = self._worksheet, self._formats, len(table.columns) - 1
        sheet.write_string(0, 0, clean_line(title.replace("\n", "")), formats.title)
        for place in range(1, last + 1):
            sheet.write_blank(0, place, None, formats.title)
        sheet.set_default_row(21)
        sheet.set_row(0, 30)
        sheet.write_string(1, 0, self._document.as_of_words, formats.lead)
        if table.unit and last:
            sheet.write_string(1, last, f"单位：{clean_line(table.unit)}", formats.unit)
        for number, column in enumerate(table.columns):
            sheet.write_string(_HEAD_ROW, number, clean_line(column.title), formats.head)

    def _write_line(
        self, row: int, line: Sequence[Cell], columns: Sequence[Column], *, total: bool = False
    ) -> None:
        for number, (cell, column) in enumerate(zip(line, columns, strict=True)):
            value = cell_value(cell)
            if total and value is None:
                self._worksheet.write_blank(row, number, None, self._formats.text(total=True))
                continue
            if isinstance(cell, LinkedCell):
                self._link(row, number, cell)
            self._write_value(row, number, value, column, total=total)

    def _link(self, row: int, column: int, cell: LinkedCell) -> None:
        """Lay a link under the cell; the value written next keeps its own type."""
        url = absolute_url(self._document, clean_line(cell.rows_url))
        if url and len(url) <= _LONGEST_URL and self._links < _MOST_LINKS:
            self._worksheet.write_url(row, column, url, self._formats.text(), "明细")
            self._links += 1

    def _write_value(
        self, row: int, number: int, value: Value, column: Column, *, total: bool
    ) -> None:
        sheet, formats = self._worksheet, self._formats
        if isinstance(value, date) and _day_of(value) >= _FIRST_DAY:
            moment = value.replace(tzinfo=None) if isinstance(value, datetime) else value
            sheet.write_datetime(row, number, moment, formats.moment(value))
        elif _is_countable(value, column):
            exact = float(value)
            sheet.write_number(row, number, exact, formats.number(number_format(exact), total))
        else:
            text = cell_text(value, column)[:_LONGEST_TEXT]
            sheet.write_string(row, number, text, self._text_format(text, column, total=total))

    def _text_format(self, text: str, column: Column, *, total: bool) -> Format:
        if text.startswith(_FORMULA_LIKE):
            return self._formats.guarded
        if column.kind is ColumnKind.CODE:
            return self._formats.code
        return self._formats.text(total=total, right=column.kind is ColumnKind.NUMBER)

    def _give_height(
        self, row: int, line: Sequence[Cell], columns: Sequence[Column], widths: Sequence[float]
    ) -> None:
        """Rows of several lines get their height here: not every program fits it on opening."""
        needed = max(
            sum(
                max(1, ceil(display_width(part) * 2 / (width - _AIR)))
                for part in cell_text(cell_value(cell), column).split("\n")
            )
            for cell, column, width in zip(line, columns, widths, strict=True)
        )
        if needed > 1:
            self._worksheet.set_row(row, min(needed * _LINE + 6, _TALLEST))

    def _write_note(self, row: int, note: str, widths: Sequence[float]) -> None:
        text = f"注：{clean_line(note)}"[:_LONGEST_TEXT]
        if len(widths) > 1:
            self._worksheet.merge_range(row, 0, row, len(widths) - 1, "", self._formats.note)
        self._worksheet.write_string(row, 0, text, self._formats.note)
        lines = ceil(display_width(text) * 2 / (sum(widths) - _AIR))
        self._worksheet.set_row(row, min(lines * _LINE + 6, _TALLEST))

    def _set_up_print(self, widths: Sequence[float]) -> None:
        sheet = self._worksheet
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        sheet.set_paper(_A4)
        if sum(widths) > _UPRIGHT_WIDTH:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
        sheet.repeat_rows(0, _HEAD_ROW)
        sheet.freeze_panes(_HEAD_ROW + 1, 1)
        sheet.hide_gridlines(2)
        sheet.set_footer("&C第 &P 页，共 &N 页")


def _day_of(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _is_countable(value: Value, column: Column) -> TypeGuard[Number]:
    if column.kind is ColumnKind.CODE or isinstance(value, str | date | None):
        return False
    return is_number(value) and -_TOO_LONG_NUMBER < value < _TOO_LONG_NUMBER


def _column_widths(table: Table) -> list[float]:
    """Each column as wide as its longest line, within reason."""
    lines = (*table.rows, table.total) if table.total is not None else table.rows
    widths = []
    for number, column in enumerate(table.columns):
        texts = [clean_line(column.title)]
        texts += [cell_text(cell_value(line[number]), column) for line in lines]
        longest = max(display_width(part) for text in texts for part in text.split("\n"))
        widths.append(min(max(longest * 2 + _AIR, _NARROWEST), _WIDEST))
    return widths
