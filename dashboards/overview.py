"""What the pages of the district and of a town show, put together from numbers and named rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from activities.models import Activity
from chambers.models import Chamber
from core.access import Permission
from core.charts import Chart
from core.parts import Action, Definition, Figure, Linked, Matrix, State, Tone, Waiting
from dashboards import asked, events, plots, queries, words
from dashboards.asked import Numbers
from dashboards.courses import courses_url
from dashboards.events import Happening, Row
from dashboards.pickers import (
    ActivityFilters,
    PeriodPicker,
    TownPicker,
    activity_filters,
    period_picker,
    town_picker,
)
from dashboards.queries import Placed
from summaries.figures.answers import Answer
from summaries.figures.questions import Question
from towns.models import Brand, Post, Town, Village
from venues.models import Venue


@dataclass(frozen=True, slots=True)
class Gap:
    """A village that is not staffed, and which of its posts nobody holds."""

    village: Village
    missing: str
    url: str


@dataclass(frozen=True, slots=True)
class Staffing:
    """A town's villages: how many are staffed, of how many, and the named gaps."""

    town: Town
    staffed: SafeString
    villages: SafeString
    gaps: Sequence[Gap]
    is_full: bool


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that ends soon, or has ended and waits: an honour, a term."""

    subject: str
    detail: str
    until: str
    url: str
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: a record with a number beside it."""

    name: str
    url: str
    detail: str = ""
    number: SafeString | str = ""
    unit: str = ""


@dataclass(frozen=True)
class Overview:
    """One dashboard, ready for its template."""

    opening: SafeString
    as_of: str
    definition: Definition
    export_url: str
    all_figures_url: str
    courses_url: str
    strip: Sequence[Figure]
    months: Chart
    kinds: Chart
    period: PeriodPicker
    town_choice: TownPicker | None
    waiting: Sequence[Waiting]
    submitted: Answer
    returned: Answer
    staffing: Sequence[Staffing]
    unstaffed: Answer
    more_gaps: int
    reminders: Sequence[Reminder]
    latest: Sequence[Activity]
    activities_url: str
    filters: ActivityFilters
    timeline: Sequence[Happening]
    brands: Matrix
    grey: Answer
    matrix: Matrix | None = None
    chambers: Sequence[Entry] = ()
    venues: Sequence[Entry] = ()
    posts: Sequence[tuple[str, Placed]] = ()


def district_overview(
    question: Question, narrowed: Question, user: User, *, now: datetime, path: str
) -> Overview:
    """The district's page."""
    towns = queries.towns_on(question)
    numbers = asked.of_place(question, narrowed)
    common = _common(numbers, towns, queries.brands(question), user, now=now, path=path)
    return Overview(**common, matrix=plots.towns_by_month(numbers, towns))


def town_overview(
    question: Question,
    narrowed: Question,
    towns: Sequence[Town],
    town: Town,
    user: User,
    *,
    now: datetime,
    path: str,
) -> Overview:
    """The page of one town: the same, with its chambers, venues and who works there."""
    placed = queries.placed_in(question)
    numbers = asked.of_place(question, narrowed, placed["chamber"])
    brands = queries.brands(question)
    common = _common(numbers, towns, brands, user, now=now, path=path, town=town)
    return Overview(
        **common,
        chambers=[_chamber(one, numbers) for one in placed["chamber"]],
        venues=[_venue(one, numbers) for one in placed["venue"]],
        posts=[(str(Post.Kind(one.kind).label), one) for one in placed["post"]],
    )


def _common(
    numbers: Numbers,
    towns: Sequence[Town],
    brands: Sequence[Brand],
    user: User,
    *,
    now: datetime,
    path: str,
    town: Town | None = None,
) -> dict[str, Any]:
    question, narrowed = numbers.question, numbers.narrowed
    kinds, fields = queries.kinds_and_fields()
    ending, happened = queries.dated(
        question, *(events.of_town(town, user, question.day) if town else ())
    )
    waiting, latest = queries.activities_shown(question, narrowed)
    gaps = queries.unstaffed(question)
    filters = activity_filters(narrowed, path=path, kinds=kinds, brands=brands)
    figures_url = f"{reverse('summaries:list_figures')}?{question.query}"
    return {
        "opening": words.opening(numbers, now, only=[pill.words for pill in filters.pills]),
        "as_of": words.as_of_words(question, now),
        "definition": words.definition_of(question, now),
        "export_url": f"{figures_url}&export=xlsx" if user.can(Permission.EXPORT) else "",
        "all_figures_url": figures_url,
        "courses_url": courses_url(question),
        "strip": words.strip(numbers),
        "months": plots.by_month(numbers),
        "kinds": plots.by_kind(numbers, kinds),
        "period": period_picker(narrowed, path=path, today=localdate(now)),
        "town_choice": town_picker(narrowed, towns, user),
        "filters": filters,
        "waiting": [_waiting(one, user, now) for one in waiting],
        "submitted": numbers["activities_submitted"],
        "returned": numbers["activities_returned"],
        "staffing": list(_staffing(numbers, [town] if town else towns, gaps)),
        "unstaffed": numbers["villages_unstaffed"],
        "more_gaps": int(numbers["villages_unstaffed"].value) - len(gaps),
        "reminders": [_reminder(one, question) for one in ending],
        "timeline": events.timeline(happened, (town.opened_on, _("设立"))) if town else (),
        "latest": latest,
        "activities_url": numbers["activities"].url,
        "brands": plots.brands_by_field(numbers, [town] if town else towns, fields, brands),
        "grey": numbers["brands_grey"],
    }


