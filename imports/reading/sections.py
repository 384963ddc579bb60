"""Where the tables of a sheet start and end: headers found, set by hand, unknown or absent."""

import re
from collections.abc import Sequence
from itertools import pairwise

from core.normalise import clean_text, name_key
from imports.cleaning.values import Cell
from imports.reading.bodies import is_group
from imports.reading.content import kinds_of, shares
from imports.reading.corrections import HeaderRows
from imports.reading.grid import Row
from imports.reading.headers import (
    Header,
    HeaderCell,
    View,
    find_header,
    header_around,
    is_header_row,
    looks_like_header,
    named,
)

_UNHEADED_LEAST = 2
_TITLE = re.compile(
    r"名册|名单|名录|一览|清单|(?:统计|汇总|情况|登记|信息|明细)表|商会|协会|工商联"
)
_LIST_TITLE = re.compile(
    r"(?:名单|名册|名录|一览表?|清单|目录|汇总表?|统计表?|公示|通讯录)(?:[（(].*[)）])?$|^附件"
)


def sections(view: View, by_hand: Sequence[HeaderRows] | None) -> list[tuple[Header, int]]:
    """The headers of a sheet, each with the row where the next section starts.

    ``by_hand``: the headers as a person set them.
    """
    height = len(view.grid.rows)
    if by_hand is not None:
        return _chosen_sections(view, by_hand)
    header = find_header(view, 0, height) or _by_contrast(view) or _no_header(view)
    if header is None:
        return []
    sections: list[tuple[Header, int]] = []
    while header is not None:
        following = _next_header(view, header)
        stop = height if following is None else _section_start(view, header, following)
        sections.append((header, stop))
        header = following
    return sections


def _chosen_sections(view: View, by_hand: Sequence[HeaderRows]) -> list[tuple[Header, int]]:
    headers = sorted((_chosen_header(view, rows) for rows in by_hand), key=lambda h: h.last)
    stops = [_section_start(view, one, following) for one, following in pairwise(headers)]
    return list(zip(headers, [*stops, len(view.grid.rows)], strict=True)) if headers else []


def _chosen_header(view: View, rows: HeaderRows) -> Header:
    """The header a person pointed at: both its rows, or the last; 0 says there is none."""
    if not isinstance(rows, int):
        return named(view, rows[0] - 1, rows[1] - 1)
    if rows <= 0:
        return _no_header(view) or Header(-1, -1, {})
    header = header_around(view, rows - 1, 0)
    return header if header.last == rows - 1 else named(view, rows - 1, rows - 1)


def _next_header(view: View, header: Header) -> Header | None:
    """The header of a table stacked below, or the same header under a title of its own."""
    gap = titled = False
    for number in range(header.last + 1, len(view.grid.rows)):
        row = view.row(number)
        if not any(row):
            gap = True
            continue
        if gap or looks_like_header(row):
            filled = view.filled(number)
            if len(filled) > 1 and is_header_row(view, number, filled):
                found = header_around(view, number, header.last + 1)
                # Right below a header stands the same in another language, no second table.
                translated = (
                    found.first == header.last + 1 and found.cells.keys() == header.cells.keys()
                )
                if titled or not (translated or _is_same(header, found)):
                    return found
        lone = len(row) - row.count("") == 1
        titled = lone and _is_title(row)
        # A heading of its own may stand between the blank row and the next header.
        gap = titled or (gap and lone)
    return None


def _heads_a_list(row: Row) -> bool:
    text = clean_text(str(next(v for v in row if v != "")))
    return bool(_LIST_TITLE.search(text)) and "organisation" not in kinds_of(text)


def _is_title(row: Row) -> bool:
    """Whether a lone text names the table below it, rather than a group of its rows."""
    text = next((v for v in row if v != ""), "")
    if not isinstance(text, str) or len(text) < 2:
        return False
    return bool(_TITLE.search(text)) or not is_group(text)


def _is_same(header: Header, other: Header) -> bool:
    """Whether most columns are called the same: the header once more, not one of other columns."""
    mine, theirs = header.leaves(), other.leaves()
    same = sum(name_key(leaf) == name_key(mine.get(column, "")) for column, leaf in theirs.items())
    return same * 10 >= len(theirs) * 6


def _section_start(view: View, header: Header, following: Header) -> int:
    """The first of the title rows right above a stacked table's header."""
    start = following.first
    while start - 1 > header.last and len(view.filled(start - 1)) == 1:
        start -= 1
    return start


def _by_contrast(view: View) -> Header | None:
    """A header of unknown words: short, different texts over other kinds of values."""
    rows = [n for n in range(min(len(view.grid.rows), 60)) if any(view.row(n))]
    for place, number in enumerate(rows[:10]):
        filled = view.filled(number)
        below = rows[place + 1 : place + 31]
        if len(filled) < _UNHEADED_LEAST or not below:
            continue
        if any(len(view.filled(n)) >= len(filled) for n in rows[:place]):
            return None
        texts = [v for v in filled.values() if isinstance(v, str)]
        if len(set(texts)) < len(filled) or any(len(t) > 20 for t in texts):
            continue
        if _contrasts(view, filled, below):
            return header_around(view, number, number)
    return None


def _contrasts(view: View, filled: dict[int, Cell], below: Sequence[int]) -> bool:
    telling = {"code", "phone", "date", "amount", "organisation", "address"}
    contrast = 0
    for column, text in filled.items():
        body = shares(view.cell(n, column) for n in below)
        if body.get("seen", 0) < 2:
            continue
        head = shares([text])
        mine = {kind for kind in telling if head.get(kind)}
        theirs = {kind for kind in telling if body.get(kind, 0) >= 0.6}
        if mine & theirs:
            return False
        contrast += bool(theirs)
    return contrast >= 1


def _no_header(view: View) -> Header | None:
    """A list that starts at once: columns A, B, C … without words; titles above stay above."""
    rows = [n for n in range(min(len(view.grid.rows), 60)) if any(view.row(n))]
    if not rows:
        return None
    widths = sorted(len(view.filled(n)) for n in rows)
    usual = widths[len(widths) // 2]
    first = next(n for n in rows if len(view.filled(n)) * 2 >= usual)
    while first < rows[-1] and len(view.filled(first)) == 1 and _heads_a_list(view.row(first)):
        first += 1
    above = view.filled(first - 1)
    heading = str(next(iter(above.values()))) if len(above) == 1 else ""
    if is_group(heading) and not _heads_a_list(view.row(first - 1)):
        first -= 1
    used = {c for n in rows for c in view.filled(n)}
    return Header(first - 1, first - 1, {c: HeaderCell("") for c in sorted(used)})
