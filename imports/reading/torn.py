"""Names that a page too narrow tore into two rows, as a table pasted from a letter has them."""

from collections.abc import Mapping

from imports.cleaning.values import Cell
from imports.reading.content import kinds_of
from imports.reading.grid import Row
from imports.reading.headers import View

_LONGEST = 30


def join_torn(view: View, start: int, stop: int) -> None:
    """Put a name whose end stands alone in the next row together again; that row is blank then."""
    rows = view.grid.rows
    for number in range(max(start, 1), min(stop, len(rows))):
        row = rows[number]
        if not row or len(row) - row.count("") != 1:
            continue
        column = next(c for c, v in enumerate(row) if v != "")
        upper = view.filled(number - 1)
        if _is_torn(upper, column, row[column]) and _belongs(view, number, column):
            rows[number - 1] = _with(rows[number - 1], column, f"{upper[column]}{row[column]}")
            rows[number] = []


def _is_torn(upper: Mapping[int, Cell], column: int, end: Cell) -> bool:
    """Whether the two texts name an organisation together, and the upper one alone does not."""
    start = upper.get(column)
    if not isinstance(start, str) or not isinstance(end, str) or len(upper) < 2:
        return False
    if max(len(start), len(end)) > _LONGEST or "organisation" in kinds_of(start):
        return False
    return "company" in kinds_of(start + end) or "organisation" in kinds_of(start + end)


def _belongs(view: View, number: int, column: int) -> bool:
    """Whether merges cover the row beside its one cell, or the numbers go on without it."""
    if any(merge[0] < number <= merge[2] and merge[1] != column for merge in _merges(view, number)):
        return True
    counted = [min(view.filled(n).items(), default=(0, ""))[1] for n in (number - 1, number + 1)]
    first, following = counted
    return isinstance(first, int) and isinstance(following, int) and following == first + 1


def _merges(view: View, number: int) -> list[tuple[int, int, int, int]]:
    return [*view.by_row.get(number, ()), *view.by_row.get(number - 1, ())]


def _with(row: Row, column: int, value: Cell) -> Row:
    return [value if place == column else cell for place, cell in enumerate(row)]
