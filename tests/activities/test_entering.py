"""An entry becomes one record, whatever happens on the way, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import ProtectedError

from accounts.models import User
from activities import actions, rules
from activities.entries import Entry, Hosting, Organisation, Sent, entry_of
from activities.models import Activity, Host
from core.editing import Stale
from core.refusals import Refused
from tests import factories
from tests.activities.conftest import NOW, TODAY, Enter
from towns.models import Town

pytestmark = pytest.mark.django_db

Review, State = Activity.Review, Activity.State


def events(activity: Activity) -> list[Any]:
    return list(activity.events.select_related("pgh_context").order_by("pgh_id"))  # type: ignore[attr-defined]


def test_a_draft_needs_a_name_a_day_and_a_kind_alone(enter: Enter) -> None:
    entered = enter(venue=None, headcount=None, hosts=())
    assert entered.activity.review == Review.DRAFT
    assert not entered.broken


def test_a_complete_entry_is_submitted_in_one_go(enter: Enter, liaison: User) -> None:
    activity = enter(submit=True).activity
    activity.refresh_from_db()
    assert (activity.review, activity.state) == (Review.SUBMITTED, State.HELD)
    assert activity.submitted_at == NOW.at
    assert activity.entered_by == liaison
    assert events(activity)[-1].pgh_context.metadata["action"] == "submit_activity"
    assert events(activity)[-1].pgh_context.metadata["user"] == liaison.pk


def test_an_incomplete_entry_is_kept_as_a_draft_and_told_what_it_lacks(enter: Enter) -> None:
    entered = enter(submit=True, headcount=None, hosts=(), venue=None)
    assert set(entered.broken) == {
        rules.HEADCOUNT_MISSING,
        rules.HOST_MISSING,
        rules.PLACE_MISSING,
    }
    assert Activity.objects.get().review == Review.DRAFT


def test_what_cannot_even_be_a_draft_is_refused_with_everything_at_once(enter: Enter) -> None:
    with pytest.raises(Refused) as refused:
        enter(submit=True, name="", end_on=date(2024, 5, 1), headcount=None)
    assert set(refused.value.rules) == {
        rules.NAME_MISSING,
        rules.ENDS_BEFORE_START,
        rules.HEADCOUNT_MISSING,
    }
    assert not Activity.objects.exists()


def test_the_same_form_sent_again_is_the_same_record(enter: Enter) -> None:
    token = uuid4()
    first, again = enter(submit=True, token=token), enter(submit=True, token=token)
    assert first.activity.pk == again.activity.pk
    assert Activity.objects.count() == Host.objects.count() == 1
    assert len(events(first.activity)) == 2


def test_without_its_token_the_same_form_makes_a_second_record(enter: Enter) -> None:
    """The control: it is the token, and nothing else, that keeps it one."""
    enter()
    enter()
    assert Activity.objects.count() == 2


def test_a_draft_sent_again_to_be_submitted_is_submitted(enter: Enter) -> None:
    token = uuid4()
    enter(token=token)
    enter(token=token, submit=True)
    assert Activity.objects.get().review == Review.SUBMITTED


def test_going_back_and_sending_other_values_changes_the_record(enter: Enter) -> None:
    token = uuid4()
    enter(submit=True, token=token)
    enter(submit=True, token=token, headcount=45, summary="补充了内容")
    activity = Activity.objects.get()
    assert (activity.headcount, activity.summary, activity.version) == (45, "补充了内容", 2)
    assert activity.review == Review.SUBMITTED


def test_going_back_after_somebody_changed_the_record_is_stale(
    enter: Enter, liaison: User, entry: Entry
) -> None:
    token = uuid4()
    activity = enter(token=token).activity
    edit(activity, replace(entry, headcount=31), version=1, by=liaison)
    with pytest.raises(Stale):
        enter(token=token, headcount=45)
    assert Activity.objects.get().headcount == 31


def test_a_stranger_with_the_token_changes_nothing(
    enter: Enter, other_liaison: User, other_town: Town
) -> None:
    token = uuid4()
    enter(token=token)
    with pytest.raises(Refused) as refused:
        enter(token=token, by=other_liaison, town=other_town, name="改名", venue=None)
    assert refused.value.rules == (rules.NOT_OWN,)
    assert Activity.objects.get().name == "企业家座谈会"


def edit(
    activity: Activity, entry: Entry, *, version: int, by: User, submit: bool = False
) -> Activity:
    return actions.edit_activity(
        activity=activity, sent=Sent(entry, submit=submit), version=version, moment=NOW, by=by
    ).activity


def test_an_edit_raises_the_version_and_leaves_hosts_that_stay_alone(
    enter: Enter, entry: Entry, liaison: User, own_town: Town
) -> None:
    activity = enter().activity
    kept = activity.hosts.get()
    partner = Hosting(Host.Part.CO_HOST, Organisation("name", name="示例大学"))
    edited = edit(activity, replace(entry, hosts=(*entry.hosts, partner)), version=1, by=liaison)
    assert edited.version == 2
    assert set(edited.hosts.values_list("part", "name")) == {("host", ""), ("co_host", "示例大学")}
    assert edited.hosts.filter(pk=kept.pk).exists()


def test_an_edit_of_an_old_version_is_stale_and_writes_nothing(
    enter: Enter, entry: Entry, liaison: User
) -> None:
    activity = enter().activity
    edit(activity, replace(entry, headcount=31), version=1, by=liaison)
    with pytest.raises(Stale):
        edit(activity, replace(entry, headcount=99), version=1, by=liaison)
    assert Activity.objects.get().headcount == 31


def test_what_waits_may_be_put_right_but_must_stay_complete(
    enter: Enter, entry: Entry, liaison: User
) -> None:
    activity = enter(submit=True).activity
    assert edit(activity, replace(entry, headcount=31), version=1, by=liaison).review == (
        Review.SUBMITTED
    )
    with pytest.raises(Refused) as refused:
        edit(activity, replace(entry, headcount=None), version=2, by=liaison)
    assert refused.value.rules == (rules.HEADCOUNT_MISSING,)
    assert Activity.objects.get().headcount == 31


def test_what_is_confirmed_is_not_edited(enter: Enter, entry: Entry, liaison: User) -> None:
    activity = enter(submit=True).activity
    Activity.objects.update(review=Review.CONFIRMED)
    with pytest.raises(Refused) as refused:
        edit(activity, replace(entry, headcount=31), version=1, by=liaison)
    assert refused.value.rules == (rules.CONFIRMED_ALREADY,)


def test_what_is_cancelled_is_not_edited(enter: Enter, entry: Entry, liaison: User) -> None:
    activity = enter().activity
    Activity.objects.update(state=State.CANCELLED)
    with pytest.raises(Refused) as refused:
        edit(activity, entry, version=1, by=liaison)
    assert refused.value.rules == (rules.CANCELLED_ALREADY,)


def test_the_same_name_on_the_same_day_is_submitted_once(enter: Enter) -> None:
    enter(submit=True)
    entered = enter(submit=True, name=" 企业家 座谈会")
    assert entered.broken == [rules.ALREADY_ENTERED]
    assert entered.activity.review == Review.DRAFT
    other_hour = enter(submit=True, start_at=NOW.at.time(), end_on=None)
    assert not other_hour.broken


def test_the_districts_own_needs_no_confirmation_from_above(enter: Enter, officer: User) -> None:
    activity = enter(by=officer, town=None, submit=True).activity
    activity.refresh_from_db()
    assert (activity.town, activity.review) == (None, Review.CONFIRMED)
    assert activity.reviewed_at == NOW.at


def test_nobody_enters_for_a_town_that_is_not_theirs(
    enter: Enter, officer: User, other_town: Town
) -> None:
    for by, town in ((None, other_town), (officer, other_town), (None, None)):
        with pytest.raises(Refused) as refused:
            enter(by=by, town=town)
        assert rules.NOT_OWN_TOWN in refused.value.rules


def test_a_record_reads_back_as_the_entry_that_made_it(enter: Enter, entry: Entry) -> None:
    activity = enter().activity
    assert entry_of(Activity.objects.get(pk=activity.pk)).says_the_same(entry)


def test_a_draft_or_what_was_returned_can_be_deleted_and_nothing_else(
    enter: Enter, liaison: User
) -> None:
    draft, waiting = enter().activity, enter(submit=True, name="另一场").activity
    actions.delete_draft(activity=draft, by=liaison)
    with pytest.raises(Refused) as refused:
        actions.delete_draft(activity=waiting, by=liaison)
    assert refused.value.rules == (rules.NOT_DELETABLE,)
    Activity.objects.filter(pk=waiting.pk).update(review=Review.RETURNED, return_reason="重复")
    actions.delete_draft(activity=waiting, by=liaison)
    assert not Activity.objects.exists()
    with pytest.raises(Refused) as gone:
        actions.delete_draft(activity=draft, by=liaison)
    assert gone.value.rules == (rules.GONE,)


@pytest.mark.parametrize(
    ("days", "headcount", "now", "state"),
    [
        (-1, 30, "", State.HELD),
        (-1, None, "", State.HELD),
        (0, 30, "", State.HELD),
        (0, None, "", State.PLANNED),
        (1, 30, "", State.PLANNED),
        (-1, None, State.PLANNED, State.PLANNED),
        (-1, 30, State.PLANNED, State.HELD),
        (1, None, State.HELD, State.PLANNED),
        (5, None, State.POSTPONED, State.POSTPONED),
        (-5, None, State.POSTPONED, State.POSTPONED),
        (-5, 30, State.POSTPONED, State.HELD),
    ],
)
def test_the_day_and_the_headcount_say_where_it_stands(
    days: int, headcount: int | None, now: str, state: str
) -> None:
    entry = Entry(start_on=TODAY + timedelta(days=days), headcount=headcount)
    assert entry.state_on(TODAY, now) == state


def test_an_activity_keeps_its_venue_town_brand_and_kind_from_being_deleted(enter: Enter) -> None:
    activity = enter(brand=factories.brand(Town.objects.get())).activity
    for parent in (activity.venue, activity.brand, activity.kind, activity.town):
        with pytest.raises(ProtectedError):
            parent.delete()  # type: ignore[union-attr]
