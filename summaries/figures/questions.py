"""A question put to a figure: where, over which days, as of which day, for whose eyes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Self
from urllib.parse import urlencode

from chambers.models import COUNCIL_OR_ABOVE
from core.access import Viewer
from core.periods import Period
from summaries.figures.scopes import Scope


@dataclass(frozen=True, slots=True)
class Rules:
    """The parts of definitions that an administrator may set (assumed by default).

    ``council`` are the positions of 理事以上; the days say when a venue is idle, a brand grey, an
    honour about to lapse and a council's term due.
    """

    council: Collection[str] = COUNCIL_OR_ABOVE
    idle_days: int = 90
    grey_days: int = 90
    lapse_days: int = 180
    term_days: int = 180


@dataclass(frozen=True, slots=True)
class Question:
    """``narrowed`` holds further conditions as (dimension, value), in the order they were made.

    What happens is counted over ``days``; what stands is counted on ``day``.
    """

    scope: Scope
    period: Period
    as_of: date
    user: Viewer
    rules: Rules = field(default_factory=Rules)
    narrowed: tuple[tuple[str, str], ...] = ()

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
        """The same days a year earlier, as of the last of them."""
        earlier = (self.days or self.period).year_before()
        return replace(self, period=earlier, as_of=earlier.end)

    def before(self) -> Self:
        """The period of the same length just before."""
        earlier = (self.days or self.period).before()
        return replace(self, period=earlier, as_of=earlier.end)

    def within(self, scope: Scope) -> Self:
        return replace(self, scope=scope)

    def during(self, period: Period) -> Self:
        return replace(self, period=period)

    def only(self, dimension: str, value: str) -> Self:
        """Narrowed to the rows of one value of a dimension (a kind, a mode, an industry)."""
        return replace(self, narrowed=(*self.narrowed, (dimension, value)))

    @property
    def query(self) -> str:
        """The question as it stands in an address; the person asking is not part of it."""
        asked = [
            ("scope", str(self.scope)),
            ("period", str(self.period)),
            ("as_of", self.as_of.isoformat()),
            *self.narrowed,
        ]
        return urlencode(asked, safe=":,")
