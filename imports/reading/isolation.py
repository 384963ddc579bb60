"""Running the reading process and turning whatever becomes of it into an answer or a sentence."""

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from imports.reading import limits
from imports.reading.exchange import Answer, Options, put_together, read_answer
from imports.reading.messages import Refused

_ROOT = Path(__file__).resolve().parent.parent.parent
_OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL}


def read_isolated(content: bytes, options: Options) -> Answer:
    """Read a file in a process of its own; a second, patient one when the quick parser gives up."""
    if not content:
        raise Refused("empty_file")
    if len(content) > limits.FILE_BYTES and not options.is_kept:
        raise Refused("file_too_big", limit=limits.FILE_BYTES // limits.MEBIBYTE)
    printed, kept = _run(content, options)
    if printed is None or printed.get("patience"):
        printed, kept = _run(content, replace(options, patient=True))
    if printed is None or printed.get("patience"):
        raise Refused("unreadable")
    if refused := printed.get("refused"):
        raise Refused(refused[0], **refused[1])
    return read_answer(printed, kept)


def _run(content: bytes, options: Options) -> tuple[dict[str, Any] | None, bytes]:
    """What the process printed, and the cells to keep; None when the parser brought it down."""
    wall = limits.UNHURRIED_WALL_SECONDS if options.unhurried else limits.CHILD_WALL_SECONDS
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(options.to_json().encode() + b"\n")
        source.write(content)
        source.seek(0)
        try:
            ended = subprocess.run(
                [sys.executable, "-s", "-m", "imports.reading.child"],
                stdin=source,
                stdout=target,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env=_environment(),
                timeout=wall,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Refused("took_too_long") from error
        if ended.returncode in _OUT_OF_TIME:
            raise Refused("took_too_long")
        if ended.returncode:
            return None, b""
        target.seek(0)
        return put_together(target)


def _environment() -> dict[str, str]:
    """Nothing of the office's settings: no database address, no key."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "2"}
