"""Periods: read, written, compared with the year before, cut at a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.periods import Period, PeriodError, add_months

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "end", "kind", "words"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "year", "2024年"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month", "2024年2月"),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), "month", "2023年2月"),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31), "quarter", "2024年第1季度"),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31), "quarter", "2024年第4季度"),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30), "half", "2024年上半年"),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31), "half", "2024年下半年"),
        (
            "2024-01-01..2024-05-27",
            date(2024, 1, 1),
            date(2024, 5, 27),
            "span",
            "2024年1月1日至5月27日",
        ),
    ],
)
def test_a_period_is_read_and_written_and_said(
    text: str, start: date, end: date, kind: str, words: str
) -> None:
    period = Period.parse(f" {text} ")

    assert (period.start, period.end, period.kind) == (start, end, kind)
    assert str(period) == text
    assert period.words == words


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-00", "2024-Q5", "2024-H3", "0000", "2024-02-30..2024-03-01"]
)
def test_what_is_no_period_is_refused_with_what_may_be_written(text: str) -> None:
    with pytest.raises(PeriodError, match="2024-Q2"):
        Period.parse(text)


def test_a_period_that_ends_before_it_begins_says_so() -> None:
    with pytest.raises(PeriodError, match="早于"):
        Period.parse("2024-05-27..2024-01-01")


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2024", "2023"),
        ("2024-02", "2023-02"),
        ("2024-02-29..2024-02-29", "2023-02-28..2023-02-28"),
        ("2024-01-01..2024-05-27", "2023-01-01..2023-05-27"),
        ("2024-01-01..2024-02-29", "2023-01-01..2023-02-28"),
        ("2023-01-01..2023-02-28", "2022-01-01..2022-02-28"),
    ],
)
def test_the_same_days_a_year_before(text: str, before: str) -> None:
    assert str(Period.parse(text).year_before()) == before


def test_two_months_to_the_end_of_february_compare_with_two_whole_months() -> None:
    assert Period.parse("2025-01-01..2025-02-28").year_before().end == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2024", "2023"),
        ("2024-03", "2024-02"),
        ("2024-01", "2023-12"),
        ("2024-Q1", "2023-Q4"),
        ("2024-H1", "2023-H2"),
        ("2024-05-20..2024-05-26", "2024-05-13..2024-05-19"),
    ],
)
def test_the_period_of_the_same_length_just_before(text: str, before: str) -> None:
    assert str(Period.parse(text).before()) == before


@given(start=DAYS, length=st.integers(0, 800))
def test_every_period_reads_back_from_its_own_text(start: date, length: int) -> None:
    period = Period(start, start + timedelta(days=length))

    assert Period.parse(str(period)) == period
    assert period.before().end == start - timedelta(days=1)


@given(day=DAYS)
def test_a_month_holds_its_days_and_no_others(day: date) -> None:
    month = Period.month_of(day)

    assert month.contains(day)
    assert not month.contains(month.start - timedelta(days=1))
    assert not month.contains(month.end + timedelta(days=1))
    assert month.months_count == 1


def test_a_period_is_cut_at_the_day_it_has_come_to() -> None:
    year = Period.parse("2024")

    assert str(year.up_to(date(2024, 5, 27))) == "2024-01-01..2024-05-27"
    assert year.up_to(date(2025, 1, 1)) == year
    assert str(year.up_to(date(2023, 1, 1))) == "2024-01-01..2024-01-01"


def test_this_year_so_far_begins_on_new_year() -> None:
    assert str(Period.year_to(date(2024, 5, 27))) == "2024-01-01..2024-05-27"


def test_the_months_a_period_touches_come_whole_and_in_order() -> None:
    months = Period.parse("2023-12-31..2024-02-01").each_month()

    assert [str(month) for month in months] == ["2023-12", "2024-01", "2024-02"]


def test_three_months_that_are_no_quarter_are_a_span() -> None:
    assert Period.parse("2024-02-01..2024-04-30").kind == "span"


def test_months_are_added_across_years() -> None:
    assert add_months(date(2024, 11, 1), 3) == date(2025, 2, 1)
    assert add_months(date(2024, 1, 1), -1) == date(2023, 12, 1)
