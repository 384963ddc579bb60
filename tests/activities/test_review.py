"""The district confirms or gives back, one after the other or many at once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities import actions, queries, rules
from activities.models import Activity
from core.refusals import Refused
from tests import factories
from tests.activities.conftest import NOW, Enter
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db

Review = Activity.Review


def waiting(town: Town, name: str, minutes: int = 0, **fields: Any) -> Activity:
    """An activity that has waited since so many minutes after eight."""
    submitted_at = datetime(2024, 5, 27, tzinfo=UTC) + timedelta(minutes=minutes)
    values = {"review": Review.SUBMITTED, "submitted_at": submitted_at, **fields}
    return factories.activity(town, name, **values)


def url(name: str, activity: Activity) -> str:
    return reverse(f"activities:{name}", args=[activity.pk])


def test_a_confirmed_activity_counts(own_town: Town, officer: User) -> None:
    activity = waiting(own_town, "座谈会")
    assert not Activity.objects.counted()
    actions.confirm_activity(activity=activity, version=1, at=NOW.at, by=officer)
    assert Activity.objects.counted().get().reviewed_at == NOW.at


def test_confirming_twice_is_confirming_once(own_town: Town, officer: User) -> None:
    activity = waiting(own_town, "座谈会")
    for _time in range(2):
        actions.confirm_activity(activity=activity, version=1, at=NOW.at, by=officer)
    assert activity.events.count() == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("review", [Review.DRAFT, Review.RETURNED])
def test_what_does_not_wait_is_not_confirmed(own_town: Town, officer: User, review: str) -> None:
    activity = waiting(own_town, "座谈会", review=review, return_reason="已退回")
    with pytest.raises(Refused) as refused:
        actions.confirm_activity(activity=activity, version=1, at=NOW.at, by=officer)
    assert refused.value.rules == (rules.NOT_WAITING,)


@pytest.mark.parametrize("act", ["confirm", "return"])
def test_a_decision_on_an_older_version_is_refused(own_town: Town, officer: User, act: str) -> None:
    activity = waiting(own_town, "座谈会", version=2)
    with pytest.raises(Refused) as refused:
        if act == "confirm":
            actions.confirm_activity(activity=activity, version=1, at=NOW.at, by=officer)
        else:
            actions.return_activity(
                activity=activity, reason="改", version=1, at=NOW.at, by=officer
            )
    assert refused.value.rules == (rules.CHANGED_MEANWHILE,)


def test_giving_back_needs_a_reason_and_leads_to_a_second_submission(
    enter: Enter, officer: User, liaison: User
) -> None:
    activity = enter(submit=True).activity
    with pytest.raises(Refused) as refused:
        actions.return_activity(activity=activity, reason="", version=1, at=NOW.at, by=officer)
    assert refused.value.rules == (rules.REASON_MISSING,)
    actions.return_activity(activity=activity, reason="人数不符", version=1, at=NOW.at, by=officer)
    activity.refresh_from_db()
    assert (activity.review, activity.return_reason) == (Review.RETURNED, "人数不符")
    again = actions.submit_activity(activity=activity, moment=NOW, by=liaison)
    assert (again.review, again.return_reason) == (Review.SUBMITTED, "")


def test_what_is_confirmed_can_be_given_back_and_then_edited(
    own_town: Town, officer: User, liaison: User
) -> None:
    activity = factories.activity(own_town)
    with pytest.raises(Refused):
        actions.submit_activity(activity=activity, moment=NOW, by=liaison)
    actions.return_activity(activity=activity, reason="人数", version=1, at=NOW.at, by=officer)
    assert not Activity.objects.counted()


def test_the_queue_is_the_longest_waiting_first(
    own_town: Town, other_town: Town, officer: User
) -> None:
    second, first = waiting(own_town, "后", 5), waiting(other_town, "先", 1)
    factories.activity(own_town, "已确认")
    assert list(queries.waiting(officer)) == [first, second]
    assert queries.turn_of(second, officer) == queries.Turn(2, 2, first.pk)


def test_the_next_one_opens_by_itself(own_town: Town, officer: User, signed_in: SignedIn) -> None:
    first, second, third = (waiting(own_town, f"第{n}场", n) for n in (1, 2, 3))
    browser = signed_in(officer)
    answer = browser.post(url("confirm_activity", second), {"version": 1})
    assert answer["Location"] == url("review_activity", third)
    answer = browser.post(url("return_activity", third), {"version": 1, "common": ["0"]})
    assert answer["Location"] == url("review_activity", first)
    answer = browser.post(url("confirm_activity", first), {"version": 1})
    assert answer["Location"] == reverse("activities:list_waiting")
    assert "都审核完了" in browser.get(answer["Location"]).content.decode()


def test_reasons_that_were_tapped_and_typed_become_one_text(
    own_town: Town, officer: User, signed_in: SignedIn
) -> None:
    activity = waiting(own_town, "座谈会")
    signed_in(officer).post(
        url("return_activity", activity), {"version": 1, "common": ["0", "6"], "words": "请补充。"}
    )
    activity.refresh_from_db()
    assert activity.return_reason == "人数与主要内容不符，请核对。照片与活动不符，请更换。请补充。"


def test_a_return_without_a_reason_shows_the_form_again(
    own_town: Town, officer: User, signed_in: SignedIn
) -> None:
    page = signed_in(officer).post(
        url("return_activity", waiting(own_town, "座谈会")), {"version": 1, "words": " "}
    )
    assert page.context["return_form"].errors["common"] == [str(rules.REASON_MISSING)]


def test_many_are_confirmed_at_once_except_those_that_changed(
    own_town: Town, officer: User, signed_in: SignedIn
) -> None:
    one, two, changed = (waiting(own_town, f"第{n}场", n) for n in (1, 2, 3))
    left = waiting(own_town, "没有勾选", 4)
    Activity.objects.filter(pk=changed.pk).update(version=2)
    chosen = [f"{one.pk}:1", f"{two.pk}:1", f"{changed.pk}:1", "999999:1", "nonsense", "1:1:1"]
    page = signed_in(officer).post(
        reverse("activities:confirm_chosen"), {"chosen": chosen}, follow=True
    )
    words = page.content.decode()
    assert "已确认 2 场" in words
    assert f"第3场：{rules.CHANGED_MEANWHILE}" in words
    assert list(queries.waiting(officer)) == [changed, left]


def test_a_decided_activity_opens_its_own_page(
    own_town: Town, officer: User, signed_in: SignedIn
) -> None:
    activity = factories.activity(own_town)
    answer = signed_in(officer).get(url("review_activity", activity))
    assert answer["Location"] == activity.get_absolute_url()


def test_a_confirmed_activity_is_given_back_from_its_page(
    own_town: Town, officer: User, signed_in: SignedIn
) -> None:
    activity = factories.activity(own_town)
    browser = signed_in(officer)
    page = browser.get(activity.get_absolute_url()).content.decode()
    assert url("return_activity", activity) in page
    assert browser.post(url("return_activity", activity), {"version": 1}).status_code == 302
    assert browser.get(activity.get_absolute_url()).content.decode().count("已确认") > 0
    answer = browser.post(url("return_activity", activity), {"version": 1, "common": ["1"]})
    assert answer["Location"] == activity.get_absolute_url()
    activity.refresh_from_db()
    assert activity.review == Review.RETURNED


def test_the_queue_costs_the_same_however_long_it_is(
    own_town: Town, officer: User, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        waiting(own_town, f"第{number}场", number)
    browser = signed_in(officer)
    with django_assert_max_num_queries(12):
        page = browser.get(reverse("activities:list_waiting"))
    assert len(re.findall('name="chosen"', page.content.decode())) == 30
    with django_assert_max_num_queries(16):
        browser.get(url("review_activity", Activity.objects.first()))  # type: ignore[arg-type]


def test_a_liaison_reviews_nothing(own_town: Town, liaison: User, signed_in: SignedIn) -> None:
    activity = waiting(own_town, "座谈会")
    browser: Client = signed_in(liaison)
    assert browser.post(url("confirm_activity", activity), {"version": 1}).status_code == 403
    assert browser.get(url("review_activity", activity)).status_code == 403
    activity.refresh_from_db()
    assert activity.review == Review.SUBMITTED
