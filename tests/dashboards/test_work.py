"""My work: what this person should do next, and how much of it, by role."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from activities.models import Activity
from chambers.models import Term
from dashboards.work import count_waiting
from tests import factories
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db
URL = "/work/"
OPEN: dict[str, Any] = {
    "review": Activity.Review.DRAFT,
    "state": Activity.State.PLANNED,
    "start_on": date(2999, 1, 1),
}


def tasks(signed_in: SignedIn, user: User) -> dict[str, list[str]]:
    """The titles of the kinds of tasks, each with what is to be done about its items."""
    context = signed_in(user).get(URL).context
    return {
        str(task.title): [str(item.action.label) for item in task.items]
        for task in context["tasks"]
    }


def states(signed_in: SignedIn, user: User) -> dict[str, list[str]]:
    """The titles of the kinds of tasks, each with the states of its items."""
    context = signed_in(user).get(URL).context
    return {
        str(task.title): [str(item.state.word) for item in task.items] for task in context["tasks"]
    }


def test_an_officer_reviews_what_waits_longest_first(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    now = timezone.now()
    for days in (1, 3, 2):
        factories.activity(
            own_town,
            f"等了{days}天",
            review=Activity.Review.SUBMITTED,
            submitted_at=now - timedelta(days=days),
        )
    (task,) = signed_in(officer).get(URL).context["tasks"]
    assert [str(item.subject) for item in task.items] == ["等了3天", "等了2天", "等了1天"]
    assert "已等 3 天" in str(task.items[0].detail)
    assert task.answer.value == 3
    assert count_waiting(officer) == 3


def test_a_liaison_mends_completes_and_reports_back(
    signed_in: SignedIn, liaison: User, own_town: Town, other_town: Town
) -> None:
    factories.activity(own_town, review=Activity.Review.RETURNED, return_reason="请补充人次")
    factories.activity(own_town, **OPEN)
    overdue: dict[str, Any] = {
        **OPEN,
        "start_on": date(2024, 1, 1),
        "review": Activity.Review.CONFIRMED,
    }
    factories.activity(own_town, **overdue)
    factories.activity(other_town, review=Activity.Review.RETURNED, return_reason="别镇的")
    assert tasks(signed_in, liaison) == {
        "已退回的活动": ["修改"],
        "未提交的草稿": ["继续填写"],
        "过期未办的计划": ["登记结果"],
    }
    assert count_waiting(liaison) == 3


def test_a_liaison_of_two_towns_sees_which_town_waits(
    signed_in: SignedIn, own_town: Town, other_town: Town
) -> None:
    both = factories.liaison(own_town, other_town)
    factories.activity(other_town, **OPEN)
    assert list(tasks(signed_in, both)) == ["徐泾镇·未提交的草稿"]


def test_a_towns_draft_is_nobody_elses_work(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    factories.activity(own_town, **OPEN)
    assert tasks(signed_in, officer) == {}


def test_an_administrator_keeps_the_registers(
    signed_in: SignedIn, administrator: User, own_town: Town
) -> None:
    factories.village(own_town)
    chamber = factories.chamber(own_town)
    soon = timezone.localdate() + timedelta(days=30)
    factories.honour(chamber, valid_until=soon)
    assert list(tasks(signed_in, administrator)) == ["力量缺额的村居", "即将到期的荣誉"]
    assert count_waiting(administrator) == 0


def test_a_gap_is_called_by_the_post_and_a_term_by_whether_it_is_over(
    signed_in: SignedIn, administrator: User, own_town: Town
) -> None:
    factories.post(factories.village(own_town, code="100000000001"))
    factories.village(own_town, code="200000000002")
    today = timezone.localdate()
    for ends in (today, today + timedelta(days=30)):
        chamber = factories.chamber(own_town)
        Term.objects.create(chamber=chamber, number=1, from_on=date(2020, 1, 1), to_on=ends)
    assert states(signed_in, administrator) == {
        "力量缺额的村居": ["缺联络员", "缺统战干事、联络员"],
        "换届到期": ["已届满", "将届满"],
    }


def test_an_auditor_has_nothing_to_do(signed_in: SignedIn, auditor: User, own_town: Town) -> None:
    factories.activity(own_town, review=Activity.Review.SUBMITTED)
    response = signed_in(auditor).get(URL)
    assert response.context["tasks"] == []
    assert "没有待办" in response.content.decode()


def test_each_kind_opens_its_whole_list(signed_in: SignedIn, liaison: User, own_town: Town) -> None:
    for _ in range(22):
        factories.activity(own_town, **OPEN)
    client = signed_in(liaison)
    (task,) = client.get(URL).context["tasks"]
    assert len(task.items) == 20
    assert client.get(task.answer.url).context["records"].count == task.answer.value == 22


def test_the_menu_says_how_much_waits(signed_in: SignedIn, officer: User, own_town: Town) -> None:
    factories.activity(own_town, review=Activity.Review.SUBMITTED)
    menu = signed_in(officer).get(reverse("dashboards:search")).context["frame"].menu
    items = {item.url: item.count for section in menu for item in section.items}
    assert items[URL] == 1


def test_the_number_of_queries_does_not_grow(
    signed_in: SignedIn, liaison: User, own_town: Town, django_assert_max_num_queries: Any
) -> None:
    for _ in range(15):
        factories.activity(own_town, **OPEN)
        factories.activity(own_town, review=Activity.Review.RETURNED, return_reason="请补充")
    client = signed_in(liaison)
    with django_assert_max_num_queries(12):
        client.get(URL)
