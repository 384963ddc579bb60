"""What the page of a figure shows beside its rows: the number, what it is compared with, its parts.

All numbers of the page come from one statement, so they are of one moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.charts import Chart, bars
from core.lists import EXPORT, PAGE, query_without
from core.parts import Figure as Shown
from core.parts import number_words
from core.periods import Period
from summaries.figures.answers import Answer, Asked, answers
from summaries.figures.catalogue import figure as find_figure
from summaries.figures.comparisons import (
    Against,
    Comparison,
    beside,
    compared,
    comparisons,
    days_words,
)
from summaries.figures.courses import asked_course, course_of, has_course
from summaries.figures.dimensions import MONTH
from summaries.figures.figure import REST, Dimension, Figure, Rows, Value
from summaries.figures.parts import (
    TOWN,
    Part,
    Parts,
    asked_parts,
    dimensions_of,
    parts_of,
    towns_of,
)
from summaries.figures.questions import Question
from summaries.figures.versions import Version

SEARCHED = "q"  # the search among the rows, which the number does not follow
BY = "by"  # the parameter of the address that splits the number
COURSE = "course"  # its value for how the number went
NOW, WHOLE = "now", "whole"


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to split the number; the one in use leads back to the undivided number."""

    words: str
    url: str
    current: bool


@dataclass(frozen=True)
class FigurePage:
    """One number with all that is known of it, ready for its template and its spreadsheet."""

    figure: Figure
    question: Question
    version: Version
    total: Value
    strip: Sequence[Shown]
    said: Sequence[str]
    tabs: Sequence[Tab]
    by: str
    parts: Parts | None
    chart: Chart | None

    @property
    def title(self) -> str:
        return self.figure.title_under(self.question.rules)

    @property
    def definition(self) -> str:
        return self.figure.definition_for(self.question)

    @property
    def is_hidden(self) -> bool:
        return self.question.rules.is_hidden(self.figure.key)

    @property
    def version_words(self) -> str:
        return version_words(self.version)

    @property
    def notes(self) -> list[str]:
        """What a spreadsheet of the rows says of their number."""
        question = self.question
        return [
            _("合计：%(total)s %(unit)s")
            % {"total": number_words(self.total), "unit": self.figure.unit},
            *self.said,
            _("口径：%(words)s") % {"words": self.definition},
            _("%(version)s；性质：%(kind)s")
            % {"version": self.version_words, "kind": self.figure.kind.words},
            _("范围：%(scope)s；期间：%(period)s；截至 %(day)s")
            % {
                "scope": question.scope.title,
                "period": question.period.words,
                "day": date_format(question.day, "DATE_FORMAT"),
            },
        ]


def found_notes(figure: Figure, rows: Rows, asked_for: QueryDict) -> list[str]:
    """What a search within the rows leaves of the number, which itself stays the whole."""
    text = asked_for.get(SEARCHED, "").strip()
    if not text or not hasattr(rows, "named_like"):
        return []
    found = rows.named_like(text).order_by().aggregate(number=figure.total, rows=Count("pk"))
    words = {
        "text": text,
        "rows": number_words(found["rows"]),
        "number": number_words(figure.number(found["number"])),
        "unit": figure.unit,
    }
    if figure.measure:
        told = _("搜索“%(text)s”只列出其中 %(rows)s 条，这些记录合计 %(number)s %(unit)s。")
    else:
        told = _("搜索“%(text)s”只列出其中 %(number)s %(unit)s。")
    return [told % words]


def version_words(version: Version) -> str:
    """Which version of a definition this is, and since when."""
    if version.since is None:
        return _("口径第 %(number)s 版，系统内置") % {"number": version.number}
    day = date_format(localtime(version.since), "DATE_FORMAT")
    return _("口径第 %(number)s 版，%(day)s起") % {"number": version.number, "day": day}


def figure_page(
    figure: Figure,
    question: Question,
    asked_for: QueryDict,
    *,
    version: Version,
) -> FigurePage:
    """Ask everything at once and put it together."""
    dimensions = dimensions_of(figure, question)
    by = asked_for.get(BY, "")
    split = next((one for one in dimensions if one.key == by), None)
    is_course = by == COURSE and has_course(figure, question)
    towns = towns_of(question) if split and split.key == TOWN else []
    bases = compared(figure, question)
    asked = _asked(figure, question, bases)
    asked |= asked_parts(figure, question, split, towns) if split else {}
    asked |= asked_course(figure, question) if is_course else {}
    answered = answers(asked)
    now = answered[NOW]
    compared_with = {key: answered[str(key)] for key in bases}
    found = list(comparisons(now, compared_with))
    parts = parts_of(figure, question, split, towns, answered, now.value) if split else None
    return FigurePage(
        figure=figure,
        question=question,
        version=version,
        total=now.value,
        strip=list(_strip(found, compared_with, answered.get(WHOLE), now)),
        said=[_said(one) for one in found],
        tabs=list(_tabs(figure, question, dimensions, asked_for)),
        by=by if split or is_course else "",
        parts=parts,
        chart=_course(figure, question, answered) if is_course else _chart(parts),
    )


