"""Reads all that a summary states, in one go: figures with their words, and the rows it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.timezone import get_default_timezone

from activities.models import Activity, ActivityKind
from core.access import WHOLE_DISTRICT
from core.periods import Period
from summaries.figures.activities import ACTIVITIES, HEADCOUNT
from summaries.figures.answers import Answer, Asked, answers
from summaries.figures.catalogue import figure
from summaries.figures.chambers import COUNCIL_ENTERPRISES, MEMBERS
from summaries.figures.figure import NONE
from summaries.figures.questions import Question, Rules
from summaries.figures.scopes import Scope, district, of_town
from summaries.figures.towns import VILLAGES, VILLAGES_STAFFED
from summaries.figures.venues import VENUES
from summaries.writers.document import Figure, LinkedCell
from summaries.writers.wording import Number
from towns.models import Town

IN_THE_DISTRICT_ONLY = ("towns",)
STANDING = (
    "villages", "villages_staffed", "villages_unstaffed", "units", "units_staffed", "posts",
    "chambers", "members", "council_enterprises", "terms_due", "honours", "honours_lapsing",
    "venues", "venue_area", "venues_idle", "zones", "brands", "brands_grey",
)  # fmt: skip
HAPPENED = (
    "activities", "headcount", "venue_activities", "joint_activities", "donations",
    "beneficiaries", "members_joined", "members_left", "honours_lapsed",
)  # fmt: skip
COMPARED = ("activities", "headcount")
GROWTH_TITLES = {"activities": "活动场次", "headcount": "活动人次"}
SO_FAR = ("activities", "headcount", "donations")
# What a summary names one by one; the numbers beside the names are the figures of these keys.
NAMED_ONE_BY_ONE = ("villages_unstaffed", "venues_idle", "brands_grey", "terms_due")
MOST_NAMES = 8


@dataclass(frozen=True)
class TownRow:
    """A town's line in the district's table: its name and its numbers with their rows."""

    name: str
    cells: Mapping[str, LinkedCell]


@dataclass(frozen=True)
class Gathered:
    """All that a summary is made of, read in one moment.

    ``figures`` by key: ``activities``, ``activities_year_before``, ``activities_so_far``,
    ``activities_growth``, ``kind_forum``. ``names`` are the first few rows behind a figure;
    ``hidden`` the keys that an administrator left out of lists.
    """

    kind: str
    scope: Scope
    period: Period
    as_of: datetime
    written_on: date
    figures: Mapping[str, Figure]
    kinds: tuple[Figure, ...]
    names: Mapping[str, tuple[str, ...]]
    towns: tuple[TownRow, ...]
    activities: tuple[Activity, ...]
    issuer: str
    hidden: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> Number:
        """The number of a figure; 0 when it has none."""
        found = self.figures.get(key)
        return (found.value or 0) if found else 0

    def tells(self, key: str) -> bool:
        """Whether there is something to tell of a figure that an administrator has not hidden."""
        return bool(self[key]) and key not in self.hidden


def gather(
    *, kind: str, period: Period, town: Town | None, rules: Rules, written_on: date
) -> Gathered:
    """Read the figures of a closed period as of its last day, for the system itself."""
    scope = of_town(town) if town else district()
    question = Question(scope, period, period.end, WHOLE_DISTRICT, rules)
    towns = () if town else tuple(_towns_of(question))
    answered = answers(_asked(question) | _asked_by_town(question, towns))
    figures = _figures(answered, question)
    kinds = tuple(_kinds(answered["kinds"]))
    return Gathered(
        kind=kind,
        scope=scope,
        period=period,
        as_of=datetime.combine(period.end, time(23, 59, 59), get_default_timezone()),
        written_on=written_on,
        figures={**figures, **{one.key: one for one in kinds}},
        kinds=kinds,
        names={key: _names(question, key) for key in NAMED_ONE_BY_ONE if figures[key].value},
        towns=tuple(_town_row(one, answered) for one in towns),
        activities=tuple(_activities(question)) if town else (),
        issuer=town.name if town else f"{settings.DISTRICT_NAME}委统战部",
        hidden=frozenset(key for key in figures if rules.is_hidden(key)),
    )


def _asked(question: Question) -> dict[str, Asked]:
    keys = (*(IN_THE_DISTRICT_ONLY if question.scope.is_district else ()), *STANDING, *HAPPENED)
    asked = {key: Asked(figure(key), question) for key in keys}
    asked |= {f"{key}_year_before": Asked(figure(key), question.year_before()) for key in COMPARED}
    so_far = Period(date(question.period.start.year, 1, 1), question.period.end)
    if so_far != question.period:
        asked |= {f"{key}_so_far": Asked(figure(key), question.during(so_far)) for key in SO_FAR}
    return asked | {"kinds": Asked(ACTIVITIES, question, ("kind",))}


def _asked_by_town(question: Question, towns: Iterable[Town]) -> dict[str, Asked]:
    asked = {}
    for town in towns:
        there = question.within(of_town(town))
        for one in (HEADCOUNT, MEMBERS, COUNCIL_ENTERPRISES, VILLAGES, VILLAGES_STAFFED, VENUES):
            asked[f"{one.key} {town.code}"] = Asked(one, there)
        asked[f"activities {town.code}"] = Asked(ACTIVITIES, there)
        asked[f"activities_year_before {town.code}"] = Asked(ACTIVITIES, there.year_before())
    return asked


def _towns_of(question: Question) -> Iterable[Town]:
    return Town.objects.visible_to(question.user).on(question.day).in_official_order()


def _figures(answered: Mapping[str, Answer], question: Question) -> dict[str, Figure]:
    """The answers as entries of the document's list of sources, in the order asked."""
    figures = {}
    for key, answer in answered.items():
        if " " not in key and key != "kinds":
            figures[key] = _figure(key, answer, question)
        growth = _growth(key, answered)
        if growth:
            figures[growth.key] = growth
    return figures


