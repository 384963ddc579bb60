"""Hidden rows and columns are read like any other, and it is said that they were hidden."""

from collections.abc import Callable

import pytest

from imports.reading.corrections import Corrections
from imports.reading.grid import Book
from imports.reading.inspect import inspect_file
from imports.reading.sheets import understand
from imports.reading.workbook import read_package
from tests.imports.samples.awkward import firm, person, phone
from tests.imports.samples.binary import xls, xlsb
from tests.imports.samples.writers import Rows, Sheet, ods, xlsx, xml_table

pytestmark = pytest.mark.usefixtures("reads_here")

ROWS: Rows = [
    ["企业名称", "联系人", "联系电话", "备注"],
    *[[firm(n), person(n), phone(n), "示例"] for n in range(6)],
]
SHEET = Sheet("名册", ROWS, hidden_rows=(3, 4, 6), hidden_columns=(1,))


@pytest.mark.parametrize("write", [xlsx, xls, xlsb, ods, xml_table])
def test_hidden_rows_and_columns_are_told(write: Callable[..., bytes]) -> None:
    read = inspect_file(write(SHEET), keep=True)
    told = [notice.text() for notice in read.notices if notice.code.startswith("hidden")]
    assert told == [
        "工作表“名册”中第3–4、6行是隐藏的，也已读取，请核对是否要导入",
        "工作表“名册”中B列是隐藏的，也已读取，请核对是否要导入",
    ]
    assert read.tables[0].table.rows == [2, 3, 4, 5, 6, 7]
    assert read.tables[0].values["contact"] == [person(n) for n in range(6)]


def test_the_patient_reader_tells_them_as_well() -> None:
    book: Book = read_package(xlsx(SHEET), wanted=frozenset(), patient=True)
    codes = {notice.code for notice in understand(book, Corrections()).notices}
    assert codes == {"hidden_rows", "hidden_columns"}


def test_hidden_rows_outside_the_table_are_nobodys_concern() -> None:
    sheet = Sheet("名册", [*ROWS, [], ["注：示例"]], hidden_rows=(9,), hidden_columns=(7,))
    assert [n.code for n in inspect_file(xlsx(sheet)).notices] == []
