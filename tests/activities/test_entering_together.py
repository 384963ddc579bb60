"""Many at once: one form is one record, and a review sees what it decides on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import User
from activities import actions, rules
from activities.models import Activity, Host
from core.refusals import Refused
from tests.activities.conftest import NOW, Enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
THREADS = 20


def all_at_once(work: Callable[[], Any], times: int = THREADS) -> list[Any]:
    """What each thread came back with: a result, or the exception."""
    barrier = threading.Barrier(times)

    def run(results: list[Any]) -> None:
        barrier.wait()
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001 - told to the test
            results.append(error)
        finally:
            connection.close()

    results: list[Any] = []
    threads = [threading.Thread(target=run, args=(results,)) for _n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture(autouse=True)
def _no_bulk_of_threads_left() -> Iterator[None]:
    yield
    assert threading.active_count() < THREADS


def test_twenty_sendings_of_one_form_are_one_record(enter: Enter) -> None:
    token = uuid4()
    results = all_at_once(lambda: enter(submit=True, token=token))
    assert not [one for one in results if isinstance(one, Exception)]
    assert {one.activity.pk for one in results} == {Activity.objects.get().pk}
    assert Host.objects.count() == 1
    assert Activity.objects.get().review == Activity.Review.SUBMITTED


def test_twenty_forms_of_their_own_are_twenty_records(enter: Enter) -> None:
    """The control: without the token nothing keeps them one."""
    results = all_at_once(enter)
    assert not [one for one in results if isinstance(one, Exception)]
    assert Activity.objects.count() == THREADS


def test_an_activity_is_not_confirmed_as_it_was_before_an_edit(
    enter: Enter, liaison: User, officer: User
) -> None:
    """However they interleave, what was confirmed is what the officer saw."""
    token = uuid4()
    activity = enter(submit=True, token=token).activity
    barrier = threading.Barrier(2)
    outcome: dict[str, Any] = {}

    def confirm() -> None:
        barrier.wait()
        try:
            actions.confirm_activity(activity=activity, version=1, at=NOW.at, by=officer)
        except Refused as refused:
            outcome["confirm"] = refused.rules
        finally:
            connection.close()

    def change() -> None:
        barrier.wait()
        try:
            enter(submit=True, token=token, headcount=99)
        except Refused as refused:
            outcome["change"] = refused.rules
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for work in (confirm, change)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    activity.refresh_from_db()
    if activity.headcount == 99:
        assert outcome == {"confirm": (rules.CHANGED_MEANWHILE,)}
        assert activity.review == Activity.Review.SUBMITTED
    else:
        assert outcome == {"change": (rules.CONFIRMED_ALREADY,)}
        assert activity.review == Activity.Review.CONFIRMED
