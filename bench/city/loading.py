"""Two districts to measure in one run: one as large as a city, one with few activities."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from django.db import connection, connections
from django.utils import timezone

from core.audit import written
from demo import bulk, organisations, people
from summaries.cells.counting import recount

SMALL = "tongxin_small"
ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many records are loaded; ``few`` are the activities of the small district.

    ``only`` is a part of the names of the pages or figures that are to be measured.
    """

    activities: int = 1_000_000
    enterprises: int = 27_000
    users: int = 10_000
    few: int = 1_000
    rounds: int = ROUNDS
    only: str = ""

    @classmethod
    def parse(cls, options: list[str]) -> Sizes:
        """Read ``--activities 100000 --enterprises 27000 --users 10000 --few 1000 --rounds 7``."""
        parser = argparse.ArgumentParser(prog="bench")
        for name in cls.__dataclass_fields__:
            usual = getattr(cls(), name)
            parser.add_argument(f"--{name}", type=type(usual), default=usual)
        return cls(**vars(parser.parse_args(options)))


@dataclass
class City:
    """The two databases, and how long loading took."""

    databases: dict[str, Any]
    facts: dict[str, Any] = field(default_factory=dict)

    def large(self) -> Any:
        return self._use("large")

    def small(self) -> Any:
        return self._use("small")

    @contextmanager
    def _use(self, which: str) -> Iterator[None]:
        before = connections["default"]
        connections["default"] = self.databases[which]
        try:
            yield
        finally:
            connections["default"] = before


@contextmanager
def load(sizes: Sizes) -> Iterator[City]:
    """Fill the database in use, and a copy of it taken while it was small."""
    began = perf_counter()
    today = timezone.localdate()
    with written(by=None, action="seed_demo", reason="测量"):
        organisations.build()
        people.build()
    bulk.fill_up(
        activities=sizes.few, enterprises=sizes.enterprises, users=sizes.users, today=today
    )
    recount(today=today)
    small = _copy()
    loading = perf_counter()
    with _without_indexes():
        bulk.fill_up(
            activities=sizes.activities,
            enterprises=sizes.enterprises,
            users=sizes.users,
            today=today,
        )
    loaded = perf_counter()
    recount(today=today)
    facts = {
        "activities": sizes.activities,
        "enterprises": sizes.enterprises,
        "users": sizes.users,
        "load_small_s": round(loading - began, 1),
        "load_large_s": round(loaded - loading, 1),
        "count_cells_s": round(perf_counter() - loaded, 1),
    }
    city = City({"large": connections["default"], "small": small}, facts)
    try:
        yield city
    finally:
        small.close()


# Where a load is slow: a million activities have two thirds of their time in these.
FILLED = ("activities_activity", "activities_activityevent", "activities_hostevent")
FIND_INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i WHERE i.indrelid::regclass::text = ANY(%s) AND NOT i.indisunique
"""


@contextmanager
def _without_indexes() -> Iterator[None]:
    """Fill first and make the indexes of the long tables then, as anybody would load a city."""
    with connection.cursor() as cursor:
        cursor.execute(FIND_INDEXES, [list(FILLED)])
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'")
            for _name, definition in indexes:
                cursor.execute(definition)
            cursor.execute("RESET maintenance_work_mem")
            cursor.execute("ANALYZE")


def _copy() -> Any:
    """A connection to a copy of the database in use."""
    name = connection.settings_dict["NAME"]
    connection.close()
    other: Any = connections.create_connection("default")
    other.settings_dict = {**connection.settings_dict, "NAME": "postgres"}
    with other.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {SMALL} TEMPLATE {connection.ops.quote_name(str(name))}")
    other.close()
    other.settings_dict = {**connection.settings_dict, "NAME": SMALL}
    return other
