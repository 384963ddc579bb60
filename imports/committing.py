"""Commits a batch that was confirmed, whole or not at all, unless its preview is out of date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from chambers.models import Chamber
from core.editing import one_at_a_time
from imports import values
from imports.bulk import update_rows
from imports.models import Batch, Row
from imports.plans.members import MemberPlan, counts_of
from imports.plans.rows import Comparison
from jobs.registry import Progress

# An import waits for another this long; the worker's own limit would be over too soon.
WAIT_MS = 120_000


def take_turn() -> None:
    """Let no two imports write, or be undone, at once: both would find an enterprise missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{WAIT_MS}ms"])
    one_at_a_time("imports")


def commit_batch(*, batch: Batch, today: date, progress: Progress) -> str:
    """Write a batch, if nothing changed since the preview; returns the sentence to show.

    Runs inside a job: its transaction holds the records compared, so that no edit in between is
    lost.
    """
    take_turn()
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != Batch.State.COMMITTING:
        return _("这次导入已经处理过。")
    chamber = Chamber.objects.get(batches=batch)
    kept = list(batch.rows.order_by("position"))
    plan = MemberPlan(chamber, today=today, lock=True)
    comparisons = plan.compare([values.sheet_row(row) for row in kept])
    if differing := _differing(kept, comparisons):
        return _show_again(batch, kept, plan, comparisons, differing)
    _write(batch, plan, kept, comparisons, progress)
    words = _("新增 %(new)s 家，更新 %(changed)s 家；相同 %(same)s 家，未导入 %(errors)s 行。")
    return words % dict(batch.counts)


def _write(
    batch: Batch,
    plan: MemberPlan,
    kept: Sequence[Row],
    comparisons: Sequence[Comparison],
    progress: Progress,
) -> None:
    by_position = {row.position: row for row in kept}
    before = {
        one.row.position: values.frozen(plan.records_of(one)) for one in comparisons if one.writes
    }
    total = len(before)

    def tell(done: int) -> None:
        progress.report(done, total)
        progress.check()

    touched = []
    for one, *records in plan.write(comparisons, tell):
        row = by_position[one.row.position]
        row.before, row.after = before[row.position], values.frozen(records)
        touched.append(row)
    update_rows(touched, ["before", "after"])
    tell(total)
    batch.state, batch.committed_at = Batch.State.COMMITTED, timezone.now()
    batch.save(update_fields=["state", "committed_at"])


def _differing(kept: Sequence[Row], comparisons: Sequence[Comparison]) -> int:
    """How many rows would now be treated otherwise than the preview said."""
    return sum(
        (row.verdict, row.changes) != (one.verdict, one.changes)
        for row, one in zip(kept, comparisons, strict=True)
    )


def _show_again(
    batch: Batch,
    kept: Sequence[Row],
    plan: MemberPlan,
    comparisons: Sequence[Comparison],
    differing: int,
) -> str:
    for row, one in zip(kept, comparisons, strict=True):
        row.verdict, row.changes, row.problems = one.verdict, one.changes, one.all_problems
    update_rows(kept, ["verdict", "changes", "problems"])
    absent = [membership.pk for membership in plan.absent(comparisons)]
    batch.state, batch.counts = Batch.State.PREVIEW, counts_of(comparisons)
    batch.understanding = {**batch.understanding, "absent": absent}
    batch.save(update_fields=["state", "counts", "understanding"])
    return _("预览之后有 %(count)s 行的情况变了，没有写入任何内容，请再看一遍。") % {
        "count": differing
    }


def settle_commit(batch: Batch, *, failed: bool) -> None:
    """Give a batch whose job was stopped back to the person: failed, or as before confirming."""
    state = Batch.State.FAILED if failed else Batch.State.PREVIEW
    Batch.objects.filter(pk=batch.pk, state=Batch.State.COMMITTING).update(state=state)
