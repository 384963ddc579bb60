"""Fields told by their neighbours: a number in the cell of a name, or in the column beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
_OF_ANOTHER = re.compile(r"填|制表|上报|紧急|介绍|推荐|法定|法人|原|民警|网格")


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
    near = [s for s in sources if phone - 2 <= s.place < phone]
    for source in sorted(near, key=lambda s: -s.place):
        if source.shares.get("phone", 0) >= 0.5:
            return
        if source.shares.get("person", 0) >= 0.6 and source.shares["seen"] > 1:
            leaf = strip_header(source.header.leaf)
            known = _CONTACT.search(leaf) and not _OF_ANOTHER.search(leaf)
            if known and source.place not in used:
                mapping.fields[name] = source.place
            return


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
