"""Pairs of letters: how a part of a name is found among a million names by an index."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Func, Q, QuerySet, TextField, Value

COLUMNS = ("name_key", "pinyin", "initials")


class Pairs(Func):
    """All pairs of neighbouring letters in some texts, as the function in the database makes them.

    A model's index of these is GinIndex(Pairs("name_key", "pinyin", "initials")).
    """

    function = "pairs_of"
    output_field: Any = ArrayField(TextField())


class HasPairs(Func):
    """Whether every pair of letters of a text is among those of a name."""

    template = "%(expressions)s"
    arg_joiner = " @> "
    output_field: Any = BooleanField()


def holds_pairs(key: str, *, path: str = "") -> Q:
    """The condition an index can answer: all pairs of ``key`` occur, in whatever order.

    It lets through more than what holds ``key`` itself, never less. A single letter has no pair.
    """
    if len(key) < 2:
        return Q()
    columns = [f"{path}{column}" for column in COLUMNS]
    pairs = {key[at : at + 2] for at in range(len(key) - 1)}
    wanted = Value(sorted(pairs), ArrayField(TextField()))
    return Q(HasPairs(Pairs(*columns), wanted))


def about_as_many(rows: QuerySet[Any], key: str) -> int:
    """About how many of the rows hold the pairs of ``key``, as the statistics of the index tell.

    Nothing is read; good for choosing a way to look, never for a number that is shown.
    """
    plan = json.loads(rows.order_by().filter(holds_pairs(key)).explain(format="json"))
    return int(plan[0]["Plan"]["Plan Rows"])
