"""Rules of summaries, with the words a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.periods import Period
from core.refusals import Rule
from summaries.figures.catalogue import FIGURES
from summaries.figures.questions import Rules, Setting
from summaries.models import Summary

PERIOD_NOT_OVER = Rule("SUM-01", _("这一期还没有结束，结束后才能生成小结。"), "period")
PERIOD_OF_OTHER_KIND = Rule(
    "SUM-02", _("期间与小结类型不符：月报按月，季报按季度，半年总结按半年，年报按年。"), "period"
)
COUNCIL_EMPTY = Rule("SUM-03", _("理事以上至少要包含一个职务。"), "council_positions")
FIGURE_UNKNOWN = Rule("SUM-04", _("没有这个指标，请返回指标列表。"))
TITLE_TAKEN = Rule("SUM-05", _("已有同名的指标，请换一个名称。"), "title")
TITLE_EN_TAKEN = Rule("SUM-06", _("已有同名的指标，请换一个英文名称。"), "title_en")

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


def broken_by_naming(
    *, key: str, title: str, title_en: str, there: Mapping[str, Setting]
) -> Iterator[Rule]:
    """What stands against these names for a figure: two figures of one name can't be told apart."""
    if key not in FIGURES:
        yield FIGURE_UNKNOWN
        return
    others = [one for one in FIGURES.values() if one.key != key]
    in_force = Rules(settings=there)
    for name, language, taken in (
        (title, "zh-hans", TITLE_TAKEN),
        (title_en, "en", TITLE_EN_TAKEN),
    ):
        with translation.override(language):
            if name and name in {one.title_under(in_force) for one in others}:
                yield taken
