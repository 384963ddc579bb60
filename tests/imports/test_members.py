"""A roster is compared with a chamber, committed once, and taken back exactly."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from chambers.models import Chamber, Enterprise, Membership, Position
from core.refusals import Refused
from imports import actions
from imports.models import Batch, Row
from imports.plans.base import Scope
from imports.plans.members import MemberPlan
from imports.plans.rows import SheetRow
from jobs import actions as jobs
from tests import factories
from towns.models import Town

pytestmark = pytest.mark.django_db

CODE, OTHER_CODE = "91110000802100433B", "914403001922038216"
TODAY = date(2024, 6, 3)


@pytest.fixture
def chamber(own_town: Town) -> Chamber:
    return factories.chamber(own_town, "华新镇商会")


def sheet(*records: dict[str, str]) -> list[SheetRow]:
    return [
        SheetRow(position, "名册", position + 3, dict(values))
        for position, values in enumerate(records, start=1)
    ]


def received(chamber: Chamber, by: User, *records: dict[str, str], sha256: str = "a") -> Batch:
    return actions.receive_file(
        file_name="名册.xlsx",
        sha256=sha256,
        rows=sheet(*records),
        understanding={},
        chamber=chamber,
        by=by,
        today=TODAY,
    )


def committed(batch: Batch, by: User) -> Batch:
    job = actions.confirm_batch(batch=batch, by=by)
    jobs.run(token=str(job.token))
    batch.refresh_from_db()
    return batch


def undone(batch: Batch, by: User) -> Batch:
    job = actions.undo_batch(batch=batch, by=by)
    jobs.run(token=str(job.token))
    batch.refresh_from_db()
    return batch


def verdicts(batch: Batch) -> list[str]:
    return list(batch.rows.order_by("position").values_list("verdict", flat=True))


def snapshot() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    enterprises, memberships = Enterprise.objects.order_by("pk"), Membership.objects.order_by("pk")
    return [dict(one) for one in enterprises.values()], [dict(one) for one in memberships.values()]


def test_an_unknown_enterprise_is_new(chamber: Chamber, administrator: User) -> None:
    batch = committed(
        received(
            chamber,
            administrator,
            {
                "name": "上海示例甲有限公司",
                "credit_code": CODE,
                "position": "副会长",
                "joined_on": "2021-03-01",
                "capital_wan": "500",
                "contact": "示例甲",
            },
        ),
        administrator,
    )
    assert batch.state == Batch.State.COMMITTED
    member = Membership.objects.select_related("enterprise").get(chamber=chamber)
    assert member.position == Position.VICE_PRESIDENT
    assert member.joined_on == date(2021, 3, 1)
    assert member.enterprise.capital_wan == 500
    assert member.enterprise.town == chamber.town
    assert member.enterprise.initials.startswith("shsl")


def test_the_same_file_again_changes_nothing(chamber: Chamber, administrator: User) -> None:
    record = {"name": "上海示例甲有限公司", "credit_code": CODE, "capital_wan": "500"}
    committed(received(chamber, administrator, record), administrator)
    again = received(chamber, administrator, record, sha256="b")
    assert {name: count for name, count in again.counts.items() if count} == {"same": 1}
    with pytest.raises(Refused, match="IMP-02"):
        actions.confirm_batch(batch=again, by=administrator)


def test_a_different_cell_is_shown_old_and_new(chamber: Chamber, administrator: User) -> None:
    enterprise = factories.enterprise(chamber.town, "上海示例甲有限公司", credit_code=CODE)
    factories.membership(chamber, enterprise, position=Position.COUNCILLOR)
    batch = received(
        chamber, administrator, {"name": enterprise.name, "credit_code": CODE, "position": "副会长"}
    )
    assert batch.rows.get().changes == {"position": ["理事", "副会长"]}


def test_an_empty_cell_changes_nothing(chamber: Chamber, administrator: User) -> None:
    enterprise = factories.enterprise(chamber.town, "上海示例甲有限公司", contact="示例乙")
    factories.membership(chamber, enterprise)
    batch = received(chamber, administrator, {"name": enterprise.name, "contact": ""})
    assert verdicts(batch) == ["same"]


def test_a_name_in_other_width_is_the_same_enterprise(
    chamber: Chamber, administrator: User
) -> None:
    enterprise = factories.enterprise(chamber.town, "上海示例（集团）有限公司")
    factories.membership(chamber, enterprise)
    batch = received(chamber, administrator, {"name": "上海示例(集团) 有限公司"})
    assert verdicts(batch) == ["same"]


def test_one_code_with_two_names_is_told_and_keeps_the_name(
    chamber: Chamber, administrator: User
) -> None:
    enterprise = factories.enterprise(chamber.town, "上海示例甲有限公司", credit_code=CODE)
    factories.membership(chamber, enterprise)
    record = {"name": "上海改名有限公司", "credit_code": CODE, "contact": "示例丙"}
    batch = committed(received(chamber, administrator, record), administrator)
    enterprise.refresh_from_db()
    assert (enterprise.name, enterprise.contact) == ("上海示例甲有限公司", "示例丙")
    assert "上海示例甲有限公司" in batch.rows.get().problems[0]["message"]


def test_one_name_with_two_codes_is_kept_out(chamber: Chamber, administrator: User) -> None:
    factories.enterprise(chamber.town, "上海示例甲有限公司", credit_code=CODE)
    record = {"name": "上海示例甲有限公司", "credit_code": OTHER_CODE}
    assert verdicts(received(chamber, administrator, record)) == ["problem"]


def test_a_month_does_not_replace_the_day_that_is_known(
    chamber: Chamber, administrator: User
) -> None:
    enterprise = factories.enterprise(chamber.town, "上海示例甲有限公司")
    factories.membership(chamber, enterprise, joined_on=date(2021, 3, 15))

    def verdict(joined_on: str, code: str) -> str:
        rough = {"field": "joined_on", "column": "F", "level": "warning", "code": code}
        values = {"name": enterprise.name, "joined_on": joined_on}
        row = SheetRow(1, "名册", 4, values, [{**rough, "message": "没有写日"}])
        return MemberPlan(Scope(chamber=chamber), today=TODAY).compare([row])[0].verdict

    assert verdict("2021-03-01", "day_missing") == "same"
    assert verdict("2021-01-01", "month_missing") == "same"
    assert verdict("2021-04-01", "day_missing") == "changed"
    assert verdict("2021-03-01", "date_with_words") == "changed"


def test_rows_that_repeat_each_other_name_each_other(chamber: Chamber, administrator: User) -> None:
    record = {"name": "上海示例甲有限公司", "credit_code": CODE}
    batch = received(chamber, administrator, record, record)
    assert verdicts(batch) == ["problem", "problem"]
    assert "第5行" in batch.rows.get(position=1).problems[0]["message"]


def test_a_change_after_the_preview_stops_the_import(chamber: Chamber, administrator: User) -> None:
    enterprise = factories.enterprise(chamber.town, "上海示例甲有限公司", contact="示例甲")
    factories.membership(chamber, enterprise)
    batch = received(chamber, administrator, {"name": enterprise.name, "contact": "示例乙"})
    Enterprise.objects.filter(pk=enterprise.pk).update(contact="示例丙")
    committed(batch, administrator)
    enterprise.refresh_from_db()
    assert (batch.state, enterprise.contact) == (Batch.State.PREVIEW, "示例丙")
    assert batch.rows.get().changes == {"contact": ["示例丙", "示例乙"]}


def test_undo_restores_the_exact_prior_state(chamber: Chamber, administrator: User) -> None:
    enterprise = factories.enterprise(chamber.town, "上海示例甲有限公司", capital_wan=100)
    factories.membership(chamber, enterprise, position=Position.COUNCILLOR)
    before = snapshot()
    batch = received(
        chamber,
        administrator,
        {"name": enterprise.name, "position": "会长", "capital_wan": "300", "credit_code": CODE},
        {"name": "上海示例乙有限公司", "credit_code": OTHER_CODE},
    )
    committed(batch, administrator)
    assert snapshot() != before
    undone(batch, administrator)
    assert snapshot() == before
    assert batch.counts["undo"] == {"reversed": 2, "kept": 0, "failed": 0}


def test_undo_keeps_what_somebody_changed_since(chamber: Chamber, administrator: User) -> None:
    enterprise = factories.enterprise(chamber.town, "上海示例甲有限公司", contact="甲", phone="1")
    factories.membership(chamber, enterprise)
    record = {"name": enterprise.name, "contact": "乙", "phone": "2"}
    batch = committed(received(chamber, administrator, record), administrator)
    Enterprise.objects.filter(pk=enterprise.pk).update(contact="丙")
    undone(batch, administrator)
    enterprise.refresh_from_db()
    assert (enterprise.contact, enterprise.phone) == ("丙", "1")
    assert batch.counts["undo"] == {"reversed": 0, "kept": 1, "failed": 0}
    assert "工作联系人" in batch.rows.get().outcome_reason


def test_undo_says_what_it_cannot_delete(chamber: Chamber, administrator: User) -> None:
    batch = committed(received(chamber, administrator, {"name": "上海新有限公司"}), administrator)
    enterprise = Enterprise.objects.get()
    other = factories.chamber(chamber.town)
    factories.membership(other, enterprise)
    undone(batch, administrator)
    assert batch.counts["undo"] == {"reversed": 0, "kept": 0, "failed": 1}
    assert "会员" in batch.rows.get().outcome_reason
    assert Enterprise.objects.filter(pk=enterprise.pk).exists()


def test_a_batch_is_confirmed_once(chamber: Chamber, administrator: User) -> None:
    batch = received(chamber, administrator, {"name": "上海新有限公司"})
    actions.confirm_batch(batch=batch, by=administrator)
    with pytest.raises(Refused, match="IMP-01"):
        actions.confirm_batch(batch=batch, by=administrator)


def test_the_same_file_is_not_imported_by_two_at_once(
    chamber: Chamber, administrator: User
) -> None:
    first = received(chamber, administrator, {"name": "上海新有限公司"})
    second = received(chamber, factories.administrator(), {"name": "上海新有限公司"})
    actions.confirm_batch(batch=first, by=administrator)
    with pytest.raises(Refused, match="IMP-03"):
        actions.confirm_batch(batch=second, by=administrator)


def test_comparing_costs_the_same_for_one_row_and_for_many(
    chamber: Chamber, administrator: User, django_assert_num_queries: Any
) -> None:
    for count in (1, 60):
        rows = sheet(*({"name": f"上海{number}有限公司"} for number in range(count)))
        with django_assert_num_queries(3):
            MemberPlan(Scope(chamber=chamber), today=TODAY).compare(rows)
    assert not Row.objects.exists()
