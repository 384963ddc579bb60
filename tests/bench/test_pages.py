"""The measure of pages measures what it says: small and large, made anew and given again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity
from bench import pages
from bench.city.clock import Spent, spent_on
from bench.city.confirming import confirmed_until_shown, number_on, one_confirmed
from bench.pages import Page, Took
from bench.yardstick import MeasureFailed
from core.kept import kept_pages
from summaries.cells.models import Change
from tests import factories

pytestmark = pytest.mark.django_db
NO_TRIGGER = """
    CREATE OR REPLACE FUNCTION cells_note_write() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RETURN NULL; END; $$
"""


class OneCity:
    """The database of the tests as both the large and the small one."""

    @contextmanager
    def large(self) -> Iterator[None]:
        yield

    small = large


@pytest.fixture
def city() -> Iterator[OneCity]:
    town = factories.town("华新镇", code="310118107")
    factories.officer()
    factories.liaison(town)
    for _time in range(2):
        factories.activity(town, start_on=timezone.localdate())
    pages._clients.clear()
    with override_settings(ROOT_URLCONF="bench.city.urls", ALLOWED_HOSTS=["*"]):
        yield OneCity()
    pages._clients.clear()


def took(first: float, again: float, queries: int = 9) -> Took:
    made = Spent(first, first)
    return Took(made, Spent(again, again), made, again, queries)


def test_a_page_is_measured_made_anew_and_given_again(city: OneCity) -> None:
    page = Page("district", "officer", reverse("dashboards:district_page"))
    large, small, empty = pages._measured(page, city, 2)  # type: ignore[arg-type]
    assert large.queries == small.queries > empty.queries
    assert large.first.cpu > 2 * large.again.cpu > 0
    assert large.after_one.cpu > 2 * large.again.cpu
    assert {one.review for one in Activity.objects.all()} == {"confirmed"}
    assert large.slowest >= large.again.wall > 0
    assert not any(bench in str(key) for key in kept_pages.pages for bench in ("/bench/",))


def test_the_bench_asks_for_records_lists_and_searches(city: OneCity) -> None:
    factories.administrator()
    factories.auditor()
    factories.enterprise()
    names = {page.name for page in pages._wanted() if page.role == "officer"}
    assert {"district", "town", "record activity", "search name", "figure rows"} <= names
    assert sum(name.startswith(("towns:", "chambers:", "venues:")) for name in names) > 7


@pytest.mark.parametrize(
    ("large", "small", "met", "first_met"),
    [
        (took(0.029, 0.02), took(0.029, 0.02), True, True),
        (took(0.031, 0.02), took(0.031, 0.02), True, False),
        (took(0.031, 0.031), took(0.031, 0.031), False, False),
        (took(0.025, 0.02), took(0.02, 0.02), True, False),
        (took(0.025, 0.02), took(0.025, 0.016), False, True),
        (took(0.02, 0.02, 16), took(0.02, 0.02, 16), False, False),
        (took(0.02, 0.02, 9), took(0.02, 0.02, 8), True, True),
        (took(0.02, 0.02, 9), took(0.02, 0.02, 7), False, False),
    ],
)
def test_the_goal_is_three_empty_pages_and_a_fifth_more_than_small(
    large: Took, small: Took, met: bool, first_met: bool
) -> None:
    row = pages._row(Page("one", "officer", "/"), large, small, took(0.01, 0.01))
    assert (row["met"], row["first_met"], row["after_one_met"]) == (met, first_met, first_met)
    missed = pages._totals([row])["missed"]
    assert missed == ([] if met else ["one (officer)"])


def test_what_was_confirmed_for_a_measure_is_taken_back(city: OneCity) -> None:
    before = Change.objects.filter(what="activities_activity").count()
    with one_confirmed(pages._person("officer")):
        assert Change.objects.filter(what="activities_activity").count() > before
        assert Activity.objects.filter(reviewed_at__isnull=False).count() == 1
    assert not Activity.objects.filter(reviewed_at__isnull=False).exists()
    assert Change.objects.filter(what="activities_activity").count() == before


def test_a_confirmed_activity_is_on_the_next_page(city: OneCity) -> None:
    told = pages._confirmed(city)  # type: ignore[arg-type]
    assert {name: one["loads"] for name, one in told.items() if name != "met"} == {
        "district": 1,
        "town": 1,
        "figure rows": 1,
    }
    assert told["met"]


def test_a_page_that_stays_behind_ends_the_measure(city: OneCity) -> None:
    """The control: what the measure of a confirmation would see without the triggers."""
    url = reverse("summaries:figure_rows", args=["activities"])
    held = Activity.objects.counted()[:1].get()
    Activity.objects.filter(pk=held.pk).update(review="submitted")
    with connection.cursor() as cursor:
        cursor.execute(NO_TRIGGER)

    def ask(address: str) -> HttpResponse:
        return pages._ask(Page("", "officer", address))

    with pytest.raises(MeasureFailed, match="does not show"):
        confirmed_until_shown(ask, {"rows": url}, held, by=pages._person("officer"))


def test_a_page_without_a_number_is_no_measure() -> None:
    with pytest.raises(MeasureFailed):
        number_on(HttpResponse("<p>7</p>"))


def test_the_number_on_top_of_a_figure_is_not_the_bounded_length_of_its_list() -> None:
    page = (
        '<p><b id="figure-total" data-value="96512">96,512</b></p>'
        '<p class="results-count" role="status">共 <b>10,000</b></p>'
    )
    assert number_on(HttpResponse(page)) == 96512


def test_time_waited_is_no_processor_time() -> None:
    spent = spent_on(lambda: factories.town("甲镇", code="310118199"))
    assert 0 < spent.cpu < spent.wall * 3
    assert Change.objects.exists()
