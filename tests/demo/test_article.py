"""The press article of 27 May 2024: each of its facts, read from the pages a person reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils.html import strip_tags

from accounts.models import User
from activities.models import Activity
from chambers.models import Chamber
from demo import article
from tests.conftest import SignedIn
from tests.journeys import demo_district
from venues.models import Venue

# Also those that ask no page: what is unmarked runs after tests that empty the database.
pytestmark = pytest.mark.django_db

DAY = article.ARTICLE_DAY.isoformat()
HUAXIN, ZHAOXIANG = f"town:{article.HUAXIN}", f"town:{article.ZHAOXIANG}"


@pytest.fixture(scope="module", autouse=True)
def district(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo district as it is on the article's day, written once for all facts."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo_district.seed(article.ARTICLE_DAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def reader(db: None, signed_in: SignedIn) -> Client:
    return signed_in(User.objects.get(username="qujian"))


def words(client: Client, path: str) -> str:
    """What the page says, tags and line breaks removed."""
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def rows(client: Client, key: str, scope: str, period: str = "2024") -> tuple[int, int]:
    """The number on a figure's page and how many rows that page lists."""
    path = f"/figures/{key}/?scope={scope}&period={period}&as_of={DAY}&per_page=200"
    answer = client.get(path)
    text = re.sub(r"\s+", " ", strip_tags(answer.content.decode()))
    found = re.search(r"共 ([\d,]+) 条", text)
    assert found, text[:500]
    return int(found[1].replace(",", "")), answer.content.decode().count("<tr") - 1


def figures(**options: str) -> dict[str, float]:
    """What `./run manage figures --json` answers, by key."""
    out = StringIO()
    call_command("figures", json=True, as_of=DAY, stdout=out, **options)
    return {one["key"]: one["value"] for one in json.loads(out.getvalue())["figures"]}


def test_huaxin_has_154_members_34_of_them_council_or_above(reader: Client) -> None:
    assert rows(reader, "members", HUAXIN) == (154, 154)
    assert rows(reader, "council_enterprises", HUAXIN) == (34, 34)


def test_huaxin_has_eight_honours_at_three_levels(reader: Client) -> None:
    assert rows(reader, "honours", HUAXIN) == (8, 8)
    chamber = Chamber.objects.get(name=article.HUAXIN_CHAMBER)
    page = words(reader, f"/chambers/{chamber.pk}/")
    for fact in ("全国“四好”商会", "上海市光彩事业组织奖", "国家级", "市级", "区级"):
        assert fact in page


def test_the_home_of_huaxins_chamber(reader: Client) -> None:
    page = words(reader, f"/venues/{Venue.objects.get(name='华新镇商会之家').pk}/")
    assert "650" in page
    for zone in ("商会成果展示", "商会综合办公", "商会以商引商服务"):
        assert zone in page
    for neighbour in ("上海华民经济城开发有限公司", "华新市场监督管理所"):
        assert neighbour in page
    for function in ("联络感情", "文化交流", "维护权益", "发展谋划"):
        assert function in page


def test_the_e_park_held_more_than_60_activities_and_the_page_lists_them(reader: Client) -> None:
    venue = Venue.objects.get(name=article.E_PARK)
    number, listed = rows(reader, "venue_activities", f"venue:{venue.pk}")
    assert number == listed == article.E_PARK_ACTIVITIES > 60
    held = Activity.objects.filter(
        venue=venue, start_on__range=("2024-01-01", DAY), review="confirmed", state="held"
    )
    assert held.count() == number


def test_zhaoxiang_has_40_villages_all_of_them_staffed(reader: Client) -> None:
    assert rows(reader, "villages", ZHAOXIANG) == (40, 40)
    assert rows(reader, "villages_staffed", ZHAOXIANG) == (40, 40)


def test_the_list_of_june_2023_gives_zhaoxiang_30(reader: Client) -> None:
    path = f"/figures/villages/?scope={ZHAOXIANG}&period=2023&as_of=2023-06-30"
    assert "共 30 条" in words(reader, path)


def test_zhaoxiangs_complex_has_its_parts(reader: Client) -> None:
    page = words(reader, f"/venues/{Venue.objects.get(name=article.COMPLEX).pk}/")
    for words_of_fact in (*article.COMPLEX_PARTS, *article.COMPLEX_FUNCTIONS):
        assert words_of_fact in page
    park = Venue.objects.get(name="同心巷聚统战文化公园")
    assert "金葫芦社区居委会" in words(reader, f"/venues/{park.pk}/")


def test_xujings_activities_and_members(reader: Client) -> None:
    for name in ("“国际家庭日”活动", "“同心筑梦”助学捐赠", "与异地商会交流座谈", "联采项目对接会"):
        activity = Activity.objects.get(name__startswith=name)
        assert name in words(reader, f"/activities/{activity.pk}/")
    bands = words(reader, f"/enterprises/?town={article.XUJING}&tax_band=千万级")
    assert "千万级" in bands


def test_the_district_meeting_counts_once_in_the_district_and_in_each_town(reader: Client) -> None:
    meeting = Activity.objects.get(name="全区统战干部培训班暨现场会")
    assert meeting.start_on == article.ARTICLE_DAY
    for scope in ("district", HUAXIN, ZHAOXIANG, f"town:{article.XUJING}"):
        path = f"/figures/activities/?scope={scope}&period={DAY}..{DAY}&as_of={DAY}"
        assert words(reader, path).count(meeting.name) == 1
    elsewhere = f"/figures/activities/?scope=town:310118110&period={DAY}..{DAY}&as_of={DAY}"
    assert meeting.name not in words(reader, elsewhere)


def test_brands_stand_in_their_towns(reader: Client) -> None:
    page = words(reader, "/brands/?per_page=200")
    for _town, _field, name in article.BRANDS:
        assert name in page


def test_the_command_tells_the_same_figures() -> None:
    huaxin = figures(town=article.HUAXIN)
    assert [huaxin[key] for key in ("members", "council_enterprises", "honours")] == [154, 34, 8]
    zhaoxiang = figures(town=article.ZHAOXIANG)
    assert [zhaoxiang[key] for key in ("villages", "villages_staffed")] == [40, 40]
    assert figures(venue=article.E_PARK)["venue_activities"] > 60


def test_everything_invented_says_so() -> None:
    contacts = Chamber.objects.get(name=article.HUAXIN_CHAMBER).memberships.select_related(
        "enterprise"
    )
    assert all("示例" in one.enterprise.name for one in contacts)
    assert all(one.enterprise.contact.startswith("示例") for one in contacts)


def test_the_newest_activities_of_each_town_have_a_picture(reader: Client) -> None:
    for page in (f"/?as_of={DAY}", f"/towns/{article.HUAXIN}/?as_of={DAY}"):
        shown = re.findall(r'<img src="([^"]+)"', reader.get(page).content.decode())
        assert len(shown) >= 2, page
        picture = reader.get(shown[0])
        assert picture.status_code == 200
        assert b"".join(picture).startswith(b"\xff\xd8\xff")
