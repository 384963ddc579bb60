"""Checks of an old .xls (a compound file) before any parser touches it, and what it hides."""

import io
import struct
from dataclasses import dataclass, field

import olefile

from imports.reading.grid import Layout
from imports.reading.messages import Refused

_BOF, _BOUNDSHEET, _FILEPASS, _DATEMODE = 0x0809, 0x0085, 0x002F, 0x0022
_FORMULA, _BOOLERR = 0x0006, 0x0205
_ROW, _COLUMN_INFO = 0x0208, 0x007D
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_OTHER_STREAMS = (("WordDocument", "Word文档"), ("PowerPoint Document", "演示文稿"))


@dataclass(slots=True)
class OldBook:
    """What the records of an .xls say that the parser does not pass on."""

    has_macros: bool = False
    epoch_1904: bool = False
    # By the place of the sheet in the workbook.
    layouts: dict[int, Layout] = field(default_factory=dict)


def inspect_compound(content: bytes) -> OldBook:
    """Refuse what is encrypted, cut or no workbook; tell macros, epoch and cells with errors."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            if ole.exists("EncryptedPackage") or ole.exists("EncryptionInfo"):
                raise Refused("encrypted")
            book = OldBook(has_macros=ole.exists("_VBA_PROJECT_CUR") or ole.exists("VBA"))
            stream = _workbook_stream(ole)
    except (OSError, struct.error, IndexError, ValueError, TypeError, OverflowError) as error:
        raise Refused("incomplete") from error
    _walk(stream, book)
    return book


def _workbook_stream(ole: olefile.OleFileIO) -> bytes:
    for name in ("Workbook", "WORKBOOK", "Book"):
        if ole.exists(name):
            return bytes(ole.openstream(name).read())
    for name, kind in _OTHER_STREAMS:
        if ole.exists(name):
            raise Refused("other_kind", kind=kind)
    raise Refused("not_a_sheet")


def _walk(stream: bytes, book: OldBook) -> None:
    """Step from record to record; sheets are told apart by the offsets the workbook lists."""
    starts: dict[int, int] = {}
    layout: Layout | None = None
    place, size = 0, len(stream)
    while place + 4 <= size:
        kind, length = struct.unpack_from("<HH", stream, place)
        body = place + 4
        if kind == _FILEPASS:
            raise Refused("encrypted")
        if kind == _BOUNDSHEET and length >= 4:
            starts[struct.unpack_from("<I", stream, body)[0]] = len(starts)
        elif kind == _BOF and place in starts:
            layout = book.layouts.setdefault(starts[place], Layout())
        elif kind == _DATEMODE and length >= 2:
            book.epoch_1904 = stream[body] == 1
        elif layout is not None and kind in {_FORMULA, _BOOLERR}:
            _note_error(stream[body : body + min(length, 14)], kind, layout.markers)
        elif layout is not None and kind in {_ROW, _COLUMN_INFO}:
            _note_hidden(stream[body : body + min(length, 16)], kind, layout)
        place = body + length


def _note_error(record: bytes, kind: int, cells: dict[tuple[int, int], str]) -> None:
    if kind == _BOOLERR and len(record) >= 8 and record[7] == 1:
        code = record[6]
    elif kind == _FORMULA and len(record) >= 14 and record[12:14] == b"\xff\xff" and record[6] == 2:
        code = record[8]
    else:
        return
    row, column = struct.unpack_from("<HH", record)
    cells[row, column] = _ERRORS.get(code, "#VALUE!")


def _note_hidden(record: bytes, kind: int, layout: Layout) -> None:
    if kind == _ROW and len(record) >= 14 and record[12] & _ROW_HIDDEN:
        layout.hide_row(struct.unpack_from("<H", record)[0])
    elif kind == _COLUMN_INFO and len(record) >= 10 and record[8] & _COLUMN_HIDDEN:
        first, last = struct.unpack_from("<HH", record)
        layout.hidden_columns.append((first, last))
