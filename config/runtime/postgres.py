"""The embedded PostgreSQL: made once, configured at each start, run as a child of ours."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

from config.env import DATABASE_NAME, DATABASE_ROLE
from config.runtime import processes
from config.runtime.account import Account, own_name
from config.runtime.binaries import Binaries
from config.runtime.folders import give_folder
from config.runtime.words import Refusal

ADMINISTRATOR = "postgres"
MAJOR = "18"
# The server sits in its folder and calls it so: it then works below folders closed to its account.
HERE = "/proc/self/cwd"
MEGABYTE = 1024 * 1024
RECOVERY_LIMIT = 600.0  # seconds; after a power cut it reads its journal first

# A server for one run of the tests: nothing of it outlives the run.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "log_min_duration_statement": "-1",
}


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """One database folder and how it is to run."""

    folder: Path
    sockets: Path
    log: Path
    binaries: Binaries
    account: Account | None = None
    time_zone: str = "Asia/Shanghai"
    settings: Mapping[str, str] = field(default_factory=dict)
    may_create_databases: bool = False
    forgetful: bool = False

    def program(self) -> processes.Program:
        return processes.Program(
            name="postgres",
            command=[str(self.binaries.postgres / "postgres"), "-D", HERE],
            folder=self.folder,
            log=self.log,
            environ=_plain_environ(),
            account=self.account,
            stop_signal=signal.SIGINT,  # ends connections instead of waiting for them
            patience=10.0,
        )


def _plain_environ() -> dict[str, str]:
    """No PG* variable of the user's shell may reach the server or initdb."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def make_ready(cluster: Cluster) -> None:
    """Leaves the folder such that the server can start: made, owned, configured, no leftovers."""
    give_folder(cluster.folder, cluster.account)
    _check_owner(cluster)
    clear_leftovers(cluster)
    if not (cluster.folder / "PG_VERSION").exists():
        _initialise(cluster)
    _check_version(cluster)
    _write_configuration(cluster)


def _check_owner(cluster: Cluster) -> None:
    owner, here = cluster.folder.stat().st_uid, os.geteuid()
    if here in (0, owner):
        return
    raise Refusal(
        f"数据库文件夹 {cluster.folder} 属于另一个帐号（编号 {owner}）。请用该帐号或 root 启动，"
        f"或执行：sudo chown -R $(id -un) '{cluster.folder.parent}'",
        f"the database folder {cluster.folder} belongs to another account (number {owner}). "
        "Start as that account or as root, or run: "
        f"sudo chown -R $(id -un) '{cluster.folder.parent}'",
    )


def _check_version(cluster: Cluster) -> None:
    version = (cluster.folder / "PG_VERSION").read_text().strip()
    if version == MAJOR:
        return
    raise Refusal(
        f"数据库文件夹 {cluster.folder} 由 PostgreSQL {version} 建立，本程序自带 {MAJOR}。"
        "请用原版本的程序执行 ./run backup，再用本版本 ./run restore",
        f"the database folder {cluster.folder} was made by PostgreSQL {version}, this program has "
        f"{MAJOR}. Run ./run backup with the version it came from, ./run restore with this one",
    )


def clear_leftovers(cluster: Cluster) -> None:
    """Ends servers of a run that was killed, then removes what they left.

    Only called by who holds the lock of the data folder: a server that still sits in the database
    folder then has no master. Its own number file is not asked, because numbers are reused.
    """
    left = processes.running_in(cluster.folder, "postgres")
    if left:
        processes.end(left, first=signal.SIGINT, patience=10.0)
    (cluster.folder / "postmaster.pid").unlink(missing_ok=True)
    for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (cluster.sockets / name).unlink(missing_ok=True)


def _initialise(cluster: Cluster) -> None:
    """initdb; one that was interrupted is begun again."""
    for half in cluster.folder.iterdir():
        _remove(half)
    command = [
        *(str(cluster.binaries.postgres / "initdb"), "-D", HERE, f"--username={ADMINISTRATOR}"),
        *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *("--locale=C", "--auth-local=peer", "--auth-host=reject", "--no-instructions"),
        *(["--no-sync"] if cluster.forgetful else []),
    ]
    program = processes.Program(
        name="initdb",
        command=command,
        folder=cluster.folder,
        log=cluster.log,
        environ=_plain_environ(),
        account=cluster.account,
    )
    if processes.start(program).wait() != 0:
        raise _failed(cluster, "数据库初始化失败", "the database could not be made")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        for below in path.iterdir():
            _remove(below)
        path.rmdir()
    else:
        path.unlink()


