"""One master for each data folder: who holds the lock may start and stop its servers."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.env import Environment


@dataclass(frozen=True)
class Master:
    """Who holds the lock, by its own account."""

    pid: int
    command: str
    since: str


class Taken(Exception):
    """Another process holds the lock."""

    def __init__(self, master: Master | None) -> None:
        super().__init__()
        self.master = master


@contextmanager
def hold(environment: Environment, command: str) -> Iterator[None]:
    """Holds the lock of the data folder; the kernel lets go of it however we end. Raises Taken."""
    path = _path(environment)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _try_for(descriptor, fcntl.LOCK_EX, seconds=0.5):
            raise Taken(master_of(environment))
        master = {"pid": os.getpid(), "command": command, "since": time.strftime("%F %T")}
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(master).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def master_of(environment: Environment) -> Master | None:
    """Who holds the lock now, or None."""
    holder, is_held = last_holder(environment)
    return holder if is_held else None


def last_holder(environment: Environment) -> tuple[Master, bool]:
    """Who took the lock last, and whether it is still held."""
    unknown = Master(0, "?", "?")
    try:
        descriptor = os.open(_path(environment), os.O_RDWR)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return unknown, False
    try:
        is_held = not _try_for(descriptor, fcntl.LOCK_SH, seconds=0)
        told = json.loads(os.pread(descriptor, 1000, 0))
        return Master(told["pid"], told["command"], told["since"]), is_held
    except (ValueError, KeyError):  # it has only just taken it
        return unknown, is_held
    finally:
        os.close(descriptor)


def _path(environment: Environment) -> Path:
    return environment.run_dir / "lock"


def _try_for(descriptor: int, kind: int, *, seconds: float) -> bool:
    """Half a second of patience: a `status` looking at the lock must not refuse a start."""
    limit = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= limit:
                return False
            time.sleep(0.02)


@contextmanager
def shared_use(environment: Environment) -> Iterator[None]:
    """Tells the master, who may be a short command as well, that somebody needs its servers."""
    with _users(environment, fcntl.LOCK_SH):
        yield


@contextmanager
def sole_use(environment: Environment) -> Iterator[None]:
    """Waits until nobody is left inside `shared_use`, and lets nobody in meanwhile."""
    with _users(environment, fcntl.LOCK_EX):
        yield


@contextmanager
def _users(environment: Environment, kind: int) -> Iterator[None]:
    descriptor = os.open(environment.run_dir / "users", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, kind)
        yield
    finally:
        os.close(descriptor)
