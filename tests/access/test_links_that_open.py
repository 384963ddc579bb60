"""What lies in another town is named where it belongs to something of one's own, and never linked:
each link on a page opens for the person who reads it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from accounts.models import User
from activities.models import Activity, Host
from chambers.models import Chamber, Enterprise
from tests import factories
from tests.conftest import SignedIn
from towns.models import Town
from venues.models import Neighbour, Venue

pytestmark = pytest.mark.django_db
LISTS = (
    "/",
    "/work/",
    "/enterprises/",
    "/memberships/",
    "/honours/",
    "/venues/",
    "/activities/",
    "/figures/honours/",
    "/figures/members/?by=town",
    "/figures/venues/",
    "/figures/activities/?by=venue",
    "/figures/activities/?by=brand",
    "/figures/activities/?by=town",
    "/search/?q=示例",
)


@pytest.fixture
def entangled(own_town: Town, other_town: Town) -> list[str]:
    """Records of one's own that belong to others' in every way there is; their pages."""
    today = timezone.localdate()
    chamber, away = factories.chamber(own_town), factories.chamber(other_town)
    of_district: Chamber = factories.chamber(None)
    member: Enterprise = factories.enterprise(other_town)
    for one in (chamber, away, of_district):
        factories.membership(one, member)
    factories.membership(away, factories.enterprise(own_town))
    soon = today + timedelta(days=9)
    factories.honour(away, title="别镇商会的", valid_until=soon, town=own_town)
    venues: list[Venue] = []
    for linked in (away, of_district):
        venues.append(factories.venue(own_town, chamber=linked))
        Neighbour.objects.create(venue=venues[-1], name="示例单位", enterprise=member)
    joint: Activity = factories.activity(
        other_town,
        venue=factories.venue(other_town),
        brand=factories.brand(other_town),
        start_on=today,
    )
    for organisation in ({"town": own_town}, {"chamber": away}, {"enterprise": member}):
        Host.objects.create(activity=joint, part=Host.Part.CO_HOST, **organisation)
    records: list[Any] = [chamber, member, joint, *venues]
    return [one.get_absolute_url() for one in records]


def links_of(client: Client, url: str) -> set[str]:
    answer: Any = client.get(url, follow=True)
    assert answer.status_code == 200, url
    tree = html.fromstring(answer.content.decode())
    found = {urljoin(url, link).partition("#")[0] for link in tree.xpath("//main//a/@href")}
    return {link for link in found if link and "export=" not in link and not urlsplit(link).netloc}


def test_each_link_opens_for_a_liaison(
    entangled: list[str], liaison: User, signed_in: SignedIn
) -> None:
    client = signed_in(liaison)
    tried: dict[str, str] = {}
    for page in (*entangled, *LISTS):
        for link in links_of(client, page):
            tried.setdefault(link.partition("?")[0], f"{link} from {page}")
    assert "别镇商会的" in client.get("/", follow=True).content.decode()
    dead = {
        source for path, source in tried.items() if client.get(path).status_code not in (200, 302)
    }
    assert not dead
    assert len(tried) > 25


def test_whoever_sees_the_district_is_led_on(
    entangled: list[str], officer: User, signed_in: SignedIn
) -> None:
    """The control: the same records are linked for those who may open them."""
    client = signed_in(officer)
    _chamber, enterprise, _joint, *venues = entangled
    assert "/towns/310118106/" in links_of(client, enterprise)
    for venue in venues:
        assert [link for link in links_of(client, venue) if link.startswith("/chambers/")]
