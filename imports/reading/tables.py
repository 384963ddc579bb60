"""From a sheet's cells to its tables: headers, columns with meaning, records."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from core.normalise import clean_text, header_hints, name_key
from imports.cleaning.values import Cell
from imports.columns import Plan
from imports.reading.bodies import (
    GROUP_TESTS,
    RowKind,
    Shape,
    bare_group,
    classify,
    group_text,
    is_group,
    serial_columns,
    settle_lone_rows,
)
from imports.reading.content import SAMPLE, shares
from imports.reading.grid import Grid, Row, is_filled, letters
from imports.reading.headers import (
    Header,
    HeaderCell,
    View,
    find_header,
    header_around,
    is_header_row,
    looks_like_header,
)
from imports.reading.mapping import Assignment, Source, assign, guess
from imports.reading.panels import panels
from imports.reading.personal import is_personal_header, personal_content

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?:\s*年|[-./]\d{1,2}(?!\d))")
_UNIT_LINE = re.compile(r"单位\s*[:：]\s*(?:人民币)?\s*(亿元|千万元|百万元|万元|千元|元)")
_UNITS = {
    "亿元": "10000",
    "千万元": "1000",
    "百万元": "100",
    "万元": "1",
    "万": "1",
    "千元": "0.1",
    "元": "0.0001",
}
_UNIT_IN_HEADER = re.compile(r"(亿元|千万元|百万元|万元|千元|元)$|^(?:人民币|单位[:：]?)?(万)$")
_UNHEADED_LEAST = 2
# The column that group headings stand in for: it has no letter and no header of its own.
_NO_PLACE = -1
_GROUP_HEADER = "分组"


@dataclass(slots=True)
class TableColumn:
    """A column of a table: where it stands, what it is called, and its cells, one per record."""

    place: int
    header: str
    group: str
    values: list[Cell]
    unit: str = ""

    @property
    def letters(self) -> str:
        """The column as the spreadsheet program names it."""
        return letters(self.place)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column of personal particulars: never handed on. ``content`` says what gave it away."""

    place: int
    header: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Rows (numbered as the spreadsheet shows them) that are no records, and what they are."""

    first: int
    last: int
    kind: str
    text: str = ""


@dataclass(slots=True)
class Table:
    """A table found in a sheet. Row numbers are those the spreadsheet shows; 0 is no header."""

    sheet: str
    title: str
    header_first: int
    header_row: int
    plan: str
    columns: list[TableColumn]
    rows: list[int]
    fields: dict[str, int]
    groups: dict[int, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller already knows: plans to choose from, a header row set by hand, a name."""

    plans: tuple[Plan, ...]
    only_plan: bool = False
    header_row: int | None = None
    file_name: str = ""
    fields: tuple[tuple[str, str], ...] = ()


def find_tables(grid: Grid, wanted: Wanted) -> list[Table]:
    """Every table of a sheet that fits a plan, from top to bottom."""
    view = View(grid)
    tables: list[Table] = []
    start = 0
    for header, stop in _sections(view, wanted):
        _fill_down(view, header.last + 1, stop)
        above = header.first if header.has_words else header.last + 1
        preamble = [n for n in range(start, max(above, start)) if view.filled(n)]
        parts = (_Reading(view, wanted, part, stop, preamble).table() for part in panels(header))
        tables.extend(table for table in parts if table is not None)
        start = stop
    if tables:
        _account_for_the_rest(view, tables)
    return tables


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
            _skip(tables[0], number, RowKind.UNKNOWN, "")


def _sections(view: View, wanted: Wanted) -> list[tuple[Header, int]]:
    """The headers of a sheet, each with the row where the next section starts."""
    height = len(view.grid.rows)
    if wanted.header_row is not None:
        return [(_chosen_header(view, wanted.header_row), height)]
    header = find_header(view, 0, height) or _by_contrast(view) or _no_header(view)
    if header is None:
        return []
    sections: list[tuple[Header, int]] = []
    while header is not None:
        following = _next_header(view, header)
        stop = height if following is None else _section_start(view, header, following)
        sections.append((header, stop))
        header = following
    return sections


def _chosen_header(view: View, number: int) -> Header:
    """The header whose last row a person pointed at; 0 says there is none."""
    if number == 0:
        return _no_header(view) or Header(-1, -1, {})
    header = header_around(view, number - 1, 0)
    return header if header.last == number - 1 else _name_single(view, number - 1)


