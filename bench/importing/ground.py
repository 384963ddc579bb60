"""What every contender stands on: one chamber, one person, a day, a stopwatch."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.utils import timezone

from accounts.models import User
from chambers.models import Chamber
from core.access import Administrator
from towns.models import Town

Result = TypeVar("Result")
TODAY = date(2026, 1, 5)
CHAMBER, PERSON = "测量商会", "measure"
WARM_ROWS, WARM_FROM = 5, 150_000  # other firms than those that are measured


def measure() -> dict[str, str]:
    """Make the records that all contenders need, in the database that is copied for each."""
    town = Town.objects.create(name="测量镇", code="990000000", order=99)
    Chamber.objects.create(name=CHAMBER, town=town)
    User.objects.create_user(
        username=PERSON,
        password=None,
        name="测量",
        role=Administrator.key,
        password_changed_at=timezone.now(),
    )
    return {"chamber": CHAMBER}


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """How many seconds the work takes, and what it gives."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result
