"""What the tests of activities share: an entry as a liaison makes it, sent to the action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pytest_django.fixtures import Settings

from accounts.models import User
from activities import actions
from activities.actions import Entered
from activities.entries import Entry, Hosting, Moment, Organisation, Sent
from activities.models import Host
from tests import factories
from towns.models import Town
from venues.models import Venue

TODAY = date(2024, 5, 27)
NOW = Moment(TODAY, datetime(2024, 5, 27, 8, 5, tzinfo=UTC))

Enter = Callable[..., Entered]


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Photos of a test go into its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def venue(own_town: Town) -> Venue:
    return factories.venue(own_town, "华新镇商会之家")


@pytest.fixture
def entry(own_town: Town, venue: Venue) -> Entry:
    """Complete enough to be submitted."""
    return Entry(
        town=own_town,
        name="企业家座谈会",
        kind=factories.kind(),
        start_on=date(2024, 5, 26),
        venue=venue,
        headcount=30,
        hosts=(Hosting(Host.Part.HOST, Organisation("town", key=own_town.pk)),),
    )


@pytest.fixture
def enter(entry: Entry, liaison: User) -> Enter:
    """Send an entry: ``enter(name="…", submit=True, token=…, by=…)``; other words change it."""

    def send(
        *,
        submit: bool = False,
        token: UUID | None = None,
        by: User | None = None,
        photos: Any = (),
        moment: Moment = NOW,
        **changes: Any,
    ) -> Entered:
        sent = Sent(replace(entry, **changes), submit=submit, photos=photos)
        return actions.enter_activity(
            sent=sent, token=token or uuid4(), moment=moment, by=by or liaison
        )

    return send
