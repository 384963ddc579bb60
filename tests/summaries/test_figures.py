"""A number is its list: for every figure, place, period and reader, over random districts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import QueryDict
from python_calamine import CalamineWorkbook

from accounts.models import User
from activities.models import Host
from chambers.models import Position
from core.access import WHOLE_DISTRICT, Viewer
from core.periods import Period
from summaries.asking import narrowed, read_question
from summaries.cells.counting import recount
from summaries.figure_page import FigurePage, as_the_whole_knows_it, figure_page
from summaries.figures.answers import Asked, answers
from summaries.figures.catalogue import FIGURES, figures_for
from summaries.figures.figure import NONE, Figure, UnansweredQuestion
from summaries.figures.parts import Parts, dimensions_of
from summaries.figures.questions import Question, Rules
from summaries.figures.scopes import (
    Scope,
    ScopeKind,
    district,
    of_brand,
    of_chamber,
    of_town,
    of_venue,
)
from summaries.figures.versions import Version
from tests import factories
from tests.conftest import SignedIn
from tests.summaries.random_district import LAST, RandomDistrict
from towns.models import Town

pytestmark = pytest.mark.django_db
SEEDS = (1, 2)
ASKED = 48  # questions for each district made at random


@pytest.fixture(params=SEEDS)
def made(request: pytest.FixtureRequest) -> RandomDistrict:
    """Two districts; the numbers of the second are counted in advance."""
    made = RandomDistrict(request.param)
    if request.param == SEEDS[-1]:
        assert recount(today=LAST)
    return made


def readers(made: RandomDistrict) -> list[Viewer]:
    """Every role; the three of the district in turn, as they see the same."""
    first, second, *_others = made.towns
    of_district = made.pick.choice([factories.officer, factories.administrator, factories.auditor])
    liaisons = [factories.liaison(first), factories.liaison(first, second)]
    return [WHOLE_DISTRICT, of_district(), *liaisons]


def places(made: RandomDistrict, reader: Viewer) -> Iterator[Scope]:
    """The places this reader may ask about."""
    seen = reader.town_ids
    if seen is None:
        yield district()
    for town in made.towns:
        if seen is None or town.pk in seen:
            yield of_town(town)
    made_of: list[tuple[Any, Any]] = [
        (made.chambers, of_chamber),
        (made.venues, of_venue),
        (made.brands, of_brand),
    ]
    for rows, scope in made_of:
        allowed = [row for row in rows if seen is None or row.town_id in seen]
        yield from map(scope, allowed)


def askings(made: RandomDistrict) -> Iterator[tuple[Figure, Question]]:
    """Any reader, place, figure, period, day, settings and filters that may be asked.

    Of the kinds of place each as often, however many places it has.
    """
    pick = made.pick
    by_reader = {reader: list(places(made, reader)) for reader in readers(made)}
    for turn in range(ASKED):
        reader = pick.choice(list(by_reader))
        kinds = sorted({place.kind for place in by_reader[reader]})
        kind = kinds[turn % len(kinds)]
        place = pick.choice([one for one in by_reader[reader] if one.kind is kind])
        figure = pick.choice(figures_for(place.kind))
        period = made.period()
        day = pick.choice([made.day(), min(period.end, LAST)])  # running, closed, or not begun
        question = Question(place, period, day, reader, rules(made))
        for key, dimension in figure.dimensions.items():
            values = [value for value, _words in dimension.choices(reader)]
            if values and (key != "town" or place.is_district) and pick.random() < 0.1:
                question = question.only(key, pick.choice([*values, NONE]))
        yield figure, question


def rules(made: RandomDistrict) -> Rules:
    """Settings of any kind."""
    council = made.pick.sample(Position.values, made.pick.randrange(1, 9))
    idle, grey, lapse, term, least = (made.pick.randrange(1, 400) for _ in range(5))
    return Rules(council, idle, grey, lapse, term, least)


def listed_total(figure: Figure, rows: list[Any]) -> Decimal | int:
    """What somebody gets who adds the listed rows up by hand."""
    if not figure.measure:
        return len(rows)
    return sum((Decimal(getattr(row, figure.measure) or 0) for row in rows), Decimal(0))


def page_of(figure: Figure, question: Question, by: str = "") -> FigurePage:
    version = Version(1, ())
    return figure_page(figure, question, QueryDict(f"by={by}"), version=version)


def opened(url: str, question: Question) -> tuple[Figure, Decimal | int]:
    """What somebody finds who follows the address of a number: its rows, added up by hand."""
    address = urlsplit(url)
    found = FIGURES[address.path.strip("/").split("/")[-1]]
    asked = dict(parse_qsl(address.query))
    there, not_understood = read_question(
        asked, user=question.user, today=LAST, rules=question.rules
    )
    assert not not_understood, url
    there = narrowed(there, found, asked)
    return found, listed_total(found, list(found.rows(there)))


def test_a_number_is_its_list_its_parts_and_what_its_addresses_open(made: RandomDistrict) -> None:
    """The laws of every figure, whoever asks it of whatever place, period, day and filter."""
    met = Counter[str]()
    for figure, question in askings(made):
        rows = list(figure.rows(question))
        whole = listed_total(figure, rows)
        page = page_of(figure, question)
        asked = (figure.key, question)
        assert page.total == figure.value(question) == whole, asked
        assert len({row.pk for row in rows}) == len(rows), asked
        assert opened(figure.rows_url(question), question) == (figure, whole), asked
        seen = figure.rows(question).model._default_manager.visible_to(question.user)
        assert {row.pk for row in rows} <= set(seen.values_list("pk", flat=True)), asked
        if figure.whole:
            of = FIGURES[figure.whole].rows(as_the_whole_knows_it(question, figure))
            assert {row.pk for row in rows} <= {row.pk for row in of}, asked
        for shown in page.strip:
            assert opened(shown.url, question)[1] == shown.value, asked
        if dimensions := dimensions_of(figure, question):
            key = min((one.key for one in dimensions), key=lambda key: met[f"split {key}"])
            parts = page_of(figure, question, key).parts
            assert parts is not None
            check_parts(parts, whole, made)
            met[f"split {key}"] += 1
        met["not nothing"] += bool(whole)
        met["narrowed"] += bool(question.narrowed)
    assert met["not nothing"] > ASKED / 6, met
    assert met["narrowed"] > 3, met
    assert {"split town", "split month", "split kind"} <= met.keys(), met


def check_parts(parts: Parts, whole: Decimal | int, made: RandomDistrict) -> None:
    """The parts add up, but for rows that may stand in several; each opens its own rows."""
    asked = (parts.figure.key, parts.dimension.key, parts.question)
    assert parts.total == whole + parts.surplus, asked
    assert parts.surplus >= 0, asked
    if not parts.dimension.overlap:
        assert not parts.surplus, asked
    for part in made.pick.sample(parts.parts, min(4, len(parts.parts))):
        assert opened(part.url, parts.question) == (parts.figure, part.number), (part, asked)


def test_the_parts_by_town_are_what_the_towns_themselves_count(made: RandomDistrict) -> None:
    question = Question(district(), made.period(), made.day(), WHOLE_DISTRICT)
    for figure in figures_for(ScopeKind.TOWN):
        if "town" not in figure.dimensions:
            continue
        parts = page_of(figure, question, "town").parts
        assert parts is not None
        found = {part.value: part.number for part in parts.parts}
        for town in made.towns:
            alone = figure.value(question.within(of_town(town)))
            assert found.get(town.code, 0) == alone, (figure.key, town)


def test_a_joint_activity_stands_once_in_each_town_and_the_page_names_the_difference(
    own_town: Town, other_town: Town
) -> None:
    third = factories.town("示例丙镇")
    joint = factories.activity(own_town, headcount=40, start_on=date(2024, 5, 6))
    for town in (other_town, third):
        Host.objects.create(activity=joint, part=Host.Part.CO_HOST, town=town)
    factories.activity(own_town, headcount=5, start_on=date(2024, 5, 7))
    factories.activity(None, headcount=7, start_on=date(2024, 5, 8))
    question = Question(district(), Period.parse("2024"), date(2024, 5, 27), WHOLE_DISTRICT)
    for key, whole, surplus in (("activities", 3, 2), ("headcount", 52, 80)):
        parts = page_of(FIGURES[key], question, "town").parts
        assert parts is not None
        assert (parts.whole, parts.total, parts.surplus) == (whole, whole + surplus, surplus)
        assert f"比总数多 {surplus}" in parts.surplus_words
        assert "在每个参与的街镇各计一次" in parts.surplus_words
        assert [part.words for part in parts.parts][-1] == "区级（不属于街镇）"
        assert opened(parts.surplus_url, question) == (FIGURES["cross_town_activities"], 1)


def some_places(made: RandomDistrict, reader: Viewer) -> list[Scope]:
    """The district, and two places of each other kind, as far as this reader may ask."""
    every = list(places(made, reader))
    of_kind = [[one for one in every if one.kind is kind] for kind in ScopeKind]
    return [one for few in of_kind for one in made.pick.sample(few, min(2, len(few)))]


def test_the_same_day_gives_the_same_answer_after_what_happened_later(
    made: RandomDistrict,
) -> None:
    """Entries, changes and ends that lie behind the day leave every answer of that day alone.

    To whoever asks, and also once the months they touched are counted anew.
    """
    day, period = made.day(), made.period()
    later = max(day, period.end).replace(year=2025)
    asked = [
        Asked(figure, Question(place, period, day, reader))
        for reader in (WHOLE_DISTRICT, factories.liaison(made.towns[0]))
        for place in some_places(made, reader)
        for figure in figures_for(place.kind)
        if figure.kind != "now"
    ]
    named = {str(number): one for number, one in enumerate(asked)}
    before = {name: answer.value for name, answer in answers(named).items()}
    made.go_on(later)
    for _turn in ("marked", "counted anew"):
        after = {name: answer.value for name, answer in answers(named).items()}
        changed = {
            (asked[int(name)].figure.key, str(asked[int(name)].question.scope))
            for name in before
            if before[name] != after[name]
        }
        assert not changed
        recount(today=LAST)
    assert sum(map(bool, before.values())) > 40


@pytest.mark.parametrize("role", ["officer", "liaison"])
def test_the_page_and_its_spreadsheet_hold_exactly_what_the_number_counts(
    signed_in: SignedIn, role: str
) -> None:
    """One figure of each kind of row, with whatever filters are drawn."""
    made = RandomDistrict(7)
    town = made.towns[0]
    reader: User = factories.officer() if role == "officer" else factories.liaison(town)
    place = district() if role == "officer" else of_town(town)
    year = Period.parse("2024" if role == "officer" else "2023")
    client = signed_in(reader)
    exported = 0
    for figure in {one.listing: one for one in figures_for(place.kind)}.values():
        question = Question(place, year, made.day().replace(year=2024), reader)
        if split := [one for one in dimensions_of(figure, question) if one.path]:
            values = [value for value, _words in split[-1].choices(reader)]
            question = question.only(split[-1].key, values[0]) if values else question
        url = f"{figure.rows_url(question)}&per_page=200"
        response = client.get(url)
        assert response.status_code == 200, url
        rows = list(response.context["records"].table.data)
        assert response.context["total"] == listed_total(figure, rows), url
        assert response.context["total"] == figure.value(question), url
        assert f'id="figure-total" data-value="{response.context["total"]}"' in (
            response.content.decode().replace(",", "")
        )
        lines = exported_lines(client.get(f"{url}&export=xlsx").content)
        heads = next(number for number, line in enumerate(lines) if sum(map(bool, line)) > 1)
        assert len(lines) - heads - 1 == len(rows), url
        notes = "\n".join(line[0] for line in lines[:heads])
        for said in (figure.definition_for(question), "截至", "合计：", "口径第 1 版"):
            assert said in notes, url
        exported += len(rows)
    assert exported > 8


def exported_lines(content: bytes) -> list[list[str]]:
    table = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in table.to_python(skip_empty_area=False)]


def test_a_figure_refuses_places_and_dimensions_it_does_not_know(
    made: RandomDistrict,
) -> None:
    question = Question(of_brand(made.brands[0]), made.period(), made.day(), WHOLE_DISTRICT)
    with pytest.raises(UnansweredQuestion):
        FIGURES["villages"].rows(question)
    with pytest.raises(UnansweredQuestion):
        FIGURES["activities"].rows(question.only("industry", "C"))
