"""A site under test: started, asked, hurt and stopped from outside, as an operator would."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.env import ROOT, Environment
from config.runtime import processes
from config.runtime.readiness import answer_code, is_ready

STANDIN = ROOT / "tests" / "runtime" / "standin.py"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], object], seconds: float) -> float:
    """Seconds until the condition held; fails when it does not in time."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, f"not within {seconds} s"
        time.sleep(0.02)
    return time.monotonic() - began


@dataclass
class Site:
    """`./run` on a data folder and a port of its own."""

    data_dir: Path
    port: int = field(default_factory=free_port)
    options: tuple[str, ...] = ()
    variables: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[Any] | None" = None

    @property
    def environment(self) -> Environment:
        return Environment(data_dir=self.data_dir, port=self.port)

    def environ(self, **more: str) -> dict[str, str]:
        kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        return {**kept, "DATA_DIR": str(self.data_dir), **self.variables, **more}

    def command(self, *words: str) -> list[str]:
        return [sys.executable, str(STANDIN), *self.options, *words]

    def run(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*words),
            env=self.environ(**more),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, *words: str, limit: float = 20.0) -> float:
        """Starts it and waits until it can be used; the seconds that took."""
        log = self.data_dir.with_name(f"{self.data_dir.name}.output").open("ab")
        command = self.command("serve", "--port", str(self.port), *words)
        with log:
            self.process = subprocess.Popen(
                command, env=self.environ(), stdout=log, stderr=log, start_new_session=True
            )
        return wait_for(lambda: is_ready(self.environment) and self._all_there(), limit)

    def _all_there(self) -> bool:
        assert self.process is not None and self.process.poll() is None, self.output()
        return (self.environment.run_dir / "state.json").exists()

    def output(self) -> str:
        return self.data_dir.with_name(f"{self.data_dir.name}.output").read_text(encoding="utf-8")

    def answers(self) -> bool:
        return answer_code(self.environment) == 200

    def status(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.run("status", "--json").stdout)
        return told

    def pid(self, name: str) -> int:
        """The process of that name now; 0 while it is down."""
        state = json.loads((self.environment.run_dir / "state.json").read_text())
        return next(each["pid"] for each in state["processes"] if each["name"] == name) or 0

    def kill(self, number: int) -> None:
        """Sends the supervisor a signal and waits for its end."""
        assert self.process is not None
        self.process.send_signal(number)
        self.process.wait(15)

    def everybody(self) -> list[int]:
        """Every process that serves this data folder, the supervisor aside."""
        return [
            *processes.marked_with(self.data_dir),
            *processes.running_in(self.data_dir / "postgres", "postgres"),
            *processes.running_in(self.data_dir / "valkey", "valkey-server"),
        ]

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.kill(signal.SIGTERM)
        processes.end(self.everybody(), first=signal.SIGKILL, patience=1)
        if self.environment.sockets_dir.parent != self.data_dir:
            shutil.rmtree(self.environment.sockets_dir, ignore_errors=True)
