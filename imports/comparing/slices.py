"""The rows of a long list, compared some thousands at a time, as if they were compared at once.

A row says the same of itself in every slice, but not what it shares with rows of others: those are
looked at together afterwards. So much of each row is remembered, and no more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from core.normalise import name_key
from imports.comparing import values
from imports.models import Batch, Row
from imports.plans.base import RECORD, Near, Plan
from imports.plans.rows import ANOTHER, NEW, Comparison, SheetRow
from imports.queries import rows_of_file

# As many are compared at once, with everything that is said of them; a longer list in slices.
AT_ONCE = 10_000
SLICE = 4_000

OF_COMPARING = ("verdict", "changes", "problems", "record", "keys", "is_warned")
OF_ROW = ("batch", "position", "sheet", "number", "values", "choice")

# Rows and what is said of them now, in the same order.
Said = tuple[list[Row], list[Comparison]]


def is_long(plan: Plan, count: int) -> bool:
    """Whether a list of so many rows is to be compared in slices."""
    return plan.in_slices and count > AT_ONCE


def sliced(rows: Iterable[SheetRow]) -> Iterator[list[SheetRow]]:
    """The rows, a slice at a time."""
    pending = iter(rows)
    while piece := list(islice(pending, SLICE)):
        yield piece


def kept_slices(batch: Batch, *, verdicts: Iterable[str] = ()) -> Iterator[list[Row]]:
    """The rows of the file as they are kept, a slice at a time; those of some verdicts only."""
    rows = rows_of_file(batch).only(*OF_COMPARING, *OF_ROW)
    if wanted := list(verdicts):
        rows = rows.filter(verdict__in=wanted)
    last = 0
    while piece := list(rows.filter(position__gt=last)[:SLICE]):
        yield piece
        last = piece[-1].position


def put(row: Row, one: Comparison) -> Row:
    """Set what comparing says of the row: the fields OF_COMPARING."""
    row.verdict, row.changes, row.problems = one.verdict, one.changes, one.all_problems
    row.record, row.keys, row.is_warned = one.record, one.keys, one.is_warned
    return row


class Slices:
    """Compares rows slice by slice and knows afterwards which have to be looked at together.

    ``named`` are the keys of all records that rows name.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.named: set[str] = set()
        self._starts: list[int] = []
        self._first: dict[int, int] = {}  # by a key's hash: two that are alike cost a look
        self._joined: dict[int, int] = {}

    @property
    def is_sliced(self) -> bool:
        """Whether the list is a long one, of several slices."""
        return bool(self._starts)

    def compare(self, rows: Sequence[SheetRow]) -> list[Comparison]:
        """A verdict for each row of the next slice, as far as the slice can tell."""
        compared = self.plan.compare_slice(rows)
        self._starts.append(rows[0].position)
        for one in compared:
            self.named.update(key for key in one.keys if key.startswith(RECORD))
            for key in one.keys:
                first = self._first.setdefault(hash(key), one.row.position)
                if first != one.row.position:
                    self._join(first, one.row.position)
        return compared

    def compare_whole(self, rows: Sequence[SheetRow]) -> list[Comparison]:
        """A verdict for each row of a list that is no longer than can be compared at once."""
        compared = self.plan.compare(rows)
        for one in compared:
            self.named.update(key for key in one.keys if key.startswith(RECORD))
        return compared

    def together(self) -> Iterator[list[int]]:
        """Positions of rows that share something over the border of a slice.

        In pieces of about a slice; rows that share something are in one piece.
        """
        groups: dict[int, list[int]] = defaultdict(list)
        for position in self._joined:
            groups[self._root(position)].append(position)
        piece: list[int] = []
        for group in groups.values():
            if len({bisect_right(self._starts, position) for position in group}) > 1:
                piece += group
            if len(piece) >= SLICE:
                yield sorted(piece)
                piece = []
        if piece:
            yield sorted(piece)

    def _join(self, one: int, other: int) -> None:
        self._joined.setdefault(one, one)
        self._joined.setdefault(other, other)
        self._joined[self._root(other)] = self._root(one)

    def _root(self, position: int) -> int:
        while (above := self._joined[position]) != position:
            self._joined[position] = self._joined[above]
            position = self._joined[position]
        return position


def said_again(batch: Batch, slices: Slices) -> Iterator[Said]:
    """The rows of the file with what is to be said of them now; some come twice in a long list."""
    if not is_long(slices.plan, rows_of_file(batch).count()):
        whole = list(rows_of_file(batch).only(*OF_COMPARING, *OF_ROW))
        yield whole, slices.compare_whole([values.sheet_row(row) for row in whole])
        return
    for rows in kept_slices(batch):
        yield rows, slices.compare([values.sheet_row(row) for row in rows])
    yield from afterwards(batch, slices)


def says_otherwise(row: Row, one: Comparison) -> bool:
    """Whether anything is said of the row now that was not said before, or the other way round."""
    before = (row.verdict, row.changes, row.record, row.keys, row.is_warned, row.problems)
    return before != (
        one.verdict,
        one.changes,
        one.record,
        one.keys,
        one.is_warned,
        one.all_problems,
    )


def afterwards(batch: Batch, slices: Slices) -> Iterator[Said]:
    """After the last slice: rows that have to be looked at once more, with what is said now."""
    for positions in slices.together():
        rows = _rows_at(batch, positions)
        said = slices.plan.compare_slice([values.sheet_row(row) for row in rows])
        yield rows, said
    if slices.plan.lock:  # a remark, which changes nothing of what is written
        return
    near = slices.plan.near_names(*_new_names(batch, slices.plan))
    positions = sorted(near.rows.keys() | near.records.keys())
    for start in range(0, len(positions), SLICE):
        yield _told_near(batch, slices.plan, near.of(positions[start : start + SLICE]))


def _new_names(batch: Batch, plan: Plan) -> tuple[dict[int, str], set[int]]:
    """The names of the rows that would be made, by position; which of them have a code."""
    names: dict[int, str] = {}
    coded: set[int] = set()
    new = batch.rows.filter(verdict=NEW).exclude(choice__has_key=ANOTHER)
    said = new.values_list("position", f"values__{plan.named_by}", "values__credit_code")
    for position, name, code in said.iterator():
        names[position] = name_key(name or "")
        if code:
            coded.add(position)
    return names, coded


def _told_near(batch: Batch, plan: Plan, near: Near) -> Said:
    told = sorted(near.rows.keys() | near.records.keys())
    cited = {other for others in near.rows.values() for other in others}
    rows = {row.position: row for row in _rows_at(batch, {*told, *cited})}
    said = {position: as_kept(row) for position, row in rows.items()}
    plan.tell_near(near, said)
    return [rows[position] for position in told], [said[position] for position in told]


def as_kept(row: Row) -> Comparison:
    """What was said of a row when it was compared last."""
    read = values.sheet_row(row)
    return Comparison(
        read,
        row.verdict,
        changes=row.changes,
        problems=[problem for problem in row.problems if problem not in read.problems],
        record=row.record,
        keys=list(row.keys),
    )


def _rows_at(batch: Batch, positions: Iterable[int]) -> list[Row]:
    wanted = batch.rows.only(*OF_COMPARING, *OF_ROW).filter(position__in=list(positions))
    return list(wanted.order_by("position"))
