"""The database and the queue of a data folder: used where they run, else started for a while."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg2
from psycopg2.extensions import make_dsn

from config.env import Environment
from config.runtime import folders, lock, postgres, processes, valkey
from config.runtime.account import lesser_account
from config.runtime.binaries import for_account
from config.runtime.postgres import Cluster
from config.runtime.valkey import Queue
from config.runtime.words import Refusal, say

JOIN_LIMIT = 120.0  # seconds for another copy that is just starting


@dataclass
class Services:
    """The embedded servers of one data folder, as many of them as are not external."""

    cluster: Cluster | None
    queue: Queue | None
    running: dict[str, tuple[processes.Program, subprocess.Popen[bytes]]] = field(
        default_factory=dict
    )

    def start(self) -> None:
        """Starts both side by side and waits for both. Raises Refusal."""
        try:
            for name in ("postgres", "valkey"):
                self.launch(name)
            self._wait()
        except BaseException:
            self.stop()
            raise

    def launch(self, name: str) -> None:
        """Starts one of them, over the leftovers of its last run; does not wait for it."""
        if name == "postgres" and self.cluster:
            postgres.make_ready(self.cluster)
            program = self.cluster.program()
        elif name == "valkey" and self.queue:
            valkey.make_ready(self.queue)
            program = self.queue.program()
        else:
            return
        self.running[name] = (program, processes.start(program))

    def _wait(self) -> None:
        if self.queue:
            self._wait_for_queue(self.queue)
        if self.cluster:
            postgres.wait_until_ready(self.cluster, self.running["postgres"][1])

    def _wait_for_queue(self, queue: Queue) -> None:
        try:
            valkey.wait_until_ready(queue, self.running["valkey"][1])
        except Refusal:
            if valkey.set_aside_journal(queue) is None:
                raise
            self.launch("valkey")
            valkey.wait_until_ready(queue, self.running["valkey"][1])

    def stop(self) -> list[str]:
        """Stops what runs; names of those that had to be killed."""
        killed = processes.stop(self.running.values())
        self.running.clear()
        return killed


def services_of(environment: Environment) -> Services:
    """The servers this environment leaves to us, not started. Only for who holds the lock."""
    if environment.database_url and environment.redis_url:
        return Services(None, None)
    cluster_folder = environment.data_dir / "postgres"
    account = lesser_account(cluster_folder)
    binaries = for_account(account)
    sockets = folders.make_sockets_folder(environment, account)
    cluster = Cluster(
        folder=cluster_folder,
        sockets=sockets,
        log=environment.log_dir / "postgres.log",
        binaries=binaries,
        account=account,
        time_zone=environment.time_zone,
    )
    queue = Queue(
        folder=environment.data_dir / "valkey",
        sockets=sockets,
        log=environment.log_dir / "valkey.log",
        binaries=binaries,
        account=account,
    )
    return Services(
        None if environment.database_url else cluster, None if environment.redis_url else queue
    )


@contextmanager
def ensure_running(environment: Environment, command: str = "manage") -> Iterator[None]:
    """The services of this data folder run inside: those there, or ones started for the while."""
    folders.make_ready(environment)
    refuse_unreachable(environment)
    with ExitStack() as using:
        using.enter_context(lock.shared_use(environment))
        with ExitStack() as holding:
            while True:
                try:
                    holding.enter_context(lock.hold(environment, command))
                    break
                except lock.Taken:
                    if _joined(environment):
                        yield
                        return
            services = services_of(environment)
            services.start()
            try:
                yield
            finally:
                using.close()
                with lock.sole_use(environment):
                    services.stop()


def _joined(environment: Environment) -> bool:
    """Waits for the servers of another process; False when that one has gone meanwhile."""
    limit = time.monotonic() + JOIN_LIMIT
    while time.monotonic() < limit:
        if both_answer(environment):
            return True
        if lock.master_of(environment) is None:
            return False
        time.sleep(0.1)
    raise Refusal(
        "另一个进程正在启动数据库，但迟迟没有就绪。请用 ./run status 查看，再试一次",
        "another process is starting the database, and it is not there yet. Look with ./run status",
    )


def both_answer(environment: Environment) -> bool:
    """Whether database and queue, embedded or external, answer now."""
    return database_complaint(environment) is None and queue_complaint(environment) is None


def refuse_unreachable(environment: Environment) -> None:
    """Raises Refusal where a server of the office's own, named in the environment, is away."""
    for variable, url, complaint in (
        ("DATABASE_URL", environment.database_url, database_complaint),
        ("REDIS_URL", environment.redis_url, queue_complaint),
    ):
        reason = complaint(environment) if url else None
        if reason:
            raise Refusal(
                f"{variable} 指定的服务无法连接：{reason}。请检查地址、帐号和该服务是否已启动",
                f"the server named in {variable} can't be reached: {reason}. "
                "Check the address, the account, and whether it runs",
            )


