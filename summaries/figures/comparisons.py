"""A number beside another of the same figure: a year before, the period before, this year so far.

What is compared is always of the same length in days that have passed: a running period is set
beside as much of the earlier one. A percentage is only taken of a base that bears one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Literal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.parts import Beside, Text, number_words
from summaries.figures.answers import Answer, Asked
from summaries.figures.figure import REST, Figure, FigureKind
from summaries.figures.questions import Question

Trend = Literal["up", "down", "same"]


class Against(StrEnum):
    """What a number is set beside."""

    YEAR_BEFORE = "year_before"
    BEFORE = "before"
    YEAR_START = "year_start"
    SO_FAR = "so_far"

    @property
    def words(self) -> Promise:
        return WORDS[self]

    @property
    def base(self) -> Promise:
        """What the base is called within a sentence."""
        return BASES[self]


WORDS: dict[Against, Promise] = {
    Against.YEAR_BEFORE: gettext_lazy("同比"),
    Against.BEFORE: gettext_lazy("环比"),
    Against.YEAR_START: gettext_lazy("比年初"),
    Against.SO_FAR: gettext_lazy("今年以来"),
}
BASES: dict[Against, Promise] = {
    Against.YEAR_BEFORE: gettext_lazy("去年同期"),
    Against.BEFORE: gettext_lazy("上一期"),
    Against.YEAR_START: gettext_lazy("年初"),
    Against.SO_FAR: gettext_lazy("今年以来"),
}
EARLIER: dict[Against, Callable[[Question], Question]] = {
    Against.YEAR_BEFORE: Question.year_before,
    Against.BEFORE: Question.before,
    Against.YEAR_START: Question.year_start,
    Against.SO_FAR: Question.so_far,
}
OF_KIND: dict[FigureKind, tuple[Against, ...]] = {
    FigureKind.FLOW: (Against.YEAR_BEFORE, Against.BEFORE, Against.SO_FAR),
    FigureKind.STOCK: (Against.YEAR_BEFORE, Against.BEFORE, Against.YEAR_START),
    FigureKind.NOW: (),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number and the one it is compared with, in words that promise no more than they know."""

    against: Against
    now: Answer
    before: Answer

    @property
    def difference(self) -> Decimal:
        return Decimal(self.now.value) - Decimal(self.before.value)

    @property
    def trend(self) -> Trend:
        if not self.difference:
            return "same"
        return "up" if self.difference > 0 else "down"

    @property
    def is_base_too_small(self) -> bool:
        """Whether a percentage of the base would say more than the numbers do."""
        return self.before.value < self.now.asked.question.rules.least_base

    @property
    def percent(self) -> int | None:
        """The change in whole per cent; None on a base of zero or of less than the least base."""
        if self.is_base_too_small:
            return None
        change = self.difference * 100 / Decimal(self.before.value)
        return int(change.quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def change(self) -> str:
        """The change in the fewest words: 12%, 多 2, 持平."""
        if self.trend == "same":
            return _("持平")
        if self.percent:
            return _("%(percent)s%%") % {"percent": number_words(abs(self.percent))}
        if self.percent == 0:
            return _("基本持平")
        return self.more_or_less

    @property
    def more_or_less(self) -> str:
        """The difference as a number: 多 2, 少 3."""
        size = {"size": number_words(abs(self.difference))}
        return _("多 %(size)s") % size if self.trend == "up" else _("少 %(size)s") % size

    @property
    def words(self) -> str:
        """The change as a sentence says it; with why there is no percentage."""
        named = {
            "base": self.against.base,
            "before": number_words(self.before.value),
            "difference": self.more_or_less,
        }
        if self.trend == "same":
            return _("与%(base)s持平") % named
        if not self.before.value:
            return _("%(base)s为 0，不算百分比") % named
        if self.is_base_too_small:
            return _("%(base)s仅 %(before)s，基数太小，不算百分比；%(difference)s") % named
        if not self.percent:
            return _("与%(base)s基本持平") % named
        size = {**named, "percent": number_words(abs(self.percent))}
        if self.trend == "up":
            return _("比%(base)s增长 %(percent)s%%") % size
        return _("比%(base)s下降 %(percent)s%%") % size

    @property
    def days_words(self) -> str:
        """The days of the base, exactly: 2023年1月1日至5月27日, or the one day it stood on."""
        return days_words(self.before.asked)


def beside(one: Comparison, *, base: Text = "", url: str = "", days: Text = "") -> Beside:
    """同比 ▲ 12%: what a number is set beside, said one way on every page.

    What is about the same has no arrow, and is neither welcome nor unwelcome.
    """
    trend: Trend = "same" if one.percent == 0 else one.trend
    good = None if trend == "same" else trend == "up"
    return Beside(str(one.against.words), one.change, trend, good, base, url, days)


def days_words(asked: Asked) -> str:
    """Which days a number is of: from when to when, or the day on which it stood."""
    question = asked.question
    days = question.days
    if asked.figure.kind is not FigureKind.FLOW or days is None:
        return date_format(question.day, "DATE_FORMAT")
    return days.days_words


def compared(figure: Figure, question: Question) -> dict[Against, Asked]:
    """What a figure's number is compared with, each base asked once; nothing for what is now.

    Nothing for the rest of many values either: at another time the rest were others.

    The year before of a whole year is also the period before it, and stands here once. What lies
    before the calendar begins is left out.
    """
    asked: dict[Against, Asked] = {}
    if question.is_narrowed_to(REST):
        return asked
    for against in OF_KIND[figure.kind]:
        try:
            earlier = EARLIER[against](question)
        except (ValueError, OverflowError):
            continue
        known = [question, *(one.question for one in asked.values())]
        if figure.kind is not FigureKind.FLOW:
            is_new = earlier.day not in [one.day for one in known]
        else:
            is_new = bool(earlier.days) and earlier.days not in [one.days for one in known]
        if is_new:
            asked[against] = Asked(figure, earlier)
    return asked


def comparisons(now: Answer, answered: Mapping[Against, Answer]) -> Iterator[Comparison]:
    """Each answer that is a base of comparison, in order; this year so far is none."""
    for against, before in answered.items():
        if against is not Against.SO_FAR:
            yield Comparison(against, now, before)
