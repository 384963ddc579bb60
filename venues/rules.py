"""The rules of venues, each with its number and its words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.refusals import Rule
from venues.models import Venue

DEEPEST = 10  # levels of a tree of venues; more is a circle

VILLAGE_OF_ANOTHER_TOWN = Rule("VEN-01", _("所选村居不属于所选街镇。"), "village")
COMPLEX_OF_ANOTHER_TOWN = Rule("VEN-02", _("所属综合体不在所选街镇。"), "parent")
PARENT_IS_NO_COMPLEX = Rule("VEN-03", _("只有类型为统战综合体的阵地才有组成部分。"), "parent")
PART_OF_ITSELF = Rule("VEN-04", _("所属综合体是本阵地自己的组成部分。"), "parent")
PARENT_CLOSED = Rule("VEN-05", _("所属综合体已经停用。"), "parent")
CHAMBER_OF_ANOTHER_TOWN = Rule("VEN-06", _("所属商会不在所选街镇。"), "chamber")
HAS_PARTS = Rule("VEN-07", _("还有在用的组成部分，类型须为统战综合体。"), "kind")
PARTS_STILL_OPEN = Rule("VEN-08", _("还有在用的组成部分，请先停用或划出这些部分。"), "on")
CLOSED_ALREADY = Rule("VEN-09", _("已经停用，如日期有误请用“修改”更正。"), "on")
CLOSED_BEFORE_OPENING = Rule("VEN-10", _("停用日期不能早于启用日期。"), "on")


def broken_by_venue(venue: Venue) -> Iterator[Rule]:
    """The rules that a venue as it would be written breaks."""
    if venue.village and venue.village.town_id != venue.town_id:
        yield VILLAGE_OF_ANOTHER_TOWN
    chamber = venue.chamber
    if chamber and chamber.town_id and chamber.town_id != venue.town_id:
        yield CHAMBER_OF_ANOTHER_TOWN
    if venue.parent:
        yield from _broken_by_parent(venue, venue.parent)
    if venue.kind != Venue.Kind.COMPLEX and _has_open_parts(venue):
        yield HAS_PARTS


def _broken_by_parent(venue: Venue, parent: Venue) -> Iterator[Rule]:
    if parent.town_id != venue.town_id:
        yield COMPLEX_OF_ANOTHER_TOWN
    if parent.kind != Venue.Kind.COMPLEX:
        yield PARENT_IS_NO_COMPLEX
    if parent.closed_on and venue.closed_on is None:
        yield PARENT_CLOSED
    if venue.pk and venue.pk in _ancestors(parent):
        yield PART_OF_ITSELF


def _ancestors(venue: Venue) -> list[int]:
    """The venue itself and what it is part of, upwards."""
    found: list[int] = []
    current: Venue | None = venue
    while current and len(found) < DEEPEST:
        found.append(current.pk)
        current = current.parent
    return found


def _has_open_parts(venue: Venue) -> bool:
    return venue.pk is not None and venue.parts.filter(closed_on__isnull=True).exists()


def broken_by_closing(venue: Venue, on: date) -> Iterator[Rule]:
    """The rules that closing a venue on a day breaks."""
    if venue.closed_on:
        yield CLOSED_ALREADY
    if venue.opened_on and on < venue.opened_on:
        yield CLOSED_BEFORE_OPENING
    if venue.parts.on(on).exists():
        yield PARTS_STILL_OPEN