def database_complaint(environment: Environment) -> str | None:
    """Why the database can't be used, or None when it can."""
    try:
        psycopg2.connect(make_dsn(**connection_words(environment), connect_timeout=5)).close()
    except psycopg2.OperationalError as error:
        return str(error).strip().partition("\n")[0].rstrip(".")  # below it stand questions
    return None


def connection_words(environment: Environment) -> dict[str, str]:
    """The settings' way to the database in the words of libpq."""
    entry = environment.database_settings()
    names = {
        "NAME": "dbname",
        "USER": "user",
        "PASSWORD": "password",
        "HOST": "host",
        "PORT": "port",
    }
    words = {word: str(entry[name]) for name, word in names.items() if entry.get(name)}
    options: dict[str, str] = entry.get("OPTIONS", {})
    return words | options


def queue_complaint(environment: Environment) -> str | None:
    """Why the queue can't be used, or None when it can."""
    if environment.redis_url is None:
        path = environment.sockets_dir / "valkey.sock"
        return None if valkey.answers(path) else say("没有应答", "no answer")
    import redis  # noqa: PLC0415 - a sixth of a second, and only with an external server

    client = redis.Redis.from_url(environment.redis_url, socket_timeout=5, socket_connect_timeout=5)
    try:
        client.ping()
    except redis.RedisError as error:
        return " ".join(str(error).split()).rstrip(".")
    finally:
        client.close()
    return None


@contextmanager
def temporary_services(
    above: Path | None = None, *, settings: Mapping[str, str] | None = None
) -> Iterator[Environment]:
    """A database and a queue of their own in a new folder, gone with it at the end.

    They forget on a power cut, and the role may create databases, which a test run needs.
    ``settings`` are the database's, besides its usual ones.
    """
    _sweep(above or Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix="tongxin-", dir=above))
    folder.chmod(0o711)
    environment = Environment(data_dir=folder)
    try:
        folders.make_ready(environment)
        with lock.hold(environment, "temporary"):
            services = _forgetful(services_of(environment), settings or {})
            services.start()
            try:
                yield environment
            finally:
                services.stop()
    finally:
        _remove(environment)


def _sweep(above: Path) -> None:
    """Removes the folders of temporary services that were killed; their servers went with them."""
    for folder in above.glob("tongxin-*"):
        environment = Environment(data_dir=folder)
        holder, is_held = lock.last_holder(environment)
        if holder.command == "temporary" and not is_held and folder.stat().st_uid == os.geteuid():
            _remove(environment)


def _remove(environment: Environment) -> None:
    if environment.sockets_dir.parent != environment.data_dir:
        shutil.rmtree(environment.sockets_dir, ignore_errors=True)
    shutil.rmtree(environment.data_dir, ignore_errors=True)


def _forgetful(services: Services, settings: Mapping[str, str]) -> Services:
    assert services.cluster and services.queue
    cluster = replace(services.cluster, forgetful=True, may_create_databases=True)
    return Services(
        replace(cluster, settings={**cluster.settings, **settings}),
        replace(services.queue, forgetful=True),
    )
