"""What the reading process and its caller tell each other: options in, tables out, as JSON.

The answer goes over in lines: what there is to say of the file, then a column of cells in each, so
that nobody holds a long list twice.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

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
    """What the reading process has to say, as plain data."""
    return {
        "kind": book.kind,
        "epoch_1904": book.epoch_1904,
        "file": book.file,
        "notices": [_message(m) for m in notices],
        "sheets": [[s.name, _message(s.message), s.tables, s.head, s.hidden] for s in sheets],
        "tables": [_table(t) for t in tables],
    }


def lines_of(answered: Mapping[str, Any], kept: int = 0) -> Iterator[str]:
    """The plain data of an answer as lines; ``kept``: how many bytes of cells follow them."""
    tables = answered.get("tables", ())
    counted = [{**table, "columns": len(table["columns"])} for table in tables]
    yield _line({**answered, **({"tables": counted, "kept": kept} if tables or kept else {})})
    for table in tables:
        yield from map(_line, table["columns"])


def put_together(lines: IO[bytes]) -> tuple[dict[str, Any] | None, bytes]:
    """The plain data of an answer from its lines, and the cells kept; None when a part is missing.

    Equal texts of a column are one text.
    """
    try:
        told = json.loads(lines.readline())
        for table in told.get("tables", ()):
            table["columns"] = [_shared(lines.readline()) for _n in range(table["columns"])]
        kept = lines.read()
        return (told, kept) if len(kept) == told.pop("kept", 0) else (None, b"")
    except (ValueError, TypeError, AttributeError):
        return None, b""


def _line(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def _shared(line: bytes) -> list[Any]:
    """One column; its cells are the fourth of what is told of it."""
    place, header, group, cells, *rest = json.loads(line)
    known: dict[str, str] = {}
    values = [known.setdefault(cell, cell) if isinstance(cell, str) else cell for cell in cells]
    return [place, header, group, values, *rest]


def read_answer(printed: Mapping[str, Any], kept: bytes = b"") -> Answer:
    """Plain data put together again, as the caller's own objects."""
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
    "guessed",
    "doubtful",
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
