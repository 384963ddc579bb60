"""What the confirmation of one activity costs the pages, and how soon their numbers tell it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from accounts.models import User
from activities.actions import confirm_activity
from activities.models import Activity
from bench.yardstick import MeasureFailed

# The number on top of a figure's own page; the first number of a page that opens this year's
# activities; the length of a list, which is bounded where there are more than 10,000.
TOTAL = re.compile(r'id="figure-total" data-value="(\d+)"')
FIGURE = re.compile(r'href="/figures/activities/\?[^"]*"[^>]*>([\d,]+)<')
LENGTH = re.compile(r'class="results-count"[^>]*>[^<]*<b>([\d,]+)</b>')
MOST_LOADS = 20

Ask = Callable[[str], HttpResponse]


@contextmanager
def one_confirmed(by: User) -> Iterator[None]:
    """After the newest activity that counts was confirmed; taken back at the end.

    Nothing but this one act stands between a page that was loaded before and the same page now.
    """
    with transaction.atomic():
        newest = Activity.objects.counted().order_by("-start_on", "-pk").values("pk")[:1].get()
        waiting = Activity.objects.filter(pk=newest["pk"])
        waiting.update(review=Activity.Review.SUBMITTED)
        one = waiting.get()
        confirm_activity(activity=one, version=one.version, at=timezone.now(), by=by)
        yield
        transaction.set_rollback(True)


def confirmed_until_shown(
    ask: Ask, urls: Mapping[str, str], waiting: Activity, *, by: User
) -> dict[str, Any]:
    """Confirm what waits; then load each page until its number has risen by one.

    Each page was loaded twice before, so that whatever is kept of it is there. ``ms`` is the time
    from the confirmation on, ``loads`` has to be 1.
    """
    before = {name: [number_on(ask(url)), number_on(ask(url))][-1] for name, url in urls.items()}
    confirm_activity(activity=waiting, version=waiting.version, at=timezone.now(), by=by)
    told: dict[str, Any] = {}
    for name, url in urls.items():
        began = perf_counter()
        loads = _loads_until_risen(ask, url, before[name])
        told[name] = {"loads": loads, "ms": round((perf_counter() - began) * 1000, 1)}
    return {**told, "met": all(one["loads"] == 1 for one in told.values())}


def _loads_until_risen(ask: Ask, url: str, before: int) -> int:
    for load in range(1, MOST_LOADS + 1):
        if number_on(ask(url)) == before + 1:
            return load
    raise MeasureFailed(f"{url} does not show the activity after {MOST_LOADS} loads")


def number_on(page: HttpResponse) -> int:
    """How many activities a page says there are."""
    text = page.content.decode()
    found = TOTAL.search(text) or LENGTH.search(text) or FIGURE.search(text)
    if found is None:
        raise MeasureFailed("a page tells no number of activities")
    return int(found[1].replace(",", ""))
