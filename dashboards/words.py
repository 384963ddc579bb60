"""What a dashboard says in words: the sentence it opens with, and how a number has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.parts import Definition, Figure, Linked, number_words, sentence
from dashboards.asked import Numbers
from summaries.asking import period_words
from summaries.figures.answers import Answer
from summaries.figures.questions import Question


@dataclass(frozen=True, slots=True)
class Change:
    """How a number compares with the same period last year."""

    now: Answer
    before: Answer

    @property
    def percent(self) -> int | None:
        """The change in whole per cent; None where there was nothing to compare with."""
        if not self.before.value:
            return None
        change = (Decimal(self.now.value) - self.before.value) * 100 / self.before.value
        return int(change.to_integral_value())

    @property
    def trend(self) -> Literal["up", "down", "same"]:
        if self.now.value == self.before.value:
            return "same"
        return "up" if self.now.value > self.before.value else "down"

    @property
    def words(self) -> str:
        """，同比增长 12% — or nothing, where there is no year before."""
        if self.percent is None:
            return ""
        if self.trend == "same":
            return _("，与去年同期持平")
        if not self.percent:
            return _("，与去年同期基本持平")
        size = {"percent": abs(self.percent)}
        if self.trend == "up":
            return _("，同比增长 %(percent)s%%") % size
        return _("，同比下降 %(percent)s%%") % size


def linked(answer: Answer) -> Linked:
    return Linked(answer.value, answer.url)


def opening(numbers: Numbers, today_is: datetime) -> SafeString:
    """The sentence people quote, its numbers as links."""
    held = Change(numbers["activities"], numbers["activities before"])
    return sentence(
        _(
            "{period}，{place}举办活动 {activities} 场，参加 {headcount} 人次{change}；"
            "商会会员企业 {members} 家，其中理事以上 {council} 家；"
            "{villages} 个村居中 {staffed} 个已配齐干事和联络员。"
        ),
        period=period_words(numbers.question, localdate(today_is)),
        place=place_words(numbers.question),
        activities=linked(numbers["activities"]),
        headcount=linked(numbers["headcount"]),
        change=held.words,
        members=linked(numbers["members"]),
        council=linked(numbers["council_enterprises"]),
        villages=linked(numbers["villages"]),
        staffed=linked(numbers["villages_staffed"]),
    )


def place_words(question: Question) -> str:
    return _("全区") if question.scope.is_district else str(question.scope.title)


def as_of_words(question: Question, now: datetime) -> str:
    """The moment of the data: now, or the end of an earlier day."""
    if question.as_of >= localdate(now) and question.day == question.as_of:
        return date_format(localtime(now), "DATETIME_FORMAT")
    return date_format(question.day, "DATE_FORMAT")


def definition_of(question: Question, rule: str, today_is: datetime) -> Definition:
    """口径 for a card: a rule with the place, period and day it holds for."""
    return Definition(
        rule=rule,
        scope=place_words(question),
        period=period_words(question, localdate(today_is)),
        as_of=date_format(question.day, "DATE_FORMAT"),
    )


def strip(numbers: Numbers) -> list[Figure]:
    """The six figures under the sentence."""
    return [
        _changing(numbers, "activities", pgettext("列表", "活动")),
        _changing(numbers, "headcount", _("参加")),
        _noted(
            numbers,
            "venues",
            pgettext("列表", "阵地"),
            "venues_idle",
            _("闲置 %(days)s 天以上 %(count)s"),
            days=numbers.question.rules.idle_days,
        ),
        _members(numbers),
        _staffing(numbers),
        _noted(
            numbers,
            "honours",
            pgettext("列表", "荣誉"),
            "honours_lapsing",
            _("%(days)s 天内到期 %(count)s"),
            days=numbers.question.rules.lapse_days,
        ),
    ]


def _changing(numbers: Numbers, key: str, label: str) -> Figure:
    answer, before = numbers[key], numbers[f"{key} before"]
    change = Change(answer, before)
    percent = change.percent
    return Figure(
        label=label,
        value=answer.value,
        unit=answer.asked.figure.unit,
        url=answer.url,
        change=f"{abs(percent)}%" if percent and change.trend != "same" else "",
        trend=change.trend,
        good=None if change.trend == "same" else change.trend == "up",
        note=_("去年同期 %(number)s") % {"number": number_words(before.value)},
        note_url=before.url,
    )


def _noted(
    numbers: Numbers, key: str, label: str, noted: str, words: str, **named: object
) -> Figure:
    answer, note = numbers[key], numbers[noted]
    return Figure(
        label=label,
        value=answer.value,
        unit=answer.asked.figure.unit,
        url=answer.url,
        note=words % {"count": number_words(note.value), **named},
        note_url=note.url,
    )


def _members(numbers: Numbers) -> Figure:
    answer, joined, left = (
        numbers["members"],
        numbers["members_joined"],
        numbers["members_left"],
    )
    return Figure(
        label=_("会员企业"),
        value=answer.value,
        unit=answer.asked.figure.unit,
        url=answer.url,
        comparison=_("退会 %(count)s") % {"count": number_words(left.value)} if left.value else "",
        note=_("新入会 %(count)s") % {"count": number_words(joined.value)},
        note_url=joined.url,
    )


def _staffing(numbers: Numbers) -> Figure:
    staffed, short = numbers["villages_staffed"], numbers["villages_unstaffed"]
    return Figure(
        label=_("村居配备"),
        value=staffed.value,
        of=numbers["villages"].value,
        url=staffed.url,
        note=_("缺 %(count)s 个，查看名单") % {"count": number_words(short.value)}
        if short.value
        else _("全部配齐"),
        note_url=short.url if short.value else "",
    )
