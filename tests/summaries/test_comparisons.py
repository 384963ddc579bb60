"""What a number is compared with, to the day, and when there is no percentage."""

from __future__ import annotations

from datetime import date

import pytest

from core.access import WHOLE_DISTRICT
from core.periods import Period
from summaries.figures.answers import Answer, Asked
from summaries.figures.catalogue import figure
from summaries.figures.comparisons import Against, Comparison, beside, compared, days_words
from summaries.figures.questions import Question, Rules, months_back
from summaries.figures.scopes import Scope, ScopeKind

DISTRICT = Scope(ScopeKind.DISTRICT, title="示例区")


def asked(period: str, as_of: str, rules: Rules | None = None) -> Question:
    day = date.fromisoformat(as_of)
    return Question(DISTRICT, Period.parse(period), day, WHOLE_DISTRICT, rules or Rules())


@pytest.mark.parametrize(
    ("period", "as_of", "year_before", "before"),
    [
        # Closed: whole months beside whole months, however long they are.
        ("2024-05", "2024-06-15", "2023-05-01..2023-05-31", "2024-04-01..2024-04-30"),
        ("2024-02", "2024-06-15", "2023-02-01..2023-02-28", "2024-01-01..2024-01-31"),
        ("2024-03", "2024-06-15", "2023-03-01..2023-03-31", "2024-02-01..2024-02-29"),
        ("2025-02", "2025-02-28", "2024-02-01..2024-02-29", "2025-01-01..2025-01-31"),
        ("2024-Q1", "2024-06-15", "2023-01-01..2023-03-31", "2023-10-01..2023-12-31"),
        # Running: only the days that have passed.
        ("2024-05", "2024-05-27", "2023-05-01..2023-05-27", "2024-04-01..2024-04-27"),
        ("2024-05", "2024-05-01", "2023-05-01..2023-05-01", "2024-04-01..2024-04-01"),
        ("2024-03", "2024-03-30", "2023-03-01..2023-03-30", "2024-02-01..2024-02-29"),
        ("2024-Q2", "2024-05-27", "2023-04-01..2023-05-27", "2024-01-01..2024-02-27"),
        ("2024-Q2", "2024-04-30", "2023-04-01..2023-04-30", "2024-01-01..2024-01-31"),
        ("2024-H2", "2024-08-31", "2023-07-01..2023-08-31", "2024-01-01..2024-02-29"),
        # The leap day has no day a year before: the 28th stands for it.
        ("2024", "2024-02-29", "2023-01-01..2023-02-28", "2023-01-01..2023-02-28"),
        (
            "2024-02-29..2024-03-01",
            "2024-06-15",
            "2023-02-28..2023-03-01",
            "2024-02-27..2024-02-28",
        ),
        # A span goes back by its own length, running or not.
        (
            "2024-05-11..2024-05-20",
            "2024-06-15",
            "2023-05-11..2023-05-20",
            "2024-05-01..2024-05-10",
        ),
        (
            "2024-05-11..2024-05-20",
            "2024-05-13",
            "2023-05-11..2023-05-13",
            "2024-05-01..2024-05-03",
        ),
    ],
)
def test_the_days_compared_are_as_many_as_have_passed(
    period: str, as_of: str, year_before: str, before: str
) -> None:
    question = asked(period, as_of)
    assert question.year_before().days == Period.parse(year_before)
    assert question.before().days == Period.parse(before)


def test_a_stock_is_compared_with_the_day_a_year_ago_the_last_periods_and_the_years_start() -> None:
    question = asked("2024-05", "2024-05-27")
    assert question.year_before().day == date(2023, 5, 27)
    assert question.before().day == date(2024, 4, 27)
    assert question.year_start().day == date(2023, 12, 31)
    assert question.so_far().days == Period(date(2024, 1, 1), date(2024, 5, 27))


def test_what_has_not_begun_is_compared_with_nothing_that_had() -> None:
    question = asked("2024-07", "2024-05-27")
    assert question.days is question.year_before().days is question.before().days is None
    assert question.year_before().day == date(2023, 5, 27)
    assert compared(figure("activities"), question).keys() == {Against.SO_FAR}


