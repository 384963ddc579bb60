"""What rows of one enterprise share: its code, its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.normalise import name_key
from imports.plans.rows import ANOTHER, Comparison
from imports.plans.twins import by_name


def marks(one: Comparison) -> Iterator[str]:
    """What rows of one enterprise share: the code and the name."""
    if code := one.row.text("credit_code"):
        yield f"code {code}"
    if name := one.row.text("name"):
        yield f"name {name_key(name)[:190]}"


def solitary_names(comparisons: Sequence[Comparison]) -> set[str]:
    """Names that rows with different credit codes share: they are no twins by name."""
    return {
        f"name {name[:190]}"
        for name, same in by_name(comparisons).items()
        if len({one.row.text("credit_code") for one in same} - {""}) > 1
    }


def twin_marks(one: Comparison, solitary: set[str]) -> Iterator[str]:
    """What makes rows twins: the record they mean, the code, a name that is no namesake's."""
    if one.record:
        yield one.record
    for mark in marks(one):
        named = mark.startswith("name ")
        if not (named and (mark in solitary or ANOTHER in one.row.choice)):
            yield mark
