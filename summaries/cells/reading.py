"""Which part of a question the cells answer, and which part is counted live."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from core.access import Viewer
from core.periods import Period
from summaries.cells.backed import ALONE, BY_KIND, FLOWS, SPLITS, VERSION, kinds_of
from summaries.figures.asked import Asked
from summaries.figures.questions import Question
from summaries.figures.scopes import ScopeKind

EVERY_TOWN = "*"
# What happens at a venue, for a brand or with a chamber is what the cells say of that value: those
# of the district, and to who sees a single town those of that town, which count just what is seen.
HELD_BY = {ScopeKind.VENUE: "venue", ScopeKind.BRAND: "brand", ScopeKind.CHAMBER: "chamber"}

# The months to be trusted in the moment of the statement, each with its last counted day.
CALENDAR = f"""
    SELECT string_agg(m.month || ' ' || COALESCE(m.last_on::text, '-'), ',' ORDER BY m.month)
    FROM cells_countedmonth m
    WHERE m.version = {VERSION}
    AND NOT EXISTS (SELECT 1 FROM cells_mark k WHERE k.month = m.month)
"""  # noqa: S608 - a number of this program

# One line for each value of up to two dimensions: month, town, or what the cell is split by.
CELLS = """
    SELECT w.name, {first}, {second}, SUM(c.number)
    FROM (VALUES {wanted})
        w (name, figure, split, is_day, town, held, first_on, last_on, one, two)
    JOIN cells_cell c ON c.figure = w.figure AND c.split = w.split AND c.is_day = w.is_day
        AND {town} AND c.start_on BETWEEN w.first_on AND w.last_on
        AND (w.held IS NULL OR c.value = ANY(w.held))
    GROUP BY 1, 2, 3
