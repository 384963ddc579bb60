"""The choice of period and town in the head of a dashboard; both stand in the address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from activities.models import Activity
from core.lists import Pill
from dashboards.asked import FILTERED
from dashboards.plots import page_query, town_url
from dashboards.queries import Listed
from summaries.asking import presets
from summaries.figures.activities import ACTIVITIES
from summaries.figures.questions import Question
from towns.models import Brand, Town


@dataclass(frozen=True, slots=True)
class Choice:
    words: str
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class PeriodPicker:
    """``words`` is the period in force; a span and an as-of day are chosen in a form."""

    words: str
    choices: Sequence[Choice]
    start: str
    end: str
    as_of: str
    today: str


@dataclass(frozen=True, slots=True)
class TownPicker:
    words: str
    choices: Sequence[Choice]


def period_picker(question: Question, *, path: str, today: date) -> PeriodPicker:
    """The periods people ask for by name, as links of the page at ``path``."""
    known = presets(question.as_of)
    earlier = f"&as_of={question.as_of}" if question.as_of < today else ""
    earlier += "".join(f"&{urlencode([one])}" for one in question.narrowed)
    choices = [
        Choice(one.words, f"{path}?period={one.period}{earlier}", one.period == question.period)
        for one in known
    ]
    on = next((choice.words for choice in choices if choice.is_on), question.period.words)
    if question.as_of < today:
        on = f"{on} · {question.as_of.isoformat()}"
    return PeriodPicker(
        words=on,
        choices=choices,
        start=question.period.start.isoformat(),
        end=question.period.end.isoformat(),
        as_of=question.as_of.isoformat(),
        today=today.isoformat(),
    )


def town_picker(question: Question, towns: Sequence[Town], user: User) -> TownPicker | None:
    """The towns to go to, over the same period; None for somebody who has but one."""
    if len(towns) < 2:
        return None
    query = f"?{page_query(question)}"
    here = question.scope.ref
    whole = Choice(_("全部街镇"), reverse("dashboards:home") + query, question.scope.is_district)
    choices = [Choice(town.name, town_url(town, question), town.code == here) for town in towns]
    if user.town_ids is None:
        choices.insert(0, whole)
    words = next((choice.words for choice in choices if choice.is_on), _("街镇"))
    return TownPicker(words, choices)


@dataclass(frozen=True, slots=True)
class FilterField:
    """A choice of which activities are counted: by kind, form or brand."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    value: str


@dataclass(frozen=True, slots=True)
class ActivityFilters:
    """The choices, the ones in force as pills, and what of the address they keep."""

    fields: Sequence[FilterField]
    pills: Sequence[Pill]
    kept: Sequence[tuple[str, str]]
    clear_url: str


def activity_filters(
    narrowed: Question, *, path: str, kinds: Iterable[Listed], brands: Iterable[Brand]
) -> ActivityFilters:
    """By kind, form and brand, as a form and as pills that take one away."""
    chosen = dict(narrowed.narrowed)
    offered = {
        "kind": [(kind.code, kind.name) for kind in kinds],
        "mode": [(str(value), str(label)) for value, label in Activity.Mode.choices],
        "brand": [(str(brand.pk), brand.name) for brand in brands],
    }
    fields = [
        FilterField(key, str(ACTIVITIES.dimension(key).title), offered[key], chosen.get(key, ""))
        for key in FILTERED
    ]
    kept = [("period", str(narrowed.period)), ("as_of", narrowed.as_of.isoformat())]
    return ActivityFilters(
        fields=fields,
        pills=[
            Pill(
                one.name,
                one.label,
                dict(one.choices).get(one.value, one.value),
                f"{path}?{page_query(narrowed, without=one.name)}",
            )
            for one in fields
            if one.value
        ],
        kept=kept,
        clear_url=f"{path}?{urlencode(kept, safe=':,')}",
    )