def _name_single(view: View, number: int) -> Header:
    cells = {c: HeaderCell(clean_text(str(v))) for c, v in view.filled(number).items()}
    return Header(number, number, cells)


def _next_header(view: View, header: Header) -> Header | None:
    """The header of a table stacked below, or the same header after a title of its own."""
    gap = False
    for number in range(header.last + 1, len(view.grid.rows)):
        row = view.row(number)
        if not any(row):
            gap = True
            continue
        if looks_like_header(row) or gap:
            filled = view.filled(number)
            if len(filled) > 1 and is_header_row(view, number, filled):
                found = header_around(view, number, header.last + 1)
                if gap or not _is_same(header, found):
                    return found
        gap = len(view.filled(number)) == 1
    return None


def _is_same(header: Header, other: Header) -> bool:
    mine = {name_key(leaf) for leaf in header.leaves().values()}
    theirs = {name_key(leaf) for leaf in other.leaves().values()}
    return len(mine & theirs) * 10 >= len(theirs) * 6


def _section_start(view: View, header: Header, following: Header) -> int:
    """The first of the title rows right above a stacked table's header."""
    start = following.first
    while start - 1 > header.last and len(view.filled(start - 1)) == 1:
        start -= 1
    return start


def _by_contrast(view: View) -> Header | None:
    """A header of unknown words: short, different texts over other kinds of values."""
    rows = [n for n in range(min(len(view.grid.rows), 60)) if any(view.row(n))]
    for place, number in enumerate(rows[:10]):
        filled = view.filled(number)
        below = rows[place + 1 : place + 31]
        if len(filled) < _UNHEADED_LEAST or not below:
            continue
        texts = [v for v in filled.values() if isinstance(v, str)]
        if len(set(texts)) < len(filled) or any(len(t) > 20 for t in texts):
            continue
        if _contrasts(view, filled, below):
            return _name_single(view, number)
    return None


def _contrasts(view: View, filled: dict[int, Cell], below: Sequence[int]) -> bool:
    telling = {"code", "phone", "date", "amount", "organisation", "address"}
    contrast = 0
    for column, text in filled.items():
        body = shares(view.cell(n, column) for n in below)
        if body.get("seen", 0) < 2:
            continue
        head = shares([text])
        mine = {kind for kind in telling if head.get(kind)}
        theirs = {kind for kind in telling if body.get(kind, 0) >= 0.6}
        if mine & theirs:
            return False
        contrast += bool(theirs)
    return contrast >= 1


