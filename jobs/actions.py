"""Ask for background work, take it up, finish it, give it up: each exactly once."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone

from core.refusals import Refused
from core.said import kept_words, why_refused
from core.said import said as _
from jobs import queries
from jobs.heart import Heart, JobCancelled
from jobs.models import Job, Tick
from jobs.registry import settle, work_of

log = logging.getLogger(__name__)
ATTEMPTS_LIMIT = 3


class SupersededError(Exception):
    """Another worker took the job up meanwhile; what this one did is rolled back."""


def enqueue(
    *, kind: str, key: str, payload: dict[str, Any], by: Model | None = None, anew: bool = False
) -> Job:
    """Write a job, in the caller's transaction. One with the same key is returned, not doubled.

    ``anew`` renames the key of a finished job, so that the work can be asked for once more.
    """
    taken = Job.objects.filter(
        key=key, state__in=[Job.State.DUE, Job.State.RUNNING, Job.State.DONE]
    )
    if anew:
        for done in taken.filter(state=Job.State.DONE):
            Job.objects.filter(pk=done.pk).update(key=f"{key}#{done.pk}")
    job = taken.first()
    if job:
        return job
    job, _created = Job.objects.get_or_create(
        key=key,
        state=Job.State.DUE,
        defaults={"kind": kind, "payload": payload, "requested_by_id": by.pk if by else None},
    )
    return job


def claim(*, token: str) -> Job | None:
    """Take a due job up, or None when it is not due (done, cancelled, or somebody has it)."""
    now = timezone.now()
    claimed = Job.objects.filter(token=token, state=Job.State.DUE).update(
        state=Job.State.RUNNING,
        attempts=F("attempts") + 1,
        started_at=now,
        heartbeat_at=now,
        message="",
        said={},
    )
    return Job.objects.get(token=token) if claimed else None


def run(*, token: str) -> None:
    """Do a job, if it is due: the whole of its work and the mark that it is done, or nothing."""
    job = claim(token=token)
    if job is None:
        return
    try:
        with Heart(job) as heart:
            _work(job, heart)
    except JobCancelled:
        _stop(job, Job.State.CANCELLED, _("已按要求停止，没有写入任何内容。"))
    except SupersededError:
        log.warning("job %s was taken up by another worker", job.token)
    except Exception as error:
        log.exception("job %s (%s) failed", job.token, job.kind)
        _give_back(job, why_refused(error) if isinstance(error, Refused) else str(error)[:300])


def _work(job: Job, heart: Heart) -> None:
    user = job.requested_by_id
    with transaction.atomic(), pghistory.context(user=user, job=job.pk, action=job.kind):
        words = work_of(job.kind)(job, heart)
        heart.stop()
        if not _finish(job, Job.State.DONE, words):
            raise SupersededError


def _finish(job: Job, state: str, words: str) -> bool:
    """Mark a job as over, if this attempt still owns it; tells whether it did."""
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)
    return bool(mine.update(state=state, finished_at=timezone.now(), **_kept(words)))


def _kept(words: str) -> dict[str, Any]:
    """The columns that hold a sentence, to be told in any language."""
    kept = kept_words(words)
    return {"message": str(kept.pop("message"))[:500], "said": kept}


def _stop(job: Job, state: str, words: str) -> None:
    """Mark a job as cancelled or failed for good, together with what waits for it."""
    with transaction.atomic():
        if _finish(job, state, words):
            job.state = state
            settle(job)


def _give_back(job: Job, reason: str) -> None:
    """Make a failed job due again, or failed for good after the last attempt."""
    if job.attempts >= ATTEMPTS_LIMIT:
        words = _("试了 %(count)s 次都没有成功：%(reason)s") % {
            "count": job.attempts,
            "reason": reason,
        }
        _stop(job, Job.State.FAILED, words)
        return
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)
    mine.update(state=Job.State.DUE, published_at=None, **_kept(reason))


def take_back_lost(*, now: datetime) -> int:
    """Make jobs due again whose worker died; returns how many."""
    jobs = list(queries.lost(now))
    for job in jobs:
        _give_back(job, _("执行中断，将自动重试。"))
    return len(jobs)


def retry(*, job: Job) -> None:
    """Have a failed job tried again from the first attempt."""
    Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(
        state=Job.State.DUE, attempts=0, published_at=None, message="", said={}, cancel_asked=False
    )


def cancel(*, job: Job) -> None:
    """Ask a job to stop; one that has not begun never will."""
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    with transaction.atomic():
        due = Job.objects.filter(pk=job.pk, state=Job.State.DUE)
        if due.update(state=Job.State.CANCELLED, finished_at=timezone.now()):
            job.state = Job.State.CANCELLED
            settle(job)


def tick(*, name: str, now: datetime) -> None:
    """Note that a clock of the background ticked."""
    Tick.objects.update_or_create(name=name, defaults={"ticked_at": now})
