"""Places in an address: found when they may be seen, and otherwise simply not there."""

from __future__ import annotations

import pytest

from accounts.models import User
from core.access import WHOLE_DISTRICT
from summaries.figures.scopes import (
    ScopeKind,
    ScopeNotFound,
    find_scope,
    named_scope,
    of_venue,
)
from tests import factories
from towns.models import Town

pytestmark = pytest.mark.django_db


def test_every_place_is_found_by_what_its_address_says(own_town: Town) -> None:
    chamber, venue = factories.chamber(own_town), factories.venue(own_town)
    brand = factories.brand(own_town)
    texts = [
        "district",
        f"town:{own_town.code}",
        f"chamber:{chamber.pk}",
        f"venue:{venue.pk}",
        f"brand:{brand.pk}",
    ]
    assert [str(find_scope(text, WHOLE_DISTRICT)) for text in texts] == texts


@pytest.mark.parametrize(
    "text",
    ["", "town", "town:", "town:1", "chamber:x", "venue:99999999999999999999", "venue:٣", "moon:1"],
)
def test_nonsense_is_not_found(own_town: Town, text: str) -> None:
    with pytest.raises(ScopeNotFound):
        find_scope(text, WHOLE_DISTRICT)


def test_another_towns_places_are_not_found(other_town: Town, liaison: User) -> None:
    chamber, venue = factories.chamber(other_town), factories.venue(other_town)
    for text in (
        "district",
        f"town:{other_town.code}",
        f"chamber:{chamber.pk}",
        f"venue:{venue.pk}",
    ):
        with pytest.raises(ScopeNotFound):
            find_scope(text, liaison)


def test_a_venue_brings_its_parts_however_deep(own_town: Town) -> None:
    whole = factories.venue(own_town)
    part = factories.venue(own_town, parent=whole)
    corner = factories.venue(own_town, parent=part)
    assert set(of_venue(whole).pks) == {whole.pk, part.pk, corner.pk}


def test_a_name_is_found_as_people_write_it(own_town: Town) -> None:
    chamber = factories.chamber(own_town, "华新镇（示例）商会")
    found = named_scope(ScopeKind.CHAMBER, "华新镇(示例) 商会", WHOLE_DISTRICT)
    assert found.pks == (chamber.pk,)
    with pytest.raises(ScopeNotFound, match="没有名为“无此商会”的商会"):
        named_scope(ScopeKind.CHAMBER, "无此商会", WHOLE_DISTRICT)


def test_a_name_two_venues_share_is_no_answer(own_town: Town, other_town: Town) -> None:
    factories.venue(own_town, "工作站")
    factories.venue(other_town, "工作站")
    with pytest.raises(ScopeNotFound, match="有多个名为“工作站”的阵地"):
        named_scope(ScopeKind.VENUE, "工作站", WHOLE_DISTRICT)
