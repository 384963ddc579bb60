"""Which function does which kind of job: apps above register theirs, none is imported from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from jobs.models import Job


class Progress(Protocol):
    """What the work may tell and ask while it runs."""

    def report(self, done: int, total: int) -> None:
        """Say how far it is, in rows or whatever unit the work counts. Cheap: call it often."""

    def check(self) -> None:
        """Raise JobCancelled when somebody asked for the work to stop."""


Work = Callable[[Job, Progress], str]
Stopped = Callable[[Job], None]
_works: dict[str, Work] = {}
_stopped: dict[str, Stopped] = {}


def does(kind: str, *, stopped: Stopped | None = None) -> Callable[[Work], Work]:
    """Register the work of a kind of job. It returns the sentence shown when it is done.

    The work runs inside one transaction together with the mark that it is done: it happens whole
    and once, however often a worker dies. ``stopped`` is called in the transaction that marks a
    job as cancelled or as failed for good, so that what waits for it is not left waiting.
    """

    def register(work: Work) -> Work:
        _works[kind] = work
        if stopped:
            _stopped[kind] = stopped
        return work

    return register


def work_of(kind: str) -> Work:
    """The work of ``kind``; KeyError names a kind nobody registered."""
    return _works[kind]


def settle(job: Job) -> None:
    """Let what waits for the job know that it was cancelled or has failed for good."""
    if job.kind in _stopped:
        _stopped[job.kind](job)
