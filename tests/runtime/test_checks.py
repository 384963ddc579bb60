"""`./run test` and `./run lint`: every step told, and no browser test lost in silence."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from config.env import Environment
from config.runtime import browser, checks, logs
from config.runtime.words import Refusal

NOWHERE = Environment(data_dir=Path("/nowhere"))


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ([], ["-m", "not browser"]),
        (["tests/core", "-x"], ["tests/core", "-x", "-m", "not browser"]),
        (["-m", "slow or a"], ["-m", "(slow or a) and not browser"]),
        (["-mslow", "-q"], ["-q", "-m", "(slow) and not browser"]),
    ],
)
def test_without_a_browser_the_choice_of_tests_is_narrowed(
    given: list[str], wanted: list[str]
) -> None:
    assert checks.without_browser(given) == wanted


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANG", raising=False)
    monkeypatch.setattr(browser, "ensure", lambda: None)


def test_a_missing_browser_fails_where_everything_must_run(
    no_browser: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Refusal, match="没有 Chromium"):
        checks.test(NOWHERE, Namespace(rest=[]))


def test_a_missing_browser_is_told_in_one_line_elsewhere(
    no_browser: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    commands: list[list[str]] = []

    def note(command: list[str], folder: Path) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(checks, "call", note)
    assert checks.test(NOWHERE, Namespace(rest=["-q"])) == 0
    assert [each[1:] for each in commands] == [
        [
            *[
                "-m",
                "pytest",
                "-n",
                "2",
                "--dist",
                "loadfile",
                "--no-loadscope-reorder",
                "-q",
                "-m",
            ],
            "not browser",
        ]
    ]
    told = capfd.readouterr()
    assert "略过浏览器测试" in told.err and len(told.err.splitlines()) == 1


def test_every_step_runs_whatever_the_one_before_said(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    steps = (
        checks.Step("first", ("-c", "raise SystemExit(3)")),
        checks.Step("second", ("-c", "pass")),
    )
    monkeypatch.setattr(checks, "STEPS", steps)
    assert checks.lint(NOWHERE, Namespace(json=True)) == 1
    told = json.loads(capfd.readouterr().out)["steps"]
    assert [(each["name"], each["passed"]) for each in told] == [("first", False), ("second", True)]


def test_a_large_log_is_set_aside_and_its_writer_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "LARGEST", 10)
    log = tmp_path / "web.log"
    with log.open("ab", buffering=0) as writer:
        for number in range(logs.KEPT + 2):
            writer.write(f"entry number {number}\n".encode())
            logs.rotate(tmp_path, every=0)
        writer.write(b"now\n")
    assert log.read_bytes() == b"now\n"
    kept = sorted(each.name for each in tmp_path.iterdir())
    assert kept == ["web.log", *(f"web.log.{number}" for number in range(1, logs.KEPT + 1))]
    assert (tmp_path / "web.log.1").read_text() == f"entry number {logs.KEPT + 1}\n"
