"""An import from file to registers: ours beside the stock library and the limit, in one run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.db import connection, connections

from bench.importing.roster import write_roster
from bench.yardstick import MeasureFailed, seconds_of_unit

# The stock library needs five seconds for a thousand rows: beyond this many it is reckoned.
STOCK_ROWS_AT_MOST = 10_000
ROUNDS, ROWS_FOR_ROUNDS = 3, 20_000
PHASES = {"preview": "preview", "commit": "committed", "undo": "undone"}  # how each ends
AT_LEAST = {"times_faster_than_stock": 25}
AT_MOST = {"ratio_to_limit": 6, "undo_to_commit": 1, "peak_mb": 300}

Figures = dict[str, Any]


def run(options: list[str]) -> Figures:
    """Each contender in a process and a database of its own, copied from one that is migrated."""
    rows, stock_rows = _asked(options)
    rounds = ROUNDS if rows <= ROWS_FOR_ROUNDS else 1
    _contender("ground", [], dict(os.environ))
    connections.close_all()  # a database in use can't be copied
    with tempfile.TemporaryDirectory(prefix="tongxin-bench-") as folder:
        file = Path(folder, "roster.xlsx")
        write_roster(file, rows)
        ours = [_ours(file, rows) for _round in range(rounds)]
        limits = [_alone("limit", file) for _round in range(rounds)]
        stock = _alone("stock", stock_rows)
        weighed = _alone("weighing", file)
    return _figures(rows, ours, limits, stock, weighed)


def _asked(options: list[str]) -> tuple[int, int]:
    parser = ArgumentParser(prog="./run bench import")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--stock-rows", type=int, default=STOCK_ROWS_AT_MOST)
    asked = parser.parse_args(options)
    return asked.rows, min(asked.rows, asked.stock_rows)


def _ours(file: Path, rows: int) -> Figures:
    """Preview as the web process does it, commit and undo as the worker does."""
    environ, batch, found = _in_copied_database(), 0, {}
    for phase, wanted in PHASES.items():
        answer = _contender("ours", [phase, file, batch], environ)
        batch, found[phase] = answer["batch"], answer
        if answer["state"] != wanted or answer["counts"]["new"] != rows:
            raise MeasureFailed(f"{phase}: {answer['state']}, {answer['counts']}")
    return found


def _in_copied_database() -> dict[str, str]:
    """The environment of a process that works in a fresh copy of the migrated database."""
    source, name = connection.settings_dict["NAME"], f"contender_{time.monotonic_ns()}"
    with _maintenance() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    url = urlsplit(os.environ["DATABASE_URL"])
    return {**os.environ, "DATABASE_URL": urlunsplit(url._replace(path=f"/{name}"))}


@contextmanager
def _maintenance() -> Iterator[Any]:
    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    parameters.pop("cursor_factory", None)
    server = psycopg2.connect(**parameters)
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            yield cursor
    finally:
        server.close()


def _alone(name: str, argument: object) -> Figures:
    return _contender(name, [argument], _in_copied_database())


def _contender(name: str, arguments: Sequence[object], environ: dict[str, str]) -> Figures:
    """What a contender's process answers."""
    command = [sys.executable, "-m", "bench.importing", name, *map(str, arguments)]
    with tempfile.TemporaryFile() as said:
        ended = subprocess.run(command, env=environ, stdout=said, check=False)  # noqa: S603 - our own
        said.seek(0)
        lines = said.read().splitlines()
    if ended.returncode or not lines:
        raise MeasureFailed(f"{name} {arguments}: exit {ended.returncode}")
    answer: Figures = json.loads(lines[-1])
    return answer


def _figures(
    rows: int,
    ours: Sequence[Figures],
    limits: Sequence[Figures],
    stock: Figures,
    weighed: dict[str, dict[str, int]],
) -> Figures:
    seconds = {phase: median(one[phase]["seconds"] for one in ours) for phase in PHASES}
    limit = median(one["seconds"] for one in limits)
    share = rows / stock["rows"]
    stock_s = stock["seconds"] * share
    both = seconds["preview"] + seconds["commit"]
    figures = {
        "times_faster_than_stock": round(stock_s / both, 1),
        "ratio_to_limit": round(both / limit, 2),
        "undo_to_commit": round(seconds["undo"] / seconds["commit"], 2),
        "peak_mb": max(peak for phase in weighed.values() for peak in phase.values()),
    }
    measured = "measured" if stock["rows"] == rows else f"reckoned from {stock['rows']:,} rows"
    return {
        "rows": rows,
        **{f"{phase}_s": round(value, 3) for phase, value in seconds.items()},
        "limit_s": round(limit, 3),
        "stock_s": round(stock_s, 2),
        "stock_is": f"{measured}; the enterprises, then their memberships, as ours",
        **figures,
        "times_faster_enterprises_alone": round(stock["alone"] * share / both, 1),
        "memory_mb": weighed,
        "goals": {name: _goal(name, figures[name]) for name in (*AT_LEAST, *AT_MOST)},
        "where_s": {phase: _where(ours, phase) for phase in PHASES},
        "limit_where_s": _rounded(limits[-1], ("read", "validate", "copy", "history")),
        "ratio_to_yardstick": round(both / seconds_of_unit(), 1),
    }


def _goal(name: str, value: float) -> str:
    """Whether a goal is met, beside what it is."""
    if name in AT_LEAST:
        wanted, is_met = f"at least {AT_LEAST[name]}", value >= AT_LEAST[name]
    else:
        wanted, is_met = f"at most {AT_MOST[name]}", value <= AT_MOST[name]
    return f"{'met' if is_met else 'NOT MET'}: {value}, {wanted}"


def _where(ours: Sequence[Figures], phase: str) -> dict[str, float]:
    """Where the time of a phase goes, in the round of the median time."""
    ordered = sorted(ours, key=lambda one: float(one[phase]["seconds"]))
    parts: dict[str, float] = ordered[len(ordered) // 2][phase]["parts"]
    return _rounded(parts, tuple(parts))


def _rounded(parts: Figures, names: Sequence[str]) -> dict[str, float]:
    return {name: round(parts[name], 3) for name in names}
