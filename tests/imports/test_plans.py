"""Venues, posts, honours and activities: compared, written once, taken back exactly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from activities.models import Activity, Host
from chambers.models import Chamber, Honour
from imports import actions
from imports.deciding import decisions
from imports.models import Batch
from imports.plans.registry import PLANS
from imports.plans.rows import SheetRow
from imports.reading.vocabulary import PLANS as VOCABULARY
from tests import factories
from tests.imports.conftest import TODAY, commit, undo
from towns.models import Post, Town, Village
from venues.models import Venue, Zone

pytestmark = pytest.mark.django_db

List = Callable[..., Batch]


@pytest.fixture
def listed(own_town: Town, administrator: User) -> List:
    """A batch in preview of rows of one plan, of the town unless told otherwise."""
    made = iter(range(100))
    factories.kind("other", "其他")

    def receive(plan: str, *records: dict[str, Any], **whose: Any) -> Batch:
        fields = dict.fromkeys(name for record in records for name in record)
        columns = [
            {"column": "ABCDEFGHIJKLMNOP"[place], "header": name, "field": name}
            for place, name in enumerate(fields)
        ]
        table = {"sheet": "表", "header_first": 1, "header_row": 1, "columns": columns}
        understanding = {"tables": [{**table, "left_out": [], "skipped": [], "rows": len(records)}]}
        return actions.receive_file(
            file_name="表.xlsx",
            sha256=str(next(made)),
            rows=[SheetRow(n, "表", n + 1, dict(one)) for n, one in enumerate(records, start=1)],
            understanding=understanding,
            plan=plan,
            by=administrator,
            today=TODAY,
            **(whose or {"town": own_town}),
        )

    return receive


def verdicts(batch: Batch) -> list[str]:
    return list(batch.rows.order_by("position").values_list("verdict", flat=True))


def told(batch: Batch, position: int = 1) -> str:
    row = batch.rows.get(position=position)
    return " ".join(problem["message"] for problem in row.problems)


def everything() -> dict[str, list[dict[str, Any]]]:
    models: tuple[Any, ...] = (Village, Post, Venue, Zone, Honour, Activity, Host)
    return {one.__name__: list(one.objects.order_by("pk").values()) for one in models}


def comes_back(listed: List, plan: str, *records: dict[str, Any], **whose: Any) -> Batch:
    """Commit the rows, see that once more they change nothing, and take them back exactly."""
    before = everything()
    batch = commit(listed(plan, *records, **whose))
    assert batch.state == Batch.State.COMMITTED, batch.job and batch.job.message
    after = everything()
    again = listed(plan, *records, **whose)
    found = {name: count for name, count in again.counts.items() if count}
    assert {**found, "warnings": 0} == {"same": len(records), "warnings": 0}
    assert everything() == after
    undo(batch)
    assert batch.counts["undo"]["reversed"] == batch.rows.exclude(after={}).count()
    assert everything() == before
    return batch


def test_every_plan_reads_fields_of_its_vocabulary() -> None:
    for key, plan in PLANS.items():
        known = {column.name for column in VOCABULARY[key].columns}
        assert set(plan.fields) <= known, key
        assert plan.named_by in known


VENUE: dict[str, Any] = {
    "name": "华新镇商会之家",
    "kind": "商会之家",
    "area_m2": "650",
    "zones": ["商会成果展示", "商会综合办公"],
    "functions": ["联络感情", "文化交流"],
    "opening_hours": "周一至周五",
    "managed_by": "华新镇商会",
    "opened_on": "2020-05-01",
}


def test_venues_with_zones_come_and_go(listed: List) -> None:
    comes_back(listed, "venues", VENUE, {"name": "示例工作站", "kind": "工作站"})


def test_a_venue_is_written_whole(listed: List, own_town: Town) -> None:
    commit(listed("venues", VENUE))
    venue = Venue.objects.get()
    assert (venue.town, venue.kind, venue.area_m2) == (own_town, "chamber_home", Decimal(650))
    assert venue.functions == ["联络感情", "文化交流"]
    assert list(venue.zones.order_by("order").values_list("name", flat=True)) == VENUE["zones"]


def test_a_known_venue_shows_what_differs_and_gets_it_back(listed: List, own_town: Town) -> None:
    venue = factories.venue(own_town, VENUE["name"], kind="chamber_home", functions=["参观"])
    batch = listed("venues", VENUE)
    changes = batch.rows.get().changes
    assert changes["functions"] == ["参观", "联络感情、文化交流"]
    assert changes["zones"] == ["", "商会成果展示、商会综合办公"]
    comes_back(listed, "venues", VENUE)
    venue.refresh_from_db()
    assert venue.functions == ["参观"]


def test_a_part_may_stand_above_its_complex(listed: List) -> None:
    part = {"name": "同心家园", "kind": "同心家园", "parent": "同心巷聚"}
    batch = comes_back(listed, "venues", part, {"name": "同心巷聚", "kind": "统战综合体"})
    commit(listed("venues", part, {"name": "同心巷聚", "kind": "统战综合体"}))
    assert Venue.objects.get(name="同心家园").parent == Venue.objects.get(name="同心巷聚")
    assert batch.counts["new"] == 2


def test_a_part_waits_for_its_complex(listed: List) -> None:
    part = {"name": "同心家园", "kind": "同心家园", "parent": "同心巷聚"}
    double = {"name": "同心巷聚", "kind": "统战综合体"}
    batch = listed("venues", part, double, double)
    assert verdicts(batch) == ["problem"] * 3
    assert "那一行" in told(batch)


def test_the_rules_of_venues_hold(listed: List, own_town: Town) -> None:
    factories.venue(own_town, "示例工作站", kind="station")
    batch = listed("venues", {"name": "示例之家", "kind": "统战之家", "parent": "示例工作站"})
    assert verdicts(batch) == ["problem"]
    assert "综合体" in told(batch)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"name": "示例", "kind": "仓库"}, "不是阵地类型"),
        ({"name": "示例大楼"}, "请写明阵地类型"),
        ({"name": "示例工作站", "area_m2": "0"}, "合理的范围"),
        ({"name": "示例工作站", "town": "无名镇"}, "没有街镇"),
        ({"kind": "工作站"}, "没有阵地名称"),
    ],
)
def test_a_bad_venue_says_what_to_write(listed: List, record: dict[str, str], words: str) -> None:
    batch = listed("venues", record)
    assert (verdicts(batch), words in told(batch)) == (["problem"], True)


def test_a_near_venue_is_shown_and_chosen(
    listed: List, own_town: Town, administrator: User
) -> None:
    known = factories.venue(own_town, "华新镇幸福新e园阵地", kind="home")
    batch = listed("venues", {"name": "华新镇幸福·新e园阵地", "kind": "统战之家"})
    assert batch.rows.get().problems[-1]["options"][0]["pk"] == known.pk
    what: dict[str, Any] = {"position": 1, "act": "same_as", "record": known.pk, "today": TODAY}
    decisions.choose_row(batch=batch, by=administrator, **what)
    assert verdicts(batch) == ["same"]


def post(village: str, kind: str, holder: str, **more: str) -> dict[str, str]:
    return {"village": village, "post": kind, "holder": holder, **more}


def test_villages_and_posts_come_and_go(listed: List) -> None:
    comes_back(
        listed,
        "posts",
        post("示例村", "统战干事", "示例甲", phone="59790001", full_time="是", since="2023-01-01"),
        post("示例村", "联络员", "示例乙"),
        {"village": "示例一居", "village_kind": "居委会", "village_code": "310118107999"},
    )


def test_a_new_holder_ends_the_spell_of_the_one_before(listed: List, own_town: Town) -> None:
    village = factories.village(own_town, "示例村委会", kind="village")
    old = factories.post(village, kind="officer", holder="示例甲", from_on=date(2020, 1, 1))
    batch = listed("posts", post("示例村", "统战干事", "示例乙", since="2024-03-01"))
    assert verdicts(batch) == ["changed"]
    assert batch.rows.get().changes == {"holder": ["示例甲", "示例乙"]}
    comes_back(listed, "posts", post("示例村", "统战干事", "示例乙", since="2024-03-01"))
    commit(batch)
    old.refresh_from_db()
    assert old.to_on == date(2024, 3, 1)
    assert Post.objects.get(holder="示例乙").from_on == date(2024, 3, 1)


@pytest.mark.parametrize("name", ["示例村", "示例村委会", "示例村村委会", "示例村民委员会"])
def test_the_word_for_an_office_makes_no_other_village(
    listed: List, own_town: Town, name: str
) -> None:
    village = factories.village(own_town, "示例村村委会", kind="village")
    factories.post(village, kind="officer", holder="示例甲")
    assert verdicts(listed("posts", post(name, "统战干事", "示例甲"))) == ["same"]


def test_two_holders_of_one_list_stand_side_by_side(listed: List, own_town: Town) -> None:
    village = factories.village(own_town, "示例村", kind="village")
    factories.post(village, kind="liaison", holder="示例甲")
    rows = (post("示例村", "联络员", "示例甲"), post("示例村", "联络员", "示例乙"))
    assert verdicts(listed("posts", *rows)) == ["same", "new"]


def test_nobody_begins_before_the_one_who_is_relieved(listed: List, own_town: Town) -> None:
    village = factories.village(own_town, "示例村", kind="village")
    factories.post(village, kind="officer", holder="示例甲", from_on=date(2024, 1, 1))
    batch = listed("posts", post("示例村", "统战干事", "示例乙", since="2023-03-01"))
    assert verdicts(batch) == ["problem"]
    assert "早于前任" in told(batch)


def test_who_is_neither_named_nor_replaced_may_leave(
    listed: List, own_town: Town, administrator: User
) -> None:
    village = factories.village(own_town, "示例村", kind="village")
    other = factories.village(own_town, "示例二村", kind="village")
    gone = factories.post(other, kind="liaison", holder="示例丙")
    factories.post(village, kind="liaison", holder="示例甲")
    batch = listed("posts", post("示例村", "联络员", "示例甲"))
    assert verdicts(batch) == ["same", "absent"]
    what: dict[str, Any] = {"positions": None, "left_on": date(2024, 6, 1)}
    decisions.choose_leavers(batch=batch, by=administrator, **what)
    batch.refresh_from_db()
    commit(batch)
    gone.refresh_from_db()
    assert gone.to_on == date(2024, 6, 1)
    undo(batch)
    gone.refresh_from_db()
    assert gone.to_on is None


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (post("示例大厦", "联络员", "示例甲"), "村居类型"),
        (post("示例村", "书记", "示例甲"), "不是统战岗位"),
        ({"village": "示例村", "holder": "示例甲"}, "请写明岗位"),
        ({"village": "示例村", "village_code": "123"}, "12位数字"),
    ],
)
def test_a_bad_post_says_what_to_write(listed: List, record: dict[str, str], words: str) -> None:
    batch = listed("posts", record)
    assert (verdicts(batch), words in told(batch)) == (["problem"], True)


def test_a_new_village_is_told(listed: List) -> None:
    assert "将新增为村委会" in told(listed("posts", post("示例村", "联络员", "示例甲")))


HONOUR = {
    "holder": "华新镇商会",
    "title": "全国“四好”商会",
    "level": "国家",
    "issuer": "全国工商联",
    "awarded_on": "2023-12-01",
    "valid_until": "2025-12-31",
}


@pytest.fixture
def chamber(own_town: Town) -> Chamber:
    return factories.chamber(own_town, "华新镇商会")


def test_honours_of_chambers_enterprises_and_towns_come_and_go(
    listed: List, chamber: Chamber, own_town: Town
) -> None:
    enterprise = factories.enterprise(own_town, "上海示例甲有限公司")
    firm = {"holder": enterprise.name, "title": "示例奖", "level": "市"}
    town = {"holder": own_town.name, "title": "示例奖", "level": "区"}
    comes_back(listed, "honours", HONOUR, firm, town)
    commit(listed("honours", HONOUR, firm))
    assert {one.holder for one in Honour.objects.all()} == {chamber, enterprise}


def test_a_list_of_a_chamber_needs_no_holder(listed: List, chamber: Chamber) -> None:
    record = {name: text for name, text in HONOUR.items() if name != "holder"}
    comes_back(listed, "honours", record, chamber=chamber)


def test_the_next_award_of_an_honour_is_another_one(listed: List, chamber: Chamber) -> None:
    commit(listed("honours", HONOUR))
    assert verdicts(listed("honours", {**HONOUR, "awarded_on": "2021-12-01"})) == ["new"]
    changed = listed("honours", {**HONOUR, "valid_until": "2026-12-31"})
    assert changed.rows.get().changes == {"valid_until": ["2025-12-31", "2026-12-31"]}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"holder": "无名商会"}, "请先登记"),
        ({"level": ""}, "请写明荣誉的级别"),
        ({"level": "宇宙"}, "不是级别"),
        ({"valid_until": "2020-01-01"}, "不得早于"),
    ],
)
def test_a_bad_honour_says_what_to_write(
    listed: List, chamber: Chamber, change: dict[str, str], words: str
) -> None:
    batch = listed("honours", {**HONOUR, **change})
    assert (verdicts(batch), words in told(batch)) == (["problem"], True)


ACTIVITY = {
    "title": "示例座谈会",
    "start": "2024-05-15T14:00",
    "venue": "示例会议室",
    "hosts": ["华新镇商会"],
    "co_hosts": ["示例大学"],
    "headcount": "60",
    "donation_yuan": "50000",
}


def test_activities_with_hosts_come_and_go(listed: List, chamber: Chamber) -> None:
    comes_back(listed, "activities", ACTIVITY, {"title": "示例宣讲", "start": "2024-05-16"})


def test_an_activity_is_entered_as_its_town_would(
    listed: List, chamber: Chamber, own_town: Town
) -> None:
    commit(listed("activities", ACTIVITY))
    activity = Activity.objects.get()
    assert (activity.town, activity.state, activity.review) == (own_town, "held", "submitted")
    assert (activity.place, activity.headcount) == ("示例会议室", 60)
    assert {(host.part, str(host)) for host in activity.hosts.all()} == {
        ("host", "华新镇商会"),
        ("co_host", "示例大学"),
    }


def test_a_kind_is_found_by_what_it_is_called_for_short(listed: List) -> None:
    factories.kind("sample", "同心示例行")
    commit(listed("activities", {**ACTIVITY, "kind": "同心示例行活动"}))
    assert Activity.objects.get().kind.name == "同心示例行"
    assert "记为“其他”" in told(listed("activities", {**ACTIVITY, "start": "2024-05-17"}))


def test_what_lacks_something_stays_a_draft(listed: List) -> None:
    batch = commit(listed("activities", {"title": "示例宣讲", "start": "2024-05-16"}))
    assert "存为草稿" in told(batch)
    assert Activity.objects.get().review == "draft"


def test_a_joint_activity_stands_once_for_both_towns(
    listed: List, own_town: Town, other_town: Town
) -> None:
    joint = {**ACTIVITY, "hosts": [], "town": f"{own_town.name}、{other_town.name}"}
    comes_back(listed, "activities", joint)
    commit(listed("activities", joint))
    activity = Activity.objects.get()
    towns = set(activity.participations.values_list("town", flat=True))
    assert towns == {own_town.pk, other_town.pk}
    theirs = listed("activities", {**joint, "town": other_town.name}, town=other_town)
    assert verdicts(theirs) == ["same"]


def test_a_known_activity_shows_what_differs_and_gets_it_back(
    listed: List, chamber: Chamber
) -> None:
    commit(listed("activities", ACTIVITY))
    later = {**ACTIVITY, "headcount": "75", "co_hosts": ["示例学院"]}
    changes = listed("activities", later).rows.get().changes
    assert changes == {"headcount": ["60", "75"], "co_hosts": ["示例大学", "示例学院"]}
    comes_back(listed, "activities", later)


def test_what_is_confirmed_is_not_overwritten(listed: List, chamber: Chamber) -> None:
    commit(listed("activities", ACTIVITY))
    Activity.objects.update(review="confirmed")
    assert verdicts(listed("activities", ACTIVITY)) == ["same"]
    batch = listed("activities", {**ACTIVITY, "headcount": "75"})
    assert (verdicts(batch), "已确认" in told(batch)) == (["problem"], True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "请填写活动名称"),
        ({"start": ""}, "请填写活动日期"),
        ({"start": "1987-01-01"}, "2000年以后"),
        ({"headcount": "2000000"}, "人数过大"),
    ],
)
def test_a_bad_activity_breaks_the_rule_of_its_entry(
    listed: List, change: dict[str, str], words: str
) -> None:
    batch = listed("activities", {**ACTIVITY, **change})
    assert (verdicts(batch), words in told(batch)) == (["problem"], True)
