"""Whose list a preview is: said by a person, said otherwise, or shared out to several chambers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy

from accounts.models import User
from chambers.models import Chamber
from core.audit import written
from core.refusals import Refused, Rule
from imports import actions
from imports.comparing.verdicts import Tell, unheard
from imports.deciding import decisions
from imports.models import Batch
from imports.reading.corrections import Corrections
from imports.receiving import files, rosters
from imports.receiving.belonging import Belonging, belonging_of, is_asked
from imports.understanding.noted import tables_of

NOT_SHARED = Rule("IMP-14", gettext_lazy("这份表不是几家商会的，请选择是哪一家的。"))


def choose_whose(
    *, batch: Batch, chosen: Belonging, by: User, today: date, tell: Tell = unheard
) -> Batch:
    """Say whose list a preview is, before it was known or instead of what the title told.

    Where the titles of its tables name several chambers, those of the others stay out. Raises
    Refused, changing nothing, when the cells are kept no longer or it is no preview any more.
    """
    with written(by=by, action="choose_whose"):
        batch = _opened(batch)
        whose = belonging_of(batch.plan, "", chosen, by)
        if whose == Belonging(batch.chamber, batch.town):
            return batch
        said = _without_others(batch, whose.chamber)
        batch.chamber, batch.town = whose
        batch.save(update_fields=["chamber", "town"])
        if tables_of(batch):
            reading = rosters.read_again(batch, said, by)
            batch.understanding = reading.understanding
            batch.save(update_fields=["understanding"])
            decisions.replace_rows(batch, reading.rows, today=today, tell=tell)
    return batch


def share_out(*, batch: Batch, by: User, today: date) -> list[Batch]:
    """Make of one file a preview for each chamber that its tables name. Raises Refused."""
    with written(by=by, action="share_out_import"):
        batch = _opened(batch)
        chambers = Chamber.objects.visible_to(by).in_bulk(owners(batch))
        if len(chambers) < 2:
            raise Refused([NOT_SHARED])
        first, *others = chambers.values()
        made = [_share_of(batch, chamber, by, today) for chamber in others]
        own = choose_whose(batch=batch, chosen=Belonging(first), by=by, today=today)
    return [own, *made]


def owners(batch: Batch) -> list[int]:
    """The chambers among which the tables can be shared out: each table names one of several."""
    asked = is_asked(batch.plan, Belonging(batch.chamber, batch.town))
    named = [table.get("chamber") for table in tables_of(batch)]
    found = [key for key in dict.fromkeys(named) if key]
    return found if asked and len(found) > 1 and all(named) else []


def _share_of(batch: Batch, chamber: Chamber, by: User, today: date) -> Batch:
    reading = rosters.read_again(batch, _without_others(batch, chamber), by)
    return files.receive_reading(reading, Belonging(chamber), by=by, today=today)


def _without_others(batch: Batch, chamber: Chamber | None) -> Corrections:
    """What was said of the file, without the tables whose titles name another chamber."""
    said = rosters.corrections_of(batch)
    left = _left_tables(batch, chamber) if owners(batch) else []
    return replace(said, left_tables=[*said.left_tables, *left])


def _left_tables(batch: Batch, chamber: Chamber | None) -> Iterable[str]:
    tables = tables_of(batch)
    own = [table for table in tables if chamber and table.get("chamber") == chamber.pk]
    return [table["key"] for table in tables if own and table not in own]


def _opened(batch: Batch) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != Batch.State.PREVIEW:
        raise Refused([actions.NOT_IN_PREVIEW])
    return batch
