"""Which column fills which field: by header words, supported or replaced by the content."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from core.normalise import header_hints, name_key, strip_header
from imports.reading.columns import TAUGHT, WEAK, Column, Plan
from imports.reading.headers import HeaderCell
from imports.reading.heads import take_head_by_content, take_manager_by_content
from imports.reading.joint import TIME_WORD, parts_of
from imports.reading.leftovers import take_leftovers
from imports.reading.neighbours import share_column, take_number_beside, take_person_beside
from imports.reading.words import is_serial

_LEAST = 0.4
_GIVEN = 1.5
_POST_GIVEN = 0.9
_WORDY = {"person", "organisation", "village", "town", "post"}
_EXACTLY = 0.88
# The number of the legal representative serves only where the contact has none.
_NOT_THE_CONTACTS = 0.85
_GENERIC_GROUP = re.compile(
    r"^(?:(?:基本|企业|单位|主要|详细|会员|其他|经营|生产|经济|人员|公司|注册|登记)*(?:信息|情况|资料|指标|数据))+$|^基本"
)
_ABOUT = re.compile(r"(?:的?(?:基本)?(?:信息|情况|资料))$")
_LEGAL = re.compile(
    r"法|经营者|出资人|投资人|业主|店主|场主|控制人|legal|lerep|frname|fddbr|frdb|frxm"
)
_NAMES = re.compile(r"名称$|^品名$|^物品")
_REPORTS = re.compile(r"填报|填表|统计|网格|民警|专员")
_BEFORE = re.compile(r"上[月期季]|期初|年初|月初|上年末|去年")
_YEARS = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_YEAR = re.compile(
    r"20\d\d年?度?(?:数|末|底|全年)?|全年|本[月期季]末?|期末|年末|合计|总数|总计|本年度?|今年"
)
# Headers of posts that need no proof below them.
_SURE = {"position": re.compile(r"会|理事|社团"), "post": re.compile(r"统战|岗位|类别|身份|^职务$")}
# 联系人1 | 联系人2
_COUNTED = re.compile(r"(\D{2,}?)([1-4一二三四])")
_IN_PLACE = re.compile(r"^.+?\(([^()]{1,6})\)(.+)$")
_UNHEADED = {
    "code",
    "organisation",
    "phone",
    "date",
    "position",
    "person",
    "address",
    "town",
    "village",
    "venue",
}
_HEADED_OTHERWISE = {"code", "organisation", "position", "post", "level"}
_CONTRARY = {
    "code": ("phone", "date", "organisation", "person", "address"),
    "phone": ("date", "organisation", "code", "address"),
    "date": ("organisation", "code", "address", "person"),
    "amount": ("organisation", "code", "address", "person", "position"),
    "organisation": ("code", "amount", "phone", "date"),
    "person": ("code", "amount", "phone", "date", "organisation"),
    "position": ("code", "amount", "phone", "date", "organisation", "address"),
    "address": ("code", "amount", "phone", "date"),
}

Shares = Mapping[str, float]


# The same headers are looked at for every field of every plan.
_bare = lru_cache(maxsize=4096)(strip_header)
_hints = lru_cache(maxsize=4096)(header_hints)


class Source(NamedTuple):
    """A column of the sheet before it has a meaning: its place, header, and kinds of content."""

    place: int
    header: HeaderCell
    shares: Shares


@dataclass(slots=True)
class Assignment:
    """A plan and the columns (by index) of its fields, with how sure we are in sum.

    ``guessed``: fields whose column no header names.
    """

    plan: Plan
    fields: dict[str, int] = field(default_factory=dict)
    score: float = 0.0
    guessed: set[str] = field(default_factory=set)


class _Offer(NamedTuple):
    score: float
    place: int
    part: int
    field: str


def assign(plan: Plan, sources: Sequence[Source]) -> Assignment:
    """The best distribution of a plan's fields over the columns, each field at most once."""
    offers = [
        offer
        for source in sources
        if not is_serial(source.header.leaf)
        for column in plan.columns
        for offer in _offers(column, source)
        if offer.score >= _LEAST
    ]
    offers.sort(key=lambda o: (-o.score, o.place))
    mapping = Assignment(plan)
    taken: set[tuple[int, int]] = set()
    for offer in offers:
        if offer.field in mapping.fields or _is_taken(offer, taken):
            continue
        taken.add((offer.place, offer.part))
        mapping.fields[offer.field] = offer.place
        mapping.score += offer.score * plan.column(offer.field).weight
    take_head_by_content(mapping, sources)
    _stand_in(mapping, sources)
    share_column(mapping, sources)
    take_number_beside(mapping, sources)
    take_person_beside(mapping, sources)
    take_manager_by_content(mapping, sources)
    take_leftovers(mapping, sources)
    return mapping


