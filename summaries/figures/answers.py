"""Many figures in one query: a page asks all it shows at once, so all of it is of one moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import CharField, Value
from django.db.models.functions import Cast

from summaries.cells.statement import rows_of
from summaries.figures.figure import NONE, Figure, Rows
from summaries.figures.figure import Value as Number
from summaries.figures.questions import Question

MOST_DIMENSIONS = 2
TEXT: CharField[str, str] = CharField()


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure and what it is asked; ``by`` names up to two dimensions it is split by."""

    figure: Figure
    question: Question
    by: tuple[str, ...] = ()

    def url(self, **narrowed: str) -> str:
        """The page with the rows, of all of it or of some values of its dimensions."""
        question = self.question
        for key, value in narrowed.items():
            question = question.only(key, value)
        return self.figure.rows_url(question)


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


def _selects(asked: Iterable[tuple[str, Asked]]) -> Iterator[tuple[str, Sequence[Any]]]:
    """A select of (name, value, value, total) for each; none for what can have no rows."""
    for name, one in asked:
        with suppress(EmptyResultSet):
            yield _select(name, one).query.sql_with_params()


def _select(name: str, asked: Asked) -> Rows:
    """One row per value of the dimensions: (name, value, value, total)."""
    rows = asked.figure.rows(asked.question).order_by()
    columns: list[Any] = [asked.figure.dimension(key).expression for key in asked.by]
    columns += [Value("")] * (MOST_DIMENSIONS - len(columns))
    named = {f"split_{index}": Cast(column, TEXT) for index, column in enumerate(columns)}
    grouped: Rows = rows.annotate(answered=Value(name, TEXT), **named).values("answered", *named)
    counted: Rows = grouped.annotate(counted=asked.figure.total)
    return counted.values_list("answered", *named, "counted")
