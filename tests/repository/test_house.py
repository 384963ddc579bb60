"""The house as a thing: who may call whom, that migrations and the English are complete."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from config import messages

ROOT = Path(__file__).resolve().parents[2]


def own_code() -> Iterator[Path]:
    """The modules that people write, without migrations and tests."""
    for path in ROOT.rglob("*.py"):
        below = set(path.relative_to(ROOT).parts)
        if not {".venv", "var", "node_modules", "migrations", "tests"} & below:
            yield path


def test_apps_import_only_what_stands_below_them() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [sys.executable, str(linter), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_no_model_lacks_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_sentence_has_its_english() -> None:
    assert messages.complaints() == []


def test_a_sentence_without_english_is_noticed(tmp_path: Path) -> None:
    source = tmp_path / "page.html"
    source.write_text('{% load i18n %}{% translate "没有英文的句子" %}', encoding="utf-8")
    assert [message[1] for message in messages.messages_of(source)] == ["没有英文的句子"]


def test_a_code_of_a_refusal_means_one_thing() -> None:
    """Whoever quotes a code is understood: it is given in one module only."""
    given: dict[str, set[str]] = {}
    for path in own_code():
        for code in re.findall(r'Rule\(\s*"([A-Z]+-\d+)"', path.read_text(encoding="utf-8")):
            given.setdefault(code, set()).add(str(path.relative_to(ROOT)))
    assert len(given) > 50
    assert {code: places for code, places in given.items() if len(places) > 1} == {}


def test_files_stay_readable() -> None:
    """Code files stay under 400 lines; a list of facts may be longer."""
    facts = {"vocabulary.py", "models.py", "wording.py"}
    long = [
        (str(path.relative_to(ROOT)), lines)
        for path in own_code()
        if path.name not in facts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    ]
    assert not long
