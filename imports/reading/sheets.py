"""The tables of every sheet of a book, by what was guessed and what a person corrected."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from imports.reading.columns import Plan
from imports.reading.corrections import Corrections, table_key
from imports.reading.exchange import SheetSummary
from imports.reading.grid import Book, Grid, Span, letters
from imports.reading.messages import Message, Refused
from imports.reading.own import is_own
from imports.reading.preview import head
from imports.reading.table import Table, Wanted
from imports.reading.tables import find_tables
from imports.reading.vocabulary import PLANS
from imports.reading.words import also_known

_SPANS_TOLD = 10


class Understood(NamedTuple):
    """The tables taken, what became of each sheet, and what there is to say of the file."""

    tables: list[Table]
    sheets: list[SheetSummary]
    notices: list[Message]


def understand(book: Book, corrections: Corrections) -> Understood:
    """The tables of a book under a person's choices."""
    if not book.grids:
        raise Refused("nothing_inside")
    tables: list[Table] = []
    sheets = [SheetSummary(name, message) for name, message in book.passed_over]
    notices = list(book.notices)
    with also_known(corrections.words()):
        for grid in book.grids:
            found, summary = _sheet(grid, book.file, corrections)
            tables.extend(found)
            sheets.append(summary)
            if summary.tables or not grid.hidden:
                notices += [*grid.notices, *_hidden_parts(grid, found)]
    return Understood(tables, sheets, notices)


def without_choices(book: Book) -> list[Table]:
    """The tables guessed on every sheet, hidden ones included: what any choice may come upon."""
    wanted = Corrections(sheets={grid.name: True for grid in book.grids})
    return understand(book, wanted).tables


def _hidden_parts(grid: Grid, found: Sequence[Table]) -> Iterator[Message]:
    """Hidden rows and columns are read like any other; that they were hidden is said."""
    records = {row - 1 for table in found for row in table.rows}
    rows = [(a, b) for a, b in grid.hidden_rows if any(n in records for n in range(a, b + 1))]
    used = {column.place for table in found for column in table.columns}
    columns = [(a, b) for a, b in grid.hidden_columns if any(c in used for c in range(a, b + 1))]
    told = {"sheet": grid.name}
    if rows:
        yield Message("hidden_rows", {**told, "rows": _spans(rows, lambda n: str(n + 1))})
    if columns:
        yield Message("hidden_columns", {**told, "columns": _spans(columns, letters)})


def _spans(spans: Sequence[Span], named: Callable[[int], str]) -> str:
    words = [named(a) if a == b else f"{named(a)}–{named(b)}" for a, b in spans]
    return "、".join(words[:_SPANS_TOLD]) + ("…" if len(words) > _SPANS_TOLD else "")


def plans_of(corrections: Corrections) -> tuple[Plan, ...]:
    """The plans to choose from, with the words an administrator added."""
    names = [corrections.plan] if corrections.plan else list(PLANS)
    return tuple(PLANS[name].with_synonyms(corrections.synonyms.get(name, {})) for name in names)


def _sheet(
    grid: Grid, file_name: str, corrections: Corrections
) -> tuple[list[Table], SheetSummary]:
    wanted = corrections.sheets.get(grid.name, not grid.hidden and not is_own(grid.rows))
    if not wanted:
        told = Message(_why_passed_over(grid))
        return [], SheetSummary(grid.name, told, 0, head(grid, []), grid.hidden)
    plans = plans_of(corrections)
    rows = corrections.header_rows.get(grid.name)
    header_rows = None if rows is None else tuple(rows)
    found = find_tables(grid, Wanted(plans, header_rows, file_name, corrections))
    told = Message("taken", {"count": len(found)}) if found else _nothing_found(plans)
    summary = SheetSummary(grid.name, told, len(found), head(grid, found), grid.hidden)
    left = set(corrections.left_tables)
    return [t for t in found if table_key(t.sheet, t.header_row) not in left], summary


def _why_passed_over(grid: Grid) -> str:
    if is_own(grid.rows):
        return "own_sheet"
    return "hidden_sheet" if grid.hidden else "sheet_not_chosen"


def _nothing_found(plans: Sequence[Plan]) -> Message:
    titles = "、".join(plan.column(plan.heads[0]).title for plan in plans)
    return Message("no_table", {"wanted": f"“{titles}”"})
