"""Fields told by their neighbours: a number in the cell of a name, or in the column beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from core.normalise import strip_header

if TYPE_CHECKING:
    from imports.reading.mapping import Assignment, Source

# Two fields whose values are often written into one cell, and the content that shows it.
_TOGETHER = (
    ("contact", "phone", "with_phone"),
    ("manager", "phone", "with_phone"),
    ("holder", "phone", "with_phone"),
    ("name", "credit_code", "with_code"),
    ("holder", "credit_code", "with_code"),
)

# Said of whom one may call, whoever else it is: 统计联系人, 会计联络员.
_CONTACT = re.compile(r"(?:联系|联络|对接|通联|经办)(?:人|员|人员)(?:姓名)?$")
_OF_ANOTHER = re.compile(
    r"填|制表|上报|紧急|介绍|推荐|法定|法人|原|民警|网格|税|财务|会计|项目|工会|安全|消防|党|书记"
)

# 代表手机 is what the 企业代表 answers.
_NUMBER_WORDS = re.compile(
    r"(?:联系|移动|办公|固定)?(?:电话|手机|号码|座机|方式|热线|号|及|和|/)+|联系|手提"
)
PEOPLE = ("contact", "manager", "holder")
_HALF, _MOSTLY = 0.5, 0.6


def share_column(mapping: Assignment, sources: Sequence[Source]) -> None:
    """People with their numbers, firms with their codes, where one column holds both."""
    shares = {source.place: source.shares for source in sources}
    fields = mapping.fields
    for name, number, kind in _TOGETHER:
        known = [one for one in (name, number) if one in fields]
        if len(known) != 1 or not (mapping.plan.has(name) and mapping.plan.has(number)):
            continue
        if list(fields.values()).count(fields[known[0]]) > 1:
            continue
        if shares[fields[known[0]]].get(kind, 0) >= 0.5:
            fields[name] = fields[number] = fields[known[0]]


def take_person_beside(mapping: Assignment, sources: Sequence[Source]) -> None:
    """The people left of the numbers are whom they reach, whatever their column is called."""
    name = next((one for one in ("contact", "manager") if mapping.plan.has(one)), "")
    phone = mapping.fields.get("phone")
    if not name or phone is None or name in mapping.fields:
        return
    used = set(mapping.fields.values())
    header = next((s.header.leaf for s in sources if s.place == phone), "")
    stem = _NUMBER_WORDS.sub("", strip_header(header))
    near = [s for s in sources if phone - 2 <= s.place < phone]
    for source in sorted(near, key=lambda s: -s.place):
        if source.shares.get("phone", 0) >= 0.5:
            return
        if source.shares.get("person", 0) >= 0.6 and source.shares["seen"] > 1:
            leaf = strip_header(source.header.leaf)
            known = _CONTACT.search(leaf) or (stem and stem in leaf)
            known = known and not _OF_ANOTHER.search(leaf)
            if known and source.place not in used:
                mapping.fields[name] = source.place
            return


def is_number_of_another(mapping: Assignment, sources: Sequence[Source]) -> bool:
    """Whether the numbers are another person's than the one the list is read as naming.

    负责人 | 电话 | 联系人: the number stands beside the first. A number of the person's own that
    stands right of them is taken instead.
    """
    fields = mapping.fields
    phone = fields.get("phone")
    person = next((fields[n] for n in PEOPLE if n in fields), None)
    by_place = {source.place: source for source in sources}
    if phone is None or person is None or phone == person:
        return False
    if phone not in by_place or person not in by_place:
        return False
    owner = _owner(by_place[phone], by_place)
    if owner is None or owner.place == person or not _speaks_for(by_place, phone, owner, person):
        return False
    own = own_number(person, by_place, set(fields.values()))
    if own is None:
        return True
    fields["phone"] = own
    return False


def _owner(phone: Source, by_place: Mapping[int, Source]) -> Source | None:
    """The person right before the number, at most a post between them."""
    for place in (phone.place - 1, phone.place - 2):
        source = by_place.get(place)
        if source is None or source.shares.get("phone", 0) >= _HALF:
            return None
        if source.shares.get("person", 0) >= _MOSTLY:
            return source
    return None


def _speaks_for(by_place: Mapping[int, Source], phone: int, owner: Source, person: int) -> bool:
    """Whether the number is the owner's: by its header, or as it stands before the other person."""
    header, own, other = (by_place[place].header for place in (phone, owner.place, person))
    if header.group and header.group == other.group != own.group:
        return False
    stem = _NUMBER_WORDS.sub("", strip_header(header.leaf))
    if stem and stem in strip_header(other.leaf):
        return False
    # 企业联系人 | 对接银行 | 客户经理 | 电话: it stands beside the manager, apart from the first.
    apart = owner.place == phone - 1 and person < owner.place - 1
    return phone < person or apart or bool(stem and stem in strip_header(own.leaf))


def own_number(person: int, by_place: Mapping[int, Source], used: set[int]) -> int | None:
    """The column of numbers right of a person, before any other person; None for none."""
    for place in (person + 1, person + 2):
        source = by_place.get(place)
        if source is None or source.shares.get("person", 0) >= _MOSTLY:
            return None
        if place not in used and source.shares.get("phone", 0) >= _HALF:
            return place
    return None


def take_number_beside(mapping: Assignment, sources: Sequence[Source]) -> None:
    """Of several columns 电话 the first one right of the person whose number is wanted."""
    leaves = {source.place: strip_header(source.header.leaf) for source in sources}
    phone = mapping.fields.get("phone", -1)
    people = (mapping.fields.get(name) for name in ("contact", "manager", "holder"))
    person = next((place for place in people if place is not None), None)
    if person is None or phone not in leaves:
        return
    taken = set(mapping.fields.values()) - {phone}
    right = [c for c in sorted(leaves) if c > person and leaves[c] == leaves[phone]]
    if right and right[0] not in taken and leaves[phone]:
        mapping.fields["phone"] = right[0]
