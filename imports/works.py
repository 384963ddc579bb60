"""The background work of imports: read a large file, change a long list, commit, take back."""

from __future__ import annotations

import pghistory
from django.urls import reverse
from django.utils import timezone

from core.said import said as _
from imports.committing.confirmed import commit_batch, settle_commit
from imports.deciding.changing import change_waiting, settle_change
from imports.models import Batch
from imports.plans.bulk import uncollected
from imports.receiving.waiting import read_waiting, settle_reading
from imports.undoing.undo import reverse_batch, settle_undo
from jobs.models import Job
from jobs.registry import Progress, does


def _batch(job: Job) -> Batch:
    return Batch.objects.get(pk=job.payload["batch"])


def _told(batch: Batch) -> pghistory.context:
    """What the history of each touched record says of where the change came from."""
    return pghistory.context(reason=batch.file_name, source=source_of(batch))


def source_of(batch: Batch) -> str:
    """The page of a batch, as the history leads back to it."""
    return reverse("imports:show_batch", args=[batch.pk])


def _stop_commit(job: Job) -> None:
    settle_commit(_batch(job), failed=job.state == Job.State.FAILED)


def _stop_undo(job: Job) -> None:
    settle_undo(_batch(job))


def _stop_reading(job: Job) -> None:
    settle_reading(_batch(job), failed=job.state == Job.State.FAILED)


@does("receive_import", stopped=_stop_reading)
def receive_import(job: Job, progress: Progress) -> str:
    """Read the file that waits with the batch of the job's payload."""
    plan, today = job.payload["plan"], timezone.localdate()
    with uncollected():
        return read_waiting(batch=_batch(job), plan=plan, today=today, progress=progress)


def _stop_change(job: Job) -> None:
    settle_change(_batch(job))


@does("change_import", stopped=_stop_change)
def change_import(job: Job, progress: Progress) -> str:
    """Change the long preview of the job's payload as its person said."""
    assert job.requested_by is not None
    with uncollected():
        return change_waiting(
            batch=_batch(job),
            act=job.payload["act"],
            said=job.payload["said"],
            by=job.requested_by,
            at=timezone.now(),
            progress=progress,
        )


@does("commit_import", stopped=_stop_commit)
def commit_import(job: Job, progress: Progress) -> str:
    """Commit the batch of the job's payload."""
    batch = _batch(job)
    with _told(batch), uncollected():
        return commit_batch(batch=batch, today=timezone.localdate(), progress=progress)


@does("undo_import", stopped=_stop_undo)
def undo_import(job: Job, progress: Progress) -> str:
    """Take back the batch of the job's payload."""
    batch = _batch(job)
    with _told(batch), uncollected():
        outcome = reverse_batch(batch=batch, progress=progress)
    return _("撤销 %(reversed)s 行；保留后来改过的 %(kept)s 行；未能撤销 %(failed)s 行。") % (
        outcome._asdict()
    )
