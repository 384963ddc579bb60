"""The way back from a figure: sentence → its line in the list of sources → the rows it counts."""

import re

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.parts.document import DocumentPart

from summaries.writers.document import SummaryDocument, absolute_url
from summaries.writers.word_xml import Element, element
from summaries.writers.wording import clean_line

_LONGEST_TIP = 255  # Word refuses longer ones
_LONGEST_BOOKMARK = 40
_LONGEST_URL = 2079  # beyond it Word reports a damaged file


class Links:
    """Links of one document. They carry no style, so paper shows words and numbers only."""

    def __init__(self, document: SummaryDocument, part: DocumentPart) -> None:
        self._document = document
        self._relationships = part.rels
        self._ids: dict[str, str] = {}
        self._places = {
            figure.key: (_bookmark(number, figure.key), _tip(figure.title, figure.definition))
            for number, figure in enumerate(document.figures, start=1)
        }

    @property
    def bookmarks(self) -> tuple[str, ...]:
        """The names of the places in the list of sources, in the order of its rows."""
        return tuple(name for name, _tip_text in self._places.values())

    def to_source(self, key: str, words: Element) -> Element:
        """Link a figure in the text to its line in the list of sources; its 口径 is the tip."""
        name, tip = self._places[key]
        return element("w:hyperlink", {"w:anchor": name, "w:tooltip": tip, "w:history": 1}, words)

    def to_rows(self, rows_url: str, words: Element) -> Element:
        """Link words to the rows in the system, when the address works from outside."""
        url = absolute_url(self._document, clean_line(rows_url))
        if not url or len(url) > _LONGEST_URL:
            return words
        if url not in self._ids:
            # Numbered here: asking the part for a free number is slow with thousands of links.
            self._ids[url] = f"rIdRows{len(self._ids) + 1}"
            self._relationships.add_relationship(
                RELATIONSHIP_TYPE.HYPERLINK, url, self._ids[url], is_external=True
            )
        return element("w:hyperlink", {"r:id": self._ids[url], "w:history": 1}, words)


def _bookmark(number: int, key: str) -> str:
    return f"figure{number}_{re.sub(r'[^A-Za-z0-9_]', '_', key)}"[:_LONGEST_BOOKMARK]


def _tip(title: str, definition: str) -> str:
    text = clean_line(f"{title}：{definition}" if definition else title)
    return text if len(text) <= _LONGEST_TIP else f"{text[: _LONGEST_TIP - 1]}…"
