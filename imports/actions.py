"""Receive a file, ask for its import or its undoing, stop, try again: each whole or not at all.

What they ask for is done in the background by ``imports.committing`` and ``imports.undoing``.
"""

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
from imports.comparing.verdicts import Tell, fill, unheard
from imports.models import Batch
from imports.plans.members import MemberPlan
from imports.plans.rows import WRITING, SheetRow
from jobs import actions as jobs
from jobs.models import Job
from towns.models import Town

NOT_IN_PREVIEW = Rule("IMP-01", gettext_lazy("这次导入已经确认过或已放弃，请重新上传文件。"))
NOTHING_TO_WRITE = Rule("IMP-02", gettext_lazy("没有新增或有变化的行，无需导入。"))
SAME_FILE = Rule("IMP-03", gettext_lazy("同一文件正在由另一人导入，请等它完成。"))
NOT_COMMITTED = Rule("IMP-04", gettext_lazy("只有已导入的批次可以撤销。"))
NOT_RUNNING = Rule("IMP-05", gettext_lazy("后台已经做完或停下，无需取消。"))
NOT_FAILED = Rule("IMP-06", gettext_lazy("这次导入没有失败，无需重试。"))


def receive_file(  # noqa: PLR0913 - what is kept of a file, whose it is, who brings it when
    *,
    file_name: str,
    sha256: str,
    rows: Sequence[SheetRow],
    understanding: dict[str, Any],
    by: User,
    today: date,
    plan: str = MemberPlan.key,
    chamber: Chamber | None = None,
    town: Town | None = None,
    batch: Batch | None = None,
    tell: Tell = unheard,
) -> Batch:
    """Keep the rows of a file that was read, each with its verdict, for a person to look at.

    ``batch`` is the one that waited for them, ``tell`` hears how many rows are kept.
    """
    with written(by=by, action="receive_import"):
        batch = batch or Batch(uploaded_by=by)
        batch.state, batch.file_name, batch.sha256 = Batch.State.PREVIEW, file_name[:255], sha256
        batch.plan, batch.chamber, batch.town = plan, chamber, town
        batch.understanding = understanding
        batch.save()
        fill(batch, rows, total=len(rows), today=today, tell=tell)
    return batch


def confirm_batch(*, batch: Batch, by: User) -> Job:
    """Ask for the batch to be committed in the background. Raises Refused."""
    with written(by=by, action="confirm_import"):
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != Batch.State.PREVIEW:
            raise Refused([NOT_IN_PREVIEW])
        if not any(batch.counts.get(verdict) for verdict in WRITING):
            raise Refused([NOTHING_TO_WRITE])
        job = jobs.enqueue(
            kind="commit_import",
            key=f"commit_import:{batch.pk}:{timezone.now().isoformat()}",
            payload={"batch": batch.pk},
            by=by,
        )
        batch.state, batch.job = Batch.State.COMMITTING, job
        _begin(batch)
    return job


def retry_batch(*, batch: Batch, by: User) -> Job:
    """Have an import that failed tried again, as it was confirmed. Raises Refused."""
    with written(by=by, action="retry_import"):
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != Batch.State.FAILED or batch.job is None:
            raise Refused([NOT_FAILED])
        jobs.retry(job=batch.job)
        batch.state = Batch.State.COMMITTING
        _begin(batch)
    return batch.job


def _begin(batch: Batch) -> None:
    """Mark the batch as being committed. Raises Refused while another commits the same file."""
    try:
        with transaction.atomic():
            batch.save(update_fields=["state", "job"])
    except IntegrityError as same:
        raise Refused([_same_file(batch)]) from same


def _same_file(batch: Batch) -> Rule:
    """Who is importing the same file into the same chamber at this moment."""
    other = (
        Batch.objects.filter(
            plan=batch.plan,
            chamber=batch.chamber_id,
            town=batch.town_id,
            sha256=batch.sha256,
            state=Batch.State.COMMITTING,
        )
        .exclude(pk=batch.pk)
        .select_related("job__requested_by")
        .first()
    )
    if not (other and other.job and other.job.requested_by):
        return SAME_FILE
    words = _("同一文件正在由%(name)s导入，请等它完成。")
    return Rule(SAME_FILE.code, words % {"name": other.job.requested_by})


def cancel_batch(*, batch: Batch, by: User) -> None:
    """Ask the background to stop; what it did so far is taken back whole. Raises Refused."""
    with written(by=by, action="cancel_import"):
        job = batch.job
        if job is None or job.is_over:
            raise Refused([NOT_RUNNING])
        jobs.cancel(job=job)


def discard_batch(*, batch: Batch, by: User) -> None:
    """Give up a batch that was not imported. Raises Refused."""
    with written(by=by, action="discard_import"):
        waiting = [Batch.State.PREVIEW, Batch.State.FAILED]
        found = Batch.objects.filter(pk=batch.pk, state__in=waiting)
        if not found.update(state=Batch.State.DISCARDED):
            raise Refused([NOT_IN_PREVIEW])


def undo_batch(*, batch: Batch, by: User) -> Job:
    """Ask for a committed batch to be taken back in the background. Raises Refused."""
    with written(by=by, action="undo_import"):
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
