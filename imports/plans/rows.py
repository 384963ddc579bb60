"""A cleaned row of a spreadsheet on its way into the registers, and what a plan says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from imports.understanding.said import kept_words

Problem = dict[str, Any]
Changes = dict[str, list[str]]

NEW, CHANGED, SAME, PROBLEM = "new", "changed", "same", "problem"
OMITTED, ABSENT, LEAVING = "omitted", "absent", "leaving"
WRITING = frozenset({NEW, CHANGED, LEAVING})
# What a person may decide of a row, as its choice holds it.
SAME_AS, ANOTHER, OMIT, LEFT_ON = "same_as", "another", "omit", "left_on"
ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class SheetRow:
    """A row as the reader gives it: its place in the file, cleaned values, what was found.

    ``number`` is the row as the spreadsheet program shows it; ``problems`` are mappings with field,
    column, level (error, warning, notice) and message. ``choice`` is what a person decided of the
    row: it means the record ``same_as``, it means ``another`` one, it is to be left out (``omit``).
    """

    position: int
    sheet: str
    number: int
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    choice: dict[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value if type(value) is str else "、".join(value)

    def has_error_of(self, name: str) -> bool:
        return any(one["field"] == name for one in self.problems if one["level"] == ERROR)


@dataclass
class Wanted:
    """What writing a row makes, changes (each record with its new values) and deletes."""

    new: list[models.Model] = field(default_factory=list)
    changed: list[tuple[models.Model, dict[str, Any]]] = field(default_factory=list)
    removed: list[models.Model] = field(default_factory=list)


@dataclass
class Comparison:
    """What importing a row would do: its verdict, the changes, what is to be said.

    ``values`` are what the row says, parsed, by field. ``changes`` maps a field to its old and new
    text. ``touched`` maps the name of a target (enterprise, membership) to the primary key of the
    record found, absent when it would be made. ``record`` is the record the row means, as
    "app.model:pk". ``keys`` are words that other rows meaning the same would share. ``wanted`` is
    what a plan of single records would write.
    """

    row: SheetRow
    verdict: str
    values: dict[str, Any] = field(default_factory=dict)
    changes: Changes = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    touched: dict[str, int] = field(default_factory=dict)
    record: str = ""
    keys: list[str] = field(default_factory=list)
    wanted: Any = None  # Wanted; a member list does without

    @property
    def writes(self) -> bool:
        return self.verdict in WRITING

    @property
    def is_warned(self) -> bool:
        """Whether it is imported all the same, with something to look at."""
        told = self.verdict not in {PROBLEM, OMITTED}
        return told and any_of(self.all_problems, WARNING)

    @property
    def all_problems(self) -> list[Problem]:
        """Those of reading and those of comparing."""
        return [*self.row.problems, *self.problems]


def error(name: str, message: str) -> Problem:
    """A problem that keeps the row out."""
    return {"field": name, "column": "", "level": ERROR, **kept_words(message)}


def warning(name: str, message: str) -> Problem:
    """A remark that a person should look at; the row is imported all the same."""
    return {"field": name, "column": "", "level": WARNING, **kept_words(message)}


def option(record: models.Model, name: str, *details: str) -> Problem:
    """A record of the register that a row may mean, to be shown beside it."""
    told = [detail for detail in details if detail]
    return {"pk": record.pk, "name": name, "details": told}


def any_of(problems: Iterable[Problem], level: str) -> bool:
    """Whether one of the problems is of this level."""
    return any(problem["level"] == level for problem in problems)
