"""Texts of selects made once: to put one together takes many times as long as to send it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from core.kept import TABLE

MOST_TEXTS = 6_000  # of one process, about 2 kB each

# Stands for the key of a record while a select is put together that serves every record.
ANY = -987_654_321

Select = tuple[str, Sequence[Any]]
Build = Callable[[], QuerySet[Any, Any]]


@dataclass(frozen=True, slots=True)
class SelectText:
    """A select, None where there can be no rows; the tables it reads, those looked up included.

    ``is_lasting`` when nothing was looked up while it was put together: then it says nothing of
    the data, and holds as long as its key does.
    """

    select: Select | None
    named: frozenset[str]
    is_lasting: bool


_texts: dict[Hashable, SelectText] = {}


def select_text(key: Hashable, build: Build) -> SelectText:
    """The text and the values of what ``build`` puts together. ``key`` says all that they depend on
    but the data; what looks something up (the towns there are) is put together each time."""
    known = _texts.get(key)
    if known is not None:
        return known
    select = None
    with _sent() as sent, suppress(EmptyResultSet):
        select = build().query.sql_with_params()
    texts = [*sent, *([select[0]] if select else [])]
    named = frozenset(table for text in texts for table in TABLE.findall(str(text)))
    made = SelectText(select, named, not sent)
    if made.is_lasting:
        if len(_texts) >= MOST_TEXTS:
            _texts.clear()
        _texts[key] = made
    return made


def rows_of(key: Hashable, build: Build, *, of: int = ANY) -> list[tuple[Any, ...]]:
    """The rows as the database tells them: for columns that need no conversion in Python.

    ``build`` may put a select together for the record ANY; it is sent for the record ``of``.
    """
    select = select_text(key, build).select
    if select is None:
        return []
    text, values = select
    with connection.cursor() as cursor:
        cursor.execute(text, [of if value == ANY else value for value in values])
        return list(cursor.fetchall())


@contextmanager
def _sent() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        sent.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent
