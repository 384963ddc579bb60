"""Sheets filled in as forms: a label and its value beside it, one enterprise or event each.

A list turned on its side (labels down the first column, enterprises across) is read alike.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from core.normalise import clean_text, name_key, strip_header
from imports.cleaning.values import Cell
from imports.reading.bodies import RowKind
from imports.reading.choosing import chosen_fields, with_choices
from imports.reading.columns import ENDING
from imports.reading.content import kinds_of, shares
from imports.reading.grid import Grid, is_filled
from imports.reading.headers import HeaderCell, View
from imports.reading.mapping import Source, guess
from imports.reading.personal import is_personal_header, personal_content
from imports.reading.table import LeftOut, Place, Table, TableColumn, Wanted, skip
from imports.reading.words import is_serial, likeness, value_words

_LEAST_FIELDS = 3
_LOOKED_AT = 12
_NUMBER = re.compile(r"电话|手机|联系方式|号码")
_PERSON = re.compile(r"人|法定代表|负责|经理|会长|姓名")
_ABOUT_FILLING_IN = re.compile(r"说明|须知|示例|样例|范例|字典|代码")
_LONGEST_LABEL = 20
_IN_ONE_CELL = re.compile(
    r"([\u4e00-\u9fff（）()/、]{2,12})\s*[:：]\s*([^:：\n]*?)(?=\s+[\u4e00-\u9fff（）()/、]{2,12}\s*[:：]|\n|$)"
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A label, and the values beside it with their cells: one, or more in a list on its side.

    ``group``: the person in the same row whose number it is.
    """

    label: str
    group: str
    row: int
    column: int
    values: tuple[tuple[Cell, Place], ...]

    @property
    def key(self) -> str:
        """What the label is told from others by."""
        return name_key(self.group + self.label)


_Record = list[_Entry]


def find_forms(grid: Grid, wanted: Wanted) -> list[Table]:
    """The forms of a sheet as one table with a record for each; [] when it holds none."""
    view = View(grid)
    if _ABOUT_FILLING_IN.search(grid.name):
        return []
    entries = [entry for number in range(len(grid.rows)) for entry in _entries(view, number)]
    entries = [*_names_over(view, entries), *entries]
    entries.sort(key=lambda entry: (entry.row, entry.column))
    records = _records(entries, wanted)
    if not records:
        return []
    table = _table(view, wanted, records)
    return [table] if table is not None else []


def reads_across(view: View) -> bool:
    """Whether the rows at the top hold labels and values by turns, as a form does and no list."""
    rows = _first_form([row for n in range(_LOOKED_AT) if len(row := view.filled(n)) > 1])
    turns = [_label_columns(row) for row in rows]
    taking = [
        labels
        for row, labels in zip(rows, turns, strict=True)
        if labels and min(labels) == min(row) and len(labels) * 2 <= len(row) + 1 < len(row) * 2
    ]
    worded = [sum(likeness(v) >= ENDING for v in row.values()) for row in rows]
    if any(n > 2 and n >= len(row) - (len(row) > 4) for n, row in zip(worded, rows, strict=True)):
        return False
    first = {str(row[min(row)]) for row in rows}
    return (
        len(rows) >= _LEAST_FIELDS and len(taking) * 4 >= len(rows) * 3 and len(first) == len(rows)
    )


def _first_form(rows: list[dict[int, Cell]]) -> list[dict[int, Cell]]:
    """The rows up to where the first label comes back: the next form of the same kind."""
    first = str(rows[0][min(rows[0])]) if rows else ""
    again = (n for n, row in enumerate(rows) if n and str(row[min(row)]) == first)
    stop = next(again, len(rows))
    return rows[:stop] if stop >= _LEAST_FIELDS else rows


def _entries(view: View, number: int) -> Iterator[_Entry]:
    filled = view.filled(number)
    columns = sorted(filled)
    labels = _label_columns(filled)
    whose = ""
    for column in columns:
        cell = filled[column]
        if column in labels:
            end = view.span(number, column)[1]
            after = [c for c in columns if c > column]
            stop = next((c for c in after if c in labels), len(view.row(number)) + end)
            values = tuple((filled[c], (number, c)) for c in after if c < stop)
            blank: tuple[tuple[Cell, Place], ...] = (("", (number, end + 1)),)
            label = _plain(str(cell))
            numbers = bool(_NUMBER.search(label))
            yield _Entry(label, whose if numbers else "", number, column, values or blank)
            whose = label if _PERSON.search(label) and not numbers else whose
        elif isinstance(cell, str) and _has_colon(cell):
            yield from _in_one_cell(cell, number, column)


def _names_over(view: View, entries: Sequence[_Entry]) -> Iterator[_Entry]:
    """Names of firms that stand alone, each right over the lines that tell of it (地址：…)."""
    told = {entry.row for entry in entries}
    if any(strip_header(entry.label).endswith("名称") for entry in entries):
        return
    for number in sorted(told):
        filled = view.filled(number - 1) if number - 1 not in told else {}
        column, text = next(iter(filled.items()), (0, ""))
        if len(filled) == 1 and isinstance(text, str) and "organisation" in kinds_of(text):
            place = (number - 1, column)
            yield _Entry("名称", "", number - 1, column, ((text, place),))


def _label_columns(filled: dict[int, Cell]) -> set[int]:
    """The cells of a row that are labels; a word that may be either is a value after a label."""
    labels: set[int] = set()
    before = -2
    for column in sorted(filled):
        cell = filled[column]
        is_label = isinstance(cell, str) and _is_label(cell)
        # The last of a row, right beside a label, is what was written there.
        last = column == before + 1 == max(filled) and len(filled) % 2 == 0
        if is_label and before >= 0 and (last or _may_be_value(str(cell))):
            is_label = False
        if is_label:
            labels.add(column)
        before = column if is_label else -2
    return labels


