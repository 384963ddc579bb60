"""The real site on the ground: web, worker and beat as the office runs them."""

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.runtime import processes
from tests.runtime.site import Site, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = Site(tmp_path_factory.mktemp("real") / "同心 数据", options=("--real",))
    running.start("--empty", limit=180)
    yield running
    running.close()


def test_the_site_says_where_it_is(real_site: Site) -> None:
    assert f"同心工作台已就绪：http://127.0.0.1:{real_site.port}/" in real_site.output()


@pytest.mark.parametrize("name", ["web", "worker", "postgres", "valkey"])
def test_it_answers_again_after_kill_9(real_site: Site, name: str) -> None:
    before = real_site.pid(name)
    processes.end([before], first=signal.SIGKILL, patience=5)
    wait_for(lambda: real_site.pid(name) not in {0, before} and real_site.answers(), 60)


def test_commands_use_the_servers_of_the_running_site(real_site: Site) -> None:
    servers = processes.running_in(real_site.data_dir / "postgres", "postgres")
    done = real_site.run("manage", "check")
    assert done.returncode == 0, done.stderr
    now = processes.running_in(real_site.data_dir / "postgres", "postgres")
    assert min(servers) in now


def test_doctor_looks_into_the_records_of_the_running_site(real_site: Site) -> None:
    told = json.loads(real_site.run("doctor", "--json").stdout)
    states = {each["name"]: each["state"] for each in told["findings"]}
    names = ("site", "database", "queue", "migrations", "media", "clock")
    assert {name: states.get(name) for name in names} == dict.fromkeys(names, "good")


def test_a_backup_of_the_running_site_is_whole_on_another_machine(
    real_site: Site, tmp_path: Path
) -> None:
    saved = real_site.run("backup", str(tmp_path / "b.tar"), "--json")
    assert saved.returncode == 0, saved.stderr
    other = Site(tmp_path / "other", options=("--real",))
    restored = other.run("restore", str(tmp_path / "b.tar"), "--json")
    assert json.loads(restored.stdout)["rows"] == json.loads(saved.stdout)["rows"]
    assert other.run("manage", "migrate", "--check").returncode == 0
    other.close()


def test_a_command_that_fails_tells_no_traceback(real_site: Site) -> None:
    failed = real_site.run("manage", "migrate", "no_such_app")
    assert failed.returncode in {1, 2}
    assert "Traceback" not in failed.stderr and "no_such_app" in failed.stderr


def test_an_unknown_command_is_refused_with_the_nearest_one(real_site: Site) -> None:
    refused = real_site.run("manage", "migrat")
    assert refused.returncode == 2
    assert "migrate" in refused.stderr and len(refused.stderr.splitlines()) == 1


def test_a_second_start_is_quick_and_a_stop_is_clean(real_site: Site) -> None:
    real_site.kill(signal.SIGKILL)
    wait_for(lambda: not real_site.everybody(), 15)
    # Measured by `./run bench start` as 12 s and 5 s on an idle machine; here others work as well.
    real_site.start("--empty", limit=90)
    began = time.monotonic()
    real_site.kill(signal.SIGINT)
    assert time.monotonic() - began < 12
    assert not real_site.everybody()
