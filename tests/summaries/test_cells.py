"""Cells never change a number: for random districts, readers, writes, and writers side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F

from activities.models import Activity, Host
from chambers.models import Chamber
from core.access import WHOLE_DISTRICT
from core.periods import Period
from summaries.cells import statement
from summaries.cells.backed import FLOWS, SPLITS
from summaries.cells.counting import recount, waiting
from summaries.cells.models import Cell, CountedMonth, Mark
from summaries.figures.activities import ACTIVITIES, JOINT_ACTIVITIES
from summaries.figures.answers import Answer, Asked, answers
from summaries.figures.questions import Question
from summaries.figures.scopes import (
    Scope,
    district,
    of_brand,
    of_chamber,
    of_town,
    of_venue,
)
from tests import factories
from tests.summaries.random_district import LAST, RandomDistrict
from towns.models import Brand, Town
from venues.models import Venue

pytestmark = pytest.mark.django_db
TODAY = date(2024, 9, 10)
SEEDS = (11, 12)
IN_MAY = Period.months(2024, 5, 1)
# What a trigger would be that someone has lost.
NO_TRIGGER = """
    CREATE OR REPLACE FUNCTION cells_mark_activities() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RETURN NULL; END; $$
"""


@pytest.fixture(params=SEEDS)
def made(request: pytest.FixtureRequest) -> RandomDistrict:
    return RandomDistrict(request.param)


def questions(made: RandomDistrict) -> Iterator[Question]:
    """Readers of each kind at the places they may ask about, over periods that end anywhere."""
    first, second = made.towns[:2]
    places = [district(), of_town(first), of_town(second)]
    for reader in (WHOLE_DISTRICT, factories.officer(), factories.liaison(first, second)):
        for place in places:
            yield Question(place, made.period(), made.day(), reader)


def asked_of(question: Question) -> dict[str, Asked]:
    """Every figure that has cells, whole and by each pair of its dimensions."""
    splits = [(), *((one,) for one in (*SPLITS, "month", "town"))]
    splits += list(combinations(("month", "town", "kind", "venue"), 2))
    if not question.scope.is_district:
        splits = [by for by in splits if "town" not in by]
    return {
        f"{figure.key} {by}": Asked(figure, question, by)
        for figure in FLOWS.values()
        for by in splits
    }


def live(asked: dict[str, Asked], monkeypatch: pytest.MonkeyPatch) -> dict[str, Answer]:
    """The same without any cell."""
    with monkeypatch.context() as patch:
        patch.setattr(statement, "plan_of", lambda _asked, _months: None)
        return answers(asked)


def differing(
    asked: dict[str, Asked], monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, Any, Any, Question]]:
    """Where cells and rows do not say the same: what each says to which question."""
    told, counted = answers(asked), live(asked, monkeypatch)
    return [
        (name, told[name].parts, counted[name].parts, one.question)
        for name, one in asked.items()
        if told[name].parts != counted[name].parts
    ]


def activities_of(place: Town | Chamber | None = None) -> int:
    scope = of_chamber(place) if isinstance(place, Chamber) else district()
    scope = of_town(place) if isinstance(place, Town) else scope
    question = Question(scope, IN_MAY, TODAY, WHOLE_DISTRICT)
    return int(answers({"one": Asked(ACTIVITIES, question)})["one"].value)


def test_cells_say_what_the_rows_say(made: RandomDistrict, monkeypatch: pytest.MonkeyPatch) -> None:
    assert recount(today=LAST) == CountedMonth.objects.count() > 20
    assert Cell.objects.filter(is_day=True).exists()
    for question in questions(made):
        assert differing(asked_of(question), monkeypatch) == []
    assert not waiting(LAST)


def held_by(made: RandomDistrict) -> list[Scope]:
    """A venue of two parts, a brand and a chamber, each with activities of several towns."""
    held = Activity.objects.counted().order_by("pk")
    brand = Brand.objects.filter(activities__in=held)[:1].get()
    venue = Venue.objects.filter(activities__in=held)[:1].get()
    part = factories.venue(venue.town, parent=venue)
    held.filter(pk__in=held.values("pk")[:20]).update(venue=part)  # in a part, so in the whole
    chamber = made.chambers[0]
    for activity in held[:25]:
        for how in (Host.Part.HOST, Host.Part.CO_HOST):  # twice a host, and once its activity
            Host.objects.get_or_create(activity=activity, part=how, chamber=chamber)
    for activity in held[5:12]:
        Host.objects.create(activity=activity, part=Host.Part.ORGANISER, town=made.towns[1])
    return [of_venue(venue), of_brand(brand), of_chamber(chamber)]


def test_what_a_place_or_a_thing_holds_is_told_out_of_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To the district, to who works in one town, and to who works in two."""
    made = RandomDistrict(11)
    places = held_by(made)
    recount(today=LAST)
    days = Period(date(2022, 11, 5), date(2024, 8, 20))
    first, second, *_others = made.towns
    readers = (factories.officer(), factories.liaison(first), factories.liaison(first, second))
    for reader in readers:
        for place in places:
            asked = {
                f"{figure.key} {place} {by}": Asked(figure, Question(place, days, LAST, reader), by)
                for figure in FLOWS.values()
                for by in ((), ("month",), ("kind",), ("month", "kind"), ("mode",))
                if place.kind in figure.scopes
            }
            assert differing(asked, monkeypatch) == []