def guess(
    plans: Sequence[Plan],
    sources: Sequence[Source],
    title: str,
    given: AbstractSet[str] = frozenset(),
) -> Assignment | None:
    """The plan these columns speak for; None when they speak for none.

    ``given``: fields that something else than a column tells.
    """
    mappings = [assign(plan, sources) for plan in plans]
    fitting = [
        mapping
        for mapping in mappings
        if _fits(mapping, sources, given)
        and (_needs(mapping, given) or _is_credible(mapping, sources, asked_for=len(plans) == 1))
        and not _is_vague(mapping, sources)
    ]
    if not fitting:
        return None
    return max(
        fitting,
        key=lambda m: (
            m.score
            + _told_by_title(m.plan, title)
            + _heads(m, sources)
            - _others_head(m, sources, plans)
            - _incidental(m)
            + (_GIVEN if _needs(m, given) else 0.0)
            + (_POST_GIVEN if "post" in given and m.plan.has("post") else 0.0)
        ),
    )


def _fits(mapping: Assignment, sources: Sequence[Source], given: AbstractSet[str]) -> bool:
    """Whether the fields that make the plan are there, by their words or borne out below."""
    if any(key <= set(mapping.fields) | given for key in mapping.plan.keys):
        return True
    shares = {source.place: source.shares for source in sources}
    return any(
        key <= set(mapping.fields)
        and all(_bears_out(mapping.plan.column(n), shares[mapping.fields[n]]) for n in key)
        for key in mapping.plan.proven
    )


def _bears_out(column: Column, shares: Shares) -> bool:
    return shares.get(column.content, 0) >= 0.5


def _told_by_title(plan: Plan, title: str) -> float:
    return plan.prior + (0.6 if re.search(plan.telling, title) else 0.0)


def _heads(assignment: Assignment, sources: Sequence[Source]) -> float:
    """Firms in the column that names the records speak for a list of firms."""
    shares = {source.place: source.shares for source in sources}
    for name in assignment.plan.heads:
        place = assignment.fields.get(name)
        if place is not None and assignment.plan.column(name).content == "organisation":
            return 0.6 if shares[place].get("company", 0) >= 0.5 else 0.0
    return 0.0


def _others_head(assignment: Assignment, sources: Sequence[Source], plans: Sequence[Plan]) -> float:
    """A column left of the names that names records of another plan speaks against this one."""
    own = assignment.fields.get(assignment.plan.heads[0], 0)
    used = set(assignment.fields.values())
    heads = [p.column(p.heads[0]) for p in plans if p is not assignment.plan]
    left = [_bare(s.header.leaf) for s in sources if s.place < own and s.place not in used]
    return 0.9 if any(head.match(leaf) >= 0.9 for head in heads for leaf in left) else 0.0


def _needs(mapping: Assignment, given: AbstractSet[str]) -> bool:
    """Whether what is given makes the plan, whose own columns would not do."""
    own = set(mapping.fields)
    return any(key <= own | given and key & given and not key <= own for key in mapping.plan.keys)


