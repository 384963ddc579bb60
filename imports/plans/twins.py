"""Rows that mean the same, rows of one name, and names that are near one of the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from chambers.models import Enterprise
from core.normalise import name_key
from imports.plans.near import NearNames
from imports.plans.rows import (
    ANOTHER,
    NEW,
    OMITTED,
    PROBLEM,
    Comparison,
    error,
    option,
    warning,
)
from imports.understanding.said import listed
from imports.understanding.said import said as _

MOST_CITED = 5  # rows named in the message of a row that repeats them
MOST_OFFERED = 3


def keep_out_twins(
    comparisons: Sequence[Comparison],
    marks: Callable[[Comparison], Iterable[str]],
    *,
    field: str,
    words: str,
) -> None:
    """Keep out rows that share a mark: which of them holds, only a person can tell.

    ``words`` say what they are, with %(rows)s for the places of the others.
    """
    groups: dict[str, list[Comparison]] = defaultdict(list)
    for one in comparisons:
        if one.verdict != OMITTED:
            for mark in marks(one):
                groups[mark].append(one)
    twins: dict[int, dict[int, Comparison]] = defaultdict(dict)
    for same in groups.values():
        for one in same if len(same) > 1 else ():
            cited = same[: MOST_CITED + 1]
            twins[one.row.position] |= {o.row.position: o for o in cited if o is not one}
    for one in comparisons:
        if others := twins.get(one.row.position):
            one.problems.append(error(field, words % {"rows": places(one, others)}))
            one.verdict, one.changes, one.touched, one.record = PROBLEM, {}, {}, ""


def tell_namesakes(comparisons: Sequence[Comparison]) -> None:
    """Point at rows of one name whose credit codes differ: two enterprises, or a slip."""
    for same in by_name(comparisons).values():
        coded = [one for one in same if one.verdict not in {PROBLEM, OMITTED}]
        for one in coded if len(coded) > 1 else ():
            if ANOTHER in one.row.choice:
                continue
            cited = coded[: MOST_CITED + 1]
            others = {other.row.position: other for other in cited if other is not one}
            words = _("与%(rows)s同名，信用代码不同，请核对。") % {"rows": places(one, others)}
            one.problems.append({**warning("credit_code", words), "another": True})


def by_name(comparisons: Iterable[Comparison]) -> dict[str, list[Comparison]]:
    """The rows that are to be imported, by name."""
    groups: dict[str, list[Comparison]] = defaultdict(list)
    for one in comparisons:
        if one.verdict != OMITTED and (name := one.row.text("name")):
            groups[name_key(name)].append(one)
    return groups


def tell_near_names(comparisons: Sequence[Comparison]) -> None:
    """Show a new enterprise beside those of the register, and of the file, whose name is near.

    Two that have different credit codes are two enterprises, however alike their names are.
    """
    new = {
        one.row.position: one
        for one in comparisons
        if one.verdict == NEW and ANOTHER not in one.row.choice
    }
    coded = {position for position, one in new.items() if one.row.text("credit_code")}
    keys = {position: name_key(one.row.text("name")) for position, one in new.items()}
    tell_near_rows(near_rows(keys, coded), new)
    tell_near_records(near_records(keys, coded), new)


def near_rows(keys: Mapping[int, str], coded: Collection[int]) -> dict[int, list[int]]:
    """By position of a new row those of other new rows whose name is near, not the same."""
    near: dict[int, list[int]] = defaultdict(list)
    if len(coded) == len(keys):
        return near
    for one, other in NearNames([*keys.items()]).pairs():
        if keys[one] != keys[other] and not (one in coded and other in coded):
            near[one].append(other)
            near[other].append(one)
    return near


def near_records(keys: Mapping[int, str], coded: Collection[int]) -> dict[int, list[int]]:
    """By position of a new row the enterprises of the register whose name is near."""
    found: dict[int, list[int]] = defaultdict(list)
    for position, pk in _near_records(keys, coded) if keys else ():
        found[position].append(pk)
    return found


def tell_near_rows(near: Mapping[int, Sequence[int]], rows: Mapping[int, Comparison]) -> None:
    """Show rows beside those that are near them; ``rows`` has both."""
    for position, others in near.items():
        row = rows[position]
        keys = (name_key(rows[other].row.text("name")) for other in others)
        row.keys += [f"near {key[:190]}" for key in keys]
        cited = {other: rows[other] for other in sorted(others)[:MOST_CITED]}
        words = _("与%(rows)s的名称很像，请核对是否同一家。") % {"rows": places(row, cited)}
        row.problems.append({**warning("name", words), "another": True})


def tell_near_records(near: Mapping[int, Sequence[int]], rows: Mapping[int, Comparison]) -> None:
    """Show rows beside the enterprises that are near them."""
    shown = {pk for found in near.values() for pk in found[:MOST_OFFERED]}
    enterprises = Enterprise.objects.in_bulk(shown) if shown else {}
    for position, found in near.items():
        words = _("系统中有名称很像的企业，请选“与它相同”或“另外新增”；不选按新增处理。")
        options = [offer(enterprises[pk]) for pk in found[:MOST_OFFERED]]
        told = warning("name", words)
        rows[position].problems.append({**told, "options": options, "another": True})


def _near_records(keys: Mapping[int, str], coded: Collection[int]) -> Iterator[tuple[int, int]]:
    """Rows and enterprises whose names are near; of the two sides the smaller is indexed."""
    known = Enterprise.objects.order_by("pk")
    if len(coded) == len(keys):
        known = known.filter(credit_code__isnull=True)
    register = list(known.values_list("pk", "name_key", "credit_code"))
    with_code = {pk for pk, _key, code in register if code}
    records = [(pk, key) for pk, key, _code in register]
    if not records:
        return
    if len(records) < len(keys):
        names = NearNames(records)
        pairs = ((position, pk) for position, key in keys.items() for pk in names.near(key))
    else:
        rows = NearNames([*keys.items()])
        pairs = ((position, pk) for pk, key in records for position in rows.near(key))
    for position, pk in pairs:
        if not (position in coded and pk in with_code):
            yield position, pk


def offer(enterprise: Enterprise) -> dict[str, object]:
    """An enterprise of the register as it is shown beside a row."""
    details = (enterprise.credit_code or "", enterprise.address, enterprise.contact)
    return option(enterprise, enterprise.name, *details)


def places(one: Comparison, others: dict[int, Comparison]) -> str:
    """Where the other rows stand: 第5、9行, or 工作表“乙”第5行 for those of another sheet."""
    rows = [other.row for _position, other in sorted(others.items())]
    here = "、".join(str(row.number) for row in rows if row.sheet == one.row.sheet)
    told = [_("第%(rows)s行") % {"rows": here}] if here else []
    told += [
        _("工作表“%(sheet)s”第%(row)s行") % {"sheet": row.sheet, "row": row.number}
        for row in rows
        if row.sheet != one.row.sheet
    ]
    return listed(told)
