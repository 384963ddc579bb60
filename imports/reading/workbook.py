"""Workbooks (.xlsx .xls .xlsb .ods) as sheets of cells."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

import python_calamine as calamine

from imports.reading import binary, limits, odf
from imports.reading.cells import row_of
from imports.reading.compound import OldBook, inspect_compound
from imports.reading.grid import (
    Book,
    Grid,
    HiddenSheets,
    Layout,
    Row,
    is_filled,
    stray_notice,
)
from imports.reading.messages import Message, Refused
from imports.reading.package import Package
from imports.reading.parts import WorkbookPart, read_layout, read_workbook_part
from imports.reading.sparse import read_sparse


class NeedsPatience(Exception):
    """The quick parser cannot take this file; the patient one may."""


def read_package(content: bytes, *, wanted: HiddenSheets, patient: bool) -> Book:
    """An .xlsx, .xlsb or .ods. ``wanted`` names hidden sheets that are to be read all the same."""
    package = Package(content)
    book = Book(package.kind, [])
    if package.has_macros:
        book.notices.append(Message("macros"))
    part = read_workbook_part(package) if package.kind == "xlsx" else None
    if part is not None:
        _check_sheet_count(len(part.sheets))
        book.epoch_1904 = part.epoch_1904
    elif package.kind == "ods":
        book.epoch_1904 = b'table:date-value="1904-01-01"' in package.read("content.xml")
    elif package.kind == "xlsb":
        book.epoch_1904 = binary.has_epoch_1904(package)
    if patient:
        if part is None:
            raise Refused("unreadable")
        _read_patiently(package, part, book, wanted)
    else:
        _read_quickly(content, book, _PackageFacts(package, part), wanted)
    return book


def read_old(content: bytes, *, wanted: HiddenSheets) -> Book:
    """An .xls."""
    facts = inspect_compound(content)
    book = Book("xls", [], epoch_1904=facts.epoch_1904)
    if facts.has_macros:
        book.notices.append(Message("macros"))
    _read_quickly(content, book, _OldFacts(facts), wanted)
    return book


class _PackageFacts:
    """What the sheets of a package say beside their values, by the sheet's place and name."""

    def __init__(self, package: Package, part: WorkbookPart | None) -> None:
        self._package = package
        self._part = part
        self._layouts: Mapping[str, Layout] = {}
        if package.kind == "ods":
            self._layouts = odf.read_layouts(package.read("content.xml"))
        elif package.kind == "xlsb":
            self._layouts = binary.read_layouts(package)

    def layout(self, place: int, name: str) -> Layout:
        """Errors, merges the parser does not give, hidden rows and columns."""
        if self._part is None:
            return self._layouts.get(name, Layout())
        sheet = self._part.sheets[place] if place < len(self._part.sheets) else None
        fits = sheet is not None and sheet.name == name
        return read_layout(self._package, sheet.path) if sheet is not None and fits else Layout()


class _OldFacts:
    """The same of the sheets of an .xls."""

    def __init__(self, book: OldBook) -> None:
        self._book = book

    def layout(self, place: int, name: str) -> Layout:
        """Errors, hidden rows and columns."""
        del name
        return self._book.layouts.get(place, Layout())


_Facts = _PackageFacts | _OldFacts


def _read_quickly(content: bytes, book: Book, facts: _Facts, wanted: HiddenSheets) -> None:
    try:
        with calamine.CalamineWorkbook.from_object(io.BytesIO(content)) as workbook:
            sheets = workbook.sheets_metadata
            _check_sheet_count(len(sheets))
            for place, sheet in enumerate(sheets):
                if not _pass_over(book, sheet, wanted):
                    _read_sheet(workbook, place, book, facts)
    except calamine.PasswordError as error:
        raise Refused("encrypted") from error
    except (calamine.CalamineError, ValueError, OverflowError, OSError) as error:
        raise NeedsPatience from error


def _read_sheet(workbook: calamine.CalamineWorkbook, place: int, book: Book, facts: _Facts) -> None:
    """One sheet; a hidden one that cannot be read does not stand in the way of the others."""
    sheet = workbook.sheets_metadata[place]
    try:
        # First, so that the text of the sheet is gone before its cells come.
        layout = facts.layout(place, sheet.name)
        _keep(book, _grid(workbook.get_sheet_by_index(place), sheet, layout))
    except (Refused, NeedsPatience) as error:
        if sheet.visible is calamine.SheetVisibleEnum.Visible:
            raise
        told = error.message if isinstance(error, Refused) else Message("unreadable")
        book.passed_over.append((sheet.name, told))


