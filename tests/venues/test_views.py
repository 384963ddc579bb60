"""The pages of venues: the tree, zones and neighbours, and what editing does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests import factories
from tests.conftest import SignedIn
from tests.registers import untouched
from towns.models import Town
from venues.forms import VenueForm, WordsField
from venues.models import Neighbour, Venue, Zone

Queries = Any


@pytest.fixture
def complex_(own_town: Town) -> Venue:
    return factories.venue(own_town, "同心巷聚", kind=Venue.Kind.COMPLEX)


@pytest.fixture
def part(own_town: Town, complex_: Venue) -> Venue:
    return factories.venue(own_town, "阿同心家园", parent=complex_, functions=["生活", "健康"])


@pytest.fixture
def admin(administrator: User, signed_in: SignedIn) -> Client:
    return signed_in(administrator)


def rows(client: Client, **filters: Any) -> list[Venue]:
    response = client.get("/venues/", filters)
    return [row.record for row in response.context["records"].table.paginated_rows]


def test_parts_follow_their_complex(
    own_town: Town, complex_: Venue, part: Venue, liaison: User, signed_in: SignedIn
) -> None:
    first = factories.venue(own_town, "八方驿站")
    last = factories.venue(own_town, "众创中心")

    assert rows(signed_in(liaison)) == [first, complex_, part, last]


def test_venues_are_filtered_by_function_area_and_complex(
    own_town: Town, complex_: Venue, part: Venue, liaison: User, signed_in: SignedIn
) -> None:
    home = factories.venue(own_town, area_m2=650)
    client = signed_in(liaison)

    assert rows(client, function="健康") == [part]
    assert rows(client, parent=complex_.pk) == [part]
    assert rows(client, area_min="600", area_max="700") == [home]


def test_a_venue_page_shows_zones_neighbours_and_parts(
    complex_: Venue, part: Venue, liaison: User, signed_in: SignedIn
) -> None:
    Zone.objects.create(venue=complex_, name="商会成果展示", description="历程与荣誉")
    Neighbour.objects.create(venue=complex_, name="华新市场监督管理所")

    page = signed_in(liaison).get(f"/venues/{complex_.pk}/").content.decode()

    assert all(
        words in page
        for words in ("商会成果展示", "历程与荣誉", "华新市场监督管理所", "阿同心家园")
    )


def test_a_neighbour_out_of_sight_is_named_but_not_linked(
    complex_: Venue, other_town: Town, liaison: User, officer: User, signed_in: SignedIn
) -> None:
    enterprise = factories.enterprise(other_town)
    Neighbour.objects.create(venue=complex_, name="示例单位", enterprise=enterprise)
    link = f"/enterprises/{enterprise.pk}/"

    assert link in signed_in(officer).get(f"/venues/{complex_.pk}/").content.decode()
    assert link not in signed_in(liaison).get(f"/venues/{complex_.pk}/").content.decode()


def test_a_venue_page_costs_the_same_for_few_and_for_many(
    own_town: Town,
    complex_: Venue,
    liaison: User,
    signed_in: SignedIn,
    django_assert_max_num_queries: Queries,
) -> None:
    for number in range(15):
        Zone.objects.create(venue=complex_, name=f"功能区{number}")
        factories.venue(own_town, parent=complex_)
    client = signed_in(liaison)

    with django_assert_max_num_queries(20):
        client.get(f"/venues/{complex_.pk}/")


def test_functions_are_typed_as_words() -> None:
    assert WordsField().clean("招商、文体, 生活；招商\n") == ["招商", "文体", "生活"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "station"}, "VEN-03"),
        ({"town": "other"}, "VEN-02"),
        ({"closed_on": date(2023, 1, 1)}, "VEN-05"),
    ],
)
def test_a_part_belongs_to_an_open_complex_of_its_town(
    own_town: Town,
    other_town: Town,
    administrator: User,
    admin: Client,
    fields: dict[str, Any],
    code: str,
) -> None:
    town = other_town if fields.pop("town", "") else own_town
    parent = factories.venue(town, **{"kind": Venue.Kind.COMPLEX, **fields})
    venue = factories.venue(own_town)
    data = {**untouched(VenueForm, venue, administrator), "parent": parent.pk}

    form = admin.post(f"/venues/{venue.pk}/edit/", data).context["form"]

    assert form.has_error("parent", code)


def test_a_complex_is_no_part_of_its_own_part(
    own_town: Town, complex_: Venue, administrator: User, admin: Client
) -> None:
    inner = factories.venue(own_town, kind=Venue.Kind.COMPLEX, parent=complex_)
    data = {**untouched(VenueForm, complex_, administrator), "parent": inner.pk}

    form = admin.post(f"/venues/{complex_.pk}/edit/", data).context["form"]

    assert form.has_error("parent", "VEN-04")


def test_a_complex_with_open_parts_is_neither_closed_nor_made_something_else(
    complex_: Venue, part: Venue, administrator: User, admin: Client
) -> None:
    data = {**untouched(VenueForm, complex_, administrator), "kind": "station"}

    closing = admin.post(f"/venues/{complex_.pk}/close/", {"on": "2024-05-01"})
    other_kind = admin.post(f"/venues/{complex_.pk}/edit/", data)

    assert closing.context["form"].has_error("on", "VEN-08")
    assert other_kind.context["form"].has_error("kind", "VEN-07")
    complex_.refresh_from_db()
    assert complex_.closed_on is None


def test_a_zone_is_added_changed_and_removed_and_the_venue_remembers(
    complex_: Venue, admin: Client
) -> None:
    new = {"name": "商会综合办公", "order": "1", "description": ""}
    assert admin.post(f"/venues/{complex_.pk}/zones/new/", new).status_code == 302
    zone = Zone.objects.get()
    twice = admin.post(f"/venues/{complex_.pk}/zones/new/", new)
    assert "该阵地已有同名的功能区" in twice.content.decode()

    assert admin.post(f"/zones/{zone.pk}/remove/", {"reason": "撤并"}).status_code == 302

    page = admin.get(f"/venues/{complex_.pk}/?history=newest").content.decode()
    assert "删除 功能区 商会综合办公" in page
    assert "撤并" in page


def test_an_edit_keeps_what_was_not_touched(
    part: Venue, administrator: User, admin: Client
) -> None:
    data = {**untouched(VenueForm, part, administrator), "name": "同心家园"}

    assert admin.post(f"/venues/{part.pk}/edit/", data).status_code == 302

    now = Venue.objects.get(pk=part.pk)
    fields = [field.attname for field in Venue._meta.concrete_fields]
    changed = {name for name in fields if getattr(now, name) != getattr(part, name)}
    assert changed == {"name", "name_key", "pinyin", "initials", "sort_key"}
    assert now.functions == ["生活", "健康"]
