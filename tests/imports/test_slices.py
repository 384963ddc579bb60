"""A long list, compared and written in slices, says and does what it would in one piece."""

from __future__ import annotations

from typing import Any

import pytest

from chambers.models import Chamber, Enterprise, Membership
from imports.comparing import slices
from imports.comparing.verdicts import compare_again
from imports.models import Batch, Row
from tests import factories
from tests.imports.conftest import TODAY, Receive, commit, undo

pytestmark = pytest.mark.django_db

CODES = ["91310118MA1JL0UJ7X", "91310118MA1JL0UK5H", "91310118MA1JL0UL39"]
# Twins far apart, one by a chain of code and name; namesakes; names that are near; a known firm.
LIST: list[dict[str, str]] = [
    {"name": "上海甲物流有限公司", "credit_code": CODES[0]},
    {"name": "上海乙机械有限公司"},
    {"name": "上海恒昌示例物流有限公司"},
    {"name": "上海老会员有限公司"},
    {"name": "上海丙餐饮有限公司", "credit_code": CODES[0]},
    {"name": "上海丁建筑有限公司", "credit_code": CODES[1]},
    {"name": "上海丙餐饮有限公司"},
    {"name": "上海恒昌示列物流有限公司"},
    {"name": "上海丁建筑有限公司", "credit_code": CODES[2]},
    {"name": "上海乙机械有限公司"},
]


@pytest.fixture
def in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of more than two rows are long, and a slice holds two."""
    monkeypatch.setattr(slices, "AT_ONCE", 2)
    monkeypatch.setattr(slices, "SLICE", 2)


@pytest.fixture
def register(chamber: Chamber) -> None:
    """Two members, one of whom the list does not name, and a firm with a name that is near."""
    for name in ("上海老会员有限公司", "上海走了的有限公司"):
        enterprise = factories.enterprise(chamber.town, name)
        Membership.objects.create(chamber=chamber, enterprise=enterprise)
    factories.enterprise(chamber.town, "上海乙机械（有限）公司")


def _said(batch: Batch) -> list[tuple[Any, ...]]:
    told = ("position", "number", "verdict", "changes", "record", "keys", "is_warned", "problems")
    return [
        (*row[:5], sorted(row[5]), row[6], sorted(map(repr, row[7])))
        for row in batch.rows.order_by("position").values_list(*told)
    ]


def _whole(received: Receive, monkeypatch: pytest.MonkeyPatch) -> Batch:
    with monkeypatch.context() as patch:
        patch.setattr(slices, "AT_ONCE", 1_000)
        return received(*LIST)


@pytest.mark.usefixtures("register", "in_slices")
def test_slices_say_what_the_whole_list_says(
    received: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, sliced = _whole(received, monkeypatch), received(*LIST)
    assert _said(sliced) == _said(whole)
    assert sliced.counts == whole.counts
    verdicts = [row[2] for row in _said(sliced)]
    assert {"new", "problem", "absent"} <= set(verdicts), "the list must have something to say"
    assert any("示列" in repr(row[7]) or "第" in repr(row[7]) for row in _said(sliced))


@pytest.mark.usefixtures("register", "in_slices")
def test_comparing_a_long_list_again_says_the_same(received: Receive) -> None:
    batch = received(*LIST)
    before, counts = _said(batch), dict(batch.counts)
    compare_again(batch, today=TODAY)
    assert _said(batch) == before
    assert batch.counts == counts


@pytest.mark.usefixtures("register", "in_slices")
def test_a_long_list_is_written_and_taken_back_whole(received: Receive, chamber: Chamber) -> None:
    leaving = received(*LIST)
    stranger = leaving.rows.get(verdict="absent")
    stranger.choice = {"left_on": "2024-05-01"}
    stranger.verdict, stranger.changes = "leaving", {"left_on": ["", "2024-05-01"]}
    stranger.save()
    Batch.objects.filter(pk=leaving.pk).update(counts={**leaving.counts, "leaving": 1})
    firms = Enterprise.objects.count()
    written = commit(Batch.objects.get(pk=leaving.pk))
    assert written.state == Batch.State.COMMITTED, written.job and written.job.message
    wrote = Row.objects.filter(batch=written).exclude(after={})
    assert wrote.count() == written.counts["new"] + written.counts["changed"] + 1
    assert Enterprise.objects.count() == firms + written.counts["new"]
    assert Membership.objects.filter(chamber=chamber, left_on__isnull=False).count() == 1
    assert undo(written).counts["undo"] == {"reversed": wrote.count(), "kept": 0, "failed": 0}
    assert Enterprise.objects.count() == firms
    assert not Membership.objects.filter(chamber=chamber, left_on__isnull=False).exists()


@pytest.mark.usefixtures("register", "in_slices")
def test_a_long_list_that_is_out_of_date_is_shown_again(
    received: Receive, chamber: Chamber
) -> None:
    batch = received(*LIST)
    factories.enterprise(chamber.town, "上海恒昌示列物流有限公司")
    shown = commit(batch)
    assert shown.state == Batch.State.PREVIEW
    assert shown.job is not None and "1 行的情况变了" in shown.job.message
    assert not Row.objects.filter(batch=batch).exclude(after={}).exists()
    assert shown.rows.get(position=8).verdict == "changed"
