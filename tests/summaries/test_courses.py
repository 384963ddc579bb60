"""How what stands went: the number of each month's end is that of its own rows."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from core.access import WHOLE_DISTRICT
from core.periods import Period
from summaries.figures.answers import answers
from summaries.figures.catalogue import figures_for
from summaries.figures.courses import asked_courses, course_of, has_course, months_of
from summaries.figures.questions import Question
from summaries.figures.scopes import district, of_chamber, of_town
from tests import factories
from tests.conftest import SignedIn
from tests.summaries.random_district import RandomDistrict
from tests.summaries.test_figures import opened
from towns.models import Town

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 27)


def test_each_point_of_a_course_opens_the_rows_it_counts() -> None:
    made = RandomDistrict(31)
    for place in (district(), of_town(made.towns[1]), of_chamber(made.chambers[0])):
        question = Question(place, made.period(), made.day(), WHOLE_DISTRICT)
        shown = [one for one in figures_for(place.kind) if has_course(one, question)]
        answered = answers(asked_courses(shown, question))
        for figure in made.pick.sample(shown, 4):
            for point in course_of(figure, question, answered):
                there = question.during(point.month)
                assert figure.value(there) == point.value, (figure.key, there)
            assert opened(point.url, question) == (figure, point.value), (figure.key, place)


@pytest.mark.parametrize(
    ("period", "as_of", "first", "last", "count"),
    [
        ("2024", DAY, "2024-01", "2024-05", 5),
        ("2024-05", DAY, "2024-01", "2024-05", 5),
        ("2015-01-01..2024-05-31", DAY, "2023-06", "2024-05", 12),
        ("2023", DAY, "2023-01", "2023-12", 12),
        ("2025", DAY, None, None, 0),
    ],
)
def test_a_course_shows_the_months_that_have_begun(
    period: str, as_of: date, first: str | None, last: str | None, count: int
) -> None:
    months = months_of(Question(district(), Period.parse(period), as_of, WHOLE_DISTRICT))
    assert len(months) == count
    assert [str(month) for month in (*months[:1], *months[-1:])] == [first, last][: 2 * bool(count)]


def test_the_page_of_a_figure_shows_what_stood_at_the_end_of_each_month(
    signed_in: SignedIn, own_town: Town
) -> None:
    chamber = factories.chamber(own_town)
    factories.membership(chamber, joined_on=date(2024, 1, 31), left_on=date(2024, 4, 30))
    factories.membership(chamber, joined_on=date(2024, 2, 29))
    asked = {"as_of": DAY.isoformat(), "by": "course"}
    url = reverse("summaries:figure_rows", args=["members"])
    page = signed_in(factories.officer()).get(url, asked).context["page"]
    assert list(page.chart.series[0].values) == [1, 2, 2, 1, 1]
    assert page.by == "course"
    flow = reverse("summaries:figure_rows", args=["activities"])
    assert signed_in(factories.officer()).get(flow, asked).context["page"].chart is None


def test_a_strip_brings_the_courses_of_the_places_a_person_sees(
    signed_in: SignedIn, own_town: Town, other_town: Town
) -> None:
    factories.membership(factories.chamber(own_town))
    client = signed_in(factories.liaison(own_town))
    question = Question(of_town(own_town), Period.parse("2024"), DAY, WHOLE_DISTRICT)
    page = client.get(reverse("dashboards:town_page", args=[own_town.code]), follow=True)
    brought = client.get(reverse("dashboards:show_courses") + f"?{question.query}")
    for place, spark in brought.context["courses"]:
        assert f'id="{place}"' in page.content.decode()
        assert len(spark.points) == 5
    keys = [place for place, _spark in brought.context["courses"]]
    assert keys == [f"course-{one}" for one in ("venues", "members", "villages_staffed", "honours")]
    elsewhere = {"scope": f"town:{other_town.code}"}
    assert client.get(reverse("dashboards:show_courses"), elsewhere).status_code == 404
