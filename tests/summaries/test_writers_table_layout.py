"""Columns of a printed table share the page so that numbers stay whole and words stay readable."""

import pytest

from summaries.writers.document import Cell, Column, ColumnKind, Table
from summaries.writers.table_layout import needs_lying_page, share_width

PAGE = 42.1  # characters of 10.5 pt on 156 mm
TWIPS = 8845
CHARACTER = TWIPS / PAGE

NUMBER = ColumnKind.NUMBER


def table(columns: tuple[Column, ...], *rows: tuple[Cell, ...]) -> Table:
    return Table(columns, rows)


def test_the_columns_fill_the_page_to_the_twip() -> None:
    for count in (1, 2, 3, 7, 11, 40):
        columns = tuple(Column(f"第{n}列") for n in range(count))
        widths = share_width(table(columns, ("长" * 30,) * count), TWIPS, PAGE)
        assert sum(widths) == TWIPS and min(widths) > 0


def test_numbers_dates_and_codes_never_wrap_while_words_can() -> None:
    columns = (
        Column("编号", ColumnKind.CODE), Column("情况"), Column("金额", NUMBER), Column("说明"),
    )  # fmt: skip
    row = ("91310118MA1JABCD0X", "说" * 200, 1_234_567_890, "明" * 10)
    widths = share_width(table(columns, row), TWIPS, PAGE)
    assert widths[0] >= 9 * CHARACTER
    assert widths[2] >= 6.5 * CHARACTER
    assert widths[1] > widths[3] >= 4 * CHARACTER


def test_a_column_of_few_words_keeps_what_it_needs_and_long_ones_share_the_rest() -> None:
    columns = (Column("单位"), Column("口径"), Column("说明"))
    widths = share_width(table(columns, ("平方米", "口" * 90, "明" * 90)), TWIPS, PAGE)
    assert widths[0] == pytest.approx(4 * CHARACTER, rel=0.05)
    assert widths[1] == pytest.approx(widths[2], abs=2)


def test_headings_stay_on_one_line_where_the_page_has_room() -> None:
    columns = (Column("街镇"), Column("理事以上企业数", NUMBER), Column("阵地", NUMBER))
    widths = share_width(table(columns, ("华新镇", 34, 5)), TWIPS, PAGE)
    assert widths[1] >= 7.5 * CHARACTER


@pytest.mark.parametrize(("count", "lying"), [(7, False), (12, True)])
def test_a_table_of_many_numbers_needs_lying_paper(count: int, lying: bool) -> None:
    columns = (Column("街镇"), *(Column("活动场次", NUMBER) for _ in range(count)))
    assert needs_lying_page(table(columns, ("华新镇", *((1234,) * count))), PAGE) is lying


def test_long_words_alone_do_not_turn_the_paper() -> None:
    columns = (Column("街镇"), Column("口径"), Column("说明"))
    assert not needs_lying_page(table(columns, ("华新镇", "口" * 300, "明" * 300)), PAGE)
