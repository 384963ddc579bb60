"""Kinds of activities: kept by administrators, offered at entry or no more."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import User
from activities.models import ActivityKind
from tests import factories
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_kinds_yet(db: None) -> None:
    ActivityKind.objects.all().delete()


def test_a_new_kind_gets_a_code_spelled_from_its_name(
    signed_in: SignedIn, administrator: User
) -> None:
    client, url = signed_in(administrator), reverse("activities:create_activitykind")
    for name in ("座谈", "坐谈", "（）"):
        fields = {"name": name, "order": "1", "is_offered": "on"}
        assert client.post(url, fields).status_code == 302, name
    codes = ActivityKind.objects.order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["zuotan", "zuotan-2", "kind"]


def test_a_kind_that_is_no_more_offered_leaves_the_entry_but_not_the_activities(
    signed_in: SignedIn, administrator: User, liaison: User, own_town: Town
) -> None:
    kind = factories.kind("visit", "走访")
    activity = factories.activity(own_town, kind=kind)
    client = signed_in(administrator)
    url = reverse("activities:edit_activitykind", args=[kind.pk])
    version = client.get(url).context["form"].initial["version"]
    client.post(url, {"name": "走访调研", "order": "1", "version": version})
    assert "走访调研" not in signed_in(liaison).get("/activities/new/").content.decode()
    assert "走访调研" in client.get(activity.get_absolute_url()).content.decode()


def test_a_kind_in_use_is_not_deleted(
    signed_in: SignedIn, administrator: User, own_town: Town
) -> None:
    kind = factories.activity(own_town).kind
    url = reverse("activities:remove_activitykind", args=[kind.pk])
    assert signed_in(administrator).post(url, {"reason": "误建"}).status_code == 200
    assert ActivityKind.objects.filter(pk=kind.pk).exists()
