"""The list: filtered by its address, in scope, exported; and what is found while typing."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client

from accounts.models import User
from activities.models import Activity, Host
from tests import factories
from tests.activities.conftest import Enter
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db

LIST = "/activities/"
VENUES, HOSTS = "/activities/suggest/venues/", "/activities/suggest/hosts/"


def names(browser: Client, query: str = "") -> list[str]:
    records = browser.get(f"{LIST}?{query}").context["records"]
    return [row.record.name for row in records.table.page]


@pytest.fixture
def browser(officer: User, signed_in: SignedIn) -> Client:
    return signed_in(officer)


def test_the_newest_come_first(browser: Client, own_town: Town) -> None:
    for day in (1, 3, 2):
        factories.activity(own_town, f"{day}日", start_on=date(2024, 5, day))
    assert names(browser) == ["3日", "2日", "1日"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("period=2024", {"五月", "六月"}),
        ("period=2024-05", {"五月"}),
        ("period=2024-Q2", {"五月", "六月"}),
        ("period=2024-05-01..2024-05-27", {"五月"}),
        ("period=2023-H2", {"去年"}),
        ("since=2024-06-01", {"六月"}),
        ("until=2023-12-31", {"去年"}),
        ("q=liuy", {"六月"}),
        ("q=qn", {"去年"}),
        ("mode=online", {"六月"}),
        ("state=planned", {"六月"}),
        ("review=submitted", {"五月"}),
        ("period=nonsense", set()),
        ("kind=999", set()),
    ],
)
def test_a_filter_in_the_address_finds(
    browser: Client, own_town: Town, query: str, found: set[str]
) -> None:
    factories.activity(own_town, "去年", start_on=date(2023, 12, 31))
    factories.activity(own_town, "五月", start_on=date(2024, 5, 27), review="submitted")
    factories.activity(own_town, "六月", start_on=date(2024, 6, 1), mode="online", state="planned")
    assert set(names(browser, query)) == found


def test_kind_brand_and_venue_find(browser: Client, own_town: Town) -> None:
    venue, brand = factories.venue(own_town), factories.brand(own_town)
    kind = factories.kind("charity")
    factories.activity(own_town, "是", venue=venue, brand=brand, kind=kind)
    factories.activity(own_town, "否")
    for query in (f"venue={venue.pk}", f"brand={brand.pk}", f"kind={kind.pk}"):
        assert names(browser, query) == ["是"]


def test_a_town_finds_what_it_takes_part_in(
    browser: Client, own_town: Town, other_town: Town
) -> None:
    joint = factories.activity(own_town, "联办")
    Host.objects.create(activity=joint, part=Host.Part.CO_HOST, town=other_town)
    assert names(browser, f"town={other_town.pk}") == ["联办"]
    assert names(browser, f"town={own_town.pk}") == ["联办"]


def test_a_period_that_is_not_offered_is_named(browser: Client, own_town: Town) -> None:
    factories.activity(own_town)
    page = browser.get(f"{LIST}?period=2019-Q1").content.decode()
    assert "2019年第1季度" in page


def test_a_liaison_sees_the_own_town_and_joint_ones_once_submitted(
    liaison: User, own_town: Town, other_town: Town, signed_in: SignedIn
) -> None:
    browser = signed_in(liaison)
    factories.activity(own_town, "自己的草稿", review="draft", start_on=date(2024, 1, 4))
    factories.activity(other_town, "别镇的", start_on=date(2024, 1, 3))
    joint = factories.activity(other_town, "联办", start_on=date(2024, 1, 2))
    Host.objects.create(activity=joint, part=Host.Part.CO_HOST, town=own_town)
    hidden = factories.activity(other_town, "联办的草稿", review="draft")
    Host.objects.create(activity=hidden, part=Host.Part.CO_HOST, town=own_town)
    assert names(browser) == ["自己的草稿", "联办"]
    assert names(browser, f"town={other_town.pk}") == []  # never the own rows for another town
    refused = browser.get(f"/activities/?town={other_town.pk}").content.decode()
    assert "没有这个选项，请重新选择。" in refused


def test_the_export_holds_exactly_what_is_filtered(browser: Client, own_town: Town) -> None:
    activity = factories.activity(own_town, "=2+5 座谈会", headcount=42)
    Host.objects.create(activity=activity, name="示例大学")
    factories.activity(own_town, "去年", start_on=date(2023, 1, 1))
    answer = browser.get(f"{LIST}?period=2024&export=xlsx")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]  # type: ignore[union-attr]
    row = next(row for row in cells if "=2+5 座谈会" in [str(cell).lstrip("'") for cell in row])
    assert 42 in row
    assert "华新镇、示例大学" in row
    assert not [row for row in cells if "去年" in row]


def test_the_list_costs_the_same_however_long(
    browser: Client, own_town: Town, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        activity = factories.activity(own_town, brand=factories.brand(own_town))
        Host.objects.create(activity=activity, name=f"示例{number}")
    with django_assert_max_num_queries(16):
        browser.get(LIST)


def test_who_reviews_is_told_what_waits(browser: Client, own_town: Town) -> None:
    factories.activity(own_town, review="submitted")
    assert "等您审核" in browser.get(LIST).content.decode()
    Activity.objects.update(review="confirmed")
    assert "等您审核" not in browser.get(LIST).content.decode()


def test_the_page_of_a_record_costs_the_same_with_much_on_it(
    browser: Client, own_town: Town, django_assert_max_num_queries: Any
) -> None:
    activity = factories.activity(own_town)
    for number in range(20):
        Host.objects.create(activity=activity, name=f"示例{number}")
        Activity.objects.filter(pk=activity.pk).update(headcount=number)
    with django_assert_max_num_queries(26):
        browser.get(activity.get_absolute_url())


# --- found while typing ---


def found(browser: Client, address: str, typed: str = "") -> list[str]:
    results = browser.get(address, {"q": typed}).json()["results"]
    return [one["text"] for one in results]


@pytest.fixture
def typing(liaison: User, signed_in: SignedIn) -> Client:
    return signed_in(liaison)


@time_machine.travel("2024-05-27 16:05 +0800", tick=False)
def test_venues_are_found_by_initials_and_only_open_ones_of_the_own_town(
    typing: Client, own_town: Town, other_town: Town
) -> None:
    factories.venue(own_town, "华新镇商会之家")
    factories.venue(own_town, "旧商会之家", closed_on=date(2024, 1, 1))
    factories.venue(other_town, "徐泾镇商会之家")
    for typed in ("hxz", "shzj", "huaxin", "商会之家", "之家"):
        assert found(typing, VENUES, typed) == ["华新镇商会之家"]


@time_machine.travel("2024-05-27 16:05 +0800", tick=False)
def test_without_a_word_the_lately_used_venues_come_first(
    typing: Client, own_town: Town, enter: Enter
) -> None:
    factories.venue(own_town, "啊没用过的")
    used = factories.venue(own_town, "早用过的")
    factories.activity(own_town, venue=used, start_on=date(2023, 1, 1))
    enter(submit=True)
    assert found(typing, VENUES) == ["华新镇商会之家", "早用过的", "啊没用过的"]


def test_hosts_are_own_chambers_and_firms_and_every_town(
    typing: Client, own_town: Town, other_town: Town
) -> None:
    factories.chamber(own_town, "华新镇商会")
    factories.chamber(other_town, "徐泾镇商会")
    factories.enterprise(own_town, "华新示例物流有限公司")
    factories.enterprise(other_town, "徐泾示例物流有限公司")
    assert found(typing, HOSTS, "hx") == ["华新镇", "华新镇商会", "华新示例物流有限公司"]
    assert found(typing, HOSTS, "xj") == ["徐泾镇"]
    assert found(typing, HOSTS, "shilwl") == []
    assert found(typing, HOSTS, "示例物流") == ["华新示例物流有限公司"]


def test_without_a_word_the_usual_hosts_come(
    typing: Client, own_town: Town, other_town: Town
) -> None:
    factories.chamber(own_town, "华新镇商会")
    firm = factories.enterprise(own_town, "示例企业")
    activity = factories.activity(own_town)
    Host.objects.create(activity=activity, enterprise=firm)
    Host.objects.create(activity=activity, name="没有登记的单位")
    assert found(typing, HOSTS) == ["华新镇", "华新镇商会", "示例企业"]


@pytest.mark.parametrize("typed", ["%", "_", "\x00", "'", "%%%%", "x" * 500, "\\", "🙂"])
def test_odd_letters_find_nothing_and_never_fail(typing: Client, typed: str) -> None:
    factories.venue(Town.objects.get(), "示例")
    for address in (VENUES, HOSTS):
        answer = typing.get(address, {"q": typed})
        assert answer.status_code == 200
        if typed != "\x00":
            assert answer.json()["results"] == []


def test_typing_costs_the_same_however_many_there_are(
    typing: Client, own_town: Town, django_assert_max_num_queries: Any
) -> None:
    for _number in range(40):
        factories.venue(own_town)
        factories.enterprise(own_town)
        factories.activity(own_town)
    for typed in ("", "示例"):
        with django_assert_max_num_queries(10):
            typing.get(HOSTS, {"q": typed})
        with django_assert_max_num_queries(7):
            assert len(found(typing, VENUES, typed)) <= 20
