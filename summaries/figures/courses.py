"""How a number went: what stood at the end of each month, for figures that stand on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.periods import Period, add_months
from summaries.figures.answers import Answer, Asked
from summaries.figures.figure import REST, Figure, FigureKind, Value
from summaries.figures.questions import Question

SHORTEST, LONGEST = 3, 12  # months that a course shows


@dataclass(frozen=True, slots=True)
class Point:
    """A month and what stood on its last day, or on the as-of day when that comes first."""

    month: Period
    value: Value
    url: str


def over_months(question: Question) -> Question:
    """The question over the months a chart shows: at least since January, at most twelve."""
    period = question.period.up_to(question.as_of)
    count = sum(1 for _month in period.each_month())
    if count < SHORTEST:
        return replace(question, period=Period.months(period.end.year, 1, 12).up_to(period.end))
    if count > LONGEST:
        first = add_months(period.end.replace(day=1), 1 - LONGEST)
        return replace(question, period=Period(first, period.end))
    return replace(question, period=period)


def has_course(figure: Figure, question: Question) -> bool:
    """Whether it stands on a day; the rest of many values is another rest in each month."""
    return figure.kind is FigureKind.STOCK and not question.is_narrowed_to(REST)


def months_of(question: Question) -> list[Period]:
    """The months of a course that have begun by the as-of day."""
    course = over_months(question)
    return [month for month in course.period.each_month() if month.start <= question.as_of]


def asked_course(figure: Figure, question: Question) -> dict[str, Asked]:
    """What has to be asked for a course, to be answered together with the rest of a page."""
    return {
        f"{figure.key} {month}": Asked(figure, question.during(month))
        for month in months_of(question)
    }


def course_of(
    figure: Figure, question: Question, answered: Mapping[str, Answer]
) -> Sequence[Point]:
    """The course out of the answers to ``asked_course``."""
    found = [(month, answered[f"{figure.key} {month}"]) for month in months_of(question)]
    return [Point(month, answer.value, answer.url) for month, answer in found]


def asked_courses(figures: Iterable[Figure], question: Question) -> dict[str, Asked]:
    """Those of several figures at once."""
    asked: dict[str, Asked] = {}
    for figure in figures:
        asked |= asked_course(figure, question)
    return asked