def _figure(key: str, answer: Answer, question: Question) -> Figure:
    asked = answer.asked
    suffix = "（上年同期）" if key.endswith("_year_before") else ""
    suffix = "（今年以来累计）" if key.endswith("_so_far") else suffix
    return Figure(
        key=key,
        title=f"{asked.figure.title_under(question.rules)}{suffix}",
        value=answer.value,
        unit=str(asked.figure.unit),
        definition=asked.figure.definition_for(question),
        rows_url=answer.url,
    )


def _growth(key: str, answered: Mapping[str, Answer]) -> Figure | None:
    """同比 where there is a year before: in per cent of a base that bears it, else as a number."""
    before = answered.get(f"{key}_year_before")
    if before is None or not before.value:
        return None
    change = Decimal(answered[key].value) - before.value
    title, unit = GROWTH_TITLES[key], str(before.asked.figure.unit)
    if before.value < before.asked.question.rules.least_base:
        return Figure(
            key=f"{key}_growth",
            title=f"{title}比上年同期{'少' if change < 0 else '多'}",
            value=int(abs(change)),
            unit=unit,
            definition=f"本期数与上年同期数之差；上年同期仅{before.value}{unit}，不算百分比。",
            rows_url=before.url,
        )
    return Figure(
        key=f"{key}_growth",
        title=f"{title}{'同比下降' if change < 0 else '同比增长'}",
        value=(abs(change) * 100 / before.value).quantize(Decimal("0.1")),
        unit="%",
        definition="本期数与上年同期数之差，除以上年同期数；上年同期为上一年相同的日期。",
        rows_url=before.url,
    )


def _kinds(answer: Answer) -> Iterable[Figure]:
    """The activities of each kind, the most frequent first."""
    names = dict(ActivityKind.objects.values_list("code", "name"))
    for (code,), count in sorted(answer.parts.items(), key=lambda part: -part[1]):
        if code == NONE:
            continue
        yield Figure(
            key=f"kind_{code}",
            title=f"活动：{names[code]}",
            value=count,
            unit=str(ACTIVITIES.unit),
            definition=f"{ACTIVITIES.definition_for(answer.asked.question)}类型为{names[code]}。",
            rows_url=answer.asked.url(kind=code),
        )


def _names(question: Question, key: str) -> tuple[str, ...]:
    """The first rows behind a figure, each with its town when the whole district is meant."""
    one = figure(key)
    rows = one.rows(question).select_related("chamber" if key == "terms_due" else "town")
    rows = rows.order_by("pk")[:MOST_NAMES]
    if key == "terms_due":
        return tuple(str(row.chamber) for row in rows)
    return tuple(_name(row, question.scope) for row in rows)


def _name(row: Any, scope: Scope) -> str:
    """The name of a village, venue or brand, under its town where that isn't understood."""
    said = not scope.is_district or str(row.town) in str(row)
    return str(row) if said else f"{row.town}{row}"


def _town_row(town: Town, answered: Mapping[str, Answer]) -> TownRow:
    cells = {
        key.removesuffix(f" {town.code}"): LinkedCell(answer.value, answer.url)
        for key, answer in answered.items()
        if key.endswith(f" {town.code}")
    }
    return TownRow(town.name, cells)


def _activities(question: Question) -> Iterable[Activity]:
    rows = ACTIVITIES.rows(question).select_related("kind", "venue")
    found: Iterable[Activity] = rows.order_by("start_on", "pk")
    return found