def _incidental(mapping: Assignment) -> float:
    """Firms and their honours, and nothing else of a roster, are a list of honours."""
    plan = mapping.plan
    others = set(mapping.fields) - {"note", "town", *plan.heads}
    return 1.5 if others and others <= plan.incidental else 0.0


def _is_vague(mapping: Assignment, sources: Sequence[Source]) -> bool:
    """Whether only a vague word names the records, and nothing else of the plan's own is there."""
    plan = mapping.plan
    place = mapping.fields.get(plan.heads[0])
    if not plan.weak_needs or place is None or plan.weak_needs & set(mapping.fields):
        return False
    leaf = next(source.header.leaf for source in sources if source.place == place)
    return plan.column(plan.heads[0]).match(_bare(leaf)) <= WEAK


def _is_credible(mapping: Assignment, sources: Sequence[Source], *, asked_for: bool) -> bool:
    """One vague column alone is no list: either two fields, or content or words that are sure.

    ``asked_for``: it is the one plan wanted, so that a column of firms is enough.
    """
    useful = set(mapping.fields) - {"note"}
    if len(useful) > 1:
        return True
    by_index = {source.place: source for source in sources}
    name = next(iter(useful), "")
    if not name:
        return False
    column, source = mapping.plan.column(name), by_index[mapping.fields[name]]
    sure = source.shares.get(column.content, 0) >= 0.3
    leaf = _bare(source.header.leaf)
    # 提供单位 beside 资源名称: the records are the resources.
    named = any(_NAMES.search(_bare(s.header.leaf)) for s in sources if s is not source)
    if named and column.match(leaf) <= WEAK and not asked_for:
        return False
    hinted = column.has_tail(leaf) and not named
    sure = sure and (asked_for or not leaf or column.match(leaf) > 0 or hinted)
    return sure or (column.match(leaf) >= 0.9 and len(leaf) > 2 and not source.shares)


def _offers(column: Column, source: Source) -> list[_Offer]:
    leaf, group = source.header.leaf, source.header.group
    whole = _by_header(column, leaf, group)
    offers = [_Offer(_weighed(column, source, whole), source.place, 0, column.name)]
    parts = parts_of(leaf)
    for number, part in enumerate(parts, start=1):
        score = 0.95 * column.match(part)
        timed = bool(TIME_WORD.search(leaf))
        if column.content == "phone" and _REPORTS.search(leaf):
            score = 0.0
        placed = timed and column.name in {"venue", "address", "opening_hours"}
        if score >= 0.7 and (not timed or placed or column.content == "date"):
            offers.append(_Offer(score, source.place, number, column.name))
    return offers


def _by_header(column: Column, leaf: str, group: str) -> float:
    key = _bare(leaf)
    score = column.match(key)
    if match := _COUNTED.fullmatch(key):
        score = column.match(match[1]) * (0.99 if match[2] in "1一" else 0.8)
    for hint in _hints(leaf):
        score = max(score, 0.98 * column.match(hint + key) if len(hint) <= 6 else 0)
        score *= 0.6 if column.is_excluded(hint) else 1.0
    if match := _IN_PLACE.match(name_key(leaf)):
        # 项目（企业）名称 is 企业名称 as well.
        score = max(score, 0.98 * column.match(_bare(match[1] + match[2])))
    if column.content == "phone" and _LEGAL.search(leaf + group):
        score *= _NOT_THE_CONTACTS
    score *= _freshness(leaf + group)
    group_key = _ABOUT.sub("", _bare(group))
    if not group_key or _GENERIC_GROUP.search(_bare(group)):
        return score
    together = column.match(group_key + key)
    if _YEAR.fullmatch(key):
        together = max(together, column.match(group_key))
    together *= _freshness(group + leaf)
    if _LEGAL.search(group) and column.content == "phone":
        together *= _NOT_THE_CONTACTS
    if not column.content and column.is_excluded(group_key):
        score *= 0.6
    return max(together, 0.5 * score if together == 0 else 0.9 * score)


