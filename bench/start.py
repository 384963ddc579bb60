"""How long a start takes, from the command to the first answer, and a stop."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from bench.yardstick import MeasureFailed, seconds_of_unit
from config.env import ROOT, Environment
from config.runtime.readiness import is_ready

NEEDS_RECORDS = False
ROUNDS = 3
LIMIT = 180.0


def run(options: list[str]) -> dict[str, Any]:
    """Empty folder, later starts, and a start after kill -9 of everything's parent; in seconds."""
    folder = tempfile.mkdtemp(prefix="tongxin-bench-")
    try:
        first, first_stop = _once(folder, signal.SIGINT)
        later = [_once(folder, signal.SIGINT) for _ in range(ROUNDS)]
        _once(folder, signal.SIGKILL)
        after_kill, _ = _once(folder, signal.SIGINT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    second = median(start for start, _ in later)
    return {
        "first_start_s": round(first, 2),
        "second_start_s": round(second, 2),
        "start_after_kill_s": round(after_kill, 2),
        "stop_s": round(median([first_stop, *(stop for _, stop in later)]), 2),
        "ratio_to_yardstick": round(second / seconds_of_unit(), 1),
    }


def _once(folder: str, end: signal.Signals) -> tuple[float, float]:
    """Seconds to the first answer of a start, and to its end after the signal."""
    port = _free_port()
    environ = {key: value for key, value in os.environ.items() if not key.endswith("_URL")}
    environ["DATA_DIR"] = folder
    began = time.monotonic()
    with Path(folder, "start.log").open("wb") as complaints:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [ROOT / "run", "--port", str(port)],
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
        )
    try:
        while not is_ready(Environment(data_dir=Path(folder), port=port)):
            if process.poll() is not None or time.monotonic() - began > LIMIT:
                raise MeasureFailed(Path(folder, "start.log").read_text(encoding="utf-8"))
            time.sleep(0.02)
        started = time.monotonic() - began
    finally:
        asked = time.monotonic()
        process.send_signal(end)
        process.wait()
    return started, time.monotonic() - asked


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
