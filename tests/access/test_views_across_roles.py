"""A view that the district shares tells a liaison nothing untrue: own rows, or a plain no."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import kept_actions
from accounts.models import User
from core.access import TownLiaison
from tests import factories
from tests.access.table import LIAISONS, TABLE
from tests.conftest import SignedIn
from tests.summaries.test_figures import exported_lines
from towns.models import Town

pytestmark = pytest.mark.django_db
LISTS = sorted(
    {
        line.name
        for line in TABLE
        if ":list_" in line.name and line.get >= LIAISONS and not line.with_
    }
)
NARROWED_BY = {
    "town": "{town.pk}",
    "chamber": "{chamber.pk}",
    "venue": "{venue.pk}",
    "brand": "{brand.pk}",
    "place": "{town.code}",
}


@pytest.fixture
def elsewhere(own_town: Town, other_town: Town) -> dict[str, Any]:
    """A record of each kind in both towns; those of the other town."""
    today = timezone.localdate()
    for town in (own_town, other_town):
        made: dict[str, Any] = {
            "town": town,
            "chamber": factories.chamber(town),
            "venue": factories.venue(town),
            "brand": factories.brand(town),
        }
        factories.membership(made["chamber"])
        factories.honour(made["chamber"])
        factories.post(factories.village(town))
        factories.activity(town, venue=made["venue"], brand=made["brand"], start_on=today)
    return made


def listed(client: Client, url: str) -> Any:
    """The list at an address; None where the page is no list."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    return (answer.context or {}).get("records")


@pytest.mark.parametrize("name", LISTS)
def test_what_is_asked_of_another_town_is_never_answered_with_the_own_one(
    name: str, elsewhere: dict[str, Any], officer: User, liaison: User, signed_in: SignedIn
) -> None:
    url, reader, outsider = reverse(name), signed_in(officer), signed_in(liaison)
    for field, value in NARROWED_BY.items():
        asked = f"{url}?{field}={value.format(**elsewhere)}"
        narrowed = listed(reader, asked)
        if narrowed is None or not narrowed.filters.pills:
            continue  # no filter of this page
        refused = listed(outsider, asked)
        assert refused.filters.form.errors, asked
        assert refused.count == 0, asked
        assert outsider.get(f"{asked}&export=xlsx")["Content-Type"].startswith("text/html"), asked


def test_the_lists_of_the_site_are_tried() -> None:
    assert {"activities:list_activities", "venues:list_venues"} <= set(LISTS)
    assert len(LISTS) > 8


def test_a_figure_asked_of_another_town_s_venue_shows_no_number(
    elsewhere: dict[str, Any], own_town: Town, liaison: User, signed_in: SignedIn
) -> None:
    client = signed_in(liaison)
    address = f"/figures/activities/?scope=town:{own_town.code}"
    whole = client.get(address).content.decode()
    assert 'data-value="1"' in whole
    assert "合计：1 场" in whole
    page = client.get(f"{address}&venue={elsewhere['venue'].pk}").content.decode()
    assert 'id="figure-total" data-value=""' in page
    assert "没有计数" in page
    assert "figure-tabs" not in page
    assert "合计" not in page  # nor at the foot


def test_a_view_shared_with_liaisons_opens_what_each_may_see(
    administrator: User, own_town: Town, other_town: Town, signed_in: SignedIn
) -> None:
    factories.activity(own_town, "甲镇的活动")
    factories.activity(other_town, "乙镇的活动")
    view = kept_actions.save_view(
        name="全部活动", path="/activities/", query="sort=name", by=administrator
    )
    view.role = TownLiaison.key
    view.save()
    for town, seen, unseen in ((own_town, "甲", "乙"), (other_town, "乙", "甲")):
        client = signed_in(factories.liaison(town))
        (page,) = listed(client, "/activities/").saved.pages
        words = client.get(page.url).content.decode()
        assert f"{seen}镇的活动" in words
        assert f"{unseen}镇的活动" not in words


def test_a_search_among_the_rows_of_a_number_says_what_it_leaves_of_it(
    own_town: Town, officer: User, signed_in: SignedIn
) -> None:
    today = timezone.localdate()
    for name, headcount in (("参观一", 5), ("参观二", 7), ("座谈", 100)):
        factories.activity(own_town, name, headcount=headcount, start_on=today)
    client = signed_in(officer)
    told = {"headcount": "这些记录合计 12 人次", "activities": "只列出其中 2 场"}
    for key, words in told.items():
        assert words in client.get(f"/figures/{key}/?q=参观").content.decode()
        assert "只列出其中" not in client.get(f"/figures/{key}/?q=").content.decode()
    table = exported_lines(client.get("/figures/headcount/?q=参观&export=xlsx").content)
    assert any(told["headcount"] in line[0] for line in table)
    assert {line[0] for line in table[-2:]} == {"参观一", "参观二"}
