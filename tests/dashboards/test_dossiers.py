"""One page about one thing: its figures open their rows, its timeline holds what happened."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from activities.models import Host
from chambers.models import Milestone, Position, Term
from dashboards.events import Row, timeline
from tests import factories
from tests.conftest import SignedIn
from towns.models import Post, Town
from venues.models import Neighbour, Venue

pytestmark = pytest.mark.django_db
AS_OF = "?period=2024&as_of=2024-05-27"
MOST_QUERIES = 15


def dossier(client: Any, record: Any, query: str = AS_OF) -> Any:
    return client.get(record.get_absolute_url() + query).context["dossier"]


def plain(markup: str) -> str:
    return re.sub(r"<[^>]+>", "", str(markup))


def told(found: Any) -> list[tuple[str, str]]:
    return [(f"{one.day:%Y-%m-%d}", one.title) for one in found.happenings]


def test_a_chamber_tells_its_figures_and_its_story(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    chamber = factories.chamber(own_town, "示例商会", founded_on=date(2005, 6, 18))
    factories.membership(chamber, position=Position.PRESIDENT, joined_on=date(2020, 1, 1))
    Term.objects.create(
        chamber=chamber, number=4, from_on=date(2022, 4, 1), to_on=date(2027, 3, 31)
    )
    Milestone.objects.create(chamber=chamber, happened_on=date(2023, 10, 20), title="启用新址")
    factories.honour(chamber, title="示例荣誉", awarded_on=date(2023, 1, 10), valid_until=None)
    activity = factories.activity(own_town, headcount=30)
    Host.objects.create(activity=activity, part=Host.Part.HOST, chamber=chamber)
    found = dossier(signed_in(officer), chamber)
    values = {str(figure.label): figure.value for figure in found.strip}
    assert values == {"会员企业": 1, "理事以上": 1, "荣誉": 1, "阵地": 0, "活动": 1, "参加": 30}
    assert plain(found.opening) == "2024年以来，示例商会举办活动 1 场，参加 30 人次。"
    assert told(found) == [
        ("2023-10-20", "启用新址"),
        ("2023-01-10", "获得荣誉：示例荣誉"),
        ("2022-04-01", "第4届理事会产生"),
        ("2005-06-18", "成立"),
    ]


def test_a_venue_counts_what_its_parts_held(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    whole = factories.venue(own_town, "示例综合体", kind=Venue.Kind.COMPLEX)
    part = factories.venue(own_town, "示例公园", parent=whole)
    held = factories.activity(own_town, "读书会", venue=part, donation_yuan=500)
    found = dossier(signed_in(officer), whole)
    values = {str(figure.label): figure.value for figure in found.strip}
    assert values == {"活动": 1, "参加": 10, "联合举办": 0, "爱心捐赠": 500}
    assert [one.pk for one in found.latest] == [held.pk]
    assert "读书会" in [title for _day, title in told(found)]


def test_a_brand_shows_its_activities_of_the_period_and_tells_earlier_ones(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    brand = factories.brand(own_town, "示例品牌")
    factories.activity(own_town, "今年", brand=brand)
    factories.activity(own_town, "往年", brand=brand, start_on=date(2021, 3, 1))
    found = dossier(signed_in(officer), brand)
    assert found.strip[0].value == 1
    titles = [title for _day, title in told(found)]
    assert ("今年" in titles, "往年" in titles) == (True, True)


def test_an_enterprise_tells_its_memberships_and_what_it_hosted(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    chamber, enterprise = factories.chamber(own_town, "示例商会"), factories.enterprise(own_town)
    factories.membership(
        chamber, enterprise, position=Position.PRESIDENT, joined_on=date(2019, 5, 1)
    )
    activity = factories.activity(own_town, "助学", start_on=date(2024, 3, 4))
    Host.objects.create(activity=activity, part=Host.Part.CO_HOST, enterprise=enterprise)
    found = dossier(signed_in(officer), enterprise, "")
    assert ("2019-05-01", "加入示例商会") in told(found)
    assert ("2024-03-04", "助学") in told(found)
    assert [one.name for one in found.latest] == ["助学"]


def test_a_village_tells_who_took_and_left_its_posts(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    village = factories.village(own_town)
    factories.post(
        village,
        Post.Kind.OFFICER,
        holder="示例甲",
        from_on=date(2020, 1, 1),
        to_on=date(2022, 1, 1),
    )
    assert told(dossier(signed_in(officer), village, "")) == [
        ("2022-01-01", "示例甲离任统战干事"),
        ("2020-01-01", "示例甲任统战干事"),
    ]


def test_a_record_of_another_town_keeps_its_story_to_itself(
    signed_in: SignedIn, liaison: User, own_town: Town, other_town: Town
) -> None:
    enterprise = factories.enterprise(own_town)
    elsewhere = factories.chamber(other_town, "别镇商会")
    factories.membership(elsewhere, enterprise, joined_on=date(2019, 5, 1))
    page = signed_in(liaison).get(enterprise.get_absolute_url())
    assert "别镇商会" not in page.content.decode()


def test_every_number_of_a_record_opens_rows_that_add_up_to_it(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    venue = factories.venue(own_town)
    for day in (date(2023, 5, 1), date(2024, 2, 1), date(2024, 5, 2)):
        factories.activity(own_town, venue=venue, start_on=day, headcount=7)
    client = signed_in(officer)
    html = client.get(venue.get_absolute_url() + AS_OF).content.decode()
    links = set(re.findall(r'<a class="num" href="(/figures/[^"]+)">([^<]+)</a>', html))
    assert len(links) > 4
    for address, words in links:
        total = client.get(address.replace("&amp;", "&")).context["total"]
        assert float(total) == float(words.replace(",", "")), address


def test_the_history_is_fetched_when_it_is_looked_at(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    brand = factories.brand(own_town)
    client, page = signed_in(officer), brand.get_absolute_url()
    answer = client.get(page)
    assert f'hx-get="{page}?history=newest"' in answer.content.decode()
    assert answer.context["history"] == ()
    assert client.get(page + "?history=newest").context["history"]
    headers = {"hx-request": "true", "hx-target": "history"}
    alone = client.get(page + "?history=newest", headers=headers).content.decode()
    assert alone.lstrip().startswith("<section")


def test_a_page_says_the_moment_of_its_data(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    brand = factories.brand(own_town)
    html = signed_in(officer).get(brand.get_absolute_url() + AS_OF).content.decode()
    assert "数据截至 " in html
    assert "这些数字截至 2024年5月27日" in html


@pytest.mark.parametrize("kind", ["chamber", "venue", "brand", "enterprise", "village"])
def test_the_queries_of_a_record_are_few_and_do_not_grow(
    signed_in: SignedIn, officer: User, own_town: Town, kind: str
) -> None:
    chamber = factories.chamber(own_town)
    made: dict[str, Any] = {
        "chamber": chamber,
        "venue": factories.venue(own_town, chamber=chamber),
        "brand": factories.brand(own_town),
        "enterprise": factories.enterprise(own_town),
        "village": factories.village(own_town),
    }
    client, page = signed_in(officer), made[kind].get_absolute_url()
    client.get(page)
    for number in range(4):
        activity = factories.activity(own_town, venue=made["venue"], brand=made["brand"])
        Host.objects.create(activity=activity, part=Host.Part.HOST, chamber=chamber)
        Host.objects.create(
            activity=activity, part=Host.Part.CO_HOST, enterprise=made["enterprise"]
        )
        factories.membership(factories.chamber(own_town), made["enterprise"])
        factories.honour(chamber, title=f"荣誉{number}")
        factories.venue(own_town, parent=made["venue"])
        factories.post(made["village"], holder=f"示例{number}")
        Neighbour.objects.create(
            venue=made["venue"], name=f"单位{number}", enterprise=made["enterprise"]
        )
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    assert len(captured) <= MOST_QUERIES


def test_what_was_written_down_as_a_milestone_is_not_told_twice() -> None:
    founded, elected = date(2005, 6, 18), date(2022, 4, 1)
    rows = [
        Row("milestone", founded, "商会成立", "", None),
        Row("milestone", elected, "第四届理事会换届", "", None),
        Row("council", elected, "4", "", None),
        Row("council", date(2017, 4, 1), "3", "", None),
    ]
    told = [one.title for one in timeline(rows, (founded, "成立"), (date(2024, 1, 1), "注销"))]
    assert told == ["注销", "第四届理事会换届", "第3届理事会产生", "商会成立"]