def _write_configuration(cluster: Cluster) -> None:
    lines = [f"{name} = {_quoted(value)}" for name, value in _settings(cluster).items()]
    own = (
        "# Written anew at each start. Settings of your own go into local.conf beside this file.\n"
    )
    _write(
        cluster, "postgresql.conf", own + "\n".join(lines) + "\ninclude_if_exists = 'local.conf'\n"
    )
    _write(cluster, "pg_hba.conf", "local all all peer map=tongxin\n")
    names = {"root", own_name()}
    roles = (DATABASE_ROLE, ADMINISTRATOR)
    pairs = [f'tongxin "{name}" {role}' for name in sorted(names) for role in roles]
    _write(cluster, "pg_ident.conf", "\n".join(pairs) + "\n")


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _write(cluster: Cluster, name: str, text: str) -> None:
    path = cluster.folder / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    if cluster.account:
        os.chown(path, cluster.account.uid, cluster.account.gid)


def _settings(cluster: Cluster) -> dict[str, str]:
    """For an office of some hundred people on one small machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    return {
        "listen_addresses": "",
        "unix_socket_directories": f'"{cluster.sockets}"',
        "unix_socket_permissions": "0700",
        "cluster_name": "tongxin",
        "max_connections": "60",
        "shared_buffers": f"{min(max(memory // 8, 64), 1024)}MB",
        "effective_cache_size": f"{max(memory // 2, 256)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "max_wal_size": "1GB",
        "wal_compression": "on",
        "random_page_cost": "1.1",
        "jit": "off",
        "huge_pages": "off",
        "dynamic_shared_memory_type": "posix" if os.access("/dev/shm", os.W_OK) else "mmap",
        "timezone": cluster.time_zone,
        "log_timezone": cluster.time_zone,
        "lc_messages": "C",
        "log_line_prefix": "%m [%p] ",
        "log_min_duration_statement": "2s",
        "log_lock_waits": "on",
        "log_checkpoints": "off",
        **(FORGETFUL if cluster.forgetful else {}),
        **cluster.settings,
    }


def wait_until_ready(cluster: Cluster, process: subprocess.Popen[bytes]) -> None:
    """Waits for the first answer, then sees to the role and the database. Raises Refusal."""
    limit = time.monotonic() + RECOVERY_LIMIT
    while time.monotonic() < limit:
        try:
            _make_database(cluster)
            return
        except psycopg2.OperationalError:
            if process.poll() is not None:
                break
            time.sleep(0.03)
    raise _failed(cluster, "数据库没有启动", "the database did not start")


def _make_database(cluster: Cluster) -> None:
    connection = psycopg2.connect(
        host=str(cluster.sockets), port=5432, user=ADMINISTRATOR, dbname="postgres"
    )
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [DATABASE_ROLE])
            if cursor.fetchone() is None:
                creates = "CREATEDB" if cluster.may_create_databases else "NOCREATEDB"
                cursor.execute(f"CREATE ROLE {DATABASE_ROLE} LOGIN NOSUPERUSER {creates}")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE_NAME} OWNER {DATABASE_ROLE}")
    finally:
        connection.close()


def _failed(cluster: Cluster, chinese: str, english: str) -> Refusal:
    reason = last_complaint(cluster.log)
    return Refusal(
        f"{chinese}：{reason}（详见 {cluster.log}）", f"{english}: {reason} (see {cluster.log})"
    )


def last_complaint(log: Path) -> str:
    """The last line of a server's log that tells of an error."""
    try:
        lines = log.read_bytes()[-20_000:].decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return "?"
    marks = ("FATAL", "PANIC", "error", "rror:", "No space")
    wrong = [line for line in lines if any(mark in line for mark in marks)]
    return (wrong or lines or ["?"])[-1].strip()
