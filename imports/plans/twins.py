"""Rows that mean the same, rows of one name, and names that are near one of the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from django.db import models

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
from imports.said import said as _

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
    if not new:
        return
    keys = {position: name_key(one.row.text("name")) for position, one in new.items()}
    names = NearNames(keys.items())
    _tell_near_rows(new, keys, names)
    _tell_near_records(new, names)


def _tell_near_rows(
    new: dict[int, Comparison], keys: dict[int, str], names: NearNames[int]
) -> None:
    for position, one in new.items():
        code = one.row.text("credit_code")
        near = {
            other: new[other]
            for other in names.near(keys[position])
            if keys[other] != keys[position] and not (code and new[other].row.text("credit_code"))
        }
        one.keys += [f"near {keys[other]}" for other in near]
        if near:
            cited = dict(list(near.items())[:MOST_CITED])
            words = _("与%(rows)s的名称很像，请核对是否同一家。") % {"rows": places(one, cited)}
            one.problems.append({**warning("name", words), "another": True})


def _tell_near_records(new: dict[int, Comparison], names: NearNames[int]) -> None:
    found: dict[int, list[Enterprise]] = defaultdict(list)
    for enterprise in _candidates(new.values()).iterator(chunk_size=10_000):
        for position in names.near(enterprise.name_key):
            if not (enterprise.credit_code and new[position].row.text("credit_code")):
                found[position].append(enterprise)
    for position, enterprises in found.items():
        words = _("系统中有名称很像的企业，请选“与它相同”或“另外新增”；不选按新增处理。")
        told = warning("name", words)
        options = [offer(one) for one in enterprises[:MOST_OFFERED]]
        new[position].problems.append({**told, "options": options, "another": True})


def _candidates(rows: Iterable[Comparison]) -> models.QuerySet[Enterprise]:
    found = Enterprise.objects.only("name", "name_key", "credit_code", "address", "contact")
    if all(one.row.text("credit_code") for one in rows):
        return found.filter(credit_code__isnull=True)
    return found


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
    return "、".join(told)
