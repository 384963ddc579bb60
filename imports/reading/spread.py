"""Cells that hold a whole record: 联系人：… 电话：…, or name, address and number in one line.

Their parts become columns right of the sheet, which cite the cell they came from.
"""

import re
from collections import Counter
from collections.abc import Sequence

from imports.cleaning.values import Cell
from imports.reading.grid import Row
from imports.reading.headers import Header, HeaderCell, View
from imports.reading.personal import is_personal_header
from imports.reading.words import likeness

LABELLED = re.compile(
    r"([\u4e00-\u9fff（）()/、]{2,12})\s*[:：]\s*([^:：\n]*?)"
    r"(?=[\s；;，,。]+[\u4e00-\u9fff（）()/、]{2,12}\s*[:：]|[；;]?\s*\n|[；;。]?\s*$)"
)
_GAPS = (re.compile(r"[ \u3000]{2,}|\t"), re.compile(r"[ \u3000]+"))
_SAMPLE = 60
_MOSTLY = 0.6
_MOST_PARTS = 15
_LEAST_ROWS = 3
_SURE = 0.8


def spread_cells(view: View, header: Header, stop: int) -> None:
    """Give the parts of such cells columns of their own."""
    body = range(header.last + 1, min(stop, len(view.grid.rows)))
    for column in list(header.cells):
        labels = _labels(_texts(view, body, column))
        if labels:
            _spread(view, header, body, column, labels)
    if not header.has_words and len(header.cells) == 1:
        _split(view, header, body, next(iter(header.cells)))


def _texts(view: View, body: range, column: int) -> list[str]:
    texts: list[str] = []
    for number in body:
        value = view.cell(number, column)
        if isinstance(value, str) and value:
            texts.append(value)
        if len(texts) == _SAMPLE:
            break
    return texts


def _labels(texts: Sequence[str]) -> list[str]:
    """The labels within the cells of a column, when most cells hold two or more."""
    if not any("：" in text or ":" in text for text in texts[:3]):
        return []
    found = [[m[1] for m in LABELLED.finditer(text) if likeness(m[1]) >= _SURE] for text in texts]
    if sum(len(labels) > 1 for labels in found) < len(texts) * _MOSTLY:
        return []
    return list(dict.fromkeys(label for labels in found for label in labels))[:_MOST_PARTS]


def _spread(view: View, header: Header, body: range, column: int, labels: Sequence[str]) -> None:
    first = _width(view, header)
    personal = any(map(is_personal_header, labels))
    for number in body:
        value = view.cell(number, column)
        if not isinstance(value, str) or not value:
            continue
        said = {match[1]: match[2].strip() for match in LABELLED.finditer(value)}
        _append(view, number, first, [said.get(label, "") for label in labels])
        if personal:
            view.grid.rows[number][column] = ""
    for place, label in enumerate(labels, start=first):
        header.cells[place] = HeaderCell(label)
        header.spread[place] = column


def _split(view: View, header: Header, body: range, column: int) -> None:
    """Lines of one cell that blanks part into as many things each."""
    texts = [text.strip() for text in _texts(view, body, column)]
    for gap in _GAPS:
        counts = Counter(len(gap.split(text)) for text in texts)
        parts, times = counts.most_common(1)[0] if counts else (0, 0)
        if parts < 2 or times < max(_LEAST_ROWS, len(texts) * _MOSTLY):
            continue
        first = _width(view, header)
        for number in body:
            value = view.cell(number, column)
            pieces = gap.split(value.strip()) if isinstance(value, str) else []
            if len(pieces) == parts:
                _append(view, number, first, pieces[1:])
                view.grid.rows[number][column] = pieces[0]
        for place in range(first, first + parts - 1):
            header.cells[place] = HeaderCell("")
            header.spread[place] = column
        # A line of another make is a note, above the first of them a title.
        header.own = first
        whole = [n for n in body if view.cell(n, first) != ""]
        header.first = header.last = whole[0] - 1
        return


def _width(view: View, header: Header) -> int:
    return max(max(map(len, view.grid.rows), default=0), max(header.cells) + 1)


def _append(view: View, number: int, first: int, values: Sequence[Cell]) -> None:
    """The cells of the file stay as they are: another reading may follow."""
    row = view.grid.rows[number]
    longer: Row = [*row, *[""] * (first - len(row)), *values]
    view.grid.rows[number] = longer
