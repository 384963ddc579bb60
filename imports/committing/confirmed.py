"""Commits a batch that was confirmed, whole or not at all, unless its preview is out of date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import connection
from django.utils import timezone

from core.editing import one_at_a_time
from core.said import said as _
from imports.committing.checking import Checked, check
from imports.comparing import values
from imports.comparing.verdicts import compare_again
from imports.models import Batch, Row
from imports.plans.base import Plan
from imports.plans.bulk import update_rows
from imports.plans.rows import WRITING, Comparison
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
    checked = check(batch, today=today)
    if checked.differing:
        return _show_again(batch, checked.differing, today)
    _write(checked, progress)
    words = _(
        "新增 %(new)s %(unit)s，更新 %(changed)s %(unit)s；"
        "相同 %(same)s %(unit)s，未导入 %(errors)s 行。"
    )
    return words % {**batch.counts, "unit": checked.plan.unit}


def _write(checked: Checked, progress: Progress) -> None:
    batch, done = checked.batch, 0
    total = sum(int(batch.counts.get(verdict, 0)) for verdict in WRITING)

    def tell(count: int) -> None:
        progress.report(done + count, total)
        progress.check()

    for rows, said in checked.pieces():
        done += _write_piece(checked.plan, rows, said, tell)
    tell(0)
    batch.state, batch.committed_at = Batch.State.COMMITTED, timezone.now()
    batch.save(update_fields=["state", "committed_at"])


def _write_piece(
    plan: Plan, rows: list[Row], said: list[Comparison], tell: Callable[[int], None]
) -> int:
    """Write these rows, and into each what it touched; returns how many."""
    by_position = {row.position: row for row in rows}
    before = {one.row.position: values.frozen(plan.records_of(one)) for one in said if one.writes}
    touched = []
    for one, records in plan.write(said, tell):
        row = by_position[one.row.position]
        row.before, row.after = before[row.position], values.frozen(records)
        touched.append(row)
    update_rows(touched, ["before", "after"])
    return len(touched)


def _show_again(batch: Batch, differing: int, today: date) -> str:
    compare_again(batch, today=today)
    batch.state = Batch.State.PREVIEW
    batch.save(update_fields=["state"])
    return _("预览之后有 %(count)s 行的情况变了，没有写入任何内容，请再看一遍。") % {
        "count": differing
    }


def settle_commit(batch: Batch, *, failed: bool) -> None:
    """Give a batch whose job was stopped back to the person: failed, or as before confirming."""
    state = Batch.State.FAILED if failed else Batch.State.PREVIEW
    Batch.objects.filter(pk=batch.pk, state=Batch.State.COMMITTING).update(state=state)
