"""Everything a dashboard asks of figures, put together so that one statement answers it all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chambers.models import Chamber
from core.periods import Period, add_months
from summaries.figures import activities, chambers, towns, venues
from summaries.figures.answers import Answer, Asked, answers
from summaries.figures.figure import Figure
from summaries.figures.questions import Question
from summaries.figures.scopes import of_chamber

SHORTEST_COURSE, LONGEST_COURSE = 3, 12  # months that a chart over time shows

PLAIN: tuple[Figure, ...] = (
    activities.ACTIVITIES,
    activities.HEADCOUNT,
    activities.DONATIONS,
    activities.ACTIVITIES_SUBMITTED,
    activities.ACTIVITIES_RETURNED,
    venues.VENUES,
    venues.VENUES_IDLE,
    chambers.MEMBERS,
    chambers.COUNCIL_ENTERPRISES,
    chambers.MEMBERS_JOINED,
    chambers.MEMBERS_LEFT,
    chambers.HONOURS,
    chambers.HONOURS_LAPSING,
    chambers.TERMS_DUE,
    towns.VILLAGES,
    towns.VILLAGES_STAFFED,
    towns.VILLAGES_UNSTAFFED,
    towns.BRANDS,
    towns.BRANDS_GREY,
)
COMPARED = (activities.ACTIVITIES, activities.HEADCOUNT)


@dataclass(frozen=True)
class Numbers:
    """The answers of one dashboard. ``course`` is the question over the months that are drawn."""

    question: Question
    course: Question
    answered: dict[str, Answer]

    def __getitem__(self, key: str) -> Answer:
        return self.answered[key]

    def of_chamber(self, chamber: Chamber) -> Answer:
        return self.answered[f"chamber {chamber.pk}"]

    @property
    def months(self) -> list[Period]:
        return list(self.course.period.up_to(self.course.as_of).each_month())


def of_place(question: Question, chambers_there: Iterable[Chamber] = ()) -> Numbers:
    """All numbers of the page of a town, or of the district."""
    course = over_months(question)
    asked = {figure.key: Asked(figure, question) for figure in PLAIN}
    before = question.year_before()
    asked |= {f"{figure.key} before": Asked(figure, before) for figure in COMPARED}
    asked |= _split(question, course)
    asked |= {
        f"chamber {chamber.pk}": Asked(chambers.MEMBERS, question.within(of_chamber(chamber)))
        for chamber in chambers_there
    }
    return Numbers(question, course, answers(asked))


def _split(question: Question, course: Question) -> dict[str, Asked]:
    held = activities.ACTIVITIES
    lately = question.during(question.since(question.rules.grey_days))
    asked = {
        "by month": Asked(held, course, ("month",)),
        "by month before": Asked(held, course.year_before(), ("month",)),
        "by kind": Asked(held, question, ("kind",)),
        "by brand lately": Asked(held, lately, ("brand",)),
    }
    if not question.scope.is_district:
        return asked | {"by venue": Asked(held, question, ("venue",))}
    return asked | {
        "by town and month": Asked(held, course, ("town", "month")),
        "by town": Asked(held, course, ("town",)),
        "by town before": Asked(held, course.year_before(), ("town",)),
        "villages by town": Asked(towns.VILLAGES, question, ("town",)),
        "staffed by town": Asked(towns.VILLAGES_STAFFED, question, ("town",)),
    }


def over_months(question: Question) -> Question:
    """The question over the months a chart shows: at least since January, at most twelve."""
    period = question.period.up_to(question.as_of)
    count = sum(1 for _month in period.each_month())
    if count < SHORTEST_COURSE:
        return replace(question, period=Period.months(period.end.year, 1, 12).up_to(period.end))
    if count > LONGEST_COURSE:
        first = add_months(period.end.replace(day=1), 1 - LONGEST_COURSE)
        return replace(question, period=Period(first, period.end))
    return replace(question, period=period)
