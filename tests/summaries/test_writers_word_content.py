"""The Word file says what the summary says, links each figure back, and stays the same file."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
import time_machine
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from summaries.writers.document import (
    Attachment,
    Column,
    ColumnKind,
    Section,
    SummaryDocument,
    Table,
    plain,
)
from summaries.writers.word import write_docx
from tests.summaries.half_year import SITE, figures, half_year_document, wide_table_document

HOSTILE = "<w:p>&\x00\x0b\ud800\u202e名称\u202c</w:t> 𠮷䶮 عربي =1+1"
CLEANED = "<w:p>&名称</w:t> 𠮷䶮 عربي =1+1"


def read(document: SummaryDocument) -> WordDocument:
    stream = BytesIO()
    write_docx(document, stream)
    return docx.Document(stream)


@pytest.fixture(scope="module")
def word() -> WordDocument:
    return read(half_year_document())


def styled(word: WordDocument, style: str) -> list[str]:
    return [p.text for p in word.paragraphs if p.style is not None and p.style.name == style]


def in_body(word: WordDocument, tag: str) -> list[BaseOxmlElement]:
    return list(word.element.body.iter(qn(tag)))


def test_the_parts_stand_in_the_official_order(word: WordDocument) -> None:
    order = [p.style.name for p in word.paragraphs if p.style is not None and p.text]
    firsts = list(dict.fromkeys(order))
    assert firsts == [
        "Title", "Subtitle", "主送机关", "Body Text", "Heading 1", "Heading 2", "Heading 3",
        "附件说明", "发文机关署名", "成文日期", "附件序号", "附件标题", "表前说明", "表注",
    ]  # fmt: skip


def test_headings_are_numbered_and_nothing_follows_them(word: WordDocument) -> None:
    assert styled(word, "Heading 1") == [
        "一、基本概况", "二、主要工作", "三、存在问题", "四、下一步工作打算",
    ]  # fmt: skip
    assert styled(word, "Heading 2")[0] == "（一）建强基层统战力量"
    assert styled(word, "Heading 3") == ["1.开展岗位轮训"]
    numbered = [text for text in styled(word, "Body Text") if text.startswith(("2.", "（"))]
    assert [text[:3] for text in numbered] == ["2.完", "（1）", "（2）"]


def test_the_title_is_broken_in_the_paragraph_and_says_until_when(word: WordDocument) -> None:
    assert styled(word, "Title") == [
        "中共上海市青浦区委统一战线工作部\n关于2024年上半年统战工作情况的总结"
    ]
    assert styled(word, "Subtitle") == ["（数据截至2024年6月30日24时）"]
    assert styled(word, "主送机关") == ["中共上海市青浦区委、中共上海市委统战部："]


def indents(word: WordDocument, style: str) -> list[dict[str, str]]:
    found = []
    for p in word.paragraphs:
        if p.style is not None and p.style.name == style and p.text:
            ind = p._p.find(f"{qn('w:pPr')}/{qn('w:ind')}")
            attributes = {} if ind is None else dict(ind.attrib)
            found.append({key.split("}")[1]: str(value) for key, value in attributes.items()})
    return found


def test_names_of_attachments_start_under_each_other(word: WordDocument) -> None:
    assert styled(word, "附件说明")[1:] == [
        "附件：1. 2024年上半年各街镇统战工作主要指标",
        "2. 2024年上半年责任闭环项目清单",
        "3. 数据来源与口径",
    ]
    assert styled(word, "附件说明")[0] == ""  # one blank line below the text
    first, second, third = indents(word, "附件说明")
    assert int(first["leftChars"]) - int(first["hangingChars"]) == 200
    assert first["leftChars"] == second["leftChars"] == third["leftChars"] == "650"
    assert second["hangingChars"] == "150"


@pytest.mark.parametrize(
    ("unit", "unit_right", "day_right"),
    [("青浦区商会", "450", "400"), ("中共上海市青浦区委统一战线工作部", None, "500")],
)
def test_the_unit_is_centred_over_the_date_four_characters_in(
    unit: str, unit_right: str | None, day_right: str
) -> None:
    word = read(half_year_document(signed_by=unit))
    assert styled(word, "发文机关署名")[-1] == unit
    assert styled(word, "成文日期") == ["2024年7月3日"]
    (signature,), (day,) = indents(word, "发文机关署名"), indents(word, "成文日期")
    assert (signature.get("rightChars"), day["rightChars"]) == (unit_right, day_right)


def words_of(element: BaseOxmlElement) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def test_each_figure_leads_to_its_line_in_the_list_of_sources(word: WordDocument) -> None:
    bookmarks = {
        mark.get(qn("w:name")): words_of(mark.getparent())
        for mark in in_body(word, "w:bookmarkStart")
    }
    assert list(bookmarks.values()) == [str(n) for n in range(1, len(figures()) + 1)]
    links = [link for link in in_body(word, "w:hyperlink") if link.get(qn("w:anchor"))]
    assert {link.get(qn("w:anchor")) for link in links} == set(bookmarks)
    members = next(one for one in links if one.get(qn("w:anchor")).endswith("_members"))
    assert words_of(members) == "1,826"
    assert members.get(qn("w:tooltip")).startswith("会员企业数：截至期末会籍有效的企业")
    assert len(list(members.iter(qn("w:rStyle")))) == 0  # prints like the words around it


def test_the_list_of_sources_leads_to_the_rows_of_the_system(word: WordDocument) -> None:
    addresses = [
        word.part.rels[link.get(qn("r:id"))].target_ref
        for link in in_body(word, "w:hyperlink")
        if link.get(qn("r:id"))
    ]
    assert f"{SITE}/figures/members/rows/?period=2024-H1" in addresses
    assert len(addresses) == len(figures()) + 11  # and the linked numbers of the first table
    without_site = read(half_year_document(site_url=""))
    assert [link for link in in_body(without_site, "w:hyperlink") if link.get(qn("r:id"))] == []


def test_long_keys_and_definitions_stay_within_what_word_opens() -> None:
    first = replace(figures()[0], key="k" * 300, definition="口径" * 400)
    second = replace(figures()[1], key="k" * 299 + "党")
    lead = replace(plain(""), runs=(first.as_run(), second.as_run()))
    word = read(half_year_document(lead=lead, sections=(), figures=(first, second)))
    names = [mark.get(qn("w:name")) for mark in in_body(word, "w:bookmarkStart")]
    assert len(set(names)) == 2 and all(len(name) <= 40 and name.isascii() for name in names)
    tips = [link.get(qn("w:tooltip")) for link in in_body(word, "w:hyperlink")]
    assert max(len(tip) for tip in tips if tip) == 255


def test_tables_repeat_their_head_and_never_split_a_row(word: WordDocument) -> None:
    first, second, sources = word.tables[:3]
    assert [cell.text for cell in first.rows[0].cells][:3] == ["街镇", "活动场次", "同比增减"]
    assert first.rows[-1].cells[0].text == "合计"
    assert second.rows[1].cells[0].text == "0001"
    assert sources.rows[5].cells[2].text == "1,826"
    for table in (first, second, sources):
        for number, row in enumerate(table._tbl.tr_lst):
            assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
            head = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
            assert (head is not None) == (number == 0)


def test_columns_fill_the_text_exactly(word: WordDocument) -> None:
    for table in word.tables[:3]:
        columns = table._tbl.tblGrid.findall(qn("w:gridCol"))
        assert sum(int(column.get(qn("w:w"))) for column in columns) == 8845


def test_each_attachment_opens_a_page_with_its_label(word: WordDocument) -> None:
    assert styled(word, "附件序号") == ["附件1", "附件2", "附件3"]
    label = word.styles["附件序号"].element
    assert label.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
    lead = styled(word, "表前说明")
    assert lead[0] == "数据截至2024年6月30日24时\t单位：场、人次、家、个"
    assert styled(word, "表注")[0].startswith("注：联合举办的活动")


def test_the_imprint_closes_the_last_page(word: WordDocument) -> None:
    imprint = word.tables[-1]
    text = "\n".join("\t".join(dict.fromkeys(c.text for c in row.cells)) for row in imprint.rows)
    assert text.splitlines()[0].startswith("报：中共上海市委统战部，")
    assert text.splitlines()[2:] == [
        "中共上海市青浦区委统战部办公室\t2024年7月5日印发",
        "共印60份",
    ]
    place = imprint._tbl.find(f".//{qn('w:tblpPr')}")
    assert place is not None
    assert place.get(qn("w:tblpYSpec")) == "bottom" and place.get(qn("w:vertAnchor")) == "margin"
    lines = [
        (rule.find(qn("w:top")).get(qn("w:sz")), rule.find(qn("w:bottom")).get(qn("w:sz")))
        for rule in imprint._tbl.iter(qn("w:tcBorders"))
    ]
    assert (lines[0], lines[1], lines[-1]) == (("8", "6"), ("6", "6"), ("6", "8"))


def test_a_summary_without_tables_figures_or_imprint_is_written() -> None:
    word = read(
        half_year_document(
            title="青浦区2024年5月统战工作月报", lead=plain("本月无新增情况。"), sections=(),
            attachments=(), figures=(), imprint=None, addressees=(),
        )
    )  # fmt: skip
    assert word.tables == []
    assert styled(word, "主送机关") == [] and styled(word, "附件说明") == []
    assert styled(word, "Body Text")[-1] == "本月无新增情况。"
    last = next(p for p in word.paragraphs if p.text == "本月无新增情况。")
    assert last._p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def test_hostile_text_is_only_text_everywhere() -> None:
    table = Table((Column(HOSTILE), Column("数", ColumnKind.NUMBER)), ((HOSTILE, 1),), note=HOSTILE)
    figure = replace(figures()[0], key="x", title=HOSTILE, definition=HOSTILE, unit=HOSTILE)
    lead = replace(plain(""), runs=(*plain(HOSTILE).runs, figure.as_run(HOSTILE)))
    word = read(
        half_year_document(
            title=f"{HOSTILE}\n总结", issuer=HOSTILE, addressees=(HOSTILE,), lead=lead,
            sections=(Section(HOSTILE),), figures=(figure,),
            attachments=(Attachment(HOSTILE, table),),
        )
    )  # fmt: skip
    assert styled(word, "Title") == [f"{CLEANED}\n总结"]
    assert styled(word, "Heading 1") == [f"一、{CLEANED}"]
    assert CLEANED * 2 in styled(word, "Body Text")
    assert word.tables[0].rows[1].cells[0].text == CLEANED
    assert word.core_properties.author == CLEANED


def test_line_breaks_stay_in_cells_and_become_spaces_in_sentences() -> None:
    table = Table((Column("进展"),), (("一\r\n二\t三",),))
    word = read(
        half_year_document(
            lead=plain("上\n下"), sections=(), figures=(), attachments=(Attachment("表", table),)
        )
    )
    assert "上 下" in styled(word, "Body Text")
    assert word.tables[0].rows[1].cells[0].text == "一\n二\t三"


def test_missing_values_and_all_kinds_of_cells_are_told() -> None:
    columns = (
        Column("名称"), Column("代码", ColumnKind.CODE), Column("数", ColumnKind.NUMBER),
        Column("日", ColumnKind.DATE),
    )  # fmt: skip
    moment = datetime(2024, 5, 27, 14, 30)  # noqa: DTZ001 - a wall clock, as documents print it
    rows = (
        (None, None, None, None),
        ("示例", "00123", float("nan"), date(2024, 5, 7)),
        ("", 91310118, 9840, moment),
    )
    document = half_year_document(
        lead=plain("无"), sections=(), figures=(),
        attachments=(Attachment("表", Table(columns, rows, total=("合计", None, None, None))),),
    )  # fmt: skip
    texts = [[cell.text for cell in row.cells] for row in read(document).tables[0].rows[1:]]
    assert texts == [
        ["", "", "—", ""],
        ["示例", "00123", "—", "2024年5月7日"],
        ["", "91310118", "9,840", "2024年5月27日14时30分"],
        ["合计", "", "", ""],
    ]


@pytest.mark.parametrize("build", [half_year_document, wide_table_document])
def test_the_same_summary_gives_the_same_bytes_at_any_time(
    build: Callable[[], SummaryDocument],
) -> None:
    written = []
    for moment in (datetime(2024, 7, 3, tzinfo=UTC), datetime(2031, 1, 1, 12, 30, 44, tzinfo=UTC)):
        with time_machine.travel(moment, tick=False):
            stream = BytesIO()
            write_docx(build(), stream)
        written.append(stream.getvalue())
    assert written[0] == written[1]


def test_other_content_gives_other_bytes() -> None:
    streams = BytesIO(), BytesIO()
    write_docx(half_year_document(), streams[0])
    write_docx(half_year_document(dated_on=date(2024, 7, 4)), streams[1])
    assert streams[0].getvalue() != streams[1].getvalue()


def test_a_path_is_as_good_as_a_stream(tmp_path: Path) -> None:
    stream = BytesIO()
    write_docx(half_year_document(), stream)
    write_docx(half_year_document(), tmp_path / "半年总结.docx")
    write_docx(half_year_document(), str(tmp_path / "text.docx"))
    assert (tmp_path / "半年总结.docx").read_bytes() == stream.getvalue()
    assert (tmp_path / "text.docx").read_bytes() == stream.getvalue()
    with ZipFile(stream) as package:
        assert package.testzip() is None


def test_two_thousand_rows_take_seconds_not_minutes() -> None:
    columns = tuple(Column(f"第{n}列") for n in range(8))
    rows = tuple(tuple(f"示例企业{row}-{n}" for n in range(8)) for row in range(2000))
    document = half_year_document(attachments=(Attachment("名册", Table(columns, rows)),))
    began = time.perf_counter()
    word = read(document)
    assert time.perf_counter() - began < 20
    assert len(word.tables[0]._tbl.tr_lst) == 2001
