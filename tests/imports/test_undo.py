"""Taking an import back: what is restored, what is kept and why, and what stops it."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from chambers.models import Chamber, Enterprise, Membership
from core.refusals import Refused
from imports import actions
from imports.models import Batch
from imports.undoing import undo as undoing
from jobs import actions as jobs
from tests import factories
from tests.imports.conftest import Receive, commit, undo

pytestmark = pytest.mark.django_db


def test_created_and_changed_alike_are_restored(chamber: Chamber, received: Receive) -> None:
    enterprise = factories.enterprise(chamber.town, "上海示例甲有限公司", contact="甲", phone="1")
    factories.membership(chamber, enterprise)
    before = Enterprise.objects.values().get()
    batch = commit(
        received(
            {"name": enterprise.name, "contact": "乙", "capital_wan": "12.5", "note": "新"},
            {"name": "上海示例乙有限公司", "position": "理事"},
        )
    )
    assert Enterprise.objects.count() == 2
    batch = undo(batch)
    assert batch.counts["undo"] == {"reversed": 2, "kept": 0, "failed": 0}
    assert Enterprise.objects.values().get() == before
    assert Membership.objects.count() == 1


def test_a_member_someone_edited_since_is_kept_with_the_reason(received: Receive) -> None:
    batch = commit(received({"name": "上海示例甲有限公司"}, {"name": "上海示例乙有限公司"}))
    Membership.objects.filter(enterprise__name="上海示例甲有限公司").update(position="councillor")
    batch = undo(batch)
    assert batch.counts["undo"] == {"reversed": 1, "kept": 1, "failed": 0}
    kept = batch.rows.get(outcome="kept")
    assert kept.values["name"] == "上海示例甲有限公司"
    assert "后来有人改过" in kept.outcome_reason
    assert list(Enterprise.objects.values_list("name", flat=True)) == ["上海示例甲有限公司"]


def test_a_record_deleted_since_is_told(received: Receive) -> None:
    batch = commit(received({"name": "上海示例甲有限公司"}))
    Membership.objects.all().delete()
    batch = undo(batch)
    assert "已被删除" in batch.rows.get().outcome_reason


def test_the_history_says_who_took_it_back(received: Receive, administrator: User) -> None:
    undo(commit(received({"name": "上海示例甲有限公司"})))
    events: Any = Enterprise._meta.apps.get_model("chambers", "EnterpriseEvent")
    labels = {
        (event.pgh_label, event.pgh_context.metadata["action"], event.pgh_context.metadata["user"])
        for event in events.objects.select_related("pgh_context")
    }
    assert labels == {
        ("insert", "commit_import", administrator.pk),
        ("delete", "undo_import", administrator.pk),
    }


def test_only_what_was_imported_is_taken_back_and_once(
    received: Receive, administrator: User
) -> None:
    batch = received({"name": "上海示例甲有限公司"})
    with pytest.raises(Refused, match="IMP-04"):
        actions.undo_batch(batch=batch, by=administrator)
    undo(commit(batch))
    with pytest.raises(Refused, match="IMP-04"):
        actions.undo_batch(batch=batch, by=administrator)


def test_an_undoing_that_breaks_leaves_the_import_as_it_was(
    received: Receive, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = commit(received({"name": "上海示例甲有限公司"}))

    def break_down(*_args: Any) -> None:
        raise ValueError("磁盘坏了")

    job = actions.undo_batch(batch=batch, by=administrator)
    with monkeypatch.context() as broken:
        broken.setattr(undoing, "delete_rows", break_down)
        for _attempt in range(jobs.ATTEMPTS_LIMIT):
            jobs.run(token=str(job.token))
    batch.refresh_from_db()
    assert (batch.state, Enterprise.objects.count()) == (Batch.State.COMMITTED, 1)
    assert undo(batch).state == Batch.State.UNDONE


def test_an_undoing_that_waits_can_be_stopped(received: Receive, administrator: User) -> None:
    batch = commit(received({"name": "上海示例甲有限公司"}))
    actions.undo_batch(batch=batch, by=administrator)
    batch.refresh_from_db()
    actions.cancel_batch(batch=batch, by=administrator)
    batch.refresh_from_db()
    assert batch.state == Batch.State.COMMITTED
