"""Many figures in one query: a page asks all it shows at once, so all of it is of one moment.

While a page is made, an answer is taken from one given before if nothing has been written since to
the tables behind it; what is asked of the database then is the others.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language

from core.kept import TABLE, Making, database_asked, making_apart, making_now, source_in_use
from core.kept_parts import Part, keep_part, kept_parts
from summaries.cells.backed import FLOWS
from summaries.cells.statement import Select, rows_of
from summaries.figures.asked import Asked
from summaries.figures.figure import NONE, Figure, Rows
from summaries.figures.figure import Value as Number
from summaries.figures.questions import Question

__all__ = ["Answer", "Asked", "answers"]

MOST_DIMENSIONS = 2
MOST_KNOWN = 4_000  # selects whose text is remembered, about 2 kB each
Numbers = Mapping[tuple[str, ...], Number]
TEXT: CharField[str, str] = CharField()
CELLS = "cells_cell"
NO_NAME = "\ue000"  # stands first among the values of a select


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: ``parts`` by the values of the dimensions, () when it was not split.

    ``named`` are the tables behind it: a part of a page that shows it stands on them.
    """

    asked: Asked
    parts: Numbers
    named: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

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
    """Answer everything as of one moment of the database."""
    if page := making_now():
        return _answers_of(page, asked)
    return {name: Answer(asked[name], parts) for name, parts in _counted(asked).items()}


def _answers_of(page: Making, asked: Mapping[str, Asked]) -> dict[str, Answer]:
    """What was answered before and still holds, and one statement for the others."""
    kept = {name: part for name, one in asked.items() if (part := _kept(one, page))}
    counted = _counted({name: one for name, one in asked.items() if name not in kept})
    if kept and counted and not _hold_still(kept.values()):
        kept, counted = {}, _counted(asked)
    told = {}
    for name, one in asked.items():
        if part := kept.get(name):
            told[name] = Answer(one, part.value[1], part.named)
        else:
            told[name] = Answer(one, counted[name], _made(one).named)
            _keep(told[name], page)
        page.named.update(told[name].named)
    return told


def _counted(asked: Mapping[str, Asked]) -> dict[str, Numbers]:
    """Answer everything with one statement, which is one moment of the database."""
    totals: dict[str, dict[tuple[str, ...], Decimal]] = {name: {} for name in asked}
    for name, *values, total in rows_of(asked, _selects):
        key = tuple(value or NONE for value in values[: len(asked[name].by)])
        totals[name][key] = totals[name].get(key, Decimal(0)) + total
    return {
        name: {key: one.figure.number(total) for key, total in totals[name].items()}
        for name, one in asked.items()
    }


def _key_of(asked: Asked) -> tuple[Hashable, ...]:
    whose = _parts_of(asked.question)
    return ("answer", *database_asked(), asked.figure.key, asked.by, *whose)


def _kept(asked: Asked, page: Making) -> Part | None:
    """What was answered before, if a statement sent now would say the same."""
    part = kept_parts.find(_key_of(asked), page.versions)
    return part if part and part.value[0] is asked.figure else None


def _keep(answer: Answer, page: Making) -> None:
    if _made(answer.asked).is_lasting:
        value = (answer.asked.figure, answer.parts)
        keep_part(_key_of(answer.asked), value, answer.named, page.versions)


def _hold_still(parts: Iterable[Part]) -> bool:
    """Whether what is kept is of the moment of the statement too: nothing was written between."""
    source = source_in_use()
    if source is None:
        return False
    with making_apart(Making({})):  # the versions are no part of the page
        versions = source.read()
    return all(part.holds(versions) for part in parts)


def _selects(asked: Iterable[tuple[str, Asked]]) -> Iterator[Select]:
    """A select of (name, value, value, total) for each; none for what can have no rows."""
    for name, one in asked:
        if select := _made(one).select:
            text, values = select
            yield text, (name, *values[1:])  # the first stands for it


@dataclass(frozen=True, slots=True)
class Made:
    """A select with the tables it reads; ``is_lasting`` when it says nothing of the data."""

    figure: Figure
    select: Select | None
    named: frozenset[str]
    is_lasting: bool


_known: dict[Hashable, Made] = {}


def _made(asked: Asked) -> Made:
    """The text and the values of one select: made once, as long as it says nothing of the data.

    What looks something up while it is made (the towns there are) is made each time.
    """
    key = (asked.figure.key, asked.by, *_parts_of(asked.question))
    known = _known.get(key)
    if known and known.figure is asked.figure:
        return known
    select = None
    with _sent() as sent, suppress(EmptyResultSet):
        select = _select(asked).query.sql_with_params()
    made = Made(asked.figure, select, _tables_of(asked, select, sent), not sent)
    if made.is_lasting:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[key] = made
    return made


def _tables_of(asked: Asked, select: Select | None, sent: Iterable[str]) -> frozenset[str]:
    """The tables behind an answer: of its rows, of what was looked up, and of the cells it has."""
    texts = [*sent, *([str(select[0])] if select else [])]
    named = {table for text in texts for table in TABLE.findall(text)}
    return frozenset(named | ({CELLS} if asked.figure.key in FLOWS else set()))


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


def _select(asked: Asked) -> Rows:
    """One row per value of the dimensions: (name, value, value, total); the name is put in later.

    As the first of all values it stands before those of the rows.
    """
    rows = asked.figure.rows(asked.question).order_by()
    columns: list[Any] = [asked.figure.dimension(key).expression for key in asked.by]
    columns += [Value("")] * (MOST_DIMENSIONS - len(columns))
    named = {f"split_{index}": Cast(column, TEXT) for index, column in enumerate(columns)}
    grouped: Rows = rows.annotate(answered=Value(NO_NAME, TEXT), **named)
    counted: Rows = grouped.values("answered", *named).annotate(counted=asked.figure.total)
    return counted.values_list("answered", *named, "counted")
