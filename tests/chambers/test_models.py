"""Dated truth of chambers: who was a member, who sat on the council, which honours held."""

from __future__ import annotations

from datetime import date

import pytest

from chambers.models import Chamber, Honour, Membership, Position
from tests import factories
from towns.models import Town

DAY = date(2024, 5, 27)


def test_a_member_counts_from_joining_until_the_day_of_leaving(own_town: Town) -> None:
    chamber = factories.chamber(own_town)
    stays = factories.membership(chamber, joined_on=DAY)
    unknown = factories.membership(chamber, joined_on=None)
    factories.membership(chamber, joined_on=date(2024, 5, 28))
    factories.membership(chamber, left_on=DAY)
    last_day = factories.membership(chamber, left_on=date(2024, 5, 28))

    assert set(Membership.objects.on(DAY)) == {stays, unknown, last_day}


def test_the_council_of_a_day_is_that_of_the_day_not_of_today(own_town: Town) -> None:
    chamber = factories.chamber(own_town)
    member = factories.membership(chamber, position=Position.COUNCILLOR)
    member.position, member.position_since = Position.MEMBER, date(2024, 6, 1)
    member.save()

    assert list(Membership.objects.council_on(DAY)) == [member]
    assert not Membership.objects.council_on(date(2024, 6, 1)).exists()


def test_who_has_left_sits_on_no_council(own_town: Town) -> None:
    chamber = factories.chamber(own_town)
    factories.membership(chamber, position=Position.PRESIDENT, left_on=DAY)

    assert not Membership.objects.council_on(DAY).exists()
    assert Membership.objects.council_on(date(2024, 5, 26)).exists()


@pytest.mark.parametrize(
    ("position", "counted"),
    [
        (Position.PRESIDENT, True),
        (Position.COUNCILLOR, True),
        (Position.SUPERVISOR, False),
        (Position.SECRETARY_GENERAL, False),
        (Position.MEMBER, False),
    ],
)
def test_council_or_above_is_a_set_of_positions(
    own_town: Town, position: Position, counted: bool
) -> None:
    factories.membership(factories.chamber(own_town), position=position)

    assert Membership.objects.council_on(DAY).exists() is counted
    assert Membership.objects.council_on(DAY, positions=[position]).exists()


def test_an_honour_holds_through_its_last_day_and_then_no_more(own_town: Town) -> None:
    honour = factories.honour(factories.chamber(own_town), valid_until=DAY)

    assert list(Honour.objects.valid_on(DAY)) == [honour]
    assert not Honour.objects.valid_on(date(2024, 5, 28)).exists()


def test_an_honour_does_not_count_before_it_is_awarded(own_town: Town) -> None:
    factories.honour(factories.chamber(own_town), awarded_on=date(2024, 5, 28))

    assert not Honour.objects.valid_on(DAY).exists()


def test_a_chamber_counts_between_founding_and_closing(own_town: Town) -> None:
    factories.chamber(own_town, founded_on=date(2024, 5, 28))
    factories.chamber(own_town, closed_on=DAY)
    open_one = factories.chamber(own_town, founded_on=DAY)

    assert list(Chamber.objects.on(DAY)) == [open_one]
