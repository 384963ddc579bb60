"""The frame around a measure: a migrated scratch database before it, its figures printed after."""

import importlib
import json
import os
import sys
from typing import Any

import django
from django.core.management import call_command

from bench.yardstick import MeasureFailed, seconds_of_unit


def main(words: list[str]) -> int:
    """Runs the measure of that name; adds the yardstick of the same run to its figures."""
    name, options = words[0], [word for word in words[1:] if word != "--json"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    measure = importlib.import_module(f"bench.{name}")
    if getattr(measure, "NEEDS_RECORDS", True):
        call_command("migrate", interactive=False, verbosity=0)
    unit = seconds_of_unit()
    try:
        figures: dict[str, Any] = measure.run(options)
    except MeasureFailed as failure:
        sys.stderr.write(f"{name}: {failure}\n")
        return 1
    figures["yardstick_s"] = round(unit, 4)
    if "--json" in words:
        sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    else:
        for key, value in figures.items():
            sys.stdout.write(f"{key:<28} {value}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
