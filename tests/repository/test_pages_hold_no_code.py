"""Pages hold no code and ask no other host: a strict CSP or an intranet would break them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SOURCES = sorted([*(ROOT / "assets").rglob("*.js"), *(ROOT / "assets").rglob("*.css")])
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style"),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']"),
    "a script with a body": re.compile(
        r"<script(?![^>]*\b(?:src|type=\"application/json\"))[^>]*>"
    ),
    "a javascript: link": re.compile(r"javascript:"),
}
ADDRESS = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}", re.IGNORECASE)


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_no_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


@pytest.mark.parametrize(
    "path", [*TEMPLATES, *SOURCES], ids=lambda path: str(path.relative_to(ROOT))
)
def test_nothing_names_another_host(path: Path) -> None:
    assert not ADDRESS.findall(path.read_text(encoding="utf-8"))
