"""Compiles .po files to .mo: `python -m config.runtime.translations FILE…`."""

import sys
from pathlib import Path

import polib


def compile_file(source: Path) -> Path:
    """Writes the .mo beside the .po, whole or not at all."""
    target = source.with_suffix(".mo")
    half = target.with_suffix(".mo.part")
    polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(half))
    half.replace(target)
    return target


if __name__ == "__main__":
    for name in sys.argv[1:]:
        compile_file(Path(name))
