"""One table printed as several side by side: the same columns again, or one column per post."""

import re
from collections.abc import Callable
from itertools import pairwise

from core.normalise import header_hints, name_key, strip_header
from imports.cleaning.choices import is_position
from imports.reading.content import shares
from imports.reading.headers import Header, HeaderCell, View
from imports.reading.ticks import ticked_columns
from imports.reading.vocabulary.shared import VILLAGE

_POST = re.compile(
    r"(?:专职|兼职|村居|街镇)?(统战委员|统战干事|干事|统战专干|统战干部|专干|统战联络员|联络员|[AB甲乙主副][角岗])(?:姓名)?",
    re.I,
)

_MOSTLY = 0.6
_SURE_POST = re.compile(
    r"(?:现任?|新任|拟任|专职|兼职|村居|村级|街镇)*(统战委员|统战干事|统战专干|统战干部|统战联络[员人])(?:姓名)?"
)
_LEVEL = re.compile(
    r"(国家级?|全国级?|省级|省部级|市级|区级|区县级|县级|街镇级|镇级)(?:以上)?(?:荣誉|奖项|表彰|奖励)?(?:名称|称号)?"
)


def panels(header: Header, view: View, stop: int) -> list[Header]:
    """The header itself, or the headers of the tables it holds side by side."""
    if not header.has_words:
        return _names_only(header, view, stop) or [header]
    header.ticked = ticked_columns(header, view, stop)
    if header.ticked:
        return _repeated(header) or [_with_single_post(header)]
    found = _repeated(header) or _by_post(header) or _by_level(header) or _by_position(header)
    return found or [_with_single_post(header)]


def _names_only(header: Header, view: View, stop: int) -> list[Header]:
    """Names of firms in several columns and nothing else: each column is a list."""
    rows = range(header.last + 1, stop)
    columns = [c for c in header.cells if any(view.cell(n, c) != "" for n in rows)]
    found = (shares(view.cell(n, c) for n in rows) for c in columns)
    if len(columns) < 2 or any(one.get("organisation", 0) < _MOSTLY for one in found):
        return []
    parts = []
    for column in columns:
        part = _part(header, [column])
        part.own = column
        parts.append(part)
    return parts


def _repeated(header: Header) -> list[Header]:
    """序号 企业名称 职务 | 序号 企业名称 职务: a page in two or three columns."""
    columns = sorted(header.cells)
    keys = [name_key(header.cells[c].leaf) for c in columns]
    first = next((k for k in keys if k), "")
    starts = [c for c, k in zip(columns, keys, strict=True) if k == first]
    if len(starts) < 2 or len(keys) < 4 or columns[0] != starts[0]:
        return []
    found = [
        _part(header, range(left, right)) for left, right in pairwise([*starts, columns[-1] + 1])
    ]
    words = [[name_key(cell.leaf) for cell in p.cells.values() if cell.leaf] for p in found]
    return found if all(len(w) >= 2 and w == words[0] for w in words) else []


def _by_post(header: Header) -> list[Header]:
    """村居 | 统战干事 电话 | 联络员 电话: a record for each post, the village in common."""
    posts = {c: word for c, cell in sorted(header.cells.items()) if (word := _post_of(cell))}
    starts = [c for c in posts if posts.get(c - 1) != posts[c]]
    if len(starts) < 2 or len({posts[c] for c in starts}) < 2:
        return []
    shared = [c for c in header.cells if c < starts[0]]
    starts = [_with_village(header, posts, start) for start in starts]
    found = []
    for left, right in pairwise([*starts, max(header.cells) + 1]):
        part = _part(header, [*shared, *range(left, right)])
        first = next(c for c in sorted(part.cells) if c >= left and c in posts)
        part.stands_for, part.once = ("post", posts[first]), first
        found.append(part)
    return found


def _with_village(header: Header, posts: dict[int, str], start: int) -> int:
    """Where a later post begins: with the villages left of it, which its people belong to."""
    before = start - 1
    leaf = strip_header(header.cells[before].leaf) if before in header.cells else ""
    earlier = any(column < before for column in posts)
    return before if earlier and VILLAGE.match(leaf) >= 0.9 else start


def _with_single_post(header: Header) -> Header:
    """村居 | 统战干事 | 电话: one post, told by the header."""
    words = {cell.leaf for cell in header.cells.values()}
    words |= {cell.group for cell in header.cells.values() if cell.leaf == "姓名"}
    posts = {match[1] for word in words if (match := _SURE_POST.fullmatch(strip_header(word)))}
    if len(posts) == 1:
        header.stands_for = ("post", posts.pop())
    return header


def _by_level(header: Header) -> list[Header]:
    """单位 | 国家级荣誉 | 市级荣誉: a record for each level, the unit in common."""
    return _one_each(header, "level", lambda leaf: m[1] if (m := _LEVEL.fullmatch(leaf)) else "")


def _by_position(header: Header) -> list[Header]:
    """会长单位 | 副会长单位 | 理事单位: the firms of each position in a column of their own."""
    if not all(is_position(cell.leaf) for cell in header.cells.values()):
        return []
    found = _one_each(header, "position", lambda leaf: leaf)
    for part in found:
        part.cells = {column: HeaderCell("单位名称") for column in part.cells}
    return found


def _one_each(header: Header, field: str, value_of: Callable[[str], str]) -> list[Header]:
    values = {c: value_of(strip_header(cell.leaf)) for c, cell in header.cells.items()}
    own = [column for column, value in values.items() if value]
    if len(own) < 2 or len({values[c] for c in own}) < len(own):
        return []
    shared = [column for column in header.cells if column not in own]
    found = []
    for column in own:
        part = _part(header, [*shared, column])
        part.stands_for, part.own = (field, values[column]), column
        found.append(part)
    return found


def _post_of(cell: HeaderCell) -> str:
    for text in (cell.group, cell.leaf):
        for word in (strip_header(text), *header_hints(text)):
            if match := _POST.fullmatch(word):
                return match[1]
    return ""


def _part(header: Header, columns: range | list[int]) -> Header:
    wanted = set(columns)
    cells = {c: cell for c, cell in header.cells.items() if c in wanted}
    others = frozenset(header.cells) - wanted
    return Header(
        header.first,
        header.last,
        cells,
        others=others,
        ticked=header.ticked & wanted,
        spread=header.spread,
    )
