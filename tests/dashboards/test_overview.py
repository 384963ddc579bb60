"""The district's and a town's page: whose it is, what it says, and that numbers open their rows."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.kept_actions import choose_default_view, save_view
from accounts.models import User
from activities.models import Activity, Host, Photo
from core.access import WHOLE_DISTRICT, Permission
from core.kept import kept_pages
from core.periods import Period
from dashboards.words import change_words
from summaries.figures.activities import ACTIVITIES
from summaries.figures.answers import Answer, Asked
from summaries.figures.catalogue import FIGURES
from summaries.figures.comparisons import Against, Comparison
from summaries.figures.questions import Question
from summaries.figures.scopes import district
from summaries.models import FigureSetting
from tests import factories
from tests.conftest import SignedIn
from tests.summaries.random_district import RandomDistrict
from towns.models import BrandField, Post, Town

pytestmark = pytest.mark.django_db
AS_OF = "?as_of=2024-05-27"
MOST_QUERIES = 15


def town_page(town: Town) -> str:
    return reverse("dashboards:town_page", args=[town.code])


def test_district_staff_begin_with_the_district(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    response = signed_in(officer).get("/")
    assert response.templates[0].name == "dashboards/overview.html"
    assert response.context["town"] is None


def test_a_liaison_begins_with_the_own_town(
    signed_in: SignedIn, liaison: User, own_town: Town
) -> None:
    client = signed_in(liaison)
    assert client.get("/").url == town_page(own_town)  # type: ignore[attr-defined]
    assert client.get(reverse("dashboards:district_page")).url == "/"  # type: ignore[attr-defined]


def test_a_liaison_of_several_towns_chooses(
    signed_in: SignedIn, own_town: Town, other_town: Town
) -> None:
    page = signed_in(factories.liaison(own_town, other_town)).get("/").content.decode()
    assert town_page(own_town) in page
    assert town_page(other_town) in page


def test_a_liaison_without_a_town_is_told_what_to_do(signed_in: SignedIn) -> None:
    assert "您还没有所在的街镇" in signed_in(factories.liaison()).get("/").content.decode()


def test_another_towns_page_is_not_there(
    signed_in: SignedIn, liaison: User, other_town: Town
) -> None:
    assert signed_in(liaison).get(town_page(other_town)).status_code == 404


def test_the_sentence_says_what_was_held_and_how_it_compares(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    factories.activity(own_town, start_on=date(2023, 5, 2))
    factories.activity(own_town, headcount=1200)
    factories.activity(own_town, headcount=34)
    words = plain(signed_in(officer).get("/" + AS_OF).context["overview"].opening)
    assert words.startswith("2024年以来，全区举办活动 2 场，参加 1,234 人次，比去年同期多 1 场；")


@pytest.mark.parametrize(
    ("before", "words"), [(0, ""), (1, "，与去年同期持平"), (4, "，比去年同期少 3 场")]
)
def test_a_change_is_said_with_its_direction(
    signed_in: SignedIn, officer: User, own_town: Town, before: int, words: str
) -> None:
    for _ in range(before):
        factories.activity(own_town, start_on=date(2023, 3, 2))
    factories.activity(own_town)
    said = plain(signed_in(officer).get("/" + AS_OF).context["overview"].opening)
    assert f"参加 10 人次{words}；" in said


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (8140, 8132, "，与去年同期基本持平"),
        (8132, 8140, "，与去年同期基本持平"),
        (8213, 8132, "，活动同比增长 1%"),
        (12, 48, "，活动同比下降 75%"),
        (5, 0, ""),
    ],
)
def test_a_change_too_small_for_a_per_cent_is_none(now: int, before: int, words: str) -> None:
    question = Question(district(), Period.parse("2024"), date(2024, 5, 27), WHOLE_DISTRICT)
    asked = Asked(ACTIVITIES, question)
    held = Comparison(Against.YEAR_BEFORE, Answer(asked, {(): now}), Answer(asked, {(): before}))
    assert change_words(held) == words


def plain(markup: str) -> str:
    return re.sub(r"<[^>]+>", "", markup)


def test_last_year_is_counted_to_the_same_day(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    factories.activity(own_town, start_on=date(2023, 5, 27))
    factories.activity(own_town, start_on=date(2023, 5, 28))
    overview = signed_in(officer).get("/" + AS_OF).context["overview"]
    assert [(one.label, one.base) for one in overview.strip[0].beside] == [("同比", "去年同期 1")]
    compared, now = overview.months.series
    assert (compared.name, list(compared.values)) == ("2023", [0, 0, 0, 0, 1])
    assert (now.name, list(now.values)) == ("2024", [0, 0, 0, 0, 0])


def test_a_town_is_compared_with_itself_and_never_ranked(
    signed_in: SignedIn, officer: User
) -> None:
    second = factories.town("乙镇", order=2)
    first = factories.town("甲镇", order=1)
    for _ in range(3):
        factories.activity(second)
    factories.activity(second, start_on=date(2023, 5, 1))
    factories.activity(first, start_on=date(2024, 2, 1))
    matrix = signed_in(officer).get("/" + AS_OF).context["overview"].matrix
    rows = [(row.label, [str(cell.words) for cell in row.cells]) for row in matrix.rows]
    assert rows == [
        ("甲镇", ["—", "1", "—", "—", "—", "1", "—", "+1"]),
        ("乙镇", ["—", "—", "—", "—", "3", "3", "1", "+2"]),
    ]
    assert [str(column) for column in matrix.columns][-3:] == ["合计", "去年同期", "增减"]


def test_grey_brands_and_empty_fields_are_plain_to_see(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    culture = factories.brand(own_town, "常有活动").field
    welfare = BrandField.objects.create(name="公益", order=9)
    factories.brand(own_town, "久无活动", field=welfare)
    BrandField.objects.create(name="乡村振兴", order=10)
    factories.activity(own_town, brand=culture.brands.get())
    overview = signed_in(officer).get("/" + AS_OF).context["overview"]
    cells = {
        str(column): cell
        for column, cell in zip(overview.brands.columns, overview.brands.rows[0].cells, strict=True)
    }
    assert (cells["文化"].words, cells["文化"].tone) == ("常有活动", None)
    assert (cells["公益"].words, cells["公益"].meaning) == ("○久无活动", "○久无活动，沉寂")
    assert cells["乡村振兴"].words == "—"


def test_gaps_are_named_with_what_is_missing(
    signed_in: SignedIn, officer: User, own_town: Town, other_town: Town
) -> None:
    village = factories.village(own_town, "缺人村")
    factories.post(village, Post.Kind.OFFICER)
    staffed = factories.village(other_town)
    for kind in (Post.Kind.OFFICER, Post.Kind.LIAISON):
        factories.post(staffed, kind)
    factories.town("示例空镇")
    staffing, full, empty = signed_in(officer).get("/" + AS_OF).context["overview"].staffing
    assert (staffing.town, full.town) == (own_town, other_town)
    assert [one.is_full for one in (staffing, full, empty)] == [False, True, False]
    assert [(gap.village.name, gap.missing) for gap in staffing.gaps] == [("缺人村", "联络员")]
    assert plain(f"{staffing.staffed}/{staffing.villages}") == "0/1"


def test_what_waits_is_told_with_how_long(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    days_ago = timezone.now() - timedelta(days=2)
    factories.activity(own_town, review=Activity.Review.SUBMITTED, submitted_at=days_ago)
    factories.activity(
        own_town, review=Activity.Review.RETURNED, reviewed_at=days_ago, return_reason="缺人数"
    )
    waiting = signed_in(officer).get("/").context["overview"].waiting.waiting
    assert [(str(one.state.word), str(one.detail), str(one.action.label)) for one in waiting] == [
        ("待审核", "华新镇，在区里 2 天", "审核"),
        ("已退回", "华新镇，在镇里 2 天：缺人数", "查看"),
    ]


def test_what_ends_soon_is_remembered(signed_in: SignedIn, officer: User, own_town: Town) -> None:
    chamber = factories.chamber(own_town, "示例商会")
    factories.honour(chamber, title="示例荣誉甲", valid_until=date(2024, 6, 1))
    factories.honour(chamber, title="示例荣誉乙", valid_until=date(2026, 6, 1))
    (reminder,) = signed_in(officer).get("/" + AS_OF).context["overview"].reminders
    assert (reminder.subject, reminder.until) == ("示例荣誉甲", "2024年6月1日")


def test_a_towns_page_names_its_chambers_venues_and_people(
    signed_in: SignedIn, liaison: User, own_town: Town
) -> None:
    chamber = factories.chamber(own_town, "示例商会")
    factories.membership(chamber)
    venue = factories.venue(own_town, "示例阵地")
    factories.activity(own_town, venue=venue)
    Post.objects.create(town=own_town, kind=Post.Kind.COMMITTEE_MEMBER, holder="示例甲")
    overview = signed_in(liaison).get(town_page(own_town) + AS_OF).context["overview"]
    assert [(one.name, plain(one.number)) for one in overview.chambers] == [("示例商会", "1")]
    assert [(one.name, plain(one.number)) for one in overview.venues] == [("示例阵地", "1")]
    assert [post.name for _kind, post in overview.posts] == ["示例甲"]
    assert overview.town_choice is None


def test_every_number_opens_rows_that_add_up_to_it(signed_in: SignedIn, officer: User) -> None:
    made = RandomDistrict(5)
    client = signed_in(officer)
    for page in ("/", town_page(made.towns[0])):
        html = client.get(f"{page}?period=2024&as_of=2024-06-30").content.decode()
        links = re.findall(r'<a class="num" href="(/figures/[^"]+)">([^<]+)</a>', html)
        assert len(links) > 20
        for address, words in sorted(set(links)):
            kept_pages.forget()  # a kept page brings no context
            response = client.get(address.replace("&amp;", "&"))
            shown = words.replace(",", "").replace("−", "-")
            assert float(response.context["total"]) == float(shown), address
            if not FIGURES[address.split("/")[2]].measure:
                assert response.context["records"].count == int(shown), address


@pytest.mark.parametrize("role", ["officer", "liaison"])
def test_the_number_of_queries_is_small_and_does_not_grow(
    signed_in: SignedIn,
    officer: User,
    liaison: User,
    own_town: Town,
    role: str,
) -> None:
    client = signed_in(officer if role == "officer" else liaison)
    page = "/" + AS_OF if role == "officer" else town_page(own_town) + AS_OF
    few = queries_of(client, page)
    for _ in range(8):
        factories.post(factories.village(own_town))
        venue, brand = factories.venue(own_town), factories.brand(own_town)
        factories.activity(own_town, venue=venue, brand=brand)
        factories.honour(factories.chamber(own_town), valid_until=date(2024, 7, 1))
        factories.activity(own_town, review=Activity.Review.SUBMITTED)
    many = queries_of(client, page)
    assert many <= MOST_QUERIES
    assert many - few <= 2  # a prefetch of posts runs once there are gaps


def queries_of(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_a_period_and_a_day_stand_in_the_address(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    factories.activity(own_town, start_on=date(2023, 2, 3))
    overview = signed_in(officer).get("/?period=2023-Q1&as_of=2024-05-27").context["overview"]
    assert overview.strip[0].value == 1
    assert overview.strip[0].url.endswith("scope=district&period=2023-Q1&as_of=2024-05-27")
    on = [choice.words for choice in overview.period.choices if choice.is_on]
    assert on == []
    assert overview.period.words == "2023年第1季度 · 2024-05-27"


def test_filters_stand_in_the_address_and_are_kept_when_drilling_down(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    talk, visit = factories.kind("talk", "座谈"), factories.kind("visit", "走访")
    factories.activity(own_town, kind=talk, mode=Activity.Mode.ONLINE)
    factories.activity(own_town, kind=talk)
    factories.activity(own_town, kind=visit)
    factories.membership(factories.chamber(own_town))
    overview = signed_in(officer).get(f"/{AS_OF}&kind=talk").context["overview"]
    assert (overview.strip[0].value, overview.strip[3].value) == (2, 1)
    assert plain(overview.opening).startswith("2024年以来，全区举办活动（座谈） 2 场")
    (row,) = overview.matrix.rows
    urls = [cell.url for cell in row.cells if cell.url] + [row.url, overview.strip[0].url]
    assert urls
    assert all("kind=talk" in url for url in urls)
    assert [(pill.label, pill.words) for pill in overview.filters.pills] == [("活动类型", "座谈")]
    choices = [*overview.period.choices]
    assert all("kind=talk" in choice.url for choice in choices)


def test_a_pill_takes_one_filter_away(signed_in: SignedIn, officer: User, own_town: Town) -> None:
    factories.activity(own_town, kind=factories.kind("talk", "座谈"))
    client = signed_in(officer)
    overview = client.get(f"/{AS_OF}&kind=talk&mode=online").context["overview"]
    first, second = overview.filters.pills
    assert "kind=talk" not in first.remove_url
    assert "mode=online" in first.remove_url
    assert "kind=talk" in second.remove_url
    assert client.get(first.remove_url).context["overview"].strip[0].value == 0
    assert client.get(overview.filters.clear_url).context["overview"].strip[0].value == 1


def test_a_filter_nobody_knows_is_said_and_counts_all(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    factories.activity(own_town)
    answer = signed_in(officer).get("/?period=2024&as_of=2024-05-27&kind=no-such")
    assert "没有这个活动类型" in answer.content.decode()
    assert answer.context["overview"].strip[0].value == 1


def test_a_brand_of_another_town_is_no_filter_for_a_liaison(
    signed_in: SignedIn, liaison: User, own_town: Town, other_town: Town
) -> None:
    brand = factories.brand(other_town, "别镇品牌")
    page = signed_in(liaison).get(f"{town_page(own_town)}{AS_OF}&brand={brand.pk}")
    assert page.context["overview"].filters.pills == []
    assert "别镇品牌" not in page.content.decode()


def test_a_figure_stands_beside_its_bases_and_over_its_months(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    for day in (date(2023, 5, 3), date(2024, 4, 3), date(2024, 5, 3), date(2024, 5, 4)):
        factories.activity(own_town, start_on=day)
    figure = (
        signed_in(officer).get("/?period=2024-05&as_of=2024-05-27").context["overview"].strip[0]
    )
    said = [(str(one.label), str(one.change), str(one.base)) for one in figure.beside]
    assert said == [
        ("同比", "多 1", "去年同期 1"),
        ("环比", "多 1", "上一期 1"),
        ("今年以来", "", "3"),
    ]
    assert [one.url.count("/figures/activities/") for one in figure.beside] == [1, 1, 1]
    assert [point.value for point in figure.spark.points] == [0, 0, 0, 1, 2]
    assert all(point.url for point in figure.spark.points)


def test_the_newest_activities_show_their_first_picture(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    activity = factories.activity(own_town)
    pictures = [
        Photo.objects.create(activity=activity, file="x.jpg", sha256=str(order), order=order)
        for order in (2, 1)
    ]
    html = signed_in(officer).get("/" + AS_OF).content.decode()
    assert f'src="/activities/photos/{pictures[1].pk}/small/"' in html
    assert f"photos/{pictures[0].pk}/small" not in html


def test_a_hidden_figure_leaves_the_strip_and_a_renamed_one_shows_its_name(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    FigureSetting.objects.create(key="honours", is_hidden=True)
    FigureSetting.objects.create(key="venues", title="活动阵地")
    labels = [one.label for one in signed_in(officer).get("/").context["overview"].strip]
    assert labels == ["活动", "参加", "活动阵地", "会员企业", "村居配备"]


@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        ((), "举办活动 0 场，参加 0 人次；商会会员企业 0 家，其中理事以上 0 家；1 个村居中 0 个"),
        (("headcount", "members"), "举办活动 0 场；商会理事以上企业 0 家；1 个村居中 0 个"),
        (("activities", "villages_staffed"), "活动参加 0 人次；商会会员企业 0 家，其中理事以上 0"),
        (
            ("activities", "headcount", "members", "council_enterprises", "villages"),
            "今年以来，华新镇配齐干事和联络员的村居 0 个。",
        ),
    ],
)
def test_the_opening_leaves_out_what_is_hidden(
    signed_in: SignedIn, liaison: User, own_town: Town, hidden: tuple[str, ...], words: str
) -> None:
    factories.village(own_town)
    for key in hidden:
        FigureSetting.objects.create(key=key, is_hidden=True)
    overview = signed_in(liaison).get(town_page(own_town)).context["overview"]
    assert words in plain(overview.opening)
    labels = {figure.label for figure in overview.strip}
    assert ("会员企业" in labels) is ("members" not in hidden)


def test_who_keeps_the_registers_is_led_to_the_form_of_the_town(
    signed_in: SignedIn, administrator: User, officer: User, own_town: Town
) -> None:
    form = reverse("towns:edit_town", args=[own_town.pk])
    assert form in signed_in(administrator).get(town_page(own_town)).content.decode()
    assert form not in signed_in(officer).get(town_page(own_town)).content.decode()


def test_a_dashboard_opens_with_the_view_its_reader_chose(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    view = save_view(name="上季度", path="/", query="period=2024-Q1", by=officer)
    choose_default_view(view=view, by=officer)
    client = signed_in(officer)
    assert client.get("/").url == "/?period=2024-Q1"  # type: ignore[attr-defined]
    assert client.get("/?all=1").status_code == 200


def test_two_days_of_the_form_become_one_address(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    client = signed_in(officer)
    response: Any = client.get("/?from=2024-01-01&to=2024-03-31&as_of=2024-05-01")
    assert response.url == "/?period=2024-Q1&as_of=2024-05-01"
    for query in ("from=2024-05-01&to=2024-01-01", "from=x&to=y"):
        answer = client.get(f"/?{query}", follow=True)
        assert answer.redirect_chain == [("/", 302)]
        assert [str(one) for one in answer.context["messages"]]


def test_a_period_nobody_understands_is_said(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    page = signed_in(officer).get("/?period=sometime").content.decode()
    assert "看不懂期间“sometime”" in page


def test_a_joint_activity_stands_in_both_towns_and_once_in_the_district(
    signed_in: SignedIn, officer: User, own_town: Town, other_town: Town
) -> None:
    joint = factories.activity(own_town)
    Host.objects.create(activity=joint, part=Host.Part.CO_HOST, town=other_town)
    overview = signed_in(officer).get("/" + AS_OF).context["overview"]
    assert overview.strip[0].value == 1
    assert [row.cells[-3].words for row in overview.matrix.rows] == ["1", "1"]


def test_only_who_may_export_is_offered_it(
    signed_in: SignedIn, officer: User, auditor: User
) -> None:
    assert officer.can(Permission.EXPORT)
    assert signed_in(officer).get("/").context["overview"].export_url
    assert not signed_in(auditor).get("/").context["overview"].export_url


def test_names_are_text_and_never_markup(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    bad = "<script>alert(1)</script>"
    chamber = factories.chamber(own_town, bad)
    factories.honour(chamber, title=bad, valid_until=date(2024, 6, 1))
    factories.activity(own_town, bad, venue=factories.venue(own_town, bad))
    factories.village(own_town, bad)
    factories.brand(own_town, bad)
    client = signed_in(officer)
    for page in ("/" + AS_OF, town_page(own_town) + AS_OF, "/search/?q=alert"):
        html = client.get(page).content.decode()
        assert bad not in html
        assert escape(bad) in html


def test_links_of_a_page_stay_on_it(signed_in: SignedIn, officer: User, own_town: Town) -> None:
    html = signed_in(officer).get(town_page(own_town)).content.decode()
    links = re.findall(r'(?:href|src|action)="([^"]*)"', html)
    assert not [link for link in links if urlsplit(link).netloc]
