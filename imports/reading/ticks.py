"""Values told by a tick in one of several columns: 国家级 | 市级 | 区级, √ under one of them."""

import re
from collections.abc import Mapping

from core.normalise import strip_header
from imports.cleaning.choices import is_position
from imports.cleaning.values import Cell, is_nothing
from imports.reading.bodies import GROUP_TESTS
from imports.reading.columns import Plan
from imports.reading.headers import Header, View
from imports.reading.table import Table, TableColumn

_SAMPLE = 300
_TICKS = frozenset(["√", "✓", "✔", "☑", "●", "■", "★", "V", "v", "是", "对", "✅", "〇", "○"])
_BLANKS = frozenset(["×", "✗", "✘", "X", "x", "否", "□", "☐", "〤"])
# The fields a ticked column may stand for, and the words over it.
_TESTS: Mapping[str, re.Pattern[str]] = {
    "level": re.compile(r"(?:国家|全国|省部?|市|区县?|县|街镇|镇|街道)级?(?:以上)?"),
    "mode": re.compile(r"线上|线下|线上线下"),
    "post": re.compile(r"统战委员|统战干事|统战联络员|联络员"),
    "full_time": re.compile(r"(?:专|兼)职"),
}


def is_tick(cell: Cell) -> bool:
    """Whether a cell only says that its column holds."""
    return isinstance(cell, str) and cell.strip() in _TICKS


def ticked_columns(header: Header, view: View, stop: int) -> frozenset[int]:
    """Columns that hold ticks and nothing else; none unless there are two."""
    rows = range(header.last + 1, min(stop, header.last + 1 + _SAMPLE))
    found = frozenset(c for c in header.cells if _is_ticked([view.cell(n, c) for n in rows]))
    return found if len(found) > 1 else frozenset()


def _is_ticked(cells: list[Cell]) -> bool:
    said = [cell for cell in cells if cell != ""]
    ticks = sum(map(is_tick, said))
    return bool(ticks) and all(is_tick(c) or _is_blank(c) for c in said)


def _is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and (cell.strip() in _BLANKS or is_nothing(cell))


def read_ticks(table: Table, plan: Plan, ticked: frozenset[int]) -> None:
    """Give each record the value over its tick, for the fields the list has no column for."""
    columns = [column for column in table.columns if column.place in ticked]
    names = {_field(column, plan) for column in columns} - {""}
    for name in sorted(names):
        mine = [column for column in columns if _field(column, plan) == name]
        place = table.fields.get(name)
        if len(mine) < 2 or (place is not None and place not in ticked):
            continue
        for other in [n for n, p in table.fields.items() if p in {c.place for c in mine}]:
            del table.fields[other]
        virtual = min([0, *table.fields.values()]) - 1
        values: list[Cell] = [_told(mine, row) for row in range(len(table.rows))]
        header = next((c.group for c in mine if c.group), "、".join(c.header for c in mine))
        table.columns.append(TableColumn(virtual, header, "", values))
        table.fields[name] = virtual


def _told(columns: list[TableColumn], row: int) -> str:
    return "、".join(strip_header(c.header) for c in columns if is_tick(c.values[row]))


def _field(column: TableColumn, plan: Plan) -> str:
    """The field a ticked column is a value of: by its own word, or by the heading over it."""
    leaf = strip_header(column.header)
    for name, words in _TESTS.items():
        if plan.has(name) and words.fullmatch(leaf):
            return name
    if plan.has("position") and is_position(leaf):
        return "position"
    if plan.has("level") and GROUP_TESTS["level"](leaf):
        return "level"
    group = strip_header(column.group)
    fitting = (c.name for c in plan.columns if c.name == "kind" and group and c.match(group) >= 0.8)
    return next(fitting, "")
