"""What a person says against the guess: sheets, header rows, fields, words of their own.

Everything is plain data (``as_json`` and ``from_json``), so that it can be remembered per sender
and sent again with the file, or with the cells kept of it (``imports.reading.kept``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.normalise import name_key

# The rows of a header as the spreadsheet numbers them: its last row, found upwards from there, or
# the first and the last; 0 says that the list has no header.
HeaderRows = int | tuple[int, int]
# A field, several (a column with a name and a number), or "" for a column that is not imported.
Chosen = str | Sequence[str]
Synonyms = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True)
class Corrections:
    """The choices of a person; what they say nothing of stays guessed.

    ``plan``: the name of the plan asked for, "" to guess it for each table.
    ``sheets``: by sheet name, whether to take it; a hidden sheet is taken only when it says so.
    ``header_rows``: by sheet name, the rows of each header of that sheet.
    ``left_tables``: tables not to take, by their key (``table_key``).
    ``fields``: by header text; spaces, width and kind of brackets do not matter.
    ``places``: by sheet name or table key, then by column letters; stronger than ``fields``.
    ``synonyms``: further header words by plan and field. ``encoding``: that of a text file
    (``decoding.ENCODINGS``); it takes the file, kept cells are decoded already.
    """

    plan: str = ""
    sheets: Mapping[str, bool] = field(default_factory=dict)
    header_rows: Mapping[str, Sequence[HeaderRows]] = field(default_factory=dict)
    left_tables: Sequence[str] = ()
    fields: Mapping[str, Chosen] = field(default_factory=dict)
    places: Mapping[str, Mapping[str, Chosen]] = field(default_factory=dict)
    synonyms: Synonyms = field(default_factory=dict)
    encoding: str = ""

    def as_json(self) -> dict[str, Any]:
        """The choices as plain data."""
        return {
            "plan": self.plan,
            "sheets": dict(self.sheets),
            "header_rows": {name: list(rows) for name, rows in self.header_rows.items()},
            "left_tables": list(self.left_tables),
            "fields": dict(self.fields),
            "places": {name: dict(places) for name, places in self.places.items()},
            "encoding": self.encoding,
            "synonyms": {
                plan: {name: list(words) for name, words in by_field.items()}
                for plan, by_field in self.synonyms.items()
            },
        }

    @staticmethod
    def from_json(told: Mapping[str, Any]) -> "Corrections":
        """The choices back from plain data."""
        rows = {
            name: tuple(n if isinstance(n, int) else (n[0], n[1]) for n in chosen)
            for name, chosen in told.get("header_rows", {}).items()
        }
        return Corrections(**{**told, "header_rows": rows})

    def chosen_by_header(self) -> dict[str, tuple[str, ...]]:
        """The fields by the key of the header text."""
        return {name_key(header): _several(to) for header, to in self.fields.items()}

    def chosen_by_place(self, sheet: str, header_row: int) -> dict[str, tuple[str, ...]]:
        """The fields by column letters, for one table."""
        places = {**self.places.get(sheet, {}), **self.places.get(table_key(sheet, header_row), {})}
        return {letters.upper(): _several(to) for letters, to in places.items()}

    def words(self) -> Iterator[str]:
        """Every header word the person taught."""
        yield from self.fields
        for by_field in self.synonyms.values():
            for words in by_field.values():
                yield from words


def table_key(sheet: str, header_row: int) -> str:
    """What a table goes by: its sheet and its last header row (0 for none)."""
    return f"{sheet}:{header_row}"


def _several(chosen: Chosen) -> tuple[str, ...]:
    return (chosen,) if isinstance(chosen, str) else tuple(chosen)
