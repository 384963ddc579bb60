"""A change of a long preview is made by the background, and its page says so meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from chambers.models import Chamber
from core.refusals import Refused
from imports import actions
from imports.deciding import changing, decisions
from imports.models import Batch
from imports.receiving.belonging import Belonging
from imports.understanding.correcting import Asked
from jobs import actions as jobs
from tests import factories
from tests.imports.conftest import Receive

pytestmark = pytest.mark.django_db
NAME = "上海甲有限公司"


@pytest.fixture
def long_batch(received: Receive, chamber: Chamber, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """A list that counts as long, of a firm whose contact is another in the register."""
    monkeypatch.setattr(changing, "ROWS_COMPARED_AT_ONCE", 0)
    factories.enterprise(chamber.town, NAME, contact="李四")
    return received({"name": NAME, "contact": "张三"})


def _done(batch: Batch) -> Batch:
    assert batch.job is not None
    jobs.run(token=str(batch.job.token))
    return Batch.objects.select_related("job").get(pk=batch.pk)


def test_a_policy_of_a_long_list_is_applied_by_the_background(
    long_batch: Batch, administrator: User, signed_in: Callable[[User], Client]
) -> None:
    at = timezone.now()
    assert "contact" in long_batch.rows.get().changes
    batch = changing.choose_policies(
        batch=long_batch, policies={"contact": "keep"}, by=administrator, at=at
    )
    page = signed_in(administrator).get(reverse("imports:show_batch", args=[batch.pk]))
    assert "正在重新核对各行" in page.content.decode()
    assert (batch.state, batch.policies) == (Batch.State.COMPARING, {})
    with pytest.raises(Refused):
        actions.confirm_batch(batch=batch, by=administrator)
    batch = _done(batch)
    assert (batch.state, batch.policies) == (Batch.State.PREVIEW, {"contact": "keep"})
    assert "contact" not in batch.rows.get().changes
    assert batch.decisions.get().made_by == administrator


def test_a_change_that_is_stopped_changes_nothing(long_batch: Batch, administrator: User) -> None:
    batch = changing.choose_policies(
        batch=long_batch, policies={"contact": "keep"}, by=administrator, at=timezone.now()
    )
    actions.cancel_batch(batch=batch, by=administrator)
    batch.refresh_from_db()
    assert (batch.state, batch.policies) == (Batch.State.PREVIEW, {})
    assert not batch.decisions.exists()


def test_a_policy_that_is_none_is_refused_before_the_background_is_asked(
    long_batch: Batch, administrator: User
) -> None:
    with pytest.raises(Refused) as refused:
        changing.choose_policies(
            batch=long_batch, policies={"contact": "?"}, by=administrator, at=timezone.now()
        )
    assert refused.value.rules == (decisions.NO_SUCH_POLICY,)


def test_what_the_background_refuses_is_told_on_the_preview(
    long_batch: Batch, administrator: User
) -> None:
    asked = Asked("名册", "名册:3", columns={"A": ("contact",)})
    batch = changing.correct_understanding(
        batch=long_batch, asked=asked, by=administrator, at=timezone.now()
    )
    batch = _done(batch)
    assert batch.state == Batch.State.PREVIEW
    assert batch.job is not None and "原表已按保存期限清除" in batch.job.message


def test_whose_a_long_list_is_may_be_said_later(long_batch: Batch, administrator: User) -> None:
    other = factories.chamber(long_batch.chamber.town, "重固镇商会")  # type: ignore[union-attr]
    batch = changing.choose_whose(
        batch=long_batch, chosen=Belonging(other), by=administrator, at=timezone.now()
    )
    assert batch.state == Batch.State.COMPARING
    assert _done(batch).state == Batch.State.PREVIEW
