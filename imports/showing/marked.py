"""The file as it was handed in, with the cells to mend marked and a sheet of the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from core.exports import (
    NARROWEST,
    SAMPLED_ROWS,
    WIDEST,
    display_width,
    guarded,
    sheet_name,
    within_limit,
)
from imports import queries
from imports.cleaning.values import FORMULA_WITHOUT_RESULT, IDENTITY_REMOVED
from imports.models import Batch, KeptGrid, Row
from imports.plans.registry import PLANS
from imports.reading.kept import unpack
from imports.reading.own import REASONS_MARK, is_own
from imports.showing import pages
from imports.understanding.noted import field_title

ROWS_AT_ONCE = 1_000
COMMENTS_AT_MOST = 2_000  # a spreadsheet program loads slowly with more; the reasons list them all
MERGED_ROWS_AT_MOST = 20_000  # larger files are written row by row: merges are filled in instead
FILLS = {"error": "#F8D7DA", "warning": "#FFF0C2"}
QUOTED = {"quote_prefix": True, "num_format": "@"}
BLANK = {FORMULA_WITHOUT_RESULT, IDENTITY_REMOVED}

Place = tuple[int, int]  # row and column, counted from 0
Rows = Sequence[Sequence[Any]]
Merge = tuple[int, int, int, int]


@dataclass
class Sheet:
    """A sheet to write: its cells, merges, and what was left out of it by (row, column)."""

    name: str
    rows: Rows
    merges: Sequence[Merge] = ()
    is_hidden: bool = False
    left_out: Mapping[Place, str] = field(default_factory=dict)


@dataclass
class Mark:
    """What there is to say of one cell; ``text`` replaces a cell that was corrected."""

    level: str = ""
    words: list[str] = field(default_factory=list)
    text: str | None = None

    def add(self, level: str, words: str) -> None:
        self.words.append(words)
        self.level = "error" if "error" in {level, self.level} else level


@dataclass(frozen=True)
class Reason:
    """A line of the sheet of reasons."""

    sheet: str
    row: int
    place: Place
    title: str
    level: str
    words: str


def marked_workbook(batch: Batch) -> bytes:
    """An .xlsx with every row where it was: to be mended, and handed in again.

    Of columns with personal data the header alone is left. Once the cells are no longer kept, the
    sheets hold what was read of them.
    """
    marks, reasons = _marks(batch)
    stream = BytesIO()
    sheets = _kept_sheets(batch) or _read_sheets(batch)
    size = max((len(sheet.rows) for sheet in sheets), default=0)
    large = size > MERGED_ROWS_AT_MOST
    with xlsxwriter.Workbook(stream, {"constant_memory": large}) as book:
        writing = _Writing(book, large)
        for sheet in sheets:
            writing.sheet(sheet, marks.get(sheet.name[: queries.SHEET_NAME], {}))
        writing.reasons(reasons, has_sheets=len(sheets) > 1)
    return stream.getvalue()


def _marks(batch: Batch) -> tuple[dict[str, dict[Place, Mark]], list[Reason]]:
    """By sheet and cell what to mark; and the same as lines, in the order of the file."""
    marks: dict[str, dict[Place, Mark]] = defaultdict(lambda: defaultdict(Mark))
    reasons: list[Reason] = []
    named_by = PLANS[batch.plan].named_by
    columns = _columns(batch)
    for row in queries.rows_of_file(batch).iterator(chunk_size=ROWS_AT_ONCE):
        for name, told in row.corrections.items():
            if place := _place(row, columns, name):
                marks[row.sheet][place].text = told["typed"]
        for problem in row.problems:
            if problem["level"] not in FILLS:
                continue
            name = problem["field"]
            place = (
                _place(row, columns, name) or _place(row, columns, named_by) or (row.number - 1, 0)
            )
            words = pages.words_about(row, problem, xl_col_to_name(place[1]))
            marks[row.sheet][place].add(problem["level"], words)
            title = field_title(batch.plan, name)
            reasons.append(Reason(row.sheet, row.number, place, title, problem["level"], words))
    return marks, reasons


def _columns(batch: Batch) -> dict[tuple[str, str], int]:
    """The column of each field on each sheet; the first where several tables have it."""
    found: dict[tuple[str, str], int] = {}
    for name, column in queries.columns_of(batch):
        place = (column["sheet"][: queries.SHEET_NAME], name)
        found.setdefault(place, _number(column["column"]))
    return found


def _place(row: Row, columns: Mapping[tuple[str, str], int], name: str) -> Place | None:
    column = columns.get((row.sheet, name))
    return None if column is None else (row.number - 1, column)


def _number(letters: str) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "、".join(value)


def _kept_sheets(batch: Batch) -> list[Sheet]:
    kept = KeptGrid.objects.filter(batch=batch).first()
    if kept is None:
        return []
    return [
        Sheet(
            name=told["name"],
            rows=told["rows"],
            merges=[(a, b, c, d) for a, b, c, d in told["merges"]],
            is_hidden=bool(told["hidden"]),
            left_out={(max(one[0] - 1, 0), one[2]): str(one[3]) for one in told["left_out"]},
        )
        for told in unpack(bytes(kept.content))["sheets"]
        if not is_own(told["rows"])
    ]


def _read_sheets(batch: Batch) -> list[Sheet]:
    """What was read of each sheet, where it stood: headers, and the values of the rows."""
    cells: dict[str, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for table in batch.understanding.get("tables", []):
        name = table["sheet"][: queries.SHEET_NAME]
        for column in table["columns"]:
            row = max(table["header_row"] - 1, 0)
            cells[name][row][_number(column["column"])] = column["header"]
    columns = _columns(batch)
    for row in queries.rows_of_file(batch).iterator(chunk_size=ROWS_AT_ONCE):
        raws = {one["field"]: one.get("raw", "") for one in row.problems}
        for (sheet, name), column in columns.items():
            if sheet == row.sheet:
                text = raws.get(name) or _text(row.values.get(name, ""))
                cells[sheet][row.number - 1][column] = text
    return [Sheet(name, list(_dense(rows))) for name, rows in cells.items()]


def _dense(rows: Mapping[int, Mapping[int, str]]) -> Iterator[list[str]]:
    for number in range(max(rows) + 1):
        cells = rows.get(number, {})
        yield [cells.get(column, "") for column in range(max(cells, default=-1) + 1)]


class _Writing:
    """Writes sheets into a book, row after row."""

    def __init__(self, book: Any, large: bool) -> None:
        self.book = book
        self.large = large
        self.comments = 0
        self.names: dict[str, str] = {}
        font = {"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "vcenter"}
        self.formats = {
            (level, safe): book.add_format(
                {**font, **({"bg_color": fill} if fill else {}), **({} if safe else QUOTED)}
            )
            for level, fill in (("", ""), *FILLS.items())
            for safe in (True, False)
        }
        self.note = book.add_format({"font_name": "宋体", "font_size": 10, "font_color": "#4A5058"})
        self.head = book.add_format({**font, "font_name": "黑体", "bg_color": "#F3EFE8"})
        self.link = book.add_format({**font, "font_color": "#0B5394", "underline": 1})

    def sheet(self, told: Sheet, marks: Mapping[Place, Mark]) -> None:
        name = self._free_name(told.name)
        self.names[told.name[: queries.SHEET_NAME]] = name
        sheet = self.book.add_worksheet(name)
        if told.is_hidden and self.book.worksheets()[0] is not sheet:
            sheet.hide()
        _set_widths(sheet, told.rows)
        merged = _filled(told) if self.large else {}
        by_row: dict[int, dict[int, Mark]] = defaultdict(dict)
        for (row, column), mark in marks.items():
            by_row[row][column] = mark
        for row in range(max([len(told.rows), *(row + 1 for row in by_row)])):
            cells = told.rows[row] if row < len(told.rows) else ()
            self._row(sheet, row, cells, by_row.get(row, {}), merged)
        if not self.large:
            self._merge(sheet, told, marks)
        for place, header in told.left_out.items():
            note = _("“%(header)s”属个人信息，没有保存，所以这一列是空的。再次上传时也不会读取。")
            self._comment(sheet, place, note % {"header": header or xl_col_to_name(place[1])})

    def _row(
        self,
        sheet: Any,
        row: int,
        cells: Sequence[Any],
        marks: Mapping[int, Mark],
        merged: Mapping[Place, Any],
    ) -> None:
        for column in range(max([len(cells), *(column + 1 for column in marks)])):
            mark = marks.get(column)
            value = cells[column] if column < len(cells) else ""
            value = merged.get((row, column), value)
            if mark and mark.text is not None:
                value = mark.text
            self._cell(sheet, row, column, value, mark.level if mark else "")
            if mark and mark.words:
                self._comment(sheet, (row, column), "\n".join(mark.words))

    def _cell(self, sheet: Any, row: int, column: int, value: Any, level: str) -> None:
        if value == "" or value in BLANK:
            if level:
                sheet.write_blank(row, column, None, self.formats[level, True])
        elif isinstance(value, str):
            form = self.formats[level, not guarded(value)]
            sheet.write_string(row, column, within_limit(value), form)
        else:
            sheet.write_number(row, column, value, self.formats[level, True])

    def _merge(self, sheet: Any, told: Sheet, marks: Mapping[Place, Mark]) -> None:
        """Merge what was merged; a cell that is marked stays alone, or its mark could hide."""
        for top, left, bottom, right in told.merges:
            inside = any(top <= row <= bottom and left <= column <= right for row, column in marks)
            if inside or (top, left) == (bottom, right):
                continue
            cells = told.rows[top] if top < len(told.rows) else ()
            value = cells[left] if left < len(cells) else ""
            form = self.formats["", not (isinstance(value, str) and guarded(value))]
            sheet.merge_range(top, left, bottom, right, "", form)
            self._cell(sheet, top, left, value, "")

    def _comment(self, sheet: Any, place: Place, words: str) -> None:
        if self.comments < COMMENTS_AT_MOST:
            self.comments += 1
            options = {"author": "", "x_scale": 2, "font_size": 9}
            sheet.write_comment(*place, within_limit(words), options)

    def _free_name(self, wanted: str) -> str:
        """The name as the spreadsheet program takes it; no two alike."""
        name, taken = sheet_name(wanted or _("名册")), {n.casefold() for n in self.names.values()}
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{sheet_name(wanted)[:27]}~{number}"
        return name

    def reasons(self, reasons: Sequence[Reason], *, has_sheets: bool) -> None:
        """The last sheet: every reason with its row, and a link to the cell."""
        sheet = self.book.add_worksheet(self._free_name(_("原因")))
        levels = {"error": _("要处理"), "warning": _("请核对")}
        heads = [_("工作表"), _("行号"), _("单元格"), _("栏目"), _("程度"), _("原因")]
        widths = [16, 8, 10, 18, 10, 90]
        shown = range(0 if has_sheets else 1, len(heads))
        sheet.write_string(0, 0, REASONS_MARK, self.note)
        for place, one in enumerate(shown):
            sheet.set_column(place, place, widths[one])
            sheet.write_string(1, place, heads[one], self.head)
        for number, reason in enumerate(reasons, start=2):
            name = self.names.get(reason.sheet, "")
            cell = xl_rowcol_to_cell(*reason.place)
            told = [name, reason.row, cell, reason.title, levels[reason.level], reason.words]
            for place, one in enumerate(shown):
                if heads[one] == heads[2] and name and number <= COMMENTS_AT_MOST:
                    quoted = name.replace("'", "''")
                    target = f"internal:'{quoted}'!{cell}"
                    sheet.write_url(number, place, target, self.link, cell)
                else:
                    self._cell(sheet, number, place, told[one], "")
        sheet.freeze_panes(2, 0)


def _filled(told: Sheet) -> dict[Place, Any]:
    """The cells of merges with the value of their first."""
    found: dict[Place, Any] = {}
    for top, left, bottom, right in told.merges:
        value = told.rows[top][left] if top < len(told.rows) and left < len(told.rows[top]) else ""
        places = ((row, left) for row in range(top, bottom + 1) if right == left)
        found.update(dict.fromkeys(places, value))
    return found


def _set_widths(sheet: Any, rows: Rows) -> None:
    """Columns wide enough for what stands in their first rows."""
    widest: dict[int, int] = {}
    for cells in rows[:SAMPLED_ROWS]:
        if sum(cell != "" for cell in cells) < 2:  # a title alone over the table
            continue
        for column, cell in enumerate(cells):
            widest[column] = max(widest.get(column, 0), display_width(str(cell)))
    for column, width in widest.items():
        sheet.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))
