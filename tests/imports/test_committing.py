"""A confirmed batch is written whole and once, whoever else writes and whatever dies meanwhile."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from chambers.models import Chamber, Enterprise, Membership
from core.refusals import Refused
from imports import actions
from imports.committing import confirmed
from imports.models import Batch
from imports.plans.members import MemberPlan
from jobs import actions as jobs
from jobs import queries as job_queries
from jobs.heart import JobCancelled
from jobs.models import Job
from tests import factories
from tests.imports.conftest import Receive, commit

ROOT = Path(__file__).parents[2]
FIRM, OTHER_FIRM = {"name": "上海示例甲有限公司"}, {"name": "上海示例乙有限公司"}


def written() -> tuple[int, int]:
    return Enterprise.objects.count(), Membership.objects.count()


@pytest.mark.django_db
def test_a_change_after_the_preview_shows_the_fresh_one(
    chamber: Chamber, received: Receive
) -> None:
    enterprise = factories.enterprise(chamber.town, FIRM["name"], contact="甲")
    factories.membership(chamber, enterprise)
    batch = received({**FIRM, "contact": "乙"}, OTHER_FIRM)
    Enterprise.objects.filter(pk=enterprise.pk).update(contact="丙")
    factories.membership(chamber)
    batch = commit(batch)
    assert batch.state == Batch.State.PREVIEW
    assert batch.job is not None
    assert "有 1 行的情况变了" in batch.job.message
    assert batch.rows.get(position=1).changes == {"contact": ["丙", "乙"]}
    assert batch.counts["absent"] == 1
    assert not Enterprise.objects.filter(**OTHER_FIRM).exists()
    assert commit(batch).state == Batch.State.COMMITTED


@pytest.mark.django_db
def test_a_broken_import_writes_nothing_fails_and_can_be_retried(
    received: Receive, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = received(FIRM, OTHER_FIRM)

    def break_down(*_args: Any) -> None:
        raise ValueError("磁盘坏了")

    job = actions.confirm_batch(batch=batch, by=administrator)
    with monkeypatch.context() as broken:
        broken.setattr(confirmed, "update_rows", break_down)
        for attempt in range(jobs.ATTEMPTS_LIMIT):
            batch.refresh_from_db()
            assert (batch.state, attempt) == (Batch.State.COMMITTING, attempt)
            jobs.run(token=str(job.token))
    batch.refresh_from_db()
    assert (batch.state, written()) == (Batch.State.FAILED, (0, 0))
    job = actions.retry_batch(batch=batch, by=administrator)
    jobs.run(token=str(job.token))
    batch.refresh_from_db()
    assert (batch.state, written()) == (Batch.State.COMMITTED, (2, 2))
    with pytest.raises(Refused, match="IMP-06"):
        actions.retry_batch(batch=batch, by=administrator)


class Stopping:
    """A person who asks for a stop as soon as ``rows`` are written."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.done = 0

    def report(self, done: int, total: int) -> None:
        self.done = done

    def check(self) -> None:
        if self.done >= self.rows:
            raise JobCancelled


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [0, 100, 200, 300])
def test_a_stopped_import_leaves_no_half(
    received: Receive, administrator: User, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    batch = received(*({"name": f"上海{number}有限公司"} for number in range(300)))
    job = actions.confirm_batch(batch=batch, by=administrator)
    stopping = Stopping(rows)
    commit_batch = confirmed.commit_batch

    def stopped(**options: Any) -> str:
        return commit_batch(**{**options, "progress": stopping})

    monkeypatch.setattr("imports.works.commit_batch", stopped)
    jobs.run(token=str(job.token))
    batch.refresh_from_db()
    job.refresh_from_db()
    assert stopping.done >= rows
    assert (job.state, batch.state) == (Job.State.CANCELLED, Batch.State.PREVIEW)
    assert written() == (0, 0)


@pytest.mark.django_db
def test_an_import_that_waits_is_stopped_at_once(received: Receive, administrator: User) -> None:
    batch = received(FIRM)
    actions.confirm_batch(batch=batch, by=administrator)
    batch.refresh_from_db()
    actions.cancel_batch(batch=batch, by=administrator)
    batch.refresh_from_db()
    assert batch.state == Batch.State.PREVIEW
    with pytest.raises(Refused, match="IMP-05"):
        actions.cancel_batch(batch=batch, by=administrator)
    assert commit(batch).state == Batch.State.COMMITTED


@pytest.mark.django_db
def test_the_second_of_two_with_one_file_hears_who_imports_it(
    received: Receive, administrator: User
) -> None:
    other = factories.administrator(name="李四")
    first, second = received(FIRM, by=other), received(FIRM)
    actions.confirm_batch(batch=first, by=other)
    with pytest.raises(Refused, match="同一文件正在由李四导入"):
        actions.confirm_batch(batch=second, by=administrator)


def together(*works: Callable[[], object]) -> None:
    """Run each in a thread with a connection of its own."""

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_one_file_at_once_make_one_import(
    received: Receive, administrator: User
) -> None:
    batches = [received(FIRM), received(FIRM)]
    heard: list[str] = []
    start = threading.Barrier(2)

    def confirm(batch: Batch) -> None:
        start.wait(10)
        try:
            actions.confirm_batch(batch=batch, by=administrator)
            heard.append("confirmed")
        except Refused as refused:
            heard.append(refused.rules[0].code)

    together(*(lambda batch=batch: confirm(batch) for batch in batches))
    assert sorted(heard) == ["IMP-03", "confirmed"]


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold each commit after its comparison until the other has compared as well, or 2 seconds."""
    barrier = threading.Barrier(2)
    compare = MemberPlan.compare

    def compare_and_wait(self: MemberPlan, rows: Any) -> Any:
        compared = compare(self, rows)
        if self.lock:
            with contextlib.suppress(threading.BrokenBarrierError):
                barrier.wait(2)
        return compared

    monkeypatch.setattr(MemberPlan, "compare", compare_and_wait)


def commit_both(received: Receive, administrator: User) -> list[Batch]:
    batches = [received(FIRM, OTHER_FIRM, sha256=name) for name in "ab"]
    works = [actions.confirm_batch(batch=batch, by=administrator) for batch in batches]
    together(*(lambda job=job: jobs.run(token=str(job.token)) for job in works))
    for batch in batches:
        batch.refresh_from_db()
    return batches


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_the_same_firms_at_once_make_one_set(
    received: Receive, administrator: User, meeting: None
) -> None:
    batches = commit_both(received, administrator)
    assert sorted(batch.state for batch in batches) == ["committed", "preview"]
    assert written() == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_without_taking_turns_the_firms_would_be_doubled(
    received: Receive, administrator: User, meeting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it shows that the test above can fail."""
    monkeypatch.setattr(confirmed, "take_turn", lambda: None)
    commit_both(received, administrator)
    assert Enterprise.objects.filter(**FIRM).count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_edit_during_the_import_is_not_lost(
    chamber: Chamber, received: Receive, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    enterprise = factories.enterprise(chamber.town, FIRM["name"], contact="甲", phone="1")
    factories.membership(chamber, enterprise)
    batch = received({**FIRM, "contact": "乙"})
    compared, edited = threading.Event(), threading.Event()
    compare = MemberPlan.compare

    def compare_then_let_edit(self: MemberPlan, rows: Any) -> Any:
        found = compare(self, rows)
        if self.lock:
            compared.set()
            edited.wait(1)  # the edit waits for the lock: it can't come in between
        return found

    def edit() -> None:
        compared.wait(10)
        Enterprise.objects.filter(pk=enterprise.pk).update(phone="2")
        edited.set()

    monkeypatch.setattr(MemberPlan, "compare", compare_then_let_edit)
    job = actions.confirm_batch(batch=batch, by=administrator)
    together(lambda: jobs.run(token=str(job.token)), edit)
    enterprise.refresh_from_db()
    assert (enterprise.contact, enterprise.phone) == ("乙", "2")


CHILD = """
import json, os, sys, time
import django
from django.conf import settings
settings.DATABASES["default"].update(json.loads(sys.argv[1]))
django.setup()
from imports.committing import confirmed
def stall(*args):
    print("written", flush=True)
    time.sleep(60)
confirmed.update_rows = stall
from jobs import actions
actions.run(token=sys.argv[2])
"""


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Callable[[Job], subprocess.Popen[bytes]]]:
    """A worker process that writes the firms of a job and then stands still."""
    started: list[subprocess.Popen[bytes]] = []

    def start(job: Job) -> subprocess.Popen[bytes]:
        database = {
            name: connection.settings_dict[name]
            for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")
        }
        arguments = [sys.executable, "-c", CHILD, json.dumps(database), str(job.token)]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
        process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, env=environment)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_retry_does_it_all(
    received: Receive,
    administrator: User,
    child: Callable[[Job], subprocess.Popen[bytes]],
) -> None:
    batch = received(FIRM, OTHER_FIRM)
    job = actions.confirm_batch(batch=batch, by=administrator)
    worker = child(job)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(10)
    job.refresh_from_db()
    assert (job.state, written()) == (Job.State.RUNNING, (0, 0))
    later = timezone.now() + job_queries.LOST_AFTER + timedelta(seconds=1)
    assert jobs.take_back_lost(now=later) == 1
    jobs.run(token=str(job.token))
    batch.refresh_from_db()
    assert (batch.state, written()) == (Batch.State.COMMITTED, (2, 2))
