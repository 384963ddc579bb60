"""The kept cells of a preview read again, as a person says, and what is learnt from it."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from core.audit import written
from core.refusals import Refused
from imports import actions
from imports.comparing.verdicts import Tell, unheard
from imports.deciding import decisions
from imports.models import Batch
from imports.receiving.belonging import Belonging
from imports.receiving.files import keep, note_whose, whose_of
from imports.receiving.rosters import Reading, corrections_of, read_again
from imports.understanding import learning
from imports.understanding.correcting import FORGET, START_AGAIN, Asked, changed_columns, corrected
from imports.understanding.noted import tables_of

AGAIN = {FORGET, START_AGAIN}  # read anew though nothing else was said


def correct_understanding(
    *, batch: Batch, asked: Asked, by: User, at: datetime, tell: Tell = unheard
) -> Batch:
    """Read the kept cells again as a person says, and learn the fields of headers from it.

    Raises Refused, changing nothing, when no row would be left, when the cells are no longer kept
    or the batch is no preview any more.
    """
    with written(by=by, action="change_understanding"):
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != Batch.State.PREVIEW:
            raise Refused([actions.NOT_IN_PREVIEW])
        tables, before = tables_of(batch), corrections_of(batch)
        said = corrected(before, tables, asked)
        unsaid = said == before and not changed_columns(tables, asked)
        if unsaid and asked.act not in AGAIN:
            return batch
        _learn(batch, asked, by, at)
        reading = read_again(batch, said, by)
        _turn_to(batch, reading, by)
        decisions.replace_rows(batch, reading.rows, today=at.date(), tell=tell)
        keep(batch, reading.kept)
    return batch


def _turn_to(batch: Batch, reading: Reading, by: User) -> None:
    """Let the batch be understood so, and belong to what its kind of list needs."""
    whose = whose_of(reading, Belonging(batch.chamber, batch.town), by)
    if batch.plan != reading.plan:
        batch.policies = {}
    batch.plan, batch.chamber, batch.town = reading.plan, whose.chamber, whose.town
    batch.understanding = note_whose(reading, whose, by)
    batch.save(update_fields=["plan", "chamber", "town", "policies", "understanding"])


def _learn(batch: Batch, asked: Asked, by: User, at: datetime) -> None:
    """Keep, or forget, what headers mean."""
    chosen = dict(changed_columns(tables_of(batch), asked).values())
    learning.remember_mappings(plan=batch.plan, chosen=chosen, by=by, at=at)
    if asked.act == FORGET:
        learning.forget_header(plan=batch.plan, header=asked.value, by=by)
