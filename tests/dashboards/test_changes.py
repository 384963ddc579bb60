"""The page of all changes: who may read it, what it can be asked, how it goes on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from accounts.models import User
from chambers.models import Honour
from core.audit import written
from summaries.models import Summary
from tests import factories
from tests.conftest import SignedIn
from tests.registers import untouched
from towns.forms import VillageForm
from towns.models import Town, Village

Queries = Any


@pytest.fixture
def reader(auditor: User, signed_in: SignedIn) -> Client:
    return signed_in(auditor)


def told(client: Client, **asked: Any) -> list[str]:
    return [entry.what for entry in client.get("/changes/", asked).context["page"].entries]


@pytest.mark.parametrize("role", ["liaison", "officer", "administrator"])
def test_only_who_audits_reads_all_changes(
    role: str, request: pytest.FixtureRequest, signed_in: SignedIn
) -> None:
    person: User = request.getfixturevalue(role)

    assert signed_in(person).get("/changes/").status_code == 403


def test_an_edit_on_a_page_leaves_person_address_reason_and_fields(
    own_town: Town, administrator: User, reader: Client, signed_in: SignedIn
) -> None:
    village = factories.village(own_town, "叙中村", code="310118107123")
    data = {**untouched(VillageForm, village, administrator), "name": "叙中一村", "reason": "更名"}
    client = signed_in(administrator)
    client.post(
        f"/villages/{village.pk}/edit/",
        data,
        REMOTE_ADDR="10.1.2.3",
        HTTP_X_FORWARDED_FOR="6.6.6.6",
    )

    page = reader.get("/changes/", {"person": administrator.pk}).content.decode()

    assert all(words in page for words in (administrator.name, "网页 10.1.2.3", "更名"))
    assert "<del>叙中村</del> → <ins>叙中一村</ins>" in page
    assert f'href="/villages/{village.pk}/"' in page
    assert "6.6.6.6" not in page


def test_changes_are_filtered_by_person_content_kind_and_day(
    own_town: Town, administrator: User, reader: Client
) -> None:
    with written(by=administrator, action="create_honour"):
        honour = factories.honour(factories.chamber(own_town), title="示例荣誉")
    with written(by=None, action="load_district"):
        Honour.objects.filter(pk=honour.pk).update(issuer="示例单位")

    assert told(reader, person=administrator.pk, model="chambers.honour") == ["新增 荣誉 示例荣誉"]
    assert told(reader, person=0, model="chambers.honour") == ["修改 荣誉 示例荣誉"]
    assert told(reader, label="update", model="chambers.honour") == ["修改 荣誉 示例荣誉"]
    assert told(reader, until="2001-01-01") == []
    assert told(reader, since="2101-01-01") == []


def test_days_of_the_filter_are_the_district_s_days(own_town: Town, reader: Client) -> None:
    village = factories.village(own_town)
    events = Village.pgh_event_model.objects  # type: ignore[attr-defined]
    written_on = localdate(events.get(pgh_obj_id=village.pk).pgh_created_at)
    day = timedelta(days=1)

    def found(since: date, until: date) -> bool:
        return bool(told(reader, model="towns.village", since=since, until=until))

    assert found(written_on, written_on)
    assert not found(written_on - day, written_on - day)
    assert not found(written_on + day, written_on + day)


def test_one_act_can_be_looked_at_alone(
    own_town: Town, administrator: User, reader: Client
) -> None:
    with written(by=administrator, action="create_village"):
        factories.village(own_town, "一村")
    with written(by=administrator, action="create_village"):
        factories.village(own_town, "二村")
    entries = reader.get("/changes/", {"model": "towns.village"}).context["page"].entries
    act = next(entry.act for entry in entries if "二村" in entry.what)

    assert told(reader, act=act) == ["新增 村居 二村"]


def test_one_record_can_be_looked_at_alone_even_when_it_is_gone(
    own_town: Town, administrator: User, reader: Client
) -> None:
    gone, other = factories.village(own_town, "一村"), factories.village(own_town, "二村")
    number = gone.pk
    gone.delete()

    assert told(reader, model="towns.village", record=number) == [
        "删除 村居 一村",
        "新增 村居 一村",
    ]
    assert told(reader, model="towns.village", record=other.pk) == ["新增 村居 二村"]
    assert len(told(reader, record=number)) > 2  # a number alone names no record


def test_a_summary_is_called_by_its_place_and_period(own_town: Town, reader: Client) -> None:
    for town in (None, own_town):
        Summary.objects.create(
            kind=Summary.Kind.MONTHLY,
            start_on=date(2024, 5, 1),
            end_on=date(2024, 5, 31),
            town=town,
            data_as_of=now(),
            written_at=now(),
        )

    assert told(reader, model="summaries.summary") == [
        f"新增 工作小结 {own_town} · 2024年5月 月报",
        "新增 工作小结 2024年5月 月报",
    ]


def test_who_wrote_is_found_while_typing(administrator: User, reader: Client) -> None:
    def found(typed: str) -> list[str]:
        answer = reader.get("/changes/writers/", {"q": typed}).json()
        return [row["text"] for row in answer["results"]]

    assert found("")[:2] == ["系统", "来源不明（未经系统写入）"]
    assert found(administrator.name) == [administrator.name]


def test_the_page_goes_on_where_it_stopped(
    own_town: Town, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboards.changes.PAGE_SIZE", 2)
    for number in range(3):
        factories.village(own_town, f"{number}村")

    first = reader.get("/changes/?model=towns.village").context["page"]
    second = reader.get(f"/changes/{first.next_url}").context["page"]

    assert [entry.what for entry in (*first.entries, *second.entries)] == [
        "新增 村居 2村",
        "新增 村居 1村",
        "新增 村居 0村",
    ]
    assert second.next_url == ""
    assert second.first_url == "?model=towns.village"


@pytest.mark.parametrize(
    "asked", ["person=x", "model=auth.user", "since=bald", "act=1", "label=truncate"]
)
def test_what_cannot_be_understood_shows_no_rows_and_no_error_page(
    own_town: Town, reader: Client, asked: str
) -> None:
    response = reader.get(f"/changes/?{asked}")

    assert response.status_code == 200
    assert not response.context["page"].entries


@pytest.mark.parametrize("after", ["x", "\x00", "2024-01-01T00:00:00+08:00~99~1", "~~"])
def test_a_cursor_made_up_is_no_error_page(own_town: Town, reader: Client, after: str) -> None:
    assert reader.get("/changes/", {"after": after}).status_code == 200


def test_the_page_costs_a_bounded_number_of_queries(
    own_town: Town,
    administrator: User,
    reader: Client,
    django_assert_max_num_queries: Queries,
) -> None:
    for number in range(30):
        with written(by=administrator, action="create_village"):
            factories.venue(own_town, f"阵地{number}")
            factories.honour(factories.chamber(own_town), title=f"荣誉{number}")

    with django_assert_max_num_queries(22):
        reader.get("/changes/")
