"""Search over everything with a name: by any part of it, pinyin, initials or credit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from accounts.models import User
from activities.models import Activity
from chambers.models import Chamber, Enterprise
from core.kept_parts import kept_part, reader_key
from core.models import NamedQuerySet
from core.navigation import menu_url
from core.normalise import name_key
from towns.models import Brand, Town, Village
from venues.models import Venue

LONGEST = 60  # characters of what is typed that are looked at
SHOWN = 8  # of each kind; the list page has the others

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Hit:
    name: str
    url: str
    detail: str


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found of one kind; ``more_url`` lists all of it, "" when this is all."""

    title: Promise
    hits: Sequence[Hit]
    more_url: str


@dataclass(frozen=True, slots=True)
class Searched:
    """One kind of thing: where to look, where a hit leads, what stands beside its name."""

    title: Promise
    rows: Callable[[User], NamedQuerySet[Any]]
    url_name: str
    list_url_name: str
    detail: Callable[[Any], str]
    key: str = "pk"


def _town_of(row: Any) -> str:
    return str(row.town) if row.town_id else ""


SEARCHED: tuple[Searched, ...] = (
    Searched(
        pgettext_lazy("列表", "街镇"),
        Town.objects.visible_to,
        "dashboards:town_page",
        "towns:list_towns",
        lambda row: row.code,
        key="code",
    ),
    Searched(
        pgettext_lazy("列表", "商会"),
        lambda user: Chamber.objects.visible_to(user).select_related("town"),
        "chambers:show_chamber",
        "chambers:list_chambers",
        _town_of,
    ),
    Searched(
        pgettext_lazy("列表", "企业"),
        lambda user: Enterprise.objects.visible_to(user).select_related("town"),
        "chambers:show_enterprise",
        "chambers:list_enterprises",
        lambda row: "　".join(filter(None, (row.credit_code, _town_of(row)))),
    ),
    Searched(
        pgettext_lazy("列表", "阵地"),
        lambda user: Venue.objects.visible_to(user).select_related("town"),
        "venues:show_venue",
        "venues:list_venues",
        lambda row: f"{_town_of(row)}　{row.get_kind_display()}",
    ),
    Searched(
        pgettext_lazy("列表", "品牌"),
        lambda user: Brand.objects.visible_to(user).select_related("town", "field"),
        "towns:show_brand",
        "",
        lambda row: f"{_town_of(row)}　{row.field}",
    ),
    Searched(
        pgettext_lazy("列表", "村居"),
        lambda user: Village.objects.visible_to(user).select_related("town"),
        "towns:show_village",
        "towns:list_villages",
        _town_of,
    ),
    Searched(
        pgettext_lazy("列表", "活动"),
        lambda user: Activity.objects.visible_to(user).select_related("town"),
        "activities:show_activity",
        "activities:list_activities",
        lambda row: f"{date_format(row.start_on, 'DATE_FORMAT')}　{_town_of(row)}",
    ),
)


def tidy(typed: str) -> str:
    """What was typed, fit to look for; "" when nothing of it can be seen in a name."""
    text = typed.replace("\x00", "").strip()[:LONGEST]
    return text if name_key(text) else ""


def search(typed: str, user: User) -> list[Hits]:
    """What this person may see that is called so, kind by kind; nothing for an empty search."""
    text = tidy(typed)
    return [found for one in SEARCHED if (found := _found(one, text, user)).hits] if text else []


def _found(one: Searched, text: str, user: User) -> Hits:
    """What is called so of one kind; looked for anew when something of that kind was written."""
    key = (one.url_name, text, *reader_key(user))
    return kept_part("searched", key, lambda: _look(one, text, user))


def _look(one: Searched, text: str, user: User) -> Hits:
    rows = list(_matching(one, text, user)[: SHOWN + 1])
    more = menu_url(one.list_url_name) if one.list_url_name and len(rows) > SHOWN else ""
    return Hits(
        title=one.title,
        hits=list(_hits(one, rows[:SHOWN])),
        more_url=f"{more}?{urlencode({'q': text})}" if more else "",
    )


def _matching(one: Searched, text: str, user: User) -> Rows:
    found: Rows = one.rows(user).named_like(text)
    if one.url_name == "activities:show_activity":
        return found.order_by("-start_on", "-pk")
    return found.order_by("sort_key", "pk")


def _hits(one: Searched, rows: Sequence[Any]) -> Iterator[Hit]:
    for row in rows:
        url = reverse(one.url_name, args=[getattr(row, one.key)])
        yield Hit(str(row), url, one.detail(row))
