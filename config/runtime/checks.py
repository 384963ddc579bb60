"""`./run test` and `./run lint`."""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass

from config.env import ROOT, Environment
from config.runtime import browser
from config.runtime.processes import call
from config.runtime.words import Refusal, answer, say, tell

STANDARD_ERROR = 2
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@dataclass(frozen=True)
class Step:
    """One check of the code: arguments for Python, run from the root."""

    name: str
    arguments: Sequence[str]


# A further check is a further line.
STEPS = (
    Step("ruff", ("-m", "ruff", "check", ".")),
    Step("format", ("-m", "ruff", "format", "--check", ".")),
    Step("types", ("-m", "mypy", ".")),
    Step("imports", ("-c", LINT_IMPORTS)),
    Step("templates", ("-m", "djlint", "templates", "--lint", "--quiet")),
    Step("translations", ("-m", "config.messages")),
)


def lint(environment: Environment, options: argparse.Namespace) -> int:
    """Runs every step to its end, whatever the others said; 1 where one fell short."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "DATA_DIR": folder}  # the settings are read, the office's are not
        results = [_take(step, environ, quiet=options.json) for step in STEPS]
    if options.json:
        answer(json.dumps({"steps": results}, ensure_ascii=False))
    for result in results:
        word = say("通过", "passed") if result["passed"] else say("未通过", "FAILED")
        tell(*(f"{result['name']:<16} {word}  {result['seconds']} s",) * 2)
    return 0 if all(result["passed"] for result in results) else 1


def _take(step: Step, environ: dict[str, str], *, quiet: bool) -> dict[str, object]:
    tell(f"—— {step.name}", f"—— {step.name}")
    began = time.monotonic()
    code = call(
        [sys.executable, *step.arguments],
        folder=ROOT,
        environ=environ,
        output=STANDARD_ERROR if quiet else None,
    )
    seconds = round(time.monotonic() - began, 1)
    return {"name": step.name, "passed": code == 0, "seconds": seconds}


def test(environment: Environment, options: argparse.Namespace) -> int:
    """Runs pytest with everything it needs."""
    words = list(options.rest)
    if browser.ensure() is None:
        advice = "sudo apt-get install chromium fonts-noto-cjk"
        if os.environ.get("CI") == "true":
            raise Refusal(
                f"没有 Chromium，浏览器测试无法运行。请执行：{advice}",
                f"no Chromium, and the browser tests must run. Do: {advice}",
            )
        tell(
            f"没有 Chromium，略过浏览器测试（安装：{advice}）",
            f"no Chromium: the browser tests are left out (to install: {advice})",
        )
        words = without_browser(words)
    # In the order of collection: tests/conftest.py puts the files that disturb others last.
    two = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    side_by_side = [] if _chooses_processes(words) else two
    code = call([sys.executable, "-m", "pytest", *side_by_side, *words], folder=ROOT)
    return {0: 0, 4: 2}.get(code, 1)


def _chooses_processes(words: Sequence[str]) -> bool:
    return any(
        word.startswith(("-n", "--numprocesses", "--pdb", "--collect-only")) for word in words
    )


def without_browser(words: Sequence[str]) -> list[str]:
    """The arguments of pytest, narrowed to what needs no browser."""
    kept, chosen = [], []
    rest = iter(words)
    for word in rest:
        if word == "-m":
            chosen.append(next(rest, ""))
        elif word.startswith("-m") and not word.startswith("-m="):
            chosen.append(word[2:])
        else:
            kept.append(word)
    return [*kept, "-m", " and ".join([*(f"({each})" for each in chosen if each), "not browser"])]
