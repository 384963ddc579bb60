"""The rows of a batch and what importing them would do: compared, kept, compared again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from imports import values
from imports.bulk import insert_rows, update_rows
from imports.models import Batch, Row
from imports.plans.base import RECORD, Plan, Scope, counts_of
from imports.plans.registry import PLANS
from imports.plans.rows import Comparison, SheetRow
from imports.queries import NOT_NAMED, last_position

OF_COMPARING = ("verdict", "changes", "problems", "record", "keys", "is_warned")

OF_ROW = ("batch", "position", "sheet", "number", "values", "choice")

Choices = Mapping[str, Mapping[str, Any]]


@dataclass
class Compared:
    """A batch compared once more: its rows, and what is said of them now.

    A comparison has the position of its row; 0 when it is of a record that has none so far.
    """

    plan: Plan
    rows: list[Row]
    comparisons: list[Comparison]
    differing: int

    @property
    def by_position(self) -> dict[int, Row]:
        return {row.position: row for row in self.rows}


def plan_of(batch: Batch, *, today: date, lock: bool = False) -> Plan:
    """The plan of a batch, for whom it was handed in."""
    scope = Scope(batch.chamber, batch.town, batch.uploaded_by)
    return PLANS[batch.plan](scope, today=today, lock=lock, policies=batch.policies)


def compare_all(
    plan: Plan, rows: Sequence[SheetRow], choices: Choices | None = None
) -> list[Comparison]:
    """What is to be said of each row, and then of each record that the list does not name.

    ``choices`` are what was decided of the latter, by record. Nothing is said while nobody knows
    whose list it is.
    """
    if not plan.knows_whose:
        return []
    comparisons = plan.compare(rows)
    named = {key for one in comparisons for key in one.keys if key.startswith(RECORD)}
    not_named = plan.absent(named, choices or {})
    _number(not_named, after=max((row.position for row in rows), default=0))
    return [*comparisons, *not_named]


def _number(not_named: Sequence[Comparison], *, after: int) -> None:
    for place, one in enumerate(not_named, start=after + 1):
        one.row = replace(one.row, position=place)


def keep_rows(batch: Batch, comparisons: Sequence[Comparison]) -> None:
    """Keep these rows as those of the batch, which has none so far."""
    insert_rows(row_of(batch, one) for one in comparisons)


def replace_rows(batch: Batch, rows: Sequence[SheetRow], *, today: date) -> None:
    """Take these rows in place of those the batch has: its file was understood anew.

    What was decided of rows is gone with them; who leaves stays decided.
    """
    kept = batch.rows.filter(verdict__in=NOT_NAMED).values_list("record", "choice")
    comparisons = compare_all(plan_of(batch, today=today), rows, dict(kept))
    batch.rows.all().delete()
    keep_rows(batch, comparisons)
    batch.counts = {**batch.counts, **counts_of(comparisons)}
    batch.save(update_fields=["counts"])


def row_of(batch: Batch, one: Comparison) -> Row:
    """A new row, not saved."""
    row = Row(
        batch=batch,
        position=one.row.position,
        sheet=one.row.sheet,
        number=one.row.number,
        values=one.row.values,
        choice=one.row.choice,
    )
    return put(row, one)


def put(row: Row, one: Comparison) -> Row:
    """Set what comparing says of the row: the fields OF_COMPARING."""
    row.verdict, row.changes, row.problems = one.verdict, one.changes, one.all_problems
    row.record, row.keys, row.is_warned = one.record, one.keys, one.is_warned
    return row


def compare_batch(batch: Batch, *, today: date, lock: bool = False) -> Compared:
    """Compare the rows of a batch with the registers as they are now; nothing is written.

    ``differing`` are the rows that would be treated otherwise than the preview says.
    """
    kept = list(batch.rows.only(*OF_COMPARING, *OF_ROW).order_by("position"))
    plan = plan_of(batch, today=today, lock=lock)
    named = [row for row in kept if row.verdict not in NOT_NAMED]
    not_named = {row.record: row for row in kept if row.verdict in NOT_NAMED}
    choices = {record: row.choice for record, row in not_named.items()}
    comparisons = compare_all(plan, [values.sheet_row(row) for row in named], choices)
    said, absent = comparisons[: len(named)], comparisons[len(named) :]
    differing = sum(_differs(row, one) for row, one in zip(named, said, strict=True))
    differing += _other_leavers(not_named, absent)
    for one in absent:
        row = not_named.get(one.record)
        one.row = replace(one.row, position=row.position if row else 0)
    return Compared(plan, kept, comparisons, differing)


def _other_leavers(kept: Mapping[str, Row], absent: Sequence[Comparison]) -> int:
    """How many were to leave and can't any more; who is merely not named is never written."""
    leaving = {one.record for one in absent if one.writes}
    wanted = {record for record, row in kept.items() if row.verdict == Row.Verdict.LEAVING}
    return len(wanted - leaving)


def keep_compared(batch: Batch, compared: Compared) -> None:
    """Keep what was said now in place of what was said before; the counts follow."""
    if compared.plan.lock:  # what a commit leaves unsaid, a preview shows
        compared = compare_batch(batch, today=compared.plan.today)
    said = compared.comparisons
    named = [row for row in compared.rows if row.verdict not in NOT_NAMED]
    for row, one in zip(named, said[: len(named)], strict=True):
        put(row, one)
    update_rows(named, OF_COMPARING)
    keep_not_named(batch, said[len(named) :])
    batch.counts = {**batch.counts, **counts_of(said)}
    batch.save(update_fields=["counts"])


def keep_not_named(batch: Batch, not_named: Sequence[Comparison]) -> None:
    """Keep these as the records that the list does not name; the counts follow."""
    batch.rows.filter(verdict__in=NOT_NAMED).delete()
    _number(not_named, after=last_position(batch))
    keep_rows(batch, not_named)
    counts = counts_of(not_named)
    batch.counts = {**batch.counts, **{name: counts[name] for name in ("absent", "leaving")}}
    batch.save(update_fields=["counts"])


def changed_counts(
    batch: Batch, before: Iterable[Comparison | Row], after: Iterable[Comparison | Row]
) -> dict[str, int]:
    """The counts of the batch when some of its rows changed from ``before`` to ``after``."""
    old, new = _tally(before), _tally(after)
    return {**batch.counts, **{k: batch.counts.get(k, 0) - old[k] + new[k] for k in old}}


def _tally(rows: Iterable[Comparison | Row]) -> dict[str, int]:
    return counts_of(rows)  # type: ignore[arg-type]  # rows have verdict and is_warned as well


def _differs(row: Row, one: Comparison) -> bool:
    return (row.verdict, row.changes, row.record) != (one.verdict, one.changes, one.record)
