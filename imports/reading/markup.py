"""Tables in markup saved under a spreadsheet's name: web pages and "XML spreadsheet 2003"."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.parsers import expat

from imports.cleaning.values import Cell
from imports.reading import limits
from imports.reading.cells import number_cell, text_cell
from imports.reading.decoding import decode
from imports.reading.grid import Book, Grid, HiddenSheets, Layout, Merge, Row, is_filled
from imports.reading.messages import Message, Refused

_HIDDEN = re.compile(r"display\s*:\s*none|mso-hidden", re.I)


def read_web_page(content: bytes, encoding: str = "") -> Book:
    """The tables of a web page, one sheet each; a page without rows of a table is refused."""
    text, _ = decode(content, encoding)
    parser = _TableParser()
    parser.feed(text)
    parser.close()
    grids = [table.grid() for table in parser.tables]
    grids = [grid for grid in grids if sum(1 for row in grid.rows if row) > 1]
    if not grids:
        raise Refused("web_page")
    if len(grids) > limits.SHEETS:
        raise Refused("too_many_sheets", limit=limits.SHEETS)
    for number, grid in enumerate(grids, start=1):
        grid.name = f"表格{number}" if len(grids) > 1 else ""
    return Book("html", grids, [Message("web_table")])


def read_xml_table(content: bytes, *, wanted: HiddenSheets) -> Book:
    """The sheets of an "XML spreadsheet 2003"."""
    scanner = _XmlScanner()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.CharacterDataHandler = scanner.text
    parser.StartDoctypeDeclHandler = _refuse_declarations
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Refused("damaged") from error
    book = Book("xml", [], [Message("xml_table")])
    if len(scanner.sheets) > limits.SHEETS:
        raise Refused("too_many_sheets", limit=limits.SHEETS)
    for sheet in scanner.sheets:
        grid = sheet.grid()
        if grid.hidden and grid.name not in wanted:
            book.passed_over.append((grid.name, Message("hidden_sheet")))
        elif not any(grid.rows):
            book.passed_over.append((grid.name, Message("empty_sheet")))
        else:
            book.grids.append(grid)
    return book


def _refuse_declarations(*_declaration: object) -> None:
    raise Refused("forbidden_content")


@dataclass
class _Table:
    """Cells put down one after the other, spans kept free."""

    name: str = ""
    hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    covered: set[tuple[int, int]] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    row: int = -1
    column: int = 0
    layout: Layout = field(default_factory=Layout)
    listed: int = 0

    def next_row(self, number: int | None = None) -> None:
        self.row = self.row + 1 if number is None else number
        self.column = 0
        if self.row >= limits.ROW_NUMBERS:
            raise Refused("too_many_rows", limit=limits.ROWS)

    def put(self, value: Cell, rows: int = 1, columns: int = 1) -> None:
        """Put a cell at the next free place of the row, spanning so many rows and columns."""
        while (self.row, self.column) in self.covered:
            self.column += 1
        row, column = self.row, self.column
        if column + columns > limits.COLUMNS * 2:
            raise Refused("too_many_columns", limit=limits.COLUMNS)
        if is_filled(value):
            self.cells[row, column] = value
        if rows * columns > 1 and len(self.merges) < limits.MERGES:
            self.merges.append((row, column, row + rows - 1, column + columns - 1))
        if rows > 1:
            self._cover(row + 1, row + rows, column, column + columns)
        self.column += columns

    def grid(self) -> Grid:
        height = max((row for row, _ in self.cells), default=-1) + 1
        rows: list[Row] = [[] for _ in range(height)]
        for (row, column), value in sorted(self.cells.items()):
            rows[row].extend([""] * (column - len(rows[row])))
            rows[row].append(value)
        if any(len(row) > limits.COLUMNS for row in rows):
            raise Refused("too_many_columns", limit=limits.COLUMNS)
        grid = Grid(self.name, rows, self.merges, self.hidden)
        grid.hidden_rows, grid.hidden_columns = self.layout.hidden_rows, self.layout.hidden_columns
        return grid

    def _cover(self, first: int, after: int, left: int, right: int) -> None:
        if (after - first) * (right - left) + len(self.covered) > limits.CELLS:
            raise Refused("too_many_cells", limit=limits.CELLS)
        self.covered.update((r, c) for r in range(first, after) for c in range(left, right))


class _TableParser(HTMLParser):
    """Collects the tables of a page; a table inside a cell is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._parts: list[str] | None = None
        self._span = (1, 1)
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._silent += 1
        elif tag == "table":
            self._close_cell()
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._close_cell()
            self._open[-1].next_row()
            if _HIDDEN.search(dict(attrs).get("style") or ""):
                self._open[-1].layout.hide_row(self._open[-1].row)
        elif tag in {"td", "th"} and self._open:
            self._close_cell()
            self._open_cell(dict(attrs))
        elif tag in {"br", "p", "div"} and self._parts:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._silent = max(0, self._silent - 1)
        elif tag in {"td", "th", "tr"}:
            self._close_cell()
        elif tag == "table" and self._open:
            self._close_cell()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._parts is not None and not self._silent:
            self._parts.append(" ".join(data.split()) if data.strip() else " ")

    def _open_cell(self, attributes: dict[str, str | None]) -> None:
        if self._open[-1].row < 0:
            self._open[-1].next_row()
        self._parts = []
        self._span = (_span(attributes.get("rowspan")), _span(attributes.get("colspan")))

    def _close_cell(self) -> None:
        if self._parts is None or not self._open:
            return
        table = self._open[-1]
        value = text_cell("".join(self._parts).strip(), (max(table.row, 0), table.column))
        table.put(value, *self._span)
        self._parts = None


