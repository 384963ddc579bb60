"""No row is lost in silence, whatever a sheet looks like."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from imports.cleaning.values import words
from imports.reading.grid import Grid, Merge, Row
from imports.reading.table import Table, Wanted
from imports.reading.tables import find_tables
from imports.reading.vocabulary import PLANS
from tests.imports.samples.awkward import code, firm, person, phone

WANTED = Wanted(tuple(PLANS.values()))
WORDS = [
    *words(
        "企业名称 统一社会信用代码 序号 联系人 联系电话 职务 民族 活动名称 时间 地点 阵地名称"
        " 街镇 村居 姓名 荣誉名称 级别 合计 注： 填表人： 一、会长单位 华新镇商会会员名册"
        " 华新镇 2024年5月28日 甲 乙 会长 汉族",
    ),
    *["", "", "", "", firm(1), firm(2), code(1), person(1), phone(1)],
]
cells = st.one_of(st.sampled_from(WORDS), st.integers(0, 50_000), st.text(max_size=8))
HEADERS: list[Row] = [
    ["序号", "企业名称", "统一社会信用代码", "联系人", "联系电话"],
    ["街镇", "村居", "统战干事", "电话", "联络员", "电话"],
    ["序号", "企业名称", "职务", "", "序号", "企业名称", "职务"],
    ["序号", "活动名称", "时间", "地点", "民族"],
]
noise = st.lists(cells, max_size=7)
records = st.integers(1, 30).map(lambda n: [n, firm(n), code(n), person(n), phone(n)])
sheets = st.tuples(
    st.lists(noise, max_size=3),
    st.sampled_from(HEADERS).map(lambda header: [header]),
    st.lists(st.one_of(noise, records, st.sampled_from(HEADERS)), max_size=10),
).map(lambda parts: [list(row) for part in parts for row in part])
rows = st.one_of(st.lists(noise, max_size=12), sheets)
merges = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 7), st.integers(0, 3), st.integers(0, 3)),
    max_size=4,
)


def _told(table: Table) -> set[int]:
    """Rows that are records, passed over with a reason, or the header."""
    header = range(table.header_first, table.header_row + 1) if table.header_row else ()
    skipped = {n for span in table.skipped for n in range(span.first, span.last + 1)}
    form = {row + 1 for column in table.columns for row, _ in column.cells}
    form |= {row + 1 for column in table.left_out for row, _ in column.cells}
    return {*table.rows, *skipped, *header, *form}


@given(rows, merges)
@example([["企业名称", "企业名称", "时间"], ["统一社会信用代码", "序号", "联系人"]], [])
@settings(max_examples=150, deadline=None)
def test_every_filled_row_is_a_record_or_passed_over_with_a_reason(
    cells: list[Row], merges: list[Merge]
) -> None:
    spans = [(top, left, top + down, left + right) for top, left, down, right in merges]
    filled = {n for n, row in enumerate(cells, start=1) if any(v != "" for v in row)}
    tables = find_tables(Grid("Sheet1", cells, spans), WANTED)
    if tables:
        assert filled <= set().union(*map(_told, tables))
    for table in tables:
        # The records of a list on its side stand beside each other and begin in one row.
        assert table.rows == sorted(table.rows if table.is_form else set(table.rows))
        assert all(len(column.values) == len(table.rows) for column in table.columns)
        left_out = {column.place for column in table.left_out}
        assert not left_out & {column.place for column in table.columns}
        assert set(table.fields.values()) <= {column.place for column in table.columns}


@given(rows)
@settings(max_examples=50, deadline=None)
def test_a_header_set_by_hand_is_obeyed(cells: list[Row]) -> None:
    wanted = Wanted((PLANS["members"],), header_rows=(1,))
    for table in find_tables(Grid("Sheet1", cells), wanted):
        assert table.header_row in {0, 1}
        assert all(number > 1 for number in table.rows)