def _freshness(header: str) -> float:
    """Slightly more for a later year: of 2022年 | 2023年 the second is how things stand."""
    if _BEFORE.search(header):
        return 0.9
    years = [int(year) for year in _YEARS.findall(header)]
    return 1.0 - (2100 - max(years)) * 0.0002 if years else 1.0


def _weighed(column: Column, source: Source, score: float) -> float:
    """A header's score in the light of what stands below it."""
    key = _bare(source.header.leaf)
    share = source.shares.get(column.content, 0.0) if column.content else 0.0
    if column.needs_content(key) and (share >= 0.5 or score != WEAK):
        least = 0.64 if column.content == "position" else 0.7
        return least + 0.3 * share if share >= 0.5 else 0.0
    if column.content == "town" and score < _EXACTLY and share < 0.3 and source.shares:
        return 0.0
    sure = _SURE.get(column.content)
    doubtful = sure is not None and not sure.search(key)
    if doubtful and score >= _LEAST and share < 0.3 and source.shares:
        return 0.0
    if column.content == "organisation" and "职务" in key and share < 0.3 and source.shares:
        return 0.0
    if score >= _LEAST:
        return score * _agreement(column, source.shares) * _likelihood(column, source.shares)
    return _by_content(column, source, key, share)


def _likelihood(column: Column, shares: Shares) -> float:
    """Below 1 when what stands there speaks against the field: firms as venues, counts as names."""
    if column.unlike and shares.get(column.unlike, 0) >= 0.5:
        return 0.5
    counts = (
        (column.required or column.content in _WORDY)
        and shares.get("amount", 0) >= 0.8
        and not shares.get("date")
    )
    return 0.3 if counts else 1.0


def _agreement(column: Column, shares: Shares) -> float:
    """Below 1 when the content is surely of another kind."""
    if not column.content or shares.get("seen", 0) < 3:
        return 1.0
    if shares.get(column.content, 0) >= 0.2 or (
        column.content == "date" and shares.get("serial_date", 0) >= 0.2
    ):
        return 1.0 + 0.02 * min(shares.get(column.content, 0), 1.0)
    contrary = max((shares.get(kind, 0) for kind in _CONTRARY.get(column.content, ())), default=0)
    return 0.45 if contrary >= 0.7 else 1.0


def _by_content(column: Column, source: Source, key: str, share: float) -> float:
    """How well the content alone names a field, for columns whose header does not."""
    hints = (key, *_hints(source.header.leaf))
    hinted = column.content != "organisation" and any(map(column.has_tail, hints))
    if hinted and share >= 0.6 and source.shares.get("seen", 0) > 1:
        return 0.45 + 0.1 * share
    kinds = _HEADED_OTHERWISE if key else _UNHEADED
    if column.content not in kinds or share < 0.6 or source.shares.get("seen", 0) < 2:
        return 0.0
    if key and column.is_excluded(key):
        return 0.0
    others = (v for k, v in source.shares.items() if k not in {column.content, "seen"})
    rival = max(others, default=0.0)
    return 0.4 + 0.1 * share - (0.05 if rival > share else 0.0)


def _is_taken(offer: _Offer, taken: set[tuple[int, int]]) -> bool:
    """A column serves one field, or one field for each part of a joint header."""
    parts = {part for index, part in taken if index == offer.place}
    return bool(parts) and (0 in parts or offer.part == 0 or offer.part in parts)


def _stand_in(mapping: Assignment, sources: Sequence[Source]) -> None:
    """A list without contacts whose 负责人 is no legal term: that person is the contact."""
    headers = {s.place: name_key(s.header.group + s.header.leaf) for s in sources}
    leaves = {s.place: _bare(s.header.leaf) for s in sources}
    for name, other in mapping.plan.stand_ins:
        index = mapping.fields.get(other)
        if name in mapping.fields or index is None or _LEGAL.search(headers[index]):
            continue
        if mapping.plan.column(other).match(leaves[index]) == TAUGHT:
            continue
        mapping.fields[name] = mapping.fields.pop(other)
