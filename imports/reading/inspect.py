"""How a spreadsheet is understood: the one call that turns a file into cleaned, cited rows."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from core.normalise import clean_text
from imports.cleaning.numbers import foreign_currency
from imports.cleaning.values import (
    DITTO,
    NOTICE,
    WARNING,
    Cell,
    Cleaned,
    Context,
    Finding,
    Level,
    Value,
    quote,
)
from imports.reading.columns import Column, Plan
from imports.reading.content import SAMPLE, is_firm
from imports.reading.corrections import Corrections, table_key
from imports.reading.exchange import Answer, Options, SheetSummary
from imports.reading.isolation import read_isolated
from imports.reading.messages import Message
from imports.reading.neighbours import PEOPLE
from imports.reading.pieces import year_among
from imports.reading.sheets import plans_of
from imports.reading.table import Skipped, Table, TableColumn
from imports.reading.vocabulary import PLANS

# Fields often written once for several rows, and those that every row has of its own.
_SEVERAL = re.compile(r"[、/;；,，]")
# What a firm has beside its name.
_OF_FIRMS = ("credit_code", "position", "contact", "phone", "legal_representative", "capital_wan")
_FILLED_DOWN = ("town", "village")
_STANDING_ALONE = ("name", "title", "post", "holder")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to say of one cell, with its place as the spreadsheet shows it."""

    field: str
    column: str
    row: int
    level: Level
    message: Message

    @property
    def address(self) -> str:
        """The cell, like C7; the row alone for what stands in no column of its own."""
        if not self.column:
            return f"第{self.row}行"
        return f"{self.column}{self.row}"

    def text(self, language: str = "zh") -> str:
        """The sentence with the cell it is about."""
        mark = "：" if language.startswith("zh") else ": "
        return f"{self.address}{mark}{self.message.text(language)}"

    def as_json(self, language: str = "zh") -> dict[str, str]:
        """One problem of `inspect_sheet`."""
        return {
            "field": self.field,
            "column": self.column,
            "level": self.level,
            "code": self.message.code,
            "message": self.text(language),
        }


@dataclass(frozen=True, slots=True)
class InspectedRow:
    """A record: its row in the spreadsheet, its values by field, and what to say of them."""

    number: int
    values: dict[str, Value]
    problems: Sequence[Problem]
    group: str = ""


@dataclass
class InspectedTable:
    """A table with cleaned values, by field and column-wise; ``problems`` by place in the rows."""

    table: Table
    plan: Plan
    values: dict[str, list[Value]] = field(default_factory=dict)
    problems: dict[int, list[Problem]] = field(default_factory=dict)

    @property
    def left_out(self) -> list[str]:
        """The headers of the columns of personal particulars, in the order of the sheet."""
        return [column.header for column in self.table.left_out]

    @property
    def key(self) -> str:
        """What the table goes by in a person's corrections."""
        return table_key(self.table.sheet, self.table.header_row)

    @cached_property
    def by_place(self) -> dict[int, TableColumn]:
        """The columns by their place."""
        return {column.place: column for column in self.table.columns}

    def rows(self) -> Iterator[InspectedRow]:
        """The records from top to bottom."""
        names = list(self.values)
        for place, number in enumerate(self.table.rows):
            values = {name: self.values[name][place] for name in names}
            group = self.table.groups.get(number, "")
            yield InspectedRow(number, values, self.problems.get(place, ()), group)

    def sentences(self, language: str = "zh") -> list[str]:
        """What was passed over and left out, in words."""
        passed = [_skipped_sentence(span, language) for span in self.table.skipped]
        return passed + [m.text(language) for m in self._left_out_messages()]

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """One table of `inspect_sheet`."""
        fields = {place: name for name, place in reversed(self.table.fields.items())}
        return {
            "sheet": self.table.sheet,
            "plan": self.plan.name,
            "header_row": self.table.header_row,
            "columns": [
                {"column": c.letters, "header": c.header, "field": fields.get(c.place, "")}
                for c in self.table.columns
            ],
            "left_out": self.left_out,
            "rows": [
                {
                    "row": row.number,
                    "values": row.values,
                    "problems": [p.as_json(language) for p in row.problems],
                }
                for row in self.rows()
            ],
        }

    def _left_out_messages(self) -> Iterator[Message]:
        for column in self.table.left_out:
            code = "left_out_by_content" if column.content else "left_out_by_header"
            yield Message(code, {"header": column.header, "what": column.content})


