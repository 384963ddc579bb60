"""How a register is written: locked, unless it went stale, with all broken rules told at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import BaseConstraint, Model, ProtectedError, UniqueConstraint
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.audit import written
from core.fields import respell
from core.history import newest_event
from core.refusals import Refused, Rule

Record = TypeVar("Record", bound=Model)
Values = Mapping[str, Any]

GONE = Rule("REG-01", gettext_lazy("这条记录已被删除，请返回列表。"))
NEVER = 0  # the version of a record whose history is empty


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a person wants written: the values, the version they looked at, and why.

    ``version`` is None when nothing was looked at (a new record). ``confirmed`` holds the codes of
    doubts that the person has read and wants saved all the same.
    """

    values: Values
    version: int | None = None
    reason: str = ""
    confirmed: frozenset[str] = field(default_factory=frozenset)


class Stale(Exception):
    """Somebody wrote the record after it was opened; nothing was written over it."""

    def __init__(self, record: Model) -> None:
        self.record = record
        super().__init__(f"{record._meta.label} {record.pk} was written meanwhile")


class Doubtful(Exception):
    """Nothing forbids it, but it looks wrong: carries what to ask the person."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        super().__init__("; ".join(f"{rule.code} {rule.words}" for rule in self.rules))


def version_of(record: Model) -> int:
    """The number of the record's newest event: it changes with every write, whoever writes how."""
    newest = newest_event(record)
    return int(newest.pgh_id) if newest else NEVER


@contextmanager
def changing(record: Record, *, proposal: Proposal, by: Model, action: str) -> Iterator[Record]:
    """The record as it stands now, locked until the write is done.

    Raises Stale when it was written after ``proposal.version``, Refused when it is gone.
    """
    with written(by=by, action=action, reason=proposal.reason):
        rows = type(record)._base_manager.select_for_update()
        current = rows.filter(pk=record.pk).first()
        if current is None:
            raise Refused([GONE])
        if proposal.version is not None and version_of(current) != proposal.version:
            raise Stale(current)
        yield current


def one_at_a_time(what: str) -> None:
    """Let no two transactions make ``what`` at once, where no constraint can tell them apart."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


def fill(record: Record, values: Values) -> Record:
    """Set the fields; returns the record."""
    for name, value in values.items():
        setattr(record, name, value)
    return record


def save(
    record: Model,
    *,
    broken: Iterable[Rule] = (),
    doubts: Iterable[Rule] = (),
    confirmed: frozenset[str] = frozenset(),
) -> None:
    """Write the record when it keeps the rules given and the constraints of its table.

    Raises Refused with everything that is broken, or Doubtful with the doubts not yet confirmed.
    """
    respell(record)
    refused = [*broken, *broken_constraints(record)]
    if refused:
        raise Refused(refused)
    if open_doubts := [rule for rule in doubts if rule.code not in confirmed]:
        raise Doubtful(open_doubts)
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as clash:  # the same from another page at this very moment
        raise Refused([_rule_of_clash(record, clash)]) from clash


def broken_constraints(record: Model) -> Iterator[Rule]:
    """The promises of the table that this row would break, in the words of each promise."""
    model = type(record)
    for constraint in model._meta.constraints:
        try:
            constraint.validate(model, record)
        except ValidationError as error:
            yield Rule("REG-02", error.messages[0], _field_of(constraint))
    try:
        record.validate_unique()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield Rule("REG-03", messages[0], "" if name == NON_FIELD_ERRORS else name)


def _field_of(constraint: Any) -> str:
    """The field of the form at which a broken constraint is told."""
    if isinstance(constraint, UniqueConstraint) and "name_key" in constraint.fields:
        return "name"
    return ""


def _words_of(constraint: BaseConstraint) -> str:
    return str(constraint.get_violation_error_message())


def _rule_of_clash(record: Model, clash: IntegrityError) -> Rule:
    for constraint in record._meta.constraints:
        if constraint.name in str(clash):
            return Rule("REG-02", _words_of(constraint), _field_of(constraint))
    return Rule("REG-03", _("刚刚有人存入了相同的记录，请返回列表核对。"))


def remove(record: Model, *, reason: str, by: Model, action: str) -> None:
    """Delete a record made by mistake. What anything else refers to is kept. Raises Refused.

    Its history stays and tells what it was.
    """
    try:
        with written(by=by, action=action, reason=reason):
            type(record)._base_manager.select_for_update().get(pk=record.pk).delete()
    except ProtectedError as used:
        raise Refused([_still_used(used.protected_objects)]) from used
    except type(record).DoesNotExist as gone:  # type: ignore[attr-defined]
        raise Refused([GONE]) from gone


def _still_used(rows: Iterable[Model]) -> Rule:
    counts: dict[str, int] = {}
    for row in rows:
        title = str(row._meta.verbose_name)
        counts[title] = counts.get(title, 0) + 1
    listed = _("、").join(
        _("%(count)s 条%(title)s") % {"count": count, "title": title}
        for title, count in counts.items()
    )
    words = _("还有%(listed)s与它有关，不能删除。不再使用时请填停用日期。") % {"listed": listed}
    return Rule("REG-04", words)
