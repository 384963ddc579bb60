"""A batch looked at once more before it is written: is it still what the preview says?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from imports.comparing.slices import (
    OF_COMPARING,
    OF_ROW,
    Said,
    Slices,
    as_kept,
    kept_slices,
    said_again,
)
from imports.comparing.verdicts import leavers_choices, plan_of
from imports.models import Batch, Row
from imports.plans.base import RECORD, Plan
from imports.plans.rows import CHANGED, LEAVING, NEW, Comparison


@dataclass
class Checked:
    """A batch compared again, everything it means held until the end of the transaction.

    ``differing`` are the rows that would be treated otherwise than the preview says.
    """

    batch: Batch
    plan: Plan
    differing: int
    held: Said | None

    def pieces(self) -> Iterator[Said]:
        """What is to be written, the rows and what is said of each, a piece at a time."""
        if self.held:
            yield self.held
        else:
            for rows in kept_slices(self.batch, verdicts=(NEW, CHANGED)):
                yield rows, recalled(self.plan, rows)
        if self.plan.in_slices:
            for rows in _leaving(self.batch):
                yield rows, recalled(self.plan, rows)


def check(batch: Batch, *, today: date) -> Checked:
    """Compare a batch that is to be written. What a short list means is kept for the writing."""
    plan = plan_of(batch, today=today, lock=True)
    leaving = _held_leavers(batch, plan) if plan.in_slices else []
    slices, differing = Slices(plan), set[int]()
    held: Said | None = None
    for rows, said in said_again(batch, slices):
        differing -= {row.position for row in rows}
        differing |= {
            row.position for row, one in zip(rows, said, strict=True) if _differs(row, one)
        }
        held = None if slices.is_sliced else (rows, said)
    staying = sum(not record or record in slices.named for record in leaving)
    if not plan.in_slices and held:
        staying = _add_leavers(batch, plan, slices, held)
    return Checked(batch, plan, len(differing) + staying, held)


def _held_leavers(batch: Batch, plan: Plan) -> list[str]:
    """The records of those who are to leave, as keys name them; "" for one that is gone."""
    return [
        f"{RECORD}{one.touched['enterprise']}" if one.touched else ""
        for rows in _leaving(batch)
        for one in recalled(plan, rows)
    ]


def _add_leavers(batch: Batch, plan: Plan, slices: Slices, held: Said) -> int:
    """Put those who leave to what is written; returns how many can't leave any more."""
    rows = {row.record: row for piece in _leaving(batch) for row in piece}
    found = [one for one in plan.absent(slices.named, leavers_choices(batch)) if one.record in rows]
    for one in found:
        one.row = replace(one.row, position=rows[one.record].position)
    held[0].extend(rows.values())
    held[1].extend(found)
    return len(rows) - len(found)


def _leaving(batch: Batch) -> Iterator[list[Row]]:
    rows = batch.rows.only(*OF_COMPARING, *OF_ROW).filter(verdict=LEAVING).order_by("position")
    if found := list(rows):
        yield found


def recalled(plan: Plan, rows: list[Row]) -> list[Comparison]:
    """What was said of rows, whole again, with the records as they are."""
    said = [as_kept(row) for row in rows]
    plan.recall(said)
    return said


def _differs(row: Row, one: Comparison) -> bool:
    return (row.verdict, row.changes, row.record) != (one.verdict, one.changes, one.record)
