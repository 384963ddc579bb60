"""Celery's door to the cells."""

from __future__ import annotations

from celery import shared_task
from django.utils.timezone import localdate

from summaries.cells.counting import recount
from summaries.cells.watching import fold_changes

AT_ONCE = 24  # months in one run, so that the first count of many years lets other work pass


@shared_task(name="cells.recount", ignore_result=True)
def recount_marked() -> int:
    """Count the months that were written to since. Run twice at once, one of them does nothing."""
    fold_changes()
    return recount(today=localdate(), at_most=AT_ONCE)
