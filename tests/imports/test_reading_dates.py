"""Dates of every kind become ISO text, or a sentence."""

import pytest

from imports.cleaning.dates import clean_date, clean_moment
from imports.cleaning.values import Cell, Context

WHOLE = "2024-05-27"


@pytest.mark.parametrize(
    ("typed", "iso", "said"),
    [
        (WHOLE, WHOLE, []),
        ("1900-01-01", "", ["date_implausible"]),
        ("1900-02-28", "", ["date_implausible"]),
        (60, "", ["date_implausible"]),
        (61, "", ["date_implausible"]),
        (0, "", ["date_implausible"]),
        (-1, "", ["date_implausible"]),
        (45439, WHOLE, []),
        (45439.99999, WHOLE, []),
        (2958466, "", ["date_implausible"]),
        ("2024-5-27", WHOLE, []),
        ("2024.5.27", WHOLE, []),
        ("2024/5/27", WHOLE, []),
        ("24.5.27", WHOLE, ["two_digit_year"]),
        ("2024年5月27日", WHOLE, []),
        ("二〇二四年五月二十七日", WHOLE, []),
        ("5月27日", "", ["year_missing"]),
        ("2024年5月", "2024-05-01", ["day_missing"]),
        ("2024-02-30", "", ["no_such_day"]),
        ("2024-13-01", "", ["no_such_day"]),
        ("27/05/2024", WHOLE, ["day_first"]),
        ("20240527", WHOLE, []),
        (20240527, WHOLE, []),
        ("待定", "", ["not_a_date"]),
        ("9999-12-31", "", ["date_implausible"]),
        ("0001-01-01", "", ["date_implausible"]),
    ],
)
def test_date_as_typed_in_the_catalogue(typed: Cell, iso: str, said: list[str]) -> None:
    cleaned = clean_date(typed, Context())
    assert (cleaned.value, [f.code for f in cleaned.findings]) == (iso, said)


@pytest.mark.parametrize(
    ("typed", "iso", "said"),
    [
        ("05/06/2024", "", ["date_order"]),
        ("5/6/24", "", ["date_order"]),
        ("24/5/27", WHOLE, ["two_digit_year"]),
        ("98.5.1", "1998-05-01", ["two_digit_year"]),
        (2024.5, "2024-05-01", ["day_missing"]),
        (2024.1, "2024-01-01", ["month_ambiguous"]),
        ("2024.10", "2024-10-01", ["day_missing"]),
        ("202405", "2024-05-01", ["day_missing"]),
        (2024, "2024-01-01", ["month_missing"]),
        ("2024年第二季度", "2024-01-01", ["month_missing"]),
        ("2024年5月上旬", "2024-05-01", ["day_missing"]),
        ("2024年5月27日入会", WHOLE, []),
        ("2024年5月27日换届选举", WHOLE, ["date_with_words"]),
        ("2024-05-27 00:00:00", WHOLE, []),
        ("1958-03-01", "1958-03-01", []),
        ("1930年3月1日", "1930-03-01", ["date_old"]),
        ("1902-05-01", "", ["date_implausible"]),
    ],
)
def test_other_dates_that_officials_type(typed: Cell, iso: str, said: list[str]) -> None:
    cleaned = clean_date(typed, Context())
    assert (cleaned.value, [f.code for f in cleaned.findings]) == (iso, said)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2024年5月15日14:00", "2024-05-15T14:00"),
        ("2024年5月15日（周三）下午2:30", "2024-05-15T14:30"),
        ("2024-05-15 14:00:00", "2024-05-15T14:00"),
        ("2024.5.15 下午2点半", "2024-05-15T14:30"),
        ("2024年5月15日14:00-16:00", "2024-05-15T14:00"),
        ("2024年5月15日上午", "2024-05-15"),
        ("2024-05-15", "2024-05-15"),
        ("2024年5月15日-16日", "2024-05-15"),
        (45427.5833333333, "2024-05-15T14:00"),
    ],
)
def test_moment_keeps_its_time_of_day(typed: Cell, moment: str) -> None:
    assert clean_moment(typed, Context()).value == moment


def test_serial_numbers_count_from_the_epoch_of_the_workbook() -> None:
    assert clean_date(43977, Context(epoch_1904=True)).value == WHOLE
    assert clean_date(43977, Context()).value == "2020-05-26"


def test_year_of_the_sheet_completes_a_day() -> None:
    cleaned = clean_date("5月27日", Context(year=2024))
    assert (cleaned.value, cleaned.findings[0].level) == (WHOLE, "notice")


def test_a_period_counts_from_its_first_day_and_says_so() -> None:
    (finding,) = clean_date("2024.5.27-5.28", Context()).findings
    assert finding.code == "date_range"
