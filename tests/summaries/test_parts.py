"""A number in very many parts: the largest one by one, the others as one that opens its rows."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User
from core.access import WHOLE_DISTRICT
from core.periods import Period
from summaries.figures import figure as figures
from summaries.figures.catalogue import FIGURES
from summaries.figures.figure import NONE, REST, UnansweredQuestion
from summaries.figures.questions import Question
from summaries.figures.scopes import district
from tests import factories
from tests.conftest import SignedIn
from tests.summaries.test_figures import opened, page_of
from towns.models import Town

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 27)


@pytest.fixture
def question(own_town: Town, monkeypatch: pytest.MonkeyPatch) -> Question:
    """Five brands with 4, 3, 2, 2 and 1 activities, two activities without; three are told."""
    monkeypatch.setattr(figures, "LARGEST", 3)
    monkeypatch.setattr("summaries.figures.parts.LARGEST", 3)
    for count in (2, 4, 1, 2, 3):
        brand = factories.brand(own_town)
        for _ in range(count):
            factories.activity(own_town, brand=brand, start_on=DAY, headcount=10)
    for _ in range(2):
        factories.activity(own_town, start_on=DAY, headcount=10)
    return Question(district(), Period.parse("2024"), DAY, WHOLE_DISTRICT)


@pytest.mark.parametrize(("key", "each"), [("activities", 1), ("headcount", 10)])
def test_the_rest_of_many_parts_opens_exactly_its_rows(
    question: Question, key: str, each: int
) -> None:
    parts = page_of(FIGURES[key], question, "brand").parts
    assert parts is not None
    assert sorted(part.number for part in parts.shown) == [n * each for n in (2, 2, 3, 3, 4)]
    assert [part.value for part in parts.shown][-2:] == [REST, NONE]
    assert sum(part.number for part in parts.shown) == parts.whole == 14 * each
    for part in parts.shown:
        assert opened(part.url, question) == (FIGURES[key], part.number)


def test_the_chart_shows_the_rest_as_a_bar_that_can_be_opened(question: Question) -> None:
    chart = page_of(FIGURES["activities"], question, "brand").chart
    assert chart is not None
    assert "其余 2 项" in chart.categories
    assert all(chart.series[0].urls)


def test_the_rest_is_neither_compared_nor_split(question: Question) -> None:
    page = page_of(FIGURES["activities"], question.only("brand", REST))
    assert (page.total, page.strip, page.tabs) == (3, [], [])


def test_the_page_of_the_rest_lists_its_rows(
    signed_in: SignedIn, officer: User, question: Question
) -> None:
    asked = question.only("brand", REST)
    client = signed_in(officer)
    response = client.get(FIGURES["activities"].rows_url(asked))
    assert (response.context["total"], response.context["records"].count) == (3, 3)
    pills = {pill.label: pill.words for pill in response.context["records"].filters.pills}
    assert pills["品牌"].startswith("数量最多的")
    # A page of months would count another rest in each of them.
    home = client.get(reverse("dashboards:home"), {"brand": REST, "as_of": DAY.isoformat()})
    assert "没有这个品牌" in home.content.decode()


def test_months_and_towns_have_no_rest(question: Question) -> None:
    with pytest.raises(UnansweredQuestion):
        FIGURES["activities"].rows(question.only("kind", REST))
    years = question.during(Period.parse("2016-01-01..2024-05-27"))
    parts = page_of(FIGURES["activities"], years, "month").parts
    assert parts is not None
    assert len(parts.shown) == 101


def test_a_liaison_opens_the_part_of_a_venue_of_another_town(
    signed_in: SignedIn, liaison: User, own_town: Town, other_town: Town
) -> None:
    away = factories.venue(other_town, "外镇阵地")
    factories.activity(own_town, venue=away, start_on=DAY)
    factories.activity(own_town, start_on=DAY)
    response = signed_in(liaison).get(
        reverse("summaries:figure_rows", args=["activities"]),
        {"by": "venue", "as_of": DAY.isoformat()},
    )
    parts = response.context["page"].parts.parts
    url = next(part.url for part in parts if part.words == "外镇阵地")
    opened_page = signed_in(liaison).get(url)
    assert (opened_page.context["total"], opened_page.context["records"].count) == (1, 1)
    unseen = factories.venue(other_town, "别镇阵地")
    page = signed_in(liaison).get(url.replace(f"venue={away.pk}", f"venue={unseen.pk}"))
    assert "别镇阵地" not in page.content.decode()
