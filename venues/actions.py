"""Writes of venues, their zones and their neighbours."""

from __future__ import annotations

from datetime import date

from django.db.models import Model

from core import editing
from core.audit import written
from core.editing import Proposal, changing, fill
from core.refusals import refuse_if_broken
from venues import rules
from venues.models import Neighbour, Venue, Zone


def create_venue(*, proposal: Proposal, by: Model) -> Venue:
    with written(by=by, action="create_venue"):
        venue = fill(Venue(), proposal.values)
        editing.save(venue, broken=rules.broken_by_venue(venue))
    return venue


def edit_venue(*, venue: Venue, proposal: Proposal, by: Model) -> Venue:
    with changing(venue, proposal=proposal, by=by, action="edit_venue") as current:
        fill(current, proposal.values)
        editing.save(current, broken=rules.broken_by_venue(current))
    return current


def close_venue(*, venue: Venue, on: date, reason: str, by: Model) -> None:
    """Close a venue; ``on`` is the first day it is no more in use. Its parts go first."""
    with changing(
        venue, proposal=Proposal({}, reason=reason), by=by, action="close_venue"
    ) as current:
        refuse_if_broken(rules.broken_by_closing(current, on))
        current.closed_on = on
        editing.save(current)


def create_zone(*, venue: Venue, proposal: Proposal, by: Model) -> Zone:
    with written(by=by, action="create_zone"):
        zone = fill(Zone(venue=venue), proposal.values)
        editing.save(zone)
    return zone


def edit_zone(*, zone: Zone, proposal: Proposal, by: Model) -> Zone:
    with changing(zone, proposal=proposal, by=by, action="edit_zone") as current:
        editing.save(fill(current, proposal.values))
    return current


def create_neighbour(*, venue: Venue, proposal: Proposal, by: Model) -> Neighbour:
    with written(by=by, action="create_neighbour"):
        neighbour = fill(Neighbour(venue=venue), proposal.values)
        editing.save(neighbour)
    return neighbour


def edit_neighbour(*, neighbour: Neighbour, proposal: Proposal, by: Model) -> Neighbour:
    with changing(neighbour, proposal=proposal, by=by, action="edit_neighbour") as current:
        editing.save(fill(current, proposal.values))
    return current


def remove_venue(*, venue: Venue, reason: str, by: Model) -> None:
    editing.remove(venue, reason=reason, by=by, action="remove_venue")


def remove_zone(*, zone: Zone, reason: str, by: Model) -> None:
    editing.remove(zone, reason=reason, by=by, action="remove_zone")


def remove_neighbour(*, neighbour: Neighbour, reason: str, by: Model) -> None:
    editing.remove(neighbour, reason=reason, by=by, action="remove_neighbour")
