"""Which figures are counted in advance, and by what they may be split."""

from __future__ import annotations

from summaries.figures.activities import (
    ACTIVITIES,
    BENEFICIARIES,
    CROSS_TOWN_ACTIVITIES,
    DONATIONS,
    HEADCOUNT,
    JOINT_ACTIVITIES,
    VENUE_ACTIVITIES,
)
from summaries.figures.figure import Figure

# To be raised when a definition below changes: all months are then counted anew.
VERSION = 3

# Figures of what happened, whose rows are confirmed activities with a day in ``start_on``. The
# triggers mark a month for such rows only.
FLOWS: dict[str, Figure] = {
    figure.key: figure
    for figure in (
        ACTIVITIES,
        VENUE_ACTIVITIES,
        HEADCOUNT,
        JOINT_ACTIVITIES,
        CROSS_TOWN_ACTIVITIES,
        DONATIONS,
        BENEFICIARIES,
    )
}
SPLITS = ("kind", "mode", "brand", "venue")
# What a place or a thing holds is told by its own cells; of these figures by kind as well, under
# the split "kind/venue:12". An activity has one venue and one brand, but may have many chambers.
ALONE, MANY = ("brand", "venue"), "chamber"
BY_KIND = frozenset({ACTIVITIES.key})


def kinds_of(what: str) -> str:
    """The beginning of the name of the split by kind within a venue, a brand or a chamber."""
    return f"kind/{what}:"
