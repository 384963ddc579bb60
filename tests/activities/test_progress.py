"""Planned, held, postponed, cancelled: what lies ahead and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from activities import actions, rules
from activities.models import Activity
from core.refusals import Refused
from tests import factories
from tests.activities.conftest import NOW, TODAY, Enter
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db

State, Review = Activity.State, Activity.Review


@pytest.fixture
def planned(enter: Enter, officer: User) -> Activity:
    """Planned for tomorrow when it was entered, confirmed as a plan, its day come since."""
    activity = enter(submit=True, headcount=None, start_on=date(2024, 5, 28)).activity
    assert activity.state == State.PLANNED
    actions.confirm_activity(activity=activity, version=1, at=NOW.at, by=officer)
    Activity.objects.update(start_on=date(2024, 5, 27))
    return Activity.objects.get()


def test_one_number_makes_a_plan_a_held_activity_that_waits_for_the_district(
    planned: Activity, liaison: User
) -> None:
    assert not Activity.objects.counted()
    held = actions.hold_activity(activity=planned, headcount=60, moment=NOW, by=liaison)
    assert (held.state, held.headcount, held.review) == (State.HELD, 60, Review.SUBMITTED)
    assert held.version == 2


def test_the_districts_own_is_held_and_counts_at_once(enter: Enter, officer: User) -> None:
    plan = enter(by=officer, town=None, headcount=None, start_on=TODAY, submit=True).activity
    actions.hold_activity(activity=plan, headcount=60, moment=NOW, by=officer)
    assert Activity.objects.counted().get() == plan


def test_what_lies_ahead_is_not_held_yet(enter: Enter, liaison: User) -> None:
    plan = enter(start_on=date(2024, 6, 1), headcount=None).activity
    with pytest.raises(Refused) as refused:
        actions.hold_activity(activity=plan, headcount=60, moment=NOW, by=liaison)
    assert refused.value.rules == (rules.HELD_AFTER_TODAY,)
    assert Activity.objects.get().state == State.PLANNED


def test_putting_off_moves_the_last_day_along(enter: Enter, liaison: User) -> None:
    plan = enter(start_on=date(2024, 6, 1), end_on=date(2024, 6, 3), headcount=None).activity
    late = actions.postpone_activity(
        activity=plan, to=date(2024, 7, 10), reason="高温", today=TODAY, by=liaison
    )
    assert (late.start_on, late.end_on) == (date(2024, 7, 10), date(2024, 7, 12))
    assert late.state == State.POSTPONED
    newest = late.events.select_related("pgh_context").latest("pgh_id")  # type: ignore[attr-defined]
    assert newest.pgh_context.metadata["reason"] == "高温"


def test_it_is_put_off_without_a_day_and_held_after_all(planned: Activity, liaison: User) -> None:
    late = actions.postpone_activity(activity=planned, to=None, reason="", today=TODAY, by=liaison)
    assert (late.state, late.start_on) == (State.POSTPONED, TODAY)
    held = actions.hold_activity(activity=late, headcount=5, moment=NOW, by=liaison)
    assert held.state == State.HELD


def test_the_new_day_lies_ahead(planned: Activity, liaison: User) -> None:
    with pytest.raises(Refused) as refused:
        actions.postpone_activity(activity=planned, to=TODAY, reason="", today=TODAY, by=liaison)
    assert refused.value.rules == (rules.NEW_DAY_NOT_AHEAD,)


def test_cancelling_needs_a_reason(planned: Activity, liaison: User) -> None:
    with pytest.raises(Refused) as refused:
        actions.cancel_activity(activity=planned, reason="", by=liaison)
    assert refused.value.rules == (rules.CANCEL_REASON_MISSING,)
    actions.cancel_activity(activity=planned, reason="场地停电", by=liaison)
    assert Activity.objects.get().state == State.CANCELLED


def test_what_was_held_is_neither_held_again_nor_put_off_nor_cancelled(
    own_town: Town, liaison: User
) -> None:
    held = factories.activity(own_town)
    acts: list[Any] = [
        lambda: actions.hold_activity(activity=held, headcount=9, moment=NOW, by=liaison),
        lambda: actions.postpone_activity(
            activity=held, to=None, reason="", today=TODAY, by=liaison
        ),
        lambda: actions.cancel_activity(activity=held, reason="停电", by=liaison),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.rules == (rules.NOT_AHEAD,)


def test_another_town_decides_nothing(planned: Activity, other_liaison: User) -> None:
    with pytest.raises(Refused) as refused:
        actions.hold_activity(activity=planned, headcount=9, moment=NOW, by=other_liaison)
    assert refused.value.rules == (rules.NOT_OWN,)


@time_machine.travel("2024-05-27 16:05 +0800", tick=False)
def test_it_is_held_with_one_number_from_its_page(
    planned: Activity, liaison: User, signed_in: SignedIn
) -> None:
    browser = signed_in(liaison)
    address = reverse("activities:hold_activity", args=[planned.pk])
    assert address in browser.get(planned.get_absolute_url()).content.decode()
    page = browser.post(address, {"headcount": ""})
    assert page.context["forms"]["hold"].errors["headcount"]
    assert browser.post(address, {"headcount": "60"})["Location"] == planned.get_absolute_url()
    assert address not in browser.get(planned.get_absolute_url()).content.decode()


@time_machine.travel("2024-05-27 16:05 +0800", tick=False)
def test_what_was_typed_stays_when_putting_off_is_refused(
    planned: Activity, liaison: User, signed_in: SignedIn
) -> None:
    page = signed_in(liaison).post(
        reverse("activities:postpone_activity", args=[planned.pk]),
        {"start_on": "2024-05-01", "reason": "场地停电"},
    )
    form = page.context["forms"]["postpone"]
    assert form.errors["start_on"] == [str(rules.NEW_DAY_NOT_AHEAD)]
    assert form["reason"].value() == "场地停电"


@time_machine.travel("2024-05-27 16:05 +0800", tick=False)
def test_whoever_comes_after_another_is_told(
    planned: Activity, liaison: User, signed_in: SignedIn
) -> None:
    """Another window has held it: the page has no form left in which a refusal could stand."""
    actions.hold_activity(activity=planned, headcount=60, moment=NOW, by=liaison)
    late = signed_in(liaison).post(
        reverse("activities:cancel_activity", args=[planned.pk]), {"reason": "高温"}
    )
    assert str(rules.NOT_AHEAD) in late.content.decode()