def _read_patiently(package: Package, part: WorkbookPart, book: Book, wanted: HiddenSheets) -> None:
    for sheet in part.sheets:
        if not sheet.is_worksheet:
            book.passed_over.append((sheet.name, Message("not_a_worksheet")))
        elif sheet.hidden and sheet.name not in wanted:
            book.passed_over.append((sheet.name, Message("hidden_sheet")))
        else:
            _keep(book, read_sparse(package, part, sheet))


def _pass_over(book: Book, sheet: calamine.SheetMetadata, wanted: HiddenSheets) -> bool:
    if sheet.typ is not calamine.SheetTypeEnum.WorkSheet:
        book.passed_over.append((sheet.name, Message("not_a_worksheet")))
        return True
    if sheet.visible is not calamine.SheetVisibleEnum.Visible and sheet.name not in wanted:
        book.passed_over.append((sheet.name, Message("hidden_sheet")))
        return True
    return False


def _keep(book: Book, grid: Grid) -> None:
    if any(grid.rows):
        book.grids.append(grid)
    else:
        book.passed_over.append((grid.name, Message("empty_sheet")))


def _check_sheet_count(count: int) -> None:
    if count > limits.SHEETS:
        raise Refused("too_many_sheets", limit=limits.SHEETS)


def _grid(parsed: calamine.CalamineSheet, sheet: calamine.SheetMetadata, layout: Layout) -> Grid:
    hidden = sheet.visible is not calamine.SheetVisibleEnum.Visible
    grid = Grid(sheet.name, [], hidden=hidden)
    grid.hidden_rows, grid.hidden_columns = layout.hidden_rows, layout.hidden_columns
    if parsed.end is None:
        if not layout.markers:
            return grid
        height, width = 0, 0
    else:
        height, width = parsed.end[0] + 1, parsed.end[1] + 1
    if height * width > limits.DENSE_AREA:
        raise NeedsPatience
    grid.rows = list(_rows(parsed, grid, height, width))
    _mark(grid.rows, layout.markers)
    found = parsed.merged_cell_ranges or []
    grid.merges = layout.merges or [(*first, *last) for first, last in found[: limits.MERGES]]
    return grid


def _rows(parsed: calamine.CalamineSheet, grid: Grid, height: int, width: int) -> Iterator[Row]:
    """The rows of a sheet; of a large one each text is held once, however often it stands there."""
    if not height:
        return
    if height > limits.ROW_NUMBERS or width > limits.COLUMNS:
        values = parsed.to_python(skip_empty_area=False)
        _check_extent(values, grid)
        yield from (row_of(row, number) for number, row in enumerate(values))
        return
    seen: dict[str, str] = {}
    # The parser begins at the first column that holds anything.
    before: list[Any] = [""] * (parsed.start[1] if parsed.start else 0)
    for number, row in enumerate(parsed.iter_rows()):
        yield row_of([*before, *row] if before else row, number, seen)


def _mark(rows: list[Row], markers: Mapping[tuple[int, int], str]) -> None:
    for (row, column), text in markers.items():
        if row >= limits.ROW_NUMBERS or column >= limits.COLUMNS:
            continue
        while len(rows) <= row:
            rows.append([])
        cells = rows[row]
        cells.extend([""] * (column + 1 - len(cells)))
        if cells[column] == "":
            cells[column] = text


def _check_extent(rows: list[list[Any]], grid: Grid) -> None:
    """Refuse what is too large; a few stray cells far out are dropped and named."""
    stray: list[tuple[int, int]] = []
    for number, cells in enumerate(rows):
        start = limits.COLUMNS if number < limits.ROW_NUMBERS else 0
        stray.extend((number, c) for c in range(start, len(cells)) if is_filled(cells[c]))
        if len(stray) > limits.STRAY_CELLS or (number == limits.ROW_NUMBERS and any(cells)):
            if number < limits.ROW_NUMBERS:
                raise Refused("too_many_columns", limit=limits.COLUMNS)
            raise Refused("too_many_rows", limit=limits.ROWS)
    if stray:
        grid.notices.append(stray_notice(*stray[0]))
        del rows[limits.ROW_NUMBERS :]
        for cells in rows:
            del cells[limits.COLUMNS :]
