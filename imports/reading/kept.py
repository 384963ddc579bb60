"""The cells of a file as they may be stored: everything it says, without the personal columns.

They are enough to understand the file again under other choices, and to show its sheets.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from imports.cleaning.values import Cell
from imports.reading import limits
from imports.reading.content import SAMPLE, shares
from imports.reading.grid import Blanked, Book, Grid, Row, Span, is_filled
from imports.reading.messages import Message, Refused
from imports.reading.personal import is_personal_header, personal_content
from imports.reading.table import Table
from imports.reading.words import likeness

_MAGIC = b"TXCELLS2"
_LENGTH = 4  # bytes of the length of the head
_QUICK = 1
PIECE = 1_000  # rows compressed together
_LONGEST_HEADER = 20
_WORD = 0.5


def pack(book: Book, guessed: Sequence[Table], chosen: Sequence[Table]) -> bytes:
    """The book without what its tables leave out, as compressed JSON.

    ``guessed``: its tables as found without a person's choices, hidden sheets included;
    ``chosen``: those found under the choices. The rows follow in pieces, so that a page can look
    at a few of them.
    """
    pieces: list[bytes] = []
    sheets = []
    for grid in book.grids:
        told = _sheet(grid, _blanked(grid, guessed, chosen))
        rows = told.pop("rows")
        own = [_compressed(rows[n : n + PIECE]) for n in range(0, len(rows), PIECE)]
        sheets.append({**told, "height": len(rows), "pieces": [len(piece) for piece in own]})
        pieces += own
    head = _compressed(
        {
            "file": book.file,
            "kind": book.kind,
            "epoch_1904": book.epoch_1904,
            "notices": [_told(message) for message in book.notices],
            "passed_over": [[name, *_told(message)] for name, message in book.passed_over],
            "sheets": sheets,
        }
    )
    return b"".join([_MAGIC, len(head).to_bytes(_LENGTH), head, *pieces])


def unpack(kept: bytes) -> dict[str, Any]:
    """The kept cells as plain data: file, kind, epoch_1904, and the sheets with their rows."""
    told, start = _head(kept)
    left = limits.UNPACKED_BYTES
    for sheet in told["sheets"]:
        sheet["rows"] = []
        for length in sheet["pieces"]:
            rows, used = _expanded(kept[start : start + length], left)
            sheet["rows"] += rows
            start, left = start + length, left - used
    return told


def look(kept: bytes, name: str, first: int, last: int) -> dict[str, Any] | None:
    """One sheet as `unpack` gives it, but only the rows from ``first`` to ``last`` filled.

    So are those at the top. Rows are counted from 0; None when there is no such sheet.
    """
    told, start = _head(kept)
    for sheet in told["sheets"]:
        if sheet["name"] != name:
            start += sum(sheet["pieces"])
            continue
        sheet["rows"] = [[]] * sheet["height"]
        for number, length in enumerate(sheet["pieces"]):
            if number == 0 or first // PIECE <= number <= last // PIECE:
                rows, _used = _expanded(kept[start : start + length], limits.UNPACKED_BYTES)
                sheet["rows"][number * PIECE : number * PIECE + len(rows)] = rows
            start += length
        return dict(sheet)
    return None


def _head(kept: bytes) -> tuple[dict[str, Any], int]:
    """All but the rows, and where those start."""
    begin = len(_MAGIC) + _LENGTH
    end = begin + int.from_bytes(kept[len(_MAGIC) : begin])
    if not kept.startswith(_MAGIC):
        raise Refused("damaged")
    told, _used = _expanded(kept[begin:end], limits.UNPACKED_BYTES)
    return told, end


def _compressed(told: Any) -> bytes:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), _QUICK)


def _expanded(piece: bytes, most: int) -> tuple[Any, int]:
    """What was compressed, and how large it is."""
    try:
        text = zlib.decompressobj().decompress(piece, max(most, 1))
        return json.loads(text), len(text)
    except (zlib.error, ValueError) as error:
        raise Refused("damaged") from error


def book_of(kept: bytes) -> Book:
    """The kept cells as the book they came from."""
    told = unpack(kept)
    return Book(
        kind=told["kind"],
        grids=[_grid(sheet) for sheet in told["sheets"]],
        notices=[Message(code, parameters) for code, parameters in told["notices"]],
        passed_over=[(name, Message(*message)) for name, *message in told["passed_over"]],
        epoch_1904=told["epoch_1904"],
        file=told["file"],
    )


def _told(message: Message) -> list[Any]:
    return [message.code, dict(message.parameters)]


def _sheet(grid: Grid, blanked: Sequence[Blanked]) -> dict[str, Any]:
    return {
        "name": grid.name,
        "hidden": grid.hidden,
        "rows": _without(grid, blanked),
        "merges": grid.merges,
        "hidden_rows": grid.hidden_rows,
        "hidden_columns": grid.hidden_columns,
        "left_out": blanked,
        "notices": [_told(message) for message in grid.notices],
    }


def _grid(sheet: dict[str, Any]) -> Grid:
    return Grid(
        name=sheet["name"],
        rows=sheet["rows"],
        merges=[(a, b, c, d) for a, b, c, d in sheet["merges"]],
        hidden=sheet["hidden"],
        notices=[Message(code, parameters) for code, parameters in sheet["notices"]],
        hidden_rows=[(first, last) for first, last in sheet["hidden_rows"]],
        hidden_columns=[(first, last) for first, last in sheet["hidden_columns"]],
        blanked=[Blanked(*one) for one in sheet["left_out"]],
    )


def _without(grid: Grid, blanked: Sequence[Blanked]) -> list[list[Any]]:
    if not blanked:
        return grid.rows
    rows = [list(row) for row in grid.rows]
    for span in blanked:
        for row in rows[span.first : span.last + 1]:
            if span.column < len(row):
                row[span.column] = ""
    return rows


def _blanked(grid: Grid, guessed: Sequence[Table], chosen: Sequence[Table]) -> list[Blanked]:
    """What the tables leave out, and what looks like it in the rows of no table."""
    mine = [table for table in guessed if table.sheet == grid.name]
    covered = {n for t in mine for n in range(max(t.header_first - 1, 0), t.last_row)}
    free = [n for n, row in enumerate(grid.rows) if n not in covered and any(map(is_filled, row))]
    found = [*grid.blanked, *_left_out(mine), *(_outside(grid, free) if free else ())]
    return [*found, *_left_out(t for t in chosen if t.sheet == grid.name)]


def _left_out(tables: Iterable[Table]) -> Iterator[Blanked]:
    for table in tables:
        for column in table.left_out:
            for row, place in column.cells:
                yield Blanked(row, row, place, column.header, column.content)
            if table.is_form:
                continue
            rows = (table.header_row, table.last_row - 1)
            yield Blanked(*rows, column.place, column.header, column.content)


def _outside(grid: Grid, free: Sequence[int]) -> Iterator[Blanked]:
    """In rows of no table: what stands under, or right of, a word that asks for particulars."""
    for first, last in _runs(free):
        for number in range(first, last + 1):
            yield from _asked_for(grid.rows[number], number, last)
    for column in range(max(len(grid.rows[n]) for n in free)):
        rows = (grid.rows[n] for n in free[: SAMPLE * 2])
        cells = [row[column] for row in rows if column < len(row)]
        if content := personal_content(shares(cells)):
            yield Blanked(free[0], free[-1], column, "", content)


def _runs(numbers: Sequence[int]) -> Iterator[Span]:
    """Neighbouring numbers as spans."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number > last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def _asked_for(row: Row, number: int, last: int) -> Iterator[Blanked]:
    """What a row's own words show to be personal: the column below, the value of a form."""
    several = sum(map(is_filled, row)) > 1
    for column, cell in enumerate(row):
        if not _asks(cell):
            continue
        if several and number < last:
            yield Blanked(number + 1, last, column, str(cell), "")
        beside = next((c for c in range(column + 1, len(row)) if is_filled(row[c])), column)
        if beside > column and likeness(row[beside]) < _WORD:
            yield Blanked(number, number, beside, str(cell), "")


def _asks(cell: Cell) -> bool:
    short = isinstance(cell, str) and len(cell) <= _LONGEST_HEADER and cell[:1] != "#"
    return short and is_personal_header(str(cell))