def _no_header(view: View) -> Header | None:
    """A list that starts at once: columns A, B, C … without words; titles above stay above."""
    rows = [n for n in range(min(len(view.grid.rows), 60)) if any(view.row(n))]
    if not rows:
        return None
    widths = sorted(len(view.filled(n)) for n in rows)
    usual = widths[len(widths) // 2]
    first = next(n for n in rows if len(view.filled(n)) * 2 >= usual)
    above = view.filled(first - 1)
    if len(above) == 1 and is_group(str(next(iter(above.values())))):
        first -= 1
    used = {c for n in rows for c in view.filled(n)}
    return Header(first - 1, first - 1, {c: HeaderCell("") for c in sorted(used)})


def _fill_down(view: View, start: int, stop: int) -> None:
    """Give the rows a vertical merge covers its value, where they hold something of their own."""
    rows = view.grid.rows
    own: dict[int, bool] = {}
    for first, left, last, _ in view.grid.merges:
        value = view.cell(first, left)
        if last <= first or not start <= first < stop or not is_filled(value):
            continue
        for number in range(first + 1, min(last + 1, stop)):
            if number not in own:
                own[number] = any(map(is_filled, rows[number]))
            if own[number] and not is_filled(view.cell(number, left)):
                _put(rows[number], left, value)


def _put(row: Row, column: int, value: Cell) -> None:
    row.extend([""] * (column + 1 - len(row)))
    row[column] = value


class _Reading:
    """One table being read: its section of the sheet, and what becomes of each row."""

    def __init__(
        self, view: View, wanted: Wanted, header: Header, stop: int, preamble: Sequence[int]
    ) -> None:
        self._view = view
        self._wanted = wanted
        self._header = header
        self._preamble = preamble
        self._body = range(header.last + 1, stop)
        self._add_unheaded()

    def table(self) -> Table | None:
        """The table, or None when it fits no plan asked for."""
        title = self._title()
        left_out, sources = self._sources()
        assignment = self._assign(sources, title)
        if assignment is None:
            return None
        table = self._empty_table(title, assignment, left_out)
        kinds = self._kinds(assignment, table)
        records = [n for n, kind in zip(self._body, kinds, strict=True) if kind is RowKind.RECORD]
        table.rows = [n + 1 for n in records]
        hidden = {column.place for column in left_out}
        table.columns = [
            self._column(place, cell, records)
            for place, cell in self._header.cells.items()
            if place not in hidden
        ]
        self._add_units(table)
        self._read_groups(table, assignment.plan)
        if self._header.stands_for and self._header.stands_for[0] not in table.fields:
            _stand_for(table, *self._header.stands_for)
        return table

    def _empty_table(self, title: str, assignment: Assignment, left_out: list[LeftOut]) -> Table:
        has_header = self._header.has_words
        return Table(
            sheet=self._view.grid.name,
            title=title,
            header_first=self._header.first + 1 if has_header else 0,
            header_row=self._header.last + 1 if has_header else 0,
            plan=assignment.plan.name,
            columns=[],
            rows=[],
            fields=dict(assignment.fields),
            left_out=left_out,
            year=_one_year(f"{title} {self._view.grid.name} {self._wanted.file_name}"),
        )

    def _title(self) -> str:
        texts = [group_text(self._view.row(n)) for n in self._preamble]
        return " ".join(text for text in texts if text)[:500]

    def _add_unheaded(self) -> None:
        """Columns that hold values but no header word belong to the table too."""
        cells = self._header.cells
        if not cells:
            return
        around = set(range(min(cells) - 1, max(cells) + 2)) - set(cells) - self._header.others
        for number in self._body[: SAMPLE * 2]:
            row = self._view.row(number)
            for column in [c for c in around if 0 <= c < len(row) and is_filled(row[c])]:
                cells[column] = HeaderCell("")
                around.remove(column)
        self._header.cells = dict(sorted(cells.items()))

    def _sources(self) -> tuple[list[LeftOut], list[Source]]:
        """The columns with the kinds of their content; those about private persons apart."""
        left_out, sources = [], []
        full = (n for n in self._body if len(self._view.filled(n)) > 1)
        sample = list(islice(full, SAMPLE * 2))
        sample = sample or list(self._body)
        for place, cell in self._header.cells.items():
            found = shares(self._view.cell(n, place) for n in sample)
            if is_personal_header(cell.leaf, cell.group):
                left_out.append(LeftOut(place, cell.leaf))
            elif content := personal_content(found):
                left_out.append(LeftOut(place, cell.leaf or f"{letters(place)}列", content))
            else:
                sources.append(Source(place, cell, found))
        return left_out, sources

    def _assign(self, sources: Sequence[Source], title: str) -> Assignment | None:
        plans = self._wanted.plans
        context = f"{title} {self._view.grid.name} {self._wanted.file_name}"
        found = guess(plans, sources, context)
        if self._wanted.fields:
            chosen = found or assign(plans[0], sources)
            return _with_choices(chosen, sources, dict(self._wanted.fields))
        if found is None and self._wanted.header_row is not None:
            return assign(plans[0], sources)
        return found

    def _kinds(self, assignment: Assignment, table: Table) -> list[RowKind]:
        shape = self._shape(assignment)
        rows = [self._panel_row(n) for n in self._body]
        kinds: list[RowKind] = []
        first = True
        for number, row in zip(self._body, rows, strict=True):
            kind = classify(self._view, number, row, shape, first=first)
            first = first and kind is not RowKind.RECORD
            kinds.append(kind)
        settle_lone_rows(kinds, rows)
        self._note_skipped(kinds, table)
        return kinds

    def _shape(self, assignment: Assignment) -> Shape:
        heads = (n for n in assignment.plan.heads if n in assignment.fields)
        key = next((assignment.fields[n] for n in heads), None)
        fields = frozenset(p for n, p in assignment.fields.items() if n != "note")
        serials = frozenset(serial_columns(self._header)) or self._numbering(fields)
        return Shape(self._header, key, fields, serials, len(self._header.cells))

    def _numbering(self, fields: frozenset[int]) -> frozenset[int]:
        """A first column without words that counts 1, 2, 3."""
        place = min(self._header.cells, default=0)
        if place in fields or self._header.cells.get(place, HeaderCell("")).leaf:
            return frozenset()
        numbers = [v for n in self._body[:20] if isinstance(v := self._view.cell(n, place), int)]
        return frozenset({place}) if numbers[:2] == [1, 2] else frozenset()

    def _panel_row(self, number: int) -> Row:
        """The row, without what belongs to another panel beside this one."""
        row = self._view.row(number)
        cells = self._header.cells
        if not cells:
            return row
        left, right = min(cells), max(cells)
        if left == 0 and len(row) <= right + 1 == len(cells):
            return row
        return [v if c in cells else "" for c, v in enumerate(row)]

    def _note_skipped(self, kinds: Sequence[RowKind], table: Table) -> None:
        for number in self._preamble:
            _skip(table, number, RowKind.TITLE, "")
        group = ""
        for number, kind in zip(self._body, kinds, strict=True):
            if kind is RowKind.RECORD:
                if group:
                    table.groups[number + 1] = group
            elif kind is not RowKind.BLANK:
                text = clean_text(group_text(self._panel_row(number)))[:40]
                if kind is RowKind.GROUP:
                    group = text
                elif kind is RowKind.TOTAL:
                    text = text.split(" ")[0]
                _skip(table, number, kind, text)

    def _column(self, place: int, cell: HeaderCell, records: Sequence[int]) -> TableColumn:
        rows = self._view.grid.rows
        values = [row[place] if place < len(row := rows[n]) else "" for n in records]
        return TableColumn(place, cell.leaf, cell.group, values, _unit_of(cell))

    def _read_groups(self, table: Table, plan: Plan) -> None:
        """Headings like 副会长单位（12家） or 华新镇 fill the field the list has no column for."""
        texts = [bare_group(table.groups.get(n, "")) for n in table.rows]
        distinct = set(texts)
        if not table.groups or "" in distinct:
            return
        for name, test in GROUP_TESTS.items():
            known = name in {column.name for column in plan.columns}
            if known and name not in table.fields and all(test(text) for text in distinct):
                table.columns.append(TableColumn(_NO_PLACE, _GROUP_HEADER, "", list(texts)))
                table.fields[name] = _NO_PLACE
                return

    def _add_units(self, table: Table) -> None:
        """A title that says 单位：万元 speaks for every column without a unit of its own."""
        match = _UNIT_LINE.search(table.title)
        for column in table.columns if match else ():
            column.unit = column.unit or _UNITS[match[1]] if match else ""


def _stand_for(table: Table, name: str, value: str) -> None:
    """A field whose value is the header of the column beside it."""
    table.columns.append(TableColumn(_NO_PLACE, value, "", [value] * len(table.rows)))
    table.fields[name] = _NO_PLACE


def _with_choices(
    assignment: Assignment, sources: Sequence[Source], choices: dict[str, str]
) -> Assignment:
    """The guess, corrected by what a person chose for some headers ("" for not imported)."""
    for source in sources:
        header = name_key(source.header.leaf) or letters(source.place)
        if header not in choices:
            continue
        for name in [n for n, place in assignment.fields.items() if place == source.place]:
            del assignment.fields[name]
        if choices[header]:
            assignment.fields[choices[header]] = source.place
    return assignment


def _skip(table: Table, number: int, kind: RowKind, text: str) -> None:
    """Note a passed row; neighbours of the same kind make one span."""
    last = table.skipped[-1] if table.skipped else None
    joinable = kind not in {RowKind.GROUP, RowKind.TOTAL}
    if last and joinable and last.kind == kind.value and last.last == number:
        table.skipped[-1] = Skipped(last.first, number + 1, last.kind, last.text)
    else:
        table.skipped.append(Skipped(number + 1, number + 1, kind.value, text))


def _one_year(text: str) -> int | None:
    years = {int(y) for y in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def _unit_of(cell: HeaderCell) -> str:
    for text in (cell.leaf, cell.group):
        for hint in (*header_hints(text), name_key(text)):
            if match := _UNIT_IN_HEADER.search(hint):
                return _UNITS[match[1] or match[2]]
    return ""
