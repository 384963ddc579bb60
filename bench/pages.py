"""How long each page takes at the size of a city, beside the empty page and a small district."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter
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
from bench.city.loading import City, Sizes, load
from bench.yardstick import MeasureFailed
from chambers.models import Chamber, Enterprise
from core.navigation import menu_url
from towns.models import Brand, Town, Village
from venues.models import Venue

ROUNDS = 7
EMPTY = "empty page"
TO_EMPTY, TO_SMALL, QUERIES = 3.0, 1.2, 15  # what issue 4 asks for
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


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of a request (the median of some) and the statements it sent."""

    seconds: float
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
        measured = {page: _both(page, city, sizes.rounds) for page in pages}
    return _report(measured, city)


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


def _both(page: Page, city: City, rounds: int) -> dict[str, Took]:
    """The page on both databases and the empty page on the large one."""
    empty = Page(EMPTY, page.role, reverse("bench_empty"))
    with city.small():
        small = _took(page, rounds)
    with city.large():
        large, nothing = _took(page, rounds), _took(empty, rounds)
    return {"large": large, "small": small, "empty": nothing}


def _took(page: Page, rounds: int) -> Took:
    _ask(page)  # the first one signs in, and remembers what later ones find
    with CaptureQueriesContext(connection) as sent:
        _ask(page)
    queries = len(sent)  # now: the next request forgets them
    times = []
    for _round in range(rounds):
        began = perf_counter()
        _ask(page)
        times.append(perf_counter() - began)
    return Took(median(times), queries)


def _report(measured: dict[Page, dict[str, Took]], city: City) -> dict[str, Any]:
    figures: dict[str, Any] = {**city.facts}
    missed = []
    for page, took in measured.items():
        large, small, empty = took["large"], took["small"], took["empty"]
        name = f"{page.name} ({page.role})"
        row = {
            "ms": round(large.seconds * 1000, 1),
            "empty_ms": round(empty.seconds * 1000, 1),
            "small_ms": round(small.seconds * 1000, 1),
            "to_empty": round(large.seconds / empty.seconds, 2),
            "to_small": round(large.seconds / small.seconds, 2),
            "queries": large.queries,
            "small_queries": small.queries,
        }
        figures[name] = row
        if row["to_empty"] > TO_EMPTY or row["to_small"] > TO_SMALL or large.queries > QUERIES:
            missed.append(name)
    figures["pages"] = len(measured)
    figures["missed"] = missed
    return figures
