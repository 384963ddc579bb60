"""List pages: filtered, sorted, paged, exported; whole or in part; the same number of queries."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import django_filters
import openpyxl
import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from chambers.models import Enterprise
from core import navigation
from core.lists import (
    RESULTS_ID,
    DayFilter,
    RecordFilter,
    SearchFilter,
    YesNoFilter,
    filter_words,
    list_page,
    query_without,
)
from core.parts import Action, Empty
from core.tables import RecordTable, TitleColumn, TownColumn
from tests import factories
from towns.models import Town


class RosterTable(RecordTable):
    name = TitleColumn("企业名称", order_by="sort_key", linkify=lambda record: f"/e/{record.pk}/")
    town = TownColumn()

    class Meta(RecordTable.Meta):
        model = Enterprise
        fields = ("name", "town")
        order_by = ("name",)


class RosterFilter(RecordFilter):
    q = SearchFilter()
    town = django_filters.ModelChoiceFilter(label="街镇", queryset=Town.objects.all())
    placed = YesNoFilter(label="有街镇", method="is_placed")
    since = DayFilter(label="注册自", field_name="established_on", lookup_expr="gte")

    shown = ("q", "town")

    class Meta:
        model = Enterprise
        fields = ("q", "town", "placed", "since")

    def is_placed(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(town__isnull=value == "no")


def ask(user: User, query: str = "", **headers: str) -> HttpRequest:
    request = RequestFactory().get(f"/roster/{query}", headers=headers)
    request.user = user
    return request


def answer(request: HttpRequest, **words: Any) -> HttpResponse:
    return list_page(
        request,
        title="企业名册",
        unit="家",
        queryset=Enterprise.objects.select_related("town"),
        filterset_class=RosterFilter,
        table_class=RosterTable,
        **words,
    )


def page(user: User, query: str = "", **words: Any) -> str:
    return answer(ask(user, query), **words).content.decode()


def names(response: HttpResponse) -> list[str]:
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    return [str(row[0]) for row in sheet.values]


@pytest.fixture
def roster(own_town: Town, other_town: Town) -> None:
    for number in range(60):
        factories.enterprise(own_town, f"示例{number:02d}物流有限公司")
    for number in range(3):
        factories.enterprise(other_town, f"示例{number}农业有限公司")


@pytest.mark.usefixtures("roster")
def test_a_list_counts_all_rows_and_shows_one_page(officer: User) -> None:
    html = page(officer)
    assert "共 <b>63</b> 家，本页 1–50" in html
    assert html.count('<td class="is-title"') == 50
    assert 'href="?page=2"' in html


@pytest.mark.usefixtures("roster")
def test_filters_live_in_the_address_and_can_be_taken_away_one_by_one(officer: User) -> None:
    town = Town.objects.get(name="徐泾镇")
    html = page(officer, f"?q=nongye&town={town.pk}&page=1")
    assert "共 <b>3</b> 家" in html
    assert "<span>街镇：<b>徐泾镇</b></span>" in html
    assert f'href="?town={town.pk}"' in html
    assert 'href="?q=nongye"' in html
    assert 'class="filter-more"' in html


@pytest.mark.usefixtures("roster")
def test_a_filter_under_more_keeps_it_open(officer: User) -> None:
    assert '<details class="filter-more" open>' in page(officer, "?placed=yes")
    assert '<details class="filter-more">' in page(officer, "?q=nongye")


@pytest.mark.usefixtures("roster")
def test_a_value_that_is_not_understood_shows_its_error_and_no_rows(officer: User) -> None:
    for query in ("?since=2024-02-30", "?town=999999", "?town=x", "?q=a%00b"):
        html = page(officer, query)
        assert "共 <b>0</b> 家" in html
        assert 'class="field-errors"' in html


@pytest.mark.usefixtures("roster")
@pytest.mark.parametrize(
    "query",
    ["?page=9999999999999999999", "?per_page=1e9", "?sort=-pk%3Bdrop", "?sort=%00&page=%00"],
)
def test_nonsense_in_the_address_still_gives_a_page(officer: User, query: str) -> None:
    response = answer(ask(officer, query))
    assert response.status_code == 200
    assert "共 <b>63</b> 家" in response.content.decode()


@pytest.mark.usefixtures("roster")
def test_htmx_gets_the_results_alone_and_others_the_page(officer: User) -> None:
    part = {"HX-Request": "true", "HX-Target": RESULTS_ID}
    response = answer(ask(officer, "?q=nongye", **part))
    assert (
        response.content.decode().strip().startswith(f'<section class="results" id="{RESULTS_ID}"')
    )
    assert "HX-Request" in response["Vary"]
    for headers in (
        {},
        {"HX-Request": "true", "HX-Target": "somewhere-else"},
        {**part, "HX-History-Restore-Request": "true"},
    ):
        assert "<!doctype html>" in answer(ask(officer, "", **headers)).content.decode()


@pytest.mark.usefixtures("roster")
def test_an_export_holds_exactly_the_filtered_rows_in_their_order(officer: User) -> None:
    response = answer(ask(officer, "?q=nongye&sort=-name&export=xlsx&page=7"), notes=["口径：在册"])
    written = names(response)
    assert written[:3] == ["企业名册", "筛选：搜索：nongye", "口径：在册"]
    assert written[3].startswith("数据截至：")
    assert written[4:] == ["企业名称", *(f"示例{number}农业有限公司" for number in (2, 1, 0))]


@pytest.mark.usefixtures("roster")
def test_who_may_not_export_is_refused_and_offered_nothing(auditor: User) -> None:
    assert "export=xlsx" not in page(auditor)
    with pytest.raises(PermissionDenied):
        answer(ask(auditor, "?export=xlsx"))


@pytest.mark.usefixtures("roster")
def test_an_export_of_a_filter_that_is_not_understood_shows_the_page(officer: User) -> None:
    assert "共 <b>0</b> 家" in page(officer, "?since=x&export=xlsx")


@pytest.mark.usefixtures("roster")
def test_the_number_of_queries_does_not_grow_with_the_rows(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(navigation, "_counts", {})  # the menu's own, on every page
    counts = []
    for query in ("?per_page=25", "?per_page=200"):
        with CaptureQueriesContext(connection) as queries:
            page(officer, query)
        counts.append(len(queries))
    assert counts == [4, 4], "count, rows, choices of towns, views that were saved"


def test_an_empty_list_says_what_to_do_first(officer: User) -> None:
    empty = Empty("还没有企业", "先导入一份名册。", Action("导入名册", "/import/", primary=True))
    html = page(officer, empty=empty)
    assert "还没有企业" in html
    assert 'href="/import/"' in html
    assert "没有符合条件的记录" in page(officer, "?q=zzz", empty=empty)


@pytest.mark.usefixtures("roster")
def test_the_order_is_kept_when_the_filters_change(officer: User) -> None:
    assert 'form="list-filter" name="sort" value="-name">' in page(officer, "?sort=-name")


def test_a_query_loses_only_what_it_is_told_to() -> None:
    query = QueryDict("q=甲&town=1&town=2&empty=&page=3")
    assert query_without(query, {"page", "q"}) == "?town=1&town=2"
    assert query_without(query, {"q", "town", "page"}) == "?"


def test_filters_are_told_in_words() -> None:
    grouped = forms.ChoiceField(choices=[("组", [("a", "甲")]), ("b", "乙")])
    assert [filter_words(grouped, value) for value in ("a", "b", "", None)] == ["甲", "乙", "", ""]
    many = forms.MultipleChoiceField(choices=[("a", "甲"), ("b", "乙")])
    assert filter_words(many, ["a", "b"]) == "甲、乙"
