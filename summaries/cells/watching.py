"""What was written to the tables that pages show: a version of each, exact in every snapshot."""

from __future__ import annotations

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from core.kept import Source, Versions
from summaries.cells.models import Change

# Whatever a page shows comes out of these. A test holds them against the models there are.
WATCHED = (
    *("towns_town", "towns_village", "towns_post", "towns_brand", "towns_brandfield"),
    *("chambers_chamber", "chambers_term", "chambers_milestone", "chambers_enterprise"),
    *("chambers_membership", "chambers_positionspell", "chambers_honour"),
    *("venues_venue", "venues_zone", "venues_neighbour"),
    *("activities_activitykind", "activities_activity", "activities_host"),
    *("activities_participation", "activities_photo"),
    *("summaries_figurerules", "summaries_figurerulesevent", "summaries_figuresetting"),
    "summaries_summary",
    *("accounts_user", "accounts_assignment", "accounts_savedview", "accounts_defaultview"),
)
# Cells say what these tables hold, and a write to one of these marks the cells.
BEHIND_CELLS = frozenset(
    {
        *("activities_activity", "activities_host", "activities_participation"),
        *("activities_activitykind", "towns_town"),
    }
)
CELLS = ("cells_cell", "cells_countedmonth", "cells_mark")
MOST_CHANGES = 200  # kept one by one; more are folded into one for each table

# The sum rises with every write, and never falls: two moments of the same sum saw the same rows.
# The time tells apart sums that come again, after a rollback or when a backup was put back.
READ = "SELECT what, SUM(writes), MAX(at) FROM cells_change GROUP BY what"
FOLD = """
    WITH folded AS (DELETE FROM cells_change RETURNING what, writes, at)
    INSERT INTO cells_change (what, writes, at)
    SELECT what, SUM(writes), MAX(at) FROM folded GROUP BY what
"""


def versions() -> Versions:
    """Of each watched table that was ever written to: how often, and when last."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return {what: (writes, at) for what, writes, at in cursor.fetchall()}


def note_writes() -> None:
    """Note a write to every table, so that each page is made anew."""
    moment = timezone.now()
    Change.objects.bulk_create([Change(what=what, writes=1, at=moment) for what in WATCHED])


def fold_changes() -> None:
    """Keep one line for each table in place of many; says the same in every snapshot."""
    if Change.objects.aggregate(many=Count("pk"))["many"] > MOST_CHANGES:
        with connection.cursor() as cursor:
            cursor.execute(FOLD)


# Who changed the rules of figures is written with the event; other events are not watched at all.
WITH_EVENTS = {"pghistory_context": frozenset({"summaries_figurerulesevent"})}
SOURCE = Source(versions, frozenset(WATCHED), {**dict.fromkeys(CELLS, BEHIND_CELLS), **WITH_EVENTS})
