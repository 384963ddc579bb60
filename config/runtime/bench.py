"""`./run bench`: measures, each in a scratch database of its own."""

import argparse
import os
import sys
from pathlib import Path

from config.env import ROOT, Environment
from config.runtime.processes import call
from config.runtime.services import temporary_services
from config.runtime.words import Refusal

FOLDER = ROOT / "bench"
NO_MEASURES = {"__init__", "__main__", "yardstick"}


def names(folder: Path = FOLDER) -> list[str]:
    """The measures there are: one module each, with `run(options) -> dict`."""
    return sorted(each.stem for each in folder.glob("*.py") if each.stem not in NO_MEASURES)


def bench(environment: Environment, options: argparse.Namespace) -> int:
    """Runs one measure on servers of its own, never on the office's."""
    name = options.rest[0] if options.rest else ""
    if name not in names():
        raise Refusal(
            f"没有“{name}”这项测量。可用：{'、'.join(names())}",
            f'there is no measure "{name}". There are: {", ".join(names())}',
        )
    with temporary_services() as scratch:
        environ = {**os.environ, **scratch.variables(), "DJANGO_SETTINGS_MODULE": "config.settings"}
        command = [sys.executable, "-m", "bench", *options.rest]
        code = call(command, folder=ROOT, environ=environ)
    return code if code in {0, 1, 2} else 1
