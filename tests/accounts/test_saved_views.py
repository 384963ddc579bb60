"""Saved views: kept, opened, shared with a role, a default of one's own, changed by whom it may."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts import kept_actions
from accounts.models import DefaultView, SavedView, User
from core.refusals import Refused
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db
TOWNS = "/towns/"


def saved(by: User, name: str = "在册街道", query: str = "kind=street", **more: str) -> SavedView:
    view = kept_actions.save_view(name=name, path=TOWNS, query=query, by=by)
    if more:
        SavedView.objects.filter(pk=view.pk).update(**more)
    return view


def offered(client: Any, address: str = TOWNS + "?all=1") -> list[tuple[str, bool]]:
    pages = client.get(address).context["records"].saved.pages
    return [(page.name, page.is_shown) for page in pages]


def test_a_view_is_saved_from_its_page_and_offered_there(
    signed_in: SignedIn, officer: User
) -> None:
    client = signed_in(officer)
    fields = {"name": " 在册街道 ", "path": TOWNS, "query": "kind=street&sort=-name"}
    answer: Any = client.post(reverse("accounts:save_view"), fields)
    assert answer.url == TOWNS + "?kind=street&sort=-name"
    assert offered(client, answer.url) == [("在册街道", True)]
    assert offered(client) == [("在册街道", False)]
    assert offered(client, "/villages/") == []


def test_a_page_is_kept_with_filters_order_and_columns_but_not_its_page_number(
    signed_in: SignedIn, officer: User
) -> None:
    address = TOWNS + "?kind=street&standing=&sort=name&columns=name,code&page=2&export=&all=1"
    saved_now = signed_in(officer).get(address).context["records"].saved
    assert saved_now.query == "kind=street&sort=name&columns=name%2Ccode"


def test_saving_under_a_name_again_keeps_it_anew(officer: User) -> None:
    first, second = saved(officer), saved(officer, query="kind=town")
    assert first == second
    assert SavedView.objects.get().query == "kind=town"


@pytest.mark.parametrize(
    "path", ["https://elsewhere.example/", "//elsewhere.example/", "/no/such/"]
)
def test_only_pages_of_this_site_are_kept(signed_in: SignedIn, officer: User, path: str) -> None:
    answer: Any = signed_in(officer).post(
        reverse("accounts:save_view"), {"name": "别处", "path": path, "query": ""}
    )
    assert answer.url == reverse("accounts:list_views")
    assert not SavedView.objects.exists()


def test_another_person_s_view_is_not_there(
    signed_in: SignedIn, officer: User, administrator: User
) -> None:
    view = saved(officer)
    client = signed_in(administrator)
    assert offered(client) == []
    for verb in ("edit_view", "delete_view", "choose_default_view"):
        assert client.post(reverse(f"accounts:{verb}", args=[view.pk])).status_code == 404


def test_an_administrator_shares_a_view_with_a_role(
    signed_in: SignedIn, administrator: User, officer: User, auditor: User
) -> None:
    view = saved(administrator)
    fields = {"name": "街道", "role": "district_officer"}
    signed_in(administrator).post(reverse("accounts:edit_view", args=[view.pk]), fields)
    assert offered(signed_in(officer)) == [("街道", False)]
    assert offered(signed_in(auditor)) == []
    assert "由 " in signed_in(officer).get(reverse("accounts:list_views")).content.decode()


def test_who_may_not_share_is_only_offered_to_rename(
    signed_in: SignedIn, administrator: User, officer: User
) -> None:
    for person, words in ((administrator, "改名或共享"), (officer, "改名")):
        saved(person)
        page = signed_in(person).get(reverse("accounts:list_views")).content.decode()
        assert f">{words}</a>" in page


def test_nobody_else_shares(officer: User) -> None:
    view = saved(officer)
    with pytest.raises(Refused, match="VIEW-03"):
        kept_actions.edit_view(view=view, name="街道", role="auditor", by=officer)


def test_who_only_reads_a_shared_view_cannot_change_it(officer: User, administrator: User) -> None:
    view = saved(administrator, role="district_officer")
    with pytest.raises(Refused, match="VIEW-02"):
        kept_actions.edit_view(view=view, name="改", role="district_officer", by=officer)
    with pytest.raises(Refused, match="VIEW-02"):
        kept_actions.delete_view(view=view, by=officer)


def test_a_page_opens_with_the_default_of_its_person_alone(
    signed_in: SignedIn, officer: User, auditor: User
) -> None:
    view = saved(officer)
    client = signed_in(officer)
    client.post(reverse("accounts:choose_default_view", args=[view.pk]))
    answer: Any = client.get(TOWNS)
    assert answer.url == TOWNS + "?kind=street"
    assert signed_in(auditor).get(TOWNS).status_code == 200


def test_without_its_last_filter_a_page_does_not_fall_back_to_its_default(
    signed_in: SignedIn, officer: User
) -> None:
    kept_actions.choose_default_view(view=saved(officer), by=officer)
    client = signed_in(officer)
    records = client.get(TOWNS + "?kind=street").context["records"]
    assert {records.clear_url, *(pill.remove_url for pill in records.pills)} == {TOWNS + "?all=1"}
    assert client.get(records.clear_url).status_code == 200


def test_a_default_chosen_again_is_taken_back_and_another_takes_its_place(officer: User) -> None:
    first, second = saved(officer), saved(officer, "镇")
    for view in (first, second):
        kept_actions.choose_default_view(view=view, by=officer)
    assert [one.view for one in DefaultView.objects.all()] == [second]
    kept_actions.choose_default_view(view=second, by=officer)
    assert not DefaultView.objects.exists()


def test_who_no_longer_sees_a_view_is_no_longer_led_to_it(
    administrator: User, officer: User
) -> None:
    view = saved(administrator)
    view.role = "district_officer"
    view.save()
    for person in (administrator, officer):
        kept_actions.choose_default_view(view=view, by=person)
    kept_actions.edit_view(view=view, name="街道", role="", by=administrator)
    assert [one.user for one in DefaultView.objects.all()] == [administrator]


def test_a_shared_view_shows_each_person_the_own_rows(
    signed_in: SignedIn, administrator: User, liaison: User, own_town: Town, other_town: Town
) -> None:
    saved(administrator, query=f"town={other_town.pk}", role="town_liaison", path="/villages/")
    client = signed_in(liaison)
    page = client.get("/villages/").context["records"].saved.pages[0]
    assert other_town.name not in client.get(page.url).content.decode()


def test_what_is_done_to_a_view_stands_in_the_history(officer: User) -> None:
    view = saved(officer)
    kept_actions.edit_view(view=view, name="新名称", role="", by=officer)
    kept_actions.delete_view(view=view, by=officer)
    events: Any = SavedView.pgh_event_model  # type: ignore[attr-defined]
    assert [one.pgh_label for one in events.objects.order_by("pgh_id")] == [
        "insert",
        "update",
        "delete",
    ]
