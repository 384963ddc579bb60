"""Whose list it is: what was chosen, else the chamber or town whose name stands in its title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import User
from chambers.models import Chamber
from core.normalise import name_key
from core.refusals import Refused, Rule
from imports.plans.base import Belongs
from imports.plans.registry import PLANS
from imports.plans.rows import SheetRow
from towns.models import Town

Named = TypeVar("Named", Chamber, Town)

ROWS_ASKED = 2_000  # rows whose names are looked for among the members of all chambers
MOST_OFFERS = 5


class Belonging(NamedTuple):
    """The chamber or the town of a list; neither for a list of the whole district."""

    chamber: Chamber | None = None
    town: Town | None = None


class WhoseUnknown(Refused):
    """Nothing tells whose list it is: a person has to say."""


def is_asked(plan: str, whose: Belonging) -> bool:
    """Whether a list of this kind can't be without a chamber and has none."""
    return PLANS[plan].belongs_to == {Belongs.CHAMBER} and whose.chamber is None


def known_belonging(plan: str, told: str, chosen: Belonging, by: User) -> Belonging:
    """Whose list it is, as ``belonging_of`` tells it; nobody's while a person has to say."""
    try:
        return belonging_of(plan, told, chosen, by)
    except WhoseUnknown:
        return Belonging()


def likely_chambers(told: str, rows: Sequence[SheetRow], by: User) -> list[tuple[int, int]]:
    """Chambers a list may be of, the likeliest first: [its key, how many rows are its members].

    Those with members among the rows, and those the words of its titles name.
    """
    seen = Chamber.objects.visible_to(by).filter(closed_on=None)
    names = {name_key(str(row.values.get("name", ""))) for row in islice(rows, ROWS_ASKED)}
    codes = {str(row.values.get("credit_code", "")) for row in islice(rows, ROWS_ASKED)}
    known = Q(memberships__enterprise__name_key__in=names - {""})
    known |= Q(memberships__enterprise__credit_code__in=codes - {""})
    shared = (
        seen.filter(known, memberships__left_on=None)
        .values_list("pk")
        .annotate(Count("memberships", distinct=True))
    )
    found = Counter(dict(shared))
    key = name_key(told)
    found.update({one.pk: 0 for one in seen if one.name_key in key})
    return found.most_common(MOST_OFFERS)


def named_chambers(titles: Iterable[str], by: User) -> list[int | None]:
    """By title the key of the one chamber it names, None when it names none or several."""
    seen = list(Chamber.objects.visible_to(by).filter(closed_on=None))
    found = (_named_in(told, seen) for told in titles)
    return [one.pk if one else None for one in found]


def belonging_of(plan: str, told: str, chosen: Belonging, by: User) -> Belonging:
    """Whose list it is, as this kind of list needs it. Raises WhoseUnknown when nothing tells.

    ``told`` are the words of its titles, sheets and file name.
    """
    allowed = PLANS[plan].belongs_to
    chamber = chosen.chamber if Belongs.CHAMBER in allowed else None
    town = chosen.town if Belongs.TOWN in allowed and chamber is None else None
    if chamber or town:
        return Belonging(chamber, town)
    if Belongs.CHAMBER in allowed:
        chamber = _named_in(told, Chamber.objects.visible_to(by).filter(closed_on=None))
    if chamber is None and Belongs.TOWN in allowed:
        town = _named_in(told, Town.objects.visible_to(by).filter(closed_on=None))
    if is_asked(plan, Belonging(chamber, town)):
        words = _("表格标题里没有认出商会，请选择是哪家商会的%(plan)s。")
        raise WhoseUnknown([Rule("IMP-13", words % {"plan": PLANS[plan].title}, field="chamber")])
    return Belonging(chamber, town)


def _named_in(told: str, records: Iterable[Named]) -> Named | None:
    """The one whose name stands in the words; none when several do, unless one names it longest."""
    key = name_key(told)
    found = sorted((one for one in records if one.name_key in key), key=lambda one: len(one.name))
    if not found or (len(found) > 1 and found[-2].name_key not in found[-1].name_key):
        return None
    return found[-1]
