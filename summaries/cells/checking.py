"""Counts again what the cells say, and tells every difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from core.periods import Period
from summaries.cells.backed import FLOWS, VERSION
from summaries.cells.counting import counts_of, take_turn
from summaries.cells.models import Cell, CountedMonth, Mark

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is not what the rows say: figure, split, day or month, town, value."""

    key: Key
    kept: Decimal
    counted: Decimal

    def __str__(self) -> str:
        figure, split, _is_day, town, start_on, value = self.key
        where = f"{town or 'district'} {split} {value}".strip()
        return f"{figure} {start_on} {where}: {self.kept} != {self.counted}"


def trusted_months() -> list[date]:
    """The months whose cells are believed now."""
    marked = Mark.objects.values("month")
    rows = CountedMonth.objects.filter(version=VERSION).exclude(month__in=marked)
    return list(rows.order_by("month").values_list("month", flat=True))


def differences(month: date) -> list[Difference]:
    """What the cells of a trusted month say and its rows do not; nothing of a month that is
    written to meanwhile."""
    with transaction.atomic():
        if not take_turn():
            return []
        kept, counted = _kept(month), _counted(month)
        if month not in trusted_months():
            return []
    return list(_compared(kept, counted))


def _compared(kept: dict[Key, Decimal], counted: dict[Key, Decimal]) -> Iterator[Difference]:
    for key in sorted({*kept, *counted}, key=str):
        before, now = kept.get(key, Decimal(0)), counted.get(key, Decimal(0))
        if before != now:
            yield Difference(key, before, now)


def _kept(month: date) -> dict[Key, Decimal]:
    days = Period.month_of(month)
    cells = Cell.objects.filter(start_on__gte=days.start, start_on__lte=days.end)
    rows = cells.values_list("figure", "split", "is_day", "town", "start_on", "value", "number")
    return {row[:-1]: row[-1] for row in rows}


def _counted(month: date) -> dict[Key, Decimal]:
    found: dict[Key, Decimal] = {}
    with connection.cursor() as cursor:
        for figure in FLOWS.values():
            for sql, values in counts_of(figure, Period.month_of(month)):
                cursor.execute(sql, values)
                found |= {tuple(row[:-1]): Decimal(row[-1]) for row in cursor.fetchall()}
    return found