def _may_be_value(text: str) -> bool:
    return strip_header(text) in value_words() or bool(kinds_of(text))


def _is_label(text: str) -> bool:
    plain = _plain(text)
    if not 1 < len(plain) <= _LONGEST_LABEL or is_serial(plain):
        return False
    return likeness(plain) >= ENDING


def _plain(label: str) -> str:
    return clean_text(label).rstrip(":： ")


def _has_colon(text: str) -> bool:
    return ":" in text or "：" in text


def _in_one_cell(text: str, number: int, column: int) -> Iterator[_Entry]:
    for match in _IN_ONE_CELL.finditer(text):
        if _is_label(match[1]):
            yield _Entry(match[1], "", number, column, ((match[2].strip(), (number, column)),))


def _records(entries: Sequence[_Entry], wanted: Wanted) -> list[_Record]:
    """The entries of each form; the label that heads a record begins the next one."""
    heads = [entry for entry in entries if _heads(entry, wanted)]
    if not heads:
        return []
    if across := _across(entries, heads[0]):
        return across
    head = heads[0].key
    first = entries[0].key
    same = [entry.key for entry in entries]
    begins = first if same.count(first) == same.count(head) else head
    starts = [place for place, key in enumerate(same) if key == begins]
    spans = pairwise([0, *starts[1:], len(entries)])
    return [list(entries[start:stop]) for start, stop in spans]


def _heads(entry: _Entry, wanted: Wanted) -> bool:
    label = strip_header(entry.label)
    heads = (plan.column(name) for plan in wanted.plans for name in plan.heads[:1])
    return any(column.match(label) >= ENDING for column in heads)


def _across(entries: Sequence[_Entry], head: _Entry) -> list[_Record]:
    """Records that stand side by side: the same labels serve all of them."""
    count = len(head.values)
    same = [e for e in entries if e.column == head.column]
    if count < 2 or len(same) < _LEAST_FIELDS or len(same) < len(entries):
        return []
    places = [place[1] for _, place in head.values]
    return [
        [_Entry(e.label, "", e.row, e.column, (_at(e, place),)) for e in entries]
        for place in places
    ]


def _at(entry: _Entry, column: int) -> tuple[Cell, Place]:
    for value, place in entry.values:
        if place[1] == column:
            return value, place
    return "", (entry.row, column)


def _table(view: View, wanted: Wanted, records: Sequence[_Record]) -> Table | None:
    labels = list(dict.fromkeys(entry.key for record in records for entry in record))
    columns = [_column(place, key, records) for place, key in enumerate(labels)]
    left_out, kept = _apart(columns)
    sources = [Source(c.place, HeaderCell(c.header, c.group), shares(c.values)) for c in kept]
    title = _title(view, records[0][0].row)
    assignment = guess(wanted.plans, sources, f"{title} {view.grid.name} {wanted.file_name}")
    if assignment is None:
        return None
    # Labels share columns, so that a choice by letters means none of them.
    by_label = replace(wanted.corrections, places={})
    choices = chosen_fields(by_label, sources, view.grid.name, 0)
    assignment = with_choices(assignment, choices)
    if not _is_filled_in(assignment.fields, columns):
        return None
    head = next((assignment.fields[n] for n in assignment.plan.heads if n in assignment.fields), 0)
    table = Table(
        sheet=view.grid.name,
        title=title,
        header_first=0,
        header_row=0,
        last_row=len(view.grid.rows),
        plan=assignment.plan.name,
        columns=kept,
        rows=[row + 1 for row, _ in columns[head].cells],
        fields=dict(assignment.fields),
        left_out=left_out,
        is_form=True,
    )
    _pass_over(view, table)
    return table


def _column(place: int, key: str, records: Sequence[_Record]) -> TableColumn:
    """The values of one label, one for each record."""
    label, group, values, cells = "", "", [], []
    for record in records:
        found = next((entry for entry in record if entry.key == key), None)
        value, cell = found.values[0] if found else ("", (record[0].row, record[0].column))
        label, group = (found.label, found.group) if found else (label, group)
        values.append(value)
        cells.append(cell)
    return TableColumn(place, label, group, values, cells=cells)


def _apart(columns: Sequence[TableColumn]) -> tuple[list[LeftOut], list[TableColumn]]:
    left_out, kept = [], []
    for column in columns:
        content = personal_content(shares(column.values))
        if is_personal_header(column.header) or content:
            told = "" if is_personal_header(column.header) else content
            left_out.append(LeftOut(column.place, column.header, told, tuple(column.cells)))
        else:
            kept.append(column)
    return left_out, kept


def _is_filled_in(fields: dict[str, int], columns: Sequence[TableColumn]) -> bool:
    """Whether enough labels were known, and something was written beside them."""
    filled = [place for place in fields.values() if any(map(is_filled, columns[place].values))]
    return len(fields) >= _LEAST_FIELDS and len(filled) >= _LEAST_FIELDS - 1


def _title(view: View, first: int) -> str:
    texts = (str(v) for n in range(first) for v in view.filled(n).values() if isinstance(v, str))
    return clean_text(" ".join(texts))[:200]


def _pass_over(view: View, table: Table) -> None:
    used = {row for column in table.columns for row, _ in column.cells}
    used |= {row for column in table.left_out for row, _ in column.cells}
    first = min(used)
    for number in range(len(view.grid.rows)):
        if number not in used and view.filled(number):
            skip(table, number, RowKind.TITLE if number < first else RowKind.UNKNOWN, "")
