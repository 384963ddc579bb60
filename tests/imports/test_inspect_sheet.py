"""What `inspect_sheet` says of a table at the terminal."""

import pytest

from imports.management.commands.inspect_sheet import _header_words
from imports.reading.inspect import inspect_file
from tests.imports.samples.awkward import firm, person, phone
from tests.imports.samples.writers import Rows, Sheet, xlsx

LIST: Rows = [["企业名称", "电话"], [firm(0), phone(0)]]
BARE: Rows = [[firm(n), phone(n), "示例"] for n in range(3)]
FORM: Rows = [["企业名称", firm(0)], ["联系人", person(0)], ["联系电话", phone(0)]]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (LIST, "工作表“甲”，第1行是表头"),
        (BARE, "工作表“甲”没有表头，各列按内容认出"),
        (FORM, "工作表“甲”是逐项填写的表单，每份一行"),
    ],
)
def test_the_header_is_told_or_that_there_is_none(rows: Rows, words: str) -> None:
    (table,) = inspect_file(xlsx(Sheet("甲", rows))).tables
    assert _header_words(table) == words
