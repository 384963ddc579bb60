"""The page of an official document: paper, margins, grid, page numbers."""

from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart

from summaries.writers.word_styles import LINE_PITCH
from summaries.writers.word_xml import (
    Attributes,
    Element,
    borders,
    cell_margins,
    element,
    field,
    paragraph,
    run,
)


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point, the unit of Word."""
    return round(millimetres / 25.4 * 1440)


PAPER_WIDTH, PAPER_HEIGHT = 11906, 16838  # A4 as Word itself writes it
TOP, LEFT, BOTTOM, RIGHT = twips(37), twips(28), twips(35), twips(26)
TEXT_WIDTH = PAPER_WIDTH - LEFT - RIGHT  # 156 mm
TEXT_HEIGHT = PAPER_HEIGHT - TOP - BOTTOM  # 225 mm
# The number stands 7 mm below the text; this is where its 16 pt line ends, from the page's foot.
NUMBER_FROM_EDGE = twips(25.2)
# 28 characters of 16 pt are wider than 156 mm: each gives up 0.2056 pt, in 4096ths of a point.
CHARACTER_SPACE = -842
_NUMBER_LENGTH = twips(40)
_CHARACTER_MM = 5.57


@dataclass(frozen=True, slots=True)
class PageParts:
    """Relationship ids of the page-number parts: odd and even pages, upright and lying."""

    odd_footer: str
    even_footer: str
    lying_odd_header: str
    lying_even_header: str
    blank_header: str
    blank_footer: str


def add_page_parts(word: WordDocument) -> PageParts:
    """Store the parts that carry page numbers, and give what sections need to use them."""
    odd, even = _number("PageNumberOdd"), _number("PageNumberEven")
    # A lying page is bound with its head to the left, so its number runs down its left edge.
    # Distances from its top: odd numbers end one character inside 26 mm, even ones start so at 28.
    odd_at = PAPER_WIDTH - RIGHT - twips(_CHARACTER_MM) - _NUMBER_LENGTH
    even_at = LEFT + twips(_CHARACTER_MM)
    lying_odd = _lying_number("PageNumberOdd", odd_at)
    lying_even = _lying_number("PageNumberEven", even_at)
    return PageParts(
        odd_footer=_store(word, "footer", 1, odd),
        even_footer=_store(word, "footer", 2, even),
        lying_odd_header=_store(word, "header", 1, *lying_odd),
        lying_even_header=_store(word, "header", 2, *lying_even),
        blank_header=_store(word, "header", 3, paragraph("Seam")),
        blank_footer=_store(word, "footer", 3, paragraph("Seam")),
    )


def section(parts: PageParts, *, lying: bool) -> Element:
    """The properties of a section: upright for text, lying for tables too wide for it."""
    references = _lying_references(parts) if lying else _upright_references(parts)
    kind = element("w:type", {"w:val": "nextPage"})
    return element(
        "w:sectPr",
        None,
        *references,
        kind,
        *_paper(lying=lying),
        element("w:cols", {"w:space": 0}),
        element(
            "w:docGrid",
            {
                "w:type": "linesAndChars",
                "w:linePitch": LINE_PITCH,
                "w:charSpace": CHARACTER_SPACE,
            },
        ),
    )


def fill_settings(settings: Element) -> None:
    """Numbers right on odd and left on even pages, and Chinese composition, for the whole file."""
    for child in list(settings):
        settings.remove(child)
    settings.append(element("w:zoom", {"w:percent": 100}))
    settings.append(element("w:defaultTabStop", {"w:val": 420}))
    settings.append(element("w:evenAndOddHeaders"))
    settings.append(element("w:characterSpacingControl", {"w:val": "doNotCompress"}))
    settings.append(_compatibility())
    settings.append(element("w:themeFontLang", {"w:val": "en-US", "w:eastAsia": "zh-CN"}))
    settings.append(element("w:decimalSymbol", {"w:val": "."}))
    settings.append(element("w:listSeparator", {"w:val": ","}))


def _upright_references(parts: PageParts) -> tuple[Element, ...]:
    # Without a header of its own a section takes the one before it, with its lying number.
    return (
        _reference("header", "default", parts.blank_header),
        _reference("header", "even", parts.blank_header),
        _reference("footer", "default", parts.odd_footer),
        _reference("footer", "even", parts.even_footer),
    )


def _lying_references(parts: PageParts) -> tuple[Element, ...]:
    return (
        _reference("header", "default", parts.lying_odd_header),
        _reference("header", "even", parts.lying_even_header),
        _reference("footer", "default", parts.blank_footer),
        _reference("footer", "even", parts.blank_footer),
    )


def _reference(kind: str, pages: str, relationship: str) -> Element:
    return element(f"w:{kind}Reference", {"w:type": pages, "r:id": relationship})


def _paper(*, lying: bool) -> tuple[Element, Element]:
    """Paper and margins. A lying page is the upright one turned: its left was the foot."""
    size: Attributes = {"w:w": PAPER_WIDTH, "w:h": PAPER_HEIGHT}
    margins = (TOP, RIGHT, BOTTOM, LEFT)
    if lying:
        size = {"w:w": PAPER_HEIGHT, "w:h": PAPER_WIDTH, "w:orient": "landscape"}
        margins = (LEFT, TOP, RIGHT, BOTTOM)
    top, right, bottom, left = margins
    return element("w:pgSz", size), element(
        "w:pgMar",
        {
            "w:top": top,
            "w:right": right,
            "w:bottom": bottom,
            "w:left": left,
            "w:header": twips(15),
            "w:footer": NUMBER_FROM_EDGE,
            "w:gutter": 0,
        },
    )


def _number(style: str) -> Element:
    return paragraph(style, (run("— "), *field("PAGE", "1"), run(" —")))


def _lying_number(style: str, from_top: int) -> tuple[Element, ...]:
    """A page number turned with the page, in a table of one cell fixed to the left edge."""
    number = _number(style)
    width = twips(5.64)
    no_lines = dict.fromkeys(("top", "left", "bottom", "right"), 0)
    place: Attributes = {
        "w:leftFromText": 0,
        "w:rightFromText": 0,
        "w:vertAnchor": "page",
        "w:horzAnchor": "page",
        "w:tblpX": NUMBER_FROM_EDGE,
        "w:tblpY": from_top,
    }
    properties = element(
        "w:tblPr",
        None,
        element("w:tblpPr", place),
        element("w:tblW", {"w:w": width, "w:type": "dxa"}),
        borders("w:tblBorders", no_lines),
        element("w:tblLayout", {"w:type": "fixed"}),
        cell_margins("w:tblCellMar"),
    )
    cell = element(
        "w:tc",
        None,
        element(
            "w:tcPr",
            None,
            element("w:tcW", {"w:w": width, "w:type": "dxa"}),
            element("w:textDirection", {"w:val": "tbRl"}),
        ),
        number,
    )
    height = element("w:trHeight", {"w:val": _NUMBER_LENGTH, "w:hRule": "exact"})
    row = element("w:tr", None, element("w:trPr", None, height), cell)
    grid = element("w:tblGrid", None, element("w:gridCol", {"w:w": width}))
    return element("w:tbl", None, properties, grid, row), paragraph("Seam")


def _store(word: WordDocument, kind: str, number: int, *content: Element) -> str:
    """Store a header or footer part and return its relationship id."""
    root = element("w:ftr" if kind == "footer" else "w:hdr", {}, *content)
    types = {
        "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
        "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    }
    content_type, relationship = types[kind]
    name = PackURI(f"/word/{kind}{number}.xml")
    part = XmlPart(name, content_type, root, word.part.package)
    return word.part.relate_to(part, relationship)


def _compatibility() -> Element:
    """What Chinese Word writes for a new document: without it the grid is not kept in full."""
    flags = (
        "spaceForUL",
        "balanceSingleByteDoubleByteWidth",
        "doNotLeaveBackslashAlone",
        "ulTrailSpace",
        "doNotExpandShiftReturn",
        "adjustLineHeightInTable",
        "useFELayout",
    )
    mode = {
        "w:name": "compatibilityMode",
        "w:uri": "http://schemas.microsoft.com/office/word",
        "w:val": "15",
    }
    return element(
        "w:compat",
        None,
        *(element(f"w:{name}") for name in flags),
        element("w:compatSetting", mode),
    )
