"""What each page takes at the size of a city, beside the empty page and a small district.

Each is measured three times: made after a write to every table, loaded again with nothing written,
and made after one activity was confirmed, which is what an office does all day.
Ratios are of processor time, in Python and in the server process of PostgreSQL together.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import get_resolver, reverse

from accounts.models import User
from activities.models import Activity
from bench.city.clock import Spent, middle_of, spent_on
from bench.city.confirming import confirmed_until_shown, one_confirmed
from bench.city.loading import City, Sizes, load
from bench.yardstick import MeasureFailed
from chambers.models import Chamber, Enterprise
from core.history import DELETED, PAST_THE_SYSTEM
from core.navigation import menu_url
from summaries.cells.watching import fold_changes, note_writes
from towns.models import Brand, Town, Village
from venues.models import Venue

EMPTY = "empty page"
AGAIN = 4  # loads of a page with nothing written, for one time of each
TO_EMPTY, TO_SMALL, QUERIES = 3.0, 1.2, 15
GOAL = {"ratio_to_empty": TO_EMPTY, "growth": TO_SMALL, "queries": QUERIES}
ROLES = {
    "officer": "district_officer",
    "liaison": "town_liaison",
    "administrator": "administrator",
    "auditor": "auditor",
}
SEARCHED = {
    "name": "汇丰源",
    "pinyin": "huifengyuan",
    "initials": "hfy",
    "code": "91310118MB",
    "rare name": "示例20号",
}


@dataclass(frozen=True, slots=True)
class Page:
    """One address as one person asks for it."""

    name: str
    role: str
    url: str


Times = tuple[Spent, Spent, Spent]  # in the order of the fields of Took


@dataclass(frozen=True, slots=True)
class Took:
    """What one page took on one database: made after a write to every table, given again, made
    after one activity was confirmed; and its statements."""

    first: Spent
    again: Spent
    after_one: Spent
    slowest: float
    queries: int


def run(options: list[str]) -> dict[str, Any]:
    """Each page on both databases, round about, with the empty page in every round."""
    logging.getLogger("django.request").setLevel(logging.ERROR)  # a 403 is an answer here
    sizes = Sizes.parse(options)
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with (
        load(sizes) as city,
        override_settings(
            ROOT_URLCONF="bench.city.urls",
            ALLOWED_HOSTS=["*"],
            STORAGES={**settings.STORAGES, "staticfiles": static},
        ),
    ):
        pages = [page for page in _pages(city) if sizes.only in f"{page.name} {page.role}"]
        rows = [_row(page, *_measured(page, city, sizes.rounds)) for page in pages]
        confirmed = _confirmed(city)
    return {**city.facts, "goal": GOAL, **_totals(rows), "confirmed": confirmed, "pages": rows}


def _confirmed(city: City) -> dict[str, Any]:
    """How soon a confirmed activity is on the large district's pages."""
    with city.large():
        town = Town.objects.get(pk=_person("liaison").assignments.get().town_id)
        urls = {
            "district": reverse("dashboards:district_page"),
            "town": reverse("dashboards:town_page", args=[town.code]),
            "figure rows": _with_key("activities", scope="district"),
        }
        held = Activity.objects.counted().filter(town=town).order_by("-start_on", "-pk")[:1].get()
        Activity.objects.filter(pk=held.pk).update(review=Activity.Review.SUBMITTED)
        return confirmed_until_shown(
            lambda url: _ask(Page("", "officer", url)), urls, held, by=_person("officer")
        )


def _pages(city: City) -> list[Page]:
    """The pages to be measured: of records that both databases have."""
    with city.small():
        pages = [page for page in _wanted() if _answers(page)]
    if not pages:
        raise MeasureFailed("no page answers")
    return pages