def test_a_wrong_cell_shows() -> None:
    """The control of all above: readers of cells are told what the cells say."""
    made = RandomDistrict(14)
    places = [*held_by(made), district(), of_town(made.towns[0])]
    recount(today=LAST)
    town = made.towns[0]
    year = Period.months(2023, 1, 12)
    for reader in (WHOLE_DISTRICT, factories.liaison(town)):
        asked = {
            f"{one} {by}": Asked(ACTIVITIES, Question(one, year, LAST, reader), by)
            for one in (places if reader is WHOLE_DISTRICT else [*places[:3], places[-1]])
            for by in ((), ("kind",))
        }
        before = answers(asked)
        Cell.objects.filter(figure="activities").update(number=F("number") + 1000)
        after = answers(asked)
        for name, answer in after.items():
            told, was = sum(answer.parts.values()), sum(before[name].parts.values())
            assert not was or told >= was + 1000, name
        assert sum(bool(one.parts) for one in before.values()) > 5


def test_no_write_leaves_a_cell_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    made = RandomDistrict(13)
    recount(today=LAST)
    days = Period(date(2022, 11, 1), date(2024, 8, 20))
    asked = {
        f"{figure.key} {place} {by}": Asked(figure, Question(place, days, LAST, WHOLE_DISTRICT), by)
        for figure in FLOWS.values()
        for place in (district(), of_town(made.towns[0]), of_chamber(made.chambers[0]))
        for by in ((), ("kind",))
    }
    for write in writes(made):
        write()
        assert differing(asked, monkeypatch) == []
    assert Mark.objects.exists()


def writes(made: RandomDistrict) -> Iterator[Callable[[], Any]]:
    """Each way in which a number may change, whatever wrote it."""
    held = Activity.objects.counted()
    one = held.order_by("pk")[0]
    rows = Activity.objects.filter(pk=one.pk)
    yield lambda: rows.update(headcount=777, donation_yuan=5, beneficiaries=3)
    yield lambda: rows.update(start_on=date(2023, 2, 3))
    yield lambda: rows.update(review="returned", return_reason="请补充")
    yield lambda: rows.update(review="confirmed", town=made.towns[2], kind=made.kinds[2])
    yield lambda: held.update(state="postponed")
    yield lambda: Activity.objects.filter(review="confirmed").update(state="held")
    yield lambda: [
        Host.objects.create(activity=one, part="organiser", town=town) for town in made.towns
    ]
    yield lambda: Host.objects.create(activity=one, part="host", chamber=made.chambers[0])
    yield lambda: Host.objects.filter(chamber=made.chambers[0]).update(chamber=made.chambers[1])
    yield lambda: Host.objects.filter(activity=one).delete()
    yield held.order_by("-pk")[0].delete
    yield lambda: factories.activity(made.towns[0], start_on=date(2024, 1, 9))
    yield lambda: type(made.kinds[0]).objects.filter(pk=made.kinds[0].pk).update(code="renamed")
    yield lambda: Town.objects.filter(pk=made.towns[1].pk).update(code="310118999")


