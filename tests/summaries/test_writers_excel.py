"""The workbook: figures first, then the tables; numbers are numbers, and no text is a formula."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import time_machine
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from summaries.writers.document import (
    Attachment,
    Cell,
    Column,
    ColumnKind,
    LinkedCell,
    SummaryDocument,
    Table,
    plain,
)
from summaries.writers.excel import write_xlsx
from tests.summaries.half_year import SITE, figures, half_year_document

FIRST_ROW = 4  # below title, as-of and head


def package(document: SummaryDocument) -> bytes:
    stream = BytesIO()
    write_xlsx(document, stream)
    return stream.getvalue()


def read(document: SummaryDocument) -> Workbook:
    return openpyxl.load_workbook(BytesIO(package(document)))


def with_table(*columns: Column, rows: Sequence[tuple[Cell, ...]]) -> Worksheet:
    table = Table(columns, tuple(rows))
    document = half_year_document(
        lead=plain("无"), sections=(), figures=(), attachments=(Attachment("表", table),)
    )
    return read(document).worksheets[1]


@pytest.fixture(scope="module")
def book() -> Workbook:
    return read(half_year_document())


def test_the_first_sheet_lists_every_figure_with_its_definition(book: Workbook) -> None:
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[3]] == ["指标", "数值", "单位", "口径", "明细"]
    listed = {row[0]: row[1:] for row in sheet.iter_rows(min_row=FIRST_ROW, values_only=True)}
    assert set(listed) == {figure.title for figure in figures()}
    assert listed["会员企业数"][:3] == (
        1826, "家", "截至期末会籍有效的企业；一家企业在多家商会只计一次。",
    )  # fmt: skip
    assert listed["阵地面积"][0] == 21468.5
    assert sheet["A2"].value == "数据截至2024年6月30日24时"


def test_each_figure_links_to_its_rows(book: Workbook) -> None:
    sheet = book.worksheets[0]
    targets = [cell.hyperlink.target for cell in sheet["E"] if cell.hyperlink]
    assert targets == [f"{SITE}{figure.rows_url}" for figure in figures()]
    assert sheet.cell(FIRST_ROW, 5).value == "查看明细"


def test_each_attachment_has_a_sheet_with_its_title_unit_total_and_note(book: Workbook) -> None:
    assert book.sheetnames[1:] == [
        "附件1 2024年上半年各街镇统战工作主要指标", "附件2 2024年上半年责任闭环项目清单",
    ]  # fmt: skip
    sheet = book.worksheets[1]
    assert sheet["A1"].value == "2024年上半年各街镇统战工作主要指标"
    assert sheet["G2"].value == "单位：场、人次、家、个"
    assert [cell.value for cell in sheet[15]] == ["合计", 385, 22, 9845, 1815, 374, 70]
    assert str(sheet["A16"].value).startswith("注：联合举办的活动")


def test_a_linked_number_stays_a_number(book: Workbook) -> None:
    cell = book.worksheets[1].cell(FIRST_ROW, 2)
    assert (cell.value, cell.data_type) == (20, "n")
    assert cell.hyperlink is not None
    assert cell.hyperlink.target == f"{SITE}/activities/?town=0"


def test_codes_are_text_even_when_they_look_like_numbers() -> None:
    sheet = with_table(
        Column("编号", ColumnKind.CODE),
        rows=[("00123",), ("91310118MA1JXXXX0X",), (913101180000000001,), ("1E5",)],
    )
    cells = [sheet.cell(row, 1) for row in range(FIRST_ROW, FIRST_ROW + 4)]
    assert [cell.value for cell in cells] == [
        "00123", "91310118MA1JXXXX0X", "913101180000000001", "1E5",
    ]  # fmt: skip
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1+1", "{=1+1}", "=HYPERLINK(1)"],
)
@pytest.mark.parametrize("kind", list(ColumnKind))
def test_text_that_looks_like_a_formula_stays_text(text: str, kind: ColumnKind) -> None:
    table = Table((Column(text, kind),), ((text,),), total=(text,), unit=text, note=text)
    figure = replace(figures()[0], title=text, unit=text, definition=text)
    document = half_year_document(
        title=text, lead=plain("无"), sections=(), figures=(figure,),
        attachments=(Attachment(text, table),),
    )  # fmt: skip
    content = package(document)
    with ZipFile(BytesIO(content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 2 and not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    cell = openpyxl.load_workbook(BytesIO(content)).worksheets[1].cell(FIRST_ROW, 1)
    assert (cell.value, cell.data_type) == (text, "s")
    if text[0] in "=+-@\t":
        assert cell.quotePrefix  # stays text when an officer edits the cell


def test_addresses_in_text_do_not_become_links() -> None:
    sheet = with_table(Column("备注"), rows=[("http://evil.example/",)])
    assert sheet.cell(FIRST_ROW, 1).hyperlink is None


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example", "internal:Sheet1!A1", ""])
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    sheet = with_table(Column("数", ColumnKind.NUMBER), rows=[(LinkedCell(3, url),)])
    assert sheet.cell(FIRST_ROW, 1).hyperlink is None
    assert sheet.cell(FIRST_ROW, 1).value == 3


def test_dates_and_moments_are_dates_where_the_spreadsheet_can_count_them() -> None:
    moment = datetime(2024, 5, 27, 6, 30, tzinfo=UTC)
    sheet = with_table(
        Column("日", ColumnKind.DATE), rows=[(date(2024, 5, 7),), (moment,), (date(1898, 1, 2),)]
    )
    values = [sheet.cell(row, 1).value for row in range(FIRST_ROW, FIRST_ROW + 3)]
    naive = moment.replace(tzinfo=None)
    assert values == [datetime.fromisoformat("2024-05-07"), naive, "1898年1月2日"]


def test_numbers_keep_their_value_or_become_text_before_they_lose_digits() -> None:
    sheet = with_table(
        Column("数", ColumnKind.NUMBER),
        rows=[(9840,), (Decimal("12.50"),), (10**18 + 1,), (None,), (float("nan"),), (10**400,)],
    )
    values = [sheet.cell(row, 1).value for row in range(FIRST_ROW, FIRST_ROW + 5)]
    assert values == [9840, 12.5, "1,000,000,000,000,000,001", "—", "—"]
    formats = [sheet.cell(row, 1).number_format for row in (FIRST_ROW, FIRST_ROW + 1)]
    assert formats == ["#,##0", "#,##0.0###"]


def test_hostile_text_is_cleaned_and_rare_characters_are_kept() -> None:
    hostile = "\x00\x0b\ud800\u202e名称\u202c <c>&amp; 𠮷䶮 葛\U000e0100 عربي _x0041_"
    sheet = with_table(Column("名称"), rows=[(hostile,), ("字" * 40_000,)])
    assert sheet.cell(FIRST_ROW, 1).value == "名称 <c>&amp; 𠮷䶮 葛\U000e0100 عربي _x0041_"
    assert len(str(sheet.cell(FIRST_ROW + 1, 1).value)) == 16_000


def test_sheet_names_are_made_acceptable_and_told_apart() -> None:
    table = Table((Column("街镇"),), (("华新镇",),))
    titles = ("情况[一]:*?/\\'表", "长" * 60, "长" * 60, "𠮷" * 30, "", "A\x00b")
    document = half_year_document(attachments=tuple(Attachment(title, table) for title in titles))
    names = read(document).sheetnames
    assert len({name.casefold() for name in names}) == len(titles) + 1
    assert all(len(name.encode("utf-16-le")) // 2 <= 31 for name in names)
    assert not any(set("[]:*?/\\'") & set(name) for name in names)


def test_sheets_print_on_a4_with_their_head_on_every_page(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)  # one page wide is what Excel assumes
        assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.freeze_panes == "B4"
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_a_wide_table_prints_on_lying_paper() -> None:
    columns = [Column(f"第{n}个较长的列名称") for n in range(12)]
    sheet = with_table(*columns, rows=[("值",) * 12])
    assert sheet.page_setup.orientation == "landscape"
    assert with_table(Column("街镇"), rows=[]).page_setup.orientation != "landscape"


def test_rows_of_several_lines_are_tall_enough(book: Workbook) -> None:
    sheet = with_table(Column("进展"), rows=[("一\n二\n三",), ("一",), ("长" * 9000,)])
    heights = [sheet.row_dimensions[row].height for row in range(FIRST_ROW, FIRST_ROW + 3)]
    assert heights[0] is not None and heights[0] >= 45
    assert heights[1] in (None, 21)
    assert heights[2] == pytest.approx(409, abs=0.5)


def test_the_same_summary_gives_the_same_bytes_at_any_time(tmp_path: Path) -> None:
    with time_machine.travel(datetime(2024, 7, 3, tzinfo=UTC), tick=False):
        first = package(half_year_document())
    with time_machine.travel(datetime(2031, 1, 1, 12, tzinfo=UTC), tick=False):
        write_xlsx(half_year_document(), tmp_path / "指标.xlsx")
    assert (tmp_path / "指标.xlsx").read_bytes() == first
    assert package(half_year_document(issuer="另一单位")) != first


def test_two_thousand_rows_take_seconds_not_minutes() -> None:
    columns = tuple(Column(f"第{n}列") for n in range(8))
    rows = tuple(tuple(f"示例企业{row}-{n}" for n in range(8)) for row in range(2000))
    began = time.perf_counter()
    sheet = with_table(*columns, rows=rows)
    assert time.perf_counter() - began < 20
    assert sheet.max_row == FIRST_ROW + 1999
