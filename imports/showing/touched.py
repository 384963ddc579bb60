"""The records an import wrote, row by row: each by its name, with its page, and what it did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from core.parts import State, Tone
from imports.comparing import values
from imports.models import Batch, Row
from imports.queries import UNDONE_WORDS

ALL, NEW, CHANGED, LEAVING = "all", "new", "changed", "leaving"


@dataclass(frozen=True, slots=True)
class Choice:
    """A count that limits the rows to those it counts."""

    key: str
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A record a row wrote; ``url`` is "" when it has no page or is not there any more."""

    kind: str
    name: str
    url: str
    state: State


@dataclass(frozen=True, slots=True)
class TouchedRow:
    number: int
    sheet: str
    records: Sequence[Record]
    outcome: str
    reason: str


def rows_that_wrote(batch: Batch) -> QuerySet[Row]:
    """The rows of a batch that wrote something, in the order of the file."""
    return batch.rows.exclude(before={}, after={}).order_by("position")


def choices(batch: Batch, shown: str) -> list[Choice]:
    """New, changed, and after an undoing what became of them; each a link to its rows."""
    rows = rows_that_wrote(batch)
    found = {
        ALL: (_("全部"), rows.count()),
        NEW: (_("新增"), rows.filter(verdict=Row.Verdict.NEW).count()),
        CHANGED: (_("有变化"), rows.filter(verdict=Row.Verdict.CHANGED).count()),
        LEAVING: (_("登记离开"), rows.filter(verdict=Row.Verdict.LEAVING).count()),
    }
    for word, label in UNDONE_WORDS.items() if "undo" in batch.counts else ():
        found[word] = (str(label), rows.filter(outcome=word).count())
    on = shown if shown in found else ALL
    return [Choice(key, label, count, key == on) for key, (label, count) in found.items()]


def rows_of_choice(batch: Batch, shown: str) -> QuerySet[Row]:
    """The rows that a choice counts."""
    rows = rows_that_wrote(batch)
    if shown in {NEW, CHANGED, LEAVING}:
        return rows.filter(verdict=shown)
    return rows.filter(outcome=shown) if shown in UNDONE_WORDS else rows


def touched(rows: Sequence[Row]) -> list[TouchedRow]:
    """These rows with the records they wrote: one query a model."""
    there = _present(key for row in rows for key in {**row.before, **row.after})
    return [
        TouchedRow(
            row.number,
            row.sheet,
            [_record(row, key, there.get(key)) for key in {**row.before, **row.after}],
            str(UNDONE_WORDS.get(row.outcome, "")),
            row.outcome_words,
        )
        for row in rows
    ]


def _present(keys: Iterable[str]) -> dict[str, Model]:
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for key in keys:
        model, pk = values.address(key)
        wanted[model].add(pk)
    return {
        values.key_of(record): record
        for model, pks in wanted.items()
        for record in _with_names(model).filter(pk__in=pks)
    }


def _with_names(model: type[Model]) -> QuerySet[Model]:
    """With what a record's words may name; nullable keys are joined as well."""
    found: QuerySet[Model] = model._default_manager.select_related(
        *(name.removesuffix("_id") for name in values.references(model))
    )
    return found


def _record(row: Row, key: str, record: Model | None) -> Record:
    model, _pk = values.address(key)
    kept: dict[str, Any] = row.after.get(key) or row.before[key]
    named = str(kept.get("name") or kept.get("title") or kept.get("holder") or "—")
    if key not in row.before:
        state = State(_("新增"), Tone.GREEN)
    elif key not in row.after:
        state = State(_("删除"), Tone.RED)
    elif row.before[key] == row.after[key]:
        state = State(_("未变"), Tone.GREY)
    else:
        state = State(_("修改"), Tone.BLUE)
    url = getattr(record, "get_absolute_url", str)() if record else ""
    return Record(str(model._meta.verbose_name), str(record) if record else named, url, state)
