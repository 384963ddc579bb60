"""Finding the header of a table: one to four rows, with merges or without, or none at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from core.normalise import clean_text, name_key
from imports.cleaning.choices import is_position
from imports.cleaning.values import Cell
from imports.reading.content import kinds_of
from imports.reading.grid import Grid, Merge, Row, is_filled
from imports.reading.words import likeness, quick_words

_MOST_HEADER_ROWS = 4
_SEARCHED_ROWS = 200
_INDEX = re.compile(
    r"[(（]?(?:\d{1,3}|[甲乙丙丁戊己庚辛壬癸]|[A-Z]{1,2}|[一二三四五六七八九十]+)[)）]?|栏次|行次"
)
_ORDERS = (
    "甲乙丙丁戊己庚辛壬癸",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "一二三四五六七八九十",
)


_UNIT = re.compile(
    r"\(?(?:单位:)?(?:人民币)?(?:亿元|千万元|百万元|万元|千元|元|人|人次|名|家|户|个|㎡|平方米|平米|m2|%|吨|次|场|年)\)?"
)

_PERIOD = re.compile(
    r"(?:20\d\d年?度?|本年|上年|当年|全年|本月|本期|上期|同期)?(?:\d{1,2}[-—~至]\d{1,2}月|\d{1,2}月份?|第?[一二三四1-4]季度"
    r"|[上下]半年)?(?:累计|末|底|止|数)?"
)

_ANNEX = re.compile(r"附[件表]")


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A column's header: its own words and the words that span it and its neighbours."""

    leaf: str
    group: str = ""


@dataclass(slots=True)
class Header:
    """The header rows (from 0, both included) and what each column is called.

    ``stands_for``: a field and its value, where the header itself is a value (统战干事 | 联络员).
    ``others``: columns that belong to a table beside this one. ``own``: the column without which
    a row is none of this table's. ``ticked``: columns that hold ticks only.
    ``spread``: columns made of the parts of a cell, and the column they came from. ``once``: a
    column whose merged cells are one record, however many rows they cover.
    """

    first: int
    last: int
    cells: dict[int, HeaderCell]
    stands_for: tuple[str, str] | None = None
    others: frozenset[int] = frozenset()
    own: int | None = None
    ticked: frozenset[int] = frozenset()
    spread: dict[int, int] = field(default_factory=dict)
    once: int | None = None

    @property
    def has_words(self) -> bool:
        """Whether any column is called something; a list may have no header at all."""
        return any(cell.leaf for cell in self.cells.values())

    def leaves(self) -> dict[int, str]:
        """The columns' own words."""
        return {column: cell.leaf for column, cell in self.cells.items()}


