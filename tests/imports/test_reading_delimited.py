"""Text tables whose columns are set apart by blanks or by the commas of a list."""

import pytest

from imports.reading.delimited import read_delimited

ROWS = [
    ["序号", "企业名称", "联系人", "电话"],
    ["1", "上海示例物流有限公司", "示例甲", "13800000000"],
    ["2", "上海示例食品有限公司", "示例乙", "13800000001"],
    ["3", "上海示例建筑有限公司", "示例丙", "13800000002"],
]


def written(gap: str, title: str = "") -> bytes:
    lines = [gap.join(row) for row in ROWS]
    return "\n".join([title, *lines] if title else lines).encode("gb18030")


@pytest.mark.parametrize("gap", [" ", "　", "    ", "、"])
def test_columns_copied_from_a_message_are_found(gap: str) -> None:
    assert read_delimited(written(gap)).grids[0].rows == ROWS


def test_a_title_above_stays_one_cell() -> None:
    rows = read_delimited(written("　", "示例镇商会会员名册")).grids[0].rows
    assert rows == [["示例镇商会会员名册"], *ROWS]


def test_a_list_of_one_column_is_not_torn() -> None:
    names = [["上海示例（Example Trading）有限公司"], ["上海示例物流有限公司"], ["示例 商行"]]
    content = "\n".join(name for (name,) in names).encode()
    assert read_delimited(content).grids[0].rows == names
