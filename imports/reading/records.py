"""One table being read: its columns get a meaning, its rows are told apart."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from core.normalise import clean_text, header_hints, name_key
from imports.cleaning.numbers import foreign_currency
from imports.cleaning.values import AREA_UNIT
from imports.reading.bodies import (
    GROUP_TESTS,
    RowKind,
    Shape,
    bare_group,
    classify,
    group_text,
    is_numbered_group,
    serial_columns,
    settle_lone_rows,
    settle_tail,
)
from imports.reading.choosing import chosen_fields, with_choices
from imports.reading.columns import Plan
from imports.reading.content import SAMPLE, shares
from imports.reading.grid import Row, is_filled, letters
from imports.reading.headers import Header, HeaderCell, View
from imports.reading.headings import Headings
from imports.reading.mapping import Assignment, Source, assign, guess
from imports.reading.neighbours import is_number_of_another
from imports.reading.numbering import drop_numbering
from imports.reading.personal import is_personal_header, personal_content
from imports.reading.pieces import put_dates_together
from imports.reading.table import LeftOut, Table, TableColumn, Wanted, skip
from imports.reading.ticks import read_ticks
from imports.reading.titles import post_of_holder, told_by_title

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?:\s*年|[-./]\d{1,2}(?!\d))")
# 2017“书香”活动安排, no 〔2017〕8号.
_BARE_YEAR = re.compile(
    r"(?<![\d〔\[（(.\-/])(20[0-4]\d)(?![\d〕\]）).\-/号])|[（(](20[0-4]\d)年?[）)](?!.{0,4}号)"
)
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
_AREAS = {"万平": "10000", "公顷": "10000", "亩": "666.67", "平方公里": "1000000"}
_AREA_IN_HEADER = re.compile(r"[(/:]单?位?:?(万平|公顷|亩|平方公里)")
_GROUP_HEADER = "分组"
_TITLE_CELLS = 4


class TableReading:
    """One table being read: its section of the sheet, and what becomes of each row."""

    def __init__(
        self, view: View, wanted: Wanted, header: Header, stop: int, preamble: Sequence[int]
    ) -> None:
        self._view = view
        self._wanted = wanted
        self._header = header
        self._preamble = preamble
        self._body = range(header.last + 1, stop)
        self._headings = Headings()
        self._doubtful: set[str] = set()
        self._guessed: set[str] = set()
        self._add_unheaded()

    def table(self) -> Table | None:
        """The table, or None when it fits no plan asked for."""
        title = self._title()
        left_out, sources = self._sources()
        assignment = self._assign(sources, title)
        if assignment is None:
            return None
        table = self._empty_table(title, assignment, left_out)
        kinds = self._kinds(assignment, table, frozenset(s.place for s in sources))
        records = [n for n, kind in zip(self._body, kinds, strict=True) if kind is RowKind.RECORD]
        table.rows = [n + 1 for n in records]
        table.groups = self._headings.texts()
        hidden = {column.place for column in left_out}
        table.columns = [
            self._column(place, cell, records)
            for place, cell in self._header.cells.items()
            if place not in hidden
        ]
        self._add_units(table, kinds)
        drop_numbering(table, assignment.plan)
        self._read_groups(table, assignment.plan)
        if self._header.stands_for and self._header.stands_for[0] not in table.fields:
            name, value = self._header.stands_for
            if value[-1] in "角岗":
                value = self._told(title).get(name, value.upper())
            _stand_for(table, name, value, [value] * len(table.rows))
        told = {**post_of_holder(table), **self._told(title)}
        for name, value in told.items():
            if assignment.plan.has(name) and name not in table.fields:
                _stand_for(table, name, value, [value] * len(table.rows))
        read_ticks(table, assignment.plan, self._header.ticked)
        put_dates_together(table, assignment.plan)
        return table

    def _empty_table(self, title: str, assignment: Assignment, left_out: list[LeftOut]) -> Table:
        has_header = self._header.has_words
        return Table(
            sheet=self._view.grid.name,
            title=title,
            header_first=self._header.first + 1 if has_header else 0,
            header_row=self._header.last + 1 if has_header else 0,
            last_row=self._body.stop,
            plan=assignment.plan.name,
            columns=[],
            rows=[],
            fields=dict(assignment.fields),
            left_out=left_out,
            guessed=sorted(self._guessed & assignment.fields.keys()),
            doubtful=sorted(self._doubtful & assignment.fields.keys()),
            year=_one_year(f"{title} {self._view.grid.name} {self._wanted.file_name}"),
        )

    def _title(self) -> str:
        """What stands above the header; rows of many cells are no title and may be anybody's."""
        rows = (self._view.row(n) for n in self._preamble)
        texts = (group_text(row) for row in rows if sum(map(is_filled, row)) <= _TITLE_CELLS)
        return " ".join(text for text in texts if text)[:500]

    def _told(self, title: str) -> Mapping[str, str]:
        """What the title, the sheet's name and the line above the header say of every row."""
        return told_by_title(title, self._view.grid.name, self._heading())

    def _heading(self) -> str:
        """The line right above the header, when it stands alone."""
        above = self._view.filled(self._preamble[-1]) if self._preamble else {}
        return clean_text(group_text(list(above.values()))) if len(above) == 1 else ""

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
            origin = self._header.spread.get(place)
            cells = () if origin is None else tuple((n, origin) for n in self._body)
            if is_personal_header(cell.leaf, cell.group):
                left_out.append(LeftOut(place, cell.leaf, cells=cells))
            elif content := personal_content(found) or self._blanked(place):
                header = cell.leaf or f"{letters(place if origin is None else origin)}列"
                left_out.append(LeftOut(place, header, content, cells))
            else:
                sources.append(Source(place, cell, found))
        return left_out, sources

    def _blanked(self, place: int) -> str:
        """What was taken out of this column before the cells were kept."""
        for span in self._view.grid.blanked:
            within = span.first < self._body.stop and span.last >= self._body.start
            if within and span.column == place and span.first < span.last:
                return span.content or span.header
        return ""

    def _assign(self, sources: Sequence[Source], title: str) -> Assignment | None:
        plans = self._plans()
        context = f"{title} {self._view.grid.name} {self._wanted.file_name}"
        given = {self._header.stands_for[0]} if self._header.stands_for else set()
        given |= self._told(title).keys() & {"post", "title"}
        given |= self._honours_over_groups()
        found = guess(plans, sources, context, given)
        by_hand = self._wanted.header_rows is not None
        choices = self._choices(sources)
        chosen = any(name for names in choices.values() for name in names)
        if found is None and not (chosen or by_hand):
            return None
        found = self._for_post(found or assign(plans[0], sources), sources)
        self._doubtful = {"phone"} if is_number_of_another(found, sources) else set()
        by_choice = {name for names in choices.values() for name in names}
        self._doubtful -= by_choice
        self._guessed = found.guessed - by_choice
        return with_choices(found, choices)

    def _for_post(self, found: Assignment, sources: Sequence[Source]) -> Assignment:
        """Under 统战委员 a column 职务 says what else the person is, not the post."""
        name = self._header.stands_for[0] if self._header.stands_for else ""
        shares_of = {source.place: source.shares for source in sources}
        if name == "post" and shares_of.get(found.fields.get(name, -1), {}).get("post", 0) < 0.5:
            found.fields.pop(name, None)
        return found

    def _honours_over_groups(self) -> set[str]:
        """Headings that name an honour over the firms that got it stand for its column."""
        alone = (self._view.filled(n) for n in self._body[: SAMPLE * 2])
        texts = [str(v) for row in alone if len(row) == 1 for v in row.values()]
        # In a list of one column the names stand alone as well.
        texts = [text for text in texts if is_numbered_group(text)] or texts
        honours = [bool(GROUP_TESTS["title"](bare_group(text))) for text in texts[:50]]
        return {"title"} if honours and honours[0] and sum(honours) * 2 > len(honours) else set()

    def _plans(self) -> tuple[Plan, ...]:
        """The plans to choose from; a header that is itself a post speaks for lists of posts."""
        given = self._header.stands_for if self._header.others else None
        fitting = tuple(p for p in self._wanted.plans if given and p.has(given[0]))
        return fitting or self._wanted.plans

    def _choices(self, sources: Sequence[Source]) -> dict[int, tuple[str, ...]]:
        header_row = self._header.last + 1 if self._header.has_words else 0
        return chosen_fields(self._wanted.corrections, sources, self._view.grid.name, header_row)

    def _kinds(self, assignment: Assignment, table: Table, known: frozenset[int]) -> list[RowKind]:
        shape = self._shape(assignment, known)
        covered = self._covered()
        rows = [self._panel_row(n) for n in self._body]
        kinds: list[RowKind] = []
        first = True
        for number, row in zip(self._body, rows, strict=True):
            kind = classify(self._view, number, row, shape, first=first)
            own = self._header.own
            if kind is RowKind.RECORD and own is not None and not any(row[own : own + 1]):
                kind = RowKind.BLANK
            if number in covered:
                kind = RowKind.BLANK
            first = first and kind is not RowKind.RECORD
            kinds.append(kind)
        settle_lone_rows(kinds, rows)
        settle_tail(kinds, rows, shape)
        self._note_skipped(kinds, table)
        return kinds

    def _covered(self) -> set[int]:
        """Rows that a merge makes part of the record above them."""
        merges = self._view.grid.merges if self._header.once is not None else ()
        return {
            number
            for first, left, last, right in merges
            if left <= (self._header.once or 0) <= right
            for number in range(first + 1, min(last + 1, self._body.stop))
        }

    def _shape(self, assignment: Assignment, known: frozenset[int]) -> Shape:
        heads = (n for n in assignment.plan.heads if n in assignment.fields)
        key = next((assignment.fields[n] for n in heads), None)
        fields = frozenset(p for n, p in assignment.fields.items() if n != "note")
        serials = frozenset(serial_columns(self._header)) or self._numbering(fields)
        return Shape(self._header, key, fields, serials, len(self._header.cells), known)

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
        spread = self._spread_over(number, left)
        return spread or [v if c in cells else "" for c, v in enumerate(row)]

    def _spread_over(self, number: int, left: int) -> Row:
        """A heading that stands over this panel and those beside it, as this panel's own."""
        filled = self._view.filled(number) if self._header.others else {}
        if len(filled) != 1:
            return []
        column, value = next(iter(filled.items()))
        first, last = self._view.span(number, column)
        return [*[""] * left, value] if first < left <= last else []

    def _note_skipped(self, kinds: Sequence[RowKind], table: Table) -> None:
        for number in self._preamble:
            skip(table, number, RowKind.TITLE, "")
        hidden = {column.place for column in table.left_out}
        if is_numbered_group(heading := self._heading()):
            self._headings.begin(heading)
        for number, kind in zip(self._body, kinds, strict=True):
            if kind is RowKind.RECORD:
                self._headings.cover(number + 1)
            elif kind is not RowKind.BLANK:
                row = [v for c, v in enumerate(self._panel_row(number)) if c not in hidden]
                text = clean_text(group_text(row))[:40]
                if kind is RowKind.GROUP:
                    self._headings.begin(text)
                skip(table, number, kind, _told(kind, text))

    def _column(self, place: int, cell: HeaderCell, records: Sequence[int]) -> TableColumn:
        rows = self._view.grid.rows
        values = [row[place] if place < len(row := rows[n]) else "" for n in records]
        origin = self._header.spread.get(place)
        cells = [] if origin is None else [(n, origin) for n in records]
        return TableColumn(place, cell.leaf, cell.group, values, _unit_of(cell), cells)

    def _read_groups(self, table: Table, plan: Plan) -> None:
        """Headings like 副会长单位（12家） or 华新镇 fill the field the list has no column for."""
        for name in GROUP_TESTS:
            said = self._headings.values(name, table.rows)
            if said and plan.has(name) and name not in table.fields:
                _stand_for(table, name, _GROUP_HEADER, said)

    def _add_units(self, table: Table, kinds: Sequence[RowKind]) -> None:
        """Units in the hints below the header; 单位：万元 in a title speaks for every column."""
        if kinds and kinds[0] is RowKind.INSTRUCTION:
            hints = self._view.filled(self._body.start)
            for column in table.columns:
                hint = HeaderCell(str(hints.get(column.place, "")))
                column.unit = column.unit or _unit_of(hint)
        match = _UNIT_LINE.search(table.title)
        for column in table.columns if match else ():
            column.unit = column.unit or _UNITS[match[1]] if match else ""


