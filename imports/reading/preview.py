"""The top of a sheet as the person sees it, with the columns about private persons blanked."""

import re

from imports.cleaning.values import Cell, number_text
from imports.reading.content import shares
from imports.reading.grid import Grid
from imports.reading.personal import is_personal_header, personal_content
from imports.reading.table import Table

ROWS, COLUMNS, CHARACTERS = 40, 40, 60
BLANKED = "■■"


def head(grid: Grid, tables: list[Table]) -> list[list[str]]:
    """The first rows and columns, each cell cut short; a blanked cell shows ■■."""
    hidden = {column.place for table in tables for column in table.left_out}
    listed = (table for table in tables if not table.is_form)
    hidden |= {place for t in listed for column in t.left_out for _, place in column.cells}
    hidden |= {c for c in range(COLUMNS) if _is_personal(grid, c)}
    return [
        [_shown(cell, blanked=c in hidden) for c, cell in enumerate(row[:COLUMNS])]
        for row in grid.rows[:ROWS]
    ]


def _is_personal(grid: Grid, column: int) -> bool:
    cells = [row[column] for row in grid.rows[:ROWS] if column < len(row)]
    named = any(isinstance(cell, str) and is_personal_header(cell) for cell in cells[:15])
    return named or bool(personal_content(shares(cells)))


def _shown(cell: Cell, *, blanked: bool) -> str:
    text = cell if isinstance(cell, str) else number_text(cell)
    is_header = is_personal_header(text) and not re.search("[:：].", text)
    if blanked and text and not is_header:
        return BLANKED
    return text[:CHARACTERS]
