"""The sign of life of a running job, on a connection of its own so that everybody sees it."""

from __future__ import annotations

import logging
import threading
from types import TracebackType
from typing import Self

from django.db import Error, connections
from django.utils import timezone

from jobs.models import Job

log = logging.getLogger(__name__)
BEAT_SECONDS = 1.0

UPDATE = """
    UPDATE jobs_job SET heartbeat_at = %s, done_count = %s, total_count = %s
    WHERE id = %s AND state = 'running' AND attempts = %s
    RETURNING cancel_asked
"""


class JobCancelled(Exception):
    """Somebody asked the job to stop."""


class Heart:
    """Beats once a second in a thread: renews the heartbeat, writes progress, hears a cancellation.

    The work itself runs in one transaction, whose rows nobody sees before it ends; so progress goes
    through a second connection.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.done = 0
        self.total = 0
        self._stopped = threading.Event()
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heart-{job.pk}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def report(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def check(self) -> None:
        if self._cancelled.is_set():
            raise JobCancelled

    def stop(self) -> None:
        """Let the last beat be written and end; the work may then mark the job as done."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _beat(self) -> None:
        connection = connections["default"].copy()
        try:
            while True:
                last = self._stopped.wait(BEAT_SECONDS)
                with connection.cursor() as cursor:
                    cursor.execute(
                        UPDATE,
                        [timezone.now(), self.done, self.total, self.job.pk, self.job.attempts],
                    )
                    row = cursor.fetchone()
                if row and row[0]:
                    self._cancelled.set()
                if last:
                    return
        except Error:
            # Without a heartbeat the job will be taken up again; its own transaction decides.
            log.warning("job %s: the heartbeat could not be written", self.job.pk, exc_info=True)
        finally:
            connection.close()
