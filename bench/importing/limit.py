"""The limit: the least work that ends with the same rows in the same two tables."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pgtrigger
from django.db import transaction
from python_calamine import CalamineWorkbook

from bench.importing.ground import CHAMBER, WARM_FROM, WARM_ROWS, timed
from bench.importing.roster import TITLE_ROWS, write_roster
from chambers.models import Chamber, Enterprise, Membership
from core.normalise import name_key
from core.pinyin import spell
from imports.cleaning.values import Context
from imports.plans.bulk import copy_columns, fresh_numbers
from imports.plans.targets import POSITION_WORDS
from imports.reading.vocabulary import PLANS

FIELDS = (
    "",
    "name",
    "credit_code",
    "position",
    "contact",
    "phone",
    "industry",
    "joined_on",
    "capital_wan",
    "staff_count",
    "address",
)
HISTORIES = ("chambers.Enterprise:insert_insert", "chambers.Membership:insert_insert")


def measure(file: str) -> dict[str, float]:
    """Read with calamine, validate each cell, COPY; and how much of that the history costs."""
    path = Path(file)
    small = path.with_name("warm.xlsx")
    write_roster(small, WARM_ROWS, WARM_FROM)
    _all(small)
    read, validate, copy = _all(path)
    # Twice more for the difference, so that both find the same names spelt already.
    spelt, bare = _all(path)[-1], _all(path, with_history=False)[-1]
    return {
        "seconds": read + validate + copy,
        "read": read,
        "validate": validate,
        "copy": copy,
        "history": spelt - bare,
    }


def _all(path: Path, *, with_history: bool = True) -> tuple[float, float, float]:
    """Seconds of reading, of validating, of copying; nothing is kept."""
    read, rows = timed(lambda: _read(path))
    validate, columns = timed(lambda: _validate(rows))
    with nullcontext() if with_history else pgtrigger.ignore(*HISTORIES), transaction.atomic():
        copy, _nothing = timed(lambda: _copy(columns))
        transaction.set_rollback(True)
    return read, validate, copy


def _read(path: Path) -> list[list[Any]]:
    with path.open("rb") as file:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
        return sheet.to_python(skip_empty_area=False)[TITLE_ROWS + 1 :]


def _validate(rows: list[list[Any]]) -> dict[str, list[Any]]:
    """Every cell through the rules of its column, each different value once."""
    plan, columns = PLANS["members"], {}
    for name, cells in zip(FIELDS, zip(*rows, strict=True), strict=True):
        if name:
            column = plan.column(name)
            context = Context(limit=column.limit)
            known = {cell: column.clean(cell, context).value for cell in set(cells)}
            columns[name] = [known[cell] for cell in cells]
    return columns


def _copy(columns: dict[str, list[Any]]) -> None:
    count = len(columns["name"])
    firms, chamber = fresh_numbers(Enterprise, count), Chamber.objects.get(name=CHAMBER)
    spelt = [spell(name) for name in columns["name"]]
    enterprise: dict[str, Sequence[Any]] = {
        "id": firms,
        **{name: columns[name] for name in ("name", "credit_code", "contact", "phone", "address")},
        "industry_tag": columns["industry"],
        "capital_wan": columns["capital_wan"],
        "staff_count": columns["staff_count"],
        "town_id": [chamber.town_id] * count,
        "name_key": [name_key(name) for name in columns["name"]],
        "pinyin": [one.full for one in spelt],
        "initials": [one.initials for one in spelt],
        "sort_key": [one.sort_key for one in spelt],
        **{name: [""] * count for name in ("industry", "tax_band", "tax_band_source", "note")},
    }
    copy_columns(Enterprise._meta.db_table, list(enterprise), list(enterprise.values()))
    words: list[Any] = [POSITION_WORDS[word].value for word in columns["position"]]
    membership: dict[str, Sequence[Any]] = {
        "id": fresh_numbers(Membership, count),
        "chamber_id": [chamber.pk] * count,
        "enterprise_id": firms,
        "position": words,
        "joined_on": columns["joined_on"],
    }
    copy_columns(Membership._meta.db_table, list(membership), list(membership.values()))
