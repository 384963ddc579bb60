"""Ours: one phase of an import, as the product does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from accounts.models import User
from bench.importing.ground import CHAMBER, PERSON, TODAY, WARM_FROM, WARM_ROWS, timed
from bench.importing.roster import write_roster
from bench.importing.sampling import Sampler
from chambers.models import Chamber
from imports import actions
from imports.models import Batch
from imports.receiving.waiting import hand_in
from jobs import actions as jobs


def measure(phase: str, file: str, number: str) -> dict[str, Any]:
    """A phase (preview, commit, undo) in a process that is warm, as those of the office are."""
    path = Path(file)
    _warm_up(path.with_name("warm.xlsx"))
    with Sampler() as sampler:
        seconds, batch = timed(lambda: _do(phase, path, int(number)))
    return {
        "seconds": seconds,
        "batch": batch.pk,
        "counts": batch.counts,
        "state": batch.state,
        "parts": sampler.seconds(seconds),
    }


def _warm_up(path: Path) -> None:
    write_roster(path, WARM_ROWS, WARM_FROM)
    batch = _do("preview", path, 0)
    for phase in ("commit", "undo"):
        _do(phase, path, batch.pk)


def _do(phase: str, path: Path, number: int) -> Batch:
    user = User.objects.get(username=PERSON)
    if phase == "preview":
        batch = hand_in(
            content=path.read_bytes(),
            file_name=path.name,
            plan="members",
            chamber=Chamber.objects.get(name=CHAMBER),
            by=user,
            today=TODAY,
        )
        if batch.job:  # a large file, which the worker reads
            jobs.run(token=str(batch.job.token))
        return Batch.objects.get(pk=batch.pk)
    ask = {"commit": actions.confirm_batch, "undo": actions.undo_batch}[phase]
    jobs.run(token=str(ask(batch=Batch.objects.get(pk=number), by=user).token))
    return Batch.objects.get(pk=number)
