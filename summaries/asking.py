"""Reads a question out of an address, and offers the periods people ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.access import Viewer
from core.lists import PAGE, query_without
from core.periods import FIRST_DAY, Period, PeriodError, add_months
from summaries.figures.figure import NONE, REST, Dimension, Figure
from summaries.figures.questions import Question, Rules
from summaries.figures.scopes import Scope, ScopeNotFound, district, find_scope, of_town
from towns.models import Town

SCOPE, PERIOD, AS_OF = "scope", "period", "as_of"
FROM, TO = "from", "to"  # two days of a form, which together are the period


@dataclass(frozen=True, slots=True)
class Preset:
    """A period people ask for by name."""

    words: str
    period: Period


def read_question(
    asked: Mapping[str, str],
    *,
    user: Viewer,
    today: date,
    rules: Rules,
    scope: Scope | None = None,
) -> tuple[Question, list[str]]:
    """The question in an address, and in words what of it could not be understood.

    What can't be understood is left at its default: this year so far, today. Raises ScopeNotFound.
    """
    not_understood = []
    as_of = today
    try:
        as_of = read_day(asked.get(AS_OF, ""), today)
    except PeriodError as error:
        not_understood.append(str(error))
    period = Period.months(as_of.year, 1, 12)
    try:
        period = asked_period(asked) or period
    except PeriodError as error:
        not_understood.append(str(error))
    where = scope or read_scope(asked.get(SCOPE, ""), user)
    return Question(where, period, as_of, user, rules), not_understood


def asked_period(asked: Mapping[str, str]) -> Period | None:
    """The period in an address, or of the two days of a form; None without either.

    Raises PeriodError.
    """
    if asked.get(FROM) and asked.get(TO):
        return Period.parse(f"{asked[FROM]}..{asked[TO]}")
    return Period.parse(asked[PERIOD]) if asked.get(PERIOD) else None


def spanned(request: HttpRequest) -> HttpResponse | None:
    """Two days of a form become one address with the span as its period; all else in it is kept.

    So does a period in other words than its own: a quarter as its first and last day.
    None for any other address. Days that are no span are told and left out.
    """
    asked = request.GET
    if not (asked.get(FROM) and asked.get(TO)) and not _is_said_otherwise(asked.get(PERIOD, "")):
        return None
    kept = query_without(asked, {FROM, TO, PERIOD, PAGE}).removeprefix("?")
    try:
        found = [f"{PERIOD}={asked_period(asked)}"]
    except PeriodError as error:
        messages.warning(request, str(error))
        found = []
    query = "&".join([*found, kept] if kept else found)
    return redirect(f"{request.path}?{query}" if query else request.path)


def _is_said_otherwise(text: str) -> bool:
    """Whether this is a period that the forms, which offer each once, write in another way."""
    try:
        return bool(text) and str(Period.parse(text)) != text
    except PeriodError:
        return False


def read_day(text: str, today: date) -> date:
    """The as-of day: today when none is given, never later. Raises PeriodError."""
    try:
        day = min(date.fromisoformat(text), today) if text else today
    except ValueError as error:
        words = _("看不懂截至日“%(text)s”，请写成 2024-05-27。")
        raise PeriodError(words % {"text": text[:40]}) from error
    if day < FIRST_DAY:
        raise PeriodError(_("%(day)s 不合常理，请核对年份。") % {"day": day})
    return day


def read_scope(text: str, user: Viewer) -> Scope:
    """The place asked for; without one the district, or the first town of a liaison."""
    if text:
        # A NUL stands in no code and no key; the database would refuse to look for it.
        return find_scope(text.replace("\0", "?"), user)
    if user.town_ids is None:
        return district()
    first = Town.objects.visible_to(user).in_official_order().first()
    if first is None:
        raise ScopeNotFound(_("您还没有所在的街镇，请联系系统管理员。"))
    return of_town(first)


def narrowed(question: Question, figure: Figure, asked: Mapping[str, str]) -> Question:
    """The question with the dimensions of the figure that the address narrows it by."""
    for key, dimension in figure.dimensions.items():
        value = asked.get(key, "")
        if not value:
            continue
        one = question.only(key, value)
        if _is_offered(value, dimension, question) or _occurs(value, dimension, figure, one):
            question = one
    return question


def _is_offered(value: str, dimension: Dimension, question: Question) -> bool:
    if value == NONE or (value == REST and dimension.is_open):
        return True
    return value in question.choices(dimension.choices)


def _occurs(value: str, dimension: Dimension, figure: Figure, question: Question) -> bool:
    """Whether rows that this person sees have a value that is not offered: a venue elsewhere."""
    if not (dimension.named and dimension.named([value])):
        return False
    return figure.rows(question).exists()


def presets(as_of: date) -> list[Preset]:
    """The periods to choose from, as of a day."""
    month = as_of.replace(day=1)
    last_month = Period.month_of(month - timedelta(days=1))
    quarter = Period.months(as_of.year, (as_of.month - 1) // 3 * 3 + 1, 3)
    half = Period.months(as_of.year, 1 if as_of.month <= 6 else 7, 6)
    year = Period.months(as_of.year, 1, 12)
    return [
        Preset(_("今年以来"), year),
        Preset(_("本月"), Period.month_of(month)),
        Preset(_("上月"), last_month),
        Preset(_("本季度"), quarter),
        Preset(_("上季度"), quarter.before()),
        Preset(_("本半年"), half),
        Preset(_("去年"), year.year_before()),
        Preset(_("近十二个月"), Period(add_months(month, -11), Period.month_of(month).end)),
    ]


def period_words(question: Question, today: date) -> str:
    """The period as a sentence begins with it: 今年以来, 2024年5月, 2024年5月1日至5月27日."""
    period, days = question.period, question.days
    if days is None or days == period:
        return period.words
    if period.kind == "year":
        return (
            _("今年以来")
            if period.end.year == today.year
            else _("%(year)s年以来") % {"year": period.start.year}
        )
    return days.days_words
