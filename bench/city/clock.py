"""What a piece of work takes: seconds on the wall, and of processors in Python and PostgreSQL."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection

NANO = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds: ``wall`` may hold waiting for others, ``cpu`` is what this work itself took."""

    wall: float
    cpu: float


def spent_on(work: Callable[[], object], times: int = 1) -> Spent:
    """Do the work and tell what it took, here and in this connection's server process; the mean.

    What earlier work left to be thrown away is thrown away before.
    """
    gc.collect()
    backend = _backend()
    wall, here, there = time.perf_counter(), time.process_time(), _processor_seconds(backend)
    for _time in range(times):
        work()
    took = time.perf_counter() - wall
    cpu = time.process_time() - here + _processor_seconds(backend) - there
    return Spent(took / times, cpu / times)


def middle_of(spent: list[Spent]) -> Spent:
    """The medians of several times."""
    return Spent(median(one.wall for one in spent), median(one.cpu for one in spent))


def _backend() -> int:
    """The process that serves this connection; 0 where it runs elsewhere."""
    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


def _processor_seconds(process: int) -> float:
    """What Linux says that a process of this machine has had of processors; 0 where it can't."""
    try:
        text = Path(f"/proc/{process}/schedstat").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(text.split()[0]) / NANO
