"""The pages of towns, villages, posts and brands: who sees what, and what editing does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core.editing import version_of
from tests import factories
from tests.conftest import SignedIn
from tests.towns.test_models import staffed_village
from towns.models import Post, Town, Village

Queries = Any


def posted(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, data)


def village_data(village: Village, **changed: Any) -> dict[str, Any]:
    """What the form of a village sends when nothing but ``changed`` was touched."""
    return {
        "name": village.name,
        "town": village.town_id,
        "kind": village.kind,
        "code": "",
        "version": version_of(village),
        **changed,
    }


def test_villages_are_listed_with_who_is_in_post(
    own_town: Town, liaison: User, signed_in: SignedIn
) -> None:
    village = staffed_village(own_town)
    factories.village(own_town, "空缺村")

    page = signed_in(liaison).get("/villages/").content.decode()

    assert village.name in page
    assert "示例干事" in page
    assert page.count("空缺") >= 2


def test_villages_of_a_past_day_are_those_of_that_day(
    own_town: Town, liaison: User, signed_in: SignedIn
) -> None:
    factories.village(own_town, "旧村", closed_on=date(2023, 1, 1))
    factories.village(own_town, "新村", opened_on=date(2024, 1, 1))
    client = signed_in(liaison)

    past = client.get("/villages/?day=2022-06-01").content.decode()
    today = client.get("/villages/").content.decode()
    ended = client.get("/villages/?standing=ended").content.decode()

    assert "旧村" in past and "新村" not in past
    assert "新村" in today and "旧村" not in today
    assert "旧村" in ended and "新村" not in ended


@pytest.mark.parametrize("text", ["金葫芦", "jinhulu", "jhl"])
def test_a_village_is_found_by_part_pinyin_and_initials(
    own_town: Town, liaison: User, signed_in: SignedIn, text: str
) -> None:
    factories.village(own_town, "金葫芦一居")
    factories.village(own_town, "叙中村")

    page = signed_in(liaison).get("/villages/", {"q": text}).content.decode()

    assert "金葫芦一居" in page
    assert "叙中村" not in page


def test_the_list_of_villages_costs_the_same_for_few_and_for_many(
    own_town: Town,
    liaison: User,
    signed_in: SignedIn,
    django_assert_max_num_queries: Queries,
) -> None:
    client = signed_in(liaison)
    for _number in range(30):
        staffed_village(own_town)

    with django_assert_max_num_queries(12):
        client.get("/villages/")


def test_towns_stand_in_the_official_order_with_their_counts(
    own_town: Town, other_town: Town, officer: User, signed_in: SignedIn
) -> None:
    Town.objects.filter(pk=other_town.pk).update(order=0)
    staffed_village(own_town)
    factories.village(own_town)

    response = signed_in(officer).get("/towns/")
    rows = [row.record for row in response.context["records"].table.paginated_rows]

    assert [row.name for row in rows] == ["徐泾镇", "华新镇"]
    assert (rows[1].villages_count, rows[1].staffed_count) == (2, 1)


def test_a_village_page_tells_its_posts_and_its_history(
    own_town: Town, liaison: User, signed_in: SignedIn
) -> None:
    village = staffed_village(own_town)

    page = signed_in(liaison).get(f"/villages/{village.pk}/?history=newest").content.decode()

    assert "已配齐" in page
    assert "新增 岗位 示例干事" in page
    assert "修改任职" not in page


def test_editing_a_village_saves_and_tells_why(
    own_town: Town, administrator: User, signed_in: SignedIn
) -> None:
    village = factories.village(own_town, "叙中村")
    client = signed_in(administrator)

    response = posted(
        client,
        f"/villages/{village.pk}/edit/",
        **village_data(village, name="叙中一村", reason="批复更名"),
    )

    assert response.status_code == 302
    village.refresh_from_db()
    assert (village.name, village.pinyin) == ("叙中一村", "xuzhongyicun")
    assert "批复更名" in client.get(f"/villages/{village.pk}/?history=newest").content.decode()


def test_a_liaison_edits_no_register(
    own_town: Town, liaison: User, officer: User, signed_in: SignedIn
) -> None:
    village = factories.village(own_town)

    for person in (liaison, officer):
        response = signed_in(person).post(
            f"/villages/{village.pk}/edit/", village_data(village, name="改名")
        )
        assert response.status_code == 403


def test_all_broken_rules_are_told_at_once(
    own_town: Town, administrator: User, signed_in: SignedIn
) -> None:
    Town.objects.filter(pk=own_town.pk).update(opened_on=date(2000, 1, 1))
    factories.village(own_town, "叙中村")

    page = posted(
        signed_in(administrator),
        "/villages/new/",
        name="叙中村",
        town=own_town.pk,
        kind="village",
        code="310118999001",
        opened_on="1990-01-01",
    ).content.decode()

    assert "本街镇已有同名的村居" in page
    assert "前9位与所选街镇的代码不一致" in page
    assert "设立日期不能早于街镇设立" in page
    assert Village.objects.count() == 1


def test_closing_a_village_ends_the_posts_there_the_same_day(
    own_town: Town, administrator: User, signed_in: SignedIn
) -> None:
    village = staffed_village(own_town, from_on=date(2023, 1, 1))

    response = posted(
        signed_in(administrator), f"/villages/{village.pk}/close/", on="2024-05-01", reason="撤并"
    )

    assert response.status_code == 302
    village.refresh_from_db()
    assert village.closed_on == date(2024, 5, 1)
    assert set(Post.objects.values_list("to_on", flat=True)) == {date(2024, 5, 1)}


def test_a_town_with_villages_is_not_dissolved(
    own_town: Town, administrator: User, signed_in: SignedIn
) -> None:
    factories.village(own_town)
    client = signed_in(administrator)

    refused = posted(client, f"/towns/{own_town.pk}/close/", on="2024-05-01")

    assert "请先撤销或划转这些村居" in refused.content.decode()
    own_town.refresh_from_db()
    assert own_town.closed_on is None


def test_what_is_in_use_is_not_deleted(
    own_town: Town, administrator: User, signed_in: SignedIn
) -> None:
    village = staffed_village(own_town)

    page = posted(
        signed_in(administrator), f"/villages/{village.pk}/remove/", reason="误建"
    ).content.decode()

    assert "还有2 条岗位与它有关" in page
    assert Village.objects.filter(pk=village.pk).exists()


def test_what_was_made_by_mistake_is_deleted_and_its_history_stays(
    own_town: Town, administrator: User, signed_in: SignedIn
) -> None:
    village = factories.village(own_town)

    response = posted(signed_in(administrator), f"/villages/{village.pk}/remove/", reason="误建")

    assert response.status_code == 302
    assert not Village.objects.filter(pk=village.pk).exists()
    events = Village.pgh_event_model.objects.filter(pgh_obj_id=village.pk)  # type: ignore[attr-defined]
    assert events.filter(pgh_label="delete", pgh_context__metadata__reason="误建").exists()


def test_nobody_holds_the_same_post_twice_at_a_time(
    own_town: Town, administrator: User, signed_in: SignedIn
) -> None:
    village = factories.village(own_town)
    factories.post(village, from_on=date(2020, 1, 1), to_on=date(2023, 1, 1))
    data = {"town": own_town.pk, "village": village.pk, "kind": "officer", "holder": "示例干事"}
    client = signed_in(administrator)

    overlapping = posted(client, "/posts/new/", **data, from_on="2022-12-31")
    following = posted(client, "/posts/new/", **data, from_on="2023-01-01")

    assert "已担任同一村居的同一岗位" in overlapping.content.decode()
    assert following.status_code == 302


@pytest.mark.parametrize("day", ["0204-05-01", "2204-05-01"])
def test_a_mistyped_year_is_asked_about(
    own_town: Town, administrator: User, signed_in: SignedIn, day: str
) -> None:
    page = posted(
        signed_in(administrator),
        "/villages/new/",
        name="叙中村",
        town=own_town.pk,
        kind="village",
        opened_on=day,
    ).content.decode()

    assert "请核对年份" in page
    assert not Village.objects.exists()


def test_texts_are_stored_without_characters_nobody_sees(
    own_town: Town, administrator: User, signed_in: SignedIn
) -> None:
    posted(
        signed_in(administrator),
        "/villages/new/",
        name="叙\u202e中\u200b村",
        town=own_town.pk,
        kind="village",
    )

    assert Village.objects.get().name == "叙中村"
