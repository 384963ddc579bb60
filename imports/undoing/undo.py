"""Takes an import back: exact prior values, unless somebody changed them since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from core.said import said as _
from imports.committing.confirmed import take_turn
from imports.models import Batch, Row
from imports.plans.bulk import delete_rows, update_rows
from imports.undoing.reversing import (
    AT_ONCE,
    REVERSED,
    Deciding,
    Fate,
    Model,
    by_model,
    give_back,
    referrers,
    relations_to,
)
from jobs.registry import Progress


class Outcome(NamedTuple):
    """How many rows were reversed, kept because changed since, or could not be reversed."""

    reversed: int = 0
    kept: int = 0
    failed: int = 0


def reverse_batch(*, batch: Batch, progress: Progress) -> Outcome:
    """Restore what the batch changed, except what somebody changed since; runs inside a job."""
    take_turn()
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != Batch.State.UNDOING:
        return Outcome(**batch.counts.get("undo", {}))
    total = _touching(batch).count()

    def tell(done: int) -> None:
        progress.report(done, total)
        progress.check()

    outcome = _Undoing(batch, tell).outcome
    tell(total)
    batch.state, batch.undone_at = Batch.State.UNDONE, timezone.now()
    batch.counts = {**batch.counts, "undo": outcome._asdict()}
    batch.save(update_fields=["state", "undone_at", "counts"])
    return outcome


def settle_undo(batch: Batch) -> None:
    """A batch whose undoing was stopped stands as it was imported."""
    undoing = Batch.objects.filter(pk=batch.pk, state=Batch.State.UNDOING)
    undoing.update(state=Batch.State.COMMITTED)


def _touching(batch: Batch) -> QuerySet[Row]:
    """The rows that wrote, as little of each as undoing needs."""
    return batch.rows.exclude(before={}, after={}).only("batch", "position", "before", "after")


class _Undoing:
    """The undoing of one batch, in the caller's transaction; each row notes what became of it.

    A record that the import changed gets back each field that still holds the imported value; one
    that it deleted comes back. A record that it made is deleted when it is still as it was made
    and nothing that stays refers to it; the rows are all or nothing in that. The first row that
    names a record has made it, and answers for it.
    """

    def __init__(self, batch: Batch, tell: Callable[[int], None]) -> None:
        self.makers = _makers(batch)
        self.deciding = Deciding(self.makers, _changed_often(batch))
        self.fates: dict[int, Fate] = {}
        for rows in _pieces(batch):
            tell(len(self.fates) // 2)
            self.fates.update((fate.position, fate) for fate in self.deciding.decide(rows))
        self._keep_what_is_needed()
        tell(len(self.fates) // 2)
        self._delete()
        give_back(self.fates.values())
        tell(len(self.fates) * 3 // 4)
        self._note()

    @property
    def outcome(self) -> Outcome:
        words = [fate.word for fate in self.fates.values()]
        return Outcome(*(words.count(word) for word in Outcome._fields))

    def _keep_what_is_needed(self) -> None:
        """What others refer to stays; and what stays may refer to what another row made."""
        uses: dict[int, set[int]] = defaultdict(set)
        made = (key for key in self.makers if key not in self.deciding.spared)
        for key, other, foreign_key in referrers(made):
            maker = self.fates[self.makers[key]]
            if (other, foreign_key.attname) in self.deciding.freed:
                continue
            if (user := self.makers.get(other)) is None:
                words = _("已被“%(what)s”引用，不能删除")
                maker.fail(words % {"what": foreign_key.model._meta.verbose_name})
            elif user != maker.position:
                uses[user].add(maker.position)
        self._keep_along(uses)

    def _keep_along(self, uses: dict[int, set[int]]) -> None:
        """A row whose records stay keeps those of other rows that they refer to."""
        staying = [place for place, fate in self.fates.items() if fate.word != REVERSED]
        while staying:
            place = staying.pop()
            for used in uses.pop(place, ()):
                maker = self.fates[used]
                if maker.word == REVERSED:
                    staying.append(used)
                maker.keep(_("它新增的记录还被另一行保留的记录引用"))

    def _delete(self) -> None:
        found = by_model(
            key
            for key, position in self.makers.items()
            if self.fates[position].word == REVERSED and key not in self.deciding.spared
        )
        for model in _users_first(found):
            delete_rows(model, found[model])

    def _note(self) -> None:
        noted = (
            Row(pk=fate.row, outcome=fate.word, **fate.kept_reason) for fate in self.fates.values()
        )
        update_rows(noted, ["outcome", "outcome_reason", "outcome_said"])


def _makers(batch: Batch) -> dict[str, int]:
    """For each record the batch made the position of the first row that names it."""
    statement = """
        SELECT key, min(position) FROM imports_row, jsonb_object_keys(after) AS key
        WHERE batch_id = %s AND after <> '{}' AND NOT before ? key GROUP BY key
    """
    with connection.chunked_cursor() as cursor:  # as many as records, twice in memory else
        cursor.execute(statement, [batch.pk])
        return dict(cursor)


def _changed_often(batch: Batch) -> set[str]:
    """The records that more than one row of the batch changed."""
    statement = """
        SELECT key FROM imports_row, jsonb_object_keys(before) AS key
        WHERE batch_id = %s AND before <> '{}' GROUP BY key HAVING count(*) > 1
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [batch.pk])
        return {key for (key,) in cursor.fetchall()}


def _pieces(batch: Batch) -> Iterator[list[Row]]:
    """The rows that wrote, the last first: what two of them changed is restored backwards."""
    rows, last = _touching(batch).order_by("-position"), None
    while piece := list((rows if last is None else rows.filter(position__lt=last))[:AT_ONCE]):
        yield piece
        last = piece[-1].position


def _users_first(models: dict[Model, list[int]]) -> list[Model]:
    """The models in the order of deletion: what refers to others before what is referred to."""
    order: TopologicalSorter[Model] = TopologicalSorter()
    for model in models:
        users = {relation.related_model for relation in relations_to(model)} - {model}
        order.add(model, *(users & models.keys()))
    try:
        return list(order.static_order())
    except CycleError:  # the database looks at references at the end only
        return list(models)