def test_without_its_trigger_a_number_stays_behind(own_town: Town) -> None:
    """The control of all tests here: a mark that is missing is a number that is wrong."""
    factories.activity(own_town)
    recount(today=TODAY)
    with connection.cursor() as cursor:
        cursor.execute(NO_TRIGGER)
    Mark.objects.all().delete()
    Activity.objects.update(review="returned", return_reason="请补充")
    assert activities_of() == 1
    assert Activity.objects.counted().count() == 0


def test_an_activity_confirmed_now_is_in_the_next_number(own_town: Town) -> None:
    factories.activity(own_town)
    waiting_one = factories.activity(own_town, review=Activity.Review.SUBMITTED)
    recount(today=TODAY)
    assert activities_of() == 1
    waiting_one.review = Activity.Review.CONFIRMED
    waiting_one.save()
    assert activities_of() == 2
    assert activities_of(own_town) == 2


def test_a_joint_activity_counts_once_in_the_district_and_once_in_each_town(
    own_town: Town, other_town: Town
) -> None:
    joint = factories.activity(own_town)
    Host.objects.create(activity=joint, part=Host.Part.CO_HOST, town=other_town)
    recount(today=TODAY)
    assert [activities_of(), activities_of(own_town), activities_of(other_town)] == [1, 1, 1]
    question = Question(district(), IN_MAY, TODAY, WHOLE_DISTRICT)
    assert answers({"joint": Asked(JOINT_ACTIVITIES, question)})["joint"].value == 1


def test_a_liaison_is_told_nothing_of_another_town_by_a_cell(
    own_town: Town, other_town: Town
) -> None:
    factories.activity(other_town)
    recount(today=TODAY)
    liaison = factories.liaison(own_town)
    for scope in (district(), of_town(other_town)):
        question = Question(scope, IN_MAY, TODAY, liaison)
        assert answers({"one": Asked(ACTIVITIES, question)})["one"].value == 0


def test_the_check_finds_a_wrong_cell_and_no_other(
    own_town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    hosted = factories.activity(own_town, start_on=date(2026, 1, 9))
    chamber = factories.chamber(own_town)
    Host.objects.create(activity=hosted, chamber=chamber)
    with time_machine.travel(date(2026, 1, 10), tick=False):
        call_command("count_cells")
    call_command("check_cells")
    Cell.objects.filter(figure="headcount", split="kind", town="").update(number=1)
    with pytest.raises(SystemExit):
        call_command("check_cells")
    assert "headcount 2026-01-01 district kind forum: 1.00 != 10" in capsys.readouterr().out
    Cell.objects.filter(figure="headcount", split="kind", town="").update(number=10)
    by_kind = Cell.objects.filter(split=f"kind/chamber:{chamber.pk}", town=own_town.code)
    assert by_kind.update(number=7) == 1
    with pytest.raises(SystemExit):
        call_command("check_cells")
    said = capsys.readouterr().out
    assert f"{own_town.code} kind/chamber:{chamber.pk} forum: 7.00 != 1" in said


@pytest.mark.django_db(transaction=True)
def test_a_write_that_commits_after_the_count_is_not_lost() -> None:
    """The count does not see the write, so it must not take its mark away."""
    town = factories.town("华新镇", code="310118107")
    chamber = factories.chamber(town)
    known = factories.activity(town)
    written, counted = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            factories.activity(town)
            Host.objects.create(activity=known, chamber=chamber)
            written.set()
            counted.wait(10)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    written.wait(10)
    recount(today=TODAY)
    assert (activities_of(), activities_of(chamber)) == (1, 0)
    counted.set()
    writer.join()
    for _turn in ("marked", "counted anew"):
        assert (activities_of(), activities_of(town), activities_of(chamber)) == (2, 2, 1)
        recount(today=TODAY)
        assert not Mark.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_a_counter_end_in_the_right_number() -> None:
    town = factories.town("华新镇", code="310118107")
    keys = [factories.activity(town, review="submitted").pk for _ in range(24)]

    def confirm(some: list[int]) -> None:
        for key in some:
            Activity.objects.filter(pk=key).update(review="confirmed")
        connection.close()

    writers = [threading.Thread(target=confirm, args=(keys[n::4],)) for n in range(4)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        recount(today=TODAY)
        # Told and counted in moments of their own: confirmed ones only ever become more.
        told = activities_of()
        assert told <= Activity.objects.counted().count()
    assert activities_of() == activities_of(town) == 24
