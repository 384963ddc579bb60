"""History is told as it was written: by whom, from where, why, and field by field."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from typing import Any

import pghistory
import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils.timezone import now

from accounts.models import User
from chambers.models import Enterprise, Honour, Membership, Milestone, Position
from config.env import ROOT
from core.audit import written
from core.history import (
    PAST_THE_SYSTEM,
    SYSTEM,
    ChangeQuestion,
    Cursor,
    Trail,
    newest_changes,
    timeline_of,
    tracked_models,
)
from core.history_words import ACT_WORDS, entries, excerpt, field_label
from core.parts import HistoryEntry
from tests import factories
from towns.models import Post, Town, Village
from venues.models import Venue, Zone

Queries = Any


def told(record: Any, viewer: User, *trails: Trail) -> list[HistoryEntry]:
    found = timeline_of(record, viewer=viewer, trails=trails)
    return entries(found.events, viewer=viewer, record=record)


def changes(entry: HistoryEntry) -> dict[str, tuple[str, str]]:
    return {str(change.label): (str(change.before), str(change.after)) for change in entry.changes}


def test_an_edit_tells_who_why_and_each_field_before_and_after(
    own_town: Town, administrator: User, officer: User
) -> None:
    village = factories.village(own_town, "叙中村")
    with written(by=administrator, action="edit_village", reason="更名批复"):
        village.name, village.kind = "叙中居委会", Village.Kind.NEIGHBOURHOOD
        village.save()

    newest = told(village, officer)[0]

    assert (newest.who, newest.what, newest.reason) == (administrator.name, "修改", "更名批复")
    assert changes(newest) == {"名称": ("叙中村", "叙中居委会"), "类型": ("村委会", "居委会")}


def test_two_acts_of_one_request_are_told_apart(
    transactional_db: None, own_town: Town, administrator: User, officer: User
) -> None:
    village = factories.village(own_town, "叙中村")
    with pghistory.context(url="/villages/", address="10.1.2.3"):
        with written(by=administrator, action="edit_village", reason="更名批复"):
            Village.objects.update(name="一村")
        with written(by=None, action="close_village"):
            Village.objects.update(name="二村")

    closed, edited = told(village, officer)[:2]

    assert (edited.who, edited.what, edited.reason) == (administrator.name, "修改", "更名批复")
    assert (closed.who, closed.what, closed.reason) == ("系统", "停用", "")
    assert edited.where_from == closed.where_from == "网页"
    assert edited.act != closed.act


def test_a_choice_is_told_in_words(administrator: User) -> None:
    with written(by=administrator, action="choose_language"):
        administrator.language = "en"
        administrator.save()

    assert changes(told(administrator, administrator)[0])["界面语言"][1] == "English"


def test_an_insert_shows_what_the_record_began_with(own_town: Town, officer: User) -> None:
    village = factories.village(own_town, "叙中村", opened_on=date(2020, 5, 1))

    first = told(village, officer)[-1]

    assert first.what == "新增"
    assert changes(first)["设立日期"] == ("", "2020年5月1日")
    assert changes(first)["街镇"] == ("", "华新镇")


def test_what_was_written_past_the_system_is_told_as_such(own_town: Town, officer: User) -> None:
    village = factories.village(own_town)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE towns_village SET name = '改名' WHERE id = %s", [village.pk])

    newest = told(village, officer)[0]

    assert newest.who == "来源不明（未经系统写入）"
    assert changes(newest)["名称"] == (village.name, "改名")


def test_the_system_itself_is_named_when_no_person_wrote(own_town: Town, officer: User) -> None:
    with written(by=None, action="seed_demo"):
        village = factories.village(own_town)

    entry = told(village, officer)[0]

    assert (entry.who, entry.where_from) == ("系统", "示例数据")


def test_bulk_writes_are_told_row_by_row_and_folded_into_one_entry(
    transactional_db: None, own_town: Town, administrator: User, officer: User
) -> None:
    chamber = factories.chamber(own_town)
    with written(by=administrator, action="commit_batch"):
        made = Membership.objects.bulk_create(
            Membership(chamber=chamber, enterprise=factories.enterprise(own_town, f"示例{n}公司"))
            for n in range(6)
        )
    with written(by=administrator, action="commit_batch"):
        for one in made:
            one.position = Position.COUNCILLOR
        Membership.objects.bulk_update(made, ["position"])

    updated, inserted, _founded = told(chamber, officer, Trail(Membership, "chamber"))

    assert str(updated.what).startswith("修改 会员 6 条：示例")
    assert updated.where_from == "导入"
    assert [changes(part)["商会职务"] for part in updated.parts] == [("会员", "理事")] * 6
    assert len(inserted.parts) == 6


def test_rows_of_a_record_stay_in_its_timeline_after_they_are_gone(
    own_town: Town, administrator: User, officer: User
) -> None:
    venue = factories.venue(own_town)
    zone = Zone.objects.create(venue=venue, name="商会成果展示")
    with written(by=administrator, action="remove_zone"):
        zone.delete()

    told_of = {entry.what: entry for entry in told(venue, officer, Trail(Zone, "venue"))}

    gone = told_of["删除 功能区 商会成果展示"]
    assert gone.who == administrator.name
    assert changes(gone)["功能区"] == ("商会成果展示", "—")


def test_a_trail_tells_nothing_of_another_town(
    own_town: Town, other_town: Town, liaison: User, officer: User
) -> None:
    enterprise = factories.enterprise(own_town)
    factories.membership(factories.chamber(other_town, "徐泾镇商会"), enterprise)
    trail = Trail(Membership, "enterprise")

    assert "新增 会员 徐泾镇商会" in [entry.what for entry in told(enterprise, officer, trail)]
    assert all("会员" not in str(entry.what) for entry in told(enterprise, liaison, trail))


def test_a_key_to_a_row_out_of_sight_is_not_named_but_a_town_is(
    own_town: Town, other_town: Town, liaison: User, administrator: User
) -> None:
    venue = factories.venue(other_town, chamber=factories.chamber(other_town, "徐泾镇商会"))
    with written(by=administrator, action="edit_venue"):
        venue.town, venue.chamber = own_town, None
        venue.save()

    newest = changes(told(venue, liaison)[0])

    assert newest["所属商会"] == ("（已删除或不在可见范围）", "—")
    assert newest["街镇"] == ("徐泾镇", "华新镇")


def test_derived_spellings_are_no_change_a_person_made(own_town: Town, officer: User) -> None:
    village = factories.village(own_town, "重固村")
    Village.objects.filter(pk=village.pk).update(pinyin="zhonggucun")

    assert not told(village, officer)[0].changes


def test_the_act_gives_its_own_word_to_the_record_it_is_about(
    transactional_db: None, own_town: Town, administrator: User, officer: User
) -> None:
    village = factories.village(own_town)
    post = factories.post(village)
    with written(by=administrator, action="close_village"):
        village.closed_on = date(2024, 5, 1)
        village.save()
        Post.objects.filter(pk=post.pk).update(to_on=date(2024, 5, 1))

    words = {entry.what for entry in told(village, officer, Trail(Post, "village"))[:2]}

    assert words == {"停用", f"修改 岗位 {post.holder}"}


def test_a_long_text_is_shown_where_it_differs() -> None:
    before = "甲" * 200 + "旧" + "乙" * 200
    after = "甲" * 200 + "新的" + "乙" * 200

    assert excerpt(before, after) == (
        f"…{'甲' * 12}旧{'乙' * 12}…",
        f"…{'甲' * 12}新的{'乙' * 12}…",
    )


def test_a_timeline_costs_the_same_for_one_event_and_for_many(
    own_town: Town, officer: User, django_assert_max_num_queries: Queries
) -> None:
    chamber = factories.chamber(own_town)
    for number in range(25):
        factories.membership(chamber)
        Milestone.objects.create(
            chamber=chamber, happened_on=date(2020, 1, 1), title=f"事项{number}"
        )
    Membership.objects.update(left_on=date(2024, 1, 1))
    trails = [Trail(Membership, "chamber"), Trail(Milestone, "chamber")]

    # Events: 3 tables. Rows before: 2. Names: town, chamber, enterprise. People: 1 at most.
    with django_assert_max_num_queries(9):
        told(chamber, officer, *trails)


def test_a_timeline_stops_at_its_limit_and_says_that_there_is_more(
    own_town: Town, officer: User
) -> None:
    village = factories.village(own_town)
    for number in range(5):
        Village.objects.filter(pk=village.pk).update(name=f"名称{number}")

    found = timeline_of(village, viewer=officer, limit=3)

    assert found.following
    assert [event.row.name for event in found.events] == ["名称4", "名称3", "名称2"]


@pytest.mark.parametrize("size", [1, 2, 5, 500])
def test_pages_of_a_timeline_hold_every_event_once_and_in_order(
    own_town: Town, liaison: User, size: int
) -> None:
    # One transaction gives all its rows the same moment: the hardest case for a cursor.
    venue = factories.venue(own_town)
    zones = [Zone.objects.create(venue=venue, name=f"功能区{number}") for number in range(3)]
    Venue.objects.filter(pk=venue.pk).update(address="新地址")
    Zone.objects.filter(venue=venue).update(name=Concat("name", Value("（新）")))
    zones[0].delete()
    trails = [Trail(Zone, "venue")]

    seen: list[tuple[str, str]] = []
    after: Cursor | None = None
    while True:
        page = timeline_of(venue, viewer=liaison, trails=trails, after=after, limit=size)
        seen += [(event.model.__name__, event.label) for event in page.events]
        if page.following is None:
            break
        after = Cursor.parse(str(page.following))

    zones_seen = [("Zone", "delete"), *[("Zone", "update")] * 3, *[("Zone", "insert")] * 3]
    assert seen == [("Venue", "update"), ("Venue", "insert"), *zones_seen]


def test_each_row_of_history_keeps_the_person_of_its_write(
    transactional_db: None, own_town: Town, administrator: User, officer: User
) -> None:
    with written(by=administrator, action="create_village"):
        village = factories.village(own_town)
    with written(by=None, action="load_district"):
        Village.objects.filter(pk=village.pk).update(name="二村")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE towns_village SET name = '改名' WHERE id = %s", [village.pk])

    def found(person: int) -> list[str]:
        asked = ChangeQuestion(models=["towns.village"], person=person)
        return [event.label for event in newest_changes(asked, after=None, limit=9)[0]]

    assert found(administrator.pk) == ["insert"]
    assert found(SYSTEM) == found(PAST_THE_SYSTEM) == ["update"]
    assert found(officer.pk) == []


def all_pages(question: ChangeQuestion, size: int) -> list[tuple[str, int]]:
    seen: list[tuple[str, int]] = []
    after: Cursor | None = None
    while True:
        events, after = newest_changes(question, after=after, limit=size)
        seen += [(event.model._meta.label_lower, event.row.pgh_id) for event in events]
        if after is None:
            return seen
        after = Cursor.parse(str(after))


def lived_through(town: Town, administrator: User, officer: User) -> None:
    """Writes of all sorts: many rows in one statement, by two people, the system and past it."""
    with written(by=administrator, action="commit_batch"):
        chamber = factories.chamber(town)
        for _number in range(4):
            factories.membership(chamber)
    with written(by=officer, action="create_honour"):
        honour = factories.honour(chamber)
    with written(by=None, action="load_district"):
        Membership.objects.update(position=Position.COUNCILLOR)
        Membership.objects.order_by("pk")[:1].get().delete()
    Honour.objects.filter(pk=honour.pk).update(title="改过的荣誉")


def everything() -> list[tuple[str, Any]]:
    """Every row of every history table, with no help of what is tested."""
    rows = [
        (label, row)
        for label, model in tracked_models().items()
        for row in model.pgh_event_model.objects.select_related("pgh_context")  # type: ignore[attr-defined]
    ]
    assert {row.pgh_label for _label, row in rows} == {"insert", "update", "delete"}
    return rows


def answers(question: ChangeQuestion, label: str, row: Any) -> bool:
    """Whether a row is asked for, from what was kept of its write."""
    user = row.pgh_context.metadata["user"] or SYSTEM if row.pgh_context else PAST_THE_SYSTEM
    return (
        (not question.models or label in question.models)
        and question.label in ("", row.pgh_label)
        and question.person in (None, user)
        and (question.since is None or row.pgh_created_at >= question.since)
        and (question.before is None or row.pgh_created_at < question.before)
        and question.act in ("", str(row.pgh_context_id))
        and question.record in (None, row.pgh_obj_id)
    )


@pytest.mark.parametrize("size", [1, 7, 500])
def test_pages_of_all_changes_hold_every_event_asked_for_once(
    transactional_db: None, own_town: Town, administrator: User, officer: User, size: int
) -> None:
    lived_through(own_town, administrator, officer)
    rows = everything()
    moments = sorted(row.pgh_created_at for _label, row in rows)
    middle, acts = moments[len(moments) // 2], {row.pgh_context_id for _label, row in rows} - {None}
    some = random.Random(size)

    for _time in range(12):
        question = ChangeQuestion(
            models=some.choice(
                [(), (), ["chambers.membership"], ["towns.town", "chambers.honour"]]
            ),
            label=some.choice(["", "", "insert", "update", "delete"]),
            person=some.choice([None, None, administrator.pk, officer.pk, SYSTEM, PAST_THE_SYSTEM]),
            since=some.choice([None, None, middle]),
            before=some.choice([None, None, middle, now() + timedelta(days=1)]),
            act=some.choice(["", "", "", str(some.choice(sorted(acts)))]),
            record=some.choice([None, None, None, rows[0][1].pgh_obj_id]),
        )
        expected = {(label, row.pgh_id) for label, row in rows if answers(question, label, row)}

        seen = all_pages(question, size)

        assert len(seen) == len(set(seen)), question
        assert set(seen) == expected, question


def test_a_page_of_all_changes_costs_a_bounded_number_of_queries(
    own_town: Town, administrator: User, django_assert_max_num_queries: Queries
) -> None:
    with written(by=administrator, action="commit_batch"):
        chamber = factories.chamber(own_town)
        for number in range(20):
            factories.membership(chamber)
            factories.venue(own_town, f"示例{number}阵地")
        Enterprise.objects.update(note="批量备注")

    with django_assert_max_num_queries(20):
        events, _next = newest_changes(ChangeQuestion(), after=None, limit=50)
        entries(events, viewer=administrator)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1~2",
        "2024-01-01~1~2",
        "2024-01-01T00:00:00+08:00~a~2",
        f"2024-01-01T00:00:00+08:00~1~{2**80}",
    ],
)
def test_a_cursor_that_is_none_begins_at_the_top(text: str) -> None:
    assert Cursor.parse(text) is None


ACT = re.compile(r'(?:written|changing|remove)\([^()]*?action="([a-z_]+)"', re.S)
KIND_OF_JOB = re.compile(r'@does\("([a-z_]+)"\)')


def test_every_act_of_the_source_has_a_word_a_person_reads() -> None:
    sources = [
        path.read_text() for app in settings.INSTALLED_APPS for path in (ROOT / app).rglob("*.py")
    ]
    acts = {
        act for source in sources for act in (*ACT.findall(source), *KIND_OF_JOB.findall(source))
    }

    assert len(acts) > 60  # the scan still finds them
    assert {act for act in acts if act.partition("_")[0] not in ACT_WORDS} == set()


# Fields no person reads the history of: checksums, keys of jobs, contents for the machine.
FOR_THE_MACHINE = {
    "imports.batch.counts",
    "imports.batch.job",
    "imports.batch.policies",  # told by the decisions, which are tracked as well
    "imports.batch.sha256",
    "imports.headerword.word_key",
    "imports.rememberedmapping.header_key",
    "summaries.summary.content",
    "summaries.summary.figures",
}


def test_every_field_that_history_keeps_has_words_or_is_for_the_machine() -> None:
    """A field without words in Chinese would be left out of the timeline in silence."""
    wordless = {
        f"{label}.{field.name}"
        for label, model in tracked_models().items()
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field_label(field).isascii()
        if field.name in {kept.name for kept in model.pgh_event_model._meta.fields}  # type: ignore[attr-defined]
    }

    assert wordless == FOR_THE_MACHINE


def test_every_model_that_history_keeps_has_a_name_in_words() -> None:
    names = {label: str(model._meta.verbose_name) for label, model in tracked_models().items()}

    assert {label for label, name in names.items() if name.isascii()} == set()
