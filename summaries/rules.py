"""Rules of summaries, with the words a person reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.periods import Period
from core.refusals import Rule
from summaries.models import Summary

PERIOD_NOT_OVER = Rule("SUM-01", _("这一期还没有结束，结束后才能生成小结。"), "period")
PERIOD_OF_OTHER_KIND = Rule(
    "SUM-02", _("期间与小结类型不符：月报按月，季报按季度，半年总结按半年，年报按年。"), "period"
)
COUNCIL_EMPTY = Rule("SUM-03", _("理事以上至少要包含一个职务。"), "council_positions")

PERIOD_KINDS = {
    Summary.Kind.MONTHLY: "month",
    Summary.Kind.QUARTERLY: "quarter",
    Summary.Kind.HALF_YEARLY: "half",
    Summary.Kind.YEARLY: "year",
}


def broken_by_writing(*, kind: str, period: Period, today: date) -> Iterator[Rule]:
    """What stands against a summary of that kind and period as of ``today``."""
    if PERIOD_KINDS.get(Summary.Kind(kind)) != period.kind:
        yield PERIOD_OF_OTHER_KIND
    if period.end >= today:
        yield PERIOD_NOT_OVER
