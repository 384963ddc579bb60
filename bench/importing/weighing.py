"""How much memory an import takes where it really happens: the upload, then a real worker."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from accounts.models import User
from bench.importing.ground import CHAMBER, PERSON, TODAY
from bench.importing.worker import Worker, peak_mb_of, working
from bench.yardstick import MeasureFailed
from chambers.models import Chamber
from config.celery import app
from imports import actions
from imports.models import Batch
from imports.receiving.waiting import hand_in
from jobs.tasks import publish_due

PATIENCE_S = 600
LOOK_EVERY_S, PUBLISH_EVERY_S = 0.05, 2.0
ASKS: dict[str, tuple[Callable[..., object], str]] = {
    "commit": (actions.confirm_batch, Batch.State.COMMITTED),
    "undo": (actions.undo_batch, Batch.State.UNDONE),
}


def measure(file: str) -> dict[str, dict[str, int]]:
    """The peak of every process in every phase, in MB; one worker does them all, one by one."""
    app.set_current()
    path, user = Path(file), User.objects.get(username=PERSON)
    with working() as worker:
        worker.forget_peak()
        batch = hand_in(
            content=path.read_bytes(),
            file_name=path.name,
            plan="members",
            chamber=Chamber.objects.get(name=CHAMBER),
            by=user,
            today=TODAY,
        )
        found = {"upload": {"process": round(peak_mb_of("self"))}}
        found["preview"] = _done(worker, batch.pk, Batch.State.PREVIEW)
        for phase, (ask, ends) in ASKS.items():
            worker.forget_peak()
            ask(batch=Batch.objects.get(pk=batch.pk), by=user)
            found[phase] = _done(worker, batch.pk, ends)
    return found


def _done(worker: Worker, pk: int, ends: str) -> dict[str, int]:
    """Wait for the worker, as the clock of the background does, and weigh what it started."""
    began = time.monotonic()
    published, reading = 0.0, 0.0
    while (batch := Batch.objects.select_related("job").get(pk=pk)).job and not batch.job.is_over:
        if time.monotonic() - published > PUBLISH_EVERY_S:
            publish_due()
            published = time.monotonic()
        for child in psutil.Process(worker.working_pid()).children():
            with suppress(psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
                reading = max(reading, peak_mb_of(child.pid))
        if time.monotonic() - began > PATIENCE_S:
            raise MeasureFailed(f"{batch.job.kind} is {batch.job.state} after {PATIENCE_S} s")
        time.sleep(LOOK_EVERY_S)
    if batch.state != ends:
        raise MeasureFailed(f"{batch.state}, not {ends}: {batch.job and batch.job.message}")
    told: dict[str, Any] = {"process": round(worker.peak_mb())}
    return {**told, "reading": round(reading)} if reading else told
