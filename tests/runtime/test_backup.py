"""Backup and restore: equal afterwards, and never less than before."""

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import make_dsn

from config.env import Environment
from config.runtime.restore import replace_everything
from config.runtime.services import connection_words, ensure_running
from tests.runtime.site import Site

FILL = """
CREATE TABLE firm (id int PRIMARY KEY, name text NOT NULL);
INSERT INTO firm SELECT g, '示例企业' || g FROM generate_series(1, 20000) g;
CREATE TABLE history (id int GENERATED ALWAYS AS IDENTITY, firm int REFERENCES firm);
INSERT INTO history (firm) SELECT id FROM firm WHERE id % 3 = 0;
"""
MARK = """SELECT (SELECT md5(string_agg(f::text, ',' ORDER BY id)) FROM firm f),
                 (SELECT md5(string_agg(h::text, ',' ORDER BY id)) FROM history h)"""


def ask(environment: Environment, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(make_dsn(**connection_words(environment)))
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)
        answer = cursor.fetchall() if cursor.description else []
    connection.close()
    return answer


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A data folder with some rows and a picture; its servers run, as while the site does."""
    site = Site(tmp_path_factory.mktemp("backup") / "data")
    with ensure_running(site.environment):
        ask(site.environment, FILL)
        picture = site.environment.media_dir / "2024" / "活动 照片.jpg"
        picture.parent.mkdir(parents=True)
        picture.write_bytes(os.urandom(300_000))
        yield site
    shutil.rmtree(site.environment.sockets_dir, ignore_errors=True)


@pytest.fixture(scope="module")
def made(filled: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("files") / "备份 一.tar"
    done = filled.run("backup", str(target), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"] == {"firm": 20000, "history": 6666}
    return target


def test_a_restored_folder_equals_the_one_backed_up(
    filled: Site, made: Path, stopped_site: Site
) -> None:
    done = stopped_site.run("restore", str(made))
    assert done.returncode == 0, done.stderr
    with ensure_running(stopped_site.environment):
        assert ask(stopped_site.environment, MARK) == ask(filled.environment, MARK)
        next_id = ask(stopped_site.environment, "INSERT INTO history DEFAULT VALUES RETURNING id")
        assert next_id == [(6667,)]  # the counters came along
    name = Path("2024", "活动 照片.jpg")
    restored = stopped_site.environment.media_dir / name
    assert restored.read_bytes() == (filled.environment.media_dir / name).read_bytes()

    refused = stopped_site.run("restore", str(made))
    assert refused.returncode == 2 and "--replace" in refused.stderr
    (stopped_site.environment.media_dir / "later.jpg").write_bytes(b"x")
    assert stopped_site.run("restore", str(made), "--replace").returncode == 0
    assert not (stopped_site.environment.media_dir / "later.jpg").exists()


def test_the_file_opens_with_the_usual_tools_and_is_nobody_elses(made: Path) -> None:
    with tarfile.open(made) as tar:
        assert tar.getnames() == ["database.dump", "media/2024/活动 照片.jpg", "manifest.json"]
    assert made.stat().st_mode & 0o777 == 0o600


def test_rows_and_dump_come_from_one_moment(
    filled: Site, tmp_path: Path, stopped_site: Site
) -> None:
    stop = threading.Event()

    def write() -> None:
        connection = psycopg2.connect(make_dsn(**connection_words(filled.environment)))
        connection.autocommit = True
        with connection.cursor() as cursor:
            while not stop.is_set():
                cursor.execute("INSERT INTO history (firm) VALUES (1)")
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    done = filled.run("backup", str(tmp_path / "b.tar"), "--json")
    stop.set()
    writer.join()
    told = stopped_site.run("restore", str(tmp_path / "b.tar"), "--json")
    assert json.loads(told.stdout)["rows"] == json.loads(done.stdout)["rows"]
    ask(filled.environment, "DELETE FROM history WHERE id > 6666")


def limited(command: list[str], environ: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """The command on a disk that is full after 100 kB."""
    return subprocess.run(
        ["/bin/sh", "-c", 'ulimit -f 200; exec "$@"', "sh", *command],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_backup_that_finds_the_disk_full_keeps_the_old_one(filled: Site, made: Path) -> None:
    before = made.read_bytes()
    failed = limited(filled.command("backup", str(made)), filled.environ())
    assert failed.returncode == 2 and "原来的备份文件没有改动" in failed.stderr
    assert made.read_bytes() == before
    assert list(made.parent.iterdir()) == [made]


def test_a_backup_whose_dump_fails_keeps_the_old_one(filled: Site, made: Path) -> None:
    before = made.read_bytes()
    ask(filled.environment, "CREATE TABLE locked (id int)")
    holder = psycopg2.connect(make_dsn(**connection_words(filled.environment)))
    ask(filled.environment, "ALTER ROLE tongxin SET lock_timeout = '300ms'")
    try:
        with holder.cursor() as cursor:
            cursor.execute("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE")
            failed = filled.run("backup", str(made))
    finally:
        holder.close()
        ask(filled.environment, "ALTER ROLE tongxin RESET lock_timeout")
        ask(filled.environment, "DROP TABLE locked")
    assert failed.returncode == 2 and made.read_bytes() == before


def damaged(made: Path, how: str) -> bytes:
    whole = bytearray(made.read_bytes())
    if how == "cut":
        return bytes(whole[: len(whole) // 2])
    if how == "no end":
        return bytes(whole[: whole.rindex(b"manifest.json")])
    if how == "one byte":
        whole[len(whole) // 3] ^= 1
        return bytes(whole)
    return b""


@pytest.mark.parametrize("how", ["cut", "no end", "one byte", "empty"])
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    made: Path, tmp_path: Path, stopped_site: Site, how: str
) -> None:
    (tmp_path / "b.tar").write_bytes(damaged(made, how))
    refused = stopped_site.run("restore", str(tmp_path / "b.tar"), "--replace")
    assert refused.returncode == 2 and "不是完整的备份文件" in refused.stderr
    assert not (stopped_site.data_dir / "postgres").exists()


@pytest.mark.parametrize(
    "statements",
    [
        "echo 'CREATE TABLE half (id int);'; exit 1",  # the dump ends too early
        "echo 'CREATE TABLE half (id int); SELECT 1/0;'",  # a statement fails
    ],
)
def test_a_restore_that_breaks_off_changes_nothing(filled: Site, statements: str) -> None:
    before = ask(filled.environment, MARK)
    reader = subprocess.Popen(["/bin/sh", "-c", statements], stdout=subprocess.PIPE)
    with tempfile.TemporaryFile() as complaints:
        assert not replace_everything(filled.environment, reader, complaints)
    assert ask(filled.environment, MARK) == before
    assert ask(filled.environment, "SELECT to_regclass('half')") == [(None,)]
