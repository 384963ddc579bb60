"""Undoing beyond one record for each row: shared, removed, referred to and conflicting records."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import models

from accounts.models import User
from chambers.models import Chamber, Enterprise, Honour, Membership
from imports.comparing import values
from imports.models import Batch, Row
from imports.undoing.undo import reverse_batch
from tests import factories
from towns.models import Post, Town, Village

pytestmark = pytest.mark.django_db


class Quiet:
    """Nobody watches, nobody stops it."""

    def report(self, done: int, total: int) -> None:
        """Nothing to tell."""

    def check(self) -> None:
        """Nobody asked to stop."""


@pytest.fixture
def batch(chamber: Chamber, administrator: User) -> Batch:
    """An import that was committed and is to be taken back."""
    return Batch.objects.create(
        plan="posts",
        town=chamber.town,
        file_name="专员.xlsx",
        sha256="a",
        state=Batch.State.UNDOING,
        uploaded_by=administrator,
    )


def wrote(batch: Batch, before: list[models.Model], after: list[models.Model]) -> Row:
    """A row that found the records ``before`` and left those ``after``."""
    position = batch.rows.count() + 1
    return Row.objects.create(
        batch=batch,
        position=position,
        number=position + 3,
        verdict="new",
        before=values.frozen(before),
        after=values.frozen(after),
    )


def undone(batch: Batch) -> tuple[dict[str, int], list[str]]:
    """The three numbers, and what became of each row."""
    outcome = reverse_batch(batch=batch, progress=Quiet())
    return outcome._asdict(), list(
        batch.rows.order_by("position").values_list("outcome", flat=True)
    )


def test_a_village_that_two_posts_share_goes_with_them(batch: Batch, own_town: Town) -> None:
    village = factories.village(own_town)
    for holder in ("示例甲", "示例乙"):
        wrote(batch, [], [village, factories.post(village, holder=holder)])
    assert undone(batch)[0] == {"reversed": 2, "kept": 0, "failed": 0}
    assert not Village.objects.filter(pk=village.pk).exists()
    assert not Post.objects.exists()


def test_a_shared_village_stays_while_one_post_stays(batch: Batch, own_town: Town) -> None:
    village = factories.village(own_town)
    first, second, third = (factories.post(village, holder=name) for name in ("甲", "乙", "丙"))
    wrote(batch, [], [village, first])
    wrote(batch, [], [village, second])
    wrote(batch, [], [village, third])
    Post.objects.filter(pk=second.pk).update(holder="后来的人")
    counts, words = undone(batch)
    assert (counts, words) == (
        {"reversed": 1, "kept": 2, "failed": 0},
        ["kept", "kept", "reversed"],
    )
    assert set(Post.objects.values_list("pk", flat=True)) == {first.pk, second.pk}
    assert "另一行保留的记录引用" in batch.rows.get(position=1).outcome_reason


def test_what_somebody_refers_to_since_stays_with_the_reason(
    batch: Batch, chamber: Chamber
) -> None:
    enterprise = factories.enterprise(chamber.town)
    membership = factories.membership(chamber, enterprise)
    wrote(batch, [], [enterprise, membership])
    Honour.objects.create(enterprise=enterprise, title="示例荣誉", issuer="示例机关")
    assert undone(batch)[1] == ["failed"]
    assert "引用" in batch.rows.get().outcome_reason
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_a_record_the_import_removed_comes_back_as_it_was(batch: Batch, own_town: Town) -> None:
    village = factories.village(own_town)
    old = factories.post(village, holder="示例甲", from_on=date(2020, 1, 2))
    stood = Post.objects.values().get(pk=old.pk)
    frozen = Row(before=values.frozen([old]))
    old.delete()
    row = wrote(batch, [], [factories.post(village, holder="示例乙")])
    row.before = frozen.before
    row.save()
    assert undone(batch)[1] == ["reversed"]
    assert Post.objects.values().get() == stood


def test_two_changes_of_one_record_are_taken_back_in_turn(batch: Batch, own_town: Town) -> None:
    enterprise = factories.enterprise(own_town, contact="一", phone="1")
    stood = Enterprise.objects.values().get()
    for contact in ("二", "三"):
        before = values.frozen([enterprise])
        enterprise.contact = contact
        enterprise.save()
        row = wrote(batch, [], [enterprise])
        row.before = before
        row.save()
    assert undone(batch)[1] == ["reversed", "reversed"]
    assert Enterprise.objects.values().get() == stood


def left_and_rejoined(batch: Batch, chamber: Chamber) -> Membership:
    membership = factories.membership(chamber)
    before = values.frozen([membership])
    membership.left_on = date(2024, 6, 3)
    membership.save()
    row = wrote(batch, [], [membership])
    row.before = before
    row.save()
    return membership


def test_what_would_break_a_promise_of_the_database_fails_alone(
    batch: Batch, chamber: Chamber
) -> None:
    """Somebody took the member in again: it can't be a member twice."""
    again, alone = left_and_rejoined(batch, chamber), left_and_rejoined(batch, chamber)
    factories.membership(chamber, again.enterprise)
    assert undone(batch)[1] == ["failed", "reversed"]
    assert "已是这家商会的会员" in batch.rows.get(position=1).outcome_reason
    alone.refresh_from_db()
    assert alone.left_on is None


def test_what_it_referred_to_before_may_be_gone(batch: Batch, own_town: Town) -> None:
    gone = factories.town("示例旧镇")
    enterprise = factories.enterprise(gone, contact="一")
    before: Any = values.frozen([enterprise])
    enterprise.town, enterprise.contact = own_town, "二"
    enterprise.save()
    row = wrote(batch, [], [enterprise])
    row.before = before
    row.save()
    gone.delete()
    assert undone(batch)[1] == ["failed"]
    assert "已被删除" in batch.rows.get().outcome_reason
    enterprise.refresh_from_db()
    assert (enterprise.town, enterprise.contact) == (own_town, "一")
