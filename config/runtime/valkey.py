"""The embedded Valkey: the queue of the background tasks, kept on disk."""

import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from config.env import VALKEY_SOCKET
from config.runtime import processes
from config.runtime.account import Account
from config.runtime.binaries import Binaries
from config.runtime.folders import give_folder
from config.runtime.postgres import HERE, last_complaint
from config.runtime.words import Refusal

START_LIMIT = 60.0  # seconds
JOURNAL = "appendonlydir"


@dataclass(frozen=True, kw_only=True)
class Queue:
    """One Valkey and the folder it keeps its journal in."""

    folder: Path
    sockets: Path
    log: Path
    binaries: Binaries
    account: Account | None = None
    forgetful: bool = False

    @property
    def socket(self) -> Path:
        return self.sockets / VALKEY_SOCKET

    def program(self) -> processes.Program:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": HERE,
            "appendonly": "no" if self.forgetful else "yes",
            "save": "",
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
            "loglevel": "notice",
        }
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        return processes.Program(
            name="valkey",
            command=[str(self.binaries.valkey_server), *words],
            folder=self.folder,
            log=self.log,
            environ={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"},
            account=self.account,
            patience=3.0,
        )


def make_ready(queue: Queue) -> None:
    """Leaves the folder such that the server can start. Only for who holds the lock."""
    give_folder(queue.folder, queue.account)
    left = processes.running_in(queue.folder, "valkey-server")
    if left:
        processes.end(left, first=signal.SIGTERM, patience=3.0)
    queue.socket.unlink(missing_ok=True)


def wait_until_ready(queue: Queue, process: subprocess.Popen[bytes]) -> None:
    """Waits until it answers. Raises Refusal when it gives up or takes too long."""
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit and process.poll() is None:
        if answers(queue.socket):
            return
        time.sleep(0.03)
    reason = last_complaint(queue.log)
    raise Refusal(
        f"队列服务没有启动：{reason}（详见 {queue.log}）",
        f"the queue did not start: {reason} (see {queue.log})",
    )


def answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(1.0)
        try:
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def set_aside_journal(queue: Queue) -> Path | None:
    """Puts a journal that can't be read out of the way; the jobs themselves are in the database."""
    journal = queue.folder / JOURNAL
    if not journal.exists():
        return None
    aside = queue.folder / f"{JOURNAL}.unreadable-{int(time.time())}"
    journal.rename(aside)
    return aside
