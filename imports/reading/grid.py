"""A sheet as rows of cells with their addresses, before anything is understood."""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import NamedTuple

from imports.cleaning.values import Cell
from imports.reading.messages import Message

Row = list[Cell]
# First row, first column, last row, last column; all counted from 0, all included.
Merge = tuple[int, int, int, int]
Span = tuple[int, int]
# Names of the hidden sheets that are to be read all the same.
HiddenSheets = Container[str]


class EverySheet:
    """Every name there is."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str)


class Blanked(NamedTuple):
    """Rows of a column whose personal particulars were taken out of kept cells; all from 0."""

    first: int
    last: int
    column: int
    header: str
    content: str


@dataclass(slots=True)
class Grid:
    """One sheet: row 0 of ``rows`` is row 1 of the spreadsheet; rows may differ in length.

    ``hidden_rows`` and ``hidden_columns`` are the first and last of each span, from 0.
    """

    name: str
    rows: list[Row]
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    notices: list[Message] = field(default_factory=list)
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    blanked: list[Blanked] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """What a file says of a sheet beside its values.

    ``markers``: cells with an error of a formula, or a formula without a result, by row and column.
    """

    markers: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)

    def hide_row(self, row: int) -> None:
        """Note a hidden row; rows come from top to bottom."""
        if self.hidden_rows and self.hidden_rows[-1][1] >= row - 1:
            self.hidden_rows[-1] = (self.hidden_rows[-1][0], max(row, self.hidden_rows[-1][1]))
        elif len(self.hidden_rows) < _MOST_SPANS:
            self.hidden_rows.append((row, row))


@dataclass(slots=True)
class Book:
    """A file read into sheets, with what there is to say of it as a whole."""

    kind: str
    grids: list[Grid]
    notices: list[Message] = field(default_factory=list)
    # Sheets not read, and why (hidden, empty, charts), in the order of the workbook.
    passed_over: list[tuple[str, Message]] = field(default_factory=list)
    epoch_1904: bool = False
    file: str = ""


_MOST_SPANS = 10_000
_REFERENCE = re.compile(r"([A-Z]{1,7})([0-9]{1,10})")


def letters(column: int) -> str:
    """The column's letters, counted from 0: 0 → A, 26 → AA; "" below 0."""
    name = ""
    column += 1
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    """The cell as a spreadsheet program names it; both counted from 0."""
    return f"{letters(column)}{row + 1}"


def parse_address(reference: str) -> tuple[int, int] | None:
    """Row and column from 0 of "C7"; None for what is no address."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def is_filled(cell: Cell) -> bool:
    """Whether anything stands in the cell."""
    return cell != ""


def stray_notice(row: int, column: int) -> Message:
    """What is said of a cell far away from everything else."""
    return Message("stray_cell", {"row": row + 1, "address": address(row, column)})
