"""What an .xlsb says of its sheets beside their values: epoch, merges, hidden rows and columns."""

import struct
from collections.abc import Iterator

from imports.reading.grid import Layout
from imports.reading.limits import COLUMNS, MERGES, UNPACKED_BYTES
from imports.reading.package import Package

_BOOK = "xl/workbook.bin"
# Kinds of records, by their number in MS-XLSB.
_ROW, _COLUMNS, _PROPERTIES, _SHEET, _MERGE = 0, 60, 153, 156, 176
_ROW_HIDDEN, _COLUMN_HIDDEN, _EPOCH_1904 = 0x10, 0x01, 0x01

_Record = tuple[int, bytes]


def has_epoch_1904(package: Package) -> bool:
    """Whether dates count from 1904."""
    properties = (body for kind, body in _records(_part(package, _BOOK)) if kind == _PROPERTIES)
    return any(body[:1] and body[0] & _EPOCH_1904 for body in properties)


def read_layouts(package: Package) -> dict[str, Layout]:
    """The layout of each sheet, by the sheet's name."""
    related = package.related(_BOOK)
    layouts: dict[str, Layout] = {}
    for kind, body in _records(_part(package, _BOOK)):
        if kind == _SHEET and len(body) >= 12:
            relation, after = _text(body, 8)
            name, _ = _text(body, after)
            _, path = related.get(relation, ("", ""))
            layouts[name] = _layout(_part(package, path))
    return layouts


def _part(package: Package, path: str) -> bytes:
    return package.read(path, UNPACKED_BYTES)


def _layout(content: bytes) -> Layout:
    layout = Layout()
    for kind, body in _records(content, {_ROW, _COLUMNS, _MERGE}):
        if kind == _ROW and len(body) >= 12 and body[11] & _ROW_HIDDEN:
            layout.hide_row(struct.unpack_from("<I", body)[0])
        elif kind == _COLUMNS and len(body) >= 17 and body[16] & _COLUMN_HIDDEN:
            first, last = struct.unpack_from("<II", body)
            if first < COLUMNS:
                layout.hidden_columns.append((first, min(last, COLUMNS - 1)))
        elif kind == _MERGE and len(body) >= 16 and len(layout.merges) < MERGES:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            layout.merges.append((top, left, bottom, right))
    return layout


def _records(content: bytes, wanted: set[int] | None = None) -> Iterator[_Record]:
    """The records of a part, those of the kinds wanted; a broken end ends them."""
    place, size = 0, len(content)
    while place + 2 <= size:
        kind = content[place]
        place += 1
        if kind & 0x80:
            kind = kind & 0x7F | (content[place] & 0x7F) << 7
            place += 1
        length = shift = 0
        while place < size and shift < 28:
            byte = content[place]
            place += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if wanted is None or kind in wanted:
            yield kind, content[place : place + length]
        place += length


def _text(body: bytes, place: int) -> tuple[str, int]:
    """A counted text, and where it ends."""
    if place + 4 > len(body):
        return "", place
    end = place + 4 + 2 * int(struct.unpack_from("<I", body, place)[0])
    return body[place + 4 : end].decode("utf-16-le", "replace"), end
