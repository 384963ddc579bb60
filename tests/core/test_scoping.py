"""Every read starts from what a person may see: a canary of the other town is nowhere."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from chambers.models import Honour, Milestone, Term
from config.env import ROOT
from core.scoping import TownScopedQuerySet
from tests import factories
from tests.conftest import SignedIn
from towns.models import Town
from venues.models import Neighbour, Zone

CANARY = "金丝雀"

# The address of each register's list, of what is found while typing, and of one record's page.
LISTS = [
    "/towns/",
    "/villages/",
    "/posts/",
    "/brands/",
    "/chambers/",
    "/memberships/",
    "/enterprises/",
    "/honours/",
    "/venues/",
]
SUGGESTED = ["towns", "villages", "brands", "chambers", "enterprises", "venues"]
PAGES = ["villages", "brands", "chambers", "enterprises", "venues"]


@pytest.fixture
def elsewhere(other_town: Town) -> dict[str, Any]:
    """A record of every register in the other town, each with the canary in it."""
    Town.objects.filter(pk=other_town.pk).update(name=f"{CANARY}镇", name_key=f"{CANARY}镇")
    other_town.refresh_from_db()
    village = factories.village(other_town, f"{CANARY}村")
    chamber = factories.chamber(other_town, f"{CANARY}商会")
    enterprise = factories.enterprise(other_town, f"{CANARY}公司", industry_tag=f"{CANARY}业")
    venue = factories.venue(other_town, f"{CANARY}之家", functions=[f"{CANARY}功能"])
    return {
        "towns": other_town,
        "villages": village,
        "posts": factories.post(village, holder=CANARY),
        "brands": factories.brand(other_town, f"{CANARY}品牌"),
        "chambers": chamber,
        "memberships": factories.membership(chamber, enterprise),
        "enterprises": enterprise,
        "honours": factories.honour(chamber, title=f"{CANARY}荣誉"),
        "terms": Term.objects.create(
            chamber=chamber, number=1, from_on="2020-01-01", to_on="2025-01-01"
        ),
        "milestones": Milestone.objects.create(
            chamber=chamber, happened_on="2020-01-01", title=CANARY
        ),
        "venues": venue,
        "zones": Zone.objects.create(venue=venue, name=CANARY),
        "neighbours": Neighbour.objects.create(venue=venue, name=CANARY),
    }


def unpacked(body: bytes) -> str:
    with ZipFile(BytesIO(body)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


@pytest.mark.parametrize("url", LISTS)
def test_a_list_and_its_export_hold_nothing_of_another_town(
    elsewhere: dict[str, Any], liaison: User, officer: User, signed_in: SignedIn, url: str
) -> None:
    own, district = signed_in(liaison), signed_in(officer)
    for query in ("", f"?q={CANARY}", f"?town={elsewhere['towns'].pk}", "?standing=all"):
        # What was typed comes back in the search box; it is no record.
        page = own.get(url + query).content.decode().replace(f'value="{CANARY}"', "")
        assert CANARY not in page.replace(f"<b>{CANARY}</b>", ""), query

    assert CANARY in district.get(url).content.decode()
    assert CANARY not in unpacked(own.get(f"{url}?export=xlsx").content)
    assert CANARY in unpacked(district.get(f"{url}?export=xlsx").content)


@pytest.mark.parametrize("register", SUGGESTED)
def test_nothing_of_another_town_is_found_while_typing(
    elsewhere: dict[str, Any], liaison: User, officer: User, signed_in: SignedIn, register: str
) -> None:
    for typed in (CANARY, "jinsique", "jsq", ""):
        found = signed_in(liaison).get(f"/{register}/suggest/", {"q": typed}).json()["results"]
        assert CANARY not in str(found)

    seen = signed_in(officer).get(f"/{register}/suggest/", {"q": CANARY}).json()["results"]
    assert CANARY in str(seen)


@pytest.mark.parametrize("register", PAGES)
def test_a_record_of_another_town_is_not_found(
    elsewhere: dict[str, Any], liaison: User, officer: User, signed_in: SignedIn, register: str
) -> None:
    url = f"/{register}/{elsewhere[register].pk}/"

    assert signed_in(liaison).get(url).status_code == 404
    assert signed_in(officer).get(url).status_code == 200


def test_every_scoped_model_hides_the_other_town_and_shows_the_own(
    elsewhere: dict[str, Any], own_town: Town, liaison: User, officer: User
) -> None:
    for record in elsewhere.values():
        rows = type(record)._default_manager.all()
        assert isinstance(rows, TownScopedQuerySet), type(record)
        assert not rows.visible_to(liaison).filter(pk=record.pk).exists(), type(record)
        assert rows.visible_to(officer).filter(pk=record.pk).exists(), type(record)
    assert list(Town.objects.visible_to(liaison)) == [own_town]


def test_strangers_and_disabled_people_see_no_row(elsewhere: dict[str, Any], officer: User) -> None:
    officer.is_active = False
    stranger: Any = AnonymousUser()
    for record in elsewhere.values():
        rows: Any = type(record)._default_manager.all()
        assert not rows.visible_to(officer).exists()
        assert not rows.visible_to(stranger).exists()


def test_an_enterprise_is_seen_where_it_lies_and_where_it_is_a_member(
    own_town: Town, other_town: Town, liaison: User, other_liaison: User
) -> None:
    enterprise = factories.enterprise(other_town)
    rows: Any = type(enterprise).objects.filter(pk=enterprise.pk)
    assert not rows.visible_to(liaison).exists()

    factories.membership(factories.chamber(own_town), enterprise)

    assert rows.visible_to(liaison).count() == 1
    assert rows.visible_to(other_liaison).count() == 1


def test_an_honour_is_seen_in_the_town_of_its_holder(
    own_town: Town, other_town: Town, liaison: User, other_liaison: User
) -> None:
    honour = factories.honour(factories.chamber(own_town), town=None)
    rows: Any = Honour.objects.filter(pk=honour.pk)

    assert rows.visible_to(liaison).exists()
    assert not rows.visible_to(other_liaison).exists()


# Not scoped by a town: dictionaries, people and what is theirs alone, and what is reached through
# another record.
UNSCOPED = {
    "accounts.assignment",
    "accounts.defaultview",
    "accounts.feedback",
    "accounts.formerpassword",
    "accounts.savedview",
    "accounts.user",
    "activities.activitykind",
    "activities.participation",
    "chambers.positionspell",
    "imports.headerword",
    "imports.keptgrid",
    "imports.rememberedmapping",
    "imports.row",
    "imports.waitingfile",
    "jobs.job",
    "jobs.tick",
    "summaries.figurerules",
    "summaries.figuresetting",
    "towns.brandfield",
}


def test_every_model_of_the_house_is_scoped_or_stands_in_the_list() -> None:
    ours = {one.label for one in apps.get_app_configs() if Path(one.path).parent == ROOT}
    unscoped = {
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_label in ours
        and not hasattr(model, "pgh_tracked_model")
        and not isinstance(model._default_manager.all(), TownScopedQuerySet)
    }

    assert unscoped == UNSCOPED
