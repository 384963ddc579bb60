"""What the reading process and its caller tell each other: options in, tables out, as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from imports.reading.corrections import Corrections
from imports.reading.grid import Book
from imports.reading.messages import Message
from imports.reading.table import LeftOut, Skipped, Table, TableColumn


@dataclass(frozen=True)
class Options:
    """How to read a file.

    ``patient``: with the slow, forgiving reader. ``keep``: hand out the cells as well, to be
    stored. ``is_kept``: these are cells that were stored, not a file. ``unhurried``: nobody waits
    for the answer.
    """

    file_name: str = ""
    corrections: Corrections = field(default_factory=Corrections)
    patient: bool = False
    keep: bool = False
    is_kept: bool = False
    unhurried: bool = False

    def to_json(self) -> str:
        """The options as text."""
        return json.dumps({**vars(self), "corrections": self.corrections.as_json()})

    @staticmethod
    def from_json(text: str | bytes) -> "Options":
        """The options back from text."""
        told = json.loads(text)
        return Options(**{**told, "corrections": Corrections.from_json(told["corrections"])})


@dataclass
class SheetSummary:
    """A sheet and what became of it: how many tables or why none, and its top as text."""

    name: str
    message: Message
    tables: int = 0
    head: list[list[str]] = field(default_factory=list)
    hidden: bool = False


@dataclass
class Answer:
    """A file as the reading process understood it."""

    kind: str
    epoch_1904: bool
    notices: list[Message]
    sheets: list[SheetSummary]
    tables: list[Table]
    file: str = ""
    kept: bytes = b""


def answer(
    book: Book,
    tables: Sequence[Table],
    sheets: Sequence[SheetSummary],
    notices: Sequence[Message],
) -> dict[str, Any]:
    """The object the reading process prints."""
    return {
        "kind": book.kind,
        "epoch_1904": book.epoch_1904,
        "file": book.file,
        "notices": [_message(m) for m in notices],
        "sheets": [[s.name, _message(s.message), s.tables, s.head, s.hidden] for s in sheets],
        "tables": [_table(t) for t in tables],
    }


def read_answer(printed: Mapping[str, Any], kept: bytes = b"") -> Answer:
    """The object printed, as the caller's own objects."""
    return Answer(
        kind=printed["kind"],
        epoch_1904=printed["epoch_1904"],
        notices=[Message(code, parameters) for code, parameters in printed["notices"]],
        sheets=[SheetSummary(n, Message(*m), *rest) for n, m, *rest in printed["sheets"]],
        tables=[_read_table(t) for t in printed["tables"]],
        file=printed["file"],
        kept=kept,
    )


def _message(message: Message) -> list[Any]:
    return [message.code, dict(message.parameters)]


_PLAIN = (
    "sheet",
    "title",
    "header_first",
    "header_row",
    "last_row",
    "plan",
    "rows",
    "fields",
    "year",
    "is_form",
)


def _table(table: Table) -> dict[str, Any]:
    return {
        **{name: getattr(table, name) for name in _PLAIN},
        "groups": list(table.groups.items()),
        "columns": [[c.place, c.header, c.group, c.values, c.unit, c.cells] for c in table.columns],
        "left_out": [[c.place, c.header, c.content] for c in table.left_out],
        "skipped": [[s.first, s.last, s.kind, s.text] for s in table.skipped],
    }


def _read_table(printed: Mapping[str, Any]) -> Table:
    return Table(
        **{
            **printed,
            "groups": dict(printed["groups"]),
            "columns": [TableColumn(*c) for c in printed["columns"]],
            "left_out": [LeftOut(*c) for c in printed["left_out"]],
            "skipped": [Skipped(*s) for s in printed["skipped"]],
        }
    )
