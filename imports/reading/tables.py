"""From a sheet's cells to its tables."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from imports.cleaning.values import Cell
from imports.reading.bodies import RowKind
from imports.reading.forms import find_forms, reads_across
from imports.reading.grid import Grid, Row, is_filled
from imports.reading.headers import View, find_header
from imports.reading.panels import panels
from imports.reading.records import TableReading
from imports.reading.sections import sections
from imports.reading.spread import spread_cells
from imports.reading.table import Table, Wanted, skip
from imports.reading.torn import join_torn


def find_tables(grid: Grid, wanted: Wanted) -> list[Table]:
    """Every table of a sheet that fits a plan, from top to bottom."""
    view = View(replace(grid, rows=list(grid.rows)))
    guessed = wanted.header_rows is None
    bare = guessed and (reads_across(view) or find_header(view, 0, len(grid.rows)) is None)
    if bare and (forms := find_forms(grid, wanted)):
        return forms
    tables: list[Table] = []
    start = 0
    for header, stop in sections(view, wanted.header_rows):
        join_torn(view, header.last + 1, stop)
        _fill_down(view, header.last + 1, stop)
        spread_cells(view, header, stop)
        above = header.first if header.has_words else header.last + 1
        preamble = [n for n in range(start, max(above, start)) if view.filled(n)]
        parts = (
            TableReading(view, wanted, part, stop, preamble).table()
            for part in panels(header, view, stop)
        )
        tables.extend(table for table in parts if table is not None)
        start = stop
    if tables:
        _share_year(tables)
        _account_for_the_rest(view, tables)
        return tables
    return find_forms(grid, wanted) if guessed and not bare else []


def _share_year(tables: Sequence[Table]) -> None:
    """The year over the first table holds for those below it: 2024年4月工作月报, 二、下月计划."""
    for above, table in pairwise(tables):
        table.year = table.year or above.year


def _account_for_the_rest(view: View, tables: list[Table]) -> None:
    """Rows of no table (a summary above the list) are told too: none is lost in silence."""
    told: set[int] = set()
    for table in tables:
        told.update(n - 1 for n in table.rows)
        told.update(range(table.header_first - 1, table.header_row))
        for span in table.skipped:
            told.update(range(span.first - 1, span.last))
    for number, row in enumerate(view.grid.rows):
        if number not in told and any(map(is_filled, row)):
            skip(tables[0], number, RowKind.UNKNOWN, "")


def _fill_down(view: View, start: int, stop: int) -> None:
    """Give the rows a vertical merge covers its value, where they hold something of their own."""
    rows = view.grid.rows
    own: dict[int, bool] = {}
    copied: set[int] = set()
    for first, left, last, _ in view.grid.merges:
        value = view.cell(first, left)
        if last <= first or not start <= first < stop or not is_filled(value):
            continue
        for number in range(first + 1, min(last + 1, stop)):
            if number not in own:
                own[number] = any(map(is_filled, rows[number]))
            if own[number] and not is_filled(view.cell(number, left)):
                # The cells of the file stay as they are: another reading may follow.
                rows[number] = rows[number] if number in copied else list(rows[number])
                copied.add(number)
                _put(rows[number], left, value)


def _put(row: Row, column: int, value: Cell) -> None:
    row.extend([""] * (column + 1 - len(row)))
    row[column] = value