@dataclass
class Inspection:
    """A file understood: its tables, its sheets, and what there is to say of it.

    ``kept`` are its cells without the personal columns, when they were asked for.
    """

    file: str
    kind: str
    tables: list[InspectedTable]
    sheets: list[SheetSummary]
    notices: list[Message]
    kept: bytes = b""
    epoch_1904: bool = False

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """The answer of `inspect_sheet`."""
        return {"file": self.file, "tables": [t.as_json(language) for t in self.tables]}


def inspect_file(
    source: str | Path | bytes,
    file_name: str = "",
    plan: str | None = None,
    towns: Sequence[str] = (),
    *,
    corrections: Corrections | None = None,
    keep: bool = False,
    unhurried: bool = False,
) -> Inspection:
    """Read a file in a process of its own, find its tables, clean and check their values.

    ``plan`` None guesses it for each table. ``towns`` are the names towns go by here.
    ``corrections`` are a person's choices. ``keep``: hand out the cells without the personal
    columns as well, for `inspect_kept`. ``unhurried``: nobody waits, it may take longer. Raises
    ``Refused`` with one sentence when the file cannot be read at all.
    """
    content = source if isinstance(source, bytes) else Path(source).read_bytes()
    name = file_name or ("" if isinstance(source, bytes) else Path(source).name)
    wanted = _with_plan(corrections, plan)
    options = Options(
        file_name=clean_text(name)[:255], corrections=wanted, keep=keep, unhurried=unhurried
    )
    return _inspected(read_isolated(content, options), wanted, towns)


def inspect_kept(
    kept: bytes,
    plan: str | None = None,
    towns: Sequence[str] = (),
    *,
    corrections: Corrections | None = None,
    keep: bool = False,
    unhurried: bool = False,
) -> Inspection:
    """Understand cells that were kept of a file once more, under other choices.

    ``keep``: hand the cells out anew; under another header more columns may be personal.
    """
    wanted = _with_plan(corrections, plan)
    options = Options(corrections=wanted, is_kept=True, keep=keep, unhurried=unhurried)
    return _inspected(read_isolated(kept, options), wanted, towns)


def _with_plan(corrections: Corrections | None, plan: str | None) -> Corrections:
    wanted = corrections or Corrections()
    return replace(wanted, plan=plan) if plan else wanted


def _inspected(read: Answer, wanted: Corrections, towns: Sequence[str]) -> Inspection:
    plans = {plan.name: plan for plan in plans_of(wanted)}
    tables = [
        inspect_table(table, towns, epoch_1904=read.epoch_1904, plan=plans[table.plan])
        for table in read.tables
    ]
    return Inspection(
        read.file, read.kind, tables, read.sheets, read.notices, read.kept, read.epoch_1904
    )


def inspect_table(
    table: Table,
    towns: Sequence[str] = (),
    *,
    epoch_1904: bool = False,
    plan: Plan | None = None,
) -> InspectedTable:
    """Clean every column of a table, each different value once."""
    plan = plan or PLANS[table.plan]
    inspected = InspectedTable(table, plan)
    known = [column for column in plan.columns if column.name in table.fields]
    serving = Counter(table.fields.values())
    for column in sorted(known, key=lambda known: table.fields[known.name]):
        place = table.fields[column.name]
        if place not in inspected.by_place:
            continue
        source = inspected.by_place[place]
        context = Context(
            unit=source.unit,
            epoch_1904=epoch_1904,
            year=table.year or (year_among(source.values) if column.name == "start" else None),
            towns=tuple(towns),
            limit=column.limit,
            currency=foreign_currency(f"{source.group}{source.header}".upper())[0],
            with_post=not source.header or "职务" in source.header,
            joint=serving[place] > 1,
        )
        if column.name in _FILLED_DOWN:
            source = _fill_down(inspected, column, source)
        if column.name in table.doubtful:
            inspected.values[column.name] = _ask_whose(inspected, column, source)
            continue
        inspected.values[column.name] = _clean_column(inspected, column, source, context)
        if column.name in table.guessed and table.rows:
            finding = Finding(WARNING, "column_guessed", {"header": source.header})
            _note(inspected, 0, column, source, (finding,))
    if plan.name == "members":
        _doubt_records(inspected)
    _doubt_numbers(inspected)
    return inspected


