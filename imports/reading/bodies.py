"""The rows under a header: which are records, and what the others are."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.normalise import clean_text, name_key
from imports.cleaning.choices import is_position
from imports.cleaning.values import Cell, is_nothing
from imports.reading.content import kinds_of
from imports.reading.grid import Row, is_filled
from imports.reading.headers import Header, View, is_hint_row, is_index_like, is_index_row
from imports.reading.words import is_serial, likeness

_LEAD = frozenset(
    "合总小共累本注备说填制审复经分主单签盖日联报编统※*附数来例示样（(【[核负校第印"
    "平均人户场最占比百同环增完出覆去"
)
_TOTAL = re.compile(
    r"^[（(]?(?:合计|总计|小计|共计|累计|总数|合计数|总计数|本页合计|本页小计|本表共计?|以上共计?|全[区镇县市]合计|以上合计)"
    r"(?:[（(].*?[)）])?[:：)）]?.{0,12}$|^共(?:计|有)?\d+[家户个人项场条名].{0,6}$"
    r"|^.{1,12}(?:小计|合计|总计)(?:[（(].*?[)）])?[:：]?\d*[家户个人项场条名]?$",
)
_SUMS = frozenset({"小计", "合计", "总计"})
# What is reckoned over the rows above: 平均, 人均, 占比.
_STATISTIC = re.compile(
    r"[（(]?(?:全[区镇县市])?(?:平均(?:值|数|每[家场次人])?|均值|[人户场]均|最[大小高低](?:值|数)?|最[多少]|中位数|占比|比重|比例|百分比"
    r"|同比|环比|增[长减](?:率|额|情况)?|完成率|出[席勤]率|覆盖率|去年同期|上年同期)(?:[（(].*[)）])?[)）]?[:：]?",
)
_NOTE = re.compile(
    r"^(?:[※*＊]|[（(【\[]?(?:备注|附注|注意事项|注意|注|说明|填表说明|填报说明|填写说明|数据来源|资料来源|来源|附)"
    r"[\]】)）]?(?:\d{0,2})\s*[:：.、]|填表说明|填报说明|填写说明|注\d)",
)
_SIGNATURE = re.compile(
    r"(?:填表|制表|审核|复核|校核|核对|填报|经办|负责|分管|主管|单位负责|审批|签字|签名|签章|盖章|报送|编制|统计|联系|上报|录入"
    r"|印发|填写|部门领导|领导)[^:：]{0,8}[:：]|^[（(].{0,10}(?:盖章|公章|签章)[)）]$|^(?:联系)?电话\s*[:：]|^日\s*期\s*[:：]",
)
_DATE_ALONE = re.compile(r"^(?:19|20)\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]?\s*(?:\d{1,2}\s*日?)?$")
_PAGE = re.compile(r"^第\s*\d+\s*页|^[-—]\s*\d+\s*[-—]$|^共\s*\d+\s*(?:页|条.*页)")
_GROUP = re.compile(
    r"[（(]\s*(?:共|合计)?\s*\d+\s*(?:家|户|个|所|人|名|项|处|场|条)[^()（）]{0,6}[)）]\s*[:：]?$"
    r"|^[一二三四五六七八九十]{1,3}\s*[、.．]|^[（(][一二三四五六七八九十]{1,3}[)）]|^第[一二三四五六七八九十\d]+(?:组|片区|部分|类|章|批)"
    r"|^[◆●■▲★☆◎]|^以下(?:为|是|系|均为|企业|单位)|^[\u4e00-\u9fff]{2,12}[\s：:、，,]\s*(?:共|计)?\d+\s*(?:家|户|个|所|人|名|项|处)$",
)
# A room that no firm is in: 保洁仓库（园区自用）.
_OF_NOBODY = re.compile(r"[（(][^()（）]{0,4}(?:自用|空置|闲置|公用|待租|预留|备用)[)）]$")
_FEW = 4
_COUNTED_GROUP = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．].*[（(]\s*共?\d+\s*[家户个名人项][)）]"
)
_EXAMPLE = re.compile(
    r"^[（(]?(?:示例|样例|范例|举例|例|例如|填写示例|示例行|样表|例子)\d?[)）]?[:：]?$"
)
_LONGEST_HEADER = 40
_LONGEST_GROUP = 60


_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?")
_NUMBERING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）]?\s*[、.．]?|\d{1,2}\s*[、.．]|[◆●■▲★☆◎])\s*"
)
_COUNT = re.compile(
    r"[（(][^()（）]*\d[^()（）]*[)）]|[:：]$|[\s：:、，,]*(?:共|计)?\d+\s*[家户个名人所]$|(?:名单|名册)$"
)
_TOWN = re.compile(r"(?!.*(?:文明|先进|示范|全国|优秀|特色))[\u4e00-\u9fff]{1,6}(?:镇|街道|乡)")
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:村|村委会|居|居委会?|居民区|社区|园区)")
# What firms are honoured with, as a heading over them: 纳税突出贡献奖（5家）, 优秀会员企业.
_HONOUR = re.compile(
    r"(?!.*(?:名单|名册))(?:.{2,28}(?:奖|奖状|奖章|奖牌|称号|标兵|之星|荣誉|示范户)"
    r"|.{0,16}(?:先进|优秀|模范|示范|文明|突出贡献|诚信|功勋|明星|十佳|百强|“四好”|四好)"
    r".{0,10}(?:单位|企业|集体|商会|会员|组织|个人|园区|公司|村镇?|镇|城区|城市|校园|社区|团队|基地))"
)
_LEVEL = re.compile(
    r"(?:国家|全国|省部?|市|上海市|区|县|街镇|镇|街道|乡镇)级?(?:(?:以上)?(?:荣誉|奖项|表彰|奖励)?)"
)

# Fields that group headings may stand in for, and how a heading shows it.
GROUP_TESTS: dict[str, Callable[[str], object]] = {
    "position": is_position,
    "town": _TOWN.fullmatch,
    "village": _VILLAGE.fullmatch,
    "level": _LEVEL.fullmatch,
    "title": _HONOUR.fullmatch,
}


class RowKind(StrEnum):
    """What a row under a header is."""

    RECORD = "record"
    BLANK = "blank"
    HEADER_AGAIN = "header_again"
    INDEX = "index"
    INSTRUCTION = "instruction"
    EXAMPLE = "example"
    GROUP = "group"
    TOTAL = "total"
    NOTE = "note"
    SIGNATURE = "signature"
    NUMBERED_ONLY = "numbered_only"
    ELSEWHERE = "elsewhere"
    TITLE = "title"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Shape:
    """What the columns of a table are, for telling its rows apart."""

    header: Header
    # The column of the name or title, those of every field, those that only number rows.
    key: int | None
    fields: frozenset[int]
    serials: frozenset[int]
    width: int
    # Columns that are not about private persons: what stands in the others says nothing.
    known: frozenset[int] = frozenset()

    @property
    def is_narrow(self) -> bool:
        """A list of one column: a lone cell is a record there."""
        return len(self.fields) <= 1 and self.width <= 2


def classify(view: View, number: int, row: Row, shape: Shape, *, first: bool) -> RowKind:
    """What this row is; ``first`` while only the header stands above it."""
    if not first and _is_plain_record(row, shape):
        return RowKind.RECORD
    filled = {c: v for c, v in enumerate(row) if is_filled(v)}
    if not filled:
        return RowKind.BLANK
    return _look_closely(view, number, filled, shape, first=first) or RowKind.RECORD


def _look_closely(
    view: View, number: int, filled: dict[int, Cell], shape: Shape, *, first: bool
) -> RowKind | None:
    cells = list(filled.values())
    texts = [clean_text(v) for v in cells if isinstance(v, str)]
    if _is_example(filled, shape):
        return RowKind.EXAMPLE
    if first and (found := _under_header(cells, view.filled(number + 1))):
        return found
    if _repeats_header(filled, shape.header):
        return RowKind.HEADER_AGAIN
    if texts and (found := _by_words(filled, texts, shape)):
        return found
    return _by_place(view, number, filled, texts, shape)


def is_group(text: str) -> bool:
    """Whether a lone text heads a group of rows."""
    return bool(_GROUP.search(text)) or is_position(bare_group(text))


def is_numbered_group(text: str) -> bool:
    """Whether a text heads a group by its number or its count: 一、…, …（8家）; no title does."""
    return bool(_GROUP.search(text)) and not re.search(
        r"(?:名单|名册|名录|表|清单|目录)\W*\d*\W*$", text
    )


def bare_group(text: str) -> str:
    """A group heading without numbering and counts: 二、副会长单位（12家） → 副会长单位."""
    return _COUNT.sub("", _NUMBERING.sub("", text)).strip()


def group_text(row: Row) -> str:
    """The words of a group, total or title row."""
    return " ".join(clean_text(v) for v in row if isinstance(v, str) and v)


def _is_plain_record(row: Row, shape: Shape) -> bool:
    """The usual row, told without looking closely: a name, others beside it, no telling word."""
    key = shape.key
    if key is None or key >= len(row) or len(row) - row.count("") < 3:
        return False
    name = row[key]
    leaf = shape.header.cells[key].leaf
    if not isinstance(name, str) or is_nothing(name) or name[-2:] in _SUMS:
        return False
    if len(name) <= len(leaf) + 4 and name_key(name) == name_key(leaf):
        return False
    return all(not isinstance(v, str) or v[:1] not in _LEAD for v in row[: key + 1])


def _is_example(filled: dict[int, Cell], shape: Shape) -> bool:
    """Whether the row is marked as an example: where others have their number or their name."""
    marks = {*shape.serials, shape.key} if shape.serials else {min(filled), shape.key}
    named = {c: v for c, v in filled.items() if c in marks and c in shape.known | shape.serials}
    return any(isinstance(v, str) and bool(_EXAMPLE.match(v)) for v in named.values())


def _under_header(cells: Sequence[Cell], below: dict[int, Cell]) -> RowKind | None:
    if is_index_row(list(cells)) and not (below and is_index_like(list(below.values()))):
        return RowKind.INDEX
    if is_hint_row(list(cells)):
        return RowKind.INSTRUCTION
    words = sum(likeness(cell) >= 0.8 for cell in cells)
    # The header once more, in English or in other words.
    return RowKind.HEADER_AGAIN if words >= 2 and words * 10 >= len(cells) * 7 else None


def _repeats_header(filled: dict[int, Cell], header: Header) -> bool:
    same = 0
    for column, value in filled.items():
        cell = header.cells.get(column)
        if cell is not None and isinstance(value, str) and len(value) <= _LONGEST_HEADER:
            same += name_key(value) == name_key(cell.leaf)
    return same >= 2 and same * 10 >= len(filled) * 6


def _by_words(filled: dict[int, Cell], texts: Sequence[str], shape: Shape) -> RowKind | None:
    """Totals, notes and signatures by the words they start with."""
    name = filled.get(shape.key, "") if shape.key is not None else ""
    named = isinstance(name, str) and bool(name) and not is_nothing(name)
    first = texts[0]
    compact = name_key(first)
    lead = filled[min(filled)]
    total = _TOTAL.match(compact) or _STATISTIC.fullmatch(compact)
    if total and (not named or compact == name_key(str(name)) or lead == first):
        return RowKind.TOTAL
    if named and len(filled) > 2 and _has_datum(filled):
        return None
    if _NOTE.match(first) and len(filled) <= 2:
        return RowKind.NOTE
    firm = named and len(filled) > 1 and "organisation" in kinds_of(str(name))
    if not firm and any(_SIGNATURE.search(text) for text in texts) and not _has_datum(filled):
        return RowKind.SIGNATURE
    if len(filled) == 1 and (_DATE_ALONE.match(first) or _PAGE.match(first)):
        return RowKind.SIGNATURE
    return None


def _has_datum(filled: dict[int, Cell]) -> bool:
    return any("code" in kinds_of(v) for v in filled.values())


def _by_place(
    view: View, number: int, filled: dict[int, Cell], texts: Sequence[str], shape: Shape
) -> RowKind | None:
    """Rows told by where their few cells stand."""
    if set(filled) <= shape.serials:
        return RowKind.NUMBERED_ONLY if not texts else RowKind.GROUP
    if len(filled) == 1 or (len(filled) == 2 and set(filled) & shape.serials):
        return _lone(view, number, filled, shape)
    name = filled.get(shape.key, "") if shape.key is not None else ""
    if isinstance(name, str) and _OF_NOBODY.search(name) and len(filled) <= _FEW:
        return RowKind.ELSEWHERE
    said = {c for c, v in filled.items() if not (isinstance(v, str) and is_nothing(v))}
    if shape.fields and not said & shape.fields:
        return RowKind.ELSEWHERE
    return None


def _lone(view: View, number: int, filled: dict[int, Cell], shape: Shape) -> RowKind | None:
    """A row with one cell: a group heading, a stray remark, or a record with nothing but a name."""
    column = max(filled, key=lambda c: c not in shape.serials)
    value = filled[column]
    if not isinstance(value, str):
        return RowKind.ELSEWHERE if column not in shape.fields else None
    start, end = view.span(number, column)
    if end > start and (end - start + 1) * 2 >= shape.width:
        return RowKind.GROUP
    numbered = len(filled) == 2
    if numbered and _ORDINAL.fullmatch(str(filled[min(filled)])):
        return RowKind.GROUP
    if _GROUP.search(value) and not numbered and not (shape.is_narrow and _is_name(value)):
        return RowKind.GROUP
    if shape.is_narrow or column == shape.key or numbered:
        heads = column == shape.key and not numbered and is_position(bare_group(value))
        return RowKind.GROUP if heads else None
    return RowKind.GROUP if column <= min(shape.fields, default=0) else RowKind.ELSEWHERE


def _is_name(value: str) -> bool:
    """Whether it names a firm; 二、先进会员企业（3家） heads several."""
    return "organisation" in kinds_of(value) and not _COUNTED_GROUP.match(value)


def settle_lone_rows(kinds: list[RowKind], rows: Sequence[Row]) -> None:
    """A group heading has records below it; without any it was a note, a title or a signature."""
    after = False
    for place in range(len(kinds) - 1, -1, -1):
        kind = kinds[place]
        if kind is RowKind.RECORD:
            after = True
        elif kind is RowKind.GROUP:
            if not after:
                kinds[place] = RowKind.NOTE
        elif kind in {RowKind.TOTAL, RowKind.SIGNATURE, RowKind.HEADER_AGAIN}:
            continue
        if kind is RowKind.GROUP and len(group_text(rows[place])) > _LONGEST_GROUP:
            kinds[place] = RowKind.NOTE


def settle_tail(kinds: list[RowKind], rows: Sequence[Row], shape: Shape) -> None:
    """Who sends the list and when, below a blank row at its end: lone cells are no records."""
    if shape.is_narrow:
        return
    lone: list[int] = []
    for place in range(len(kinds) - 1, -1, -1):
        if kinds[place] is RowKind.BLANK:
            for found in lone:
                kinds[found] = RowKind.SIGNATURE
            lone = []
        elif kinds[place] is RowKind.RECORD:
            if sum(map(is_filled, rows[place])) > 1:
                return
            lone.append(place)


def serial_columns(header: Header) -> Iterator[int]:
    """Columns that only number the rows."""
    for column, cell in header.cells.items():
        if is_serial(cell.leaf):
            yield column
