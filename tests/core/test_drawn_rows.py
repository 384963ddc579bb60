"""A row is drawn once for the values it was drawn from, and always says what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from django.test import RequestFactory
from django.utils import translation

from activities.models import Activity, Host
from activities.queries import listed
from activities.tables import ActivityTable
from core.drawn_rows import DrawnRows, drawn_rows, records_of
from core.tables import ClampedPaginator, RecordTable, TextColumn
from tests import factories
from towns.models import Town

pytestmark = pytest.mark.django_db


class NameTable(RecordTable):
    name = TextColumn("名称")

    class Meta(RecordTable.Meta):
        model = Town
        fields = ("name",)


class CountingTable(NameTable):
    """Counts how often a cell is drawn."""

    drawn: ClassVar[list[str]] = []

    def render_name(self, value: str) -> str:
        self.drawn.append(value)
        return value


class AskingTable(NameTable):
    """A cell that looks up more than its row has loaded."""

    def render_name(self, value: str, record: Town) -> str:
        return f"{value} {record.villages.count()}"


@pytest.fixture(autouse=True)
def nothing_drawn() -> Iterator[None]:
    drawn_rows.forget()
    CountingTable.drawn = []
    yield
    drawn_rows.forget()


def body(table_class: type[RecordTable], rows: Any, **options: Any) -> str:
    table = table_class(rows, **options)
    table.request = RequestFactory().get("/")
    table.paginate(paginator_class=ClampedPaginator, page=1, per_page=50)
    return str(table.body)


def test_after_one_write_one_row_is_drawn() -> None:
    towns = [factories.town(f"第{number}镇", code=f"31011800{number}") for number in range(4)]
    first = body(CountingTable, Town.objects.all())
    assert len(CountingTable.drawn) == 4
    assert body(CountingTable, Town.objects.all()) == first
    assert len(CountingTable.drawn) == 4
    Town.objects.filter(pk=towns[1].pk).update(name="改名镇")
    changed = body(CountingTable, Town.objects.all())
    assert CountingTable.drawn[4:] == ["改名镇"]
    assert "改名镇" in changed and "第1镇" not in changed


def test_what_a_related_record_says_is_among_the_values() -> None:
    town = factories.town("华新镇", code="310118107")
    activity = factories.activity(town)
    Host.objects.create(activity=activity, part=Host.Part.HOST, name="甲协会")
    officer = factories.officer()
    before = body(ActivityTable, listed(officer))
    assert "华新镇" in before and "甲协会" in before
    Town.objects.update(name="新华镇")
    Host.objects.filter(name="甲协会").update(name="乙协会")
    after = body(ActivityTable, listed(officer))
    assert "新华镇" in after and "乙协会" in after
    assert "华新镇" not in after and "甲协会" not in after


def test_another_language_other_columns_and_another_query_are_drawn_anew() -> None:
    factories.town("华新镇", code="310118107")
    chinese = body(CountingTable, Town.objects.all())
    with translation.override("en"):
        body(CountingTable, Town.objects.all())
    assert len(CountingTable.drawn) == 2
    fewer = body(CountingTable, Town.objects.defer("pinyin"))
    assert len(CountingTable.drawn) == 3
    assert fewer == chinese

    class Wider(CountingTable):
        code = TextColumn("区划代码")

    assert "310118107" in body(Wider, Town.objects.all())


def test_a_row_that_asks_for_more_is_never_kept() -> None:
    town = factories.town("华新镇", code="310118107")
    assert "华新镇 0" in body(AskingTable, Town.objects.all())
    factories.village(town, "甲村")
    assert "华新镇 1" in body(AskingTable, Town.objects.all())


def test_a_table_may_refuse_to_have_its_rows_kept() -> None:
    class Fickle(CountingTable):
        drawn_by_values = False

    factories.town("华新镇", code="310118107")
    body(Fickle, Town.objects.all())
    body(Fickle, Town.objects.all())
    assert len(CountingTable.drawn) == 2


def test_records_are_made_as_the_query_itself_makes_them() -> None:
    town = factories.town("华新镇", code="310118107")
    factories.activity(town)
    rows = listed(factories.officer())[:5]
    compiler: Any = rows.query.get_compiler(using=rows.db)
    values = [one for chunk in compiler.execute_sql() for one in chunk]
    made, read = records_of(rows, compiler, values), list(rows)
    assert made == read
    assert made[0].town.name == read[0].town.name == "华新镇"
    assert made[0].hosted_by == read[0].hosted_by
    assert isinstance(made[0], Activity)


def test_an_empty_list_draws_nothing() -> None:
    assert body(CountingTable, Town.objects.none()) == ""
    assert body(CountingTable, Town.objects.filter(pk__in=[])) == ""


def test_the_rows_unused_for_longest_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.drawn_rows.MOST_BYTES", 1_000)
    kept = DrawnRows()
    kept.put({b"a": "x" * 100, b"b": "y" * 100})
    kept.find([b"a"])
    kept.put({b"c": "z" * 100})
    assert set(kept.find([b"a", b"b", b"c"])) == {b"a", b"c"}
    assert kept.size == 2 * (200 + 200)
