"""Writers of the binary workbook formats: .xls (BIFF8 in a compound file) and .xlsb (BIFF12)."""

import datetime as dt
import struct
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tests.imports.samples.writers import Cell, Sheet, span, zipped


def xls(*sheets: Sheet, vba: bool = False, locked: bool = False) -> bytes:
    """An old workbook (BIFF8 in a compound file), with a macro project or a password if asked."""
    book = _biff(sheets, locked=locked)
    streams: list[tuple[tuple[str, ...], bytes]] = [(("Workbook",), book)]
    if vba:
        streams += [(("_VBA_PROJECT_CUR", "PROJECT"), b"ID="), (("_VBA_PROJECT_CUR", "dir"), b"\1")]
    return compound(streams)


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _wide(text: str, size: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack(f"<{size}B", len(raw) // 2, 1) + raw


def _biff(sheets: Sequence[Sheet], *, locked: bool) -> bytes:
    bof = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    head = bof + _record(0x0042, struct.pack("<H", 1200)) + _record(0x0022, bytes(2))
    head += _record(0x002F, bytes(54)) if locked else b""
    for number_format in (0, 14):
        head += _record(
            0x00E0, struct.pack("<HHHBBBBIIH", 0, number_format, 0, 0, 0, 0, 0, 0, 0, 0)
        )
    pages = [_biff_sheet(sheet) for sheet in sheets]
    names = [_wide(sheet.name, "B") for sheet in sheets]
    start = len(head) + sum(4 + 6 + len(name) for name in names) + 4
    listed = b""
    for sheet, name, page in zip(sheets, names, pages, strict=True):
        listed += _record(0x0085, struct.pack("<IBB", start, int(sheet.hidden), 0) + name)
        start += len(page)
    return head + listed + _record(0x000A) + b"".join(pages)


def _biff_sheet(sheet: Sheet) -> bytes:
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    for c in sheet.hidden_columns:
        body += _record(0x007D, struct.pack("<HHHHHH", c, c, 2048, 0, 1, 0))
    for r in sheet.hidden_rows:
        body += _record(0x0208, struct.pack("<HHHHHHHH", r - 1, 0, 9, 255, 0, 0, 0x20, 0))
    for r, row in enumerate(sheet.rows):
        for c, value in enumerate(row):
            body += _biff_cell(r, c, value)
    if sheet.merges:
        merges = b"".join(
            struct.pack("<HHHH", top, bottom, left, right)
            for top, left, bottom, right in map(span, sheet.merges)
        )
        body += _record(0x00E5, struct.pack("<H", len(sheet.merges)) + merges)
    return body + _record(0x000A)


def _biff_cell(row: int, column: int, value: Cell) -> bytes:
    if value is None:
        return b""
    codes = {"#REF!": 0x17, "#N/A": 0x2A, "#DIV/0!": 0x07}
    if isinstance(value, str) and value in codes:
        return _record(0x0205, struct.pack("<HHHBB", row, column, 0, codes[value], 1))
    if isinstance(value, str):
        return _record(0x0204, struct.pack("<HHH", row, column, 0) + _wide(value, "H"))
    if isinstance(value, dt.date):
        days = (dt.date(value.year, value.month, value.day) - dt.date(1899, 12, 30)).days
        return _record(0x0203, struct.pack("<HHHd", row, column, 1, days))
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, float(value)))


