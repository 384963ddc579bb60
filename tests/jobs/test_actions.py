"""A job is done whole and once, whoever dies; a person sees how far it is and can stop it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from jobs import actions, queries, registry, watch
from jobs.models import Job, Tick
from jobs.registry import Progress
from tests import factories
from towns.models import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Iterator[list[int]]:
    """A kind of job, ``example``, that notes the jobs it did."""
    done: list[int] = []

    @registry.does("example")
    def example(job: Job, progress: Progress) -> str:
        done.append(job.pk)
        return "好了"

    @registry.does("failing")
    def failing(job: Job, progress: Progress) -> str:
        factories.town("写了一半镇")
        raise ValueError("第3行坏了")

    yield done
    registry._works.pop("example")
    registry._works.pop("failing")


def ask(kind: str = "example", key: str = "example:1") -> Job:
    return actions.enqueue(kind=kind, key=key, payload={})


def test_a_job_is_done_and_says_so(work: list[int]) -> None:
    job = ask()
    actions.run(token=str(job.token))
    job.refresh_from_db()
    assert (job.state, job.message, work) == ("done", "好了", [job.pk])


def test_running_twice_does_the_work_once(work: list[int]) -> None:
    job = ask()
    actions.run(token=str(job.token))
    actions.run(token=str(job.token))
    assert work == [job.pk]


def test_asking_twice_with_one_key_makes_one_job(work: list[int]) -> None:
    first = ask()
    assert ask() == first
    actions.run(token=str(first.token))
    assert ask() == first
    assert Job.objects.count() == 1


def test_finished_work_can_be_asked_for_anew(work: list[int]) -> None:
    first = ask()
    actions.run(token=str(first.token))
    again = actions.enqueue(kind="example", key="example:1", payload={}, anew=True)
    assert again != first


def test_a_failure_leaves_nothing_and_is_tried_three_times(work: list[int]) -> None:
    job = ask("failing", "failing:1")
    for attempt in (1, 2):
        actions.run(token=str(job.token))
        job.refresh_from_db()
        assert (job.state, job.attempts) == ("due", attempt)
    actions.run(token=str(job.token))
    job.refresh_from_db()
    assert job.state == "failed"
    assert "第3行坏了" in job.message
    assert not Town.objects.filter(name="写了一半镇").exists()


def test_a_failed_job_can_be_retried(work: list[int]) -> None:
    job = ask("failing", "failing:1")
    Job.objects.filter(pk=job.pk).update(state="failed", attempts=3)
    actions.retry(job=job)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("due", 0)


def test_a_job_that_has_not_begun_is_cancelled_at_once(work: list[int]) -> None:
    job = ask()
    actions.cancel(job=job)
    actions.run(token=str(job.token))
    job.refresh_from_db()
    assert (job.state, work) == ("cancelled", [])


def test_what_waits_for_a_job_hears_that_it_was_stopped(work: list[int]) -> None:
    heard: list[str] = []

    @registry.does("waited_for", stopped=lambda job: heard.append(job.state))
    def broken(job: Job, progress: Progress) -> str:
        raise ValueError("坏了")

    job = ask("waited_for", "waited_for:1")
    for _attempt in range(actions.ATTEMPTS_LIMIT):
        assert heard == []
        actions.run(token=str(job.token))
    assert heard == ["failed"]
    actions.cancel(job=ask("waited_for", "waited_for:2"))
    assert heard == ["failed", "cancelled"]
    registry._works.pop("waited_for")
    registry._stopped.pop("waited_for")


def test_a_job_whose_worker_died_is_taken_up_again(work: list[int]) -> None:
    job = ask()
    assert actions.claim(token=str(job.token))
    assert actions.claim(token=str(job.token)) is None
    later = timezone.now() + queries.LOST_AFTER + timedelta(seconds=1)
    assert actions.take_back_lost(now=later) == 1
    actions.run(token=str(job.token))
    assert work == [job.pk]


def test_a_worker_that_was_given_up_cannot_finish(work: list[int]) -> None:
    job = ask()
    slow = actions.claim(token=str(job.token))
    assert slow is not None
    actions.take_back_lost(now=timezone.now() + queries.LOST_AFTER + timedelta(seconds=1))
    actions.claim(token=str(job.token))
    assert actions._finish(slow, Job.State.DONE, "迟到") is False


def test_a_job_the_broker_lost_is_published_again() -> None:
    job = ask()
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(published_at=now)
    assert list(queries.to_publish(now)) == []
    assert list(queries.to_publish(now + queries.PUBLISH_AGAIN_AFTER * 2)) == [job]


def test_the_watch_steps_in_only_when_the_clock_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    published: list[bool] = []
    monkeypatch.setattr(watch, "publish_due", lambda: published.append(True))
    Tick.objects.create(name="publish", ticked_at=timezone.now())
    assert watch.look() is False
    Tick.objects.update(ticked_at=timezone.now() - timedelta(minutes=11))
    assert watch.look() is True
    assert published == [True]


def test_the_pause_of_the_background_is_noticed() -> None:
    now = timezone.now()
    assert queries.is_paused(now)
    actions.tick(name="publish", now=now)
    assert not queries.is_paused(now)
    assert queries.is_paused(now + timedelta(minutes=3))


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_work_is_one_transaction() -> None:
    seen = threading.Event()
    looked: list[tuple[int, int]] = []

    @registry.does("long")
    def long(job: Job, progress: Progress) -> str:
        progress.report(3, 10)
        seen.wait(10)
        return ""

    with transaction.atomic():
        job = ask("long", "long:1")
    worker = threading.Thread(target=_run_and_close, args=(str(job.token),))
    worker.start()
    while not looked or looked[-1] == (0, 0):
        looked.append(Job.objects.values_list("done_count", "total_count").get(pk=job.pk))
    seen.set()
    worker.join()
    registry._works.pop("long")
    assert looked[-1] == (3, 10)


@pytest.mark.django_db(transaction=True)
def test_a_running_job_hears_that_it_should_stop() -> None:
    @registry.does("endless")
    def endless(job: Job, progress: Progress) -> str:
        factories.town("不该留下镇")
        while True:
            progress.check()

    job = ask("endless", "endless:1")
    # Asked from outside, as a page does: the work's own transaction is not visible to the heart.
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    _run_and_close(str(job.token), close=False)
    registry._works.pop("endless")
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert not Town.objects.filter(name="不该留下镇").exists()


def _run_and_close(token: str, *, close: bool = True) -> None:
    actions.run(token=token)
    if close:
        connection.close()