@pytest.mark.parametrize(
    ("day", "count", "earlier"),
    [
        ("2024-03-31", 1, "2024-02-29"),
        ("2024-02-29", 1, "2024-01-31"),
        ("2024-03-30", 13, "2023-02-28"),
        ("2024-05-15", 12, "2023-05-15"),
    ],
)
def test_a_months_last_day_stays_one(day: str, count: int, earlier: str) -> None:
    assert months_back(date.fromisoformat(day), count) == date.fromisoformat(earlier)


def test_each_base_is_asked_once_and_only_where_it_says_something() -> None:
    flow, stock, now = figure("activities"), figure("members"), figure("activities_submitted")
    year, month = asked("2024", "2024-05-27"), asked("2024-05", "2024-05-27")
    assert list(compared(flow, year)) == [Against.YEAR_BEFORE]  # the period before is the same
    assert list(compared(flow, month)) == [Against.YEAR_BEFORE, Against.BEFORE, Against.SO_FAR]
    assert list(compared(stock, month)) == [Against.YEAR_BEFORE, Against.BEFORE, Against.YEAR_START]
    assert not compared(now, month)
    first = Question(DISTRICT, Period.months(1, 1, 12), date(1, 5, 1), WHOLE_DISTRICT)
    assert list(compared(flow, first)) == []  # before it lies no calendar


def comparison(now: int, before: int, least: int = 10) -> Comparison:
    one = figure("activities")
    question = asked("2024-05", "2024-05-27", Rules(least_base=least))
    return Comparison(
        Against.YEAR_BEFORE,
        Answer(Asked(one, question), {(): now}),
        Answer(Asked(one, question.year_before()), {(): before}),
    )


@pytest.mark.parametrize(
    ("now", "before", "percent", "change", "words"),
    [
        (312, 279, 12, "12%", "比去年同期增长 12%"),
        (279, 312, -11, "11%", "比去年同期下降 11%"),
        (20, 20, 0, "持平", "与去年同期持平"),
        (1001, 1000, 0, "基本持平", "与去年同期基本持平"),
        (225, 200, 13, "13%", "比去年同期增长 13%"),  # 12.5 is rounded as people round
        (0, 10, -100, "100%", "比去年同期下降 100%"),
        (5, 0, None, "多 5", "去年同期为 0，不算百分比"),
        (5, 3, None, "多 2", "去年同期仅 3，基数太小，不算百分比；多 2"),
        (1, 9, None, "少 8", "去年同期仅 9，基数太小，不算百分比；少 8"),
        (0, 0, None, "持平", "与去年同期持平"),
    ],
)
def test_no_percentage_stands_on_a_base_that_cannot_bear_it(
    now: int, before: int, percent: int | None, change: str, words: str
) -> None:
    one = comparison(now, before)
    assert (one.percent, one.change, one.words) == (percent, change, words)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (312, 279, ("同比", "▲", "12%", "is-good")),
        (279, 312, ("同比", "▼", "11%", "is-poor")),
        (1001, 1000, ("同比", "", "基本持平", "")),
        (20, 20, ("同比", "", "持平", "")),
        (5, 3, ("同比", "▲", "多 2", "is-good")),
    ],
)
def test_what_is_about_the_same_has_no_arrow(
    now: int, before: int, said: tuple[str, str, str, str]
) -> None:
    shown = beside(comparison(now, before))
    assert (shown.label, shown.arrow, shown.change, shown.tone) == said


def test_the_least_base_is_what_the_administrator_set() -> None:
    assert comparison(5, 3, least=3).percent == 67
    assert comparison(500, 300, least=301).percent is None


def test_the_days_of_a_base_are_said_exactly() -> None:
    month = asked("2024-05", "2024-05-27")
    assert comparison(1, 1).days_words == "2023年5月1日至5月27日"
    assert days_words(Asked(figure("members"), month.before())) == "2024年4月27日"
