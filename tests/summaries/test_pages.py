"""Pages of figures and summaries: what they show, to whom, and with how many queries."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from activities.models import Activity
from chambers.models import Position
from core.periods import Period
from summaries import actions
from summaries.models import FigureRules, FigureSetting, Summary
from tests import factories
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 6, 1, 0, 10, tzinfo=timezone.get_fixed_timezone(480))
MAY = Period.parse("2024-05")


def rows_url(key: str, query: str = "") -> str:
    return reverse("summaries:figure_rows", args=[key]) + (f"?{query}" if query else "")


def summary_of(town: Town | None) -> Summary:
    return actions.write_summary(kind=Summary.Kind.MONTHLY, period=MAY, town=town, by=None, now=NOW)


def test_the_rows_page_shows_the_number_its_definition_and_what_narrows_it(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    factories.venue(own_town, "示例阵地")
    query = f"scope=town:{own_town.code}&period=2024&as_of=2024-05-27"
    response = signed_in(officer).get(rows_url("venues", query))
    assert response.context["total"] == 1
    page = response.content.decode()
    assert "统战综合体和它的组成部分分别计数" in page
    assert "示例阵地" in page
    pills = {pill.label: pill.words for pill in response.context["records"].filters.pills}
    assert pills == {"范围": "华新镇", "期间": "今年以来", "截至": "2024年5月27日"}


def test_a_dimension_narrows_the_number_and_the_rows_alike(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    for industry in ("C", "C", ""):
        factories.membership(
            factories.chamber(own_town), factories.enterprise(own_town, industry=industry)
        )
    client = signed_in(officer)
    for value, total in (("C", 2), ("none", 1), ("", 3), ("E", 0)):
        response = client.get(rows_url("members", f"industry={value}"))
        assert response.context["total"] == total
        assert response.context["records"].count == total


def test_members_show_the_positions_they_held_on_the_day(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    chamber = factories.chamber(own_town, "华新镇商会")
    member = factories.membership(chamber, position=Position.COUNCILLOR)
    member.position, member.position_since = Position.PRESIDENT, date(2024, 6, 1)
    member.save()
    client = signed_in(officer)
    assert "华新镇商会 理事" in client.get(rows_url("members", "as_of=2024-05-27")).content.decode()
    assert "华新镇商会 会长" in client.get(rows_url("members", "as_of=2024-06-01")).content.decode()


def test_a_gap_says_which_post_nobody_holds(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    village = factories.village(own_town, "示例村")
    factories.post(village, holder="示例甲")
    page = signed_in(officer).get(rows_url("villages_unstaffed")).content.decode()
    assert "示例甲" in page
    assert "缺" in page


@pytest.mark.parametrize(
    "address",
    [
        "no_such_figure",
        "members?scope=town:000",
        "members?scope=moon:1",
        "villages?scope=venue:1",
        "venues?scope=chamber:99999",
    ],
)
def test_what_is_not_there_is_not_found(signed_in: SignedIn, officer: User, address: str) -> None:
    key, _mark, query = address.partition("?")
    assert signed_in(officer).get(rows_url(key, query)).status_code == 404


@pytest.mark.parametrize("query", ["period=2024-13", "as_of=yesterday", "industry=ZZ"])
def test_what_is_not_understood_is_told_and_lists_nothing(
    signed_in: SignedIn, officer: User, own_town: Town, query: str
) -> None:
    factories.membership(factories.chamber(own_town))
    response = signed_in(officer).get(rows_url("members", query))
    assert response.status_code == 200
    assert response.context["records"].filters.form.errors
    assert response.context["records"].count == 0


def test_a_liaison_asks_of_own_places_only(
    signed_in: SignedIn, liaison: User, own_town: Town, other_town: Town
) -> None:
    elsewhere = factories.venue(other_town, "别镇阵地")
    factories.venue(own_town)
    client = signed_in(liaison)
    assert client.get(rows_url("venues")).context["total"] == 1
    for scope in ("district", f"town:{other_town.code}", f"venue:{elsewhere.pk}"):
        response = client.get(rows_url("venues", f"scope={scope}"))
        assert response.status_code == 404
        assert "别镇阵地" not in response.content.decode()


@pytest.mark.parametrize("key", ["members", "villages", "venues", "activities", "honours"])
def test_queries_do_not_grow_with_the_rows(
    signed_in: SignedIn, officer: User, own_town: Town, key: str, django_assert_max_num_queries: Any
) -> None:
    chamber = factories.chamber(own_town)
    for _ in range(12):
        factories.membership(chamber)
        factories.post(factories.village(own_town))
        factories.activity(own_town, venue=factories.venue(own_town))
        factories.honour(chamber)
    client = signed_in(officer)
    with django_assert_max_num_queries(15):
        response = client.get(rows_url(key, "period=2024&as_of=2024-05-27"))
    assert response.context["records"].count == 12


def test_all_figures_stand_on_one_page_with_their_definitions(
    signed_in: SignedIn, officer: User, own_town: Town, django_assert_max_num_queries: Any
) -> None:
    factories.activity(own_town)
    client = signed_in(officer)
    with django_assert_max_num_queries(8):
        page = client.get(reverse("summaries:list_figures") + "?as_of=2024-05-27")
    assert "期间内已举办并经确认的活动所填参加人次之和" in page.content.decode()
    exported = client.get(reverse("summaries:list_figures") + "?export=xlsx")
    assert exported.content.startswith(b"PK")


def test_the_auditor_reads_figures_and_exports_none(signed_in: SignedIn, auditor: User) -> None:
    client = signed_in(auditor)
    response = client.get(reverse("summaries:list_figures") + "?export=xlsx")
    assert response["Content-Type"].startswith("text/html")
    assert client.get(rows_url("towns", "export=xlsx")).status_code == 403


def test_an_administrator_sets_what_council_means(
    signed_in: SignedIn, administrator: User, own_town: Town
) -> None:
    factories.membership(factories.chamber(own_town), position=Position.SUPERVISOR)
    client = signed_in(administrator)
    assert client.get(rows_url("council_enterprises")).context["total"] == 0
    days = {"idle_days": 30, "grey_days": 60, "lapse_days": 90, "term_days": 120, "least_base": 5}
    answer = client.post(
        reverse("summaries:edit_rules"),
        {"council_positions": ["president", "supervisor"], **days, "summaries_from": ""},
    )
    assert answer.status_code == 302
    response = client.get(rows_url("council_enterprises"))
    assert response.context["total"] == 1
    assert "会长、监事" in response.content.decode()
    kept = FigureRules.objects.get()
    assert kept.events.get().pgh_context.metadata["user"] == administrator.pk  # type: ignore[attr-defined]


def test_a_council_of_nobody_is_refused(signed_in: SignedIn, administrator: User) -> None:
    days = {"idle_days": 30, "grey_days": 60, "lapse_days": 90, "term_days": 0, "least_base": 5}
    response = signed_in(administrator).post(reverse("summaries:edit_rules"), days)
    assert set(response.context["form"].errors) == {"council_positions", "term_days"}
    assert not FigureRules.objects.exists()


def test_a_summary_reads_as_a_document_with_its_numbers_as_links(
    signed_in: SignedIn, officer: User, own_town: Town, django_assert_max_num_queries: Any
) -> None:
    factories.activity(own_town)
    summary = summary_of(own_town)
    client = signed_in(officer)
    with django_assert_max_num_queries(6):
        response = client.get(reverse("summaries:show_summary", args=[summary.pk]))
    page = response.content.decode()
    assert "一、基本概况" in page
    assert "（一）配强工作力量" in page
    assert f"/figures/activities/?scope=town:{own_town.code}&amp;period=2024-05" in page
    assert "数据来源与口径" in page


def test_a_summary_stays_what_it_was_when_the_data_change(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    activity = factories.activity(own_town)
    summary = summary_of(own_town)
    Activity.objects.filter(pk=activity.pk).update(headcount=98765)
    url = reverse("summaries:show_summary", args=[summary.pk])
    page = signed_in(officer).get(url).content.decode()
    assert "98,765" not in page
    assert ">10</a>人次" in page


@pytest.mark.parametrize(
    ("ending", "part"), [("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")]
)
def test_a_summary_is_downloaded_as_a_file(
    signed_in: SignedIn, officer: User, own_town: Town, ending: str, part: str
) -> None:
    summary = summary_of(own_town)
    url = reverse("summaries:download_summary", args=[summary.pk, ending])
    client = signed_in(officer)
    response = client.get(url)
    assert part in ZipFile(BytesIO(response.content)).namelist()
    assert "attachment" in response["Content-Disposition"]
    assert client.get(url).content == response.content
    assert client.get(url.replace(ending, "exe")).status_code == 404


def test_a_liaison_reads_the_own_towns_summaries_only(
    signed_in: SignedIn, liaison: User, own_town: Town, other_town: Town
) -> None:
    own = summary_of(own_town)
    hidden = [summary_of(other_town), summary_of(None)]
    client = signed_in(liaison)
    listed = client.get(reverse("summaries:list_summaries"))
    assert [row.pk for row in listed.context["records"].table.data] == [own.pk]
    assert listed.context["missing"] == []
    for summary in hidden:
        for url in (
            reverse("summaries:show_summary", args=[summary.pk]),
            reverse("summaries:download_summary", args=[summary.pk, "docx"]),
        ):
            assert client.get(url).status_code == 404
    assert client.post(reverse("summaries:write_summary")).status_code == 403


def test_the_district_stands_before_its_towns_in_the_list(
    signed_in: SignedIn, officer: User, own_town: Town, django_assert_max_num_queries: Any
) -> None:
    town, district = summary_of(own_town), summary_of(None)
    client = signed_in(officer)
    with django_assert_max_num_queries(12):
        response = client.get(reverse("summaries:list_summaries"))
    assert [row.pk for row in response.context["records"].table.data] == [district.pk, town.pk]
    only = client.get(reverse("summaries:list_summaries") + "?place=district&year=2024")
    assert [row.pk for row in only.context["records"].table.data] == [district.pk]


def test_an_officer_sees_which_months_are_missing(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    factories.activity(own_town, start_on=date(2024, 4, 2))
    summary_of(None)
    response = signed_in(officer).get(reverse("summaries:list_summaries"))
    missing = response.context["missing"]
    assert len(missing) == 12
    assert response.context["missing_more"] > 0
    assert all((one.period, one.town) != (MAY, None) for one in missing)


@pytest.mark.django_db(transaction=True)
def test_an_officer_has_a_missing_summary_written_at_once(signed_in: SignedIn) -> None:
    town = factories.town("华新镇")
    factories.activity(town)
    client = signed_in(factories.officer())
    asked = {"kind": "monthly", "period": "2024-05", "town": town.code}
    response = client.post(reverse("summaries:write_summary"), asked, follow=True)
    summary = Summary.objects.get()
    assert response.redirect_chain[-1][0] == reverse("summaries:show_summary", args=[summary.pk])
    assert "小结已生成" in response.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"period": "2098-01"}, "这一期还没有结束"),
        ({"period": "2024-Q1"}, "期间与小结类型不符"),
        ({"period": "五月"}, "看不懂期间"),
    ],
)
def test_what_cannot_be_written_is_said(
    signed_in: SignedIn, asked: dict[str, str], words: str
) -> None:
    client = signed_in(factories.officer())
    url = reverse("summaries:write_summary")
    response = client.post(url, {"kind": "monthly", **asked}, follow=True)
    assert words in response.content.decode()
    assert not Summary.objects.exists()
    assert client.post(url, {"kind": "weekly", "period": "2024-05"}).status_code == 404
    assert (
        client.post(url, {"kind": "monthly", "period": "2024-05", "town": "x"}).status_code == 404
    )


@pytest.mark.parametrize("name", ["summaries:list_figures", "figure_rows"])
def test_two_days_become_the_period_and_all_else_is_kept(
    signed_in: SignedIn, officer: User, own_town: Town, name: str
) -> None:
    client = signed_in(officer)
    url = rows_url("activities") if name == "figure_rows" else reverse(name)
    asked = {"scope": f"town:{own_town.code}", "period": "2023", "by": "kind", "page": "3"}
    days = {"from": "2024-03-05", "to": "2024-04-02"}
    answer: Any = client.get(url, {**asked, **days})
    assert answer.url == (
        f"{url}?period=2024-03-05..2024-04-02&scope=town%3A{own_town.code}&by=kind"
    )
    kept = client.get(answer.url).context["span"]
    assert (kept.start, kept.end) == (days["from"], days["to"])
    assert dict(kept.kept) == {"scope": f"town:{own_town.code}", "by": "kind"}
    for wrong in ({"from": "2024-05-01", "to": "2024-01-01"}, {"from": "x", "to": "y"}):
        told = client.get(url, {**asked, **wrong}, follow=True)
        assert told.redirect_chain[0][0].startswith(f"{url}?scope=")
        assert [str(one) for one in told.context["messages"]]


def test_a_quarter_asked_for_by_its_days_is_the_quarter_and_shows_its_rows(
    signed_in: SignedIn, officer: User
) -> None:
    client, url = signed_in(officer), rows_url("activities")
    answer: Any = client.get(url, {"period": "2024-01-01..2024-03-31"})
    assert answer.url == f"{url}?period=2024-Q1"
    assert not client.get(answer.url).context["records"].filters.errors


@pytest.mark.parametrize("role", ["officer", "liaison"])
@pytest.mark.parametrize(
    ("key", "split", "narrowed"),
    [
        ("members", "town", "tax_band"),
        ("members", "tag", "industry"),
        ("headcount", "kind", "venue"),
    ],
)
def test_queries_stay_few_however_a_figure_is_asked(
    signed_in: SignedIn,
    own_town: Town,
    other_town: Town,
    django_assert_max_num_queries: Any,
    key: str,
    split: str,
    narrowed: str,
    role: str,
) -> None:
    band: dict[str, Any] = {"tax_band": "千万级", "tax_band_year": 2023, "tax_band_source": "示例"}
    member = factories.enterprise(own_town, industry="C", **band)
    factories.membership(factories.chamber(own_town), member)
    venue = factories.venue(own_town)
    factories.activity(own_town, venue=venue, brand=factories.brand(own_town))
    FigureSetting.objects.create(key=key, title="改过的名称")
    value = {"tax_band": "千万级", "industry": "C", "venue": str(venue.pk)}[narrowed]
    reader = factories.officer() if role == "officer" else factories.liaison(own_town)
    client = signed_in(reader)
    client.get(rows_url("activities"))  # what a process remembers is known
    with django_assert_max_num_queries(15):
        response = client.get(rows_url(key, f"as_of=2024-12-31&by={split}&{narrowed}={value}"))
    assert response.context["records"].count == 1
