"""The Word file keeps the numbers of GB/T 9704-2012: page, grid, styles, page numbers."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length
from lxml import etree

from summaries.writers.word import write_docx
from summaries.writers.word_styles import Fonts
from tests.summaries.half_year import half_year_document, wide_table_document

MM = 36_000  # EMU
POINT = 12_700
TWIP = 635


def written(**changes: object) -> BytesIO:
    stream = BytesIO()
    write_docx(half_year_document(**changes), stream)
    return stream


@pytest.fixture(scope="module")
def word() -> WordDocument:
    return docx.Document(written())


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    with ZipFile(written()) as package:
        return {name: package.read(name) for name in package.namelist()}


def style_value(word: WordDocument, name: str, path: str, attribute: str) -> str | None:
    """A property of a style, looked for in the styles it is based on."""
    style = word.styles[name]
    while style is not None:
        found = style.element.find(path, style.element.nsmap)
        if found is not None:
            return str(found.get(qn(attribute)))
        style = style.base_style
    return None


def emu(length: Length | None) -> int:
    assert length is not None
    return int(length)


def text_width(page: Section) -> int:
    return emu(page.page_width) - emu(page.left_margin) - emu(page.right_margin)


def text_height(page: Section) -> int:
    return emu(page.page_height) - emu(page.top_margin) - emu(page.bottom_margin)


def test_page_and_margins_leave_156_by_225_millimetres(word: WordDocument) -> None:
    page = word.sections[0]
    margins = (page.top_margin, page.right_margin, page.bottom_margin, page.left_margin)
    assert [round(emu(margin) / MM, 1) for margin in margins] == [37, 26, 35, 28]
    assert (round(emu(page.page_width) / MM), round(emu(page.page_height) / MM)) == (210, 297)
    assert text_width(page) / MM == pytest.approx(156, abs=0.05)
    assert text_height(page) / MM == pytest.approx(225, abs=0.05)


def test_the_grid_holds_22_lines_of_28_characters(word: WordDocument) -> None:
    page = word.sections[0]
    grid = page._sectPr.find(qn("w:docGrid"))
    assert grid is not None
    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch, space = int(grid.get(qn("w:linePitch"))), int(grid.get(qn("w:charSpace")))
    assert pitch / 20 == pytest.approx(28.99, abs=0.05)
    assert 22 * pitch <= text_height(page) // TWIP < 23 * pitch
    character = 16 + space / 4096
    assert character == pytest.approx(15.79, abs=0.01)
    assert 28 * character <= text_width(page) / POINT < 29 * character


def test_the_body_keeps_the_grid_whatever_the_font_or_program(word: WordDocument) -> None:
    page = word.sections[0]
    line = int(style_value(word, "Normal", "w:pPr/w:spacing", "w:line") or 0)
    assert style_value(word, "Normal", "w:pPr/w:spacing", "w:lineRule") == "exact"
    assert 22 * line <= text_height(page) // TWIP < 23 * line
    closer = int(style_value(word, "Normal", "w:rPr/w:spacing", "w:val") or 0)
    assert 28 * (320 + closer) <= text_width(page) // TWIP < 29 * (320 + closer)
    assert style_value(word, "Normal", "w:pPr/w:widowControl", "w:val") == "0"
    for side in ("w:before", "w:after"):
        assert style_value(word, "Normal", "w:pPr/w:spacing", side) == "0"


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Body Text", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("Heading 4", "仿宋_GB2312", 16),
        ("主送机关", "仿宋_GB2312", 16),
        ("附件说明", "仿宋_GB2312", 16),
        ("附件序号", "黑体", 16),
        ("附件标题", "方正小标宋简体", 22),
        ("版记", "仿宋_GB2312", 14),
        ("单页页码", "宋体", 14),
        ("双页页码", "宋体", 14),
    ],
)
def test_each_element_has_its_typeface_and_size(
    word: WordDocument, style: str, font: str, size: int
) -> None:
    for script in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        assert style_value(word, style, "w:rPr/w:rFonts", script) == font
    assert style_value(word, style, "w:rPr/w:sz", "w:val") == str(size * 2)
    assert style_value(word, style, "w:rPr/w:b", "w:val") is None


@pytest.mark.parametrize("style", ["Body Text", "Heading 1", "Heading 2", "Heading 3", "Heading 4"])
def test_text_and_headings_open_two_characters_in(word: WordDocument, style: str) -> None:
    assert style_value(word, style, "w:pPr/w:ind", "w:firstLineChars") == "200"
    assert style_value(word, style, "w:pPr/w:ind", "w:firstLine") == "632"


def test_headings_stand_in_the_navigation_and_stay_with_their_text(word: WordDocument) -> None:
    for level in (1, 2, 3, 4):
        style = f"Heading {level}"
        assert style_value(word, style, "w:pPr/w:outlineLvl", "w:val") == str(level - 1)
        assert style_value(word, style, "w:pPr/w:keepNext", "w:val") == "None"


def test_every_typeface_names_its_substitutes(parts: dict[str, bytes]) -> None:
    table = etree.fromstring(parts["word/fontTable.xml"])
    names = {font.get(qn("w:name")): font.find(qn("w:altName")).get(qn("w:val")) for font in table}
    assert names["方正小标宋简体"].split(",")[-2:] == ["宋体", "SimSun"]
    assert names["仿宋_GB2312"].startswith("仿宋,FangSong")
    assert names["楷体_GB2312"].startswith("楷体,KaiTi")
    assert set(names) == {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"}


def test_an_office_may_set_its_titles_in_bold_song() -> None:
    stream = BytesIO()
    write_docx(half_year_document(), stream, Fonts(title="宋体", title_bold=True))
    title = docx.Document(stream).styles["Title"].element
    assert title.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia")) == "宋体"
    assert title.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(word: WordDocument) -> None:
    assert word.settings.odd_and_even_pages_header_footer is True
    page = word.sections[0]
    for footer, style, side in (
        (page.footer, "单页页码", "right"),
        (page.even_page_footer, "双页页码", "left"),
    ):
        (number,) = footer.paragraphs
        assert number.style is not None and number.style.name == style
        assert number.text == "— 1 —"
        codes = [code.text for code in number._p.iter(qn("w:instrText"))]
        assert [code.strip() for code in codes] == ["PAGE"]
        assert style_value(word, style, "w:pPr/w:jc", "w:val") == side
        assert style_value(word, style, "w:pPr/w:ind", f"w:{side}Chars") == "100"


def test_the_number_stands_7_millimetres_below_the_text(word: WordDocument) -> None:
    page = word.sections[0]
    line = int(style_value(word, "单页页码", "w:pPr/w:spacing", "w:line") or 0) * TWIP
    assert page.bottom_margin and page.footer_distance
    middle = page.bottom_margin - page.footer_distance - line / 2
    assert middle / MM == pytest.approx(7, abs=0.1)


def test_a_wide_table_lies_and_its_number_stays_where_the_others_are() -> None:
    stream = BytesIO()
    write_docx(wide_table_document(), stream)
    upright, lying, after = docx.Document(stream).sections
    assert lying.page_width and lying.page_height and lying.page_width > lying.page_height
    margins = (lying.top_margin, lying.right_margin, lying.bottom_margin, lying.left_margin)
    assert [round(margin / MM) for margin in margins if margin] == [28, 37, 26, 35]
    assert [p.text for p in lying.footer.paragraphs] == [""]
    for header in (lying.header, lying.even_page_header):
        (table,) = header.tables
        assert table.cell(0, 0).text == "— 1 —"
        direction = table.cell(0, 0)._tc.find(f".//{qn('w:textDirection')}")
        assert direction is not None and direction.get(qn("w:val")) == "tbRl"
    for page in (upright, after):
        assert page.header.tables == [] and page.footer.paragraphs[0].text == "— 1 —"


def test_the_document_is_chinese_and_says_who_issued_it_and_when(word: WordDocument) -> None:
    language = word.styles.element.find(f".//{qn('w:lang')}")
    assert language is not None and language.get(qn("w:eastAsia")) == "zh-CN"
    about = word.core_properties
    assert about.language == "zh-CN"
    assert about.author == "中共上海市青浦区委统一战线工作部"
    assert about.created is not None and about.created.year == 2024
    assert about.title == "中共上海市青浦区委统一战线工作部关于2024年上半年统战工作情况的总结"


def test_nothing_of_the_librarys_template_is_left(parts: dict[str, bytes]) -> None:
    assert not [name for name in parts if "thumbnail" in name or "customXml" in name]
    assert b"python-docx" not in b"".join(parts.values())
    styles = etree.fromstring(parts["word/styles.xml"])
    assert len(styles.findall(qn("w:style"))) < 40


SEQUENCES = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs "
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing jc textDirection textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i color snapToGrid spacing w kern position sz szCs lang",
    "tblPr": "tblStyle tblpPr tblOverlap tblW jc tblCellSpacing tblInd tblBorders shd tblLayout "
    "tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "style": "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr "
    "tblPr trPr tcPr",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat "
    "themeFontLang decimalSymbol listSeparator",
}


def test_elements_stand_in_the_order_word_demands() -> None:
    stream = BytesIO()
    write_docx(wide_table_document(), stream)
    with ZipFile(stream) as package:
        roots = [
            etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        ]
    seen = set()
    for root in roots:
        for element in root.iter():
            sequence = SEQUENCES.get(etree.QName(element).localname, "").split()
            if sequence:
                children = [etree.QName(child).localname for child in element]
                assert children == sorted(children, key=sequence.index), etree.QName(element)
                seen.add(etree.QName(element).localname)
    assert seen == set(SEQUENCES)
