"""Text fit to show keeps what was typed; the key is the same for all spellings of a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.normalise import clean_text, header_hints, join_chinese, name_key, strip_header


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  上海华新\u3000", "上海华新"),
        ("上海\xa0华新", "上海 华新"),
        ("上海\u200b华新\ufeff", "上海华新"),
        ("上海\u202etxt.exe\u202c", "上海txt.exe"),
        ("上海\u2066abc\u2069", "上海abc"),
        ("含_x0000_空\0字符\x08", "含空字符"),
        ("上海华新\r\n有限公司", "上海华新有限公司"),
        ("A\nB", "A B"),
        ("\ud800甲", "甲"),
        ("上" + "\u0301" * 200, "上" + "\u0301" * 3),
        ("上海\u200d华新", "上海华新"),
    ],
)
def test_invisible_characters_go_and_spaces_are_plain(typed: str, shown: str) -> None:
    assert clean_text(typed) == shown


@pytest.mark.parametrize(
    "kept", ["上海𠮷䶮㐀", "葛\U000e0100", "👨\u200d👩\u200d👧科技🏳️\u200d🌈", "（集团）ＡＢＣ"]
)
def test_visible_characters_stay_exactly(kept: str) -> None:
    assert clean_text(kept) == kept


def test_line_breaks_can_be_kept() -> None:
    assert clean_text("甲 \r\n\n 乙", keep_lines=True) == "甲\n乙"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text())
def test_clean_text_can_be_stored(text: str) -> None:
    shown = clean_text(text)
    assert "\0" not in shown
    shown.encode("utf-8")


def test_all_spellings_of_a_name_share_one_key() -> None:
    spellings = [
        "上海华新（集团）有限公司",
        "上海华新(集团)有限公司",
        "上海华新【集团】有限公司",
        " 上海　华新（集团）有限公司\xa0",
        "上海\u200b华新（集团）有限公司",
        "上海华新\n（集团）有限公司",
    ]
    assert len({name_key(spelling) for spelling in spellings}) == 1
    assert name_key("ＡＢＣ公司") == name_key("abc公司")


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("统一社会\n信用代码（18位）", "统一社会信用代码"),
        ("*企业(单位)名称：", "企业名称"),
        ("联 系 人", "联系人"),
        ("注册资本(万元)", "注册资本"),
        ("1.企业名称", "企业名称"),
        ("（必填）", "必填"),
        ("企業名稱", "企业名称"),
        ("", ""),
    ],
)
def test_header_is_compared_by_its_words(header: str, word: str) -> None:
    assert strip_header(header) == word


def test_hints_stand_in_brackets() -> None:
    assert header_hints("注册资本（万元）") == ["万元"]


def test_spaces_that_lay_out_chinese_go() -> None:
    assert join_chinese("示例 甲 Lee") == "示例甲 Lee"
