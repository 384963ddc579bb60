"""Each figure's 口径 in small: what it counts, what it leaves out, and on which day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from activities.models import Activity, Host
from chambers.models import Honour, Position, Term
from core.access import WHOLE_DISTRICT
from core.periods import Period
from summaries.cells import statement
from summaries.figures.answers import Asked, answers
from summaries.figures.catalogue import figure
from summaries.figures.questions import Question, Rules
from summaries.figures.scopes import Scope, district, of_chamber, of_town, of_venue
from tests import factories
from towns.models import Post, Town, Village
from venues.models import Venue

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 27)
YEAR = Period.parse("2024")


def number(key: str, scope: Scope | None = None, **changes: Any) -> Decimal | int:
    asked = {"period": YEAR, "as_of": DAY, "user": WHOLE_DISTRICT, **changes}
    return figure(key).value(Question(scope=scope or district(), **asked))


def test_a_joint_activity_counts_once_for_the_district_and_once_in_each_town(
    own_town: Town, other_town: Town
) -> None:
    joint = factories.activity(own_town)
    chamber = factories.chamber(other_town)
    Host.objects.create(activity=joint, part=Host.Part.CO_HOST, chamber=chamber)
    assert number("activities") == 1
    assert number("activities", of_town(own_town)) == 1
    assert number("activities", of_town(other_town)) == 1
    assert number("activities", of_chamber(chamber)) == 1
    assert number("headcount") == 10
    assert number("joint_activities") == 1


@pytest.mark.parametrize(
    ("fields", "counted"),
    [
        ({}, 1),
        ({"review": Activity.Review.SUBMITTED}, 0),
        ({"review": Activity.Review.DRAFT}, 0),
        ({"state": Activity.State.PLANNED}, 0),
        ({"state": Activity.State.CANCELLED}, 0),
        ({"start_on": date(2024, 5, 27)}, 1),
        ({"start_on": date(2024, 5, 28)}, 0),
        ({"start_on": date(2024, 1, 1)}, 1),
        ({"start_on": date(2023, 12, 31)}, 0),
    ],
)
def test_an_activity_counts_when_held_confirmed_and_begun_within_the_days(
    own_town: Town, fields: dict[str, Any], counted: int
) -> None:
    factories.activity(own_town, **fields)
    assert number("activities") == counted


def test_a_period_that_has_not_begun_holds_nothing(own_town: Town) -> None:
    factories.activity(own_town, start_on=date(2024, 6, 1))
    assert number("activities", period=Period.parse("2024-06")) == 0
    assert number("activities", period=Period.parse("2024-06"), as_of=date(2024, 6, 1)) == 1


def test_a_stock_is_that_of_the_end_of_the_period_or_of_the_day_before_it(own_town: Town) -> None:
    factories.village(own_town, opened_on=date(2024, 4, 1), closed_on=date(2024, 5, 1))
    assert number("villages", period=Period.parse("2024-04")) == 1
    assert number("villages", period=Period.parse("2024-04"), as_of=date(2024, 3, 31)) == 0
    assert number("villages", period=Period.parse("2024-05")) == 0


def test_council_or_above_counts_enterprises_and_not_posts(own_town: Town) -> None:
    one, two = factories.chamber(own_town), factories.chamber(own_town)
    enterprise = factories.enterprise(own_town)
    factories.membership(one, enterprise, position=Position.PRESIDENT)
    factories.membership(two, enterprise, position=Position.COUNCILLOR)
    factories.membership(one, position=Position.MEMBER)
    assert number("council_enterprises") == 1
    assert number("members") == 2
    assert number("members", of_chamber(two)) == 1


def test_supervisors_count_as_council_when_the_rules_say_so(own_town: Town) -> None:
    factories.membership(factories.chamber(own_town), position=Position.CHIEF_SUPERVISOR)
    assert number("council_enterprises") == 0
    rules = Rules(council=(Position.PRESIDENT, Position.CHIEF_SUPERVISOR))
    assert number("council_enterprises", rules=rules) == 1
    asked = Question(district(), YEAR, DAY, WHOLE_DISTRICT, rules)
    assert "会长、监事长" in figure("council_enterprises").definition_for(asked)


def test_a_closed_chamber_has_no_members(own_town: Town) -> None:
    chamber = factories.chamber(own_town, closed_on=date(2024, 5, 1))
    factories.membership(chamber)
    assert number("members") == 0
    assert number("members", as_of=date(2024, 4, 30)) == 1


def test_members_who_joined_and_left_are_those_of_the_period(own_town: Town) -> None:
    chamber = factories.chamber(own_town)
    factories.membership(chamber, joined_on=date(2024, 2, 1))
    factories.membership(chamber, joined_on=date(2023, 2, 1), left_on=date(2024, 3, 1))
    factories.membership(chamber, joined_on=date(2024, 6, 1))
    assert number("members_joined") == 1
    assert number("members_left") == 1


def test_villages_are_villages_and_neighbourhoods_and_units_the_others(own_town: Town) -> None:
    village = factories.village(own_town)
    factories.post(village, Post.Kind.OFFICER)
    assert number("villages_staffed") == 0
    assert number("villages_unstaffed") == 1
    factories.post(village, Post.Kind.LIAISON)
    park = factories.village(own_town, kind=Village.Kind.PARK)
    assert number("villages_staffed") == number("villages") == 1
    assert number("units") == 1
    assert number("units_staffed") == 0
    factories.post(park, Post.Kind.COMMITTEE_MEMBER)
    assert number("units_staffed") == 1


def test_the_area_of_a_complex_is_not_counted_again_with_its_parts(own_town: Town) -> None:
    whole = factories.venue(own_town, area_m2=1000)
    part = factories.venue(own_town, parent=whole, area_m2=400)
    factories.venue(own_town, parent=part, area_m2=100)
    bare = factories.venue(own_town, area_m2=None)
    factories.venue(own_town, parent=bare, area_m2=Decimal("50.50"))
    assert number("venue_area") == Decimal("1050.50")
    assert number("venue_area", of_venue(part)) == 400
    assert number("venues") == 5
    assert number("venues", of_venue(whole)) == 3


def test_an_activity_in_a_part_is_one_of_the_whole(own_town: Town) -> None:
    whole = factories.venue(own_town, kind=Venue.Kind.COMPLEX)
    part = factories.venue(own_town, parent=whole)
    factories.activity(own_town, venue=part)
    factories.activity(own_town)
    assert number("venue_activities", of_venue(whole)) == 1
    assert number("venue_activities") == 1
    assert number("venues_idle") == 0


def test_a_venue_is_idle_after_the_days_without_an_activity(own_town: Town) -> None:
    venue = factories.venue(own_town, opened_on=date(2024, 1, 1))
    factories.venue(own_town, opened_on=date(2024, 5, 1))
    factories.activity(own_town, venue=venue, start_on=date(2024, 2, 28))
    assert number("venues_idle") == 0
    assert number("venues_idle", as_of=date(2024, 5, 28)) == 1
    assert number("venues_idle", rules=Rules(idle_days=30)) == 1


def test_a_brand_goes_grey_after_the_days_without_an_activity(own_town: Town) -> None:
    brand = factories.brand(own_town)
    assert number("brands_grey") == 1
    factories.activity(own_town, brand=brand, start_on=date(2024, 5, 1))
    assert number("brands_grey") == 0
    assert number("brands_grey", rules=Rules(grey_days=20)) == 1


def test_an_honour_counts_through_its_last_day_is_then_lapsed_and_warned_of_before(
    own_town: Town,
) -> None:
    factories.honour(factories.chamber(own_town), valid_until=DAY)
    assert number("honours") == number("honours_lapsing") == 1
    assert number("honours_lapsed") == 0
    after = date(2024, 5, 28)
    assert number("honours", as_of=after) == number("honours_lapsing", as_of=after) == 0
    assert number("honours_lapsed", as_of=after) == 1


def test_an_honour_of_an_enterprise_is_one_of_its_town(own_town: Town, other_town: Town) -> None:
    enterprise = factories.enterprise(own_town)
    Honour.objects.create(title="示例", level=Honour.Level.DISTRICT, enterprise=enterprise)
    assert number("honours", of_town(own_town)) == 1
    assert number("honours", of_town(other_town)) == 0


def test_a_term_is_due_before_its_end_and_until_the_next_is_registered(own_town: Town) -> None:
    chamber = factories.chamber(own_town)
    Term.objects.create(chamber=chamber, number=1, from_on=date(2021, 7, 1), to_on=date(2024, 7, 1))
    assert number("terms_due") == 1
    assert number("terms_due", as_of=date(2024, 1, 1)) == 0
    Term.objects.create(chamber=chamber, number=2, from_on=date(2024, 7, 1), to_on=date(2027, 7, 1))
    assert number("terms_due") == 0


def test_donations_and_beneficiaries_are_sums_of_what_was_entered(own_town: Town) -> None:
    factories.activity(own_town, donation_yuan=Decimal("1000.50"), beneficiaries=3)
    factories.activity(own_town, donation_yuan=None, headcount=None)
    assert number("donations") == Decimal("1000.50")
    assert number("beneficiaries") == 3
    assert number("headcount") == 10


def test_what_waits_is_counted_as_it_is_now(own_town: Town, liaison: User) -> None:
    factories.activity(own_town, review=Activity.Review.SUBMITTED, start_on=date(2020, 1, 1))
    factories.activity(own_town, review=Activity.Review.RETURNED, return_reason="请补充")
    factories.activity(own_town, review=Activity.Review.DRAFT, state=Activity.State.PLANNED)
    assert number("activities_submitted") == 1
    assert number("activities_returned") == 1
    assert number("activities_drafts") == 0  # a draft is its town's own
    own: dict[str, Any] = {"scope": of_town(own_town), "user": liaison}
    assert number("activities_drafts", **own) == 1
    assert number("activities_overdue", **own) == 1
    assert number("activities_overdue", **own, as_of=date(2024, 5, 15)) == 0


def test_everything_asked_at_once_is_one_statement(
    own_town: Town, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statement, "_remembered", {})  # nothing is counted in advance
    factories.activity(own_town)
    question = Question(district(), YEAR, DAY, WHOLE_DISTRICT)
    asked = {
        "whole": Asked(figure("activities"), question),
        "split": Asked(figure("activities"), question, ("town", "month")),
        "area": Asked(figure("venue_area"), question),
    }
    with django_assert_num_queries(1):
        answered = answers(asked)
    assert answered["whole"].value == 1
    assert answered["split"].part(own_town.code, "2024-05") == 1
    assert answered["area"].value == 0


def test_year_before_is_the_same_days_a_year_earlier() -> None:
    question = Question(district(), YEAR, date(2024, 2, 29), WHOLE_DISTRICT)
    before = question.year_before()
    assert (before.period, before.as_of) == (
        Period(date(2023, 1, 1), date(2023, 2, 28)),
        date(2023, 2, 28),
    )
