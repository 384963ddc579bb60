"""Takes an import back: exact prior values, unless somebody changed them since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from core.fields import respell
from imports import values
from imports.bulk import update_rows
from imports.committing import take_turn
from imports.models import Batch, Row
from jobs.registry import Progress

Records = dict[str, models.Model]
TELL_EVERY = 100  # rows


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
    rows = list(batch.rows.exclude(after={}).order_by("-position"))

    def tell(done: int) -> None:
        progress.report(done, len(rows))
        progress.check()

    outcome = undo_rows(rows, tell=tell)
    batch.state, batch.undone_at = Batch.State.UNDONE, timezone.now()
    batch.counts = {**batch.counts, "undo": outcome._asdict()}
    batch.save(update_fields=["state", "undone_at", "counts"])
    return outcome


def settle_undo(batch: Batch) -> None:
    """A batch whose undoing was stopped stands as it was imported."""
    undoing = Batch.objects.filter(pk=batch.pk, state=Batch.State.UNDOING)
    undoing.update(state=Batch.State.COMMITTED)


def undo_rows(rows: Sequence[Row], tell: Callable[[int], None]) -> Outcome:
    """Undo the rows of a batch, in the caller's transaction; each row notes what became of it.

    A record that the import made is deleted when it is still as it was made and nothing else needs
    it. A record that it changed gets back each field that still holds the imported value.
    """
    records = _load(rows)
    made = {key for row in rows for key in row.after if key not in row.before}
    needed = _needed_elsewhere(made, records)
    restored: dict[type[models.Model], set[str]] = defaultdict(set)
    doomed: dict[type[models.Model], list[int]] = defaultdict(list)
    tally = {"reversed": 0, "kept": 0, "failed": 0}
    for done, row in enumerate(rows):
        word, reason = _undo_row(row, records, needed, restored, doomed)
        tally[word] += 1
        row.outcome, row.outcome_reason = word, reason
        if done % TELL_EVERY == 0:
            tell(done // 2)
    _save(records, restored)
    tell(len(rows) * 2 // 3)
    _delete(doomed)
    update_rows(rows, ["outcome", "outcome_reason"])
    tell(len(rows))
    return Outcome(**tally)


def _undo_row(
    row: Row,
    records: Records,
    needed: dict[str, str],
    restored: dict[type[models.Model], set[str]],
    doomed: dict[type[models.Model], list[int]],
) -> tuple[str, str]:
    """Undo one row in memory; returns what became of it and why."""
    words, reasons = {"reversed"}, []
    deletable: list[models.Model] = []
    for key, after in row.after.items():
        record = records.get(key)
        if record is None:
            words.add("kept")
            reasons.append(_("记录后来已被删除"))
        elif key in row.before:
            kept = _restore(record, row.before[key], after, restored)
            if kept:
                words.add("kept")
                reasons.append(_("后来有人改过：%(fields)s") % {"fields": "、".join(kept)})
        elif values.freeze(record) != after:
            words.add("kept")
            reasons.append(_("后来有人改过“%(record)s”") % {"record": record})
        elif key in needed:
            words.add("failed")
            reasons.append(needed[key])
        else:
            deletable.append(record)
    if words == {"reversed"}:
        # Otherwise a kept membership would lose its enterprise.
        for record in deletable:
            doomed[type(record)].append(record.pk)
    word = next(one for one in ("failed", "kept", "reversed") if one in words)
    return word, "；".join(reasons)[:500]


def _restore(
    record: models.Model,
    before: dict[str, Any],
    after: dict[str, Any],
    restored: dict[type[models.Model], set[str]],
) -> list[str]:
    """Give back each field that still holds what was imported; returns the names of the others."""
    now, kept = values.freeze(record), []
    for attname, old in before.items():
        if old == after[attname]:
            continue
        if now[attname] == after[attname]:
            setattr(record, attname, values.thaw(type(record), attname, old))
            restored[type(record)].add(attname)
        elif now[attname] != old:
            field = record._meta.get_field(attname.removesuffix("_id"))
            kept.append(str(getattr(field, "verbose_name", attname)))
    return kept


def _load(rows: Iterable[Row]) -> Records:
    """All touched records that still exist, locked, with one query for each model."""
    keys: dict[type[models.Model], set[int]] = defaultdict(set)
    for row in rows:
        for key in row.after:
            model, pk = values.address(key)
            keys[model].add(pk)
    return {
        f"{record._meta.label_lower}:{record.pk}": record
        for model, pks in keys.items()
        for record in model._default_manager.select_for_update(no_key=True).filter(pk__in=pks)
    }


def _needed_elsewhere(made: set[str], records: Records) -> dict[str, str]:
    """Records the import made that others refer to by now, each with the reason in words."""
    needed: dict[str, str] = {}
    by_model: dict[type[models.Model], list[int]] = defaultdict(list)
    for key in made & records.keys():
        by_model[type(records[key])].append(records[key].pk)
    for model, pks in by_model.items():
        for relation in model._meta.related_objects:
            if getattr(relation, "on_delete", None) is not models.PROTECT:
                continue
            for other, pk in relation.related_model._default_manager.filter(
                **{f"{relation.field.name}__in": pks}
            ).values_list("pk", relation.field.attname):
                if f"{relation.related_model._meta.label_lower}:{other}" not in made:
                    label = model._meta.label_lower
                    needed[f"{label}:{pk}"] = _("已被“%(what)s”引用，不能删除") % {
                        "what": relation.related_model._meta.verbose_name
                    }
    return needed


def _save(records: Records, restored: dict[type[models.Model], set[str]]) -> None:
    for model, attnames in restored.items():
        touched = [record for record in records.values() if type(record) is model]
        derived = {name for record in touched for name in respell(record)}
        update_rows(touched, sorted(attnames | derived))


def _delete(doomed: dict[type[models.Model], list[int]]) -> None:
    """Delete what the import made, memberships before the enterprises they belong to."""
    for model in sorted(doomed, key=lambda one: one.__name__, reverse=True):
        model._default_manager.filter(pk__in=doomed[model]).delete()