def _wanted() -> Iterator[Page]:
    town = Town.objects.get(pk=_person("liaison").assignments.get().town_id)
    officer = [("district", reverse("dashboards:district_page"))]
    both = [
        ("town", reverse("dashboards:town_page", args=[town.code])),
        *((f"search {how}", _with("dashboards:search", q=text)) for how, text in SEARCHED.items()),
        *_records(town),
        *_lists(),
        *_filtered(town),
    ]
    for role in ("officer", "liaison"):
        yield from (Page(name, role, url) for name, url in (officer * (role == "officer") + both))
    for role in ("administrator", "auditor"):
        yield from (Page(name, role, url) for name, url in _lists() if not _open_to_officers(url))
    yield from (Page(name, "auditor", url) for name, url in _changes())
    users = "accounts:list_users"
    yield Page("users called so", "administrator", _with(users, q="lianluoyuan"))
    yield Page("users last page", "administrator", _with(users, page=10_000))


def _with(url_name: str, **query: object) -> str:
    return f"{reverse(url_name)}?{urlencode(query)}"


def _records(town: Town) -> Iterator[tuple[str, str]]:
    """The page of one record of each kind; of venues and brands the busiest of the town."""
    activity = Activity.objects.filter(town=town).order_by("-start_on", "-pk").first()
    for name, row in (
        ("activity", activity),
        ("enterprise", Enterprise.objects.filter(town=town).order_by("pk").first()),
        ("chamber", Chamber.objects.filter(town=town).order_by("pk").first()),
        ("venue", Venue.objects.filter(town=town).order_by("pk").first()),
        ("brand", Brand.objects.filter(town=town).order_by("pk").first()),
        ("village", Village.objects.filter(town=town).order_by("pk").first()),
    ):
        if row is not None:
            yield f"record {name}", row.get_absolute_url()


def _lists() -> Iterator[tuple[str, str]]:
    """Every list of the site, those added after this was written included."""
    for app, (_prefix, resolver) in sorted(get_resolver().namespace_dict.items()):
        for name in sorted(str(name) for name in resolver.reverse_dict if isinstance(name, str)):
            if name.startswith("list_") and (url := menu_url(f"{app}:{name}")):
                yield f"{app}:{name}", url


def _filtered(town: Town) -> Iterator[tuple[str, str]]:
    """The longest lists as people narrow and sort them."""
    activities, enterprises = "activities:list_activities", "chambers:list_enterprises"
    yield "activities of a year", _with(activities, period="2024")
    yield "activities of a town", _with(activities, town=town.pk)
    yield "activities by name", _with(activities, sort="name")
    yield "activities page 100", _with(activities, page=100)
    yield "activities called so", _with(activities, q="座谈")
    yield "enterprises called so", _with(enterprises, q=SEARCHED["name"])
    yield "enterprises last page", _with(enterprises, page=10_000)
    yield "figure rows", _with_key("activities", scope=f"town:{town.code}")


def _changes() -> Iterator[tuple[str, str]]:
    """All changes as an auditor narrows them."""
    changes = "dashboards:list_changes"
    yield "changes by a person", _with(changes, person=_person("liaison").pk)
    yield "changes past the system", _with(changes, person=PAST_THE_SYSTEM)
    yield "changes of a kind", _with(changes, model="activities.activity")
    yield "changes that delete", _with(changes, label=DELETED)
    yield "changes of a day", _with(changes, since="2024-05-01", until="2024-05-01")
    first = Enterprise.objects.order_by("pk").values_list("pk", flat=True)[0]
    yield "changes of a record", _with(changes, model="chambers.enterprise", record=first)


def _with_key(key: str, **query: object) -> str:
    return f"{reverse('summaries:figure_rows', args=[key])}?{urlencode(query)}"


def _open_to_officers(url: str) -> bool:
    return _ask(Page("", "officer", url)).status_code == 200


def _answers(page: Page) -> bool:
    """Whether this person may see it; a page that fails ends the measure."""
    answer = _ask(page)
    if answer.status_code >= 500:
        raise MeasureFailed(f"{page.url} answers {answer.status_code} to {page.role}")
    return answer.status_code == 200


def _person(role: str) -> User:
    person = User.objects.filter(role=ROLES[role]).order_by("pk").first()
    if person is None:
        raise MeasureFailed(f"no {role} was loaded")
    return person


_clients: dict[tuple[str, str], Client] = {}


def _client(role: str) -> Client:
    """A browser signed in on the database in use."""
    key = (str(connection.settings_dict["NAME"]), role)
    if key not in _clients:
        client = Client(raise_request_exception=True)
        client.force_login(_person(role), backend="django.contrib.auth.backends.ModelBackend")
        _clients[key] = client
    return _clients[key]


