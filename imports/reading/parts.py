"""The parts of an .xlsx that the quick parser keeps to itself: epoch, errors, empty formulas."""

import re
from dataclasses import dataclass

from imports.cleaning.values import FORMULA_WITHOUT_RESULT
from imports.reading.grid import parse_address
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


def read_markers(package: Package, path: str) -> dict[tuple[int, int], str]:
    """Cells of a sheet that hold an error, or a formula without a stored result."""
    content = package.read(path, SHARED_STRINGS_BYTES)
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
