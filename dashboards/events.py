"""What happened to a thing and when: dated rows of many tables, found in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, Value, When
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.models import Activity, Host
from chambers.models import (
    Chamber,
    Honour,
    HonourQuerySet,
    Membership,
    Milestone,
    Position,
    PositionSpell,
    Term,
)
from core.access import Viewer
from core.parts import Tone
from dashboards.told import Told
from towns.models import Brand, Post, Town
from venues.models import Venue

TEXT: CharField[str, str] = CharField()
INTEGER: IntegerField[int, int] = IntegerField()
COLUMNS = ("event_what", "event_day", "event_title", "event_detail", "event_key")
MOST_OF_A_KIND, MOST = 20, 60  # what a timeline shows; lists hold the rest
LATEST_ACTIVITIES = 8
SAID_TWICE = ("届", "成立")  # of a milestone: a council that began, the founding


@dataclass(frozen=True, slots=True)
class Row:
    """A dated row: what it is, its day, its words, the key of the record that it leads to."""

    what: str
    day: date
    title: str
    detail: str
    key: int | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline."""

    day: date
    title: str
    detail: str = ""
    url: str = ""
    tone: Tone = Tone.GREY


def part(
    what: str,
    rows: Any,
    day: str,
    *,
    title: Any = "",
    detail: Any = "",
    key: Any = "",
    ending: bool = False,
    most: int = MOST_OF_A_KIND,
) -> Any:
    """Rows as events: the newest, or with ``ending`` the soonest. Texts are lookups or expressions.

    Parts of several tables are joined by ``rows_of``.
    """
    dated = rows.filter(**{f"{day}__isnull": False}).annotate(
        event_what=Value(what, TEXT),
        event_day=F(day),
        event_title=_text(title),
        event_detail=_text(detail),
        event_key=Cast((F(key) if isinstance(key, str) else key) if key else Value(None), INTEGER),
    )
    order = ("event_day", "pk") if ending else ("-event_day", "-pk")
    return dated.order_by(*order).values_list(*COLUMNS)[:most]


def chamber_seen(user: Viewer) -> Any:
    """The key of a chamber that this person may open: its honour may be filed in another town."""
    if user.town_ids is None:
        return "chamber_id"
    return Case(When(chamber__town_id__in=list(user.town_ids), then=F("chamber_id")))


def _text(value: Any) -> Any:
    if value == "":
        return Value("", TEXT)
    return Coalesce(Cast(F(value) if isinstance(value, str) else value, TEXT), Value("", TEXT))


def joined(parts: Sequence[Any]) -> Any:
    """All parts as one select."""
    first, *others = parts
    return first.union(*others, all=True) if others else first


def in_order(rows: Iterable[Sequence[Any]]) -> list[Row]:
    """The rows of a select of parts, by day."""
    return sorted((Row(*row) for row in rows), key=lambda row: (row.day, row.what, row.title))


def of_town(town: Town, user: Viewer, day: date) -> list[Any]:
    """Chambers founded, councils, honours, venues and brands of a town."""
    here = Chamber.objects.visible_to(user).filter(town=town, founded_on__lte=day)
    honours = Honour.objects.visible_to(user).filter(HonourQuerySet.in_towns(frozenset({town.pk})))
    holder = Coalesce("chamber__name", "enterprise__name", "town__name")
    terms = Term.objects.visible_to(user).filter(chamber__town=town, from_on__lte=day)
    return [
        part("chamber", here, "founded_on", title="name", key="pk"),
        part(
            "council",
            terms,
            "from_on",
            title="number",
            detail="chamber__name",
            key="chamber_id",
        ),
        part(
            "awarded",
            honours.filter(awarded_on__lte=day),
            "awarded_on",
            title="title",
            detail=holder,
            key=chamber_seen(user),
        ),
        _venues(Venue.objects.visible_to(user).filter(town=town), day),
        part(
            "brand",
            Brand.objects.visible_to(user).filter(town=town, opened_on__lte=day),
            "opened_on",
            title="name",
            key="pk",
        ),
    ]


def of_chamber(chamber_id: int, user: Viewer, day: date) -> list[Any]:
    terms = Term.objects.filter(chamber_id=chamber_id, from_on__lte=day)
    milestones = Milestone.objects.filter(chamber_id=chamber_id, happened_on__lte=day)
    return [
        part("council", terms, "from_on", title="number"),
        part("milestone", milestones, "happened_on", title="title", detail="text"),
        _honours(Honour.objects.visible_to(user).filter(chamber_id=chamber_id), day),
        _venues(Venue.objects.visible_to(user).filter(chamber_id=chamber_id), day),
    ]


