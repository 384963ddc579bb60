"""What the reading process and its caller tell each other: options in, tables out, as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from imports.reading.grid import Book
from imports.reading.messages import Message
from imports.reading.table import LeftOut, Skipped, Table, TableColumn


@dataclass(frozen=True)
class Options:
    """How to read a file.

    ``plan`` is the name of the plan, "" to guess. ``sheets`` are hidden sheets to read as well;
    ``header_rows`` sets a sheet's last header row by hand (0 for none); ``fields`` sets the field
    of a column by its header text (compared by ``name_key``; "" for not imported); ``synonyms``
    adds header words by plan and field.
    """

    file_name: str = ""
    plan: str = ""
    sheets: tuple[str, ...] = ()
    header_rows: Mapping[str, int] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    patient: bool = False

    def to_json(self) -> str:
        """The options as one command-line argument."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> "Options":
        """The options back from the command line."""
        values = json.loads(text)
        return Options(**{**values, "sheets": tuple(values["sheets"])})


@dataclass
class SheetSummary:
    """A sheet and what became of it: how many tables or why none, and its top as text."""

    name: str
    message: Message
    tables: int = 0
    head: list[list[str]] = field(default_factory=list)


@dataclass
class Answer:
    """A file as the reading process understood it."""

    kind: str
    epoch_1904: bool
    notices: list[Message]
    sheets: list[SheetSummary]
    tables: list[Table]


def answer(book: Book, tables: Sequence[Table], sheets: Sequence[SheetSummary]) -> dict[str, Any]:
    """The object the reading process prints."""
    return {
        "kind": book.kind,
        "epoch_1904": book.epoch_1904,
        "notices": [_message(m) for m in book.notices],
        "sheets": [[s.name, _message(s.message), s.tables, s.head] for s in sheets],
        "tables": [_table(t) for t in tables],
    }


def read_answer(printed: Mapping[str, Any]) -> Answer:
    """The object printed, as the caller's own objects."""
    return Answer(
        kind=printed["kind"],
        epoch_1904=printed["epoch_1904"],
        notices=[Message(code, parameters) for code, parameters in printed["notices"]],
        sheets=[SheetSummary(n, Message(*m), *rest) for n, m, *rest in printed["sheets"]],
        tables=[_read_table(t) for t in printed["tables"]],
    )


def _message(message: Message) -> list[Any]:
    return [message.code, dict(message.parameters)]


def _table(table: Table) -> dict[str, Any]:
    names = ("sheet", "title", "header_first", "header_row", "plan", "rows", "fields", "year")
    return {
        **{name: getattr(table, name) for name in names},
        "groups": list(table.groups.items()),
        "columns": [[c.place, c.header, c.group, c.values, c.unit] for c in table.columns],
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