@dataclass(slots=True)
class View:
    """A grid with its merges at hand."""

    grid: Grid
    by_row: dict[int, list[Merge]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = self.grid.rows
        height, width = len(rows), max(map(len, rows), default=0)
        # A merge may claim the whole sheet; only what lies over cells matters.
        self.grid.merges = [
            (first, left, min(last, height - 1), min(right, width - 1))
            for first, left, last, right in self.grid.merges
            if first < height and left < width
        ]
        for merge in self.grid.merges:
            for row in range(merge[0], min(merge[2], merge[0] + _MOST_HEADER_ROWS) + 1):
                self.by_row.setdefault(row, []).append(merge)

    def row(self, number: int) -> Row:
        """The cells of a row; [] beyond the last."""
        return self.grid.rows[number] if 0 <= number < len(self.grid.rows) else []

    def filled(self, number: int) -> dict[int, Cell]:
        """The filled cells of a row by column."""
        return {c: v for c, v in enumerate(self.row(number)) if is_filled(v)}

    def wide_merges(self, number: int) -> Iterator[Merge]:
        """Merges of more than one column that start in this row."""
        for merge in self.by_row.get(number, ()):
            if merge[0] == number and merge[3] > merge[1]:
                yield merge

    def span(self, number: int, column: int) -> tuple[int, int]:
        """The columns the cell spreads over by a merge."""
        for merge in self.by_row.get(number, ()):
            if merge[0] == number and merge[1] == column:
                return merge[1], merge[3]
        return column, column

    def joins(self, upper: int, lower: int) -> bool:
        """Whether a merge ties a filled cell of the upper row to the lower one."""
        return any(
            merge[0] <= upper and merge[2] >= lower and is_filled(self.cell(merge[0], merge[1]))
            for merge in self.by_row.get(upper, ())
        )

    def cell(self, number: int, column: int) -> Cell:
        """One cell, "" outside the rows."""
        row = self.row(number)
        return row[column] if column < len(row) else ""


def find_header(view: View, start: int, stop: int) -> Header | None:
    """The first header from ``start`` on whose words leave no doubt."""
    looked_at = 0
    for number in range(start, stop):
        row = view.filled(number)
        if not row:
            continue
        looked_at += 1
        if looked_at > _SEARCHED_ROWS:
            return None
        if is_header_row(view, number, row):
            return header_around(view, number, start)
    return None


def is_header_row(view: View, number: int, row: dict[int, Cell]) -> bool:
    """Whether the words of a row are those of a header."""
    scores = [likeness(cell) for cell in row.values()]
    if len(row) > 1 and len({*row.values()}) == len(row) and all(map(_is_position, row.values())):
        return True
    strong = sum(score >= 0.8 for score in scores)
    words = sum(score >= 0.5 for score in scores)
    against = sum(score < 0 for score in scores)
    if against * 4 > len(scores) or (against and strong < 3):
        return False
    if len(scores) == 1:
        return strong == 1 and _heads_a_single_column(view, number, next(iter(row)))
    if strong >= 3 and not against:
        return True
    if strong == 0 or words * 2 < len(scores):
        return False
    return strong >= 2 or len(scores) <= 3 or words * 10 >= len(scores) * 7


def _is_position(cell: Cell) -> bool:
    """会长单位, 理事单位: the position of the firms below."""
    return isinstance(cell, str) and "单位" in cell and is_position(cell)


def _heads_a_single_column(view: View, number: int, column: int) -> bool:
    """A lone header word counts when single cells of the same column follow it."""
    text = str(view.cell(number, column))
    if view.span(number, column)[1] > column or _ANNEX.match(text):
        return False
    if likeness(text) < 1.0 and "organisation" in kinds_of(text):
        return False
    below = [view.filled(n) for n in range(number + 1, number + 4)]
    return bool(below[0]) and all(set(row) <= {column} for row in below)


def looks_like_header(row: Row) -> bool:
    """A quick look whether a row in the middle of a table may start another one."""
    words = quick_words()
    hits = 0
    for cell in row:
        if cell in words:
            hits += 1
            if hits == 2:
                return True
    return False


def header_around(view: View, number: int, start: int) -> Header:
    """The whole header that a row of it belongs to."""
    first, last = number, number
    while first > start and last - first < _MOST_HEADER_ROWS - 1 and _is_above(view, first):
        first -= 1
    while last - first < _MOST_HEADER_ROWS - 1 and _is_below(view, first, last):
        last += 1
    return named(view, first, last + _has_unit_row(view, last))


def _has_unit_row(view: View, last: int) -> bool:
    """Whether the row under the header only gives units: （万元） （人）."""
    below = view.filled(last + 1)
    units = [isinstance(v, str) and _is_unit(v) for v in below.values()]
    return bool(units) and all(units) and set(below) <= set(_columns_of(view, last))


def _is_unit(text: str) -> bool:
    return bool(_UNIT.fullmatch(name_key(text)))


def _columns_of(view: View, number: int) -> Iterator[int]:
    """The columns a header row covers, merges from above and to the right included."""
    yield from view.filled(number)
    for merge in view.by_row.get(number, ()):
        yield from range(merge[1], merge[3] + 1)


def named(view: View, first: int, last: int) -> Header:
    """These rows as a header, whatever they say."""
    first, last = max(first, 0), max(first, last, 0)
    return Header(first, last, _name_columns(view, first, last))


def _is_above(view: View, first: int) -> bool:
    """Whether the row over a header row groups its columns (企业基本信息 over three of them)."""
    above, row = view.filled(first - 1), view.filled(first)
    if not above or any(likeness(cell) < 0 for cell in above.values()):
        return False
    if view.joins(first - 1, first):
        return True
    if len(above) < 2:
        return False
    merged = {c for m in view.wide_merges(first - 1) for c in range(m[1], m[3] + 1)}
    if merged:
        return len(merged & set(row)) >= 2
    return _complements(above, row)


def _is_below(view: View, first: int, last: int) -> bool:
    """Whether the row under a header row names the columns a group header spans."""
    row, below = view.filled(last), view.filled(last + 1)
    if not below or not row or is_index_row(list(below.values())):
        return False
    years = _is_below_spread(view, last, below)
    scores = [0.5 if years and _is_period(cell) else likeness(cell) for cell in below.values()]
    if any(score < 0 for score in scores) or any(_is_hint(cell) for cell in below.values()):
        return False
    worded = sum(score >= 0.5 for score in scores) * 2 >= len(scores)
    if view.joins(last, last + 1) and not set(below) & _tied(view, last):
        return worded or bool(list(view.wide_merges(last)))
    merged = {c for m in view.wide_merges(last) for c in range(m[1], m[3] + 1)}
    if merged:
        return worded and set(below) <= merged | (set(below) - set(row))
    return worded and last == first and _complements(row, below)


def _is_below_spread(view: View, last: int, below: dict[int, Cell]) -> bool:
    """Whether every cell stands under one that spreads over several columns."""
    spread = {
        column
        for merge in view.by_row.get(last, ())
        if merge[2] == last and merge[3] > merge[1]
        for column in range(merge[1], merge[3] + 1)
    }
    return set(below) <= spread


def _is_period(cell: Cell) -> bool:
    """2023年, 1-9月, 第一季度: a period that columns are about."""
    return bool(_PERIOD.fullmatch(name_key(str(cell))))


def _tied(view: View, number: int) -> set[int]:
    """Columns whose header cell reaches down into the next row."""
    return {
        column
        for merge in view.by_row.get(number, ())
        if merge[0] <= number < merge[2] and is_filled(view.cell(merge[0], merge[1]))
        for column in range(merge[1], merge[3] + 1)
    }


def _complements(upper: dict[int, Cell], lower: dict[int, Cell]) -> bool:
    """Whether two rows without merges make one header: what one leaves blank the other fills.

    A group header stands over the first of its columns, so both may fill that one.
    """
    both = set(upper) & set(lower)
    if not set(lower) - set(upper) or len(upper) < 2 or not set(upper) - both:
        return False
    return all(column + 1 in lower and column + 1 not in upper for column in both)


_HINT = re.compile(
    r"必填|选填|非必填|文本格式|下拉|^如[:：]|^例[:：如]|格式[:：为]|请填|填写|YYYY|yyyy|不超过|示例[:：]|^[(（].{2,}[)）]$",
)


_BRACKETED = re.compile(r"\s*[（(【\[].*[)）】\]]\s*", re.S)


def _is_hint(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(_HINT.search(cell)) and likeness(cell) < 0.5


def is_hint_row(cells: list[Cell]) -> bool:
    """Whether a row under the header only says how to fill in the columns."""
    if len(cells) > 2 and all(isinstance(c, str) and _BRACKETED.fullmatch(c) for c in cells):
        return True
    hints = sum(_is_hint(cell) for cell in cells)
    return hints >= 1 and hints * 2 >= len(cells)


def is_index_row(cells: list[Cell]) -> bool:
    """Whether a row only numbers the columns: 甲 乙 1 2 3."""
    keys = [name_key(str(cell)).upper() for cell in cells]
    if len(keys) < 2 or len(set(keys)) != len(keys) or not is_index_like(cells):
        return False
    plain = [key.strip("()") for key in keys if key not in {"栏次", "行次"}]
    return _ascends([int(key) for key in plain if key.isdigit()]) and all(
        _ascends([order.index(key) for key in plain if key in order]) for order in _ORDERS
    )


def is_index_like(cells: list[Cell]) -> bool:
    """Whether every cell could be the number of a column."""
    return all(_INDEX.fullmatch(name_key(str(cell)).upper()) for cell in cells)


def _ascends(numbers: list[int]) -> bool:
    return all(b == a + 1 for a, b in pairwise(numbers)) and (not numbers or numbers[0] <= 3)


def _name_columns(view: View, first: int, last: int) -> dict[int, HeaderCell]:
    """What each column is called: its lowest words, and the words spread over it above."""
    stacks: dict[int, list[str]] = {}
    for number in range(first, last + 1):
        row = view.filled(number)
        for column, cell in row.items():
            text = clean_text(str(cell), keep_lines=False)
            end = view.span(number, column)[1]
            if end == column and number < last and last > first:
                end = _reach(view, number, column)
            for spread in range(column, end + 1):
                stacks.setdefault(spread, []).append(text)
    return {column: _header_cell(texts) for column, texts in sorted(stacks.items())}


def _reach(view: View, number: int, column: int) -> int:
    """How far an unmerged group header reaches: over blanks that the next row fills."""
    if not is_filled(view.cell(number + 1, column)):
        return column
    end = column
    while (
        not is_filled(view.cell(number, end + 1))
        and is_filled(view.cell(number + 1, end + 1))
        and not _is_covered(view, number, end + 1)
    ):
        end += 1
    return end


def _is_covered(view: View, number: int, column: int) -> bool:
    return any(
        merge[1] <= column <= merge[3] and merge[0] < number
        for merge in view.by_row.get(number, ())
    )


def _header_cell(texts: list[str]) -> HeaderCell:
    distinct = list(dict.fromkeys(texts))
    if len(distinct) > 1 and _is_unit(distinct[-1]):
        unit = distinct.pop().strip("()（）")
        distinct[-1] += f"（{unit}）"
    return HeaderCell(distinct[-1], "".join(distinct[:-1]))
