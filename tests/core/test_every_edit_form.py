"""Every edit form of the registers: untouched it changes nothing, stale it overwrites nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import User
from chambers import forms as chamber_forms
from chambers.models import Milestone, Term
from core.edit_pages import RegisterForm
from core.history import event_rows
from tests import factories
from tests.conftest import SignedIn
from tests.registers import untouched
from towns import forms as town_forms
from towns.models import BrandField, Town
from venues import forms as venue_forms
from venues.models import Neighbour, Zone

# The form behind each address, the record made for it, and a field another person writes.
FORMS: dict[str, tuple[type[RegisterForm], str, dict[str, Any]]] = {
    "towns:edit_town": (town_forms.TownForm, "town", {"order": 77}),
    "towns:edit_village": (town_forms.VillageForm, "village", {"kind": "park"}),
    "towns:edit_post": (town_forms.PostForm, "post", {"work_phone": "021-1"}),
    "towns:edit_brand": (town_forms.BrandForm, "brand", {"description": "改过"}),
    "towns:edit_brandfield": (town_forms.BrandFieldForm, "brandfield", {"order": 77}),
    "chambers:edit_chamber": (chamber_forms.ChamberForm, "chamber", {"introduction": "改过"}),
    "chambers:edit_term": (chamber_forms.TermForm, "term", {"number": 9}),
    "chambers:edit_milestone": (chamber_forms.MilestoneForm, "milestone", {"text": "改过"}),
    "chambers:edit_membership": (
        chamber_forms.MembershipForm,
        "membership",
        {"joined_on": date(2021, 1, 1)},
    ),
    "chambers:edit_enterprise": (chamber_forms.EnterpriseForm, "enterprise", {"note": "改过"}),
    "chambers:edit_honour": (chamber_forms.HonourForm, "honour", {"issuer": "改过"}),
    "venues:edit_venue": (venue_forms.VenueForm, "venue", {"functions": ["改过"]}),
    "venues:edit_zone": (venue_forms.ZoneForm, "zone", {"description": "改过"}),
    "venues:edit_neighbour": (venue_forms.NeighbourForm, "neighbour", {"name": "改过"}),
}


@pytest.fixture
def records(own_town: Town) -> dict[str, Model]:
    village = factories.village(own_town, code="310118107123")
    chamber = factories.chamber(own_town)
    enterprise = factories.enterprise(own_town, capital_wan=500, village=village)
    venue = factories.venue(own_town, functions=["生活", "健康"], area_m2=650, chamber=chamber)
    return {
        "town": own_town,
        "village": village,
        "post": factories.post(village, is_full_time=True),
        "brand": factories.brand(own_town),
        "brandfield": BrandField.objects.create(name="示例领域", order=5),
        "chamber": chamber,
        "term": Term.objects.create(
            chamber=chamber, number=1, from_on=date(2020, 1, 1), to_on=date(2025, 1, 1)
        ),
        "milestone": Milestone.objects.create(
            chamber=chamber, happened_on=date(2020, 1, 1), title="商会成立"
        ),
        "enterprise": enterprise,
        "membership": factories.membership(chamber, enterprise, position="councillor"),
        "honour": factories.honour(chamber, valid_until=date(2025, 1, 1)),
        "venue": venue,
        "zone": Zone.objects.create(venue=venue, name="商会成果展示", order=1),
        "neighbour": Neighbour.objects.create(venue=venue, name="示例单位", enterprise=enterprise),
    }


@pytest.fixture
def client(administrator: User, signed_in: SignedIn) -> Client:
    return signed_in(administrator)


def test_every_edit_form_of_the_registers_is_looked_at_here() -> None:
    spaces = get_resolver().namespace_dict
    named = {
        f"{space}:{name}"
        for space in ("towns", "chambers", "venues")
        for name in spaces[space][1].reverse_dict
        if isinstance(name, str) and name.startswith("edit_")
    }

    assert named == set(FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_back_untouched_is_saved_and_changes_nothing(
    records: dict[str, Model], client: Client, administrator: User, name: str
) -> None:
    form_class, kind, _values = FORMS[name]
    record = records[kind]
    before = type(record)._default_manager.filter(pk=record.pk).values().get()

    response = client.post(
        reverse(name, args=[record.pk]), untouched(form_class, record, administrator)
    )

    assert response.status_code == 302, response.context["form"].errors
    assert type(record)._default_manager.filter(pk=record.pk).values().get() == before
    assert not event_rows(type(record)).filter(pgh_obj_id=record.pk, pgh_label="update").exists()


@pytest.mark.parametrize("name", FORMS)
def test_a_stale_form_overwrites_nothing_and_shows_what_changed(
    records: dict[str, Model], client: Client, administrator: User, name: str
) -> None:
    form_class, kind, values = FORMS[name]
    record = records[kind]
    opened = untouched(form_class, record, administrator)
    type(record)._default_manager.filter(pk=record.pk).update(**values)

    response = client.post(reverse(name, args=[record.pk]), opened)

    assert response.status_code == 409
    conflicts = response.context["clash"].conflicts
    assert [(conflict.name, conflict.chosen) for conflict in conflicts] == [
        (field, "theirs") for field in values
    ]
    now = type(record)._default_manager.filter(pk=record.pk).values(*values).get()
    assert now == values


@pytest.mark.parametrize("name", FORMS)
def test_choosing_what_somebody_else_wrote_keeps_it(
    records: dict[str, Model], client: Client, administrator: User, name: str
) -> None:
    form_class, kind, values = FORMS[name]
    record = records[kind]
    opened = untouched(form_class, record, administrator)
    type(record)._default_manager.filter(pk=record.pk).update(**values)
    url = reverse(name, args=[record.pk])
    clash = client.post(url, opened).context["clash"]

    chosen = {f"keep_{field}": "theirs" for field in values}
    response = client.post(url, {**dict(clash.hidden), "conflict": list(values), **chosen})

    assert response.status_code == 302
    now = type(record)._default_manager.filter(pk=record.pk).values(*values).get()
    assert now == values
