"""Long titles break at the joints of the sentence, in a trapezium or a diamond."""

import time

import pytest

from summaries.writers.title_lines import LINE_WIDTH, title_lines
from summaries.writers.wording import display_width


@pytest.mark.parametrize(
    "lines",
    [
        ("青浦区2024年5月统战工作月报",),
        ("中共上海市青浦区委统战部", "2024年上半年工作总结"),
        ("中共上海市青浦区委统一战线工作部", "关于2024年上半年统战工作情况的总结"),
        ("上海市青浦区香花桥街道", "2024年上半年统一战线工作总结"),
    ],
)
def test_a_title_breaks_where_a_clerk_would_break_it(lines: tuple[str, ...]) -> None:
    assert title_lines("".join(lines)) == lines


def test_an_order_of_the_office_is_obeyed() -> None:
    assert title_lines("青浦区\n2024年上半年 统战工作总结\n") == (
        "青浦区",
        "2024年上半年 统战工作总结",
    )


def test_no_line_is_too_wide_and_no_word_or_number_is_torn() -> None:
    title = (
        "中共上海市青浦区委统一战线工作部关于贯彻落实《关于加强新时代民营经济统战工作的意见》"
        "推进“一街镇一品牌、一领域一特色”建设2024年上半年阶段性工作情况的报告"
    )
    lines = title_lines(title)
    assert "".join(lines) == title
    assert len(lines) == 4
    assert all(display_width(line) <= LINE_WIDTH for line in lines)
    assert all(line[0] not in "》”、的" and line[-1] not in "《“" for line in lines)
    assert any("2024年上半年" in line for line in lines)


def test_equal_lines_and_an_hourglass_are_avoided() -> None:
    widths = [display_width(line) for line in title_lines("青" * 45)]
    assert max(widths) - min(widths) >= 1
    assert not (widths[0] > widths[1] < widths[2])


def test_a_title_no_page_can_hold_is_left_to_the_word_processor() -> None:
    assert title_lines("青" * 200) == ("青" * 200,)


def test_the_worst_title_is_broken_at_once() -> None:
    began = time.perf_counter()
    assert len(title_lines("青" * 80)) == 4
    assert time.perf_counter() - began < 3
