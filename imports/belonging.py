"""Whose list it is: what was chosen, else the chamber or town whose name stands in its title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from django.utils.translation import gettext as _

from accounts.models import User
from chambers.models import Chamber
from core.normalise import name_key
from core.refusals import Refused, Rule
from imports.plans.base import Belongs
from imports.plans.registry import PLANS
from towns.models import Town

Named = TypeVar("Named", Chamber, Town)


class Belonging(NamedTuple):
    """The chamber or the town of a list; neither for a list of the whole district."""

    chamber: Chamber | None = None
    town: Town | None = None


def belonging_of(plan: str, told: str, chosen: Belonging, by: User) -> Belonging:
    """Whose list it is, as this kind of list needs it. Raises Refused when that is not known.

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
    if chamber is None and allowed == {Belongs.CHAMBER}:
        words = _("表格标题里没有认出商会，请选择是哪家商会的%(plan)s。")
        raise Refused([Rule("IMP-13", words % {"plan": PLANS[plan].title}, field="chamber")])
    return Belonging(chamber, town)


def _named_in(told: str, records: Iterable[Named]) -> Named | None:
    """The one whose name stands in the words; none when several do, unless one names it longest."""
    key = name_key(told)
    found = sorted((one for one in records if one.name_key in key), key=lambda one: len(one.name))
    if not found or (len(found) > 1 and found[-2].name_key not in found[-1].name_key):
        return None
    return found[-1]
