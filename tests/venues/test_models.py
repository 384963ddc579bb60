"""Dated truth of venues."""

from __future__ import annotations

from datetime import date

from tests import factories
from towns.models import Town
from venues.models import Venue

DAY = date(2024, 5, 27)


def test_a_venue_counts_from_opening_until_the_day_it_closes(own_town: Town) -> None:
    opened = factories.venue(own_town, opened_on=DAY)
    factories.venue(own_town, opened_on=date(2024, 5, 28))
    factories.venue(own_town, closed_on=DAY)

    assert list(Venue.objects.on(DAY)) == [opened]
