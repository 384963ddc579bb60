"""Short hands for WordprocessingML: elements, paragraphs, runs, borders."""

from collections.abc import Iterable, Mapping
from typing import cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement
Attributes = Mapping[str, str | int]

# These print full-width in Chinese, half-width in English; only the hint tells Word which is meant.
_AMBIGUOUS = frozenset("“”‘’—…·×÷±°")


def element(tag: str, attributes: Attributes | None = None, *children: Element) -> Element:
    """Make one element; tag and attribute names carry their prefix (w:p, w:val)."""
    made = cast(Element, OxmlElement(tag))
    for name, value in (attributes or {}).items():
        made.set(qn(name) if ":" in name else name, str(value))
    made.extend(children)
    return made


def flag(tag: str, on: bool = True) -> Element:
    """Make an on/off property."""
    return element(tag, None if on else {"w:val": "0"})


def run(text: str, style: str = "") -> Element:
    """Make a run of clean text; its line breaks become breaks in the line."""
    properties = element("w:rPr")
    if style:
        properties.append(element("w:rStyle", {"w:val": style}))
    if not _AMBIGUOUS.isdisjoint(text):
        properties.append(element("w:rFonts", {"w:hint": "eastAsia"}))
    made = element("w:r", None, *((properties,) if len(properties) else ()))
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(element("w:br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                made.append(element("w:tab"))
            if piece:
                words = element("w:t", {"xml:space": "preserve"})
                words.text = piece
                made.append(words)
    return made


def paragraph(
    style: str, content: Iterable[Element] = (), properties: Iterable[Element] = ()
) -> Element:
    """Make a paragraph in a named style; further properties stand in the schema's order."""
    settings = element("w:pPr", None, element("w:pStyle", {"w:val": style}), *properties)
    return element("w:p", None, settings, *content)


def text_paragraph(style: str, text: str, *properties: Element) -> Element:
    """Make a paragraph of plain text."""
    return paragraph(style, (run(text),) if text else (), properties)


def field(instruction: str, shown: str) -> list[Element]:
    """Make a field the word processor keeps up to date, with what it shows until then."""
    code = element("w:instrText", {"xml:space": "preserve"})
    code.text = f" {instruction} "
    return [
        element("w:r", None, element("w:fldChar", {"w:fldCharType": "begin"})),
        element("w:r", None, code),
        element("w:r", None, element("w:fldChar", {"w:fldCharType": "separate"})),
        run(shown),
        element("w:r", None, element("w:fldChar", {"w:fldCharType": "end"})),
    ]


def borders(tag: str, lines: dict[str, int]) -> Element:
    """Make borders: side → width in eighths of a point, 0 for none."""
    sides = (
        element(
            f"w:{side}",
            {
                "w:val": "single" if width else "nil",
                "w:sz": width,
                "w:space": 0,
                "w:color": "000000",
            },
        )
        for side, width in lines.items()
    )
    return element(tag, None, *sides)


def cell_margins(tag: str, *, sides: int = 0, ends: int = 0) -> Element:
    """Make cell margins in twips: `sides` left and right, `ends` above and below."""
    widths = {"top": ends, "left": sides, "bottom": ends, "right": sides}
    return element(
        tag,
        None,
        *(element(f"w:{side}", {"w:w": width, "w:type": "dxa"}) for side, width in widths.items()),
    )
