"""The background work of imports: committing a batch and taking one back."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from imports.committing import commit_batch, settle_commit
from imports.models import Batch
from imports.undo import reverse_batch, settle_undo
from jobs.models import Job
from jobs.registry import Progress, does


def _batch(job: Job) -> Batch:
    return Batch.objects.get(pk=job.payload["batch"])


def _stop_commit(job: Job) -> None:
    settle_commit(_batch(job), failed=job.state == Job.State.FAILED)


def _stop_undo(job: Job) -> None:
    settle_undo(_batch(job))


@does("commit_import", stopped=_stop_commit)
def commit_import(job: Job, progress: Progress) -> str:
    """Commit the batch of the job's payload."""
    return commit_batch(batch=_batch(job), today=timezone.localdate(), progress=progress)


@does("undo_import", stopped=_stop_undo)
def undo_import(job: Job, progress: Progress) -> str:
    """Take back the batch of the job's payload."""
    outcome = reverse_batch(batch=_batch(job), progress=progress)
    return _("撤销 %(reversed)s 行；保留后来改过的 %(kept)s 行；未能撤销 %(failed)s 行。") % (
        outcome._asdict()
    )
