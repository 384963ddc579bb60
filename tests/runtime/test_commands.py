"""The command line: one sentence and 2 for what can't be done, JSON and nothing else when asked."""

import errno
import json
import os
import socket
import subprocess
from pathlib import Path

import pytest

from config.env import ROOT
from config.runtime import entry
from config.runtime.words import reason
from core.argument_words import in_chinese
from tests.runtime.site import Site

REFUSED = [
    ({"PORT": "99999"}, "PORT"),
    ({"SECRET_KEY": "123"}, "SECRET_KEY"),
    ({"DATABASE_URL": "sqlite:///x"}, "DATABASE_URL"),
    ({"REDIS_URL": "amqp://x"}, "REDIS_URL"),
    ({"TIME_ZONE": "Shanghai"}, "TIME_ZONE"),
    ({"ALLOWED_HOSTS": "https://x"}, "ALLOWED_HOSTS"),
    ({"DATA_DIR": "/dev/null"}, "DATA_DIR"),
    ({"DATA_DIR": "/proc/tongxin"}, "数据文件夹"),
    ({"DATABASE_URL": "postgresql://u:p@127.0.0.1:1/x"}, "DATABASE_URL"),
    ({"REDIS_URL": "redis://127.0.0.1:1/0"}, "REDIS_URL"),
    ({"BIND_HOST": "203.0.113.9"}, "--host"),
]


@pytest.mark.parametrize(("wrong", "named"), REFUSED)
def test_a_wrong_set_up_is_refused_in_one_line(
    stopped_site: Site, wrong: dict[str, str], named: str
) -> None:
    refused = stopped_site.run("serve", **wrong)
    assert refused.returncode == 2
    assert named in refused.stderr and len(refused.stderr.splitlines()) == 1
    assert refused.stdout == ""


@pytest.mark.parametrize(
    "words", [["nonsense"], ["serve", "--nonsense"], ["backup"], ["restore", "a", "b"]]
)
def test_a_wrong_command_is_refused_in_one_line(stopped_site: Site, words: list[str]) -> None:
    refused = stopped_site.run(*words)
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1 and refused.stdout == ""


def test_the_port_of_a_stranger_is_refused_before_anything_is_made(stopped_site: Site) -> None:
    with socket.create_server(("127.0.0.1", stopped_site.port)):
        refused = stopped_site.run("serve", "--port", str(stopped_site.port))
    assert refused.returncode == 2
    assert str(os.getpid()) in refused.stderr  # it is us who listen there
    assert not (stopped_site.data_dir / "postgres").exists()


def test_what_nobody_foresaw_is_kept_in_a_file_and_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("LANG", raising=False)
    monkeypatch.setattr(entry, "_parse", lambda arguments: 1 / 0)
    assert entry.main([]) == 1
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told and len(told.splitlines()) == 1
    assert "Traceback" in (tmp_path / "log" / "run.log").read_text()


def test_help_names_every_command(stopped_site: Site) -> None:
    told = stopped_site.run("--help")
    assert told.returncode == 0
    assert all(f"./run {name}" in told.stdout for name in entry.COMMANDS)


def test_doctor_answers_in_json_and_says_what_to_do(stopped_site: Site) -> None:
    told = stopped_site.run("doctor", "--json")
    answer = json.loads(told.stdout)
    findings = {each["name"]: each for each in answer["findings"]}
    assert len(findings) == len(answer["findings"])
    assert told.returncode == (0 if answer["sound"] else 1)
    assert findings["site"]["advice"] == "执行 ./run 启动"
    assert all(each["advice"] for each in answer["findings"] if each["state"] != "good")


def test_doctor_finds_a_secret_that_others_can_read(stopped_site: Site) -> None:
    stopped_site.data_dir.mkdir()
    secret = stopped_site.data_dir / "secret_key"
    secret.write_text("x" * 40)
    secret.chmod(0o644)
    told = stopped_site.run("doctor", "--json")
    findings = {each["name"]: each for each in json.loads(told.stdout)["findings"]}
    assert (told.returncode, findings["secret_key"]["state"]) == (1, "wrong")


def test_stop_and_status_of_what_does_not_run(stopped_site: Site) -> None:
    assert stopped_site.run("stop").stdout.strip() == "没有在运行"
    status = stopped_site.run("status", LANG="en_GB.UTF-8")
    assert (status.returncode, status.stdout.strip()) == (1, "it does not run")


def test_an_unknown_measure_lists_those_there_are(stopped_site: Site) -> None:
    refused = stopped_site.run("bench", "nonsense")
    assert refused.returncode == 2 and "start" in refused.stderr


def test_a_machine_without_a_new_python_is_told_which_to_install(tmp_path: Path) -> None:
    (tmp_path / "run").write_bytes((ROOT / "run").read_bytes())
    (tmp_path / "run").chmod(0o755)
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("dirname", "readlink"):
        (tools / name).symlink_to(f"/usr/bin/{name}")
    old = tools / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2"\nexit 1\n')
    old.chmod(0o755)
    script = (tmp_path / "run").read_text().replace("/usr/local/bin/python3 /usr/bin/python3", "")
    (tmp_path / "run").write_text(script)
    refused = subprocess.run(
        ["/bin/sh", tmp_path / "run"],
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert "Python 3.9.2" in refused.stderr and "apt-get install python3" in refused.stderr


@pytest.mark.parametrize(
    ("said", "in_words"),
    [
        ("unrecognized arguments: --foo", "不认识的参数：--foo"),
        ("the following arguments are required: file, --as", "缺少参数：file, --as"),
        ("argument --kind: invalid choice: 'x' (choose from 'a', 'b')", "可选：a、b"),
        ("argument --rows: invalid int value: 'x'", "参数 --rows 不能是“x”"),
        ("argument --rows: expected one argument", "参数 --rows 后面缺少内容"),
        ("something new", "something new"),
    ],
)
def test_what_a_command_line_lacks_is_told_in_chinese(said: str, in_words: str) -> None:
    assert in_words in in_chinese(said)


def test_why_the_system_refused_is_told_in_the_language_that_is_spoken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert reason(full) == "磁盘已满"
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert reason(full) == "No space left on device"
    assert reason(ValueError("two\nlines")) == "two lines"
