"""The doors of Celery: due jobs are handed to the broker once, after the commit."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import User
from jobs import actions, tasks
from jobs.models import Job, Tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    tokens: list[str] = []
    monkeypatch.setattr(
        tasks.do, "apply_async", lambda arguments, priority: tokens.append(*arguments)
    )
    return tokens


def test_a_due_job_is_handed_over_once(handed: list[str]) -> None:
    job = actions.enqueue(kind="example", key="one", payload={})
    assert tasks.publish_due() == 1
    assert tasks.publish_due() == 0
    assert handed == [str(job.token)]
    assert Tick.objects.get(name="publish")


def test_what_a_person_asked_for_goes_before_the_summaries_of_a_year(
    monkeypatch: pytest.MonkeyPatch, officer: User
) -> None:
    handed: list[tuple[str, int]] = []
    monkeypatch.setattr(
        tasks.do, "apply_async", lambda arguments, priority: handed.append((*arguments, priority))
    )
    own = [actions.enqueue(kind="example", key=f"{n}", payload={}) for n in range(2)]
    asked = actions.enqueue(kind="example", key="asked", payload={}, by=officer)

    tasks.publish_due()

    assert handed == [(str(asked.token), 0), *((str(job.token), 9) for job in own)]


@pytest.mark.django_db(transaction=True)
def test_the_broker_is_never_called_inside_a_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inside: list[bool] = []
    monkeypatch.setattr(
        tasks.do, "apply_async", lambda *_, **__: inside.append(connection.in_atomic_block)
    )
    actions.enqueue(kind="example", key="one", payload={})
    tasks.publish_due()
    assert inside == [False]


def test_a_broker_that_is_down_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(tasks.do, "apply_async", refuse)
    job = actions.enqueue(kind="example", key="one", payload={})
    with pytest.raises(ConnectionError):
        tasks.publish_due()
    assert Job.objects.get(pk=job.pk).state == Job.State.DUE


def test_celery_keeps_the_rules_that_lose_no_task() -> None:
    assert settings.CELERY_TASK_ACKS_LATE
    assert settings.CELERY_TASK_REJECT_ON_WORKER_LOST
    assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1
    assert settings.CELERY_TASK_TIME_LIMIT < 7200 / 2
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_TIMEZONE == "Asia/Shanghai"
