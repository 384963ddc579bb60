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

_VERSION = 1
_QUICK = 1
_LONGEST_HEADER = 20
_WORD = 0.5


def pack(book: Book, guessed: Sequence[Table], chosen: Sequence[Table]) -> bytes:
    """The book without what its tables leave out, as compressed JSON.

    ``guessed``: its tables as found without a person's choices, hidden sheets included;
    ``chosen``: those found under the choices.
    """
    told = {
        "version": _VERSION,
        "file": book.file,
        "kind": book.kind,
        "epoch_1904": book.epoch_1904,
        "notices": [_told(message) for message in book.notices],
        "passed_over": [[name, *_told(message)] for name, message in book.passed_over],
        "sheets": [_sheet(grid, _blanked(grid, guessed, chosen)) for grid in book.grids],
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), _QUICK)


def unpack(kept: bytes) -> dict[str, Any]:
    """The kept cells as plain data: file, kind, epoch_1904, and the sheets with their rows."""
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(kept, limits.UNPACKED_BYTES)
        told = json.loads(text)
    except (zlib.error, ValueError) as error:
        raise Refused("damaged") from error
    if not isinstance(told, dict) or told.get("version") != _VERSION:
        raise Refused("damaged")
    return told


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
