"""The background work of imports: committing a batch and taking one back."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from imports import actions
from imports.models import Batch
from jobs.models import Job
from jobs.registry import Progress, does


@does("commit_import")
def commit_import(job: Job, progress: Progress) -> str:
    """Commit the batch of the job's payload."""
    batch = Batch.objects.get(pk=job.payload["batch"])
    return actions.commit(batch=batch, today=timezone.localdate(), progress=progress)


@does("undo_import")
def undo_import(job: Job, progress: Progress) -> str:
    """Take back the batch of the job's payload."""
    batch = Batch.objects.get(pk=job.payload["batch"])
    outcome = actions.undo(batch=batch, progress=progress)
    return _("撤销 %(reversed)s 行；保留后来改过的 %(kept)s 行；未能撤销 %(failed)s 行。") % (
        outcome._asdict()
    )
