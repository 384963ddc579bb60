"""What a dashboard says in words: the sentence it opens with, and how a number has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.kept import moment_words
from core.parts import (
    Beside,
    Definition,
    Figure,
    Linked,
    Spark,
    SparkPoint,
    number_words,
    sentence,
)
from dashboards.asked import Numbers
from dashboards.courses import place_of
from summaries.asking import period_words
from summaries.figures.answers import Answer
from summaries.figures.comparisons import Against, Comparison, beside, days_words
from summaries.figures.figure import FigureKind
from summaries.figures.questions import Question


def change_words(held: Comparison) -> str:
    """，同比增长 12% — or how many more where the base bears no percentage, or nothing."""
    if not held.before.value:
        return ""
    if held.trend == "same":
        return _("，与去年同期持平")
    if held.is_base_too_small:
        return _("，比去年同期%(difference)s 场") % {"difference": held.more_or_less}
    if not held.percent:
        return _("，与去年同期基本持平")
    size = {"percent": abs(held.percent)}
    if held.trend == "up":
        return _("，活动同比增长 %(percent)s%%") % size
    return _("，活动同比下降 %(percent)s%%") % size


def linked(answer: Answer) -> Linked:
    return Linked(answer.value, answer.url)


def opening(numbers: Numbers, today_is: datetime, *, only: Sequence[str] = ()) -> SafeString:
    """The sentence people quote, its numbers as links; ``only`` says which activities it counts."""
    clauses = filter(
        None, (held_clause(numbers, only), _members_clause(numbers), _villages_clause(numbers))
    )
    return sentence(
        _("{period}，{place}{clauses}。"),
        period=period_words(numbers.question, localdate(today_is)),
        place=place_words(numbers.question),
        clauses=format_html_join(_("；"), "{}", ((clause,) for clause in clauses)),
    )


def held_clause(numbers: Numbers, only: Sequence[str] = ()) -> SafeString:
    """举办活动 312 场，参加 9,840 人次，活动同比增长 12%; without what an administrator hides."""
    earlier = [one for one in numbers.compared("activities") if one.against is Against.YEAR_BEFORE]
    return _clause(
        numbers,
        ("activities", "headcount"),
        both=_("举办活动{only} {activities} 场，参加 {headcount} 人次{change}"),
        first=_("举办活动{only} {activities} 场{change}"),
        second=_("活动{only}参加 {headcount} 人次"),
        only=only_words(only),
        change=change_words(earlier[0]) if earlier else "",
    )


def _members_clause(numbers: Numbers) -> SafeString:
    return _clause(
        numbers,
        ("members", "council_enterprises"),
        both=_("商会会员企业 {members} 家，其中理事以上 {council_enterprises} 家"),
        first=_("商会会员企业 {members} 家"),
        second=_("商会理事以上企业 {council_enterprises} 家"),
    )


def _villages_clause(numbers: Numbers) -> SafeString:
    return _clause(
        numbers,
        ("villages", "villages_staffed"),
        both=_("{villages} 个村居中 {villages_staffed} 个已配齐干事和联络员"),
        first=_("共有村居 {villages} 个"),
        second=_("配齐干事和联络员的村居 {villages_staffed} 个"),
    )


def _clause(
    numbers: Numbers, keys: tuple[str, str], *, both: str, first: str, second: str, **words: str
) -> SafeString:
    """What of two figures may be told; "" when both are hidden."""
    is_hidden = numbers.question.rules.is_hidden
    hidden = is_hidden(keys[0]), is_hidden(keys[1])
    template = {(False, False): both, (False, True): first, (True, False): second}.get(hidden, "")
    return sentence(template, **{key: linked(numbers[key]) for key in keys}, **words)


def place_words(question: Question) -> str:
    return _("全区") if question.scope.is_district else str(question.scope.title)


def as_of_words(question: Question, now: datetime) -> str:
    """The moment of the data: now, or the end of an earlier day."""
    if question.as_of >= localdate(now) and question.day == question.as_of:
        return moment_words()
    return date_format(question.day, "DATE_FORMAT")


def definition_of(question: Question, today_is: datetime) -> Definition:
    """口径 of a page of figures, with the place, period and day it holds for."""
    return Definition(
        rule=_("每个数字都按统一口径即时计数，点开就是它数的记录；同比是上一年相同的日期。"),
        scope=place_words(question),
        period=period_words(question, localdate(today_is)),
        as_of=date_format(question.day, "DATE_FORMAT"),
    )


def only_words(chosen: Sequence[str]) -> str:
    """Which activities alone are counted: （座谈交流、线上）; nothing when all are."""
    return _("（%(words)s）") % {"words": _("、").join(chosen)} if chosen else ""


def strip(numbers: Numbers) -> list[Figure]:
    """The six figures under the sentence, those hidden by an administrator left out."""
    built = {
        "activities": held_figure(numbers, "activities", pgettext("列表", "活动"), "by month"),
        "headcount": held_figure(numbers, "headcount", _("参加"), "headcount by month"),
        "venues": _venues(numbers),
        "members": _members(numbers),
        "villages_staffed": _staffing(numbers),
        "honours": _honours(numbers),
    }
    return not_hidden(numbers, built)


def shown_figure(numbers: Numbers, key: str, label: str, **words: Any) -> Figure:
    """A figure with its bases; under the administrator's name when it was given one."""
    answer = numbers[key]
    figure, rules = answer.asked.figure, numbers.question.rules
    named = figure.title_under(rules)
    return Figure(
        label=label if named == str(figure.title) else named,
        value=answer.value,
        unit=figure.unit,
        url=answer.url,
        beside=list(_beside(numbers, key)),
        **{"spark_id": place_of(figure, numbers.question), **words},
    )


