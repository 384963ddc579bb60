"""The form: what it begins with, what it keeps, and what it says when two people wrote."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities import actions, rules
from activities.forms import EntryForm
from activities.models import Activity, Host
from tests import factories
from tests.activities.conftest import NOW, Enter
from tests.activities.pictures import photo, upload
from tests.conftest import SignedIn
from towns.models import Town
from venues.models import Venue

pytestmark = pytest.mark.django_db

NEW = "/activities/new/"
Review = Activity.Review


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2024-05-27 16:05 +0800", tick=False):
        yield


@pytest.fixture
def browser(liaison: User, signed_in: SignedIn) -> Client:
    return signed_in(liaison)


def form_of(browser: Client, address: str = NEW) -> EntryForm:
    form = browser.get(address).context["form"]
    assert isinstance(form, EntryForm)
    return form


def sent_by(form: EntryForm, **typed: Any) -> dict[str, Any]:
    """What a browser sends of a form: its values, the hidden ones too, with what is typed over."""
    hidden = {name: form[name].value() for name in ("entry_token", "version", "opened")}
    values = {name: "" if value is None else value for name, value in hidden.items()}
    return {**values, **form.snapshot(), "act": "submit", **typed}


def edit_url(activity: Activity) -> str:
    return reverse("activities:edit_activity", args=[activity.pk])


# --- what it begins with ---


def test_the_first_entry_begins_with_today_and_the_own_town(
    browser: Client, own_town: Town
) -> None:
    form = form_of(browser)
    assert form["start_on"].value() == date(2024, 5, 27)
    assert form["hosts"].value() == [f"town:{own_town.pk}"]
    assert form["mode"].value() == "offline"
    assert "town" not in form.fields


def test_the_next_entry_begins_as_the_last_one_was(
    enter: Enter, browser: Client, venue: Venue, own_town: Town
) -> None:
    culture, brand = factories.kind("culture"), factories.brand(own_town)
    enter(kind=culture, mode="both", brand=brand, summary="老内容", submit=True)
    form = form_of(browser)
    assert form["where"].value() == str(venue.pk)
    assert (form["kind"].value(), form["mode"].value()) == (culture.pk, "both")
    assert form["brand"].value() == brand.pk
    assert form["hosts"].value() == [f"town:{own_town.pk}"]
    for left in ("name", "headcount", "summary", "start_at", "donation_yuan"):
        assert not form[left].value()


def test_ones_own_last_entry_comes_before_a_colleagues(
    enter: Enter, browser: Client, own_town: Town
) -> None:
    enter(mode="both")
    enter(mode="online", by=factories.liaison(own_town))
    assert form_of(browser)["mode"].value() == "both"


def test_a_repeat_takes_everything_but_the_day_and_the_numbers(
    enter: Enter, browser: Client, own_town: Town
) -> None:
    activity = enter(submit=True, donation_yuan=100).activity
    Host.objects.create(activity=activity, part=Host.Part.CO_HOST, name="示例大学")
    form = form_of(browser, f"{NEW}?like={activity.pk}")
    assert form["name"].value() == "企业家座谈会"
    assert form["co_hosts"].value() == ["name:示例大学"]
    assert form["start_on"].value() == date(2024, 5, 27)
    assert not form["headcount"].value()
    assert not form["donation_yuan"].value()


def test_a_venue_that_has_closed_is_not_suggested_again(
    enter: Enter, browser: Client, venue: Venue
) -> None:
    enter(submit=True)
    Venue.objects.filter(pk=venue.pk).update(closed_on=date(2024, 5, 27))
    assert form_of(browser)["where"].value() == ""


def test_nobody_repeats_what_they_do_not_see(browser: Client, other_town: Town) -> None:
    strange = factories.activity(other_town)
    assert browser.get(f"{NEW}?like={strange.pk}").status_code == 404


def test_somebody_of_two_towns_chooses_one(
    own_town: Town, other_town: Town, signed_in: SignedIn
) -> None:
    both = factories.liaison(own_town, other_town)
    browser = signed_in(both)
    form = form_of(browser)
    assert set(form.fields["town"].queryset) == {own_town, other_town}  # type: ignore[attr-defined]
    typed = {"name": "座谈会", "headcount": "9", "where": "name:镇政府", "town": other_town.pk}
    browser.post(NEW, sent_by(form, **typed))
    assert Activity.objects.get().town == other_town


def test_the_district_enters_its_own(officer: User, signed_in: SignedIn) -> None:
    browser = signed_in(officer)
    form = form_of(browser)
    assert form["hosts"].value() == ["name:青浦区委统战部"]
    typed = {"name": "全区联谊会", "headcount": "90", "where": "name:区文化馆"}
    browser.post(NEW, sent_by(form, **typed))
    activity = Activity.objects.get()
    assert (activity.town, activity.place, activity.review) == (None, "区文化馆", Review.CONFIRMED)


def test_ones_drafts_are_offered_to_go_on_with(enter: Enter, browser: Client) -> None:
    draft = enter().activity
    assert edit_url(draft) in browser.get(NEW).content.decode()


# --- what is sent ---


def test_what_is_typed_becomes_a_record(
    browser: Client, own_town: Town, other_town: Town, venue: Venue, liaison: User
) -> None:
    chamber = factories.chamber(own_town, "华新镇商会")
    typed = {
        "name": "  “国际家庭日” 活动 ",
        "start_on": "2024-05-15",
        "headcount": "60",
        "where": str(venue.pk),
        "room": "三楼会议室",
        "kind": factories.kind("culture").pk,
        "hosts": [f"chamber:{chamber.pk}", f"chamber:{chamber.pk}"],
        "co_hosts": [f"town:{other_town.pk}", "name:示例大学"],
        "start_at": "14:00",
        "end_at": "16:30",
        "donation_yuan": "1000.50",
        "beneficiaries": "20",
        "summary": "第一行\n第二行",
    }
    answer = browser.post(NEW, sent_by(form_of(browser), **typed))
    activity = Activity.objects.get()
    assert answer["Location"] == activity.get_absolute_url()
    assert activity.name == "“国际家庭日” 活动"
    assert (activity.venue, activity.place) == (venue, "三楼会议室")
    assert activity.summary == "第一行\n第二行"
    assert activity.review == Review.SUBMITTED
    assert set(activity.hosts.values_list("part", "chamber__name", "town__name", "name")) == {
        ("host", "华新镇商会", None, ""),
        ("co_host", None, "徐泾镇", ""),
        ("co_host", None, None, "示例大学"),
    }
    page = browser.get(activity.get_absolute_url()).content.decode()
    assert "华新镇、徐泾镇 共同参与：全区计一场，在这 2 个街镇各计一场。" in page
    assert NEW in page  # 再记一场


def test_a_bare_name_of_something_registered_is_that_thing(
    browser: Client, own_town: Town, other_town: Town, venue: Venue
) -> None:
    chamber = factories.chamber(own_town, "华新镇商会")
    typed = {
        "name": "座谈会",
        "headcount": "9",
        "where": "name:华新镇商会之家",
        "hosts": ["name:华新镇商会", "name:徐泾镇"],
    }
    browser.post(NEW, sent_by(form_of(browser), **typed))
    activity = Activity.objects.get()
    assert activity.venue == venue
    assert set(activity.hosts.values_list("chamber", "town")) == {
        (chamber.pk, None),
        (None, other_town.pk),
    }


def test_without_script_names_are_typed_beside_the_lists(browser: Client) -> None:
    form = form_of(browser)
    typed = {
        "name": "座谈会",
        "headcount": "9",
        "hosts": [],
        "where": "",
        "where_typed": "镇政府",
        "hosts_typed": "示例大学、示例书画院，",
    }
    browser.post(NEW, sent_by(form, **typed))
    activity = Activity.objects.get()
    assert activity.place == "镇政府"
    assert set(activity.hosts.values_list("name", flat=True)) == {"示例大学", "示例书画院"}


def test_what_lies_out_of_sight_can_not_be_named(
    browser: Client, own_town: Town, other_town: Town
) -> None:
    strange = factories.chamber(other_town, "徐泾镇商会")
    firm = factories.enterprise(other_town)
    venue = factories.venue(other_town)
    hosts = [f"chamber:{strange.pk}", f"enterprise:{firm.pk}", "town:0", "chamber:x", "nonsense"]
    form = form_of(browser)
    page = browser.post(NEW, sent_by(form, name="座谈会", where=str(venue.pk), hosts=hosts))
    assert page.context["form"].errors["where"]
    browser.post(NEW, sent_by(form, name="座谈会", where="name:镇政府", headcount=1, hosts=hosts))
    assert not Activity.objects.get().hosts.exists()
    assert Activity.objects.get().review == Review.DRAFT  # no host of its own is left


def test_what_is_unknown_to_the_form_is_ignored(
    browser: Client, other_town: Town, officer: User
) -> None:
    more = {"review": "confirmed", "town": other_town.pk, "entered_by": officer.pk, "id": 1}
    typed = {"name": "座谈会", "headcount": "9", "where": "name:镇政府", **more}
    browser.post(NEW, sent_by(form_of(browser), **typed))
    activity = Activity.objects.get()
    assert activity.review == Review.SUBMITTED
    assert activity.town != other_town
    assert activity.entered_by != officer


def test_an_incomplete_entry_comes_back_over_its_draft_with_everything_typed(
    browser: Client,
) -> None:
    files = [upload(photo())]
    form = form_of(browser)
    page = browser.post(NEW, sent_by(form, name="座谈会", summary="写了很多", photos=files))
    again = page.context["form"]
    draft = Activity.objects.get()
    assert page.context["action_url"] == edit_url(draft)
    assert page.context["draft"] == f"activity-{draft.pk}"
    assert set(again.errors) == {"where"}  # today's may lie ahead still: no headcount is needed
    assert again["summary"].value() == "写了很多"
    assert draft.photos.count() == 1
    browser.post(edit_url(draft), sent_by(again, where="name:镇政府", headcount="5"))
    draft.refresh_from_db()
    assert draft.review == Review.SUBMITTED
    assert Activity.objects.count() == 1


def test_an_entry_without_a_name_says_that_its_photos_are_not_kept(browser: Client) -> None:
    page = browser.post(NEW, sent_by(form_of(browser), name="", photos=[upload(photo())]))
    assert page.context["form"].errors["name"] == [str(rules.NAME_MISSING)]
    assert "照片没有存下，请重新选择。" in page.content.decode()
    assert not Activity.objects.exists()


def test_nonsense_in_every_field_is_told_and_never_fails(browser: Client) -> None:
    form = form_of(browser)
    nonsense = {name: "\x00'\"<script>\ud7ff" * 3 for name in form.fields if name != "photos"}
    page = browser.post(NEW, {**nonsense, "act": "submit"})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert "<script>" not in page.content.decode().replace("<script src", "")
    for large in ("9" * 400, "-1", "1e999", "１２"):
        numbers = {"headcount": large, "donation_yuan": large, "version": large}
        answer = browser.post(NEW, sent_by(form, name="x", **numbers))
        assert answer.status_code in {200, 302}


def test_photos_are_dropped_with_the_edit(enter: Enter, browser: Client) -> None:
    activity = enter(photos=[upload(photo()), upload(photo(shade=90))]).activity
    first, second = activity.photos.order_by("order")
    form = form_of(browser, edit_url(activity))
    browser.post(edit_url(activity), sent_by(form, dropped_photos=[first.pk], act="draft"))
    assert list(activity.photos.all()) == [second]


# --- two people ---


def both_changed(browser: Client, activity: Activity, colleague: Client) -> Any:
    """A colleague saves first; what the page answers to the one who opened it before."""
    mine = form_of(browser, edit_url(activity))
    theirs = form_of(colleague, edit_url(activity))
    colleague.post(
        edit_url(activity), sent_by(theirs, headcount="44", summary="同事写的", act="draft")
    )
    typed = {"headcount": "55", "name": "我改的名称", "act": "draft", "photos": [upload(photo())]}
    return browser.post(edit_url(activity), sent_by(mine, **typed))


def test_a_stale_edit_shows_who_changed_what_and_loses_nothing(
    enter: Enter, browser: Client, own_town: Town, signed_in: SignedIn
) -> None:
    activity = enter().activity
    colleague = factories.liaison(own_town, name="示例同事")
    page = both_changed(browser, activity, signed_in(colleague))
    assert page.status_code == 409
    clash = page.context["clash"]
    assert clash.who == "示例同事"
    found = {one.name: (one.opened, one.theirs, one.mine, one.chosen) for one in clash.conflicts}
    assert found == {
        "name": ("企业家座谈会", "企业家座谈会", "我改的名称", "mine"),
        "headcount": ("30", "44", "55", ""),
        "summary": ("—", "同事写的", "—", "theirs"),
    }
    activity.refresh_from_db()
    assert (activity.headcount, activity.name) == (44, "企业家座谈会")
    assert activity.photos.count() == 1  # a photo contradicts nothing


def test_choices_are_saved_field_by_field(
    enter: Enter, browser: Client, own_town: Town, signed_in: SignedIn
) -> None:
    activity = enter().activity
    colleague = factories.liaison(own_town)
    clash = both_changed(browser, activity, signed_in(colleague)).context["clash"]
    sent: dict[str, Any] = {}
    for name, value in clash.hidden:
        sent.setdefault(name, []).append(value)
    chosen = {"name": "mine", "headcount": "mine", "summary": "theirs"}
    keeps = {f"keep_{name}": choice for name, choice in chosen.items()}
    answer = browser.post(edit_url(activity), {**sent, **keeps, "conflict": list(chosen)})
    assert answer.status_code == 302
    activity.refresh_from_db()
    assert (activity.name, activity.headcount, activity.summary) == ("我改的名称", 55, "同事写的")
    assert activity.version == 3


def test_a_choice_that_is_missing_asks_again(
    enter: Enter, browser: Client, own_town: Town, signed_in: SignedIn
) -> None:
    activity = enter().activity
    clash = both_changed(browser, activity, signed_in(factories.liaison(own_town))).context["clash"]
    sent: dict[str, Any] = {}
    for name, value in clash.hidden:
        sent.setdefault(name, []).append(value)
    answer = browser.post(edit_url(activity), {**sent, "conflict": ["headcount"]})
    assert answer.status_code == 409
    activity.refresh_from_db()
    assert activity.headcount == 44


def test_the_same_change_by_both_is_no_conflict(
    enter: Enter, browser: Client, own_town: Town, signed_in: SignedIn
) -> None:
    activity = enter(start_at=NOW.at.time()).activity
    mine = form_of(browser, edit_url(activity))
    colleague = signed_in(factories.liaison(own_town))
    theirs = form_of(colleague, edit_url(activity))
    colleague.post(edit_url(activity), sent_by(theirs, headcount="44", act="draft"))
    page = browser.post(edit_url(activity), sent_by(mine, headcount="44", start_at="08:05"))
    assert page.context["clash"].conflicts == ()


def test_what_the_browser_says_it_opened_is_never_trusted(
    enter: Enter, browser: Client, own_town: Town, signed_in: SignedIn
) -> None:
    activity = enter().activity
    for opened in ("[]", "{", json.dumps({"headcount": {"a": 1}}), "\ud7ff"):
        form = form_of(browser, edit_url(activity))
        answer = browser.post(
            edit_url(activity), sent_by(form, version="0", opened=opened, headcount="77")
        )
        assert answer.status_code == 409


def test_going_back_from_a_stale_new_form_ends_at_the_record(
    enter: Enter, browser: Client, own_town: Town, signed_in: SignedIn
) -> None:
    form = form_of(browser)
    typed = {"name": "座谈会", "headcount": "9", "where": "name:镇政府"}
    browser.post(NEW, sent_by(form, **typed))
    activity = Activity.objects.get()
    colleague = signed_in(factories.liaison(own_town))
    theirs = form_of(colleague, edit_url(activity))
    colleague.post(edit_url(activity), sent_by(theirs, headcount="44"))
    page = browser.post(NEW, sent_by(form, **{**typed, "headcount": "10"}))
    assert page.status_code == 409
    assert f'action="{edit_url(activity)}"' in page.content.decode()


# --- who may ---


def test_a_partner_reads_and_is_told_why_it_does_not_edit(
    enter: Enter, other_town: Town, other_liaison: User, signed_in: SignedIn
) -> None:
    activity = enter(submit=True).activity
    Host.objects.create(activity=activity, part=Host.Part.CO_HOST, town=other_town)
    partner = signed_in(other_liaison)
    assert partner.get(activity.get_absolute_url()).status_code == 200
    page = partner.get(edit_url(activity))
    assert page.status_code == 403
    assert "这场活动由华新镇登记。您可以查看，但不能修改" in page.content.decode()
    for name in ("submit_activity", "hold_activity", "delete_draft", "add_photos"):
        url = reverse(f"activities:{name}", args=[activity.pk])
        assert partner.post(url).status_code == 403


def test_the_district_is_told_to_give_back_instead(
    enter: Enter, officer: User, signed_in: SignedIn
) -> None:
    page = signed_in(officer).get(edit_url(enter(submit=True).activity))
    assert page.status_code == 403
    assert "请退回并写明原因" in page.content.decode()


def test_a_draft_of_another_town_is_not_found(
    enter: Enter, officer: User, other_liaison: User, signed_in: SignedIn
) -> None:
    activity = enter().activity
    for person in (officer, other_liaison):
        browser = signed_in(person)
        assert browser.get(activity.get_absolute_url()).status_code == 404
        assert browser.get(edit_url(activity)).status_code == 404


def test_an_incomplete_draft_submitted_from_its_page_leads_to_its_form(
    enter: Enter, browser: Client
) -> None:
    activity = enter(headcount=None).activity
    url = reverse("activities:submit_activity", args=[activity.pk])
    page = browser.post(url, follow=True)
    assert page.redirect_chain[0][0] == edit_url(activity)
    assert str(rules.HEADCOUNT_MISSING) in page.content.decode()


def test_a_returned_activity_says_why_on_its_form(
    enter: Enter, browser: Client, officer: User
) -> None:
    activity = enter(submit=True).activity
    actions.return_activity(activity=activity, reason="人数不符", version=1, at=NOW.at, by=officer)
    page = browser.get(edit_url(activity)).content.decode()
    assert "区里退回：人数不符" in page


def test_the_form_costs_the_same_whatever_the_town_has(
    enter: Enter, browser: Client, own_town: Town, django_assert_max_num_queries: Any
) -> None:
    for _number in range(40):
        factories.venue(own_town)
        factories.brand(own_town)
        factories.chamber(own_town)
    activity = enter(photos=[upload(photo())]).activity
    for number in range(8):
        Host.objects.create(activity=activity, name=f"示例{number}单位")
    with django_assert_max_num_queries(28):
        browser.get(edit_url(activity))
    with django_assert_max_num_queries(28):
        browser.get(NEW)