def _asked(figure: Figure, question: Question, bases: Mapping[Against, Asked]) -> dict[str, Asked]:
    """The number, its bases and the whole it is a part of."""
    asked = {NOW: Asked(figure, question), **{str(key): one for key, one in bases.items()}}
    if figure.whole:
        asked[WHOLE] = Asked(find_figure(figure.whole), as_the_whole_knows_it(question, figure))
    return asked


def as_the_whole_knows_it(question: Question, figure: Figure) -> Question:
    """The question as far as the whole knows the ways it is narrowed; its rest is another."""
    known = find_figure(figure.whole).dimensions
    narrowed = tuple(
        (key, value) for key, value in question.narrowed if key in known and value != REST
    )
    return replace(question, narrowed=narrowed)


def _strip(
    found: Sequence[Comparison],
    bases: Mapping[Against, Answer],
    whole: Answer | None,
    now: Answer,
) -> list[Shown]:
    """The whole it is part of, then each base with the change against it."""
    shown = [_whole(whole, now)] if whole else []
    shown += [_base(one) for one in found]
    if so_far := bases.get(Against.SO_FAR):
        shown.append(_plain(so_far, str(Against.SO_FAR.words)))
    return shown


def _base(one: Comparison) -> Shown:
    """A base with the change against it."""
    too_small = one.is_base_too_small and one.trend != "same"
    return replace(
        _plain(one.before, str(one.against.base)),
        beside=[beside(one)],
        comparison=_("基数小，不算百分比") if too_small else "",
    )


def _plain(answer: Answer, label: str) -> Shown:
    return Shown(
        label=label,
        value=answer.value,
        unit=answer.asked.figure.unit,
        url=answer.url,
        note=days_words(answer.asked),
    )


def _whole(whole: Answer, now: Answer) -> Shown:
    """The whole, and the share of it where the whole is large enough to bear a percentage."""
    figure, rules = whole.asked.figure, whole.asked.question.rules
    share = ""
    if whole.value >= rules.least_base:
        percent = {"percent": f"{now.value * 100 / whole.value:.1f}".removesuffix(".0")}
        share = _("本数占 %(percent)s%%") % percent
    label = _("%(whole)s总数") % {"whole": figure.title_under(rules)}
    return replace(_plain(whole, label), comparison=share)


def _said(one: Comparison) -> str:
    """A comparison in one line of a spreadsheet's head."""
    return _("%(against)s：%(base)s（%(days)s）%(before)s %(unit)s，%(words)s") % {
        "against": one.against.words,
        "base": one.against.base,
        "days": one.days_words,
        "before": number_words(one.before.value),
        "unit": one.now.asked.figure.unit,
        "words": one.words,
    }


def _tabs(
    figure: Figure, question: Question, dimensions: Sequence[Dimension], asked_for: QueryDict
) -> Iterator[Tab]:
    """The ways to divide the number, and its course."""
    rest = query_without(asked_for, {BY, PAGE, EXPORT})
    joint = "&" if len(rest) > 1 else ""
    offered = {one.key: str(one.title) for one in dimensions}
    if has_course(figure, question):
        offered[COURSE] = _("月末")
    for key, words in offered.items():
        is_current = asked_for.get(BY) == key
        yield Tab(words, rest if is_current else f"{rest}{joint}{BY}={key}", is_current)


def _course(figure: Figure, question: Question, answered: Mapping[str, Answer]) -> Chart:
    """How the number went: what stood at the end of each month, each opening its rows."""
    points = course_of(figure, question, answered)
    return bars(
        key="course",
        title=_("%(title)s，各月末") % {"title": figure.title_under(question.rules)},
        unit=figure.unit,
        axis_label=_("月份"),
        categories=_month_labels([point.month for point in points]),
        values=[point.value for point in points],
        urls=[point.url for point in points],
    )


def _chart(parts: Parts | None) -> Chart | None:
    """The parts as bars with their table."""
    if parts is None:
        return None
    figure, shown = parts.figure, parts.shown
    words = {
        "title": figure.title_under(parts.question.rules),
        "dimension": parts.dimension.title,
    }
    chart = bars(
        key="parts",
        title=_("%(title)s，按%(dimension)s") % words,
        unit=figure.unit,
        axis_label=parts.dimension.title,
        categories=_labels(parts, shown),
        values=[part.number for part in shown],
        urls=[part.url for part in shown],
    )
    return replace(chart, note=parts.surplus_words)


def _month_labels(months: Sequence[Period]) -> list[str]:
    """Months of one year by their month alone."""
    if months and months[0].start.year == months[-1].start.year:
        return [date_format(month.start, _("n月")) for month in months]
    return [month.words for month in months]


def _labels(parts: Parts, shown: Sequence[Part]) -> list[str]:
    """Months of one year by their month alone: the year stands in the period."""
    period = parts.question.period
    if parts.dimension.key == MONTH and period.start.year == period.end.year:
        return [_("%(month)s月") % {"month": int(part.value[-2:])} for part in shown]
    return [part.words for part in shown]
