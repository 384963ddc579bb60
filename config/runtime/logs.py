"""Keeps the logs from filling the disk over the years."""

import shutil
import time
from pathlib import Path

LARGEST = 20 * 1024 * 1024
KEPT = 5

_last = 0.0


def rotate(folder: Path, *, every: float) -> None:
    """Sets large logs aside. Their writers keep the file open and only append: it is emptied."""
    global _last  # noqa: PLW0603 - the clock of the one loop that calls this
    if time.monotonic() - _last < every:
        return
    _last = time.monotonic()
    for log in folder.glob("*.log"):
        if log.stat().st_size > LARGEST:
            set_aside(log)


def set_aside(log: Path) -> None:
    """Moves what is in the log to .1, that to .2, and forgets the oldest."""
    for number in range(KEPT - 1, 0, -1):
        older = log.with_suffix(f".log.{number}")
        if older.exists():
            older.replace(log.with_suffix(f".log.{number + 1}"))
    shutil.copy2(log, log.with_suffix(".log.1"))
    with log.open("r+b") as emptied:
        emptied.truncate(0)
