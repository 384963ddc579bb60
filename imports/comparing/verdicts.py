"""The rows of a batch and what importing them would do: compared, kept, compared again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Count

from imports.comparing.file_rows import RowsOfFile
from imports.comparing.slices import (
    OF_COMPARING,
    Slices,
    afterwards,
    is_long,
    put,
    said_again,
    says_otherwise,
    sliced,
)
from imports.models import Batch, Row
from imports.plans.base import RECORD, Plan, Scope, counts_from, counts_of
from imports.plans.bulk import insert_rows, maker, update_rows
from imports.plans.registry import PLANS
from imports.plans.rows import Comparison, SheetRow
from imports.queries import NOT_NAMED, last_position

Choices = Mapping[str, Mapping[str, Any]]
Tell = Callable[[int, int], None]  # how many rows are done, of how many
_new_row = maker(Row)


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
    after = max((row.position for row in rows), default=0)
    return [*comparisons, *_numbered(not_named, after=after)]


def _numbered(not_named: Iterable[Comparison], *, after: int) -> Iterator[Comparison]:
    for place, one in enumerate(not_named, start=after + 1):
        one.row = replace(one.row, position=place)
        yield one


def unheard(done: int, total: int) -> None:
    """Nobody wants to hear how far it is."""
    del done, total


def fill(
    batch: Batch,
    rows: Iterable[SheetRow],
    *,
    total: int,
    today: date,
    choices: Choices | None = None,
    tell: Tell = unheard,
) -> None:
    """Keep these ``total`` rows, compared, as those of the batch, which has none.

    The counts follow. ``choices`` are what was decided of records that the list does not name;
    ``tell`` hears how many rows are kept, and may raise to stop.
    """
    plan = plan_of(batch, today=today)
    if is_long(plan, total) and plan.knows_whose:
        _fill_in_slices(batch, plan, rows, choices or {}, lambda done: tell(done, total))
        counts = counted(batch)
    else:
        comparisons = compare_all(plan, list(rows), choices)
        keep_rows(batch, comparisons)
        counts = counts_of(comparisons)
    batch.counts = {**batch.counts, **counts}
    batch.save(update_fields=["counts"])


def _fill_in_slices(
    batch: Batch,
    plan: Plan,
    rows: Iterable[SheetRow],
    choices: Choices,
    tell: Callable[[int], None],
) -> None:
    slices = Slices(plan)
    for piece in sliced(rows):
        keep_rows(batch, slices.compare(piece))
        tell(piece[-1].position)
    if isinstance(rows, RowsOfFile):
        rows.let_go()
    for kept, said in afterwards(batch, slices):
        _keep_said(kept, said)
    _keep_not_named(batch, plan.absent(slices.named, choices))


def keep_rows(batch: Batch, comparisons: Iterable[Comparison]) -> None:
    """Keep these rows as further ones of the batch."""
    insert_rows(row_of(batch, one) for one in comparisons)


def replace_rows(
    batch: Batch, rows: Iterable[SheetRow], *, total: int, today: date, tell: Tell = unheard
) -> None:
    """Take these rows in place of those the batch has: its file was understood anew.

    What was decided of rows is gone with them; who leaves stays decided.
    """
    choices = leavers_choices(batch)
    batch.rows.all().delete()
    fill(batch, rows, total=total, today=today, choices=choices, tell=tell)


def leavers_choices(batch: Batch) -> dict[str, dict[str, Any]]:
    """What was decided of the records that the list does not name."""
    decided = batch.rows.filter(verdict__in=NOT_NAMED).exclude(choice={})
    return dict(decided.values_list("record", "choice"))


def row_of(batch: Batch, one: Comparison) -> Row:
    """A new row, not saved."""
    row = _new_row()
    row.batch_id = batch.pk
    row.position, row.sheet, row.number = one.row.position, one.row.sheet, one.row.number
    row.values, row.choice = one.row.values, one.row.choice
    return put(row, one)


def compare_again(batch: Batch, *, today: date, tell: Tell = unheard) -> None:
    """Compare the rows of a batch with the registers as they are now; the counts follow."""
    plan, choices = plan_of(batch, today=today), leavers_choices(batch)
    slices, total = Slices(plan), last_position(batch)
    for rows, said in said_again(batch, slices):
        _keep_said(rows, said)
        tell(rows[-1].position if rows else 0, total)
    _keep_not_named(batch, plan.absent(slices.named, choices))
    batch.counts = {**batch.counts, **counted(batch)}
    batch.save(update_fields=["counts"])


def _keep_said(rows: Iterable[Row], said: Iterable[Comparison]) -> None:
    """Keep what is said now of those rows of which something else was said before."""
    changed = (
        put(row, one) for row, one in zip(rows, said, strict=True) if says_otherwise(row, one)
    )
    update_rows(changed, OF_COMPARING)


def keep_not_named(batch: Batch, not_named: Iterable[Comparison]) -> None:
    """Keep these as the records that the list does not name; the counts follow."""
    _keep_not_named(batch, not_named)
    found = counted(batch)
    batch.counts = {**batch.counts, **{name: found[name] for name in ("absent", "leaving")}}
    batch.save(update_fields=["counts"])


def _keep_not_named(batch: Batch, not_named: Iterable[Comparison]) -> None:
    batch.rows.filter(verdict__in=NOT_NAMED).delete()
    keep_rows(batch, _numbered(not_named, after=last_position(batch)))


def counted(batch: Batch) -> dict[str, int]:
    """The counts of the batch, as its rows are kept."""
    verdicts = batch.rows.values_list("verdict").annotate(Count("pk"))
    return counts_from(dict(verdicts), batch.rows.filter(is_warned=True).count())


def changed_counts(
    batch: Batch, before: Iterable[Comparison | Row], after: Iterable[Comparison | Row]
) -> dict[str, int]:
    """The counts of the batch when some of its rows changed from ``before`` to ``after``."""
    old, new = _tally(before), _tally(after)
    return {**batch.counts, **{k: batch.counts.get(k, 0) - old[k] + new[k] for k in old}}


def _tally(rows: Iterable[Comparison | Row]) -> dict[str, int]:
    return counts_of(rows)  # type: ignore[arg-type]  # rows have verdict and is_warned as well
