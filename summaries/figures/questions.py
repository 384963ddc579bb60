"""A question put to a figure: where, over which days, as of which day, for whose eyes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Self
from urllib.parse import urlencode

from chambers.models import COUNCIL_OR_ABOVE
from core.access import Viewer
from core.periods import Period, add_months
from summaries.figures.scopes import Scope

Choices = Callable[[Viewer], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Setting:
    """What an administrator set for one figure: its own names ("" for the built-in one), whether
    it is left out of lists, and its place among the others (None for the built-in one)."""

    title: str = ""
    title_en: str = ""
    is_hidden: bool = False
    order: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The parts of definitions that an administrator may set (assumed by default).

    ``council`` are the positions of 理事以上; the days say when a venue is idle, a brand grey, an
    honour about to lapse and a council's term due. Of a base below ``least_base`` no percentage is
    taken. ``settings`` are the names and places of figures, by their keys.
    """

    council: Collection[str] = COUNCIL_OR_ABOVE
    idle_days: int = 90
    grey_days: int = 90
    lapse_days: int = 180
    term_days: int = 180
    least_base: int = 10
    settings: Mapping[str, Setting] = field(default_factory=dict, compare=False)

    @property
    def key(self) -> tuple[Hashable, ...]:
        """All that is set, the names and places of figures included."""
        days = self.idle_days, self.grey_days, self.lapse_days, self.term_days
        return (tuple(self.council), *days, self.least_base, *sorted(self.settings.items()))

    def is_hidden(self, key: str) -> bool:
        """Whether an administrator left this figure out of lists, cards and documents."""
        return key in self.settings and self.settings[key].is_hidden


@dataclass(frozen=True, slots=True)
class Question:
    """``narrowed`` holds further conditions as (dimension, value), in the order they were made.

    What happens is counted over ``days``; what stands is counted on ``day``. ``offered`` is what
    was asked of choices already, for this question and those made of it.
    """

    scope: Scope
    period: Period
    as_of: date
    user: Viewer
    rules: Rules = field(default_factory=Rules)
    narrowed: tuple[tuple[str, str], ...] = ()
    offered: dict[Choices, Mapping[str, str]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def choices(self, choices: Choices) -> Mapping[str, str]:
        """The values that this person is offered of a dimension, asked for once."""
        if choices not in self.offered:
            self.offered[choices] = {value: str(words) for value, words in choices(self.user)}
        return self.offered[choices]

    @property
    def days(self) -> Period | None:
        """The days of the period that have passed as of the day; None before it begins."""
        return None if self.as_of < self.period.start else self.period.up_to(self.as_of)

    @property
    def day(self) -> date:
        """The end of the period, or the as-of day when that comes first."""
        return min(self.period.end, self.as_of)

    def since(self, days: int) -> Period:
        """The last ``days`` days up to and with the day."""
        return Period(self.day - timedelta(days=days - 1), self.day)

    def year_before(self) -> Self:
        """The same days a year earlier (同比), as of the last of them.

        29 February becomes 28 February; whole months stay whole months. What has not begun is
        compared with what had not begun a year ago.
        """
        if self.days is None:
            day = Period(self.as_of, self.as_of).year_before().end
            return replace(self, period=self.period.year_before(), as_of=day)
        earlier = self.days.year_before()
        return replace(self, period=earlier, as_of=earlier.end)

    def before(self) -> Self:
        """The period before (环比); while a period runs, only as many of its days as have passed.

        A period of whole months goes back by as many months, day for day: 1 to 27 May is compared
        with 1 to 27 April, 1 to 30 March with the whole of February. Other spans go back by their
        own length.
        """
        earlier = self.period.before()
        if self.days == self.period:
            return replace(self, period=earlier, as_of=earlier.end)
        day = min(earlier.end, self._as_far_back(self.as_of))
        return replace(self, period=earlier, as_of=day)

    def _as_far_back(self, day: date) -> date:
        """The day that lies in the period before where ``day`` lies in this one."""
        if count := self.period.months_count:
            return months_back(day, count)
        return day - timedelta(days=(self.period.end - self.period.start).days + 1)

    def so_far(self) -> Self:
        """This year so far (今年以来): from 1 January of the day's year to the day."""
        return replace(self, period=Period.months(self.day.year, 1, 12), as_of=self.day)

    def year_start(self) -> Self:
        """As of the last day of the year before (年初), for what stands on a day."""
        year = Period.months(self.day.year - 1, 1, 12)
        return replace(self, period=year, as_of=year.end)

    def within(self, scope: Scope) -> Self:
        return replace(self, scope=scope)

    def during(self, period: Period) -> Self:
        return replace(self, period=period)

    def only(self, dimension: str, value: str) -> Self:
        """Narrowed to the rows of one value of a dimension (a kind, a mode, an industry)."""
        return replace(self, narrowed=(*self.narrowed, (dimension, value)))

    def is_narrowed_to(self, value: str) -> bool:
        """Whether some dimension is narrowed to this value."""
        return any(one == value for _key, one in self.narrowed)

    @property
    def query(self) -> str:
        """The question as it stands in an address; the person asking is not part of it."""
        return _address(self.scope, self.period, self.as_of, self.narrowed)


@lru_cache(maxsize=8_192)
def _address(
    scope: Scope, period: Period, as_of: date, narrowed: tuple[tuple[str, str], ...]
) -> str:
    """A dashboard says it of the same places and months some hundred times."""
    asked = [("scope", str(scope)), ("period", str(period)), ("as_of", as_of.isoformat())]
    return urlencode([*asked, *narrowed], safe=":,")


def months_back(day: date, count: int) -> date:
    """The same day ``count`` months earlier: a month's last day stays one, the 31st becomes it."""
    month = Period.month_of(add_months(day.replace(day=1), -count))
    if day == Period.month_of(day).end or day.day > month.end.day:
        return month.end
    return month.start.replace(day=day.day)
