"""The length of the long list is told without reading it, and is the length it has."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity
from core.kept import kept_pages
from core.models import named_like
from summaries.cells.counting import recount
from summaries.cells.lists import UNCOUNTED
from tests import factories
from tests.conftest import SignedIn
from tests.summaries.random_district import LAST, RandomDistrict
from towns.models import Town

pytestmark = pytest.mark.django_db
LIST = "activities:list_activities"


@pytest.mark.parametrize("role", ["officer", "liaison"])
def test_the_list_says_how_many_rows_it_has(signed_in: SignedIn, role: str) -> None:
    made = RandomDistrict(21)
    recount(today=LAST)
    town = made.towns[0]
    reader = factories.officer() if role == "officer" else factories.liaison(town)
    client = signed_in(reader)
    for asked in queries(made):
        kept_pages.forget()  # a kept page brings no context
        records = client.get(reverse(LIST), asked).context["records"]
        rows = records.filters.qs
        assert records.count == len({row.pk for row in rows}) == len(rows), asked
    kept_pages.forget()
    whole = client.get(reverse(LIST)).context["records"]
    assert whole.table.data.known_count == whole.count > 20


def queries(made: RandomDistrict) -> list[dict[str, Any]]:
    """Each filter alone and with a town, two that split, and what cells know nothing of."""
    values: dict[str, Any] = {
        "period": "2023",
        "town": made.towns[0].pk,
        "kind": made.kinds[1].pk,
        "mode": "offline",
        "brand": made.brands[0].pk,
        "venue": made.venues[0].pk,
        "review": "submitted",
        "q": "示例1",
    }
    alone = [{name: value} for name, value in values.items()]
    of_town = [{name: values[name], "town": values["town"]} for name in ("period", "kind", "q")]
    two_splits = {"kind": values["kind"], "mode": values["mode"]}
    days = {"period": "2023-05-10..2023-11-12", "venue": values["venue"]}
    return [{}, *alone, *of_town, two_splits, days]


def test_what_cells_leave_out_is_exactly_what_figures_do_not_count() -> None:
    RandomDistrict(22)
    counted = Activity.objects.counted()
    others = Activity.objects.filter(UNCOUNTED)
    assert not counted.filter(UNCOUNTED).exists()
    assert counted.count() + others.count() == Activity.objects.count() > others.count() > 0


def test_a_list_too_long_to_count_says_so_and_pages_its_beginning(
    signed_in: SignedIn, own_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        factories.activity(own_town, f"示例{number}活动")
    queryset = type(Activity.objects.all())
    monkeypatch.setattr(queryset, "most_counted", 50)
    asked: dict[str, str | int] = {"q": "示例", "per_page": 25, "page": 999}
    response = signed_in(factories.officer()).get(reverse(LIST), asked)
    records = response.context["records"]
    assert records.count_words == "50+"
    assert records.table.page.number == 2
    page = response.content.decode()
    assert "共 <b>50+</b> 场" in page
    assert "翻页只到前 50 条" in page


def test_a_figure_tells_the_exact_number_of_its_rows(
    signed_in: SignedIn, own_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        factories.activity(own_town, f"示例{number}活动", start_on=timezone.localdate())
    monkeypatch.setattr(type(Activity.objects.all()), "most_counted", 50)
    url = reverse("summaries:figure_rows", args=["activities"])
    client = signed_in(factories.officer())
    asked: dict[str, str | int] = {"per_page": 25}
    page = client.get(url, asked).content.decode()
    assert 'id="figure-total" data-value="60"' in page
    assert "共 <b>60</b> 条" in page
    assert "翻页只到前 50 条" in page and "还没有数完" not in page
    found = client.get(url, {**asked, "q": "示例"}).content.decode()
    assert "共 <b>50+</b> 条" in found and "还没有数完" in found


@pytest.mark.parametrize("common", [0, 1_000_000])
def test_a_name_that_many_have_is_found_along_the_list(
    signed_in: SignedIn, own_town: Town, monkeypatch: pytest.MonkeyPatch, common: int
) -> None:
    """Whichever way is taken, the same rows are found; only how far they are counted differs."""
    queryset = type(Activity.objects.all())
    monkeypatch.setattr(queryset, "common", common)
    monkeypatch.setattr(queryset, "most_found", 2)
    for name in ("企业家座谈会", "座谈", "谈座", "zuotan 之夜", "书法雅集"):
        factories.activity(own_town, name)
    found = Activity.objects.named_like("座谈")
    assert {row.name for row in found} == {"企业家座谈会", "座谈"}
    assert {row.name for row in Activity.objects.named_like("zuotan")} == {
        *("企业家座谈会", "座谈", "zuotan 之夜")
    }
    assert found.order_by("pk").most_counted == (2 if common == 0 else queryset.most_counted)
    factories.activity(own_town, "座谈二")
    page = signed_in(factories.officer()).get(reverse(LIST), {"q": "座谈"}).content.decode()
    assert f"共 <b>{'2+' if common == 0 else '3'}</b> 场" in page


@pytest.mark.parametrize("text", ["座谈", "zt", "zuot", "座", "z", "谈会", "不会有", "%", "a_b"])
def test_an_index_finds_what_looking_at_every_name_finds(own_town: Town, text: str) -> None:
    for name in ("企业家座谈会", "谈座", "会谈", "座谈", "a_b 沙龙", "100%参加", "书法雅集"):
        factories.activity(own_town, name)
    found = set(Activity.objects.named_like(text))
    assert found == set(Activity.objects.filter(named_like(text)))


def test_the_search_can_use_the_index(own_town: Town) -> None:
    factories.activity(own_town)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    assert "activity_pairs" in Activity.objects.named_like("座谈").explain()
