"""PostgreSQL and Valkey as children of ours: private, whole after every kind of death."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest
import redis
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import make_dsn

from config.env import LONGEST_SOCKETS_FOLDER, Environment
from config.runtime import folders, lock, postgres, processes, valkey
from config.runtime.account import Account, lesser_account, reaches
from config.runtime.binaries import for_account, installed
from config.runtime.services import (
    both_answer,
    connection_words,
    ensure_running,
    services_of,
    temporary_services,
)
from config.runtime.words import Refusal


@pytest.fixture(scope="module")
def scratch() -> Iterator[Environment]:
    with temporary_services() as environment:
        yield environment


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Environment]:
    new = Environment(data_dir=tmp_path / "data")
    yield new
    if new.sockets_dir.parent != new.data_dir:
        subprocess.run(["rm", "-rf", str(new.sockets_dir)], check=True)


def connect(environment: Environment, **more: str) -> Connection:
    return psycopg2.connect(make_dsn(**connection_words(environment), **more))


def asked(environment: Environment, question: str) -> object:
    connection = connect(environment)
    with connection, connection.cursor() as cursor:
        cursor.execute(question)
        (answer,) = cursor.fetchone() or (None,)
    connection.close()
    return answer


@pytest.mark.parametrize(
    ("setting", "wanted"),
    [
        ("server_version", "18"),
        ("listen_addresses", ""),
        ("unix_socket_permissions", "0700"),
        ("data_checksums", "on"),
        ("timezone", "Asia/Shanghai"),
    ],
)
def test_the_server_is_set_up_for_this_office(
    scratch: Environment, setting: str, wanted: str
) -> None:
    assert str(asked(scratch, f"SELECT current_setting('{setting}')")).startswith(wanted)


def test_chinese_sorts_and_folds_without_the_machines_locales(scratch: Environment) -> None:
    assert asked(scratch, "SELECT lower('ÄB同心') COLLATE \"C\"") == "äb同心"
    provider = "SELECT datlocprovider::text FROM pg_database WHERE datname = current_database()"
    assert asked(scratch, provider) == "b"


def test_the_site_is_no_master_of_the_server(scratch: Environment) -> None:
    is_super = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    assert asked(scratch, is_super) is False
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        asked(scratch, "SELECT pg_read_file('pg_hba.conf')")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_another_account_of_the_machine_is_not_let_in(scratch: Environment) -> None:
    sockets = scratch.sockets_dir
    code = (
        "import os,socket,sys; os.setgid(2); os.setuid(2); s=socket.socket(socket.AF_UNIX)\n"
        "for n in ('.s.PGSQL.5432','valkey.sock'):\n"
        "  try: s.connect(sys.argv[1]+'/'+n); print('in')\n"
        "  except PermissionError: print('refused')"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(sockets)], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["refused", "refused"]


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's servers are his own")
def test_root_starts_the_servers_under_a_lesser_account(scratch: Environment) -> None:
    servers = processes.running_in(scratch.data_dir / "postgres", "postgres")
    servers += processes.running_in(scratch.data_dir / "valkey", "valkey-server")
    assert len(servers) > 2
    assert 0 not in {Path(f"/proc/{pid}").stat().st_uid for pid in servers}


def test_temporary_services_leave_nothing() -> None:
    with temporary_services() as environment:
        assert both_answer(environment)
        folder, sockets = environment.data_dir, environment.sockets_dir
    assert not folder.exists() and not sockets.exists()


def test_what_killed_temporary_services_left_is_swept_by_the_next(tmp_path: Path) -> None:
    code = (
        "import os,signal,sys; from pathlib import Path\n"
        "from config.runtime.services import temporary_services as start\n"
        "with start(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    sockets = Environment(data_dir=left).sockets_dir
    with temporary_services(tmp_path) as environment:
        assert not left.exists() and not sockets.exists()
        assert both_answer(environment)


def _server_of(environment: Environment) -> str:
    """The process that all others of PostgreSQL hang on; those come and go."""
    return (environment.data_dir / "postgres" / "postmaster.pid").read_text().splitlines()[0]


def test_services_that_run_are_shared_and_outlive_who_came_later(environment: Environment) -> None:
    with ensure_running(environment):
        first = _server_of(environment)
        with ensure_running(environment):
            assert _server_of(environment) == first
        assert both_answer(environment)
    assert not both_answer(environment)


def test_who_started_them_waits_for_who_still_uses_them(environment: Environment) -> None:
    entered, leave, seen = threading.Event(), threading.Event(), []

    def use() -> None:
        with ensure_running(environment):
            entered.set()
            leave.wait(20)
            seen.append(both_answer(environment))

    with ensure_running(environment):
        other = threading.Thread(target=use)
        other.start()
        assert entered.wait(20)
        threading.Timer(0.3, leave.set).start()
    other.join(20)
    assert seen == [True]


def test_a_path_too_long_for_a_socket_moves_the_sockets_only(tmp_path: Path) -> None:
    deep = tmp_path / ("很长的文件夹名" * 4) / "data"
    assert len(os.fsencode(deep / "sockets")) > LONGEST_SOCKETS_FOLDER
    environment = Environment(data_dir=deep)
    with ensure_running(environment):
        assert both_answer(environment)
        assert not environment.sockets_dir.is_relative_to(deep)
        assert environment.sockets_dir.stat().st_mode & 0o077 == 0
        assert (deep / "postgres" / "PG_VERSION").exists()
    environment.sockets_dir.rmdir()


def test_a_folder_that_somebody_else_made_is_not_used_for_sockets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        monkeypatch.setattr(tempfile, "gettempdir", lambda: short)
        expected = folders._private_folder(Path("/somewhere"), None)
        expected.rmdir()
        expected.symlink_to("/etc")
        chosen = folders._private_folder(Path("/somewhere"), None)
        assert chosen.parent == Path(short) and chosen != expected and not chosen.is_symlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="root alone reaches below a closed folder")
def test_root_may_keep_the_records_below_a_folder_closed_to_others(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    environment = Environment(data_dir=closed / "data")
    account = lesser_account(environment.data_dir / "postgres")
    assert not reaches(account, environment.data_dir)
    with ensure_running(environment):
        assert both_answer(environment)
    assert closed.stat().st_mode & 0o777 == 0o700
    environment.sockets_dir.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user reads the packages directly")
def test_programs_out_of_reach_are_copied_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = Account("nobody", 65534, 65534)
    monkeypatch.setattr("config.runtime.binaries.reaches", lambda account, path: False)
    monkeypatch.setattr("config.runtime.binaries.COPY_FOLDERS", (tmp_path,))
    copied = for_account(nobody)
    assert copied.packages.parent == tmp_path and copied == for_account(nobody)
    told = subprocess.run(
        [copied.postgres / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    assert "PostgreSQL) 18" in told.stdout
    assert copied.valkey_server.stat().st_size == installed().valkey_server.stat().st_size


def test_a_number_file_that_names_a_living_stranger_does_not_stop_the_start(
    environment: Environment,
) -> None:
    with ensure_running(environment):
        pass
    stranger = subprocess.Popen(["sleep", "60"])
    (environment.data_dir / "postgres" / "postmaster.pid").write_text(f"{stranger.pid}\n")
    with ensure_running(environment):
        assert both_answer(environment)
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_server_whose_master_was_killed_is_ended_before_the_next_starts(
    environment: Environment,
) -> None:
    folders.make_ready(environment)
    with lock.hold(environment, "test"):
        first = services_of(environment)
        first.start()
        second = services_of(environment)  # as the next start would, knowing nothing of the first
        second.start()
        assert {process.wait(1) for _, process in first.running.values()} == {0}
        assert both_answer(environment)
        second.stop()


def test_a_file_that_goes_while_a_start_looks_is_no_reason_to_refuse(
    environment: Environment,
) -> None:
    folders.make_ready(environment)
    (environment.run_dir / ".probe.1").symlink_to("gone")  # named by the folder, and not there
    folders.make_ready(environment)


def test_an_initdb_that_was_broken_off_is_begun_again(environment: Environment) -> None:
    half = environment.data_dir / "postgres" / "base"
    half.mkdir(parents=True)
    (half / "rubbish").write_text("x")
    with ensure_running(environment):
        assert both_answer(environment)


def test_a_queue_journal_that_cannot_be_read_is_set_aside(environment: Environment) -> None:
    with ensure_running(environment):
        pass
    journal = environment.data_dir / "valkey" / valkey.JOURNAL
    manifest = next(journal.glob("*.manifest"))
    manifest.write_text("this is no manifest\n")
    with ensure_running(environment):
        assert both_answer(environment)
    assert list(journal.parent.glob("appendonlydir.unreadable-*"))


def test_what_is_queued_survives_kill_9(environment: Environment) -> None:
    folders.make_ready(environment)
    with lock.hold(environment, "test"):
        services = services_of(environment)
        services.start()
        client = redis.Redis.from_url(environment.redis_client_url())
        client.rpush("celery", *range(200))
        time.sleep(1.2)  # the journal is written through once a second
        services.running["valkey"][1].send_signal(signal.SIGKILL)
        services.running["valkey"][1].wait()
        services.launch("valkey")
        assert services.queue is not None
        valkey.wait_until_ready(services.queue, services.running["valkey"][1])
        assert client.llen("celery") == 200
        client.close()
        services.stop()


def test_ctrl_c_is_left_to_the_program_in_the_foreground() -> None:
    program = (
        "import os,signal,sys,time\n"
        "signal.signal(signal.SIGINT, lambda *_: sys.exit(7))\n"
        "os.kill(os.getppid(), signal.SIGINT); time.sleep(0.2)\n"
        "os.kill(os.getpid(), signal.SIGINT)"
    )
    assert processes.call([sys.executable, "-c", program]) == 7


def test_a_cluster_of_another_version_is_refused_with_the_way_out(tmp_path: Path) -> None:
    cluster = postgres.Cluster(
        folder=tmp_path, sockets=tmp_path, log=tmp_path / "log", binaries=installed()
    )
    (tmp_path / "PG_VERSION").write_text("17\n")
    with pytest.raises(Refusal, match=r"\./run restore"):
        postgres.make_ready(replace(cluster))
