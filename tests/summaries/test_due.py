"""Which summaries are due: every closed month, whatever was down, and never one to come."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from core.periods import Period
from jobs.models import Job
from summaries import actions, queries, tasks
from summaries.models import FigureRules, Summary
from tests import factories
from towns.models import Town

pytestmark = pytest.mark.django_db
JUNE = datetime(2024, 6, 1, 0, 10, tzinfo=timezone.get_fixed_timezone(480))


def due(now: datetime = JUNE) -> list[tuple[str, str]]:
    return [
        (str(one.period), one.town.name if one.town else "全区")
        for one in queries.missing_monthly(now)
    ]


def keep(period: str, town: Town | None) -> Summary:
    """A summary as if it had been written."""
    month = Period.parse(period)
    return Summary.objects.create(
        kind=Summary.Kind.MONTHLY,
        start_on=month.start,
        end_on=month.end,
        town=town,
        data_as_of=JUNE,
        written_at=JUNE,
    )


def test_a_closed_month_is_due_for_the_district_and_each_town(
    own_town: Town, other_town: Town
) -> None:
    factories.activity(own_town, start_on=date(2024, 5, 2))
    assert due() == [("2024-05", "全区"), ("2024-05", "华新镇"), ("2024-05", "徐泾镇")]


def test_nothing_is_due_before_the_first_confirmed_activity(own_town: Town) -> None:
    assert due() == []
    factories.activity(own_town, review="submitted", start_on=date(2024, 1, 2))
    assert due() == []


def test_what_is_written_is_not_due(own_town: Town) -> None:
    factories.activity(own_town, start_on=date(2024, 5, 2))
    keep("2024-05", None)
    assert due() == [("2024-05", "华新镇")]
    keep("2024-05", own_town)
    assert due() == []


def test_after_three_months_without_a_tick_all_are_due(own_town: Town) -> None:
    factories.activity(own_town, start_on=date(2024, 2, 10))
    assert actions.ask_for_due(now=JUNE) == 8
    keys = Job.objects.order_by("key").values_list("key", flat=True)
    months = ("2024-02", "2024-03", "2024-04", "2024-05")
    places = ("310118107", "district")
    assert list(keys) == [
        f"summary:monthly:{month}:{place}" for month in months for place in places
    ]


def test_two_ticks_ask_once(own_town: Town) -> None:
    factories.activity(own_town, start_on=date(2024, 5, 2))
    actions.ask_for_due(now=JUNE)
    actions.ask_for_due(now=JUNE + timedelta(seconds=1))
    assert Job.objects.count() == 2


def test_the_table_is_the_truth_and_the_job_only_a_hint(own_town: Town) -> None:
    factories.activity(own_town, start_on=date(2024, 5, 2))
    actions.ask_for_due(now=JUNE)
    Job.objects.update(state=Job.State.DONE)
    assert actions.ask_for_due(now=JUNE) == 2
    assert Job.objects.filter(state=Job.State.DUE).count() == 2


def test_what_failed_for_good_is_tried_again_after_an_hour(own_town: Town) -> None:
    factories.activity(own_town, start_on=date(2024, 5, 2))
    actions.ask_for_due(now=JUNE)
    Job.objects.update(state=Job.State.FAILED, finished_at=JUNE)
    assert actions.ask_for_due(now=JUNE + timedelta(minutes=5)) == 0
    assert actions.ask_for_due(now=JUNE + timedelta(minutes=61)) == 2


@pytest.mark.parametrize(
    ("moment", "closed"),
    [
        (datetime(2024, 5, 31, 15, 59, 59, tzinfo=UTC), False),  # 31 May 23:59:59 in Shanghai
        (datetime(2024, 5, 31, 16, 0, 0, tzinfo=UTC), True),  # 1 June 00:00:00
        (datetime(2024, 6, 1, 0, 0, 0, tzinfo=UTC), True),
        (datetime(2024, 5, 31, 23, 59, 59, tzinfo=timezone.get_fixed_timezone(480)), False),
    ],
)
def test_a_month_closes_at_midnight_of_the_district(
    own_town: Town, moment: datetime, closed: bool
) -> None:
    factories.activity(own_town, start_on=date(2024, 5, 31))
    assert bool(due(moment)) is closed


def test_a_setting_moves_the_first_month(own_town: Town) -> None:
    factories.activity(own_town, start_on=date(2023, 1, 2))
    FigureRules.objects.create(pk=1, summaries_from=date(2024, 4, 15))
    assert [period for period, place in due() if place == "全区"] == ["2024-05", "2024-04"]
    FigureRules.objects.update(summaries_from=date(2030, 1, 1))
    assert due() == []


def test_a_town_has_summaries_only_of_months_at_whose_end_it_stood(own_town: Town) -> None:
    factories.activity(own_town, start_on=date(2024, 4, 2))
    factories.town("新镇", opened_on=date(2024, 5, 20))
    factories.town("旧镇", closed_on=date(2024, 5, 20))
    assert [one for one in due() if one[1] in {"新镇", "旧镇"}] == [
        ("2024-05", "新镇"),
        ("2024-04", "旧镇"),
    ]


def test_a_clock_that_runs_ahead_closes_no_month(own_town: Town, monkeypatch: Any) -> None:
    factories.activity(own_town, start_on=date(2024, 5, 2))
    monkeypatch.setattr(queries, "database_now", lambda: JUNE - timedelta(days=1))
    with time_machine.travel(JUNE + timedelta(days=60), tick=False):
        assert tasks.ask_for_due() == 0
    monkeypatch.setattr(queries, "database_now", lambda: JUNE)
    with time_machine.travel(JUNE, tick=False):
        assert tasks.ask_for_due() == 2


def test_the_database_tells_the_time() -> None:
    assert abs(queries.database_now() - timezone.now()) < timedelta(minutes=1)


def test_the_tick_runs_every_five_minutes_in_the_districts_time() -> None:
    entry: Any = settings.CELERY_BEAT_SCHEDULE["ask-for-due-summaries"]
    assert entry["task"] == tasks.ask_for_due.name
    assert entry["schedule"].minute == set(range(0, 60, 5))
    assert settings.CELERY_TIMEZONE == settings.TIME_ZONE == "Asia/Shanghai"


def test_no_file_remembers_when_the_tick_last_ran() -> None:
    """A schedule file that is lost or spoilt loses nothing: there is none."""
    assert settings.CELERY_BEAT_SCHEDULER == "celery.beat.Scheduler"
