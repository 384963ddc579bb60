"""`./run backup`: database and media in one file, while the site runs."""

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import make_dsn, quote_ident

from config.env import Environment
from config.runtime import archive
from config.runtime.binaries import installed
from config.runtime.services import connection_words, ensure_running
from config.runtime.words import Refusal, answer, reason, say, tell

COMPRESSION = "gzip:3"  # all that the embedded build knows


def backup(environment: Environment, options: argparse.Namespace) -> int:
    """Writes FILE, whole or not at all: what stood there before stays until the new one is done."""
    target = Path(options.file).absolute()
    if target.is_dir() or not target.parent.is_dir():
        raise Refusal(
            f"{target} 不能用作备份文件。请写文件名，例如 ./run backup /mnt/备份/tongxin.tar",
            f"{target} can't be the backup file. Name a file, such as "
            "./run backup /mnt/backup/tongxin.tar",
        )
    if not (environment.data_dir / "postgres").exists() and not environment.database_url:
        raise Refusal(
            f"{environment.data_dir} 中没有数据库，没有可备份的内容",
            f"there is no database in {environment.data_dir}, nothing to back up",
        )
    with ensure_running(environment, "backup"), _part_of(target) as part:
        manifest = _write(environment, part)
        archive.verified(part)  # a backup that was never read is a hope
        part.replace(target)
        _sync_folder(target.parent)
    size = target.stat().st_size
    total = sum(manifest.rows.values())
    told = {"file": str(target), "bytes": size, "rows": manifest.rows, "files": len(manifest.files)}
    words = say(
        f"已备份到 {target}：{total} 行，{len(manifest.files) - 1} 个文件，{size / 1e6:.1f} MB",
        f"backed up into {target}: {total} rows, {len(manifest.files) - 1} files, "
        f"{size / 1e6:.1f} MB",
    )
    answer(json.dumps(told, ensure_ascii=False) if options.json else words)
    return 0


@contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    """The unfinished file beside the target; gone when it was not finished. Raises Refusal."""
    part = target.with_name(f"{target.name}.part")
    try:
        yield part
    except (OSError, psycopg2.Error) as error:
        why = reason(error)
        raise Refusal(
            f"备份没有完成：{why}。原来的备份文件没有改动",
            f"the backup was not finished: {why}. The file that was there is untouched",
        ) from None
    finally:
        part.unlink(missing_ok=True)


def _write(environment: Environment, part: Path) -> archive.Manifest:
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        writer = archive.Writer(file)
        rows = _dump(environment, writer)
        for path in sorted(each for each in environment.media_dir.rglob("*") if each.is_file()):
            name = PurePosixPath("media", *path.relative_to(environment.media_dir).parts)
            try:
                writer.add_file(str(name), path)
            except FileNotFoundError:  # deleted since; the database of this backup may name it
                tell(f"跳过已删除的文件 {path}", f"left out, deleted meanwhile: {path}")
        manifest = archive.Manifest(
            made_at=time.strftime("%FT%T%z"), rows=rows, files=dict(writer.files)
        )
        writer.close(manifest)
    return manifest


def _dump(environment: Environment, writer: archive.Writer) -> dict[str, int]:
    """Adds the database; the rows of each table in the very same snapshot."""
    words = connection_words(environment)
    connection = psycopg2.connect(make_dsn(**words))
    try:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = str((cursor.fetchone() or [""])[0])
        rows = count_rows(connection)
        command = [
            *(str(installed().postgres / "pg_dump"), "--format=custom", "--no-owner"),
            *("--no-privileges", f"--compress={COMPRESSION}", f"--snapshot={snapshot}"),
            "--lock-wait-timeout=60s",
        ]
        with tempfile.TemporaryFile() as complaints:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=complaints, env=client_environ(words)
            )
            assert process.stdout is not None
            with process.stdout:
                writer.add_stream(archive.DUMP, process.stdout)
            if process.wait() != 0:
                raise OSError(0, complaint(complaints))
    finally:
        connection.close()
    return rows


def count_rows(connection: Connection) -> dict[str, int]:
    """The number of rows of every table of ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        names = [str(name) for (name,) in cursor.fetchall()]
        counts = {}
        for name in names:
            cursor.execute(f"SELECT count(*) FROM public.{quote_ident(name, connection)}")  # noqa: S608
            counts[name] = int((cursor.fetchone() or [0])[0])
    return counts


def client_environ(words: dict[str, str]) -> dict[str, str]:
    """The way to the database for PostgreSQL's own programs; passwords stay off command lines."""
    names = {"dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD", "host": "PGHOST"}
    names |= {"port": "PGPORT", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    chosen = {names[word]: value for word, value in words.items() if word in names}
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", **chosen}


def complaint(complaints: IO[bytes]) -> str:
    """The first line in which a program told what was wrong."""
    complaints.seek(0)
    text = complaints.read()[-2000:].decode("utf-8", "replace")
    wrong = [line for line in text.splitlines() if "rror" in line]
    return (wrong or text.splitlines() or ["?"])[0].strip()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
