"""What a person decides in a preview: cells, what rows mean, who leaves, what is overwritten."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from chambers.models import Chamber, Enterprise, Membership
from core.refusals import Refused
from imports.deciding import decisions
from imports.models import Batch, Decision, Row
from imports.plans.rows import SheetRow
from imports.showing import standing
from tests import factories
from tests.imports.conftest import TODAY, Receive, commit, undo

pytestmark = pytest.mark.django_db

CODE, OTHER_CODE = "91110000802100433B", "914403001922038216"
LEFT_ON = date(2024, 6, 1)


def correct(batch: Batch, position: int, field: str, text: str, by: User) -> Row:
    decisions.correct_cell(
        batch=batch, position=position, field=field, text=text, by=by, today=TODAY
    )
    batch.refresh_from_db()
    return batch.rows.get(position=position)


def choose(batch: Batch, position: int, act: str, by: User, record: int = 0) -> Row:
    decisions.choose_row(batch=batch, position=position, act=act, record=record, by=by, today=TODAY)
    batch.refresh_from_db()
    return batch.rows.get(position=position)


def leave(batch: Batch, by: User, *, on: date | None, positions: list[int] | None = None) -> int:
    return decisions.choose_leavers(batch=batch, positions=positions, left_on=on, by=by)


def test_a_corrected_cell_is_cleaned_and_compared_again(
    received: Receive, administrator: User
) -> None:
    batch = received({"name": "上海示例甲有限公司", "position": "名誉会长"})
    assert batch.counts["errors"] == 1
    row = correct(batch, 1, "position", " 副会长单位 ", administrator)
    assert (row.verdict, row.values["position"]) == ("new", "副会长")
    assert row.corrections["position"]["was"] == "名誉会长"
    assert (batch.counts["errors"], batch.counts["new"]) == (0, 1)
    commit(batch)
    assert Membership.objects.get().position == "vice_president"


def test_a_corrected_cell_that_is_wrong_says_why(received: Receive, administrator: User) -> None:
    batch = received({"name": "上海示例甲有限公司", "capital_wan": "500"})
    row = correct(batch, 1, "capital_wan", "很多", administrator)
    assert row.verdict == "problem"
    told = [problem for problem in row.problems if problem["field"] == "capital_wan"]
    assert told[0]["message"].startswith("B4：")
    assert told[0]["raw"] == "很多"
    assert correct(batch, 1, "capital_wan", "600万元", administrator).values["capital_wan"] == "600"


def test_typing_the_original_again_takes_the_correction_back(
    received: Receive, administrator: User
) -> None:
    batch = received({"name": "上海示例甲有限公司", "contact": "甲"})
    assert correct(batch, 1, "contact", "乙", administrator).corrections
    assert not correct(batch, 1, "contact", "甲", administrator).corrections


def test_a_corrected_name_frees_the_row_it_was_the_twin_of(
    received: Receive, administrator: User
) -> None:
    batch = received({"name": "上海示例甲有限公司"}, {"name": "上海示例甲有限公司"})
    assert batch.counts["errors"] == 2
    correct(batch, 2, "name", "上海示例乙有限公司", administrator)
    assert set(batch.rows.values_list("verdict", flat=True)) == {"new"}
    assert (batch.counts["errors"], batch.counts["new"]) == (0, 2)
    correct(batch, 2, "name", "上海示例甲有限公司", administrator)
    assert batch.counts["errors"] == 2


def test_a_corrected_name_is_no_more_missing_on_the_list(
    chamber: Chamber, received: Receive, administrator: User
) -> None:
    enterprise = factories.enterprise(chamber.town, "上海示例甲有限公司")
    factories.membership(chamber, enterprise)
    batch = received({"name": "上海完全不同贸易商行"})
    assert batch.counts["absent"] == 1
    assert correct(batch, 1, "name", enterprise.name, administrator).verdict == "same"
    assert batch.counts["absent"] == 0
    assert not batch.rows.filter(verdict="absent").exists()
    correct(batch, 1, "name", "上海完全不同贸易商行", administrator)
    assert batch.rows.get(verdict="absent").values["name"] == enterprise.name


@pytest.mark.parametrize(
    ("field", "text", "rule"),
    [
        ("staff_count", "3", "IMP-41"),
        ("name", "长" * 5001, "IMP-42"),
        ("name", "11010519491231002X", "IMP-43"),
    ],
)
def test_what_can_t_be_typed_is_refused(
    received: Receive, administrator: User, field: str, text: str, rule: str
) -> None:
    batch = received({"name": "上海示例甲有限公司"})
    with pytest.raises(Refused, match=rule):
        correct(batch, 1, field, text, administrator)


def test_nothing_is_decided_of_what_is_imported(received: Receive, administrator: User) -> None:
    batch = commit(received({"name": "上海示例甲有限公司"}))
    with pytest.raises(Refused, match="IMP-01"):
        correct(batch, 1, "name", "上海示例乙有限公司", administrator)
    with pytest.raises(Refused, match="IMP-01"):
        leave(batch, administrator, on=LEFT_ON)


def near(chamber: Chamber, name: str) -> Enterprise:
    enterprise = factories.enterprise(chamber.town, name)
    factories.membership(chamber, enterprise)
    return enterprise


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        ("上海示例物流有限公司", "上海示例物流有限责任公司"),
        ("上海示例（华新）物流有限公司", "上海示例华新物流有限公司"),
        ("上海示例顺达物流有限公司", "上海示例顺发物流有限公司"),
        ("上海示例顺达物流有限公司", "上海示例达物流有限公司"),
    ],
)
def test_a_near_name_is_shown_beside_and_never_merged(
    chamber: Chamber, received: Receive, administrator: User, known: str, listed: str
) -> None:
    enterprise = near(chamber, known)
    batch = received({"name": listed, "contact": "示例丁"})
    row = batch.rows.get(position=1)
    assert (row.verdict, row.is_warned) == ("new", True)
    assert [one["pk"] for told in row.problems for one in told["options"]] == [enterprise.pk]
    merged = choose(batch, 1, "same_as", administrator, enterprise.pk)
    assert (merged.verdict, merged.changes) == ("changed", {"contact": ["", "示例丁"]})
    assert batch.counts["absent"] == 0
    apart = choose(batch, 1, "another", administrator)
    assert (apart.verdict, apart.is_warned) == ("new", False)
    assert batch.counts["absent"] == 1


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        ("上海示例甲有限公司", "上海示例乙有限公司"),
        ("上海示例第一建材厂", "上海示例第二建材厂"),
        ("上海示例物流股份有限公司", "上海示例物流有限公司"),
    ],
)
def test_names_that_a_word_tells_apart_are_left_alone(
    chamber: Chamber, received: Receive, known: str, listed: str
) -> None:
    near(chamber, known)
    assert received({"name": listed}).counts["warnings"] == 0


def test_near_names_with_two_codes_are_two_enterprises(chamber: Chamber, received: Receive) -> None:
    factories.enterprise(chamber.town, "上海示例顺达物流有限公司", credit_code=CODE)
    batch = received({"name": "上海示例顺发物流有限公司", "credit_code": OTHER_CODE})
    assert batch.counts["warnings"] == 0


def test_a_record_that_was_not_offered_can_t_be_chosen(
    chamber: Chamber, received: Receive, administrator: User
) -> None:
    stranger = factories.enterprise(chamber.town, "上海毫不相干商行")
    batch = received({"name": "上海示例甲有限公司"})
    with pytest.raises(Refused, match="IMP-40"):
        choose(batch, 1, "same_as", administrator, stranger.pk)


def test_one_name_with_another_code_waits_for_a_person(
    chamber: Chamber, received: Receive, administrator: User
) -> None:
    known = factories.enterprise(chamber.town, "上海示例甲有限公司", credit_code=CODE)
    batch = received({"name": known.name, "credit_code": OTHER_CODE})
    assert batch.rows.get(position=1).verdict == "problem"
    assert choose(batch, 1, "same_as", administrator, known.pk).verdict == "changed"
    assert choose(batch, 1, "another", administrator).verdict == "new"
    commit(batch)
    assert Enterprise.objects.filter(name=known.name).count() == 2
    undo(batch)
    assert Enterprise.objects.get() == known


def test_a_row_left_out_frees_its_twin(received: Receive, administrator: User) -> None:
    batch = received({"name": "上海示例甲有限公司"}, {"name": "上海示例甲有限公司"})
    assert choose(batch, 1, "omit", administrator).verdict == "omitted"
    assert batch.counts["omitted"] == 1
    assert batch.rows.get(position=2).verdict == "new"
    assert choose(batch, 1, "", administrator).verdict == "problem"


def test_who_is_not_on_the_list_stays_unless_told(
    chamber: Chamber, received: Receive, administrator: User
) -> None:
    membership = factories.membership(
        chamber, factories.enterprise(chamber.town, "上海示例甲有限公司")
    )
    commit(received({"name": "上海示例乙有限公司"}))
    membership.refresh_from_db()
    assert membership.left_on is None


def test_leavers_are_written_with_the_list_and_undone_with_it(
    chamber: Chamber, received: Receive, administrator: User
) -> None:
    leaver, stayer = (
        factories.membership(chamber, factories.enterprise(chamber.town, name))
        for name in ("上海示例甲有限公司", "上海示例丙有限公司")
    )
    batch = received({"name": "上海示例乙有限公司"})
    row = batch.rows.get(record=f"chambers.membership:{leaver.pk}")
    assert leave(batch, administrator, on=LEFT_ON, positions=[row.position]) == 1
    batch.refresh_from_db()
    assert (batch.counts["absent"], batch.counts["leaving"]) == (2, 1)
    assert "其中 1 家登记离开" in standing.note(batch)
    commit(batch)
    assert "而登记离开的" in standing.result(batch)
    leaver.refresh_from_db()
    stayer.refresh_from_db()
    assert (leaver.left_on, stayer.left_on) == (LEFT_ON, None)
    undo(batch)
    leaver.refresh_from_db()
    assert leaver.left_on is None
    assert batch.counts["leaving"] == 1


def test_a_list_may_consist_of_leavers_alone(
    chamber: Chamber, received: Receive, administrator: User
) -> None:
    name = "上海示例甲有限公司"
    for one in (name, "上海示例乙有限公司"):
        factories.membership(chamber, factories.enterprise(chamber.town, one))
    batch = received({"name": name})
    leave(batch, administrator, on=LEFT_ON)
    batch.refresh_from_db()
    commit(batch)
    assert Membership.objects.filter(left_on=LEFT_ON).count() == 1


def test_choosing_to_keep_takes_the_leaving_back(
    chamber: Chamber, received: Receive, administrator: User
) -> None:
    factories.membership(chamber, factories.enterprise(chamber.town, "上海示例甲有限公司"))
    batch = received({"name": "上海示例乙有限公司"})
    leave(batch, administrator, on=LEFT_ON)
    leave(batch, administrator, on=None)
    batch.refresh_from_db()
    assert batch.counts["leaving"] == 0
    commit(batch)
    assert not Membership.objects.filter(left_on__isnull=False).exists()


def test_nobody_leaves_before_joining(
    chamber: Chamber, received: Receive, administrator: User
) -> None:
    enterprise = factories.enterprise(chamber.town, "上海示例甲有限公司")
    factories.membership(chamber, enterprise, joined_on=date(2024, 6, 2))
    batch = received({"name": "上海示例乙有限公司"})
    with pytest.raises(Refused, match="IMP-44"):
        leave(batch, administrator, on=LEFT_ON)


def test_a_leaver_who_left_meanwhile_shows_the_preview_again(
    chamber: Chamber, received: Receive, administrator: User
) -> None:
    membership = factories.membership(
        chamber, factories.enterprise(chamber.town, "上海示例甲有限公司")
    )
    batch = received({"name": "上海示例乙有限公司"})
    leave(batch, administrator, on=LEFT_ON)
    Membership.objects.filter(pk=membership.pk).update(left_on=date(2024, 5, 1))
    batch.refresh_from_db()
    commit(batch)
    assert batch.state == Batch.State.PREVIEW
    assert batch.counts["absent"] == 0


@pytest.mark.parametrize(
    ("policy", "known", "changes"),
    [
        ("overwrite", "甲", {"contact": ["甲", "乙"]}),
        ("fill", "甲", {}),
        ("fill", "", {"contact": ["", "乙"]}),
        ("keep", "", {}),
    ],
)
def test_a_column_s_policy_says_what_becomes_of_known_values(
    chamber: Chamber,
    received: Receive,
    administrator: User,
    policy: str,
    known: str,
    changes: dict[str, Any],
) -> None:
    enterprise = factories.enterprise(chamber.town, "上海示例甲有限公司", contact=known)
    factories.membership(chamber, enterprise)
    batch = received({"name": enterprise.name, "contact": "乙"})
    batch = decisions.choose_policies(
        batch=batch, policies={"contact": policy}, by=administrator, today=TODAY
    )
    assert batch.rows.get(position=1).changes == changes
    assert batch.counts["changed"] == bool(changes)
    if changes:
        commit(batch)
    enterprise.refresh_from_db()
    assert enterprise.contact == (changes["contact"][1] if changes else known)


def test_a_new_enterprise_is_written_whole_whatever_the_policy(
    received: Receive, administrator: User
) -> None:
    batch = received({"name": "上海示例甲有限公司", "contact": "乙"})
    policies = {"contact": "keep"}
    decisions.choose_policies(batch=batch, policies=policies, by=administrator, today=TODAY)
    batch.refresh_from_db()
    commit(batch)
    assert Enterprise.objects.get().contact == "乙"


def test_every_decision_stands_in_the_history_of_the_batch(
    chamber: Chamber, received: Receive, administrator: User
) -> None:
    factories.membership(chamber, factories.enterprise(chamber.town, "上海示例丙有限公司"))
    batch = received({"name": "上海示例甲有限公司", "contact": "甲"})
    correct(batch, 1, "contact", "乙", administrator)
    choose(batch, 1, "omit", administrator)
    leave(batch, administrator, on=LEFT_ON)
    policies = {"contact": "fill"}
    decisions.choose_policies(batch=batch, policies=policies, by=administrator, today=TODAY)
    told = Decision.objects.order_by("pk").values_list("kind", "before", "after", "made_by")
    assert list(told) == [
        ("cell", "甲", "乙", administrator.pk),
        ("omit", "", "不导入此行", administrator.pk),
        ("leaving", "上海示例丙有限公司", "2024-06-01起离开", administrator.pk),
        ("policy", "以表为准", "只填空白", administrator.pk),
    ]


def test_decisions_outlive_another_understanding_of_the_file(
    received: Receive, administrator: User
) -> None:
    batch = received(
        {"name": "上海示例甲有限公司", "position": "名誉会长"}, {"name": "上海示例乙有限公司"}
    )
    correct(batch, 1, "position", "副会长", administrator)
    choose(batch, 2, "omit", administrator)
    again = [
        SheetRow(1, "名册", 4, {"name": "上海示例甲有限公司", "position": "名誉会长"}),
        SheetRow(2, "名册", 5, {"name": "上海示例乙有限公司"}),
    ]
    decisions.replace_rows(batch, again, today=TODAY)
    first, second = batch.rows.order_by("position")
    assert (first.values["position"], first.corrections["position"]["was"]) == (
        "副会长",
        "名誉会长",
    )
    assert (first.verdict, second.verdict) == ("new", "omitted")
    assert Decision.objects.count() == 2