def _doubt_records(inspected: InspectedTable) -> None:
    """Rows of a list of firms that hold a name which is none, and nothing else: 配电房."""
    table, names = inspected.table, inspected.values.get("name", [])
    others = [inspected.values[n] for n in _OF_FIRMS if n in inspected.values]
    alone = [place for place, said in enumerate(zip(*others, strict=True)) if not any(said)]
    odd = [place for place in alone if names and names[place] and not is_firm(str(names[place]))]
    usual = names[:SAMPLE]
    if not odd or len(odd) * 5 > len(names) or sum(map(_is_firm, usual)) * 5 < len(usual) * 4:
        return
    column, source = inspected.plan.column("name"), inspected.by_place[table.fields["name"]]
    for place in odd:
        finding = Finding(WARNING, "perhaps_no_record", {"text": quote(str(names[place]))})
        _note(inspected, place, column, source, (finding,))


def _doubt_numbers(inspected: InspectedTable) -> None:
    """Several people in a cell with more or fewer numbers: which of them answers is unsaid."""
    fields = inspected.table.fields
    person = next((n for n in PEOPLE if n in fields and fields[n] == fields.get("phone")), "")
    people, numbers = inspected.values.get(person, []), inspected.values.get("phone", [])
    for place, (who, which) in enumerate(zip(people, numbers, strict=False)):
        count, told = (len(_SEVERAL.split(str(one))) if one else 0 for one in (who, which))
        if count > 1 and told and told != count:
            source = inspected.by_place[fields["phone"]]
            finding = Finding(WARNING, "numbers_of_several", {"text": quote(str(who))})
            _note(inspected, place, inspected.plan.column("phone"), source, (finding,))


def _is_firm(name: Value) -> bool:
    return isinstance(name, str) and is_firm(name)


def _ask_whose(inspected: InspectedTable, column: Column, source: TableColumn) -> list[Value]:
    """Numbers that stand beside another person: told, and left for a person to decide."""
    for place, value in enumerate(source.values):
        if value != "":
            finding = Finding(WARNING, "number_of_another", {"text": quote(value)})
            _note(inspected, place, column, source, (finding,))
    return [""] * len(source.values)


def _fill_down(inspected: InspectedTable, column: Column, source: TableColumn) -> TableColumn:
    """A town written once over its rows, where the merge was lost on the way (a text file).

    Only a column left of the names that is blank in a good part of the rows, never at the top,
    and in which no name comes back later.
    """
    heads = [inspected.table.fields.get(name, -1) for name in _STANDING_ALONE]
    runs = [value for value in source.values if value != ""]
    blank = len(source.values) - len(runs)
    if source.place < 0 or not any(place > source.place for place in heads):
        return source
    if not runs or source.values[0] == "" or len(set(runs)) < len(runs) or blank < len(runs) / 3:
        return source
    filled: list[Cell] = []
    for place, value in enumerate(source.values):
        filled.append(value if value != "" else filled[-1])
        if value == "":
            finding = Finding(NOTICE, "filled_down", {"text": str(filled[-1])})
            _note(inspected, place, column, source, (finding,))
    return replace(source, values=filled)


def _clean_column(
    inspected: InspectedTable, column: Column, source: TableColumn, context: Context
) -> list[Value]:
    seen: dict[Cell, Cleaned] = {}
    values: list[Value] = []
    before: Cell = ""
    for place, typed in enumerate(source.values):
        before = raw = before if typed in DITTO else typed
        cleaned = seen.get(raw)
        # 1 and 1.0 are one key of a dict, and are cleaned alike.
        if cleaned is None:
            cleaned = seen[raw] = column.clean(raw, context)
        # Most clean values are what the cell held: then they are the same text, not one like it.
        same = isinstance(raw, str) and cleaned.value == raw and raw
        values.append(same or cleaned.value)
        findings = cleaned.findings
        if column.required and not cleaned.value and not findings:
            findings = (Finding("error", "required", {}),)
        if findings:
            _note(inspected, place, column, source, findings)
    return values


def _note(
    inspected: InspectedTable,
    place: int,
    column: Column,
    source: TableColumn,
    findings: Sequence[Finding],
) -> None:
    letters, number = source.place_of(place, inspected.table.rows[place])
    inspected.problems.setdefault(place, []).extend(
        Problem(
            column.name,
            letters,
            number,
            finding.level,
            Message(finding.code, {"title": column.title, **finding.parameters}),
        )
        for finding in findings
    )


def _skipped_sentence(span: Skipped, language: str) -> str:
    code = "row_span" if span.first == span.last else "row_spans"
    rows = Message(code, {"first": span.first, "last": span.last}).text(language)
    return Message(f"rows_{span.kind}", {"rows": rows, "text": span.text}).text(language)
