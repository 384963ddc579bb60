"""Celery's door to summaries, and the work of the job that writes one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from celery import shared_task
from django.db import connection
from django.utils import timezone

from core.periods import Period
from core.said import said as _
from jobs.models import Job
from jobs.registry import Progress, does
from summaries import actions, queries
from summaries.models import Summary
from towns.models import Town

Result = TypeVar("Result")


@shared_task(name="summaries.ask_for_due", ignore_result=True)
def ask_for_due() -> int:
    """Ask for the summaries that are due and missing. A clock that runs ahead closes no month."""
    return actions.ask_for_due(now=min(timezone.now(), queries.database_now()))


@does(actions.JOB)
def write_summary(job: Job, progress: Progress) -> str:
    """Write one summary. A second run finds it written and changes nothing."""
    progress.check()
    period = Period.parse(job.payload["period"])
    town = job.payload["town"]

    def write() -> Summary:
        return actions.write_summary_once(
            kind=job.payload["kind"],
            period=period,
            town=Town.objects.get(code=town) if town else None,
            by=job.requested_by,
            now=timezone.now(),
        )

    summary = on_own_connection(write)
    return _("已生成：%(title)s") % {"title": summary.content["title"]}


def on_own_connection(work: Callable[[], Result]) -> Result:
    """Run ``work`` on a connection of its own.

    A job's own transaction is open from its start and renews its heartbeat beside it, so it can't
    be the snapshot that a summary needs.
    """

    def in_thread() -> Result:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(in_thread).result()
