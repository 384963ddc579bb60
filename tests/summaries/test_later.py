"""An earlier day asked for again says the same, or the page says what was written since."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pgtrigger
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from activities.models import Activity, Host
from chambers.models import Membership
from tests import factories
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 27)
ASKED = f"?period=2024&as_of={DAY}"
MORNING = datetime(2024, 5, 20, 9, tzinfo=timezone.get_fixed_timezone(480))


def page(client: Client, key: str, view: str = "figure_rows") -> Any:
    return client.get(reverse(f"summaries:{view}", args=[key]) + ASKED)


def numbers(client: Client, key: str) -> tuple[int, int, int, int]:
    later = page(client, key, "figure_later").context["later"]
    return later.entered, later.changed, later.related, later.deleted


@pytest.fixture
def client_then(officer: User, signed_in: SignedIn) -> Client:
    return signed_in(officer)


def backdate(*rows: Any) -> None:
    """Let history say that these were written before the day."""
    with pgtrigger.ignore():  # history itself can't be changed
        for row in rows:
            row.events.update(pgh_created_at=MORNING)


def test_what_was_entered_late_changed_or_deleted_since_is_told_beside_the_number(
    own_town: Town, client_then: Client
) -> None:
    early = [factories.activity(own_town, f"当时{n}", start_on=DAY) for n in range(3)]
    backdate(*early)
    for one in early:
        backdate(*one.hosts.all())
    assert page(client_then, "activities").context["total"] == 3
    assert numbers(client_then, "activities") == (0, 0, 0, 0)
    words = page(client_then, "activities", "figure_later").content.decode()
    assert "那天以后没有补录、更正或删除过有关的记录" in words
    factories.activity(own_town, "补录", start_on=DAY)
    factories.activity(own_town, "后来发生", start_on=DAY + timedelta(days=1))
    Activity.objects.filter(pk=early[0].pk).update(headcount=77)
    early[1].delete()
    assert page(client_then, "activities").context["total"] == 3
    entered, changed, _related, deleted = numbers(client_then, "activities")
    assert (entered, changed, deleted) == (1, 1, 1)
    words = page(client_then, "activities", "figure_later").content.decode()
    assert "补录" in words
    assert "后来发生" not in words


def test_the_page_of_a_number_leads_there_for_an_earlier_day_alone(
    own_town: Town, client_then: Client
) -> None:
    assert "/later/" in page(client_then, "members").content.decode()
    today = client_then.get(reverse("summaries:figure_rows", args=["members"]))
    assert "/later/" not in today.content.decode()
    assert "/later/" not in page(client_then, "activities_submitted").content.decode()


def test_memberships_that_an_undone_import_took_back_are_told(
    own_town: Town, client_then: Client
) -> None:
    chamber = factories.chamber(own_town)
    stays, gone = factories.membership(chamber), factories.membership(chamber)
    backdate(stays, gone, stays.enterprise, gone.enterprise)
    assert page(client_then, "members").context["total"] == 2
    assert numbers(client_then, "members") == (0, 0, 0, 0)
    Membership.objects.filter(pk=gone.pk).delete()
    gone.enterprise.delete()
    assert page(client_then, "members").context["total"] == 1
    assert numbers(client_then, "members")[3] == 1


def test_a_liaison_is_told_of_the_own_town_alone(
    own_town: Town, other_town: Town, liaison: User, signed_in: SignedIn
) -> None:
    for town in (own_town, other_town):
        factories.activity(town, f"{town.name}删掉的", start_on=DAY).delete()
        factories.activity(town, f"{town.name}补录的", start_on=DAY)
        factories.activity(town, f"{town.name}的草稿", start_on=DAY, review="draft").delete()
        joint = factories.activity(town, f"{town.name}联办", start_on=DAY)
        Host.objects.create(activity=joint, part=Host.Part.CO_HOST, name="示例单位")
    client = signed_in(liaison)
    words = page(client, "activities", "figure_later").content.decode()
    assert "华新镇删掉的" in words
    assert "徐泾镇" not in words
    assert "草稿" not in words
    assert numbers(client, "activities")[3] == 1