def _span(value: str | None) -> int:
    digits = (value or "1").strip()
    return max(1, min(int(digits), limits.ROWS)) if digits.isdigit() and len(digits) < 7 else 1


class _XmlScanner:
    """Collects the worksheets of an XML spreadsheet."""

    def __init__(self) -> None:
        self.sheets: list[_Table] = []
        self._parts: list[str] | None = None
        self._kind = ""
        self._value: Cell = ""
        self._span = (1, 1)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag, given = _local(name), {_local(key): value for key, value in attributes.items()}
        if tag == "Worksheet":
            self.sheets.append(_Table(given.get("Name", "")))
        elif tag == "Row" and self.sheets:
            index = given.get("Index", "")
            self.sheets[-1].next_row(int(index) - 1 if index.isdigit() else None)
            if given.get("Hidden") == "1":
                self.sheets[-1].layout.hide_row(self.sheets[-1].row)
        elif tag == "Column" and self.sheets:
            _list_column(self.sheets[-1], given)
        elif tag == "Cell" and self.sheets:
            self._start_cell(given)
        elif tag == "Data":
            self._kind, self._parts = given.get("Type", "String"), []
        elif tag == "Visible":
            self._kind, self._parts = "Visible", []

    def end(self, name: str) -> None:
        tag = _local(name)
        if tag == "Data" and self._parts is not None and self.sheets:
            table = self.sheets[-1]
            self._value = _typed("".join(self._parts), self._kind, (table.row, table.column))
            self._parts = None
        elif tag == "Cell" and self.sheets:
            self.sheets[-1].put(self._value, *self._span)
        elif tag == "Visible" and self._parts is not None and self.sheets:
            self.sheets[-1].hidden = "Hidden" in "".join(self._parts)
            self._parts = None

    def text(self, text: str) -> None:
        if self._parts is not None:
            self._parts.append(text)

    def _start_cell(self, given: dict[str, str]) -> None:
        index = given.get("Index", "")
        if index.isdigit():
            self.sheets[-1].column = min(int(index) - 1, limits.COLUMNS * 2)
        down, across = given.get("MergeDown", "0"), given.get("MergeAcross", "0")
        self._span = (_span(down) + (down != "0"), _span(across) + (across != "0"))
        self._value = ""


def _list_column(sheet: _Table, given: dict[str, str]) -> None:
    index, span = given.get("Index", ""), given.get("Span", "0")
    first = int(index) - 1 if index.isdigit() else sheet.listed
    sheet.listed = first + 1 + (int(span) if span.isdigit() else 0)
    if given.get("Hidden") == "1" and first < limits.COLUMNS:
        sheet.layout.hidden_columns.append((first, min(sheet.listed, limits.COLUMNS) - 1))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _typed(text: str, kind: str, place: tuple[int, int]) -> Cell:
    if kind == "Number":
        try:
            return number_cell(float(text))
        except ValueError:
            return text_cell(text, place)
    if kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    if kind == "DateTime":
        return text.removesuffix(".000").replace("T", " ").removesuffix(" 00:00:00")
    return text_cell(text, place)
