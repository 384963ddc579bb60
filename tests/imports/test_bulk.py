"""Many rows are updated with one statement, of every type, and the history sees each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from chambers.models import Enterprise, Membership
from core.audit import written
from core.history import event_rows
from imports.models import Row
from imports.plans import bulk
from imports.plans.bulk import insert_rows, update_rows
from tests import factories
from tests.imports.conftest import Receive
from venues.models import Venue

pytestmark = pytest.mark.django_db


def test_values_of_every_type_and_nothing_are_written(own_town: Any) -> None:
    first, second = factories.enterprise(own_town), factories.enterprise(own_town, capital_wan=1)
    first.capital_wan, first.founded_on, first.contact = Decimal("12.5"), date(2020, 1, 2), "O'甲%s"
    first.staff_count, first.credit_code, first.town_id = 7, "91110000802100433B", None
    second.capital_wan, second.contact, second.staff_count = None, "", 0
    names = ["capital_wan", "founded_on", "contact", "staff_count", "credit_code", "town_id"]
    update_rows([first, second], names)
    for changed in (first, second):
        stored = Enterprise.objects.get(pk=changed.pk)
        assert {n: getattr(stored, n) for n in names} == {n: getattr(changed, n) for n in names}


def test_json_is_written_as_it_is(received: Receive) -> None:
    (row,) = received({"name": "上海甲有限公司"}).rows.all()
    row.before, row.after = {"x": {"a": None, "引": '"\\'}}, {}
    update_rows([row], ["before", "after"])
    assert Row.objects.get().before == {"x": {"a": None, "引": '"\\'}}


def test_a_text_too_long_is_refused_and_not_cut(own_town: Any) -> None:
    enterprise = factories.enterprise(own_town)
    enterprise.contact = "长" * 61
    with pytest.raises(Exception, match="too long"):
        update_rows([enterprise], ["contact"])


def test_one_statement_writes_thousands_and_the_history_keeps_each(
    own_town: Any, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [factories.enterprise(own_town) for _number in range(5)]
    for enterprise in made:
        enterprise.contact = "示例新"
    with django_assert_num_queries(1):
        update_rows(made, ["contact"])
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    with django_assert_num_queries(3):
        update_rows(made, ["contact"])
    events: Any = Enterprise._meta.apps.get_model("chambers", "EnterpriseEvent")
    assert events.objects.filter(pgh_label="update", contact="示例新").count() >= 5


def test_new_records_get_keys_derived_fields_and_a_history_that_knows_whose_act_it_is(
    own_town: Any, administrator: Any
) -> None:
    made = [Enterprise(name=f"重固{number}\t号\\N有限公司", town=own_town) for number in range(3)]
    made[0].capital_wan, made[0].founded_on = Decimal("12.5"), date(2020, 1, 2)
    with written(by=administrator, action="measure"):
        insert_rows(made)
    stored = Enterprise.objects.in_bulk()
    assert {one.pk: one.name for one in made} == {pk: one.name for pk, one in stored.items()}
    assert stored[made[0].pk].pinyin.startswith("chonggu")
    assert (stored[made[0].pk].capital_wan, stored[made[1].pk].capital_wan) == (
        Decimal("12.5"),
        None,
    )
    events: Any = Enterprise._meta.apps.get_model("chambers", "EnterpriseEvent")
    told = events.objects.select_related("pgh_context")
    assert {event.pgh_context.metadata["user"] for event in told} == {administrator.pk}
    assert told.count() == 3


def test_a_record_that_comes_back_keeps_its_key_and_is_attributed(
    own_town: Any, administrator: Any
) -> None:
    with written(by=administrator, action="bring_back"):
        insert_rows([Enterprise(pk=4711, name="上海示例有限公司")])
    assert Enterprise.objects.get().pk == 4711
    events: Any = Enterprise._meta.apps.get_model("chambers", "EnterpriseEvent")
    assert events.objects.get().pgh_context.metadata["action"] == "bring_back"


def test_lists_of_texts_go_in_and_change(own_town: Any) -> None:
    odd = ['甲"\\', "{乙,"]
    venue = Venue(name="示例阵地", town=own_town, kind=Venue.Kind.STATION, functions=odd)
    insert_rows([venue])
    assert Venue.objects.get().functions == odd
    other = factories.venue(own_town)
    venue.functions, other.functions = [], ["丙"]
    update_rows([venue, other], ["functions"])
    assert [one.functions for one in Venue.objects.order_by("pk")] == [[], ["丙"]]


MARKED = ['逗,号"引"', "反\\斜", "换\n行\t表", "{花}", "NULL", "", "空 格"]


def test_texts_with_marks_of_the_database_survive_copy_and_update(own_town: Any) -> None:
    venue = factories.venue(own_town)
    venue.functions = MARKED[:2]
    update_rows([venue], ["functions"])
    assert Venue.objects.get(pk=venue.pk).functions == MARKED[:2]
    for text in filter(None, MARKED):
        first = factories.enterprise(own_town)
        copied = factories.enterprise(own_town)
        Enterprise.objects.filter(pk=copied.pk).delete()
        first.note = copied.note = text
        update_rows([first], ["note"])
        insert_rows([copied])
        notes = Enterprise.objects.filter(pk__in=[first.pk, copied.pk]).values_list("note")
        assert set(notes) == {(text,)}


def test_what_copy_writes_is_in_the_history_as_row_by_row_would_be(
    own_town: Any, administrator: Any
) -> None:
    """Every value, who and when, of both ways; and what the triggers of a row keep beside it."""
    told: list[list[Any]] = []
    for way in ("saved", "copied"):
        chamber = factories.chamber(own_town, f"{way}商会")
        firms = [
            Enterprise(name=f"上海{n}有限公司", town=own_town, note="甲\n乙") for n in range(3)
        ]
        with written(by=administrator, action="import"):
            _write(firms, copied=way == "copied")
            members = [
                Membership(chamber=chamber, enterprise=firm, joined_on=date(2020, 1, 2))
                for firm in firms
            ]
            _write(members, copied=way == "copied")
        told.append([*map(_history, firms), *map(_history, members), *map(_spells, members)])
    assert told[0] == told[1]
    assert told[0][0][0]["pgh_label"] == "insert" and told[0][-1] == [("member", date(2020, 1, 2))]


def _write(records: list[Any], *, copied: bool) -> None:
    if copied:
        insert_rows(records)
    else:
        for record in records:
            record.save()


def _history(record: Any) -> list[dict[str, Any]]:
    own = {"id", "pgh_id", "pgh_obj_id", "pgh_created_at", "pgh_context_id", "chamber_id"}
    own.add("enterprise_id")
    rows = event_rows(type(record)).filter(pgh_obj_id=record.pk).select_related("pgh_context")
    return [
        {
            **{name: value for name, value in vars(row).items() if name not in own | {"_state"}},
            "who": row.pgh_context.metadata["user"],
            "what": row.pgh_context.metadata["action"],
        }
        for row in rows
    ]


def _spells(membership: Any) -> list[tuple[Any, ...]]:
    return list(membership.spells.values_list("position", "from_on"))
