"""Celery's doors: publish what is due, do one job."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from jobs import actions, queries

BATCH = 100
# As the broker counts them: the least is taken up first.
ASKED_FOR, OF_ITS_OWN = 0, 9


@shared_task(name="jobs.publish_due", ignore_result=True)
def publish_due() -> int:
    """Take back lost jobs and hand due ones to the broker; returns how many were handed over.

    Two of these at once do not publish a job twice: rows are locked and skipped. What a person
    asked for goes before what the clock asked for, such as the summaries of a year.
    """
    now = timezone.now()
    actions.take_back_lost(now=now)
    with transaction.atomic():
        due = list(queries.to_publish(now).select_for_update(skip_locked=True)[:BATCH])
        for job in due:
            job.published_at = now
            job.save(update_fields=["published_at"])
        actions.tick(name="publish", now=now)
    # After the commit: a broker that hangs holds no row. What it loses is published again.
    for job in due:
        do.apply_async((str(job.token),), priority=ASKED_FOR if job.requested_by_id else OF_ITS_OWN)
    return len(due)


@shared_task(name="jobs.do", ignore_result=True)
def do(token: str) -> None:
    """Do the job with this token, if it is due. Running it twice changes nothing."""
    actions.run(token=token)
