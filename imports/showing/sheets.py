"""A kept sheet as the page of its understanding shows it: its rows, and what each was taken for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from imports.cleaning.values import number_text
from imports.models import Batch, KeptGrid
from imports.reading.grid import letters
from imports.reading.kept import look
from imports.reading.messages import Refused

ROWS_SHOWN = 30
ABOVE_HEADER = 6  # rows shown over the header of a table further down
COLUMNS_SHOWN = 80
CHARACTERS = 80

KIND_WORDS: dict[str, Promise] = {
    "header": _("表头"),
    "title": _("标题"),
    "instruction": _("填写说明"),
    "index": _("栏次"),
    "header_again": _("重复表头"),
    "group": _("分组"),
    "total": _("合计"),
    "note": _("备注说明"),
    "signature": _("落款"),
    "example": _("填写示例"),
    "numbered_only": _("只有序号"),
    "elsewhere": _("不导入"),
    "unknown": _("不导入"),
}

Sheet = Mapping[str, Any]
Table = Mapping[str, Any]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell: its text, the columns and rows it is merged over, what becomes of its column."""

    text: str
    across: int = 1
    down: int = 1
    is_left_out: bool = False
    is_unused: bool = False


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A row with its number in the sheet and, where it is no record, the word for what it is."""

    number: int
    kind: str
    words: str | Promise
    cells: Sequence[ShownCell]


@dataclass(frozen=True, slots=True)
class Window:
    """The rows of a sheet that are shown: counted from 1, ``last`` included."""

    first: int
    last: int
    total: int
    lines: Sequence[ShownLine] = field(default_factory=tuple)

    @property
    def earlier(self) -> int:
        """The first row of the rows above, 0 when there are none."""
        return max(self.first - ROWS_SHOWN, 1) if self.first > 1 else 0

    @property
    def later(self) -> int:
        """The first row of the rows below, 0 when there are none."""
        return self.last + 1 if self.last < self.total else 0


def kept_sheet(batch: Batch, name: str, first: int) -> Sheet | None:
    """The cells of a sheet around a row, counted from 1; None when they are kept no longer."""
    kept = KeptGrid.objects.filter(batch=batch).first()
    try:
        return look(bytes(kept.content), name, first - 1, first + ROWS_SHOWN) if kept else None
    except Refused:
        return None


def places_of(sheet: Sheet, tables: Sequence[Table]) -> list[str]:
    """The letters of the columns to show: as many as the sheet fills, the tables' own at least."""
    width = max((len(row) for row in sheet["rows"]), default=0)
    named = [len(table["columns"]) for table in tables]
    return [letters(place) for place in range(min(max([width, *named, 1]), COLUMNS_SHOWN))]


def start_of(table: Table | None) -> int:
    """The row from which a table is looked at: the sheet's first, unless it stands further down."""
    first = int(table["header_first"]) if table else 1
    return 1 if first <= ROWS_SHOWN // 2 else first - ABOVE_HEADER


def window(sheet: Sheet, tables: Sequence[Table], first: int, used: Sequence[bool]) -> Window:
    """Thirty rows of a sheet from ``first`` on, each with what it was taken for.

    ``used`` says of each column shown whether something is imported from it.
    """
    total = len(sheet["rows"])
    first = min(max(first, 1), max(total, 1))
    last = min(first + ROWS_SHOWN - 1, total)
    kinds = _kinds(tables, first, last)
    covered, spans = _merged(sheet, first - 1, last - 1, len(used))
    lines = [
        ShownLine(
            number=number + 1,
            kind=kinds.get(number + 1, ""),
            words=KIND_WORDS.get(kinds.get(number + 1, ""), ""),
            cells=list(_cells(sheet, number, used, covered, spans)),
        )
        for number in range(first - 1, last)
    ]
    return Window(first, last, total, lines)


def _kinds(tables: Sequence[Table], first: int, last: int) -> dict[int, str]:
    """What the rows of a window are that hold no record, by number."""
    found: dict[int, str] = {}
    for table in tables:
        for start, stop, kind, _text in table["skipped"]:
            found |= dict.fromkeys(range(max(start, first), min(stop, last) + 1), kind)
        if table["header_row"]:
            rows = range(table["header_first"], table["header_row"] + 1)
            found |= dict.fromkeys(rows, "header")
    return found


def _merged(
    sheet: Sheet, top: int, bottom: int, width: int
) -> tuple[set[Place], dict[Place, tuple[Place, Place]]]:
    """The places a merge covers, and by the place where it begins here its source and extent."""
    covered: set[Place] = set()
    spans: dict[Place, tuple[Place, Place]] = {}
    for first, left, last, far_right in sheet["merges"]:
        if last < top or first > bottom or left >= width:
            continue
        start, end, right = max(first, top), min(last, bottom), min(far_right, width - 1)
        inside = {(r, c) for r in range(start, end + 1) for c in range(left, right + 1)}
        if inside & covered:
            continue
        covered |= inside - {(start, left)}
        spans[start, left] = ((first, left), (right - left + 1, end - start + 1))
    return covered, spans


def _cells(
    sheet: Sheet,
    number: int,
    used: Sequence[bool],
    covered: set[Place],
    spans: Mapping[Place, tuple[Place, Place]],
) -> Iterator[ShownCell]:
    for column, is_used in enumerate(used):
        if (number, column) in covered:
            continue
        source, (across, down) = spans.get((number, column), ((number, column), (1, 1)))
        left_out = _is_left_out(sheet, number, column)
        text = _text(sheet, source) or _text(sheet, (number, column))
        yield ShownCell(text, across, down, left_out, not is_used)


def _text(sheet: Sheet, place: Place) -> str:
    row = sheet["rows"][place[0]]
    cell = row[place[1]] if place[1] < len(row) else ""
    text = cell if isinstance(cell, str) else number_text(cell)
    return text if len(text) <= CHARACTERS else f"{text[: CHARACTERS - 1]}…"


def _is_left_out(sheet: Sheet, number: int, column: int) -> bool:
    return any(
        first <= number <= last and column == place for first, last, place, *_ in sheet["left_out"]
    )
