"""A real Celery worker on the scratch database and broker, to be killed or to be weighed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench.yardstick import MeasureFailed

# The parent with all that it started, or only the process that does the work.
WHOLE, CHILD = "whole worker", "child"
START_LIMIT_S = 60
KIB_PER_MB = 1024


class Worker:
    """The parent and the one process that does the work."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = dict(environ)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker"]
        self.process = subprocess.Popen(  # noqa: S603 - our own
            [*command, "--concurrency=1", "-Ofair", "--loglevel=ERROR"],
            env=self.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self, what: str) -> None:
        """SIGKILL, as the kernel does it when memory is short or a person pulls the plug."""
        parent = self._parent()
        doomed = parent.children(recursive=True)
        for one in [parent, *doomed] if what == WHOLE else doomed:
            one.send_signal(signal.SIGKILL)
        if what == WHOLE:
            parent.wait()
            self.start()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def forget_peak(self) -> None:
        """Let the peak of the process that does the work begin anew, from what it holds now."""
        Path(f"/proc/{self.working_pid()}/clear_refs").write_text("5", encoding="ascii")

    def peak_mb(self) -> float:
        """The most memory that this process held since then, in MB, as the kernel counted it."""
        return peak_mb_of(self.working_pid())

    def _parent(self) -> psutil.Process:
        assert self.process is not None
        return psutil.Process(self.process.pid)

    def working_pid(self) -> int:
        """The process that does the work."""
        began = time.monotonic()
        while not (children := self._parent().children()):
            if time.monotonic() - began > START_LIMIT_S:
                raise MeasureFailed(f"no worker after {START_LIMIT_S} s")
            time.sleep(0.1)
        return int(children[0].pid)


def peak_mb_of(pid: int | str) -> float:
    """The most memory a process held, in MB, as the kernel counted it."""
    told = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    return int(found.group(1)) / KIB_PER_MB if found else 0.0


@contextmanager
def working(environ: Mapping[str, str] = os.environ) -> Iterator[Worker]:
    """A worker that runs inside."""
    worker = Worker(environ)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()
