"""What a list keeps of itself: its choices drawn in one go, its filters, rows and length."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import User
from chambers.models import Enterprise
from core.kept import kept_pages
from core.list_filters import PlainSelect
from tests import factories
from tests.conftest import SignedIn

ENTERPRISES, ACTIVITIES = (
    reverse("chambers:list_enterprises"),
    reverse("activities:list_activities"),
)
GROUPED = [("a", "甲"), ("组", [("b", "乙"), ("c", "丙")])]


@pytest.mark.parametrize(
    "choices",
    [
        [],
        [("", "全部"), ("a", "甲 & <乙>"), ('"', gettext_lazy("状态")), (3, 1_000), (None, "无")],
        [("a", "甲"), ("a", "甲又")],
        GROUPED,
    ],
)
@pytest.mark.parametrize("value", ["", "a", '"', None, 3, "c", "nowhere"])
def test_a_choice_is_drawn_as_its_template_draws_it(choices: Any, value: Any) -> None:
    attrs = {"class": "x & y", "disabled": True, "hidden": False, "data-n": 3}
    for required in (False, True):
        plain, drawn = PlainSelect(attrs, choices), forms.Select(attrs, choices)
        plain.is_required = drawn.is_required = required
        told = {"id": "id_one", "required": required}
        assert plain.render("one", value, told) == drawn.render("one", value, told)


def sent(client: Client, url: str) -> tuple[str, list[str]]:
    """The page made anew, and what it asked for."""
    kept_pages.forget()
    with CaptureQueriesContext(connection) as statements:
        page = client.get(url).content.decode()
    return page, [one["sql"] for one in statements]


def reads(statements: list[str], table: str) -> bool:
    return any(f'FROM "{table}"' in one for one in statements)


@pytest.mark.django_db
def test_a_list_is_read_again_only_when_what_it_shows_was_written(
    signed_in: SignedIn, officer: User
) -> None:
    town = factories.town("华新镇", code="310118107")
    firm = factories.enterprise(town, "甲公司")
    client = signed_in(officer)
    first, asked = sent(client, ENTERPRISES)
    assert "甲公司" in first and reads(asked, "chambers_enterprise")
    factories.activity(town)
    second, asked = sent(client, ENTERPRISES)
    assert "甲公司" in second and "共 <b>1</b> 家" in second
    assert not reads(asked, "chambers_enterprise") and not reads(asked, "towns_town")
    Enterprise.objects.filter(pk=firm.pk).update(name="乙公司")
    factories.enterprise(town, "丙公司")
    third, _asked = sent(client, ENTERPRISES)
    assert "乙公司" in third and "丙公司" in third and "共 <b>2</b> 家" in third
    assert "甲公司" not in third


@pytest.mark.django_db
def test_what_one_may_see_is_not_given_to_another(signed_in: SignedIn, officer: User) -> None:
    towns = [factories.town("华新镇", code="310118107"), factories.town("徐泾镇", code="310118108")]
    for town in towns:
        factories.activity(town, f"{town}座谈会")
        factories.brand(town, f"{town}品牌")
    whole, _asked = sent(signed_in(officer), ACTIVITIES)
    own, _asked = sent(signed_in(factories.liaison(towns[0])), ACTIVITIES)
    assert "徐泾镇座谈会" in whole and "徐泾镇品牌" in whole and "共 <b>2</b> 场" in whole
    assert "徐泾镇座谈会" not in own and "徐泾镇品牌" not in own and "共 <b>1</b> 场" in own
    assert "华新镇座谈会" in own and "华新镇品牌" in own
