"""Starting, finding and stopping processes, by what /proc says and not by remembered numbers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from config.runtime.account import Account

LAUNCHER = Path(__file__).with_name("launch.py")
MARKER = "TONGXIN_FOLDER"  # in the environment of every process of ours: the data folder it serves
PROC = Path("/proc")


@dataclass(frozen=True, kw_only=True)
class Program:
    """What is to run, where, and how it is asked to stop."""

    name: str
    command: Sequence[str]
    folder: Path
    log: Path
    environ: Mapping[str, str]
    account: Account | None = None
    stop_signal: int = signal.SIGTERM
    patience: float = 3.0  # seconds between asking to stop and killing
    descriptors: tuple[int, ...] = ()


def start(program: Program) -> subprocess.Popen[bytes]:
    """Starts it in a session of its own (Ctrl-C reaches only us); it dies when we die."""
    with program.log.open("ab") as log:
        return subprocess.Popen(
            tied(program.command, program.stop_signal, program.account),
            cwd=program.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=dict(program.environ),
            start_new_session=True,
            pass_fds=program.descriptors,
        )


def call(
    command: Sequence[str],
    *,
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
    output: int | None = None,
) -> int:
    """Runs it in the foreground; its exit code. Ctrl-C is the program's to deal with, not ours:
    we go on waiting, so that it can end in its own way."""
    before = signal.signal(signal.SIGINT, _leave_to_the_program)
    try:
        with subprocess.Popen(tied(command), cwd=folder, env=environ, stdout=output) as process:
            return process.wait()
    finally:
        signal.signal(signal.SIGINT, before)


def _leave_to_the_program(number: int, frame: FrameType | None) -> None:
    """A function and not SIG_IGN, which the program would inherit."""


def tied(
    command: Sequence[str], stop_signal: int = signal.SIGTERM, account: Account | None = None
) -> list[str]:
    """The command, such that the signal reaches it when we die, under that account."""
    uid, gid = (account.uid, account.gid) if account else (-1, -1)
    words = [os.getpid(), int(stop_signal), uid, gid]
    return [sys.executable, "-I", "-S", str(LAUNCHER), *map(str, words), *command]


def stop(running: Iterable[tuple[Program, subprocess.Popen[bytes]]]) -> list[str]:
    """Asks all of them to stop, kills what does not within its patience; names of the killed."""
    asked = [(program, process) for program, process in running if process.poll() is None]
    for program, process in asked:
        process.send_signal(program.stop_signal)
    began = time.monotonic()
    killed = []
    for program, process in asked:
        try:
            process.wait(max(0.0, program.patience - (time.monotonic() - began)))
        except subprocess.TimeoutExpired:
            killed.append(program.name)
        kill_session(process.pid)
        process.wait()
    return killed


def kill_session(leader: int) -> None:
    """Kills whatever is left of the session `start` made for this process."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def running_in(folder: Path, program: str) -> list[int]:
    """The processes of this program whose working folder this is.

    A folder does not lie: process numbers are reused, and PostgreSQL writes over its own
    environment and command line.
    """
    try:
        wanted = folder.stat()
    except FileNotFoundError:
        return []
    found = []
    for pid in _process_ids():
        try:
            at = (PROC / str(pid) / "cwd").stat()
            name = (PROC / str(pid) / "comm").read_text().strip()
        except OSError:  # gone meanwhile, or another account's
            continue
        if name == program[:15] and (at.st_dev, at.st_ino) == (wanted.st_dev, wanted.st_ino):
            found.append(pid)
    return found


def marked_with(data_dir: Path) -> list[int]:
    """The processes that a supervisor of this data folder has started, without ourselves."""
    mark = f"{MARKER}={data_dir}".encode()
    found = []
    for pid in _process_ids():
        try:
            environ = (PROC / str(pid) / "environ").read_bytes()
        except OSError:
            continue
        if pid != os.getpid() and mark in environ.split(b"\0"):
            found.append(pid)
    return found


def end(pids: Sequence[int], *, first: int, patience: float) -> None:
    """Ends leftovers of an earlier run, politely, then not."""
    for signal_number, seconds in ((first, patience), (signal.SIGKILL, 5.0)):
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal_number)
        if _all_gone(pids, seconds):
            return


def _all_gone(pids: Sequence[int], seconds: float) -> bool:
    limit = time.monotonic() + seconds
    while any(is_alive(pid) for pid in pids):
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def is_alive(pid: int) -> bool:
    """Whether it runs; one that has ended and only waits to be counted does not."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _process_ids() -> Iterator[int]:
    return (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())
