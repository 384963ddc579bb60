"""Runs the shrinking process and turns whatever becomes of it into a photo or a reason."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

MOST_BYTES = 20 * 1024 * 1024
WALL_SECONDS = 20  # shorter than the child's own alarm
_ROOT = Path(__file__).resolve().parent.parent.parent


class Refusal(StrEnum):
    """Why a file did not become a photo."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    NOT_A_PHOTO = "not_a_photo"
    TOO_MANY_PIXELS = "too_many_pixels"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A photo as it is kept: two JPEGs without metadata. ``sha256`` is of the larger one."""

    photo: bytes
    thumbnail: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.photo).hexdigest()


def shrink_photo(chunks: Iterable[bytes], size: int) -> Shrunk | Refusal:
    """The photo in ``chunks`` (``size`` bytes in all), or why it can't be one."""
    if size > MOST_BYTES:
        return Refusal.TOO_LARGE
    if not size:
        return Refusal.EMPTY
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        for chunk in chunks:
            source.write(chunk)
        source.seek(0)
        if not _run(source, answer):
            return Refusal.DAMAGED
        answer.seek(0)
        return _read(answer.read())


def _run(source: IO[bytes], answer: IO[bytes]) -> bool:
    """Whether the process ended well."""
    try:
        ended = subprocess.run(
            [sys.executable, "-s", "-m", "activities.shrinking.child"],
            stdin=source,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env=_environment(),
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0


def _read(answer: bytes) -> Shrunk | Refusal:
    line, _newline, pictures = answer.partition(b"\n")
    try:
        head = json.loads(line)
    except ValueError:
        return Refusal.DAMAGED
    if refused := head.get("refused"):
        return Refusal(refused)
    cut = head["bytes"]
    return Shrunk(pictures[:cut], pictures[cut:], head["width"], head["height"])


def _environment() -> dict[str, str]:
    """Nothing of the office's settings: no database address, no key."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "2"}
