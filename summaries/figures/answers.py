"""Many figures in one query: a page asks all it shows at once, so all of it is of one moment."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language

from summaries.cells.statement import Select, rows_of
from summaries.figures.asked import Asked
from summaries.figures.figure import NONE, Figure, Rows
from summaries.figures.figure import Value as Number
from summaries.figures.questions import Question

__all__ = ["Answer", "Asked", "answers"]

MOST_DIMENSIONS = 2
MOST_KNOWN = 4_000  # selects whose text is remembered, about 2 kB each
TEXT: CharField[str, str] = CharField()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: ``parts`` by the values of the dimensions, () when it was not split."""

    asked: Asked
    parts: Mapping[tuple[str, ...], Number]

    @property
    def value(self) -> Number:
        """The number asked for; of a split figure use ``part``: parts may overlap."""
        return self.parts.get((), 0)

    @property
    def url(self) -> str:
        return self.asked.url()

    def part(self, *values: str) -> Number:
        return self.parts.get(values, 0)


def answers(asked: Mapping[str, Asked]) -> dict[str, Answer]:
    """Answer everything with one statement, which is one moment of the database."""
    totals: dict[str, dict[tuple[str, ...], Decimal]] = {name: {} for name in asked}
    for name, *values, total in rows_of(asked, _selects):
        key = tuple(value or NONE for value in values[: len(asked[name].by)])
        totals[name][key] = totals[name].get(key, Decimal(0)) + total
    return {
        name: Answer(one, {key: one.figure.number(total) for key, total in totals[name].items()})
        for name, one in asked.items()
    }


def _selects(asked: Iterable[tuple[str, Asked]]) -> Iterator[Select]:
    """A select of (name, value, value, total) for each; none for what can have no rows."""
    for name, one in asked:
        if select := _made(name, one):
            yield select


_known: dict[Hashable, tuple[Figure, Select | None]] = {}


def _made(name: str, asked: Asked) -> Select | None:
    """The text and the values of one select: made once, as long as it says nothing of the data.

    What looks something up while it is made (the towns there are) is made each time.
    """
    key = (name, asked.figure.key, asked.by, *_parts_of(asked.question))
    known = _known.get(key)
    if known and known[0] is asked.figure:
        return known[1]
    select = None
    with _sent() as sent, suppress(EmptyResultSet):
        select = _select(name, asked).query.sql_with_params()
    if not sent:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[key] = (asked.figure, select)
    return select


def _parts_of(question: Question) -> tuple[Hashable, ...]:
    """All that the rows of a question depend on, but the rows themselves."""
    user, rules = question.user, question.rules
    return (
        *(question.scope, question.scope.pks, question.period, question.as_of, question.narrowed),
        *(type(user), getattr(user, "role", ""), user.is_authenticated, user.is_active),
        *(user.town_ids, tuple(rules.council), rules.idle_days, rules.grey_days),
        *(rules.lapse_days, rules.term_days, get_language()),
    )


@contextmanager
def _sent() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        sent.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def _select(name: str, asked: Asked) -> Rows:
    """One row per value of the dimensions: (name, value, value, total)."""
    rows = asked.figure.rows(asked.question).order_by()
    columns: list[Any] = [asked.figure.dimension(key).expression for key in asked.by]
    columns += [Value("")] * (MOST_DIMENSIONS - len(columns))
    named = {f"split_{index}": Cast(column, TEXT) for index, column in enumerate(columns)}
    grouped: Rows = rows.annotate(answered=Value(name, TEXT), **named).values("answered", *named)
    counted: Rows = grouped.annotate(counted=asked.figure.total)
    return counted.values_list("answered", *named, "counted")
