"""`./run restore`: a backup put in place, or nothing changed."""

import argparse
import json
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO

import psycopg2
from psycopg2.extensions import make_dsn

from config.env import Environment
from config.runtime import archive, folders, ports
from config.runtime.backup import client_environ, complaint, count_rows
from config.runtime.binaries import installed
from config.runtime.services import connection_words, ensure_running
from config.runtime.words import Refusal, answer, say

EMPTIED = b"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"
PSQL_OPTIONS = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")


def restore(environment: Environment, options: argparse.Namespace) -> int:
    """Puts a backup in place: into an empty folder, or over what is there with --replace.

    The checksums are compared before anything is touched, and the database changes in one
    transaction: a restore that fails leaves what was there.
    """
    source = Path(options.file).absolute()
    if not source.is_file():
        raise Refusal(f"没有 {source} 这个文件", f"there is no file {source}")
    ports.refuse_second_copy(environment)
    manifest = archive.verified(source)
    folders.make_ready(environment)
    with ensure_running(environment, "restore"):
        _refuse_to_overwrite(environment, options)
        media = _unpack_media(environment, source)
        _restore_database(environment, source)
        _swap_media(environment, media)
        rows = _rows_now(environment)
    if rows != manifest.rows:
        raise Refusal(
            "恢复后的行数与备份不符，请用另一个备份重试",
            "the rows differ from the backup's, try another backup",
        )
    told = {"file": str(source), "made_at": manifest.made_at, "rows": rows}
    words = say(
        f"已恢复 {manifest.made_at} 的备份：{sum(rows.values())} 行。请执行 ./run 启动",
        f"restored the backup of {manifest.made_at}: {sum(rows.values())} rows. Start with ./run",
    )
    answer(json.dumps(told, ensure_ascii=False) if options.json else words)
    return 0


def _rows_now(environment: Environment) -> dict[str, int]:
    connection = psycopg2.connect(make_dsn(**connection_words(environment)))
    try:
        return count_rows(connection)
    finally:
        connection.close()


def _refuse_to_overwrite(environment: Environment, options: argparse.Namespace) -> None:
    filled = any(_rows_now(environment).values()) or any(environment.media_dir.iterdir())
    if filled and not options.replace:
        raise Refusal(
            "这里已有数据。确实要用备份覆盖，请加 --replace（建议先 ./run backup）",
            "there are records here. To write the backup over them, add --replace "
            "(make a ./run backup first)",
        )


def _unpack_media(environment: Environment, source: Path) -> Path:
    """The pictures, in a folder beside the present one."""
    folder = environment.data_dir / "media.restoring"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    for member, stream in archive.members(source):
        parts = PurePosixPath(member.name).parts
        if parts[0] != "media" or ".." in parts:
            continue
        path = folder.joinpath(*parts[1:])
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            shutil.copyfileobj(stream, file, archive.BLOCK)
    return folder


def _swap_media(environment: Environment, restored: Path) -> None:
    before = environment.data_dir / "media.before-restore"
    shutil.rmtree(before, ignore_errors=True)
    environment.media_dir.rename(before)
    restored.rename(environment.media_dir)
    shutil.rmtree(before, ignore_errors=True)


def _restore_database(environment: Environment, source: Path) -> None:
    """Empties the schema and fills it from the dump, in one transaction."""
    programs = installed().postgres
    environ = client_environ(connection_words(environment))
    with tempfile.TemporaryDirectory(dir=environment.run_dir) as folder:
        dump, complaints = Path(folder, "dump"), Path(folder, "complaints")
        _unpack_dump(source, dump)
        with complaints.open("w+b") as told:
            command = [
                str(programs / "pg_restore"),
                "--no-owner",
                "--no-privileges",
                "--file=-",
                str(dump),
            ]
            reader = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, env=environ)
            if not replace_everything(environment, reader, told):
                raise Refusal(
                    f"恢复没有完成：{complaint(told)}。原有数据没有改动",
                    f"the restore was not finished: {complaint(told)}. What was there is untouched",
                )


def _unpack_dump(source: Path, dump: Path) -> None:
    for member, stream in archive.members(source):
        if member.name == archive.DUMP:
            with dump.open("wb") as file:
                shutil.copyfileobj(stream, file, archive.BLOCK)
            return


def replace_everything(
    environment: Environment, reader: subprocess.Popen[bytes], complaints: IO[bytes]
) -> bool:
    """Puts what the reader's statements make in place of everything, or changes nothing.

    psql commits at the end of its input, so that must only come when all of it was there:
    otherwise psql is killed and the database takes everything back.
    """
    writer = subprocess.Popen(
        [installed().postgres / "psql", *PSQL_OPTIONS],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=complaints,
        env=client_environ(connection_words(environment)),
    )
    assert reader.stdout is not None and writer.stdin is not None
    with suppress(BrokenPipeError), writer.stdin, reader.stdout:  # psql stops at an error
        writer.stdin.write(EMPTIED)
        shutil.copyfileobj(reader.stdout, writer.stdin, archive.BLOCK)
        if reader.wait() != 0:
            writer.kill()
    reader.kill()
    reader.wait()
    return writer.wait() == 0
