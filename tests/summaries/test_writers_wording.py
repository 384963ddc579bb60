"""Numbers, dates, numbering and foreign text as an official document writes them."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from summaries.writers.wording import (
    Number,
    chinese_moment,
    chinese_number,
    clean_line,
    clean_text,
    display_width,
    format_number,
    heading_number,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_numbers_are_written_in_chinese(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize("number", [0, -1, 100])
def test_a_number_no_summary_needs_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="1 至 99"):
        chinese_number(number)


def test_the_four_levels_are_numbered_as_the_standard_orders() -> None:
    assert [heading_number(level, 12) for level in (1, 2, 3, 4)] == [
        "十二、", "（十二）", "12.", "（12）",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="四层"):
        heading_number(5, 1)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (9840, "9,840"),
        (0, "0"),
        (-3, "-3"),
        (Decimal("12.50"), "12.5"),
        (Decimal("1E+3"), "1,000"),
        (Decimal("100"), "100"),
        (0.1, "0.1"),
        (1e16, "10,000,000,000,000,000"),
    ],
)
def test_numbers_read_without_exponents_and_trailing_zeros(number: Number, words: str) -> None:
    assert format_number(number) == words


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("2024-06-30T23:59:59", "2024年6月30日24时"),
        ("2024-05-27T08:00:00", "2024年5月27日8时"),
        ("2024-12-01T08:05:00", "2024年12月1日8时5分"),
    ],
)
def test_a_moment_has_no_leading_zeros_and_the_end_of_a_day_reads_as_24(
    clock: str, words: str
) -> None:
    assert chinese_moment(datetime.fromisoformat(clock)) == words


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("华\x00新\x0b镇\x1f", "华新镇"),
        ("示例\ud800企业\ufffe\uffff", "示例企业"),
        ("上海\u202e司公限有\u202c", "上海司公限有"),
        ("一\r\n二\u2028三\r四", "一\n二\n三\n四"),
        ("𠮷野家䶮\U000e0100 عربي e\u0301 👨‍👩‍👧", "𠮷野家䶮\U000e0100 عربي e\u0301 👨‍👩‍👧"),
    ],
)
def test_only_what_no_document_can_hold_is_taken_out(dirty: str, clean: str) -> None:
    assert clean_text(dirty) == clean


@given(st.text())
def test_any_clean_text_can_stand_in_xml(text: str) -> None:
    words = etree.Element("t")
    words.text = clean_text(text)
    assert etree.fromstring(etree.tostring(words)).text == (clean_text(text) or None)


def test_a_line_has_no_breaks_and_no_runs_of_spaces() -> None:
    assert clean_line(" 华新镇\r\n商会 \t 之家 ") == "华新镇 商会 之家"


def test_half_width_characters_count_a_half_and_combining_marks_nothing() -> None:
    assert display_width("2024年上半年") == 6
    assert display_width("𠮷") == 1
    assert display_width("e\u0301") == 0.5
    assert display_width("葛\U000e0100") == 1