def of_enterprise(enterprise_id: int, user: Viewer, day: date) -> list[Any]:
    memberships = Membership.objects.visible_to(user).filter(enterprise_id=enterprise_id)
    spells = PositionSpell.objects.filter(membership__in=memberships, from_on__lte=day)
    of: Any = {"title": "chamber__name", "key": "chamber_id"}
    return [
        part("joined", memberships.filter(joined_on__lte=day), "joined_on", **of),
        part("left", memberships.filter(left_on__lte=day), "left_on", **of),
        part(
            "position",
            spells.exclude(position=Position.MEMBER),
            "from_on",
            title="position",
            detail="membership__chamber__name",
            key="membership__chamber_id",
        ),
        _honours(Honour.objects.visible_to(user).filter(enterprise_id=enterprise_id), day),
        activities(hosted_by(enterprise_id, user), day),
    ]


def hosted_by(enterprise_id: int, user: Viewer) -> Any:
    """The activities that count in which an enterprise was among the hosts."""
    hosted = Host.objects.filter(enterprise_id=enterprise_id).values("activity_id")
    return Activity.objects.visible_to(user).counted().filter(pk__in=hosted)


def of_village(village_id: int, user: Viewer, day: date) -> list[Any]:
    posts = Post.objects.visible_to(user).filter(village_id=village_id)
    words: Any = {"title": "kind", "detail": "holder"}
    return [
        part("took post", posts.filter(from_on__lte=day), "from_on", **words),
        part("left post", posts.filter(to_on__lte=day), "to_on", **words),
        _venues(Venue.objects.visible_to(user).filter(village_id=village_id), day),
    ]


def activities(rows: Any, day: date) -> Any:
    """The newest activities, as events."""
    held = rows.filter(start_on__lte=day)
    return part("activity", held, "start_on", title="name", key="pk", most=LATEST_ACTIVITIES)


def _venues(rows: Any, day: date) -> Any:
    return part("venue", rows.filter(opened_on__lte=day), "opened_on", title="name", key="pk")


def _honours(rows: Any, day: date) -> Any:
    awarded = rows.filter(awarded_on__lte=day)
    return part("awarded", awarded, "awarded_on", title="title", detail="issuer")


def of_activities(held: Iterable[Told]) -> list[Row]:
    """Activities that were fetched already, as events."""
    return [Row("activity", one.start_on, one.name, "", one.pk) for one in held]


def timeline(rows: Iterable[Row], *own: tuple[date | None, str]) -> list[Happening]:
    """Rows as a person reads them, the newest first; ``own`` are days of the thing itself.

    What somebody wrote down as a milestone of the same day is not told a second time.
    """
    rows = list(rows)
    written = {
        (row.day, word)
        for row in rows
        if row.what == "milestone"
        for word in SAID_TWICE
        if word in row.title
    }
    told = [_told(row) for row in rows if row.what != "council" or (row.day, "届") not in written]
    told += [
        Happening(day, words, tone=Tone.RED)
        for day, words in own
        if day and (day, words) not in written
    ]
    return sorted(told, key=lambda one: one.day, reverse=True)[:MOST]


def _told(row: Row) -> Happening:
    title, detail = row.title, row.detail
    match row.what:
        case "council":
            words = _("第%(number)s届理事会产生") % {"number": title}
        case "awarded":
            words = _("获得荣誉：%(title)s") % {"title": title}
        case "venue":
            words = _("阵地启用：%(title)s") % {"title": title}
        case "brand":
            words = _("创立品牌：%(title)s") % {"title": title}
        case "chamber":
            words = _("商会成立：%(title)s") % {"title": title}
        case "joined":
            words = _("加入%(chamber)s") % {"chamber": title}
        case "left":
            words = _("退出%(chamber)s") % {"chamber": title}
        case "position":
            words = _("任%(position)s") % {"position": Position(title).label}
        case "took post":
            words = _("%(holder)s任%(post)s") % {"holder": detail, "post": Post.Kind(title).label}
            detail = ""
        case "left post":
            words = _("%(holder)s离任%(post)s") % {"holder": detail, "post": Post.Kind(title).label}
            detail = ""
        case _:
            words = title
    return Happening(row.day, words, detail, _page_of(row), TONES.get(row.what, Tone.GREY))


TONES = {
    "awarded": Tone.AMBER,
    "council": Tone.BLUE,
    "milestone": Tone.RED,
    "joined": Tone.GREEN,
    "venue": Tone.GREEN,
}
PAGES = {
    "chamber": "chambers:show_chamber",
    "council": "chambers:show_chamber",
    "awarded": "chambers:show_chamber",
    "joined": "chambers:show_chamber",
    "left": "chambers:show_chamber",
    "position": "chambers:show_chamber",
    "venue": "venues:show_venue",
    "brand": "towns:show_brand",
    "activity": "activities:show_activity",
}


def _page_of(row: Row) -> str:
    name = PAGES.get(row.what, "")
    return reverse(name, args=[row.key]) if name and row.key else ""
