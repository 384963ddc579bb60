"""The parts of an .xlsx that the quick parser keeps to itself: epoch, errors, empty formulas."""

import re
from dataclasses import dataclass

from imports.cleaning.values import FORMULA_WITHOUT_RESULT
from imports.reading.grid import Layout, parse_address
from imports.reading.limits import SHARED_STRINGS_BYTES
from imports.reading.messages import Refused
from imports.reading.package import Package

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_TRUE = {"1", "true", "on"}

# A cell with an error, and a formula cell whose result was never stored. Text formulas may well
# have "" for their result, so t="str" does not count as missing.
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+[0-9]+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?'
    rb"<(?:\w+:)?v>([^<]*)<",
    re.S,
)
_EMPTY_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*\br="([A-Z]+[0-9]+)"[^>/]*>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>",
)


_HIDDEN_ROW = re.compile(
    rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="([0-9]{1,7})"[^>]*>'
)
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_FIRST = re.compile(rb'\bmin="([0-9]{1,5})"')
_LAST = re.compile(rb'\bmax="([0-9]{1,5})"')


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet as the workbook lists it."""

    name: str
    path: str
    hidden: bool
    is_worksheet: bool


@dataclass(frozen=True, slots=True)
class WorkbookPart:
    """What the workbook part says: its sheets in order, and the epoch of its dates."""

    path: str
    sheets: tuple[SheetPart, ...]
    epoch_1904: bool
    related: dict[str, tuple[str, str]]


def read_workbook_part(package: Package) -> WorkbookPart:
    """The workbook of an .xlsx; a package without one is damaged."""
    path = _workbook_path(package)
    root = package.xml(path)
    if root is None:
        raise Refused("damaged")
    related = package.related(path)
    properties = root.find(f"{_MAIN}workbookPr")
    epoch = properties is not None and properties.get("date1904", "").lower() in _TRUE
    sheets = []
    for sheet in root.iter(
        f"{_MAIN}sheet",
    ):
        kind, target = related.get(
            sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or "", ("", "")
        )
        hidden = sheet.get("state", "visible") != "visible"
        sheets.append(SheetPart(sheet.get("name", ""), target, hidden, kind == "worksheet"))
    return WorkbookPart(path, tuple(sheets), epoch, related)


def read_layout(package: Package, path: str) -> Layout:
    """Cells that hold an error or a formula without a stored result; hidden rows and columns."""
    content = package.read(path, SHARED_STRINGS_BYTES)
    layout = Layout(_markers(content))
    if b"hidden=" in content:
        for match in _HIDDEN_ROW.finditer(content):
            layout.hide_row(int(match[1]) - 1)
        layout.hidden_columns = [
            (int(first[1]) - 1, int(last[1]) - 1)
            for match in _HIDDEN_COLUMN.finditer(content)
            if (first := _FIRST.search(match[0])) and (last := _LAST.search(match[0]))
        ]
    return layout


def _markers(content: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    if b'"e"' in content:
        for match in _ERROR_CELL.finditer(content):
            if place := parse_address(match[1].decode()):
                found[place] = match[2].decode("utf-8", "replace") or "#VALUE!"
    if any(tag in content for tag in (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")):
        for match in _EMPTY_FORMULA.finditer(content):
            if place := parse_address(match[1].decode()):
                found[place] = FORMULA_WITHOUT_RESULT
    return found


def _workbook_path(package: Package) -> str:
    for kind, target in package.related("").values():
        if kind == "officeDocument":
            return target
    return "xl/workbook.xml"
