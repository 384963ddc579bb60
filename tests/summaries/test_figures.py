"""A number is its list: for every figure, place, period and reader, over random districts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from accounts.models import User
from core.access import WHOLE_DISTRICT, Viewer
from summaries.figures.answers import Asked, answers
from summaries.figures.catalogue import FIGURES, figures_for
from summaries.figures.figure import Figure, UnansweredQuestion
from summaries.figures.questions import Question
from summaries.figures.scopes import (
    Scope,
    ScopeKind,
    district,
    of_brand,
    of_chamber,
    of_town,
    of_venue,
)
from tests import factories
from tests.conftest import SignedIn
from tests.summaries.random_district import RandomDistrict

pytestmark = pytest.mark.django_db
SEEDS = (1, 2)
OVERLAPPING = {"town"}  # dimensions in which one row may stand in several parts


@pytest.fixture(params=SEEDS)
def made(request: pytest.FixtureRequest) -> RandomDistrict:
    return RandomDistrict(request.param)


def readers(made: RandomDistrict) -> list[Viewer]:
    """Every role; the three of the district in turn, as they see the same."""
    first, second, _third = made.towns
    of_district = made.pick.choice([factories.officer, factories.administrator, factories.auditor])
    return [WHOLE_DISTRICT, of_district(), factories.liaison(first, second)]


def places(made: RandomDistrict, reader: Viewer) -> Iterator[Scope]:
    """The places this reader may ask about."""
    yield district()
    seen = reader.town_ids
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
        yield scope(made.pick.choice(allowed))


def questions(made: RandomDistrict) -> Iterator[Question]:
    for reader in readers(made):
        for place in places(made, reader):
            yield Question(place, made.period(), made.day(), reader)


def listed_total(figure: Figure, rows: list[Any]) -> Decimal | int:
    """What somebody gets who adds the listed rows up by hand."""
    if not figure.measure:
        return len(rows)
    return sum((Decimal(getattr(row, figure.measure) or 0) for row in rows), Decimal(0))


def test_every_number_is_its_list(made: RandomDistrict) -> None:
    checked = nonzero = 0
    for question in questions(made):
        figures = figures_for(question.scope.kind)
        answered = answers({one.key: Asked(one, question) for one in figures})
        for figure in figures:
            rows = list(figure.rows(question))
            total = listed_total(figure, rows)
            assert answered[figure.key].value == total, (figure.key, question)
            assert len({row.pk for row in rows}) == len(rows), (figure.key, question)
            checked += 1
            nonzero += bool(total)
    assert checked > 300
    assert nonzero > checked / 5


def test_nobody_counts_what_they_may_not_see(made: RandomDistrict) -> None:
    for question in questions(made):
        for figure in figures_for(question.scope.kind):
            rows = figure.rows(question)
            seen = rows.model._default_manager.visible_to(question.user)
            assert not rows.exclude(pk__in=seen.values("pk")).exists(), (figure.key, question)


def test_parts_add_up_and_each_part_is_its_own_list(made: RandomDistrict) -> None:
    for question in questions(made):
        for figure in figures_for(question.scope.kind):
            whole = figure.value(question)
            for key, dimension in figure.dimensions.items():
                split = answers({"split": Asked(figure, question, (key,))})["split"]
                if key not in OVERLAPPING:
                    assert sum(split.parts.values()) == whole, (figure.key, key)
                if key == "month":
                    continue
                for (value,), count in split.parts.items():
                    rows = list(figure.rows(question.only(key, value)))
                    assert listed_total(figure, rows) == count, (figure.key, dimension.key, value)


def test_the_parts_by_town_are_what_the_towns_themselves_count(made: RandomDistrict) -> None:
    question = Question(district(), made.period(), made.day(), WHOLE_DISTRICT)
    for figure in figures_for(ScopeKind.TOWN):
        if "town" not in figure.dimensions:
            continue
        split = answers({"split": Asked(figure, question, ("town",))})["split"]
        for town in made.towns:
            alone = figure.value(question.within(of_town(town)))
            if figure.key != "venue_area":  # a part may lie in another town than its whole
                assert split.part(town.code) == alone, (figure.key, town)


def test_the_same_day_gives_the_same_answer_after_later_entries(made: RandomDistrict) -> None:
    day, period = made.day(), made.period()
    question = Question(district(), period, day, WHOLE_DISTRICT)
    dated = [one for one in figures_for(ScopeKind.DISTRICT) if one.kind != "now"]
    before = {one.key: one.value(question) for one in dated}
    later = max(day, period.end).replace(year=2025)
    factories.activity(made.towns[0], start_on=later)
    chamber = factories.chamber(made.towns[0], founded_on=later)
    newcomer = factories.enterprise(made.towns[0], founded_on=later)
    factories.membership(chamber, newcomer, joined_on=later, position="president")
    factories.honour(chamber, awarded_on=later)
    factories.village(made.towns[0], opened_on=later)
    factories.venue(made.towns[0], opened_on=later)
    assert {one.key: one.value(question) for one in dated} == before


@pytest.mark.parametrize("role", ["officer", "liaison"])
def test_the_page_lists_exactly_what_the_number_counts(signed_in: SignedIn, role: str) -> None:
    made = RandomDistrict(7)
    town = made.towns[0]
    reader: User = factories.officer() if role == "officer" else factories.liaison(town)
    place = district() if role == "officer" else of_town(town)
    question = Question(place, made.period(), made.day(), reader)
    client = signed_in(reader)
    for figure in figures_for(place.kind):
        url = f"{figure.rows_url(question)}&per_page=200"
        response = client.get(url)
        assert response.status_code == 200, url
        rows = list(response.context["records"].table.data)
        assert response.context["total"] == listed_total(figure, rows), url
        assert response.context["total"] == figure.value(question), url
        assert f'id="figure-total" data-value="{response.context["total"]}"' in (
            response.content.decode().replace(",", "")
        )


def test_the_export_holds_the_rows_the_definition_and_the_day(
    signed_in: SignedIn, officer: User
) -> None:
    made = RandomDistrict(7)
    question = Question(district(), made.period(), made.day(), officer)
    figure = FIGURES["activities"]
    response = signed_in(officer).get(f"{figure.rows_url(question)}&export=xlsx")
    table = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0)
    lines = [[str(cell) for cell in row] for row in table.to_python(skip_empty_area=False)]
    words = "\n".join(line[0] for line in lines)
    assert figure.definition_for(question) in words
    assert "截至" in words
    heads = next(number for number, line in enumerate(lines) if line[0] == "活动名称")
    assert len(lines) - heads - 1 == figure.value(question) > 0


def test_a_figure_refuses_places_and_dimensions_it_does_not_know(
    made: RandomDistrict,
) -> None:
    question = Question(of_brand(made.brands[0]), made.period(), made.day(), WHOLE_DISTRICT)
    with pytest.raises(UnansweredQuestion):
        FIGURES["villages"].rows(question)
    with pytest.raises(UnansweredQuestion):
        FIGURES["activities"].rows(question.only("industry", "C"))
