"""The backup file: a plain tar of `database.dump`, `media/…` and, at its end, `manifest.json`.

Any tar and pg_restore of PostgreSQL 18 can open it without this program.
"""

import hashlib
import json
import os
import tarfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO

from config.runtime.words import Refusal, reason

BLOCK = 1024 * 1024
DUMP = "database.dump"
MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What is inside, and what it must add up to."""

    made_at: str
    rows: dict[str, int]
    files: dict[str, str] = field(default_factory=dict)  # name in the archive → SHA-256
    format: int = FORMAT

    def text(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


class Writer:
    """Writes an archive member by member; no member needs to fit into memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._tar = tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT)  # noqa: SIM115
        self.files: dict[str, str] = {}

    def add_stream(self, name: str, stream: IO[bytes], at_time: float | None = None) -> int:
        """Adds what a program tells, of a length nobody knows yet: the header is written after."""
        header = tarfile.TarInfo(name)
        header.mode, header.mtime = 0o600, at_time or time.time()
        at = self._tar.offset
        self._file.write(header.tobuf(tarfile.GNU_FORMAT))
        mark = hashlib.sha256()
        while block := stream.read(BLOCK):
            mark.update(block)
            self._file.write(block)
            header.size += len(block)
        self._file.write(bytes(-header.size % tarfile.BLOCKSIZE))
        self._tar.offset = self._file.tell()
        self._file.seek(at)
        self._file.write(header.tobuf(tarfile.GNU_FORMAT))
        self._file.seek(self._tar.offset)
        self.files[name] = mark.hexdigest()
        return header.size

    def add_file(self, name: str, path: Path) -> None:
        """Adds a file as it is now, even where it grows while we read."""
        with path.open("rb") as file:
            self.add_stream(name, file, path.stat().st_mtime)

    def close(self, manifest: Manifest) -> None:
        header = tarfile.TarInfo(MANIFEST)
        text = manifest.text()
        header.size, header.mode, header.mtime = len(text), 0o600, time.time()
        self._file.write(header.tobuf(tarfile.GNU_FORMAT))
        self._file.write(text + bytes(-len(text) % tarfile.BLOCKSIZE))
        self._file.write(bytes(2 * tarfile.BLOCKSIZE))
        self._file.flush()
        os.fsync(self._file.fileno())


def verified(path: Path) -> Manifest:
    """Reads the whole archive and compares every checksum. Raises Refusal."""
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        for member, stream in members(path):
            if member.name == MANIFEST:
                manifest = _manifest(json.load(stream))
            else:
                found[member.name] = _mark(stream)
    except (tarfile.TarError, ValueError, TypeError, EOFError):
        raise _damaged(path) from None
    except OSError as error:
        raise Refusal(
            f"无法读取 {path}（{reason(error)}）", f"{path} can't be read ({reason(error)})"
        ) from None
    if manifest is None or manifest.files != found or DUMP not in found:
        raise _damaged(path)
    return manifest


def _damaged(path: Path) -> Refusal:
    return Refusal(
        f"{path} 不是完整的备份文件（校验不符）。没有改动任何数据，请换一个备份",
        f"{path} is not a whole backup (checksums differ). Nothing was changed; use another one",
    )


def _manifest(told: Any) -> Manifest:
    manifest = Manifest(**told)
    if manifest.format != FORMAT:
        raise ValueError(manifest.format)
    return manifest


def members(path: Path) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """The plain files of the archive, one after the other. Other kinds are not ours."""
    with tarfile.open(path, mode="r:") as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isreg() else None
            if stream is None:
                raise ValueError(member.name)
            yield member, stream


def _mark(stream: IO[bytes]) -> str:
    mark = hashlib.sha256()
    while block := stream.read(BLOCK):
        mark.update(block)
    return mark.hexdigest()
