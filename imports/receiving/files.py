"""A list that was handed in, kept for a preview: its rows, its cells, and whose it is."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from chambers.models import Chamber
from core.audit import written
from imports import actions
from imports.comparing.verdicts import Tell, unheard
from imports.models import Batch
from imports.plans.members import MemberPlan
from imports.receiving.belonging import (
    Belonging,
    belonging_of,
    is_asked,
    known_belonging,
    likely_chambers,
    named_chambers,
)
from imports.receiving.keeping import keep_cells
from imports.receiving.rosters import NothingFound, Reading, read_roster
from imports.understanding.noted import Understanding
from towns.models import Town

MOST_KEPT_BYTES = 24 * 1024 * 1024


def receive_upload(  # noqa: PLR0913 - a file, whose it is, who brings it when, who listens
    *,
    content: bytes,
    file_name: str,
    by: User,
    today: date,
    plan: str = MemberPlan.key,
    chamber: Chamber | None = None,
    town: Town | None = None,
    batch: Batch | None = None,
    tell: Tell = unheard,
) -> Batch:
    """Read a file and keep its rows for a preview. The file itself is not kept. Raises Refused.

    ``batch`` is the one that waited for it; ``tell`` hears how many rows are kept of how many.

    ``plan`` is "" to guess it from the content; without chamber and town the title tells whose,
    and when it does not the batch asks. Of a sheet in which no list was found the cells are kept
    all the same: a person can point at its header.
    """
    try:
        unhurried = batch is not None  # the background reads for it
        reading = read_roster(content, file_name, plan=plan, by=by, unhurried=unhurried)
    except NothingFound as nothing:
        if nothing.reading is None:
            raise
        reading = nothing.reading
    del content  # the rows are in memory now, and the cells
    chosen = Belonging(chamber, town)
    return receive_reading(reading, chosen, by=by, today=today, batch=batch, tell=tell)


def receive_reading(
    reading: Reading,
    chosen: Belonging,
    *,
    by: User,
    today: date,
    batch: Batch | None = None,
    tell: Tell = unheard,
) -> Batch:
    """Keep what was read for a preview; nothing is compared while nobody knows whose list it is.

    Raises Refused when it would have to be asked and there are too many cells to keep till then.
    """
    whose = whose_of(reading, chosen, by)
    with written(by=by, action="receive_import"):
        batch = actions.receive_file(
            file_name=reading.file_name,
            sha256=reading.sha256,
            rows=reading.rows,
            understanding=note_whose(reading, whose, by),
            plan=reading.plan,
            chamber=whose.chamber,
            town=whose.town,
            by=by,
            today=today,
            batch=batch,
            tell=tell,
        )
        keep(batch, reading.kept)
    return batch


def whose_of(reading: Reading, chosen: Belonging, by: User) -> Belonging:
    """Whose list it is; it can be asked as long as the cells are kept to be read again."""
    find = known_belonging if _can_be_kept(reading.kept) else belonging_of
    return find(reading.plan, reading.title, chosen, by)


def note_whose(reading: Reading, whose: Belonging, by: User) -> Understanding:
    """What is kept of how it was read; while it is asked whose it is, what speaks for whom."""
    note = {**reading.understanding, "offers": []}
    if is_asked(reading.plan, whose):
        note["offers"] = likely_chambers(reading.title, reading.rows, by)
        owners = named_chambers(reading.titles, by)
        told = zip(note["tables"], owners, strict=True)
        note["tables"] = [{**table, "chamber": owner} for table, owner in told]
    return note


def keep(batch: Batch, kept: bytes) -> None:
    """Keep the cells; too many of them are not kept, and the page says so."""
    if _can_be_kept(kept):
        keep_cells(batch, kept)


def _can_be_kept(kept: bytes) -> bool:
    return 0 < len(kept) <= MOST_KEPT_BYTES
