"""Merged cells of an OpenDocument sheet, which the parser does not give."""

from xml.parsers import expat

from imports.reading.grid import Merge
from imports.reading.limits import MERGES
from imports.reading.messages import Refused


def read_merges(content: bytes) -> dict[str, list[Merge]]:
    """The merges of each sheet of a content.xml, by the sheet's name."""
    scanner = _MergeScanner()
    parser = expat.ParserCreate()
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Refused("damaged") from error
    return scanner.merges


class _MergeScanner:
    def __init__(self) -> None:
        self.merges: dict[str, list[Merge]] = {}
        self._found: list[Merge] = []
        self._row = self._column = self._repeated = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._found = self.merges.setdefault(attributes.get("table:name", ""), [])
            self._row = 0
        elif name == "table:table-row":
            self._column = 0
            self._repeated = _count(attributes, "table:number-rows-repeated")
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            rows = _count(attributes, "table:number-rows-spanned")
            columns = _count(attributes, "table:number-columns-spanned")
            if rows * columns > 1 and len(self._found) < MERGES:
                last = (self._row + rows - 1, self._column + columns - 1)
                self._found.append((self._row, self._column, *last))
            self._column += _count(attributes, "table:number-columns-repeated")

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._repeated


def _count(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "1")
    return int(value) if value.isdigit() else 1
