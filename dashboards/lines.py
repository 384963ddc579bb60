"""Lines of the lists on an overview: what waits, what is staffed, what ends soon, what is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

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
from core.parts import Action, Linked, State, Tone, Waiting
from dashboards import words
from dashboards.asked import Numbers
from dashboards.events import Row
from dashboards.queries import Placed
from dashboards.told import Told
from summaries.figures.questions import Question
from towns.models import Post, Town, Village
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


def waiting_line(activity: Told, user: User, now: datetime) -> Waiting:
    """Who waits for whom, since when, and the step that moves it on."""
    url = reverse("activities:show_activity", args=[activity.pk])
    if activity.review == Activity.Review.SUBMITTED:
        reviews = user.can(Permission.REVIEW_ACTIVITIES)
        return Waiting(
            state=State(activity.review_words, Tone.AMBER),
            subject=activity.name,
            detail=_("%(place)s，在区里 %(days)s 天")
            % {"place": _place(activity), "days": days_since(activity.submitted_at, now)},
            action=Action(_("审核") if reviews else _("查看"), url),
        )
    return Waiting(
        state=State(activity.review_words, Tone.RED),
        subject=activity.name,
        detail=_("%(place)s，在镇里 %(days)s 天：%(reason)s")
        % {
            "place": _place(activity),
            "days": days_since(activity.reviewed_at, now),
            "reason": activity.return_reason,
        },
        action=Action(_("查看"), url),
    )


def _place(activity: Told) -> str:
    return activity.town or _("区级")


def days_since(moment: datetime | None, now: datetime) -> int:
    """Whole days of the calendar since a moment; 0 when it is not known."""
    return (localdate(now) - localdate(moment)).days if moment else 0


def staffing(
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
    return Gap(
        village,
        missing_posts(village),
        reverse("towns:show_village", args=[village.pk]),
    )


def missing_posts(village: Village) -> str:
    """The posts nobody holds, of a village that ``queries`` gave its ``held_then``."""
    held = set(village.held_then)  # type: ignore[attr-defined]
    needed = (Post.Kind.OFFICER, Post.Kind.LIAISON)
    return _("、").join(str(kind.label) for kind in needed if kind not in held)


def reminder_line(ending: Row, question: Question) -> Reminder:
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


def chamber_line(chamber: Placed, numbers: Numbers) -> Entry:
    return Entry(
        name=chamber.name,
        url=reverse("chambers:show_chamber", args=[chamber.pk]),
        detail=str(Chamber.Kind(chamber.kind).label),
        number=_html(words.linked(numbers.of_chamber(chamber.pk))),
        unit=_("家会员企业"),
    )


def venue_line(venue: Placed, numbers: Numbers) -> Entry:
    held = numbers["by venue"]
    key = str(venue.pk)
    return Entry(
        name=venue.name,
        url=reverse("venues:show_venue", args=[venue.pk]),
        detail=str(Venue.Kind(venue.kind).label),
        number=_html(Linked(held.part(key), held.asked.url(venue=key))),
        unit=_("场"),
    )
