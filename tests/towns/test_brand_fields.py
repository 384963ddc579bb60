"""Fields of brands: kept by administrators, each a column of the brand matrix."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import User
from tests import factories
from tests.conftest import SignedIn
from towns.models import BrandField, Town

pytestmark = pytest.mark.django_db


def test_a_new_field_is_a_new_column_of_the_matrix(
    signed_in: SignedIn, administrator: User, own_town: Town
) -> None:
    client = signed_in(administrator)
    answer = client.post(reverse("towns:create_brandfield"), {"name": "乡村振兴", "order": "3"})
    assert answer.status_code == 302
    assert "乡村振兴" in client.get("/").context["overview"].brands.columns


def test_a_field_is_renamed_and_counts_its_brands(
    signed_in: SignedIn, administrator: User, own_town: Town
) -> None:
    field = factories.brand(own_town).field
    client = signed_in(administrator)
    page = client.get(reverse("towns:edit_brandfield", args=[field.pk]))
    version = page.context["form"].initial["version"]
    fields = {"name": "文化传承", "order": "1", "version": version}
    assert client.post(page.request["PATH_INFO"], fields).status_code == 302
    field.refresh_from_db()
    assert field.name == "文化传承"
    (row,) = client.get(reverse("towns:list_brandfields")).context["records"].table.data.data
    assert row.brands_count == 1


def test_a_field_with_brands_is_not_deleted_and_one_without_is(
    signed_in: SignedIn, administrator: User, own_town: Town
) -> None:
    used, unused = factories.brand(own_town).field, BrandField.objects.create(name="误建")
    client = signed_in(administrator)
    for field, status in ((used, 200), (unused, 302)):
        url = reverse("towns:remove_brandfield", args=[field.pk])
        assert client.post(url, {"reason": "误建"}).status_code == status
    assert list(BrandField.objects.all()) == [used]


def test_only_who_keeps_the_registers_is_led_there(
    signed_in: SignedIn, administrator: User, officer: User
) -> None:
    url = reverse("towns:list_brandfields")
    assert url in signed_in(administrator).get("/brands/").content.decode()
    assert url not in signed_in(officer).get("/brands/").content.decode()
