"""Imports whose worker is killed: how often something is lost, doubled or left half-done."""

from __future__ import annotations

import random
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.db.models import Count

from accounts.models import User
from bench.importing import ground
from bench.importing.roster import write_roster
from bench.importing.worker import CHILD, WHOLE, Worker, working
from bench.yardstick import MeasureFailed
from chambers.models import Chamber, Enterprise, Membership
from config.celery import app
from core.history import event_rows
from core.refusals import Refused
from imports import actions
from imports.models import Batch, Row, WaitingFile
from imports.receiving.waiting import hand_in
from jobs.actions import ATTEMPTS_LIMIT
from jobs.models import Job
from jobs.tasks import publish_due

ROWS = 12_000
PATIENCE_S = 240
LOOK_EVERY_S = 0.1
PHASES = {"receive": "preview", "commit": "committed", "undo": "undone"}

Figures = dict[str, Any]


def run(options: list[str]) -> Figures:
    """Each phase of an import killed at random points of its work, in both ways; then stopped."""
    parser = ArgumentParser(prog="./run bench kills")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--times", type=int, default=1)
    asked = parser.parse_args(options)
    app.set_current()
    ground.measure()
    waits: list[float] = []
    with tempfile.TemporaryDirectory(prefix="tongxin-bench-") as folder, working() as worker:
        file = Path(folder, "roster.xlsx")
        write_roster(file, asked.rows)
        for _time in range(asked.times):
            for what in (WHOLE, CHILD):
                waits += _killed_through(worker, file, asked.rows, what)
        poisoned = _poisoned(worker, file)
        _stopped_through(file, asked.rows)
        _twice_at_once(file, asked.rows)
    return {
        "rows": asked.rows,
        "kills": len(waits),
        "lost": 0,
        "doubled": 0,
        "poison_given_up_after_attempts": poisoned,
        "longest_until_taken_up_and_done_s": round(max(waits), 1),
    }


def _killed_through(worker: Worker, file: Path, rows: int, what: str) -> list[float]:
    """Receive, commit and undo a file, the worker killed once in each; seconds till done."""
    batch, waits = _handed_in(file), []
    for phase, ends in PHASES.items():
        if ask := _ask(phase):
            ask(batch=Batch.objects.get(pk=batch.pk), by=_person())
        _wait(lambda: _job(batch).state == Job.State.RUNNING, batch)
        time.sleep(random.uniform(0.1, 2.5))  # noqa: S311 - a point of time, not a secret
        began, running = time.monotonic(), _job(batch).state == Job.State.RUNNING
        if running:
            worker.kill(what)
            _hold(batch, phase, rows, before=True)
        _wait(lambda: _job(batch).is_over, batch)
        waits += [time.monotonic() - began] if running else []
        _expect(Batch.objects.get(pk=batch.pk).state, ends, f"{phase} {what}")
        _hold(batch, phase, rows, before=False)
    return waits


def _poisoned(worker: Worker, file: Path) -> int:
    """A file at which the worker dies each time it is read: given up, and the next one is read."""
    batch = _handed_in(file)
    attempts = 0
    while attempts <= ATTEMPTS_LIMIT:
        _wait(lambda: _job(batch).state == Job.State.RUNNING or _job(batch).is_over, batch)
        if _job(batch).is_over:
            break
        attempts += 1
        worker.kill(CHILD)
        _wait(partial(_is_given_back, batch, attempts), batch)
    _expect((attempts, _job(batch).state), (ATTEMPTS_LIMIT, Job.State.FAILED), "poison")
    _expect(Batch.objects.get(pk=batch.pk).state, "unread", "poison")
    left = Row.objects.filter(batch=batch).count(), WaitingFile.objects.count()
    _expect(left, (0, 0), "poison leaves nothing")
    after = _handed_in(file)
    _wait(lambda: _job(after).is_over, after)
    _expect(Batch.objects.get(pk=after.pk).state, "preview", "the file after the poison")
    actions.discard_batch(batch=after, by=_person())
    return attempts


def _is_given_back(batch: Batch, attempts: int) -> bool:
    """Whether the job is no longer the one of this attempt."""
    job = _job(batch)
    return job.is_over or job.state == Job.State.DUE or job.attempts > attempts


