"""Two people edit one record: nothing is lost, nothing is written over in silence."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from chambers.forms import EnterpriseForm
from chambers.models import Enterprise
from core.editing import Proposal, Stale, version_of
from tests import factories
from tests.conftest import SignedIn
from tests.registers import untouched
from towns import actions
from towns.forms import VillageForm
from towns.models import Town, Village


@pytest.fixture
def village(own_town: Town) -> Village:
    return factories.village(own_town, "叙中村", code="310118107123")


@pytest.fixture
def opened(village: Village, administrator: User) -> dict[str, Any]:
    """What the form of the village held when it was opened."""
    return untouched(VillageForm, village, administrator)


@pytest.fixture
def colleague() -> User:
    return factories.administrator(username="colleague", name="示例同事")


def change_meanwhile(village: Village, colleague: User, **values: Any) -> None:
    actions.edit_village(
        village=village, proposal=Proposal(values, version=version_of(village)), by=colleague
    )


def edit(client: Client, village: Village, data: dict[str, Any]) -> Any:
    return client.post(f"/villages/{village.pk}/edit/", data)


def test_a_stale_edit_writes_nothing_and_shows_both_values(
    village: Village,
    opened: dict[str, Any],
    colleague: User,
    administrator: User,
    signed_in: SignedIn,
) -> None:
    change_meanwhile(village, colleague, name="叙中一村")

    response = edit(signed_in(administrator), village, {**opened, "name": "叙中二村"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "示例同事" in page
    assert all(value in page for value in ("叙中村", "叙中一村", "叙中二村"))
    village.refresh_from_db()
    assert village.name == "叙中一村"


@pytest.mark.parametrize(("choice", "kept"), [("mine", "叙中二村"), ("theirs", "叙中一村")])
def test_what_is_chosen_is_saved_and_the_rest_is_kept(
    village: Village,
    opened: dict[str, Any],
    colleague: User,
    administrator: User,
    signed_in: SignedIn,
    choice: str,
    kept: str,
) -> None:
    change_meanwhile(village, colleague, name="叙中一村", code="310118107001")
    client = signed_in(administrator)
    sent = {**opened, "name": "叙中二村", "kind": "neighbourhood"}
    seen = edit(client, village, sent).context["clash"]
    assert {conflict.name: conflict.chosen for conflict in seen.conflicts} == {
        "name": "",
        "code": "theirs",
        "kind": "mine",
    }

    again = {
        **dict(seen.hidden),
        "conflict": ["name", "code", "kind"],
        "keep_name": choice,
        "keep_code": "theirs",
        "keep_kind": "mine",
    }
    assert edit(client, village, again).status_code == 302

    village.refresh_from_db()
    assert (village.name, village.code, village.kind) == (kept, "310118107001", "neighbourhood")


def test_a_difference_without_a_choice_comes_again(
    village: Village,
    opened: dict[str, Any],
    colleague: User,
    administrator: User,
    signed_in: SignedIn,
) -> None:
    change_meanwhile(village, colleague, name="叙中一村")
    client = signed_in(administrator)
    seen = edit(client, village, {**opened, "name": "叙中二村"}).context["clash"]

    response = edit(client, village, {**dict(seen.hidden), "conflict": ["name"]})

    assert response.status_code == 409
    village.refresh_from_db()
    assert village.name == "叙中一村"


def test_a_third_write_while_choosing_is_noticed_too(
    village: Village,
    opened: dict[str, Any],
    colleague: User,
    administrator: User,
    signed_in: SignedIn,
) -> None:
    change_meanwhile(village, colleague, name="叙中一村")
    client = signed_in(administrator)
    seen = edit(client, village, {**opened, "name": "叙中二村"}).context["clash"]
    change_meanwhile(village, colleague, name="叙中三村")

    again = {**dict(seen.hidden), "conflict": ["name"], "keep_name": "mine"}
    response = edit(client, village, again)

    assert response.status_code == 409
    assert "叙中三村" in response.content.decode()


def test_a_write_past_the_system_makes_a_form_stale_too(
    village: Village, opened: dict[str, Any], administrator: User, signed_in: SignedIn
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE towns_village SET kind = 'park' WHERE id = %s", [village.pk])

    assert edit(signed_in(administrator), village, opened).status_code == 409


def test_an_edit_nobody_interfered_with_is_saved(
    village: Village, opened: dict[str, Any], administrator: User, signed_in: SignedIn
) -> None:
    response = edit(signed_in(administrator), village, {**opened, "name": "叙中二村"})

    assert response.status_code == 302
    village.refresh_from_db()
    assert village.name == "叙中二村"


def test_a_form_without_a_version_is_taken_as_stale(
    village: Village, opened: dict[str, Any], administrator: User, signed_in: SignedIn
) -> None:
    without = {name: value for name, value in opened.items() if name != "version"}

    assert edit(signed_in(administrator), village, without).status_code == 409


@pytest.mark.slow
def test_of_two_edits_at_once_one_is_told_it_is_stale(
    transactional_db: None, village: Village, administrator: User
) -> None:
    version, barrier = version_of(village), threading.Barrier(2)
    outcomes: list[str] = []

    def edit_at_once(name: str) -> None:
        barrier.wait()
        try:
            actions.edit_village(
                village=village,
                proposal=Proposal({"name": name}, version=version),
                by=administrator,
            )
            outcomes.append("saved")
        except Stale:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=edit_at_once, args=(f"叙中{n}村",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["saved", "stale"]


@pytest.mark.slow
def test_the_same_new_enterprise_sent_many_times_at_once_is_one(
    transactional_db: None, own_town: Town, administrator: User, signed_in: SignedIn
) -> None:
    data = untouched(EnterpriseForm, Enterprise(name="上海示例并发有限公司"), administrator)
    data |= {"name": "上海示例并发有限公司", "town": own_town.pk}
    clients = [signed_in(administrator) for _number in range(6)]
    barrier = threading.Barrier(len(clients))
    statuses: list[int] = []

    def send(client: Client) -> None:
        barrier.wait()
        statuses.append(client.post("/enterprises/new/", data).status_code)
        connection.close()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Enterprise.objects.count() == 1
    assert sorted(statuses) == [200, 200, 200, 200, 200, 302]
