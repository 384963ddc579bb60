"""The column that names the records, where its header is unknown: told by what stands below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from core.normalise import strip_header
from imports.cleaning.choices import is_position

if TYPE_CHECKING:
    from imports.reading.mapping import Assignment, Shares, Source


class _Head(NamedTuple):
    """A field records are known by; ``told_by``: of these fields ``least`` must be there.

    ``content``: the kind that must stand there, "" for plain words.
    """

    plan: str
    field: str
    content: str
    told_by: frozenset[str]
    least: int


_HEADS = (
    _Head("members", "name", "organisation", frozenset({"position", "contact", "phone"}), 2),
    _Head("activities", "title", "", frozenset({"start", "venue", "hosts", "headcount"}), 2),
    _Head("venues", "name", "", frozenset({"area_m2", "opened_on", "opening_hours", "address"}), 2),
    _Head("posts", "holder", "person", frozenset({"town", "village", "post", "since", "phone"}), 2),
    _Head("posts", "village", "", frozenset({"holder", "post", "since", "phone"}), 3),
    _Head("honours", "title", "", frozenset({"holder", "level", "issuer", "awarded_on"}), 3),
)
# Plain words are none of these.
_VALUES = ("amount", "date", "phone", "code", "person", "town", "village", "level", "address")
_OTHER = re.compile(
    r"备注|说明|编号|序号|号$|单位|部门|企业|公司|情况|内容|简介|类|级|状态|经费|金额|地$|位置|资源|产品|商会|预约|联系人|负责人"
    r"|期[数次]|批次|届次|对象|人员|嘉宾|讲师|主讲|师资|楼|幢|栋|县|市"
)
_WHAT_IS_DONE = re.compile(r"[题名]$|主题|[职岗]|事项|内容|项目|活动|会议|课程|培训|事由|任务|科目")
_NO_MANAGER = re.compile(r"传承|讲解|填|领导|书记|捐|设计|业主|产权|法|介绍")


def take_head_by_content(mapping: Assignment, sources: Sequence[Source]) -> None:
    """Give the field the records are known by the first column that can hold it.

    A column that may stand in for it by its own words (活动内容 for the title) comes before.
    """
    for head in _HEADS:
        if head.plan == mapping.plan.name and head.field not in mapping.fields:
            _take(head, mapping, sources)


def _take(head: _Head, mapping: Assignment, sources: Sequence[Source]) -> None:
    if len(head.told_by & set(mapping.fields)) < head.least:
        return
    leaves = {s.place: strip_header(s.header.leaf) for s in sources}
    for field, other in mapping.plan.stand_ins:
        if field == head.field and mapping.plan.column(field).match(
            leaves.get(mapping.fields.get(other, -1), "")
        ):
            return
    used = set(mapping.fields.values())
    free = [s for s in sources if s.place not in used and s.header.leaf]
    fitting = [s for s in free if _can_hold(head, s, mapping)]
    found = min(fitting, key=_is_unlikely, default=None)
    if found is not None:
        mapping.fields[head.field] = found.place
        mapping.guessed.add(head.field)
        mapping.score += 0.5 * mapping.plan.column(head.field).weight


def take_manager_by_content(mapping: Assignment, sources: Sequence[Source]) -> None:
    """The one column of people in a list of venues is who looks after them."""
    if mapping.plan.name != "venues" or "manager" in mapping.fields:
        return
    if not {"name", "address", "area_m2"} <= mapping.fields.keys():
        return
    used = set(mapping.fields.values())
    people = [
        s
        for s in sources
        if s.place not in used and s.shares.get("person", 0) >= 0.8 and s.shares["seen"] > 2
    ]
    if len(people) == 1 and not _NO_MANAGER.search(strip_header(people[0].header.leaf)):
        mapping.fields["manager"] = people[0].place
        mapping.guessed.add("manager")


def _is_unlikely(source: Source) -> bool:
    """Whether nothing in the header speaks of what is done or held."""
    return not _WHAT_IS_DONE.search(strip_header(source.header.leaf))


def _can_hold(head: _Head, source: Source, mapping: Assignment) -> bool:
    leaf = strip_header(source.header.leaf)
    if source.shares.get("seen", 0) < 2:
        return False
    if mapping.plan.column(head.field).is_excluded(leaf) and not (
        head.field == "name" and "position" in mapping.fields and is_position(leaf)
    ):
        return False
    if head.field == "name" and head.content:
        return source.shares.get(head.content, 0) >= 0.6
    if _OTHER.search(leaf):
        return False
    if head.field == "village" and not _may_be_place(source, leaf, mapping):
        return False
    return source.shares.get(head.content, 0) >= 0.6 if head.content else _is_wording(source.shares)


def _may_be_place(source: Source, leaf: str, mapping: Assignment) -> bool:
    """院系, 支会: where the people of a list without towns belong stands before them."""
    before = source.place < mapping.fields.get("holder", -1)
    return before and "town" not in mapping.fields and not _WHAT_IS_DONE.search(leaf)


def _is_wording(shares: Shares) -> bool:
    """Whether most cells are words of no other kind."""
    return max((shares.get(kind, 0) for kind in _VALUES), default=0) < 0.4
