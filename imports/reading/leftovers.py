"""Columns no header word names, taken for what a list of this kind still lacks: guesses, all told.

The last word of a header says what it is about (比赛场馆, 总部所在); what stands below must fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from core.normalise import strip_header
from imports.reading.neighbours import PEOPLE, own_number

if TYPE_CHECKING:
    from imports.reading.mapping import Assignment, Source


class _Lack(NamedTuple):
    """A field, how the header of its column ends, words it must not hold, and what stands there.

    ``content``: the kind of most cells; "" for words of no telling kind.
    """

    plan: str
    field: str
    ends: str
    but: str
    content: str


_UNITS = r"(?:方|单位|部门|机构|组织|科室|机关|团体|委办)$"
_NO_HOST = (
    r"参|配合|协|支持|出席|受|被|对象|走访|捐|资助|出资|指导|填|推荐|申报|主管|培育|所[在属]"
    r"|合作|媒体|拍|存"
)
_LACKS = (
    _Lack(
        "activities", "venue", r"(?:馆|厅|场|地|所|处|址|室|站)$", r"来源|出发|籍|单位|科室|类", ""
    ),
    _Lack("activities", "hosts", _UNITS, _NO_HOST, ""),
    _Lack("members", "address", r"(?:所在|地|址|处|位置|方位|号)$", r"籍|家|来源|户", "address"),
    _Lack("venues", "address", r"(?:所在|地|址|处|位置|方位|路段)$", r"来源|户", "address"),
    _Lack("honours", "issuer", _UNITS, _NO_HOST + r"|持|获|得", ""),
)
_DATES = {
    "activities": "start",
    "honours": "awarded_on",
    "venues": "opened_on",
    "posts": "since",
}
_NO_DATE = re.compile(
    r"填|登记|录入|更新|备案|截|到期|有效|出生|报名|完成|计划|时限|结束|成立|注册|申|盘点|检|巡"
)
_MOSTLY = 0.6
_TELLING = ("amount", "date", "phone", "code", "person", "level", "mode", "company")
_LEAST_FIELDS = 3


def take_leftovers(mapping: Assignment, sources: Sequence[Source]) -> None:
    """Give each field still lacking the only column whose header ends as its own would."""
    _take_number_of_person(mapping, sources)
    _take_person_of_group(mapping, sources)
    _take_only_date(mapping, sources)
    for lack in _LACKS:
        known = mapping.fields.keys() - {"note"}
        if lack.plan != mapping.plan.name or lack.field in known or len(known) < _LEAST_FIELDS:
            continue
        used = set(mapping.fields.values())
        fitting = [s for s in sources if s.place not in used and _fits(lack, s, mapping)]
        if len(fitting) == 1:
            mapping.fields[lack.field] = fitting[0].place
            mapping.guessed.add(lack.field)


def _fits(lack: _Lack, source: Source, mapping: Assignment) -> bool:
    leaf = strip_header(source.header.leaf)
    if not re.search(lack.ends, leaf) or re.search(lack.but, leaf):
        return False
    if source.shares.get("seen", 0) < 2 or mapping.plan.column(lack.field).is_excluded(leaf):
        return False
    if lack.content:
        return source.shares.get(lack.content, 0) >= 0.5
    return max((source.shares.get(kind, 0) for kind in _TELLING), default=0) < 0.4


def _take_number_of_person(mapping: Assignment, sources: Sequence[Source]) -> None:
    """A list without numbers of its own words: those right beside the person."""
    fields = mapping.fields
    person = next((fields[n] for n in PEOPLE if n in fields), None)
    if "phone" in fields or person is None or not mapping.plan.has("phone"):
        return
    by_place = {source.place: source for source in sources}
    if (own := own_number(person, by_place, set(fields.values()))) is not None:
        fields["phone"] = own
        mapping.guessed.add("phone")


def _take_only_date(mapping: Assignment, sources: Sequence[Source]) -> None:
    """会期, 公告日: the one column of days is when it was."""
    name = _DATES.get(mapping.plan.name, "")
    if not name or name in mapping.fields or len(mapping.fields) < _LEAST_FIELDS:
        return
    used = set(mapping.fields.values())
    days = [s for s in sources if s.place not in used and s.shares.get("date", 0) >= _MOSTLY]
    leaf = strip_header(days[0].header.leaf) if len(days) == 1 else ""
    if leaf and not mapping.plan.column(name).is_excluded(leaf) and not _NO_DATE.search(leaf):
        mapping.fields[name] = days[0].place
        mapping.guessed.add(name)


def _take_person_of_group(mapping: Assignment, sources: Sequence[Source]) -> None:
    """企业家 over 尊称 and 移动电话: the name under the same heading as the number."""
    phone = mapping.fields.get("phone")
    if mapping.plan.name != "members" or "contact" in mapping.fields or phone is None:
        return
    group = next((s.header.group for s in sources if s.place == phone), "")
    used = set(mapping.fields.values())
    people = [
        s
        for s in sources
        if s.place not in used and s.header.group == group and s.shares.get("person", 0) >= 0.8
    ]
    if group and len(people) == 1:
        mapping.fields["contact"] = people[0].place
        mapping.guessed.add("contact")
