"""What every plan answers: whose a list is, what its rows would change, how they are written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chambers.models import Chamber
from imports.plans.rows import (
    ABSENT,
    CHANGED,
    LEAVING,
    NEW,
    OMITTED,
    PROBLEM,
    SAME,
    Comparison,
    SheetRow,
)
from towns.models import Town

# Begins a key that names a record of the register by its primary key: "record 12".
RECORD = "record "


class Policy(StrEnum):
    """What becomes of a value that stands in the register when the sheet says another."""

    OVERWRITE = "overwrite"
    FILL = "fill"
    KEEP = "keep"

    @property
    def words(self) -> Promise:
        return POLICY_WORDS[self]


POLICY_WORDS: dict[Policy, Promise] = {
    Policy.OVERWRITE: _("以表为准"),
    Policy.FILL: _("只填空白"),
    Policy.KEEP: _("不改"),
}


class Near(NamedTuple):
    """By position of a row: the rows, and the records of the register, with names near its own."""

    rows: Mapping[int, Sequence[int]]
    records: Mapping[int, Sequence[int]]

    def of(self, positions: Collection[int]) -> Near:
        """What concerns these rows."""
        rows, records = (
            {position: found[position] for position in positions if position in found}
            for found in self
        )
        return Near(rows, records)


@dataclass(frozen=True)
class Scope:
    """Whose list it is: a chamber's, a town's or, with neither, the district's; and who imports."""

    chamber: Chamber | None = None
    town: Town | None = None
    by: User | None = None

    @property
    def of_chamber(self) -> Chamber:
        """The chamber of a list that can't be without one."""
        assert self.chamber is not None
        return self.chamber


class Belongs(StrEnum):
    """What a list may belong to."""

    CHAMBER = "chamber"
    TOWN = "town"
    DISTRICT = "district"


class Plan(ABC):
    """Compares the rows of one kind of list with the registers, and writes what differs.

    ``key`` names it in ``Batch.plan`` and the vocabulary of the reader. ``belongs_to`` holds what a
    list may be of; ``fields`` what a row may say and the plan makes something of. ``named_by`` is
    the field a row is known by, ``begins_with`` that of its first day, ``keeps`` are fields
    that no policy can change (they tell which record is meant). ``unit`` counts records in
    sentences: 新增 3 家.
    """

    key: ClassVar[str]
    title: ClassVar[Promise]
    unit: ClassVar[Promise]
    belongs_to: ClassVar[frozenset[Belongs]]
    fields: ClassVar[tuple[str, ...]]
    named_by: ClassVar[str] = "name"
    begins_with: ClassVar[str] = ""
    shown: ClassVar[tuple[str, ...]] = ("name",)  # of records that the list does not name
    keeps: ClassVar[frozenset[str]] = frozenset()
    # How records that the list does not name may be dealt with; "" when nothing is said of them.
    absent_words: ClassVar[Promise | str] = ""
    leaving_words: ClassVar[Promise | str] = ""
    remark: ClassVar[Promise | str] = ""
    # Whether long lists are compared and written in slices (imports.comparing.slices):
    # ``compare_slice``, ``near_names``, ``tell_near`` and ``recall`` then have to be there.
    in_slices: ClassVar[bool] = False

    def __init__(
        self,
        scope: Scope,
        *,
        today: date,
        lock: bool = False,
        policies: Mapping[str, str] | None = None,
    ) -> None:
        """``lock`` holds what is compared until the end of the transaction, for committing."""
        self.scope = scope
        self.today = today
        self.lock = lock
        self.policies = policies or {}

    @property
    def knows_whose(self) -> bool:
        """Whether the scope is one a list of this kind can have; if not, nothing is compared."""
        return self.scope.chamber is not None or self.belongs_to != {Belongs.CHAMBER}

    @abstractmethod
    def compare(self, rows: Sequence[SheetRow]) -> list[Comparison]:
        """A verdict for each row, in order."""

    def compare_slice(self, rows: Sequence[SheetRow]) -> list[Comparison]:
        """What can be said of some of the rows: all but whose names are near."""
        raise NotImplementedError

    def near_names(self, names: Mapping[int, str], coded: Collection[int]) -> Near:
        """Which of the new rows have names near another's, by position."""
        raise NotImplementedError

    def tell_near(self, near: Near, rows: Mapping[int, Comparison]) -> None:
        """Say it of these rows; ``rows`` has those that are cited as well."""
        raise NotImplementedError

    def recall(self, comparisons: Sequence[Comparison]) -> None:
        """Make comparisons whole again of which verdict, changes and record were kept."""
        raise NotImplementedError

    def absent(
        self, named: Collection[str], choices: Mapping[str, Mapping[str, Any]]
    ) -> Iterable[Comparison]:
        """Records of the scope that the list does not name, after ``compare``.

        ``named`` are the keys that name records (RECORD) of all rows, bad ones too; ``choices``
        what was decided, by ``record``. One whose choice holds a day ``left_on`` is LEAVING and
        is written, all others are ABSENT.
        """
        del named, choices
        return []

    @abstractmethod
    def records_of(self, one: Comparison) -> list[models.Model]:
        """The records that writing a row changes, as they are before it."""

    @abstractmethod
    def write(
        self, comparisons: Sequence[Comparison], tell: Callable[[int], None]
    ) -> Iterator[tuple[Comparison, Sequence[models.Model]]]:
        """Write what ``writes``; yields each such row with the records it made or changed.

        ``tell`` hears how many rows are written, and may raise to stop.
        """

    def policy(self, field: str) -> str:
        """What becomes of a known value of this field."""
        return self.policies.get(field, Policy.OVERWRITE)

    def lets(self, field: str, old: Any, new: Any) -> bool:
        """Whether the sheet's value may replace the known one, by the field's policy."""
        if new == old:
            return False
        policy = self.policy(field)
        return policy == Policy.OVERWRITE or (policy == Policy.FILL and is_blank(old))

    def locked(self, found: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The rows held until the end, in one order, so that two imports can't wait in a ring."""
        if self.lock:
            return found.order_by("pk").select_for_update(no_key=True, of=("self",))
        return found


def is_blank(value: Any) -> bool:
    """Whether nothing stands in a field: 0 is something."""
    return value is None or (isinstance(value, str | list) and not value)


def counts_of(comparisons: Iterable[Comparison]) -> dict[str, int]:
    """How many rows of each verdict, and how many that are imported carry a warning."""
    found = list(comparisons)
    verdicts = Counter(one.verdict for one in found)
    return counts_from(verdicts, sum(one.is_warned for one in found))


def counts_from(verdicts: Mapping[str, int], warned: int) -> dict[str, int]:
    """The counts a batch keeps, from how many rows have each verdict and how many are warned."""
    found = Counter(verdicts)
    return {
        "new": found[NEW],
        "changed": found[CHANGED],
        "same": found[SAME],
        "warnings": warned,
        "errors": found[PROBLEM],
        "omitted": found[OMITTED],
        "absent": found[ABSENT] + found[LEAVING],
        "leaving": found[LEAVING],
    }
