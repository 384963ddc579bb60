"""The first and the last day of whatever begins and ends: counted or not, for every figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from activities.models import Host
from chambers.models import Chamber, Membership, Position, Term
from core.access import WHOLE_DISTRICT
from core.periods import Period
from summaries.cells.counting import recount
from summaries.figures.answers import Asked, answers
from summaries.figures.catalogue import FIGURES
from summaries.figures.figure import FigureKind
from summaries.figures.questions import Question, Rules
from summaries.figures.scopes import of_town
from tests import factories
from towns.models import Post, Town, Village

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2024, 3, 10), date(2024, 5, 20)
ONE = timedelta(days=1)
WINDOW = Rules(idle_days=30, grey_days=30, lapse_days=30, term_days=30)
Made = Callable[[Town, date, date], Any]


def number(key: str, town: Town, period: Period, as_of: date) -> Decimal | int:
    question = Question(of_town(town), period, as_of, WHOLE_DISTRICT, WINDOW)
    return answers({"one": Asked(FIGURES[key], question)})["one"].value


def standing(key: str, town: Town, day: date) -> Decimal | int:
    """What stands on a day: as of that day within a year, and at the end of a period alike."""
    as_of_the_day = number(key, town, Period.months(day.year, 1, 12), day)
    assert number(key, town, Period(day - 40 * ONE, day), date(2025, 1, 1)) == as_of_the_day
    return as_of_the_day


def village(town: Town, **fields: Any) -> Village:
    return factories.village(town, **fields)


def staffed(town: Town, begin: date | None, end: date | None, **fields: Any) -> Village:
    """A village with both posts, one of them from a day to a day."""
    made = village(town, **fields)
    factories.post(made, Post.Kind.LIAISON)
    factories.post(made, Post.Kind.OFFICER, from_on=begin, to_on=end)
    return made


def park(town: Town, **fields: Any) -> Village:
    return village(town, kind=Village.Kind.PARK, **fields)


def councillor(town: Town, begin: date, end: date) -> Membership:
    """A member who held a seat from a day to a day, and has been a member longer."""
    made = factories.membership(factories.chamber(town))
    for position, since in ((Position.COUNCILLOR, begin), (Position.MEMBER, end)):
        made.position, made.position_since = position, since
        made.save()
    return made


def term(chamber: Chamber, begin: date, end: date) -> Term:
    return Term.objects.create(chamber=chamber, number=1, from_on=begin, to_on=end)


# What stands from a day on, and no longer on another day.
STOCKS: dict[str, tuple[str, Made]] = {
    "town": (
        "towns",
        lambda town, b, e: Town.objects.filter(pk=town.pk).update(opened_on=b, closed_on=e),
    ),
    "village": ("villages", lambda town, b, e: village(town, opened_on=b, closed_on=e)),
    "village without posts": (
        "villages_unstaffed",
        lambda town, b, e: village(town, opened_on=b, closed_on=e),
    ),
    "village with posts": (
        "villages_staffed",
        lambda town, b, e: staffed(town, None, None, opened_on=b, closed_on=e),
    ),
    "post that staffs a village": ("villages_staffed", staffed),
    "park": ("units", lambda town, b, e: park(town, opened_on=b, closed_on=e)),
    "post that staffs a park": (
        "units_staffed",
        lambda town, b, e: factories.post(park(town), from_on=b, to_on=e),
    ),
    "post": ("posts", lambda town, b, e: factories.post(village(town), from_on=b, to_on=e)),
    "brand": ("brands", lambda town, b, e: factories.brand(town, opened_on=b, closed_on=e)),
    "grey brand": (
        "brands_grey",
        lambda town, b, e: factories.brand(town, opened_on=b, closed_on=e),
    ),
    "venue": ("venues", lambda town, b, e: factories.venue(town, opened_on=b, closed_on=e)),
    "area": (
        "venue_area",
        lambda town, b, e: factories.venue(town, opened_on=b, closed_on=e, area_m2=1),
    ),
    "zone": (
        "zones",
        lambda town, b, e: factories.venue(town, opened_on=b, closed_on=e).zones.create(name="厅"),
    ),
    "chamber": ("chambers", lambda town, b, e: factories.chamber(town, founded_on=b, closed_on=e)),
    "membership": (
        "members",
        lambda town, b, e: factories.membership(factories.chamber(town), joined_on=b, left_on=e),
    ),
    "membership of a council": (
        "council_enterprises",
        lambda town, b, e: factories.membership(
            factories.chamber(town), position=Position.PRESIDENT, joined_on=b, left_on=e
        ),
    ),
    "position": ("council_enterprises", councillor),
    "membership of a chamber that closes": (
        "members",
        lambda town, b, e: factories.membership(factories.chamber(town, closed_on=e), joined_on=b),
    ),
    "enterprise": (
        "enterprises",
        lambda town, b, e: factories.enterprise(town, founded_on=b, closed_on=e),
    ),
    # The last day of validity still counts.
    "honour": (
        "honours",
        lambda town, b, e: factories.honour(
            factories.chamber(town), awarded_on=b, valid_until=e - ONE
        ),
    ),
    # From as many days before its end as the rules say, until the chamber closes.
    "term": (
        "terms_due",
        lambda town, b, e: term(
            factories.chamber(town, closed_on=e), b - 365 * ONE, b + WINDOW.term_days * ONE
        ),
    ),
    "term that begins": (
        "terms_due",
        lambda town, b, e: term(factories.chamber(town, closed_on=e), b, b + ONE),
    ),
    "honour that lapses": (
        "honours_lapsing",
        lambda town, b, e: factories.honour(
            factories.chamber(town), valid_until=b + WINDOW.lapse_days * ONE
        ),
    ),
    # Idle once its first days have passed without an activity.
    "idle venue": (
        "venues_idle",
        lambda town, b, e: factories.venue(town, opened_on=b - WINDOW.idle_days * ONE, closed_on=e),
    ),
    # Grey on the day after as many days as the rules say, until something is held again.
    "idle between two activities": (
        "venues_idle",
        lambda town, b, e: between(town, b, e, venue=factories.venue(town)),
    ),
    "grey between two activities": (
        "brands_grey",
        lambda town, b, e: between(town, b, e, brand=factories.brand(town)),
    ),
}


def between(town: Town, begin: date, end: date, **held: Any) -> None:
    factories.activity(town, start_on=begin - WINDOW.idle_days * ONE, **held)
    factories.activity(town, start_on=end, **held)


@pytest.mark.parametrize("case", STOCKS)
def test_what_stands_counts_from_its_first_day_and_no_longer_on_the_day_it_ends(case: str) -> None:
    key, make = STOCKS[case]
    town = factories.town()
    # An honour lapses by itself, on the day after the last it is warned of.
    end = FIRST + (WINDOW.lapse_days + 1) * ONE if case == "honour that lapses" else LAST
    make(town, FIRST, end)
    days = (FIRST - ONE, FIRST, end - ONE, end)
    assert [standing(key, town, day) for day in days] == [0, 1, 1, 0]


def test_every_figure_that_stands_on_a_day_has_its_boundary_days_here() -> None:
    stocks = {key for key, figure in FIGURES.items() if figure.kind is FigureKind.STOCK}
    flows = {key for key, figure in FIGURES.items() if figure.kind is FigureKind.FLOW}
    assert {key for key, _make in STOCKS.values()} == stocks
    assert FLOWS.keys() == flows


def held(town: Town, day: date, number: int) -> None:
    """An activity that is told apart by what it adds, whichever of its figures is asked."""
    chamber = factories.chamber(factories.town())
    for copy in range(number):
        made = factories.activity(
            town,
            start_on=day,
            end_on=day + 5 * ONE,
            venue=factories.venue(town),
            headcount=1,
            donation_yuan=1,
            beneficiaries=1,
            name=f"示例{copy}",
        )
        for part in (Host.Part.HOST, Host.Part.CO_HOST):
            Host.objects.create(activity=made, part=part, chamber=chamber)


def joined(town: Town, day: date, number: int) -> None:
    for _copy in range(number):
        factories.membership(factories.chamber(town), joined_on=day)


def left(town: Town, day: date, number: int) -> None:
    for _copy in range(number):
        factories.membership(factories.chamber(town), left_on=day)


def lapsed(town: Town, day: date, number: int) -> None:
    for _copy in range(number):
        factories.honour(factories.chamber(town), valid_until=day - ONE)


# What happens on a day, so and so often.
FLOWS: dict[str, Callable[[Town, date, int], None]] = {
    **dict.fromkeys(
        (
            *("activities", "venue_activities", "joint_activities", "cross_town_activities"),
            *("headcount", "donations", "beneficiaries"),
        ),
        held,
    ),
    "members_joined": joined,
    "members_left": left,
    "honours_lapsed": lapsed,
}


@pytest.mark.parametrize(
    ("happen", "in_advance"),
    [(held, False), (held, True), (joined, False), (left, False), (lapsed, False)],
)
def test_what_happens_counts_on_the_first_and_the_last_day_and_on_none_beside(
    happen: Callable[[Town, date, int], None], in_advance: bool
) -> None:
    town = factories.town()
    for day, often in ((FIRST - ONE, 1), (FIRST, 2), (LAST, 4), (LAST + ONE, 8)):
        happen(town, day, often)
    if in_advance:
        recount(today=date(2024, 6, 30))
    days, later = Period(FIRST, LAST), date(2024, 12, 31)
    for key in (key for key, one in FLOWS.items() if one is happen):
        assert number(key, town, days, later) == 6, key
        assert number(key, town, Period(FIRST, later), LAST) == 6, key
        assert number(key, town, days, LAST - ONE) == 2, key
        assert number(key, town, Period.months(2024, 1, 12), later) == 15, key
        assert number(key, town, days, FIRST - ONE) == 0, key
