"""Everything a dashboard asks of figures, put together so that one statement answers it all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from core.periods import Period
from dashboards.queries import Placed
from summaries.figures import activities, chambers, towns, venues
from summaries.figures.answers import Answer, Asked, answers
from summaries.figures.comparisons import Against, Comparison, compared, comparisons
from summaries.figures.courses import over_months
from summaries.figures.figure import Figure, FigureKind, Value
from summaries.figures.questions import Question
from summaries.figures.scopes import Scope, ScopeKind

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
# The dimensions of activities that a dashboard is narrowed by, as they stand in the address.
FILTERED = ("kind", "mode", "brand")
# What an activity is about narrows these alone; members, venues and villages have no such side.
NARROWED = frozenset({"activities", "headcount", "donations"})
COMPARED: tuple[Figure, ...] = (
    activities.ACTIVITIES,
    activities.HEADCOUNT,
    venues.VENUES,
    chambers.MEMBERS,
    towns.VILLAGES_STAFFED,
    chambers.HONOURS,
)
# Of what stands on a day only the beginning of the year is asked: each base is a whole count.
BASES_OF_STOCK = frozenset({Against.YEAR_START})


@dataclass(frozen=True)
class Numbers:
    """The answers of one dashboard.

    ``question`` is that of the place, ``narrowed`` the same about some activities alone, ``course``
    the narrowed one over the months that are drawn.
    """

    question: Question
    narrowed: Question
    course: Question
    answered: dict[str, Answer]
    looked_at: list[set[str]] = field(default_factory=lambda: [set()], compare=False)

    def __getitem__(self, key: str) -> Answer:
        """An answer, which the part of a page that is drawn now shows."""
        self.looked_at[-1].add(key)
        return self.answered[key]

    def now(self, key: str) -> Mapping[tuple[str, ...], Value]:
        """The numbers of an answer, to be compared with those that a kept part showed."""
        return self.answered[key].parts

    @contextmanager
    def shown_by(self) -> Iterator[set[str]]:
        """The answers that are looked at meanwhile."""
        self.looked_at.append(set())
        try:
            yield self.looked_at[-1]
        finally:
            self.looked_at[-2].update(self.looked_at.pop())

    def compared(self, key: str) -> list[Comparison]:
        """A figure beside its bases, as far as they were asked."""
        return list(comparisons(self[key], self._beside(key)))

    def so_far(self, key: str) -> Answer | None:
        """The same of this year so far; None where the period says so already."""
        return self._beside(key).get(Against.SO_FAR)

    def _beside(self, key: str) -> dict[Against, Answer]:
        named = {against: f"{key} {against}" for against in Against}
        return {against: self[name] for against, name in named.items() if name in self.answered}

    def of_chamber(self, pk: int) -> Answer:
        return self[f"chamber {pk}"]

    @property
    def months(self) -> list[Period]:
        return list(self.course.period.up_to(self.course.as_of).each_month())


def of_place(
    question: Question, narrowed: Question, chambers_there: Iterable[Placed] = ()
) -> Numbers:
    """All numbers of the page of a town, or of the district."""
    course = over_months(narrowed)
    asked = {
        figure.key: Asked(figure, narrowed if figure.key in NARROWED else question)
        for figure in PLAIN
    }
    for figure in COMPARED:
        asked |= _beside(asked[figure.key])
    asked |= _split(question, narrowed, course)
    asked |= {
        f"chamber {one.pk}": Asked(chambers.MEMBERS, question.within(_chamber(one)))
        for one in chambers_there
    }
    return Numbers(question, narrowed, course, answers(asked))


def of_thing(question: Question, figures: Iterable[Figure]) -> Numbers:
    """The numbers of the page of a chamber, a venue or a brand."""
    course, held = over_months(question), activities.ACTIVITIES
    asked = {figure.key: Asked(figure, question) for figure in figures}
    for figure in COMPARED:
        if figure.key in asked:
            asked |= _beside(asked[figure.key])
    asked |= {
        "by month": Asked(held, course, ("month",)),
        "by month before": Asked(held, course.year_before(), ("month",)),
        "headcount by month": Asked(activities.HEADCOUNT, course, ("month",)),
        "by kind": Asked(held, question, ("kind",)),
    }
    return Numbers(question, question, course, answers(asked))


def _chamber(one: Placed) -> Scope:
    return Scope(ScopeKind.CHAMBER, str(one.pk), (one.pk,), one.name)


def _beside(asked: Asked) -> dict[str, Asked]:
    """What a figure is compared with, under "members year_start"."""
    is_flow = asked.figure.kind is FigureKind.FLOW
    return {
        f"{asked.figure.key} {against}": base
        for against, base in compared(asked.figure, asked.question).items()
        if is_flow or against in BASES_OF_STOCK
    }


def _split(question: Question, narrowed: Question, course: Question) -> dict[str, Asked]:
    held = activities.ACTIVITIES
    lately = question.during(question.since(question.rules.grey_days))
    asked = {
        "by month": Asked(held, course, ("month",)),
        "by month before": Asked(held, course.year_before(), ("month",)),
        "headcount by month": Asked(activities.HEADCOUNT, course, ("month",)),
        "by kind": Asked(held, narrowed, ("kind",)),
        "by brand lately": Asked(held, lately, ("brand",)),
    }
    if not question.scope.is_district:
        return asked | {"by venue": Asked(held, narrowed, ("venue",))}
    return asked | {
        "by town and month": Asked(held, course, ("town", "month")),
        "by town": Asked(held, course, ("town",)),
        "by town before": Asked(held, course.year_before(), ("town",)),
        "villages by town": Asked(towns.VILLAGES, question, ("town",)),
        "staffed by town": Asked(towns.VILLAGES_STAFFED, question, ("town",)),
    }