def _told(kind: RowKind, text: str) -> str:
    """What is quoted of a passed row: a group heading, or the word a total starts with."""
    if kind is RowKind.TOTAL:
        return text.split(" ", maxsplit=1)[0]
    return text if kind is RowKind.GROUP else ""


def _stand_for(table: Table, name: str, header: str, values: Sequence[str]) -> None:
    """A field told by something else than a column: a heading, or the header beside it."""
    place = min([0, *table.fields.values()]) - 1
    table.columns.append(TableColumn(place, header, "", list(values)))
    table.fields[name] = place


def _one_year(text: str) -> int | None:
    bare = (year for found in _BARE_YEAR.findall(text) for year in found if year)
    years = {int(y) for y in _YEAR.findall(text) or bare}
    return years.pop() if len(years) == 1 else None


def _unit_of(cell: HeaderCell) -> str:
    for text in (cell.leaf, cell.group):
        if match := _AREA_IN_HEADER.search(name_key(text)):
            return AREA_UNIT + _AREAS[match[1]]
        for hint in (*header_hints(text), name_key(text)):
            # 万美元 counts as 万元 does; that it is another currency is said of each cell.
            if match := _UNIT_IN_HEADER.search(foreign_currency(hint.upper())[1]):
                return _UNITS[match[1] or match[2]]
    return ""