"""
TOWN = "CASE WHEN %s::bigint IS NULL THEN %s ELSE (SELECT code FROM towns_town WHERE id = %s) END"
LINE = f"(%s, %s, %s, %s::boolean, {TOWN}, %s::text[], %s::date, %s::date, %s, %s)"
VALUE = """CASE w.{column} WHEN '' THEN '' WHEN 'town' THEN c.town
    WHEN 'month' THEN to_char(c.start_on, 'YYYY-MM') ELSE c.value END"""

Months = dict[date, date | None]


@dataclass(frozen=True, slots=True)
class Want:
    """Cells of one kind over a span of days."""

    is_day: bool
    span: Period


@dataclass(frozen=True, slots=True)
class Plan:
    """How one question is answered: by these cells and by these days counted live.

    ``town`` is the code of the cells' town; ``town_pk`` is its key, where that alone is known. Of
    the values of the splits only those in ``held`` are added up; None stands for all.
    """

    splits: Sequence[str]
    town: str
    wants: Sequence[Want]
    live: Sequence[Period]
    town_pk: int | None = None
    held: Sequence[str] | None = None


@lru_cache(maxsize=64)
def months_of(calendar: str) -> Months:
    """The trusted months with their last counted day, out of what CALENDAR selects."""
    pairs = (entry.split(" ") for entry in calendar.split(",") if entry)
    return {
        date.fromisoformat(month): None if last == "-" else date.fromisoformat(last)
        for month, last in pairs
    }


def plan_of(asked: Asked, months: Months) -> Plan | None:
    """The plan for a question; None when cells know nothing of it."""
    question = asked.question
    if question.scope.kind in HELD_BY:
        return _plan_of_held(asked, months)
    town = _town_of(question)
    splits = [key for key in asked.by if key not in {"month", "town"}]
    if (
        not _has_cells(asked)
        or question.days is None
        or town is None
        or len(splits) > 1
        or not {*splits} <= {*SPLITS}
    ):
        return None
    if "town" in asked.by:
        if town:
            return None
        town = EVERY_TOWN
    return _planned(question.days, "".join(splits), town, months)


def _has_cells(asked: Asked) -> bool:
    kept = FLOWS.get(asked.figure.key)
    same = kept is not None and kept.source is asked.figure.source
    return same and not asked.question.narrowed


def _plan_of_held(asked: Asked, months: Months) -> Plan | None:
    """The plan for a venue, a brand or a chamber: whole, by month, and by kind where that is kept.

    For who sees the whole district or one town. Of several towns an activity may be one of two.
    """
    question = asked.question
    places, user, pks = _places_seen(question.user), question.user, question.scope.pks
    what = HELD_BY[question.scope.kind]
    splits = {*asked.by} - {"month"}
    known = not splits or (splits == {"kind"} and asked.figure.key in BY_KIND)
    alone = what in ALONE or len(pks) == 1
    if not (places == 1 and known and alone and _has_cells(asked) and question.days):
        return None
    plan = _planned(question.days, what, "", months)
    town_pk = None if user.town_ids is None else next(iter(user.town_ids))
    if splits:
        return replace(plan, splits=[f"{kinds_of(what)}{pk}" for pk in pks], town_pk=town_pk)
    return replace(plan, held=[str(pk) for pk in pks], town_pk=town_pk)


def _places_seen(user: Viewer) -> int:
    """How many towns this person sees, the whole district being one place."""
    if not (user.is_authenticated and user.is_active):
        return 0
    return 1 if user.town_ids is None else len(user.town_ids)


def _town_of(question: Question) -> str | None:
    """The town of the cells ("" for the district) whose rows this person sees all of, or None."""
    user, scope = question.user, question.scope
    if not (user.is_authenticated and user.is_active):
        return None
    if scope.kind is ScopeKind.DISTRICT:
        return "" if user.town_ids is None else None
    if scope.kind is ScopeKind.TOWN and len(scope.pks) == 1:
        return scope.ref if user.town_ids is None or user.town_ids.issuperset(scope.pks) else None
    return None


def _planned(days: Period, split: str, town: str, months: Months) -> Plan:
    wants: list[Want] = []
    live: list[Period] = []
    for month in days.each_month():
        part = Period(max(month.start, days.start), min(month.end, days.end))
        last_on = months.get(month.start)
        if month.start not in months:
            live.append(part)
        elif part == month or (part.start == month.start and (last_on or part.end) <= part.end):
            wants.append(Want(is_day=False, span=month))
        elif not split:
            wants.append(Want(is_day=True, span=part))
        else:
            live.append(part)
    return Plan([split], town, list(_joined_wants(wants)), list(_joined(live)))


def _joined(spans: Iterable[Period]) -> Iterator[Period]:
    """Spans that follow one another as one."""
    open_span: Period | None = None
    for span in spans:
        if open_span and (span.start - open_span.end).days == 1:
            open_span = Period(open_span.start, span.end)
            continue
        if open_span:
            yield open_span
        open_span = span
    if open_span:
        yield open_span


def _joined_wants(wants: Sequence[Want]) -> Iterator[Want]:
    for is_day in (False, True):
        for span in _joined(one.span for one in wants if one.is_day is is_day):
            yield Want(is_day, span)


def cells_sql(plans: dict[str, tuple[Asked, Plan]]) -> Iterator[tuple[str, list[Any]]]:
    """Selects of (name, value, value, total) over the cells of all plans: two at most."""
    for every_town in (False, True):
        lines: list[Any] = []
        for name, (asked, plan) in plans.items():
            if (plan.town == EVERY_TOWN) is every_town:
                lines += _lines(name, asked, plan)
        if lines:
            town = "c.town <> '' AND w.town = '*'" if every_town else "c.town = w.town"
            sql = CELLS.format(
                first=VALUE.format(column="one"),
                second=VALUE.format(column="two"),
                wanted=", ".join([LINE] * len(lines)),
                town=town,
            )
            yield sql, [value for line in lines for value in line]


def _lines(name: str, asked: Asked, plan: Plan) -> Iterator[tuple[Any, ...]]:
    one, two = (*asked.by, "", "")[:2]
    town = (plan.town_pk, plan.town, plan.town_pk)
    for split in plan.splits:
        for want in plan.wants:
            days = (want.span.start, want.span.end)
            yield (name, asked.figure.key, split, want.is_day, *town, plan.held, *days, one, two)
