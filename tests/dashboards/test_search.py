"""Search: any part of a name, pinyin, initials or a credit code, within what a person may see."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from tests import factories
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db


def found(signed_in: SignedIn, user: User, typed: str) -> dict[str, list[str]]:
    response = signed_in(user).get("/search/", {"q": typed})
    assert response.status_code == 200
    return {str(kind.title): [hit.name for hit in kind.hits] for kind in response.context["found"]}


@pytest.mark.parametrize(
    "typed", ["华新镇商", "新镇商会", "hxzsh", "huaxinzhenshang", "  华新镇商会 "]
)
def test_a_name_is_found_by_any_part_pinyin_or_initials(
    signed_in: SignedIn, officer: User, own_town: Town, typed: str
) -> None:
    factories.chamber(own_town, "华新镇商会")
    assert found(signed_in, officer, typed) == {"商会": ["华新镇商会"]}


def test_everything_with_a_name_is_looked_through(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    factories.town("同心镇")
    factories.chamber(own_town, "同心商会")
    factories.enterprise(own_town, "同心企业")
    factories.venue(own_town, "同心阵地")
    factories.brand(own_town, "同心品牌")
    factories.village(own_town, "同心村")
    factories.activity(own_town, "同心活动")
    assert found(signed_in, officer, "tongxin") == {
        "街镇": ["同心镇"],
        "商会": ["同心商会"],
        "企业": ["同心企业"],
        "阵地": ["同心阵地"],
        "品牌": ["同心品牌"],
        "村居": ["同心村"],
        "活动": ["同心活动"],
    }


@pytest.mark.parametrize("typed", ["91310118", "91310118MA1JL0000", "91310118ma1jl"])
def test_an_enterprise_is_found_by_its_credit_code(
    signed_in: SignedIn, officer: User, own_town: Town, typed: str
) -> None:
    factories.enterprise(own_town, "示例甲", credit_code="91310118MA1JL00000")
    factories.enterprise(own_town, "示例乙", credit_code="91310115MA1JL00001")
    assert found(signed_in, officer, typed) == {"企业": ["示例甲"]}


def test_another_town_is_not_found(
    signed_in: SignedIn, liaison: User, own_town: Town, other_town: Town
) -> None:
    for town in (own_town, other_town):
        factories.venue(town, f"{town}阵地")
        factories.activity(town, f"{town}活动")
        factories.enterprise(town, f"{town}企业")
    for typed in ("镇", "xjz", "徐泾"):
        names = [name for hits in found(signed_in, liaison, typed).values() for name in hits]
        assert not [name for name in names if "徐泾" in name]


@pytest.mark.parametrize("typed", ["%", "_", "%%%%", "\x00", "'", "\\", "　", "\u200b"])
def test_signs_of_the_database_are_letters(
    signed_in: SignedIn, officer: User, own_town: Town, typed: str
) -> None:
    factories.chamber(own_town, "普通商会")
    assert found(signed_in, officer, typed) == {}


def test_the_newest_activities_come_first_and_the_list_has_the_others(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    for day in range(1, 12):
        factories.activity(own_town, f"座谈会{day}", start_on=f"2024-05-{day:02d}")
    (kind,) = signed_in(officer).get("/search/?q=座谈会").context["found"]
    assert [hit.name for hit in kind.hits][:2] == ["座谈会11", "座谈会10"]
    assert len(kind.hits) == 8
    assert kind.more_url.endswith("?q=%E5%BA%A7%E8%B0%88%E4%BC%9A")


def test_htmx_gets_the_results_alone(signed_in: SignedIn, officer: User, own_town: Town) -> None:
    client = signed_in(officer)
    asked = {"HX-Request": "true", "HX-Target": "search-results"}
    alone = client.get("/search/?q=华新", headers=asked).content.decode()
    assert alone.lstrip().startswith('<div id="search-results"')
    assert "<html" in client.get("/search/?q=华新").content.decode()


def test_an_empty_search_says_what_can_be_found(signed_in: SignedIn, officer: User) -> None:
    assert "可以搜索街镇" in signed_in(officer).get("/search/").content.decode()
    assert "没有找到" in signed_in(officer).get("/search/?q=无此名").content.decode()


def test_the_number_of_queries_does_not_grow(
    signed_in: SignedIn, officer: User, own_town: Town, django_assert_max_num_queries: Any
) -> None:
    for number in range(9):
        factories.venue(own_town, f"同心阵地{number}")
        factories.enterprise(own_town, f"同心企业{number}")
    client = signed_in(officer)
    with django_assert_max_num_queries(12):
        client.get("/search/?q=同心")
