"""The patient reader of .xlsx: cell by cell, for sheets the quick parser cannot take.

It trusts no dimension, no count and no order, keeps only filled cells, and forgives a broken cell.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from xml.parsers import expat

from imports.cleaning.values import FORMULA_WITHOUT_RESULT, Cell
from imports.reading import limits
from imports.reading.cells import number_cell, text_cell
from imports.reading.grid import Grid, Layout, Merge, parse_address, stray_notice
from imports.reading.messages import Refused
from imports.reading.package import Package
from imports.reading.parts import SheetPart, WorkbookPart

# Numbers of the formats every spreadsheet program knows; 27–36 and 50–58 are the Chinese ones.
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_TRUE = {"1", "true"}
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE_LETTERS = re.compile(r"[dmhyse]", re.IGNORECASE)
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001


@dataclass(slots=True)
class _Styles:
    """Which cell styles show dates."""

    dates: set[int]
    epoch_1904: bool


def read_sparse(package: Package, workbook: WorkbookPart, sheet: SheetPart) -> Grid:
    """One sheet, read patiently."""
    strings = _shared_strings(package, workbook)
    styles = _Styles(_date_styles(package, workbook), workbook.epoch_1904)
    scanner = _SheetScanner(strings, styles)
    _scan(package.read(sheet.path, limits.UNPACKED_BYTES), scanner.start, scanner.end, scanner.text)
    return scanner.grid(sheet)


def _scan(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(_local(name), attributes)
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = _refuse_entities
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Refused("damaged") from error


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_entities(*_declaration: object) -> None:
    raise Refused("forbidden_content")


class _StringScanner:
    """Collects the shared strings, without the readings written above characters."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._parts: list[str] = []
        self._inside = False
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic += 1
        self._inside = name == "t" and not self._phonetic

    def end(self, name: str) -> None:
        self._inside = False
        if name == "si":
            self.strings.append("".join(self._parts))
        elif name == "rPh":
            self._phonetic -= 1

    def text(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)


@dataclass(slots=True)
class _SheetScanner:
    """Collects the filled cells and the merges of one sheet."""

    strings: list[str]
    styles: _Styles
    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    stray: list[tuple[int, int]] = field(default_factory=list)
    count: int = 0
    layout: Layout = field(default_factory=Layout)
    row: int = -1
    column: int = -1
    kind: str = "n"
    style: str = ""
    parts: list[str] = field(default_factory=list)
    inside: bool = False
    phonetic: bool = False
    formula: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            number = attributes.get("r", "")
            self.row = int(number) - 1 if number.isdigit() else self.row + 1
            self.column = -1
            if attributes.get("hidden") in _TRUE and self.row < limits.ROW_NUMBERS:
                self.layout.hide_row(self.row)
        elif name == "col":
            self._list_columns(attributes)
        elif name == "c":
            place = parse_address(attributes.get("r", ""))
            self.column = place[1] if place else self.column + 1
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
            self.parts, self.formula = [], False
        elif name == "f":
            self.formula = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "rPh":
            self.phonetic = True
        self.inside = name in {"v", "t"} and not self.phonetic

    def end(self, name: str) -> None:
        self.inside = False
        if name == "rPh":
            self.phonetic = False
        elif name == "c" and self.parts:
            self._keep(self._value("".join(self.parts)))
        elif name == "c" and self.formula and self.kind != "str":
            self._keep(FORMULA_WITHOUT_RESULT)

    def text(self, text: str) -> None:
        if self.inside:
            self.parts.append(text)

    def grid(self, sheet: SheetPart) -> Grid:
        """The cells as rows, strays named in a notice."""
        if self.stray and not self.cells:
            raise Refused("range_out_of_bounds", row=self.stray[0][0] + 1)
        grid = Grid(sheet.name, [], self.merges, sheet.hidden)
        grid.hidden_rows, grid.hidden_columns = self.layout.hidden_rows, self.layout.hidden_columns
        for row, column in self.stray[:1]:
            grid.notices.append(stray_notice(row, column))
        for row in sorted(self.cells):
            while len(grid.rows) < row:
                grid.rows.append([])
            filled = self.cells[row]
            grid.rows.append([filled.get(column, "") for column in range(max(filled) + 1)])
        return grid

    def _keep(self, value: Cell) -> None:
        if value == "":
            return
        if self.row >= limits.ROW_NUMBERS or self.column >= limits.COLUMNS:
            self._keep_stray()
            return
        self.count += 1
        if self.count > limits.CELLS:
            raise Refused("too_many_cells", limit=limits.CELLS)
        self.cells.setdefault(self.row, {})[self.column] = value

    def _keep_stray(self) -> None:
        self.stray.append((self.row, self.column))
        close = self.row - limits.ROW_NUMBERS in {0, 1}
        if len(self.stray) <= limits.STRAY_CELLS and not close:
            return
        if self.column >= limits.COLUMNS:
            raise Refused("too_many_columns", limit=limits.COLUMNS)
        raise Refused("too_many_rows", limit=limits.ROWS)

    def _value(self, text: str) -> Cell:
        place = (self.row, self.column)
        if self.kind == "s":
            index = int(text) if text.strip().isdigit() else -1
            if not 0 <= index < len(self.strings):
                raise Refused("damaged")
            return text_cell(self.strings[index], place)
        if self.kind == "b":
            return "TRUE" if text.strip() == "1" else "FALSE"
        if self.kind in {"str", "inlineStr", "e", "d"}:
            return text_cell(text.removesuffix("T00:00:00") if self.kind == "d" else text, place)
        return self._number(text, place)

    def _number(self, text: str, place: tuple[int, int]) -> Cell:
        try:
            number = float(text)
        except ValueError:
            return text_cell(text, place)
        if self.style.isdigit() and int(self.style) in self.styles.dates and 1 <= number < 2958466:
            moment = _EPOCHS[self.styles.epoch_1904] + timedelta(number)
            return moment.isoformat(" ", "seconds").removesuffix(" 00:00:00")
        return number_cell(number)

    def _list_columns(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in _TRUE and first.isdigit() and last.isdigit():
            self.layout.hidden_columns.append((int(first) - 1, int(last) - 1))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = parse_address(first), parse_address(last)
        if start and end and len(self.merges) < limits.MERGES:
            self.merges.append((*start, *end))


def _shared_strings(package: Package, workbook: WorkbookPart) -> list[str]:
    path = _related(workbook, "sharedStrings")
    scanner = _StringScanner()
    if content := package.read(path):
        _scan(content, scanner.start, scanner.end, scanner.text)
    return scanner.strings


def _date_styles(package: Package, workbook: WorkbookPart) -> set[int]:
    root = package.xml(_related(workbook, "styles"))
    if root is None:
        return set()
    space = root.tag.rpartition("}")[0] + "}"
    custom = {n.get("numFmtId"): n.get("formatCode", "") for n in root.iter(f"{space}numFmt")}
    styles = root.find(f"{space}cellXfs")
    return {
        index
        for index, style in enumerate(styles if styles is not None else ())
        if _shows_a_date(style.get("numFmtId", "0"), custom)
    }


def _shows_a_date(identifier: str, custom: Mapping[str | None, str]) -> bool:
    if identifier in custom:
        return bool(_DATE_LETTERS.search(_LITERALS.sub("", custom[identifier])))
    return identifier.isdigit() and int(identifier) in _BUILT_IN_DATES


def _related(workbook: WorkbookPart, kind: str) -> str:
    for found, target in workbook.related.values():
        if found == kind:
            return target
    return posixpath.join(posixpath.dirname(workbook.path), f"{kind}.xml")
