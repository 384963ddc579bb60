"""Which columns a list shows, and in which order: chosen in the address, kept in a saved view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from core.tables import RecordTable, TitleColumn

COLUMNS = "columns"
LEFT_OUT = frozenset({COLUMNS, "page", "export"})


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column on offer. A fixed one names the row and is always there."""

    name: str
    label: str
    is_shown: bool
    is_fixed: bool


def chosen_columns(asked: QueryDict, table_class: type[RecordTable]) -> list[str]:
    """The columns asked for as ``columns=name,town`` or ``columns=name&columns=town``, in order.

    Unknown names are passed over; the column that names the row comes first when it is missing.
    Nothing asked for, or nothing known, is an empty list: the table as it is.
    """
    names = [name for listed in asked.getlist(COLUMNS) for name in listed.split(",")]
    offered = [name for name, _column in _offered(table_class)]
    known = [name for name in dict.fromkeys(names) if name in offered]
    missing = [name for name in _fixed(table_class) if name not in known]
    return [*missing, *known] if known else []


class ColumnsOffered:
    """The chooser of a list: its columns, what is chosen, and what of the address it keeps."""

    def __init__(self, asked: QueryDict, table: RecordTable) -> None:
        self.asked = asked
        self.table = table

    @property
    def choices(self) -> list[ColumnChoice]:
        """Every column in the order it has now: those shown, then those that are not."""
        fixed = set(_fixed(type(self.table)))
        offered = {name for name, _column in _offered(type(self.table))}
        choices = [
            ColumnChoice(column.name, str(column.header), column.visible, column.name in fixed)
            for column in self.table.columns.iterall()
            if column.name in offered
        ]
        return sorted(choices, key=lambda choice: not choice.is_shown)

    @property
    def query(self) -> str:
        """The choice as it stands in the address, kept when filters change; "" when none."""
        return ",".join(self.table.chosen)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The filters and the order, kept when the columns change."""
        return [
            (name, value)
            for name, values in self.asked.lists()
            for value in values
            if value and name not in LEFT_OUT
        ]

    @property
    def without_url(self) -> str:
        """The same list with the columns it has by itself."""
        return f"?{urlencode(self.kept)}"


def _offered(table_class: type[RecordTable]) -> Iterator[tuple[str, object]]:
    """Columns with words of their own; boxes to tick and links to forms are no choice."""
    for name, column in table_class.base_columns.items():
        if not column.exclude_from_export:
            yield name, column


def _fixed(table_class: type[RecordTable]) -> Sequence[str]:
    titles = [name for name, column in _offered(table_class) if isinstance(column, TitleColumn)]
    return titles[:1]
