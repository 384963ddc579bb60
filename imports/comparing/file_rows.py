"""The rows of a file that was read: each as the plan takes it, with its place and its problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from imports.plans.registry import PLANS
from imports.plans.rows import Problem, SheetRow
from imports.reading.inspect import InspectedTable, Inspection
from imports.reading.inspect import Problem as ReadProblem
from imports.understanding.said import kept_problem

# What the cell held is kept beside the message where it is no free text: the message is about it.
QUOTABLE = {"credit_code", "phone", "joined_on", "founded_on", "capital_wan", "staff_count"}
LONGEST_QUOTE = 60
# The plan knows what the register takes and says it better.
SAID_BY_THE_PLAN = {"town_unknown", "position_unknown"}
SHEET_NAME = 100


class RowsOfFile(Sequence[SheetRow]):
    """The rows of an inspection, each made when it is asked for: of a long list few are needed."""

    def __init__(self, inspection: Inspection, plan: str) -> None:
        self._inspection, self._plan = inspection, plan
        for table in inspection.tables:
            _let_go_of_cells(table)

    def let_go(self) -> None:
        """Forget the rows, which somebody has kept elsewhere: nobody may ask for one again."""
        self._inspection.tables = []

    def __len__(self) -> int:
        return sum(len(table.table.rows) for table in self._inspection.tables)

    def __iter__(self) -> Iterator[SheetRow]:
        return _rows(self._inspection, self._plan)

    @overload
    def __getitem__(self, place: int) -> SheetRow: ...

    @overload
    def __getitem__(self, place: slice) -> list[SheetRow]: ...

    def __getitem__(self, place: int | slice) -> SheetRow | list[SheetRow]:
        return list(self)[place]


def _rows(inspection: Inspection, plan: str) -> Iterator[SheetRow]:
    fields = frozenset(PLANS[plan].fields)
    position = 0
    for table in inspection.tables:
        for place, row in enumerate(table.rows()):
            position += 1
            yield SheetRow(
                position=position,
                sheet=table.table.sheet[:SHEET_NAME],
                number=row.number,
                values={
                    name: value for name, value in row.values.items() if value and name in fields
                },
                problems=list(_problems(table, place, row.problems, fields)),
            )


def _problems(
    table: InspectedTable, place: int, problems: Iterable[ReadProblem], fields: frozenset[str]
) -> Iterator[Problem]:
    for problem in problems:
        if problem.field not in fields or problem.message.code in SAID_BY_THE_PLAN:
            continue
        told: Problem = kept_problem(problem)
        if problem.field in QUOTABLE and (raw := _raw(table, place, problem.field)):
            told["raw"] = raw
        yield told


def _let_go_of_cells(table: InspectedTable) -> None:
    """What the cells held is needed of the columns only that are quoted."""
    quoted = {table.table.fields[name] for name in QUOTABLE if name in table.values}
    for column in table.table.columns:
        if column.place not in quoted:
            column.values = []


def _raw(table: InspectedTable, place: int, field: str) -> str:
    """What the cell held, unless the reader put a mark in its place (an identity number)."""
    source = table.by_place[table.table.fields[field]]
    text = str(source.values[place])
    return "" if text.startswith("#") else text[:LONGEST_QUOTE]
