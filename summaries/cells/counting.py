"""Counts the cells of months: those that were marked since, and those never counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce

from activities.models import Activity
from core.access import WHOLE_DISTRICT
from core.periods import Period
from summaries.cells.backed import FLOWS, SPLITS, VERSION
from summaries.cells.models import Cell, CountedMonth, Mark
from summaries.figures.dimensions import TAKING_PART
from summaries.figures.figure import NONE, Figure, Rows
from summaries.figures.questions import Question
from summaries.figures.scopes import district

LOCK = 7_301_118  # one counter at a time; a second one leaves the work to the first
TEXT: CharField[str, str] = CharField()

# One pass over the rows of a figure gives the month, each split of it, and each day.
KEEP = "INSERT INTO cells_cell (figure, split, is_day, town, start_on, value, number) {count}"
COUNT = """
SELECT %s,
    CASE {names} ELSE '' END,
    GROUPING(cell_day) = 0,
    cell_town,
    CASE WHEN GROUPING(cell_day) = 0 THEN cell_day ELSE %s END,
    CASE {values} ELSE '' END,
    COALESCE(SUM(cell_measured), 0)
FROM ({rows}) AS counted
GROUP BY GROUPING SETS ((cell_town), (cell_town, cell_day), {sets})
"""


def recount(*, today: date, at_most: int | None = None) -> int:
    """Count the months that need it, newest first; returns how many were counted.

    Each month is a transaction of its own. A write that commits meanwhile leaves its mark behind,
    so that the month is counted again.
    """
    counted = 0
    for month in waiting(today)[:at_most]:
        if not count_month(month):
            break
        counted += 1
    return counted


def waiting(today: date) -> list[date]:
    """The months to be counted: marked, or never counted since the first activity."""
    marked = set(Mark.objects.values_list("month", flat=True).distinct())
    known = set(CountedMonth.objects.filter(version=VERSION).values_list("month", flat=True))
    return sorted((marked | _months_up_to(today)) - (known - marked), reverse=True)


def _months_up_to(today: date) -> set[date]:
    rows = Activity.objects.visible_to(WHOLE_DISTRICT).counted()
    first = rows.order_by("start_on").values_list("start_on", flat=True).first()
    if first is None or first > today:
        return set()
    return {month.start for month in Period(first.replace(day=1), today).each_month()}


def count_month(month: date) -> bool:
    """Count one month anew. False when another process is counting."""
    with transaction.atomic():
        if not take_turn():
            return False
        # The marks first: what is counted after this includes the writes that left them.
        marks = list(Mark.objects.filter(month=month).values_list("pk", flat=True))
        days = Period.month_of(month)
        Cell.objects.filter(start_on__gte=days.start, start_on__lte=days.end).delete()
        with connection.cursor() as cursor:
            for figure in FLOWS.values():
                for sql, values in counts_of(figure, days):
                    cursor.execute(KEEP.format(count=sql), values)
        CountedMonth.objects.update_or_create(
            month=month, defaults={"last_on": _last_on(days), "version": VERSION}
        )
        Mark.objects.filter(pk__in=marks).delete()
    return True


def take_turn() -> bool:
    """Whether this transaction alone counts from now to its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _last_on(days: Period) -> date | None:
    cells = Cell.objects.filter(is_day=True, start_on__gte=days.start, start_on__lte=days.end)
    return cells.order_by("-start_on").values_list("start_on", flat=True).first()


def counts_of(figure: Figure, days: Period) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The statements that count a figure in a month: for the district, and for every town."""
    question = Question(district(), days, days.end, WHOLE_DISTRICT)
    for town in (Value(""), TAKING_PART.expression):
        sql, values = _dimensioned(figure, figure.rows(question), town).query.sql_with_params()
        yield COUNT.format(rows=sql, **_CASES), (figure.key, days.start, *values)


def _dimensioned(figure: Figure, rows: Rows, town: Any) -> Rows:
    """One line for each row of the figure, and for each of its towns, with all it is split by."""
    named: dict[str, Any] = {
        f"cell_{split}": Cast(figure.dimension(split).expression, TEXT) for split in SPLITS
    }
    named |= {
        "cell_town": Coalesce(Cast(town, TEXT), Value(NONE)),
        "cell_day": F("start_on"),
        "cell_measured": F(figure.measure) if figure.measure else Value(1),
    }
    lines: Rows = rows.order_by().annotate(**named).values_list(*named)
    return lines


_CASES = {
    "names": " ".join(f"WHEN GROUPING(cell_{one}) = 0 THEN '{one}'" for one in SPLITS),
    "values": " ".join(
        f"WHEN GROUPING(cell_{one}) = 0 THEN COALESCE(cell_{one}, '{NONE}')" for one in SPLITS
    ),
    "sets": ", ".join(f"(cell_town, cell_{one})" for one in SPLITS),
}
