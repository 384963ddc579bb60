"""How long figures take at the size of a city: each alone, and all that a page asks for at once."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from bench.city.clock import Spent, middle_of, spent_on
from bench.city.loading import City, Sizes, load
from chambers.models import Chamber
from core.access import WHOLE_DISTRICT, Viewer
from core.periods import Period
from dashboards.asked import of_place, of_thing
from summaries.figures.answers import Asked, answers
from summaries.figures.catalogue import figures_for
from summaries.figures.questions import Question
from summaries.figures.scopes import (
    Scope,
    ScopeKind,
    district,
    of_brand,
    of_chamber,
    of_town,
    of_venue,
)
from towns.models import Brand, Town
from venues.models import Venue

TO_SMALL = 1.2
TOO_LITTLE_MS = 0.5  # of processor time: a difference that the same question shows to itself
AT_ONCE = 4  # askings for one time


def run(options: list[str]) -> dict[str, Any]:
    """Milliseconds on both databases, of every place and reader; and whether number is list."""
    sizes = Sizes.parse(options)
    with load(sizes) as city:
        with city.small():
            questions = _questions(timezone.localdate())
        figures: dict[str, Any] = {**city.facts}
        gc.collect()
        gc.freeze()  # what the program itself holds is not looked through before each round
        for name, ask in _asked(questions).items():
            if sizes.only in name:
                figures[name] = _both(ask, city, sizes.rounds)
        with city.large():
            asked = [one for one in figures.values() if isinstance(one, dict)]
            figures["met"] = sum(one["met"] for one in asked)
            figures["measured"] = len(asked)
            figures["missed"] = [
                name for name, one in figures.items() if isinstance(one, dict) and not one["met"]
            ]
            figures["number_is_list"] = all(map(_number_is_list, questions.values()))
    return figures


def _questions(today: date) -> dict[str, Question]:
    """The year so far: of each kind of place, to who sees the district and who sees one town."""
    liaison = User.objects.filter(role="town_liaison").order_by("pk")[0]
    town = Town.objects.get(pk=liaison.assignments.get().town_id)
    places: list[Scope] = [
        of_town(town),
        of_chamber(Chamber.objects.filter(town=town).order_by("pk")[0]),
        of_venue(Venue.objects.filter(town=town).order_by("pk")[0]),
        of_brand(Brand.objects.filter(town=town).order_by("pk")[0]),
    ]
    readers: tuple[tuple[str, Viewer, list[Scope]], ...] = (
        ("officer", WHOLE_DISTRICT, [district(), *places]),
        ("liaison", liaison, places),
    )
    year = Period.months(today.year, 1, 12)
    return {
        f"{place.kind} ({role})": Question(place, year, today, reader)
        for role, reader, seen in readers
        for place in seen
    }


def _asked(questions: dict[str, Question]) -> dict[str, Callable[[], Any]]:
    """What is measured: the page's whole question, then each figure for the year so far."""
    asked: dict[str, Callable[[], Any]] = {}
    for place, question in questions.items():
        asked[f"{place}: the whole page"] = partial(_whole_page, question)
        for figure in figures_for(question.scope.kind):
            asked[f"{place}: {figure.key}"] = partial(answers, {"one": Asked(figure, question)})
    return asked


def _whole_page(question: Question) -> Any:
    kind = question.scope.kind
    if kind in {ScopeKind.DISTRICT, ScopeKind.TOWN}:
        return of_place(question, question)
    return of_thing(question, figures_for(kind))


def _both(ask: Callable[[], Any], city: City, rounds: int) -> dict[str, Any]:
    """``to_small`` is of processor time, which other work does not change."""
    with city.small():
        small, _queries = _took(ask, rounds)
    with city.large():
        large, queries = _took(ask, rounds)
    growth = round(large.cpu / small.cpu, 2)
    grown_ms = (large.cpu - small.cpu) * 1000
    return {
        "ms": round(large.wall * 1000, 2),
        "small_ms": round(small.wall * 1000, 2),
        "cpu_ms": round(large.cpu * 1000, 2),
        "to_small": growth,
        "queries": queries,
        "met": (growth <= TO_SMALL or grown_ms <= TOO_LITTLE_MS) and queries == 1,
    }


def _took(ask: Callable[[], Any], rounds: int) -> tuple[Spent, int]:
    """The median of some rounds, once it is known what is counted in advance; its statements."""
    ask()
    with CaptureQueriesContext(connection) as sent:
        ask()
    return middle_of([spent_on(ask, AT_ONCE) for _round in range(rounds)]), len(sent)


def _number_is_list(question: Question) -> bool:
    """Whether each figure that counts rows is the length of its list, on the large database."""
    counting = [one for one in figures_for(question.scope.kind) if not one.measure]
    answered = answers({one.key: Asked(one, question) for one in counting})
    return all(answered[one.key].value == one.rows(question).count() for one in counting)
