"""The drawn rows of tables, kept by the values they were drawn from.

After one record was written the next page of its list differs in one row. Its query is sent anew,
and each row whose loaded values were drawn before is given as it was drawn: the same values in the
same columns of the same table, in the same language and on the same day, are the same cells.
Nothing has to be told of a write, for whatever changes a row is among its values.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import ModelIterable
from django.urls import get_script_prefix, get_urlconf
from django.utils.timezone import localdate
from django.utils.translation import get_language

MOST_BYTES = 16 * 1024 * 1024  # of one process; the rows that no page showed for longest go first
OF_A_ROW = 200  # bytes beside its text, about
DIGEST = 16

Draw = Callable[[Any, int], str]


@dataclass
class DrawnRows:
    """The rows of this process."""

    rows: OrderedDict[bytes, str] = field(default_factory=OrderedDict)
    size: int = 0
    lock: Any = field(default_factory=Lock)

    def find(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        with self.lock:
            found = {key: self.rows[key] for key in keys if key in self.rows}
            for key in found:
                self.rows.move_to_end(key)
            return found

    def put(self, drawn: dict[bytes, str]) -> None:
        with self.lock:
            for key, row in drawn.items():
                if key not in self.rows:
                    self.rows[key] = row
                    self.size += len(row) * 2 + OF_A_ROW
            while self.size > MOST_BYTES:
                _key, oldest = self.rows.popitem(last=False)
                self.size -= len(oldest) * 2 + OF_A_ROW

    def forget(self) -> None:
        with self.lock:
            self.rows.clear()
            self.size = 0


drawn_rows = DrawnRows()


def drawn(rows: Iterable[Any], how: tuple[Any, ...], draw: Draw) -> list[str]:
    """Each of the rows, as ``draw(record, place)`` draws it.

    ``how`` says all that a row's cells depend on besides its values: the table and its columns.
    A row whose drawing asked the database for more is not kept.
    """
    if not isinstance(rows, QuerySet) or not is_of_values(rows):
        return [draw(record, place) for place, record in enumerate(rows)]
    compiler = rows.query.get_compiler(using=rows.db)
    values = [one for chunk in compiler.execute_sql() or () for one in chunk]
    keys = _keys(values, (*how, *_where_and_when(), _shape(compiler)))
    known = drawn_rows.find(keys)
    missing = [place for place, key in enumerate(keys) if key not in known]
    records = records_of(rows, compiler, [values[place] for place in missing])
    fresh: dict[bytes, str] = {}
    with _asking(rows.db) as asked:
        for place, record in zip(missing, records, strict=True):
            fresh[keys[place]] = draw(record, place)
    if not asked:
        drawn_rows.put(fresh)
    known |= fresh
    return [known[key] for key in keys]


def is_of_values(rows: Any) -> bool:
    """Whether one query that was not sent yet reads all that its records know."""
    return (
        rows._result_cache is None
        and rows._iterable_class is ModelIterable
        and not rows._prefetch_related_lookups
        and not rows._known_related_objects
        and not rows.query.is_empty()
    )


def records_of(rows: QuerySet[Any], compiler: Any, values: Sequence[Any]) -> list[Any]:
    """The records of some rows that the compiler's query has read."""
    again: Any = rows.all()
    again.query.get_compiler = lambda **_database: compiler
    compiler.execute_sql = lambda **_how: [values]
    return list(ModelIterable(again))


def _keys(values: Sequence[Any], how: tuple[Any, ...]) -> list[bytes]:
    """A key of each row: its values, how it is drawn, and whether its place is even or odd."""
    head = blake2b(repr(how).encode(), digest_size=DIGEST).digest()
    return [
        blake2b(
            head + pickle.dumps((place % 2, *row), pickle.HIGHEST_PROTOCOL), digest_size=DIGEST
        ).digest()
        for place, row in enumerate(values)
    ]


def _where_and_when() -> tuple[Any, ...]:
    """What words and addresses depend on, whatever the row."""
    return get_language(), localdate(), get_urlconf(), get_script_prefix()


def _shape(compiler: Any) -> tuple[Any, ...]:
    """Which value of a row is what: two queries of one table need not read the same columns.

    What the columns are asked with (the moment of a lock) shows in the values alone.
    """
    return tuple(
        sql for _column, (sql, _with), _name in compiler.select
    ), compiler.annotation_col_map


@contextmanager
def _asking(database: str) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    asked: list[str] = []

    def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        asked.append(str(sql))
        return execute(sql, params, many, context)

    with connections[database].execute_wrapper(note):
        yield asked
