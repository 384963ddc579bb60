"""Receive a file, ask for its import, commit it, take it back: each whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from chambers.models import Chamber
from core.audit import written
from core.refusals import Refused, Rule
from imports import values
from imports.models import Batch, Row
from imports.plans.members import MemberPlan, counts_of
from imports.plans.rows import Comparison, SheetRow
from imports.undo import Outcome, undo_rows
from jobs import actions as jobs
from jobs.models import Job
from jobs.registry import Progress

NOT_IN_PREVIEW = Rule("IMP-01", gettext_lazy("这次导入已经确认过或已放弃，请重新上传文件。"))
NOTHING_TO_WRITE = Rule("IMP-02", gettext_lazy("没有新增或有变化的行，无需导入。"))
SAME_FILE = Rule("IMP-03", gettext_lazy("同一文件正在由另一人导入，请等它完成。"))
NOT_COMMITTED = Rule("IMP-04", gettext_lazy("只有已导入的批次可以撤销。"))


def receive(
    *,
    file_name: str,
    sha256: str,
    rows: Sequence[SheetRow],
    understanding: dict[str, Any],
    chamber: Chamber,
    by: User,
    today: date,
) -> Batch:
    """Keep the rows of a file that was read, each with its verdict, for a person to look at."""
    comparisons = MemberPlan(chamber, today=today).compare(rows)
    with written(by=by, action="receive_import"):
        batch = Batch.objects.create(
            plan=MemberPlan.key,
            chamber=chamber,
            file_name=file_name[:255],
            sha256=sha256,
            understanding=understanding,
            counts=counts_of(comparisons),
            uploaded_by=by,
        )
        Row.objects.bulk_create(
            (_row(batch, comparison) for comparison in comparisons), batch_size=2000
        )
    return batch


def confirm(*, batch: Batch, by: User) -> Job:
    """Ask for the batch to be committed in the background. Raises Refused."""
    with written(by=by, action="confirm_import"):
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != Batch.State.PREVIEW:
            raise Refused([NOT_IN_PREVIEW])
        if not (batch.counts["new"] or batch.counts["changed"]):
            raise Refused([NOTHING_TO_WRITE])
        job = jobs.enqueue(
            kind="commit_import",
            key=f"commit_import:{batch.pk}:{timezone.now().isoformat()}",
            payload={"batch": batch.pk},
            by=by,
        )
        batch.state, batch.job = Batch.State.COMMITTING, job
        try:
            with transaction.atomic():
                batch.save(update_fields=["state", "job"])
        except IntegrityError as error:
            raise Refused([SAME_FILE]) from error
    return job


def commit(*, batch: Batch, today: date, progress: Progress) -> str:
    """Write a batch, if nothing changed since the preview; returns the sentence to show.

    Runs inside a job: its transaction holds the chamber, so that two imports into one chamber
    follow each other, and the records compared, so that no edit in between is lost.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != Batch.State.COMMITTING:
        return _("这次导入已经处理过。")
    chamber = Chamber.objects.select_for_update(no_key=True).get(pk=batch.chamber_id)
    kept = list(batch.rows.order_by("position"))
    plan = MemberPlan(chamber, today=today, lock=True)
    comparisons = plan.compare([values.sheet_row(row) for row in kept])
    if differing := _differing(kept, comparisons):
        return _show_again(batch, kept, comparisons, differing)
    progress.check()
    _write(batch, plan, kept, comparisons, progress)
    counts = batch.counts
    return (
        _("新增 %(new)s 家，更新 %(changed)s 家；相同 %(same)s 家，未导入 %(errors)s 行。") % counts
    )


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
    touched = []
    for one, *records in plan.write(comparisons, lambda done: progress.report(done, total)):
        row = by_position[one.row.position]
        row.before, row.after = before[row.position], values.frozen(records)
        touched.append(row)
    Row.objects.bulk_update(touched, ["before", "after"], batch_size=1000)
    batch.state, batch.committed_at = Batch.State.COMMITTED, timezone.now()
    batch.save(update_fields=["state", "committed_at"])


def _differing(kept: Sequence[Row], comparisons: Sequence[Comparison]) -> int:
    """How many rows would now be treated otherwise than the preview said."""
    return sum(
        (row.verdict, row.changes) != (one.verdict, one.changes)
        for row, one in zip(kept, comparisons, strict=True)
    )


def _show_again(
    batch: Batch, kept: Sequence[Row], comparisons: Sequence[Comparison], differing: int
) -> str:
    for row, one in zip(kept, comparisons, strict=True):
        row.verdict, row.changes = one.verdict, one.changes
        row.problems = [*one.row.problems, *one.problems]
    Row.objects.bulk_update(kept, ["verdict", "changes", "problems"], batch_size=1000)
    batch.state, batch.counts = Batch.State.PREVIEW, counts_of(comparisons)
    batch.save(update_fields=["state", "counts"])
    return _("预览之后有 %(count)s 行的情况变了，没有写入任何内容，请再看一遍。") % {
        "count": differing
    }


def give_up(*, batch: Batch, by: User) -> None:
    """Discard a batch that was not confirmed. Raises Refused."""
    with written(by=by, action="discard_import"):
        found = Batch.objects.filter(pk=batch.pk, state=Batch.State.PREVIEW)
        if not found.update(state=Batch.State.DISCARDED):
            raise Refused([NOT_IN_PREVIEW])


def ask_undo(*, batch: Batch, by: User) -> Job:
    """Ask for a committed batch to be taken back in the background. Raises Refused."""
    with written(by=by, action="ask_undo_import"):
        found = Batch.objects.filter(pk=batch.pk, state=Batch.State.COMMITTED)
        if not found.update(state=Batch.State.UNDOING):
            raise Refused([NOT_COMMITTED])
        job = jobs.enqueue(
            kind="undo_import",
            key=f"undo_import:{batch.pk}",
            payload={"batch": batch.pk},
            by=by,
        )
        Batch.objects.filter(pk=batch.pk).update(job=job)
    return job


def undo(*, batch: Batch, progress: Progress) -> Outcome:
    """Restore what the batch changed, except what somebody changed since; runs inside a job."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != Batch.State.UNDOING:
        return Outcome(**batch.counts.get("undo", {}))
    rows = list(batch.rows.exclude(after={}).order_by("-position"))
    outcome = undo_rows(rows, tell=lambda done: progress.report(done, len(rows)))
    batch.state, batch.undone_at = Batch.State.UNDONE, timezone.now()
    batch.counts = {**batch.counts, "undo": outcome._asdict()}
    batch.save(update_fields=["state", "undone_at", "counts"])
    return outcome


def _row(batch: Batch, one: Comparison) -> Row:
    return Row(
        batch=batch,
        position=one.row.position,
        sheet=one.row.sheet,
        number=one.row.number,
        values=one.row.values,
        problems=[*one.row.problems, *one.problems],
        verdict=one.verdict,
        changes=one.changes,
    )
