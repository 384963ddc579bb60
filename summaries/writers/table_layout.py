"""What the cells of a printed table say, and how its columns share the width of the page."""

from collections.abc import Sequence
from datetime import date, datetime

from summaries.writers.document import Column, ColumnKind, Table, Value, cell_value, is_number
from summaries.writers.wording import (
    NO_VALUE,
    chinese_date,
    chinese_moment,
    clean_text,
    display_width,
    format_number,
)

_PADDING = 1.0  # characters: the margins of a cell, and fonts that run wider than their grid
_SPACED_DATE = 1.5  # some programs put a quarter between 年 and its digits
_NARROWEST = 2.0
_WIDEST_TEXT = 40.0
_READABLE_TEXT = 8.0  # below this a column of words becomes a column of single characters


def cell_text(value: Value, column: Column) -> str:
    """What a cell says in print: a missing number is told as such, missing words stay empty."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, datetime):
        return chinese_moment(value)
    if isinstance(value, date):
        return chinese_date(value)
    if value is not None and column.kind is ColumnKind.CODE:
        return str(value)
    if value is not None and is_number(value):
        return format_number(value)
    return NO_VALUE if column.kind is ColumnKind.NUMBER else ""


def needs_lying_page(table: Table, page_characters: float) -> bool:
    """Whether an upright page of that many table characters is too narrow to read the table."""
    needed = sum(
        min(width, _READABLE_TEXT + _PADDING) if column.kind is ColumnKind.TEXT else width
        for column, width in zip(table.columns, _wanted_widths(table), strict=True)
    )
    return needed > page_characters


def share_width(table: Table, total: int, page_characters: float) -> list[int]:
    """Divide `total` twips: numbers, codes and dates never wrap while words can give way."""
    wanted = _wanted_widths(table, whole_headings=True)
    if sum(wanted) > page_characters:
        wanted = _wanted_widths(table)
    if sum(wanted) > page_characters:
        wanted = _squeeze_words(table.columns, wanted, page_characters)
    scale = total / sum(wanted)
    ends = [round(scale * sum(wanted[: place + 1])) for place in range(len(wanted))]
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _wanted_widths(table: Table, *, whole_headings: bool = False) -> list[float]:
    lines = (*table.rows, table.total) if table.total is not None else table.rows
    widths = []
    for place, column in enumerate(table.columns):
        longest = max(
            (_longest_line(cell_text(cell_value(line[place]), column)) for line in lines),
            default=0.0,
        )
        if column.kind is ColumnKind.DATE:
            longest += _SPACED_DATE
        heading = display_width(column.title)
        if not whole_headings and heading > 4:  # it may stand on two lines
            heading = max(4.0, (heading + 1) // 2)
        widths.append(max(_NARROWEST, heading, min(longest, _WIDEST_TEXT)) + _PADDING)
    return widths


def _longest_line(text: str) -> float:
    return max(display_width(line) for line in text.split("\n"))


def _squeeze_words(
    columns: Sequence[Column], wanted: list[float], page_characters: float
) -> list[float]:
    """Let columns of words share what the others leave, the short ones keeping what they need."""
    words = [place for place, column in enumerate(columns) if column.kind is ColumnKind.TEXT]
    left = page_characters - sum(width for place, width in enumerate(wanted) if place not in words)
    widths = list(wanted)
    for done, place in enumerate(sorted(words, key=lambda place: wanted[place])):
        fair = max(left / (len(words) - done), _NARROWEST + _PADDING)
        widths[place] = min(wanted[place], fair)
        left -= widths[place]
    return widths
