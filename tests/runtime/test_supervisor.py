"""The supervisor: whoever is killed, the site comes back, and never twice."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from unittest.mock import Mock

import pytest

from config.runtime import processes
from config.runtime.services import both_answer, temporary_services
from config.runtime.supervisor import Charge, _unprepared
from tests.runtime.site import Site, wait_for


@pytest.mark.parametrize("name", ["postgres", "valkey", "web", "worker", "beat"])
def test_a_killed_process_comes_back(site: Site, name: str) -> None:
    before = site.pid(name)
    processes.end([before], first=signal.SIGKILL, patience=5)
    wait_for(lambda: site.pid(name) not in {0, before} and site.answers(), 15)


def test_who_falls_again_and_again_is_started_later_each_time() -> None:
    with subprocess.Popen(["true"]) as gone:
        charge = Charge(process=gone, started=0.0)
    assert [charge.fell(now) for now in (1.0, 2.0, 3.0, 4.0)] == [0, 1, 2, 4]
    assert charge.due == 8.0
    assert [charge.fell(5.0) for _ in range(5)][-1] == 30
    assert charge.fell(500.0) == 0  # it ran calmly in between


def test_requests_wait_while_the_web_is_restarted(site: Site) -> None:
    processes.end([site.pid("web")], first=signal.SIGKILL, patience=5)
    assert site.answers()  # queued at the socket that the supervisor holds, not refused


def test_a_second_copy_is_refused_with_a_sentence(site: Site) -> None:
    refused = site.run("serve", "--port", "1")
    assert refused.returncode == 2
    assert "已有一份在运行" in refused.stderr and len(refused.stderr.splitlines()) == 1
    assert site.answers()


def test_a_taken_port_is_refused_with_the_name_of_who_has_it(site: Site, tmp_path: object) -> None:
    other = Site(site.data_dir.with_name("other"), port=site.port)
    refused = other.run("serve", "--port", str(site.port))
    assert refused.returncode == 2
    assert f"端口 {site.port} 已被程序 python" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_status_names_every_process(site: Site) -> None:
    status = site.status()
    assert status["ready"] and status["running"]
    assert [each["name"] for each in status["processes"] if each["alive"]] == [
        *("postgres", "valkey", "web", "worker", "beat")
    ]


def test_the_servers_listen_on_no_network(site: Site) -> None:
    ours = set(site.everybody())
    listening = subprocess.run(
        [sys.executable, "-c", LISTENERS, *map(str, ours)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert listening.stdout.split() == [str(site.port)]


LISTENERS = """
import sys; from pathlib import Path
rows = [row.split() for table in ('tcp', 'tcp6')
        for row in Path('/proc/net', table).read_text().splitlines()[1:]]
inodes = {row[9]: int(row[1].split(':')[1], 16) for row in rows if row[3] == '0A'}
held = set()
for pid in sys.argv[1:]:
    for entry in Path('/proc', pid, 'fd').iterdir():
        link = str(entry.readlink()) if entry.is_symlink() else ''
        held.add(inodes.get(link.removeprefix('socket:[').rstrip(']')))
print(*sorted(port for port in held if port))
"""


def test_with_servers_of_ones_own_none_is_started(stopped_site: Site) -> None:
    with temporary_services() as other:
        own = other.variables()
        stopped_site.variables = {name: own[name] for name in ("DATABASE_URL", "REDIS_URL")}
        stopped_site.start()
        names = [each["name"] for each in stopped_site.status()["processes"]]
        stopped_site.kill(signal.SIGINT)
        assert names == ["web", "worker", "beat"]
        assert both_answer(other)  # nor is anything of theirs stopped
    assert not (stopped_site.data_dir / "postgres").exists()


@pytest.fixture
def restarted(site: Site) -> Iterator[Site]:
    """The site, running again after the test whatever the test did to it."""
    yield site
    if site.process is None or site.process.poll() is not None:
        site.start()


def test_kill_9_of_the_supervisor_leaves_nobody_and_the_next_start_is_quick(
    restarted: Site,
) -> None:
    restarted.kill(signal.SIGKILL)
    wait_for(lambda: not restarted.everybody(), 10)
    assert restarted.start() < 12


def test_a_start_right_after_kill_9_waits_for_no_one(restarted: Site) -> None:
    restarted.kill(signal.SIGKILL)
    assert restarted.start() < 15
    assert len(processes.running_in(restarted.data_dir / "valkey", "valkey-server")) == 1


def test_leftovers_that_ignore_the_death_of_their_parent_are_ended(restarted: Site) -> None:
    restarted.kill(signal.SIGINT)
    stubborn = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import signal,time; signal.signal(15, signal.SIG_IGN); time.sleep(99)",
        ],
        env=restarted.environ(TONGXIN_FOLDER=str(restarted.data_dir)),
    )
    time.sleep(0.3)  # it must have come to ignoring the signal
    restarted.start()
    assert stubborn.wait(1) == -signal.SIGKILL


def test_ctrl_c_stops_everything_in_five_seconds(restarted: Site) -> None:
    began = time.monotonic()
    restarted.kill(signal.SIGINT)
    assert time.monotonic() - began < 5
    assert restarted.process is not None and restarted.process.returncode == 0
    assert not restarted.everybody()
    log = (restarted.environment.log_dir / "postgres.log").read_text()
    assert log.rstrip().endswith("database system is shut down")


def test_stop_waits_until_it_is_gone(restarted: Site) -> None:
    stopped = restarted.run("stop", "--json")
    assert (stopped.returncode, stopped.stdout.strip()) == (0, '{"stopped": true}')
    assert not restarted.everybody()
    assert restarted.status() == {"running": False, "ready": False, "processes": []}


def test_of_two_first_starts_at_once_one_serves_and_one_is_refused(stopped_site: Site) -> None:
    rivals = [Site(stopped_site.data_dir) for _ in range(2)]
    for rival in rivals:
        rival.process = subprocess.Popen(
            rival.command("serve", "--port", str(rival.port)),
            env=rival.environ(),
            stderr=subprocess.PIPE,
            text=True,
        )

    def ended() -> list["subprocess.Popen[str]"]:
        return [each.process for each in rivals if each.process and each.process.poll()]

    wait_for(lambda: ended() and any(rival.answers() for rival in rivals), 20)
    (loser,) = ended()
    told = loser.communicate()[1]
    assert loser.returncode == 2 and "已有一份在运行" in told
    (winner,) = [each for each in rivals if each.process is not loser]
    winner.kill(signal.SIGINT)
    assert winner.process is not None and winner.process.stderr is not None
    winner.process.stderr.close()


def test_a_site_that_does_not_start_says_why_and_leaves_nobody(stopped_site: Site) -> None:
    refused = stopped_site.run("serve", "--port", str(stopped_site.port), STANDIN_WEB="broken")
    assert refused.returncode == 2
    assert "ImportError: no such page" in refused.stderr.splitlines()[-1]
    assert not stopped_site.everybody()


def test_a_full_disk_is_told_by_name(stopped_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database only says that it died; its log would have to be read to know why."""
    stopped_site.data_dir.mkdir(parents=True, exist_ok=True)
    assert "prepare.log" in str(_unprepared(stopped_site.environment))
    monkeypatch.setattr("config.runtime.folders.shutil.disk_usage", lambda _: Mock(free=1024))
    assert "磁盘已满" in _unprepared(stopped_site.environment).chinese