def _stopped_through(file: Path, rows: int) -> None:
    """Stopped by a person in the middle of each phase: nothing is written."""
    batch = _handed_in(file)
    _stop(batch)
    _expect(Batch.objects.get(pk=batch.pk).state, "discarded", "receive stopped")
    _expect((Row.objects.filter(batch=batch).count(), WaitingFile.objects.count()), (0, 0), "rows")
    batch = _handed_in(file)
    _wait(lambda: _job(batch).is_over, batch)
    for phase, ends in (("commit", "preview"), ("undo", "committed")):
        ask = _ask(phase)
        assert ask
        if phase == "undo":
            actions.confirm_batch(batch=Batch.objects.get(pk=batch.pk), by=_person())
            _wait(lambda: _job(batch).is_over, batch)
        ask(batch=Batch.objects.get(pk=batch.pk), by=_person())
        _stop(batch)
        _expect(Batch.objects.get(pk=batch.pk).state, ends, f"{phase} stopped")
        _hold(batch, phase, rows, before=True)
    actions.undo_batch(batch=Batch.objects.get(pk=batch.pk), by=_person())
    _wait(lambda: _job(batch).is_over, batch)


def _stop(batch: Batch) -> None:
    _wait(lambda: _job(batch).state == Job.State.RUNNING, batch)
    actions.cancel_batch(batch=Batch.objects.select_related("job").get(pk=batch.pk), by=_person())
    _wait(lambda: _job(batch).is_over, batch)
    _expect(_job(batch).state, "cancelled", "stopped")


def _twice_at_once(file: Path, rows: int) -> None:
    """Two persons bring the same file and confirm it: one result."""
    batches = [_handed_in(file), _handed_in(file)]
    for batch in batches:
        _wait(lambda batch=batch: _job(batch).is_over, batch)  # type: ignore[misc]
    refused = 0
    for batch in batches:
        try:
            actions.confirm_batch(batch=Batch.objects.get(pk=batch.pk), by=_person())
        except Refused:
            refused += 1
    _expect(refused, 1, "the second confirmation is refused")
    _wait(lambda: _job(batches[0]).is_over, batches[0])
    actions.confirm_batch(batch=Batch.objects.get(pk=batches[1].pk), by=_person())
    _wait(lambda: _job(batches[1]).is_over, batches[1])
    _expect(Batch.objects.get(pk=batches[1].pk).state, "preview", "the second is shown again")
    _expect(Enterprise.objects.count(), rows, "enterprises of two equal files")


def _hold(batch: Batch, phase: str, rows: int, *, before: bool) -> None:
    """What must be there: before the phase is done as if it had never begun, then all of it."""
    there = {
        "receive": (0, 0) if before else (rows, 0),
        "commit": (rows, 0) if before else (rows, rows),
        "undo": (rows, rows) if before else (rows, 0),
    }[phase]
    wrote = Enterprise.objects.count(), Membership.objects.count()
    found = Row.objects.filter(batch=batch).count()
    _expect((found, *wrote), (there[0], there[1], there[1]), f"{phase} {before=}")
    _expect(WaitingFile.objects.filter(batch=batch).count(), int(phase == "receive" and before), "")
    for model in (Enterprise, Membership):
        often = event_rows(model).values("pgh_obj_id", "pgh_label").annotate(times=Count("pk"))
        _expect(often.filter(times__gt=1).count(), 0, f"events twice of {model.__name__}")


def _expect(found: object, wanted: object, what: str) -> None:
    if found != wanted:
        raise MeasureFailed(f"{what}: {found}, not {wanted}")


def _ask(phase: str) -> Callable[..., object] | None:
    return {"commit": actions.confirm_batch, "undo": actions.undo_batch}.get(phase)


def _handed_in(file: Path) -> Batch:
    chamber = Chamber.objects.get(name=ground.CHAMBER)
    return hand_in(
        content=file.read_bytes(),
        file_name=file.name,
        plan="members",
        chamber=chamber,
        by=_person(),
        today=ground.TODAY,
    )


def _person() -> User:
    return User.objects.get(username=ground.PERSON)


def _job(batch: Batch) -> Job:
    job = Batch.objects.select_related("job").get(pk=batch.pk).job
    assert job is not None
    return job


def _wait(there: Callable[[], bool], batch: Batch) -> None:
    """Wait as the clock of the background does: it publishes what is due every few seconds."""
    began = time.monotonic()
    published = 0.0
    while not there():
        if time.monotonic() - published > 2:
            publish_due()
            published = time.monotonic()
        if time.monotonic() - began > PATIENCE_S:
            job = _job(batch)
            raise MeasureFailed(f"{job.kind} is {job.state} after {PATIENCE_S} s: {job.message}")
        time.sleep(LOOK_EVERY_S)
