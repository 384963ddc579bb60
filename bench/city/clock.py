"""What a piece of work takes: seconds on the wall, and of processors in Python and PostgreSQL."""

from __future__ import annotations

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


def spent_on(work: Callable[[], object]) -> Spent:
    """Do the work once and tell what it took, here and in this connection's server process."""
    backend = _backend()
    wall, here, there = time.perf_counter(), time.process_time(), _processor_seconds(backend)
    work()
    return Spent(
        time.perf_counter() - wall,
        time.process_time() - here + _processor_seconds(backend) - there,
    )


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
