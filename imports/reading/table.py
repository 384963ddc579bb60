"""A table found in a sheet, before its values are cleaned."""

from dataclasses import dataclass, field

from imports.cleaning.values import Cell
from imports.reading.bodies import RowKind
from imports.reading.columns import Plan
from imports.reading.corrections import Corrections, HeaderRows
from imports.reading.grid import letters

# The row and the column of a cell, from 0.
Place = tuple[int, int]


@dataclass(slots=True)
class TableColumn:
    """A column of a table: where it stands, what it is called, and its cells, one per record.

    A place below 0 stands in no column of the sheet (a heading over rows): it has no letter.
    """

    place: int
    header: str
    group: str
    values: list[Cell]
    unit: str = ""
    # Where each value stands (from 0), for the values of a form, which share no column.
    cells: list[Place] = field(default_factory=list)

    @property
    def letters(self) -> str:
        """The column as the spreadsheet program names it."""
        return letters(self.cells[0][1] if self.cells else self.place)

    def place_of(self, record: int, row: int) -> tuple[str, int]:
        """The letters and the row of a record's cell; ``row`` where the record stands."""
        if not self.cells:
            return self.letters, row
        number, column = self.cells[record]
        return letters(column), number + 1


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column of personal particulars: never handed on. ``content`` says what gave it away."""

    place: int
    header: str
    content: str = ""
    cells: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Rows (numbered as the spreadsheet shows them) that are no records, and what they are."""

    first: int
    last: int
    kind: str
    text: str = ""


@dataclass(slots=True)
class Table:
    """A table found in a sheet. Row numbers are those the spreadsheet shows; 0 is no header.

    ``last_row``: the last row of the part of the sheet that belongs to it.
    """

    sheet: str
    title: str
    header_first: int
    header_row: int
    last_row: int
    plan: str
    columns: list[TableColumn]
    rows: list[int]
    fields: dict[str, int]
    groups: dict[int, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    year: int | None = None
    # Fields whose column no header names: it was told by what stands there.
    guessed: list[str] = field(default_factory=list)
    # Fields whose column may be about somebody else: the value is told, not taken.
    doubtful: list[str] = field(default_factory=list)
    # Read from a form: there is no header row, and each value has a cell of its own.
    is_form: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller already knows: plans to choose from, headers set by hand, a name."""

    plans: tuple[Plan, ...]
    header_rows: tuple[HeaderRows, ...] | None = None
    file_name: str = ""
    corrections: Corrections = field(default_factory=Corrections)


def skip(table: Table, number: int, kind: RowKind, text: str) -> None:
    """Note a passed row; neighbours of the same kind make one span."""
    last = table.skipped[-1] if table.skipped else None
    joinable = kind not in {RowKind.GROUP, RowKind.TOTAL}
    if last and joinable and last.kind == kind.value and last.last == number:
        table.skipped[-1] = Skipped(last.first, number + 1, last.kind, last.text)
    else:
        table.skipped.append(Skipped(number + 1, number + 1, kind.value, text))
