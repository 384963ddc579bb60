"""Counts the cells of months: those that were marked since, and those never counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce

from activities.models import Activity
from core.access import WHOLE_DISTRICT
from core.periods import Period
from summaries.cells.backed import ALONE, BY_KIND, FLOWS, MANY, SPLITS, VERSION, kinds_of
from summaries.cells.models import Cell, CountedMonth, Mark
from summaries.figures.dimensions import ACTIVITY_KIND, TAKING_PART
from summaries.figures.figure import NONE, Figure, Rows
from summaries.figures.questions import Question
from summaries.figures.scopes import district

LOCK = 7_301_118  # one counter at a time; a second one leaves the work to the first
TEXT: CharField[str, str] = CharField()

KEEP = "INSERT INTO cells_cell (figure, split, is_day, town, start_on, value, number) {count}"
# One pass over the rows of a figure gives the month, each split of it, and each day.
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
# An activity of several chambers stands once with each of them.
COUNT_MANY = """
SELECT %s,
    CASE {names} END,
    FALSE,
    cell_town,
    %s::date,
    CASE {values} END,
    COALESCE(SUM(cell_measured), 0)
FROM ({rows}) AS counted
GROUP BY GROUPING SETS ({sets})
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
    whole = _cases(SPLITS, ALONE if figure.key in BY_KIND else ())
    many = _cases((MANY,), (MANY,) if figure.key in BY_KIND else ())
    for town in (Value(""), TAKING_PART.expression):
        rows = _in_towns(figure, figure.rows(question), town)
        for template, cases, lines in (
            (COUNT, whole, _split(figure, rows)),
            (COUNT_MANY, many, _of_chambers(rows)),
        ):
            sql, values = lines.query.sql_with_params()
            yield template.format(rows=sql, **cases), (figure.key, days.start, *values)


def _in_towns(figure: Figure, rows: Rows, town: Any) -> Rows:
    """One line for each row of the figure, and for each of its towns, with its kind."""
    measured: Any = F(figure.measure) if figure.measure else Value(1)
    lines: Rows = rows.order_by().annotate(
        cell_town=Coalesce(Cast(town, TEXT), Value(NONE)),
        cell_kind=Cast(ACTIVITY_KIND.expression, TEXT),
        cell_measured=measured,
    )
    return lines


def _split(figure: Figure, rows: Rows) -> Rows:
    """The same with its day, and all else that it is split by."""
    named: dict[str, Any] = {
        f"cell_{one}": Cast(figure.dimension(one).expression, TEXT)
        for one in SPLITS
        if one != ACTIVITY_KIND.key
    }
    named["cell_day"] = F("start_on")
    lines: Rows = rows.annotate(**named).values_list(
        "cell_town", "cell_kind", "cell_measured", *named
    )
    return lines


def _of_chambers(rows: Rows) -> Rows:
    """The same once for each chamber that hosts it, in whatever parts."""
    hosted = rows.annotate(cell_chamber=Cast(F("hosts__chamber_id"), TEXT))
    lines: Rows = hosted.filter(cell_chamber__isnull=False).values_list(
        "pk", "cell_town", "cell_kind", "cell_chamber", "cell_measured"
    )
    return lines.distinct()


def _cases(splits: Sequence[str], by_kind: Sequence[str]) -> dict[str, str]:
    """How lines are put together by each split, and by kind within each of some."""
    names = [
        f"WHEN GROUPING(cell_{one}, cell_kind) = 0 "
        f"THEN '{kinds_of(one)}' || COALESCE(cell_{one}, '{NONE}')"
        for one in by_kind
    ]
    names += [f"WHEN GROUPING(cell_{one}) = 0 THEN '{one}'" for one in splits]
    # Of a line that is of a kind within something, the kind is the value.
    told = dict.fromkeys([*[ACTIVITY_KIND.key] * bool(by_kind), *splits])
    values = [f"WHEN GROUPING(cell_{one}) = 0 THEN COALESCE(cell_{one}, '{NONE}')" for one in told]
    sets = [f"(cell_town, cell_{one})" for one in splits]
    sets += [f"(cell_town, cell_{one}, cell_kind)" for one in by_kind]
    return {"names": " ".join(names), "values": " ".join(values), "sets": ", ".join(sets)}
