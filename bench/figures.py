"""How long figures take at the size of a city: each alone, and all that a page asks for at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.city.clock import Spent, middle_of, spent_on
from bench.city.loading import City, Sizes, load
from core.access import WHOLE_DISTRICT
from core.periods import Period
from dashboards.asked import of_place
from summaries.figures.answers import Asked, answers
from summaries.figures.catalogue import figures_for
from summaries.figures.questions import Question
from summaries.figures.scopes import Scope, ScopeKind, district, of_town
from towns.models import Town

TO_SMALL = 1.2


def run(options: list[str]) -> dict[str, Any]:
    """Milliseconds on both databases, for the district and a town; and whether number is list."""
    sizes = Sizes.parse(options)
    with load(sizes) as city:
        with city.small():
            town = of_town(Town.objects.order_by("order")[0])
        figures: dict[str, Any] = {**city.facts}
        for scope in (district(), town):
            for name, ask in _asked(scope, timezone.localdate()).items():
                if sizes.only in name:
                    figures[name] = _both(ask, city, sizes.rounds)
        with city.large():
            asked = [one for one in figures.values() if isinstance(one, dict)]
            figures["met"] = sum(one["met"] for one in asked)
            figures["measured"] = len(asked)
            figures["number_is_list"] = _number_is_list(timezone.localdate())
    return figures


def _asked(scope: Scope, today: date) -> dict[str, Callable[[], Any]]:
    """What is measured: the page's whole question, then each figure for the year so far."""
    question = Question(scope, Period.months(today.year, 1, 12), today, WHOLE_DISTRICT)
    asked: dict[str, Callable[[], Any]] = {
        f"{scope.kind}: the whole page": lambda: of_place(question, question)
    }
    for figure in figures_for(scope.kind):
        one = {figure.key: Asked(figure, question)}
        asked[f"{scope.kind}: {figure.key}"] = lambda one=one: answers(one)  # type: ignore[misc]
    return asked


def _both(ask: Callable[[], Any], city: City, rounds: int) -> dict[str, Any]:
    """``to_small`` is of processor time, which other work does not change."""
    with city.small():
        small, _queries = _took(ask, rounds)
    with city.large():
        large, queries = _took(ask, rounds)
    growth = round(large.cpu / small.cpu, 2)
    return {
        "ms": round(large.wall * 1000, 2),
        "small_ms": round(small.wall * 1000, 2),
        "cpu_ms": round(large.cpu * 1000, 2),
        "to_small": growth,
        "queries": queries,
        "met": growth <= TO_SMALL and queries == 1,
    }


def _took(ask: Callable[[], Any], rounds: int) -> tuple[Spent, int]:
    """The median of some rounds, once it is known what is counted in advance; its statements."""
    ask()
    with CaptureQueriesContext(connection) as sent:
        ask()
    return middle_of([spent_on(ask) for _round in range(rounds)]), len(sent)


def _number_is_list(today: date) -> bool:
    """Whether each figure that counts rows is the length of its list, on the large database."""
    question = Question(district(), Period.months(today.year, 1, 12), today, WHOLE_DISTRICT)
    counting = [one for one in figures_for(ScopeKind.DISTRICT) if not one.measure]
    answered = answers({one.key: Asked(one, question) for one in counting})
    return all(answered[one.key].value == one.rows(question).count() for one in counting)