def _ask(page: Page) -> HttpResponse:
    return cast(HttpResponse, _client(page.role).get(page.url))


def _measured(page: Page, city: City, rounds: int) -> tuple[Took, Took, Took]:
    """The page on the large and the small database, and the empty page; taken in turns."""
    empty = Page(EMPTY, page.role, reverse("bench_empty"))
    places = ((page, city.large), (page, city.small), (empty, city.large))
    spent: list[list[Times]] = [[] for _place in places]
    queries = []
    for asked, place in places:
        with place():
            queries.append(_statements(asked))
    for _round in range(rounds):
        for (asked, place), times in zip(places, spent, strict=True):
            with place():
                times.append(_once(asked))
    large, small, nothing = (_took(times, sent) for times, sent in zip(spent, queries, strict=True))
    return large, small, nothing


def _took(times: list[Times], queries: int) -> Took:
    first, again, after_one = (list(column) for column in zip(*times, strict=True))
    slowest = sorted(one.wall for one in again)[int(len(again) * 0.95)]
    return Took(middle_of(first), middle_of(again), middle_of(after_one), slowest, queries)


def _once(page: Page) -> Times:
    """The page after a write to every table, loaded again, and after one confirmation.

    The notes of writes are folded first, as the background does every five seconds.
    """
    fold_changes()
    note_writes()
    first = spent_on(lambda: _ask(page))
    again = spent_on(lambda: _ask(page), times=AGAIN)
    with one_confirmed(_person("officer")):
        return first, again, spent_on(lambda: _ask(page))


def _statements(page: Page) -> int:
    """How many statements the page sends when nothing of it is kept."""
    _ask(page)  # the first one signs in, and remembers what later ones find
    note_writes()
    with CaptureQueriesContext(connection) as sent:
        _ask(page)
        return len(sent)


def _row(page: Page, large: Took, small: Took, empty: Took) -> dict[str, Any]:
    """One page: given again and made anew, beside the empty page and the small district.

    ``growth`` and ``first_growth`` are of processor time, which other work does not change.
    """
    row: dict[str, Any] = {
        "name": f"{page.name} ({page.role})",
        "median_ms": _ms(large.again.wall),
        "p95_ms": _ms(large.slowest),
        "empty_ms": _ms(empty.again.wall),
        "ratio_to_empty": _ratio(large.again, empty.again),
        "growth": _ratio(large.again, small.again),
        "first_ms": _ms(large.first.wall),
        "first_ratio_to_empty": _ratio(large.first, empty.again),
        "first_growth": _ratio(large.first, small.first),
        "first_cpu_ms": _ms(large.first.cpu),
        "after_one_ratio_to_empty": _ratio(large.after_one, empty.again),
        "after_one_growth": _ratio(large.after_one, small.after_one),
        "after_one_cpu_ms": _ms(large.after_one.cpu),
        "queries": large.queries,
        "small_queries": small.queries,
    }
    # An empty list of a small district does not ask what belongs to its rows.
    few = row["queries"] <= min(QUERIES, row["small_queries"] + 1)
    row["met"] = row["ratio_to_empty"] <= TO_EMPTY and row["growth"] <= TO_SMALL and few
    for made in ("first", "after_one"):
        near = row[f"{made}_ratio_to_empty"] <= TO_EMPTY and row[f"{made}_growth"] <= TO_SMALL
        row[f"{made}_met"] = near and few
    return row


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _ratio(one: Spent, other: Spent) -> float:
    return round(one.cpu / other.cpu, 2)


def _totals(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """How many pages meet the goal: given again, made anew, and made after one confirmation."""
    return {
        "measured": len(rows),
        "met": sum(row["met"] for row in rows),
        "missed": [row["name"] for row in rows if not row["met"]],
        "first_met": sum(row["first_met"] for row in rows),
        "first_missed": [row["name"] for row in rows if not row["first_met"]],
        "after_one_met": sum(row["after_one_met"] for row in rows),
        "after_one_missed": [row["name"] for row in rows if not row["after_one_met"]],
    }
