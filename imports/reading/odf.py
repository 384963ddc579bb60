"""What an OpenDocument sheet says beside its values: merges, hidden rows and columns."""

from xml.parsers import expat

from imports.reading.grid import Layout
from imports.reading.limits import COLUMNS, MERGES, ROW_NUMBERS
from imports.reading.messages import Refused

_HIDDEN = {"collapse", "filter"}


def read_layouts(content: bytes) -> dict[str, Layout]:
    """The layout of each sheet of a content.xml, by the sheet's name."""
    scanner = _LayoutScanner()
    parser = expat.ParserCreate()
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Refused("damaged") from error
    return scanner.layouts


class _LayoutScanner:
    def __init__(self) -> None:
        self.layouts: dict[str, Layout] = {}
        self._layout = Layout()
        self._row = self._column = self._repeated = self._listed = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._layout = self.layouts.setdefault(attributes.get("table:name", ""), Layout())
            self._row = self._listed = 0
        elif name == "table:table-row":
            self._column = 0
            self._repeated = _count(attributes, "table:number-rows-repeated")
            if attributes.get("table:visibility") in _HIDDEN:
                self._hide_rows()
        elif name == "table:table-column":
            self._list_columns(attributes)
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._note_merge(attributes)
            self._column += _count(attributes, "table:number-columns-repeated")

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._repeated

    def _hide_rows(self) -> None:
        for row in range(self._row, min(self._row + self._repeated, ROW_NUMBERS)):
            self._layout.hide_row(row)

    def _list_columns(self, attributes: dict[str, str]) -> None:
        count = _count(attributes, "table:number-columns-repeated")
        first, self._listed = self._listed, self._listed + count
        if attributes.get("table:visibility") in _HIDDEN and first < COLUMNS:
            self._layout.hidden_columns.append((first, min(first + count, COLUMNS) - 1))

    def _note_merge(self, attributes: dict[str, str]) -> None:
        rows = _count(attributes, "table:number-rows-spanned")
        columns = _count(attributes, "table:number-columns-spanned")
        if rows * columns > 1 and len(self._layout.merges) < MERGES:
            last = (self._row + rows - 1, self._column + columns - 1)
            self._layout.merges.append((self._row, self._column, *last))


def _count(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "1")
    return int(value) if value.isdigit() else 1