def _waiting(activity: Activity, user: User, now: datetime) -> Waiting:
    """Who waits for whom, since when, and the step that moves it on."""
    url = reverse("activities:show_activity", args=[activity.pk])
    if activity.review == Activity.Review.SUBMITTED:
        reviews = user.can(Permission.REVIEW_ACTIVITIES)
        return Waiting(
            state=State(activity.get_review_display(), Tone.AMBER),
            subject=activity.name,
            detail=_("%(place)s，在区里 %(days)s 天")
            % {"place": _place(activity), "days": days_since(activity.submitted_at, now)},
            action=Action(_("审核") if reviews else _("查看"), url),
        )
    return Waiting(
        state=State(activity.get_review_display(), Tone.RED),
        subject=activity.name,
        detail=_("%(place)s，在镇里 %(days)s 天：%(reason)s")
        % {
            "place": _place(activity),
            "days": days_since(activity.reviewed_at, now),
            "reason": activity.return_reason,
        },
        action=Action(_("查看"), url),
    )


def _place(activity: Activity) -> str:
    return str(activity.town) if activity.town else _("区级")


def days_since(moment: datetime | None, now: datetime) -> int:
    """Whole days of the calendar since a moment; 0 when it is not known."""
    return (localdate(now) - localdate(moment)).days if moment else 0


def _staffing(
    numbers: Numbers, towns: Iterable[Town], gaps: Iterable[Village]
) -> Iterable[Staffing]:
    """Each town with its named gaps, as far as they are shown."""
    by_town: dict[int, list[Gap]] = {}
    for village in gaps:
        by_town.setdefault(village.town_id, []).append(_gap(village))
    for town in towns:
        staffed = _of_town(numbers, "villages_staffed", "staffed by town", town)
        villages = _of_town(numbers, "villages", "villages by town", town)
        yield Staffing(
            town=town,
            staffed=_html(staffed),
            villages=_html(villages),
            gaps=by_town.get(town.pk, []),
            is_full=bool(villages.value) and staffed.value == villages.value,
        )


def _of_town(numbers: Numbers, whole: str, split: str, town: Town) -> Linked:
    if not numbers.question.scope.is_district:
        return words.linked(numbers[whole])
    answer = numbers[split]
    return Linked(answer.part(town.code), answer.asked.url(town=town.code))


def _html(number: Linked) -> SafeString:
    """A number as a link: templates print what is safe already as it is."""
    return format_html("{}", number)


def _gap(village: Village) -> Gap:
    held = set(village.held_then)  # type: ignore[attr-defined]
    missing = [
        str(kind.label) for kind in (Post.Kind.OFFICER, Post.Kind.LIAISON) if kind not in held
    ]
    return Gap(
        village,
        _("、").join(missing),
        reverse("towns:show_village", args=[village.pk]),
    )


def _reminder(ending: Row, question: Question) -> Reminder:
    """An honour about to lapse or a term that is due."""
    title, state = ending.title, None
    if ending.what == "term":
        title = _("第%(number)s届理事会届满") % {"number": ending.title}
        state = State(_("已届满"), Tone.RED) if ending.day <= question.day else None
    return Reminder(
        subject=title,
        detail=ending.detail,
        until=date_format(ending.day, "DATE_FORMAT"),
        url=reverse("chambers:show_chamber", args=[ending.key]) if ending.key else "",
        state=state,
    )


def _chamber(chamber: Placed, numbers: Numbers) -> Entry:
    return Entry(
        name=chamber.name,
        url=reverse("chambers:show_chamber", args=[chamber.pk]),
        detail=str(Chamber.Kind(chamber.kind).label),
        number=_html(words.linked(numbers.of_chamber(chamber.pk))),
        unit=_("家会员企业"),
    )


def _venue(venue: Placed, numbers: Numbers) -> Entry:
    held = numbers["by venue"]
    key = str(venue.pk)
    return Entry(
        name=venue.name,
        url=reverse("venues:show_venue", args=[venue.pk]),
        detail=str(Venue.Kind(venue.kind).label),
        number=_html(Linked(held.part(key), held.asked.url(venue=key))),
        unit=_("场"),
    )
