"""The styles of an official document: GB/T 9704-2012 as real styles an office can change."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from summaries.writers.word_xml import Attributes, Element, borders, cell_margins, element, flag

LINE_PITCH = 579  # twips: 22 lines in 225 mm; 580 would be one hair too much and lose a line
CHARACTER_PITCH = 315.9  # twips: 28 characters in 156 mm
CLOSER = -6  # twips: 28 characters of 16 pt fill 155.1 mm; LibreOffice takes -5 for nothing

TITLE_SIZE, BODY_SIZE, FOOT_SIZE, TABLE_SIZE = 22.0, 16.0, 14.0, 10.5  # 二号 三号 四号 五号, points

IMPRINT_LINE = 440  # twips: 22 pt for a line of 14 pt


@dataclass(frozen=True, slots=True)
class Fonts:
    """The typefaces of an office.

    One without 方正小标宋 takes `Fonts(title="宋体", title_bold=True)`.
    """

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    second_heading: str = "楷体_GB2312"
    first_heading: str = "黑体"
    page_number: str = "宋体"
    title_bold: bool = False


# What Word looks for, in this order, when the first name is not installed.
_FALLBACKS = {
    "方正小标宋简体": "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体,SimSun",
    "仿宋_GB2312": "仿宋,FangSong,FangSong_GB2312,方正仿宋_GBK,华文仿宋,STFangsong",
    "楷体_GB2312": "楷体,KaiTi,KaiTi_GB2312,方正楷体_GBK,华文楷体,STKaiti",
    "黑体": "SimHei,方正黑体_GBK,华文黑体,STHeiti",
    "宋体": "SimSun,方正书宋_GBK,华文宋体,STSong",
}


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """One paragraph style. Indents are in characters, sizes in points, exact line in twips."""

    id: str
    name: str
    font: str = ""
    size: float = 0
    bold: bool = False
    align: str = ""
    first_line: float = 0
    left: float = 0
    right: float = 0
    line: int = 0
    level: int | None = None
    keep_next: bool = False
    new_page: bool = False
    following: str = ""
    base: str = "Normal"


def paragraph_styles(fonts: Fonts) -> tuple[ParagraphStyle, ...]:
    """All paragraph styles; built-in names where Word has one, so that its navigation works."""
    style = ParagraphStyle
    heading = partial(style, first_line=2, keep_next=True, following="BodyText")
    small = partial(style, size=TABLE_SIZE)
    foot = partial(style, size=FOOT_SIZE)
    title = partial(style, align="center", following="BodyText")
    first, number = fonts.first_heading, fonts.page_number
    return (
        title("Title", "Title", fonts.title, TITLE_SIZE, fonts.title_bold, keep_next=True),
        title("Subtitle", "Subtitle", fonts.second_heading),
        heading("Heading1", "heading 1", first, level=0),
        heading("Heading2", "heading 2", fonts.second_heading, level=1),
        heading("Heading3", "heading 3", level=2),
        heading("Heading4", "heading 4", level=3),
        style("BodyText", "Body Text", first_line=2),
        style("Addressee", "主送机关", align="left", following="BodyText"),
        style("AttachmentList", "附件说明", align="left", keep_next=True),
        style("SignOff", "发文机关署名", align="right", keep_next=True, following="SignDate"),
        style("SignDate", "成文日期", align="right"),
        style("AttachmentLabel", "附件序号", first, align="left", keep_next=True, new_page=True),
        style("AttachmentTitle", "附件标题", level=0, base="Title"),
        small("TableLead", "表前说明", align="left", line=400, keep_next=True),
        small("TableHead", "表头", first, align="center", line=280),
        small("TableText", "表内文字", align="left", line=280),
        style("TableCentre", "表内居中", align="center", base="TableText"),
        style("TableNumber", "表内数字", align="right", base="TableText"),
        small("TableNote", "表注", align="both", line=320),
        foot("Imprint", "版记", align="left", left=1, right=1, line=IMPRINT_LINE),
        foot("PageNumberOdd", "单页页码", number, align="right", right=1, line=320),
        foot("PageNumberEven", "双页页码", number, align="left", left=1, line=320),
        style("Seam", "分节", size=1, line=20),
    )


def fill_styles(styles: Element, fonts: Fonts) -> None:
    """Replace whatever the blank file brought by the styles of the standard."""
    for child in list(styles):
        styles.remove(child)
    styles.append(_defaults(fonts))
    styles.append(_normal(fonts))
    for kind, name in (("character", "Default Paragraph Font"), ("numbering", "No List")):
        styles.append(_hidden_default(kind, name))
    styles.extend(_table_styles())
    styles.append(_total_style(fonts))
    styles.extend(_paragraph_style(spec) for spec in paragraph_styles(fonts))


def font_table(fonts: Fonts) -> Element:
    """Every typeface with the names to try when it is missing."""
    names = dict.fromkeys(
        (fonts.title, fonts.body, fonts.second_heading, fonts.first_heading, fonts.page_number)
    )
    return element("w:fonts", None, *(_font(name) for name in names))


def indent(
    *,
    left: float = 0,
    right: float = 0,
    first_line: float = 0,
    hanging: float = 0,
    size: float = BODY_SIZE,
) -> Element:
    """Indents in characters, and in twips for programs that do not count in characters."""
    pitch = CHARACTER_PITCH if size == BODY_SIZE else size * 20
    sides = {"left": left, "right": right, "firstLine": first_line, "hanging": hanging}
    attributes: dict[str, str | int] = {}
    for side, characters in sides.items():
        if characters:
            attributes[f"w:{side}Chars"] = round(characters * 100)
            attributes[f"w:{side}"] = round(characters * pitch)
    return element("w:ind", attributes)


def _font(name: str) -> Element:
    fallbacks = _FALLBACKS.get(name, "宋体,SimSun")
    family = "roman" if name == "宋体" else "auto"
    return element(
        "w:font",
        {"w:name": name},
        element("w:altName", {"w:val": fallbacks}),
        element("w:charset", {"w:val": "86"}),
        element("w:family", {"w:val": family}),
        element("w:pitch", {"w:val": "default"}),
    )


def _faces(font: str) -> Element:
    names: Attributes = dict.fromkeys(("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"), font)
    return element("w:rFonts", names)


def _size(points: float) -> Iterator[Element]:
    for tag in ("w:sz", "w:szCs"):
        yield element(tag, {"w:val": round(points * 2)})


def _defaults(fonts: Fonts) -> Element:
    language = element("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN", "w:bidi": "ar-SA"})
    words = element("w:rPr", None, _faces(fonts.body), *_size(BODY_SIZE), language)
    return element(
        "w:docDefaults",
        None,
        element("w:rPrDefault", None, words),
        element("w:pPrDefault"),
    )


def _normal(fonts: Fonts) -> Element:
    # The grid of 22 × 28 is kept by the style itself, with an exact line and closer characters:
    # LibreOffice gives a character wider than its cell two cells, fonts differ in their line.
    # No space between Chinese and digits and no widow control: both would break it too.
    # Hanging punctuation is what Word does anyway; saying so keeps LibreOffice, which reads this
    # setting the wrong way round and loses a comma hung on a full line, from doing it.
    settings = element(
        "w:pPr",
        None,
        flag("w:widowControl", on=False),
        flag("w:overflowPunct"),
        flag("w:autoSpaceDE", on=False),
        flag("w:autoSpaceDN", on=False),
        flag("w:snapToGrid", on=False),
        _exact_line(LINE_PITCH),
        element("w:jc", {"w:val": "both"}),
    )
    return element(
        "w:style",
        {"w:type": "paragraph", "w:default": 1, "w:styleId": "Normal"},
        element("w:name", {"w:val": "Normal"}),
        flag("w:qFormat"),
        settings,
        element(
            "w:rPr",
            None,
            _faces(fonts.body),
            flag("w:snapToGrid", on=False),
            element("w:spacing", {"w:val": CLOSER}),
            # Said here again: programs take the grid's character size from this style alone.
            *_size(BODY_SIZE),
        ),
    )


def _exact_line(twips: int) -> Element:
    return element(
        "w:spacing", {"w:before": 0, "w:after": 0, "w:line": twips, "w:lineRule": "exact"}
    )


def _hidden_default(kind: str, name: str) -> Element:
    return element(
        "w:style",
        {"w:type": kind, "w:default": 1, "w:styleId": name.replace(" ", "")},
        element("w:name", {"w:val": name}),
        element("w:uiPriority", {"w:val": 99}),
        flag("w:semiHidden"),
        flag("w:unhideWhenUsed"),
    )


def _table_styles() -> Iterator[Element]:
    plain = _hidden_default("table", "Normal Table")
    plain.append(element("w:tblPr", None, cell_margins("w:tblCellMar")))
    yield plain
    lines = {"top": 8, "left": 4, "bottom": 8, "right": 4, "insideH": 4, "insideV": 4}
    yield element(
        "w:style",
        {"w:type": "table", "w:customStyle": 1, "w:styleId": "OfficialTable"},
        element("w:name", {"w:val": "公文表格"}),
        element("w:basedOn", {"w:val": "NormalTable"}),
        flag("w:qFormat"),
        element(
            "w:tblPr",
            None,
            borders("w:tblBorders", lines),
            cell_margins("w:tblCellMar", sides=57, ends=28),
        ),
    )


def _total_style(fonts: Fonts) -> Element:
    return element(
        "w:style",
        {"w:type": "character", "w:customStyle": 1, "w:styleId": "TableTotal"},
        element("w:name", {"w:val": "表内合计"}),
        flag("w:qFormat"),
        element("w:rPr", None, _faces(fonts.first_heading)),
    )


def _paragraph_style(spec: ParagraphStyle) -> Element:
    built_in = spec.name.isascii()
    kind: Attributes = {"w:type": "paragraph", "w:styleId": spec.id}
    style = element("w:style", kind if built_in else {**kind, "w:customStyle": 1})
    style.append(element("w:name", {"w:val": spec.name}))
    style.append(element("w:basedOn", {"w:val": spec.base}))
    if spec.following:
        style.append(element("w:next", {"w:val": spec.following}))
    style.append(flag("w:qFormat"))
    style.append(element("w:pPr", None, *_paragraph_properties(spec)))
    style.append(element("w:rPr", None, *_run_properties(spec)))
    return style


def _paragraph_properties(spec: ParagraphStyle) -> Iterator[Element]:
    if spec.keep_next:
        yield flag("w:keepNext")
    if spec.new_page:
        yield flag("w:pageBreakBefore")
    if spec.line:
        yield _exact_line(spec.line)
    if spec.first_line or spec.left or spec.right:
        size = spec.size or BODY_SIZE
        yield indent(left=spec.left, right=spec.right, first_line=spec.first_line, size=size)
    if spec.align:
        yield element("w:jc", {"w:val": spec.align})
    if spec.level is not None:
        yield element("w:outlineLvl", {"w:val": spec.level})


def _run_properties(spec: ParagraphStyle) -> Iterator[Element]:
    if spec.font:
        yield _faces(spec.font)
    if spec.bold:
        yield flag("w:b")
    if spec.size:
        yield element("w:spacing", {"w:val": 0})
        yield from _size(spec.size)
