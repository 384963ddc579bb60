"""Amounts, counts and areas with the units people write beside them."""

import pytest

from imports.cleaning import numerals
from imports.cleaning.numbers import (
    clean_area,
    clean_count,
    clean_percentage,
    clean_wan,
    foreign_currency,
)
from imports.cleaning.values import Cell, Context
from imports.reading.inspect import inspect_file
from tests.imports.samples.awkward import firm
from tests.imports.samples.writers import Rows, Sheet, xlsx

pytestmark = pytest.mark.usefixtures("reads_here")

WAN = Context(unit="1")


@pytest.mark.parametrize(
    ("typed", "wan", "said"),
    [
        (-500, "-500", ["negative"]),
        ("-500", "-500", ["negative"]),
        ("（500）", "-500", ["negative"]),
        ("(500)", "-500", ["negative"]),
        ("500万元", "500", []),
        ("500 万", "500", []),
        ("5,000", "5000", []),
        ("５００", "500", []),
        ("伍佰万元", "500", []),
        ("500美元", "0.05", ["foreign_currency"]),
        ("1.2亿", "12000", []),
        (0, "0", []),
        ("0", "0", []),
        ("-12.50万元", "-12.5", ["negative"]),
        ("5,279,110.1000(万元人民币)", "5279110.1", []),
        ("一亿二千万", "12000", []),
        ("#", "", ["not_an_amount"]),
        (1e300, "", ["amount_implausible"]),
        ("∞", "", ["not_an_amount"]),
        ("NaN", "", ["not_an_amount"]),
        ("50%", "", ["not_an_amount"]),
    ],
)
def test_amount_as_typed_in_the_catalogue(typed: Cell, wan: str, said: list[str]) -> None:
    cleaned = clean_wan(typed, WAN)
    assert (cleaned.value, [f.code for f in cleaned.findings]) == (wan, said)


@pytest.mark.parametrize(
    ("typed", "wan", "said"),
    [
        ("人民币1000万元整", "1000", []),
        ("￥10,000,000.00元", "1000", []),
        ("500万美元", "500", ["foreign_currency"]),
        ("500万港币", "500", ["foreign_currency"]),
        ("约500万", "500", ["approximate"]),
        ("500-1000万", "", ["number_range"]),
        ("500万元（实缴200万元）", "500", ["number_with_words"]),
        ("2,00", "", ["not_an_amount"]),
        ("300W", "300", []),
        ("2.5千万元", "2500", []),
        ("负五百万元", "-500", ["negative"]),
    ],
)
def test_other_amounts_that_officials_type(typed: Cell, wan: str, said: list[str]) -> None:
    cleaned = clean_wan(typed, WAN)
    assert (cleaned.value, [f.code for f in cleaned.findings]) == (wan, said)


@pytest.mark.parametrize(
    ("unit", "typed", "wan"),
    [("1", 500, "500"), ("0.0001", 5000000, "500"), ("10000", 1.5, "15000"), ("", 500, "500")],
)
def test_bare_number_takes_the_unit_of_its_column(unit: str, typed: Cell, wan: str) -> None:
    assert clean_wan(typed, Context(unit=unit)).value == wan


def test_bare_number_too_large_for_wan_is_taken_as_yuan_and_doubted() -> None:
    cleaned = clean_wan(5_000_000, Context())
    assert cleaned.value == "500"
    assert [f.code for f in cleaned.findings] == ["unit_assumed_yuan"]


@pytest.mark.parametrize(
    ("typed", "count", "said"),
    [
        (60, "60", []),
        ("60余人", "60", ["approximate"]),
        ("约60人次", "60", ["approximate"]),
        ("三十余人", "30", ["approximate"]),
        ("1.2万人次", "12000", []),
        ("1,200", "1200", []),
        ("120人（含线上40人）", "120", ["number_with_words"]),
        ("50-60人", "", ["number_range"]),
        (60.5, "60.5", ["fraction_of_unit"]),
        ("若干", "", ["not_a_number"]),
    ],
)
def test_count_as_typed(typed: Cell, count: str, said: list[str]) -> None:
    cleaned = clean_count(typed, Context())
    assert (cleaned.value, [f.code for f in cleaned.findings]) == (count, said)


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        (650, "650"),
        ("650㎡", "650"),
        ("650平方米", "650"),
        ("1.2万平方米", "12000"),
        ("3亩", "2000"),
    ],
)
def test_area_in_square_metres(typed: Cell, area: str) -> None:
    assert clean_area(typed, Context()).value == area


@pytest.mark.parametrize(("typed", "share"), [("50%", "50"), (0.5, "50"), ("12.5%", "12.5")])
def test_percentage(typed: Cell, share: str) -> None:
    assert clean_percentage(typed, Context()).value == share


@pytest.mark.parametrize(
    ("text", "number"),
    [("二〇二四", 2024), ("五百", 500), ("一千二百零五万", 12_050_000), ("十二", 12), ("廿八", 28)],
)
def test_chinese_numerals(text: str, number: int) -> None:
    assert numerals.parse(text) == number


def test_a_word_is_no_numeral() -> None:
    assert numerals.parse("甲") is None
    assert numerals.parse("") is None


@pytest.mark.parametrize(
    ("header", "currency", "yuan"),
    [
        ("注册资本（万美元）", "美元", "注册资本（万元）"),
        ("投资总额(亿港元)", "港元", "投资总额(亿元)"),
        ("注册资本（万元人民币）", "", "注册资本（万元人民币）"),
        ("注册资本", "", "注册资本"),
    ],
)
def test_a_header_may_name_a_foreign_currency(header: str, currency: str, yuan: str) -> None:
    assert foreign_currency(header) == (currency, yuan)


def test_amounts_under_a_foreign_currency_keep_their_scale_and_are_doubted() -> None:
    rows: Rows = [["企业名称", "注册资本（万美元）"], [firm(0), 500], [firm(1), "120万"]]
    (table,) = inspect_file(xlsx(Sheet("名册", rows))).tables
    assert table.values["capital_wan"] == ["500", "120"]
    told = [p.message.text() for row in table.rows() for p in row.problems]
    assert len(told) == 2
    assert all("美元" in words for words in told)
