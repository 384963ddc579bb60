"""What is kept for one person is never given to another who may see other things.

Each page is asked for after somebody else had it, and once more after all that was kept is
forgotten: both must say the same. Whoever comes next finds what the one before left.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import kept_actions
from accounts.models import User
from core.kept import kept_pages
from core.kept_parts import kept_parts
from tests import factories
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/activities/",
    "/enterprises/",
    "/venues/",
    "/figures/",
    "/figures/activities/?by=kind",
    "/search/?q=示例",
    "/work/",
)
# What is another in every answer: tokens, identifiers made for a form, the moment.
ANEW = re.compile(r"\w{64}|[0-9a-f]{8}-[0-9a-f-]{27}|(?:页面生成于|数据截至) [^<]*")


@pytest.fixture
def people(own_town: Town, other_town: Town, officer: User, auditor: User) -> list[User]:
    """In the order in which they come; two work in one town, and one of them keeps a view."""
    first, second = factories.liaison(own_town), factories.liaison(own_town)
    kept_actions.save_view(name="自己的看法", path="/activities/", query="sort=name", by=first)
    both = factories.liaison(own_town, other_town)
    return [officer, first, second, factories.liaison(other_town), both, auditor]


@pytest.fixture
def filled(own_town: Town, other_town: Town) -> None:
    today = timezone.localdate()
    for town in (own_town, other_town):
        chamber = factories.chamber(town, f"示例{town.name}商会")
        factories.membership(chamber, factories.enterprise(town, f"示例{town.name}公司"))
        venue = factories.venue(town, f"示例{town.name}阵地")
        factories.post(factories.village(town, f"示例{town.name}村"))
        for review in ("confirmed", "submitted", "draft"):
            factories.activity(
                town, f"示例{town.name}{review}", venue=venue, start_on=today, review=review
            )


def forget() -> None:
    kept_pages.forget()
    kept_parts.forget()


def told(client: Client, url: str) -> str:
    answer: Any = client.get(url, follow=True)
    assert answer.status_code == 200, url
    return ANEW.sub("", answer.content.decode())


@pytest.mark.parametrize("url", PAGES)
def test_a_page_says_the_same_whoever_had_it_before(
    filled: None, people: list[User], signed_in: SignedIn, url: str
) -> None:
    for person in people:
        client = signed_in(person)
        after_another = told(client, url)
        forget()
        assert after_another == told(client, url), (person.role, person.town_ids)


def test_who_changes_towns_while_pages_are_kept_sees_the_new_one_alone(
    filled: None, own_town: Town, other_town: Town, signed_in: SignedIn
) -> None:
    person = factories.liaison(own_town)
    client = signed_in(person)
    assert "华新镇公司" in told(client, "/enterprises/")
    person.assignments.update(town=other_town)
    words = told(client, "/enterprises/")
    assert "徐泾镇公司" in words
    assert "华新镇公司" not in words


def test_a_browser_that_goes_over_to_another_person_brings_nothing_along(
    filled: None, own_town: Town, other_town: Town, signed_in: SignedIn
) -> None:
    """The same browser, the same address, another session: as on a shared computer."""
    client = signed_in(factories.liaison(own_town))
    assert "华新镇阵地" in told(client, "/venues/")
    other = signed_in(factories.liaison(other_town))
    client.cookies["sessionid"] = other.cookies["sessionid"].value
    words = told(client, "/venues/")
    assert "徐泾镇阵地" in words
    assert "华新镇阵地" not in words


def test_a_disabled_person_gets_no_kept_page(
    filled: None, own_town: Town, signed_in: SignedIn
) -> None:
    person = factories.liaison(own_town)
    client = signed_in(person)
    url = reverse("venues:list_venues")
    assert "华新镇阵地" in told(client, url)
    User.objects.filter(pk=person.pk).update(is_active=False)
    answer = client.get(url)
    assert answer.status_code == 302
    assert "华新镇阵地" not in answer.content.decode()