def _beside(numbers: Numbers, key: str) -> Iterator[Beside]:
    is_flow = numbers[key].asked.figure.kind is FigureKind.FLOW
    for one in numbers.compared(key):
        if not is_flow and one.trend == "same":
            continue
        words = {"base": one.against.base, "number": number_words(one.before.value)}
        base = _("%(base)s %(number)s") % words
        yield beside(one, base=base, url=one.before.url, days=one.days_words)
    if so_far := numbers.so_far(key):
        number = number_words(so_far.value)
        yield Beside(
            label=str(Against.SO_FAR.words),
            base=number,
            url=so_far.url,
            days=days_words(so_far.asked),
        )


def held_figure(numbers: Numbers, key: str, label: str, course: str) -> Figure:
    monthly, months = numbers[course], numbers.months
    points = [
        SparkPoint(
            label=month.words,
            value=monthly.part(str(month)),
            url=monthly.asked.figure.rows_url(monthly.asked.question.during(month)),
        )
        for month in months
    ]
    unit = monthly.asked.figure.unit
    title = _("%(figure)s，按月") % {"figure": label}
    return shown_figure(numbers, key, label, spark=Spark(title, points, unit))


def _venues(numbers: Numbers) -> Figure:
    idle, days = numbers["venues_idle"], numbers.question.rules.idle_days
    words = {"days": days, "count": number_words(idle.value)}
    note = _noted(idle, _("闲置 %(days)s 天以上 %(count)s") % words)
    return shown_figure(numbers, "venues", pgettext("列表", "阵地"), **note)


def _honours(numbers: Numbers) -> Figure:
    lapsing, days = numbers["honours_lapsing"], numbers.question.rules.lapse_days
    words = {"days": days, "count": number_words(lapsing.value)}
    note = _noted(lapsing, _("%(days)s 天内到期 %(count)s") % words)
    return shown_figure(numbers, "honours", pgettext("列表", "荣誉"), **note)


def _noted(answer: Answer, note: str) -> dict[str, str]:
    """A second figure below a first, unless an administrator hides it."""
    if answer.asked.question.rules.is_hidden(answer.asked.figure.key):
        return {}
    return {"note": note, "note_url": answer.url}


def _members(numbers: Numbers) -> Figure:
    joined, left = numbers["members_joined"], numbers["members_left"]
    gone = _noted(left, _("退会 %(count)s") % {"count": number_words(left.value)})
    note = _noted(joined, _("新入会 %(count)s") % {"count": number_words(joined.value)})
    comparison = gone.get("note", "") if left.value else ""
    return shown_figure(numbers, "members", _("会员企业"), comparison=comparison, **note)


def _staffing(numbers: Numbers) -> Figure:
    short = numbers["villages_unstaffed"]
    note = _("全部配齐")
    if short.value:
        note = _("缺 %(count)s 个，查看名单") % {"count": number_words(short.value)}
    return shown_figure(
        numbers,
        "villages_staffed",
        _("村居配备"),
        of=numbers["villages"].value,
        note=note,
        note_url=short.url if short.value else "",
    )


def chamber_strip(numbers: Numbers) -> list[Figure]:
    """What a chamber has: members, its council, honours, venues."""
    built = {
        "members": _members(numbers),
        "council_enterprises": shown_figure(numbers, "council_enterprises", _("理事以上")),
        "honours": _honours(numbers),
        "venues": _venues(numbers),
    }
    return not_hidden(numbers, built)


def not_hidden(numbers: Numbers, built: Mapping[str, Figure]) -> list[Figure]:
    """Figures by their keys, without those that an administrator hides."""
    rules = numbers.question.rules
    return [figure for key, figure in built.items() if not rules.is_hidden(key)]
