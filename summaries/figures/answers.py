"""Many figures in one query: a page asks all it shows at once, so all of it is of one moment.

While a page is made, an answer is taken from one given before if nothing has been written since to
the tables behind it; what is asked of the database then is the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language

from core.kept import Making, database_asked, making_apart, making_now, source_in_use
from core.kept_parts import Key, Part, keep_part, kept_parts
from core.select_texts import Select, SelectText, select_text
from summaries.cells.backed import FLOWS
from summaries.cells.statement import rows_of
from summaries.figures.asked import Asked
from summaries.figures.figure import NONE, Rows
from summaries.figures.figure import Value as Number
from summaries.figures.questions import Question

__all__ = ["Answer", "Asked", "answers"]

MOST_DIMENSIONS = 2
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
    keys = _keys_of(asked)
    found = {name: kept_parts.find(key, page.versions) for name, key in keys.items()}
    kept = {name: part for name, part in found.items() if part}
    counted = _counted({name: one for name, one in asked.items() if name not in kept})
    if kept and counted and not _hold_still(kept.values()):
        kept, counted = {}, _counted(asked)
    told = {name: Answer(asked[name], part.value, part.named) for name, part in kept.items()}
    for name, parts in counted.items():
        told[name] = _kept_from_now(Answer(asked[name], parts), keys[name], page)
    for answer in told.values():
        page.named.update(answer.named)
    return {name: told[name] for name in asked}


def _kept_from_now(answer: Answer, key: Key, page: Making) -> Answer:
    """An answer with the tables behind it, given again as long as nothing is written to them."""
    made = _made(answer.asked)
    cells = {CELLS} if answer.asked.figure.key in FLOWS else set()
    named = made.named | cells
    if made.is_lasting:
        keep_part(key, answer.parts, named, page.versions)
    return replace(answer, named=named)


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


def _keys_of(asked: Mapping[str, Asked]) -> dict[str, Key]:
    """What each answer depends on besides its data; many are asked the same of other figures."""
    of_questions = {id(one.question): key_of(one.question) for one in asked.values()}
    database = database_asked()
    return {
        name: ("answer", *database, *_figure_key(one), *of_questions[id(one.question)])
        for name, one in asked.items()
    }


def _figure_key(asked: Asked) -> Key:
    figure = asked.figure
    return (figure.key, figure.source, figure.measure, asked.by)


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


def _made(asked: Asked) -> SelectText:
    return select_text((*_figure_key(asked), *key_of(asked.question)), lambda: _select(asked))


def key_of(question: Question) -> Key:
    """All that the rows of a question depend on, but the rows themselves."""
    user, rules = question.user, question.rules
    return (
        *(question.scope, question.scope.pks, question.period, question.as_of, question.narrowed),
        *(type(user), getattr(user, "role", ""), user.is_authenticated, user.is_active),
        *(user.town_ids, tuple(rules.council), rules.idle_days, rules.grey_days),
        *(rules.lapse_days, rules.term_days, get_language()),
    )


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
