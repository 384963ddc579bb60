"""What a person says against the guess on the page of a sheet, joined to what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from imports.reading.corrections import Corrections, HeaderRows
from imports.reading.vocabulary import PLANS
from imports.understanding.noted import place_name

COLUMN = "column-"  # begins the name of a column's choice; its letters follow
JOINT = ","  # between the fields of a column that fills several
MOST_HEADERS = 50

Table = Mapping[str, Any]
Fields = tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What was sent: the table looked at, or its sheet, and one act besides the columns.

    ``act`` is header (``value``: its last row), no_header, take_sheet, leave_sheet (a sheet's
    name), take_table, leave_table (a table's key), plan (the key of a kind of list), forget (a
    header), start_again, or "" for the columns alone.
    """

    sheet: str
    table: str = ""
    act: str = ""
    value: str = ""
    columns: Mapping[str, Fields] = field(default_factory=dict)


def read_asked(sent: Mapping[str, str]) -> Asked:
    """The request in the terms of this module; unknown acts count as none."""
    act = next((name for name in (*ROW_ACTS, *TAKING) if name in sent), "")
    return Asked(
        sheet=sent.get("sheet", ""),
        table=sent.get("table", ""),
        act=act,
        value=sent.get(act, ""),
        columns={
            name.removeprefix(COLUMN): fields_of(value)
            for name, value in sent.items()
            if name.startswith(COLUMN)
        },
    )


def fields_of(value: str) -> Fields:
    """The fields of one choice: "contact,phone" is two, "" none."""
    return tuple(name for name in value.split(JOINT) if name)


def changed_columns(tables: Sequence[Table], asked: Asked) -> dict[str, tuple[str, Fields]]:
    """By place, the header and the new fields of each column that was given another meaning."""
    table = next((one for one in tables if one["key"] == asked.table), None)
    if table is None:
        return {}
    known = {column.name for column in PLANS[table["plan"]].columns}
    return {
        place_name(column): (column["header"], chosen)
        for column in table["columns"]
        if (chosen := asked.columns.get(place_name(column))) is not None
        and chosen != tuple(column["fields"])
        and set(chosen) <= known
    }


def corrected(said: Corrections, tables: Sequence[Table], asked: Asked) -> Corrections:
    """All that the person has said by now; the cells of a form are known by their header alone."""
    form = any(one.get("is_form") for one in tables if one["key"] == asked.table)
    changed = (
        {}
        if form
        else {place: fields for place, (_header, fields) in changed_columns(tables, asked).items()}
    )
    if changed:
        before = said.places.get(asked.table, {})
        told = {**before, **{place: list(fields) or "" for place, fields in changed.items()}}
        said = replace(said, places={**said.places, asked.table: told})
    if asked.act in ROW_ACTS:
        return _with_header(said, tables, asked)
    return TAKING[asked.act](said, asked.value) if asked.act else said


def _with_header(said: Corrections, tables: Sequence[Table], asked: Asked) -> Corrections:
    """The header of one table moved; the others of its sheet stay where they are.

    A row of the header as it was guessed becomes the whole header; of any other row those above
    may belong to it.
    """
    row = _row(asked)
    if row is None:
        return said
    table = next((one for one in tables if one["key"] == asked.table), None)
    within = table is not None and table["header_first"] <= row <= table["header_row"]
    chosen: HeaderRows = (row, row) if row and within else row
    others: list[HeaderRows] = [
        (one["header_first"], one["header_row"])
        for one in _headers(tables, asked.sheet)
        if one["key"] != asked.table and one["header_row"] not in {0, row}
    ]
    rows = [*others[:MOST_HEADERS], chosen] if row else [0]
    return replace(said, header_rows={**said.header_rows, asked.sheet: rows})


def _row(asked: Asked) -> int | None:
    if asked.act == "no_header":
        return 0
    short = asked.value.isascii() and asked.value.isdecimal() and len(asked.value) < 8
    return int(asked.value) or None if short else None


def _headers(tables: Sequence[Table], sheet: str) -> list[Table]:
    """The tables of a sheet, of those side by side one."""
    return list({one["header_row"]: one for one in tables if one["sheet"] == sheet}.values())


def _sheet_taken(said: Corrections, name: str) -> Corrections:
    return replace(said, sheets={**said.sheets, name: True})


def _sheet_left(said: Corrections, name: str) -> Corrections:
    return replace(said, sheets={**said.sheets, name: False})


def _table_taken(said: Corrections, key: str) -> Corrections:
    return replace(said, left_tables=[one for one in said.left_tables if one != key])


def _table_left(said: Corrections, key: str) -> Corrections:
    return replace(said, left_tables=[*said.left_tables, key])


def _other_plan(said: Corrections, plan: str) -> Corrections:
    return replace(said, plan=plan, places={}) if plan in PLANS else said


def _nothing_said(said: Corrections, _value: str) -> Corrections:
    return Corrections(plan=said.plan)


ROW_ACTS = ("header", "no_header")


def _as_before(said: Corrections, _value: str) -> Corrections:
    return said


FORGET, START_AGAIN = "forget", "start_again"
TAKING = {
    "plan": _other_plan,
    FORGET: _as_before,
    "take_sheet": _sheet_taken,
    "leave_sheet": _sheet_left,
    "take_table": _table_taken,
    "leave_table": _table_left,
    START_AGAIN: _nothing_said,
}
