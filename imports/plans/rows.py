"""A cleaned row of a spreadsheet on its way into the registers, and what a plan says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Problem = dict[str, str]
Changes = dict[str, list[str]]

NEW, CHANGED, SAME, PROBLEM = "new", "changed", "same", "problem"
ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class SheetRow:
    """A row as the reader gives it: its place in the file, cleaned values, what was found.

    ``number`` is the row as the spreadsheet program shows it; ``problems`` are mappings with field,
    column, level (error, warning, notice) and message.
    """

    position: int
    sheet: str
    number: int
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value if isinstance(value, str) else "、".join(value)

    def has_error_of(self, name: str) -> bool:
        return any(one["field"] == name for one in self.problems if one["level"] == ERROR)


@dataclass
class Comparison:
    """What importing a row would do: its verdict, the changes, what is to be said.

    ``values`` are what the row says, parsed, by field. ``changes`` maps a field to its old and new
    text. ``touched`` maps the name of a target (enterprise, membership) to the primary key of the
    record found, absent when it would be made.
    """

    row: SheetRow
    verdict: str
    values: dict[str, Any] = field(default_factory=dict)
    changes: Changes = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    touched: dict[str, int] = field(default_factory=dict)

    @property
    def writes(self) -> bool:
        return self.verdict in {NEW, CHANGED}

    @property
    def all_problems(self) -> list[Problem]:
        """Those of reading and those of comparing."""
        return [*self.row.problems, *self.problems]


def error(name: str, message: str) -> Problem:
    """A problem that keeps the row out."""
    return {"field": name, "column": "", "level": ERROR, "message": message}


def warning(name: str, message: str) -> Problem:
    """A remark that a person should look at; the row is imported all the same."""
    return {"field": name, "column": "", "level": WARNING, "message": message}


def any_of(problems: Iterable[Problem], level: str) -> bool:
    """Whether one of the problems is of this level."""
    return any(problem["level"] == level for problem in problems)
