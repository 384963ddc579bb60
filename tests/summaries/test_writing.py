"""A summary is written once, whoever writes, of one moment, and stays what it was."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from accounts.models import User
from core.periods import Period
from core.refusals import Refused
from jobs import actions as jobs
from jobs.models import Job
from summaries import actions, gathering, queries, tasks
from summaries.content import write_document
from summaries.models import Summary
from summaries.pages import document_of
from summaries.snapshot import repeatable_read
from tests import factories
from towns.models import Town

NOW = datetime(2024, 6, 1, 0, 10, tzinfo=timezone.get_fixed_timezone(480))
MAY = Period.parse("2024-05")
alone = pytest.mark.django_db(transaction=True)


def write(town: Town | None = None, by: User | None = None, **changes: Any) -> Summary:
    asked = {"kind": Summary.Kind.MONTHLY, "period": MAY, "now": NOW, **changes}
    return actions.write_summary(town=town, by=by, **asked)


def in_threads(work: Callable[[], Any], count: int) -> list[Any]:
    """Run ``work`` in threads that start at the same moment; returns what came of each."""
    start = threading.Barrier(count)

    def run() -> Any:
        start.wait(timeout=20)
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=count) as pool:
        return [future.result() for future in [pool.submit(run) for _ in range(count)]]


@pytest.mark.django_db
def test_it_keeps_its_figures_its_words_and_the_moment_of_its_data(
    own_town: Town, officer: User
) -> None:
    factories.activity(own_town)
    summary = write(own_town, officer)
    kept = {figure["key"]: figure for figure in summary.figures}
    assert kept["activities"]["value"] == 1
    assert "经区级确认" in kept["activities"]["definition"]
    assert timezone.localtime(summary.data_as_of).isoformat() == "2024-05-31T23:59:59+08:00"
    assert (summary.start_on, summary.end_on) == (MAY.start, MAY.end)
    assert summary.events.get().pgh_context.metadata["user"] == officer.pk  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_second_writing_gives_back_the_first_unchanged(own_town: Town) -> None:
    first = write(own_town)
    factories.activity(own_town)
    second = write(own_town)
    assert second == first
    assert second.figures == first.figures
    assert "没有经确认的活动" in document_of(second).lead.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"period": Period.parse("2024-06")}, "SUM-01"),
        ({"period": Period.parse("2024-Q1")}, "SUM-02"),
        ({"kind": Summary.Kind.YEARLY}, "SUM-02"),
    ],
)
def test_a_period_that_is_open_or_of_another_kind_is_refused(
    changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        write(**changes)
    assert not Summary.objects.exists()


@pytest.mark.django_db
def test_it_is_chinese_whatever_language_the_writer_reads(own_town: Town) -> None:
    with translation.override("en"):
        summary = write(own_town)
    assert summary.content["title"] == "华新镇2024年5月统战工作情况月报"
    assert summary.figures[0]["title"] == "村居"


@pytest.mark.django_db
def test_the_last_day_counts_and_the_first_of_the_next_month_does_not(own_town: Town) -> None:
    factories.activity(own_town, start_on=date(2024, 5, 31))
    factories.activity(own_town, start_on=date(2024, 6, 1))
    kept = {figure["key"]: figure["value"] for figure in write().figures}
    assert kept["activities"] == 1


@pytest.mark.django_db
def test_the_database_holds_one_summary_for_a_period_and_place(own_town: Town) -> None:
    kept = write()
    kept.pk = None
    with pytest.raises(IntegrityError, match="summary_once"), transaction.atomic():
        kept.save(force_insert=True)


@alone
def test_of_five_writers_one_writes_and_all_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.activity(factories.town())
    together = threading.Barrier(5)

    def slow(gathered: Any) -> Any:
        together.wait(timeout=20)  # all five have looked and found nothing
        return write_document(gathered)

    monkeypatch.setattr(actions, "write_document", slow)
    results = in_threads(
        lambda: actions.write_summary_once(
            kind=Summary.Kind.MONTHLY, period=MAY, town=None, by=None, now=NOW
        ),
        5,
    )
    assert {type(result) for result in results} == {Summary}
    assert {result.pk for result in results} == {Summary.objects.get().pk}


@alone
@pytest.mark.parametrize(("snapshot", "agrees"), [(True, True), (False, False)])
def test_what_is_entered_while_it_is_written_is_in_all_of_it_or_in_none(
    monkeypatch: pytest.MonkeyPatch, snapshot: bool, agrees: bool
) -> None:
    town = factories.town("华新镇")
    factories.kind()
    listed = gathering._activities

    def after_an_entry(question: Any) -> Any:
        in_threads(lambda: factories.activity(town, "后来登记的活动"), 1)
        return listed(question)

    monkeypatch.setattr(gathering, "_activities", after_an_entry)
    with repeatable_read() if snapshot else transaction.atomic():
        summary = write(town)
    document = document_of(summary)
    counted = next(figure.value for figure in document.figures if figure.key == "activities")
    tables = [one.table for one in document.attachments if one.title.endswith("活动清单")]
    named = sum(len(table.rows) for table in tables)
    assert (counted == named) is agrees


@alone
def test_a_snapshot_is_never_part_of_another_transaction() -> None:
    with pytest.raises(RuntimeError), transaction.atomic(), repeatable_read():
        pass


@alone
def test_after_three_months_of_silence_the_worker_writes_them_all_once() -> None:
    town = factories.town("华新镇")
    factories.activity(town, start_on=date(2024, 3, 10))
    actions.ask_for_due(now=NOW)
    tokens = list(Job.objects.values_list("token", flat=True))
    for token in tokens:
        jobs.run(token=str(token))
    assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DONE}
    assert Summary.objects.count() == len(tokens) == 6
    assert queries.missing_monthly(NOW) == []


@alone
def test_a_job_that_runs_again_changes_nothing() -> None:
    factories.activity(factories.town("华新镇"), start_on=date(2024, 5, 2))
    actions.ask_for_due(now=NOW)
    job = Job.objects.filter(key__endswith="district").get()
    jobs.run(token=str(job.token))
    first = Summary.objects.get()
    Job.objects.filter(pk=job.pk).update(state=Job.State.DUE)
    jobs.run(token=str(job.token))
    assert Summary.objects.get().written_at == first.written_at
    job.refresh_from_db()
    assert job.message == "已生成：青浦区2024年5月统战工作情况月报"


@alone
def test_the_work_leaves_no_connection_open() -> None:
    opened: list[Any] = []
    tasks.on_own_connection(lambda: opened.append(connection.connection or _opened()))
    assert opened[0].closed


def _opened() -> Any:
    connection.ensure_connection()
    return connection.connection
