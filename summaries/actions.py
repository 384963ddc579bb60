"""Writes summaries, each once, and the settings of definitions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.timezone import localdate

from accounts.models import User
from core.audit import written
from core.periods import Period
from core.refusals import refuse_if_broken
from jobs.actions import enqueue
from summaries import queries, rules
from summaries.content import write_document
from summaries.documents import content_as_json, figures_as_json
from summaries.figures.catalogue import FIGURES, in_order
from summaries.gathering import gather
from summaries.models import FigureRules, FigureSetting, Summary
from summaries.snapshot import repeatable_read
from towns.models import Town

JOB = "write_summary"


def write_summary(
    *, kind: str, period: Period, town: Town | None, by: User | None, now: datetime
) -> Summary:
    """Write the summary of a closed period as of its last moment, or give back the one there is.

    The words are Chinese whatever language the person reads. Raises Refused.
    """
    refuse_if_broken(rules.broken_by_writing(kind=kind, period=period, today=localdate(now)))
    there = queries.newest_revision(kind=kind, period=period, town=town)
    if there:
        return there
    with translation.override("zh-hans"), written(by=by, action="write_summary"):
        gathered = gather(
            kind=kind,
            period=period,
            town=town,
            rules=queries.rules_in_force(),
            written_on=localdate(now),
        )
        document = write_document(gathered)
        return Summary.objects.create(
            kind=kind,
            start_on=period.start,
            end_on=period.end,
            town=town,
            figures=figures_as_json(document),
            content=content_as_json(document),
            data_as_of=gathered.as_of,
            written_at=now,
        )


def write_summary_once(
    *, kind: str, period: Period, town: Town | None, by: User | None, now: datetime
) -> Summary:
    """The same in a snapshot of its own; of several writers one writes, the others get its work.

    Opens the outermost transaction, so no caller may have one open.
    """
    try:
        with repeatable_read():
            return write_summary(kind=kind, period=period, town=town, by=by, now=now)
    except IntegrityError:
        there = queries.newest_revision(kind=kind, period=period, town=town)
        if there is None:
            raise
        return there


def ask_for_due(*, now: datetime) -> int:
    """Have a job for every closed month that lacks a summary; returns how many there are.

    The table of summaries is the truth: a job that is done but left no summary is asked for anew.
    """
    due = list(queries.not_given_up(queries.missing_monthly(now), now))
    with transaction.atomic():
        for one in due:
            enqueue(kind=JOB, key=one.key, payload=one.payload, anew=True)
    return len(due)


def write_due(*, now: datetime) -> list[Summary]:
    """Write whatever is due and not there, at once, each in a snapshot of its own."""
    return [
        write_summary_once(kind=one.kind, period=one.period, town=one.town, by=None, now=now)
        for one in queries.missing_monthly(now)
    ]


def set_rules(
    *,
    council_positions: Sequence[str],
    idle_days: int,
    grey_days: int,
    lapse_days: int,
    term_days: int,
    least_base: int,
    summaries_from: date | None,
    by: User,
) -> None:
    """Set the parts of definitions that may be set. What was written before keeps its own."""
    refuse_if_broken([] if council_positions else [rules.COUNCIL_EMPTY])
    with written(by=by, action="set_rules"):
        FigureRules.objects.update_or_create(
            pk=1,
            defaults={
                "council_positions": list(council_positions),
                "idle_days": idle_days,
                "grey_days": grey_days,
                "lapse_days": lapse_days,
                "term_days": term_days,
                "least_base": least_base,
                "summaries_from": summaries_from,
            },
        )


def set_figure(
    *, key: str, title: str, title_en: str, is_hidden: bool, after: str, by: User
) -> None:
    """Give a figure other names, leave it out of lists, or move it behind the figure ``after``.

    Names equal to the built-in ones are kept as none of its own; ``after`` "" is the first place.
    Raises Refused.
    """
    there = queries.figure_settings()
    refuse_if_broken(rules.broken_by_naming(key=key, title=title, title_en=title_en, there=there))
    with written(by=by, action="set_figure"):
        FigureSetting.objects.update_or_create(
            key=key,
            defaults={"title": title, "title_en": title_en, "is_hidden": is_hidden},
        )
        _move(key, after, [one.key for one in in_order(FIGURES.values(), there)])


def _move(key: str, after: str, keys: list[str]) -> None:
    """Put ``key`` behind ``after``; only when it stands elsewhere are places written."""
    others = [other for other in keys if other != key]
    place = others.index(after) + 1 if after in others else 0
    wanted = [*others[:place], key, *others[place:]]
    if wanted == keys:
        return
    rows = [FigureSetting(key=one, order=order) for order, one in enumerate(wanted)]
    FigureSetting.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["order"]
    )