def xlsb(*sheets: Sheet) -> bytes:
    """A binary workbook (BIFF12 in a zip package)."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.ms-excel"
    overrides = _override("workbook.bin", f"{kinds}.sheet.binary.macroEnabled.main")
    listed, related = b"", ""
    parts: dict[str, str | bytes] = {}
    for number, sheet in enumerate(sheets, start=1):
        state = struct.pack("<II", int(sheet.hidden), number)
        listed += _long_record(156, state + _long_text(f"rId{number}") + _long_text(sheet.name))
        target = f"worksheets/sheet{number}.bin"
        related += f'<Relationship Id="rId{number}" Type="{office}/worksheet" Target="{target}"/>'
        parts[f"xl/worksheets/sheet{number}.bin"] = _xlsb_sheet(sheet)
        overrides += _override(target, f"{kinds}.worksheet")
    parts["xl/workbook.bin"] = (
        _long_record(131) + _long_record(143) + listed + _long_record(144) + _long_record(132)
    )
    parts["xl/_rels/workbook.bin.rels"] = (
        f'<Relationships xmlns="{package}/relationships">{related}</Relationships>'
    )
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1"'
        f' Type="{office}/officeDocument" Target="xl/workbook.bin"/></Relationships>'
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{package}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )
    return zipped(parts)


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="/xl/{part}" ContentType="{kind}"/>'


def _long_record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while length >= 128:
        size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
    return head + size + bytes([length]) + body


def _long_text(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def _xlsb_sheet(sheet: Sheet) -> bytes:
    height, width = len(sheet.rows), max(len(row) for row in sheet.rows)
    body = _long_record(129) + _long_record(148, struct.pack("<IIII", 0, height - 1, 0, width - 1))
    body += _long_record(390)
    for c in sheet.hidden_columns:
        body += _long_record(60, struct.pack("<IIIIH", c, c, 2304, 0, 1))
    body += _long_record(391) + _long_record(145)
    for r, row in enumerate(sheet.rows):
        hidden = 0x10 if r + 1 in sheet.hidden_rows else 0
        body += _long_record(0, struct.pack("<IIHBB", r, 0, 0, 0, hidden) + bytes(13))
        for c, value in enumerate(row):
            place = struct.pack("<II", c, 0)
            if isinstance(value, str):
                body += _long_record(6, place + _long_text(value))
            elif isinstance(value, int | float):
                body += _long_record(5, place + struct.pack("<d", value))
    body += _long_record(146) + _long_record(177, struct.pack("<I", len(sheet.merges)))
    for top, left, bottom, right in map(span, sheet.merges):
        body += _long_record(176, struct.pack("<IIII", top, bottom, left, right))
    return body + _long_record(178) + _long_record(130)


def compound(streams: Sequence[tuple[tuple[str, ...], bytes]]) -> bytes:
    """A compound file (OLE2) of these streams, each padded so that none is a short one."""
    return _Compound(streams).content()


class _Compound:
    """Lays sectors, allocation table and directory of a compound file."""

    SECTOR, FREE, END, TABLE, NONE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF

    def __init__(self, streams: Sequence[tuple[tuple[str, ...], bytes]]) -> None:
        self._sectors: list[bytes] = []
        self._table: list[int] = []
        self._names = ["Root Entry"]
        self._parents: list[int] = [-1]
        self._bodies: list[bytes | None] = [None]
        storages: dict[tuple[str, ...], int] = {(): 0}
        for path, body in streams:
            for depth in range(1, len(path)):
                if path[:depth] not in storages:
                    storages[path[:depth]] = self._add(
                        path[depth - 1], storages[path[: depth - 1]], None
                    )
            self._add(path[-1], storages[path[:-1]], body.ljust(4096, b"\0"))

    def content(self) -> bytes:
        """The file."""
        starts = {i: self._lay(b) for i, b in enumerate(self._bodies) if b is not None}
        directory = self._lay(self._directory(starts))
        count = 1
        while (len(self._table) + count) * 4 > count * self.SECTOR:
            count += 1
        first = len(self._sectors)
        table = self._table + [self.TABLE] * count
        table += [self.FREE] * (count * self.SECTOR // 4 - len(table))
        places = [first + i for i in range(count)] + [self.FREE] * (109 - count)
        numbers = (0, count, directory, 0, 4096, self.END, 0, self.END, 0, *places)
        magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        head = struct.pack("<8s16sHHHHH6s", magic, bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6))
        body = b"".join(self._sectors) + struct.pack(f"<{len(table)}I", *table)
        return head + struct.pack("<118I", *numbers) + body

    def _add(self, name: str, parent: int, body: bytes | None) -> int:
        self._names.append(name)
        self._parents.append(parent)
        self._bodies.append(body)
        return len(self._names) - 1

    def _lay(self, data: bytes) -> int:
        first = len(self._sectors)
        count = -(-len(data) // self.SECTOR)
        for i in range(count):
            self._sectors.append(
                data[i * self.SECTOR : (i + 1) * self.SECTOR].ljust(self.SECTOR, b"\0")
            )
            self._table.append(first + i + 1 if i < count - 1 else self.END)
        return first

    def _directory(self, starts: Mapping[int, int]) -> bytes:
        child = dict.fromkeys(range(len(self._names)), self.NONE)
        right = dict(child)
        for parent in set(self._parents) - {-1}:
            entries = [i for i, p in enumerate(self._parents) if p == parent]
            entries.sort(key=lambda i: (len(self._names[i]), self._names[i].upper()))
            child[parent] = entries[0]
            right.update(dict(pairwise(entries)))
        directory = b""
        for i, (name, body) in enumerate(zip(self._names, self._bodies, strict=True)):
            kind = 5 if i == 0 else 1 if body is None else 2
            raw = name.encode("utf-16-le")
            directory += struct.pack(
                "<64sHBBIII16sIQQIQ",
                raw,
                len(raw) + 2,
                kind,
                1,
                self.NONE,
                right[i],
                child[i],
                bytes(16),
                0,
                0,
                0,
                starts.get(i, self.END if i == 0 else 0),
                len(body or b""),
            )
        return directory.ljust(-(-len(directory) // self.SECTOR) * self.SECTOR, b"\0")
