"""The processes of the site itself: web, worker and beat, as the supervisor runs them."""

import os
import socket
import sys
import tempfile
from pathlib import Path

from config.env import ROOT, Environment
from config.runtime.processes import MARKER, Program

WEB_PROCESSES, WEB_THREADS, WORKER_PROCESSES = 2, 4, 2


def site_environ(environment: Environment) -> dict[str, str]:
    """What a process of the site gets to know, with the mark that tells whose it is."""
    return {
        **os.environ,
        "DATA_DIR": str(environment.data_dir),
        "PORT": str(environment.port),
        "BIND_HOST": environment.host,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
        MARKER: str(environment.data_dir),
    }


def programs(environment: Environment, listener: socket.socket) -> list[Program]:
    """Web, worker and beat. The web inherits the listening socket: restarting it refuses nobody."""
    environ = site_environ(environment)
    lines = {
        "web": ["gunicorn", "config.wsgi:application", *_web_options(listener)],
        "worker": ["celery", "-A", "config.celery", "worker", *_worker_options()],
        "beat": ["celery", "-A", "config.celery", "beat", *_beat_options()],
    }
    return [
        Program(
            name=name,
            command=[sys.executable, "-m", *words],
            folder=ROOT,
            log=environment.log_dir / f"{name}.log",
            environ=environ,
            patience=4.0,
            descriptors=(listener.fileno(),) if name == "web" else (),
        )
        for name, words in lines.items()
    ]


def _web_options(listener: socket.socket) -> list[str]:
    return [
        f"--bind=fd://{listener.fileno()}",
        "--worker-class=gthread",
        "--preload",  # one import for all processes: half the time to start, less memory
        f"--workers={WEB_PROCESSES}",
        f"--threads={WEB_THREADS}",
        "--no-control-socket",
        f"--worker-tmp-dir={_memory_folder()}",
        "--graceful-timeout=2",
        "--timeout=60",
        # A process that has leaked for weeks is replaced before anybody notices.
        "--max-requests=20000",
        "--max-requests-jitter=2000",
        "--log-level=warning",
    ]


def _memory_folder() -> str:
    """Where gunicorn's signs of life go: in memory, a slow disk would look like a dead process."""
    memory = Path("/dev/shm")
    return str(memory) if os.access(memory, os.W_OK | os.X_OK) else tempfile.gettempdir()


def _worker_options() -> list[str]:
    return [
        *(f"--concurrency={WORKER_PROCESSES}", "-Ofair", "--loglevel=WARNING"),
        *("--without-gossip", "--without-mingle"),
    ]


def _beat_options() -> list[str]:
    # The schedule stays in memory: the file of the usual scheduler is torn by a hard stop.
    return ["-S", "celery.beat.Scheduler", "--loglevel=WARNING"]
