"""The one statement that answers many questions, out of cells and of rows counted live."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from core.periods import Period
from summaries.cells.reading import CALENDAR, Plan, cells_sql, months_of, plan_of
from summaries.figures.asked import Asked

NO_NAME = ""  # the line that tells the calendar
ATTEMPTS = 3  # the calendar may change between two of them; after that everything is counted live
Select = tuple[str, Sequence[Any]]
Selects = Callable[[Iterable[tuple[str, Asked]]], Iterable[Select]]
Lines = list[tuple[Any, ...]]

# The calendar of the last statement: what the next one supposes. A statement whose own calendar
# is another is not believed and is put again, so that what is remembered can't make it wrong.
# By the name of the database: a process of a measure asks two of them in turns.
_remembered: dict[str, str] = {}


def rows_of(asked: Mapping[str, Asked], selects: Selects) -> Lines:
    """(name, value, value, total) for everything asked; lines of the same values are to be added.

    ``selects`` gives the live select of each question it is handed.
    """
    selects = _once(selects)
    database = str(connection.settings_dict["NAME"])
    calendar = _remembered.get(database, "")
    for _attempt in range(ATTEMPTS):
        months = months_of(calendar)
        plans = {name: (one, plan) for name, one in asked.items() if (plan := plan_of(one, months))}
        if not plans:
            return _fetch(list(selects(asked.items())))
        lines = _fetch([*_parts(asked, plans, selects), _calendar()])
        found = next(line[1] or "" for line in lines if line[0] == NO_NAME)
        if found == calendar:
            return [line for line in lines if line[0] != NO_NAME]
        _remembered[database] = calendar = found
    return _fetch(list(selects(asked.items())))


def _calendar() -> Select:
    return f"SELECT '{NO_NAME}', ({CALENDAR}), '', 0", ()


def _parts(
    asked: Mapping[str, Asked], plans: dict[str, tuple[Asked, Plan]], selects: Selects
) -> list[Select]:
    """The cells of the plans, the days they leave to be counted, and what has no plan."""
    live = [(name, one) for name, one in asked.items() if name not in plans]
    for name, (one, plan) in plans.items():
        live += [(name, replace(one, question=one.question.during(span))) for span in plan.live]
    return [*cells_sql(plans), *selects(live)]


def _once(selects: Selects) -> Selects:
    """The same, each select made once however often the statement is put."""
    made: dict[tuple[str, Period], list[Select]] = {}

    def remembered(asked: Iterable[tuple[str, Asked]]) -> Iterator[Select]:
        for name, one in asked:
            key = (name, one.question.period)
            if key not in made:
                made[key] = list(selects([(name, one)]))
            yield from made[key]

    return remembered


def _fetch(selects: Sequence[Select]) -> Lines:
    """All selects as one statement, the lines in their order."""
    if not selects:
        return []
    sql = " UNION ALL ".join(f"({select})" for select, _values in selects)
    values = [value for _select, several in selects for value in several]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
