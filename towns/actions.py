"""Writes of towns, villages, posts and brands. Each is atomic, ruled and leaves its history."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import F, Model, Q
from django.db.models.functions import Greatest

from core import editing
from core.audit import written
from core.editing import Proposal, changing, fill, one_at_a_time
from core.refusals import refuse_if_broken
from towns import rules
from towns.models import Brand, BrandField, Post, Town, Village

Closable = TypeVar("Closable", Town, Village, Brand)


def create_town(*, proposal: Proposal, by: Model) -> Town:
    with written(by=by, action="create_town"):
        town = fill(Town(), proposal.values)
        editing.save(town, broken=rules.broken_by_town(town))
    return town


def edit_town(*, town: Town, proposal: Proposal, by: Model) -> Town:
    with changing(town, proposal=proposal, by=by, action="edit_town") as current:
        fill(current, proposal.values)
        editing.save(current, broken=rules.broken_by_town(current))
    return current


def close_town(*, town: Town, on: date, reason: str, by: Model) -> None:
    """Dissolve a town. Its posts and brands end the same day; its villages must have ended."""
    with changing(
        town, proposal=Proposal({}, reason=reason), by=by, action="close_town"
    ) as current:
        _close(current, on)
        _end_posts(on, town=current)
        going_on = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
        Brand.objects.filter(going_on, town=current).update(closed_on=Greatest(F("opened_on"), on))


def create_village(*, proposal: Proposal, by: Model) -> Village:
    with written(by=by, action="create_village"):
        village = fill(Village(), proposal.values)
        editing.save(village, broken=rules.broken_by_village(village))
    return village


def edit_village(*, village: Village, proposal: Proposal, by: Model) -> Village:
    with changing(village, proposal=proposal, by=by, action="edit_village") as current:
        fill(current, proposal.values)
        editing.save(current, broken=rules.broken_by_village(current))
    return current


def close_village(*, village: Village, on: date, reason: str, by: Model) -> None:
    """Dissolve a village. Who held a post there leaves it the same day."""
    with changing(
        village, proposal=Proposal({}, reason=reason), by=by, action="close_village"
    ) as current:
        _close(current, on)
        _end_posts(on, village=current)


def create_post(*, proposal: Proposal, by: Model) -> Post:
    with written(by=by, action="create_post"):
        one_at_a_time(f"posts of {proposal.values['holder']}")
        post = fill(Post(), proposal.values)
        editing.save(post, broken=rules.broken_by_post(post))
    return post


def edit_post(*, post: Post, proposal: Proposal, by: Model) -> Post:
    with changing(post, proposal=proposal, by=by, action="edit_post") as current:
        fill(current, proposal.values)
        editing.save(current, broken=rules.broken_by_post(current))
    return current


def close_post(*, post: Post, on: date, reason: str, by: Model) -> None:
    """A holder leaves a post; ``on`` is the first day it is no more held."""
    with changing(
        post, proposal=Proposal({}, reason=reason), by=by, action="close_post"
    ) as current:
        refuse_if_broken(rules.broken_by_ending(current, on))
        current.to_on = on
        editing.save(current)


def create_brand(*, proposal: Proposal, by: Model) -> Brand:
    with written(by=by, action="create_brand"):
        brand = fill(Brand(), proposal.values)
        editing.save(brand, broken=rules.broken_by_brand(brand))
    return brand


def edit_brand(*, brand: Brand, proposal: Proposal, by: Model) -> Brand:
    with changing(brand, proposal=proposal, by=by, action="edit_brand") as current:
        fill(current, proposal.values)
        editing.save(current, broken=rules.broken_by_brand(current))
    return current


def close_brand(*, brand: Brand, on: date, reason: str, by: Model) -> None:
    with changing(
        brand, proposal=Proposal({}, reason=reason), by=by, action="close_brand"
    ) as current:
        _close(current, on)


def create_brandfield(*, proposal: Proposal, by: Model) -> BrandField:
    """A new field: from now on the brand matrix has a column for it."""
    with written(by=by, action="create_brandfield"):
        field = fill(BrandField(), proposal.values)
        editing.save(field)
    return field


def edit_brandfield(*, brandfield: BrandField, proposal: Proposal, by: Model) -> BrandField:
    with changing(brandfield, proposal=proposal, by=by, action="edit_brandfield") as current:
        fill(current, proposal.values)
        editing.save(current)
    return current


def remove_brandfield(*, brandfield: BrandField, reason: str, by: Model) -> None:
    editing.remove(brandfield, reason=reason, by=by, action="remove_brandfield")


def remove_town(*, town: Town, reason: str, by: Model) -> None:
    editing.remove(town, reason=reason, by=by, action="remove_town")


def remove_village(*, village: Village, reason: str, by: Model) -> None:
    editing.remove(village, reason=reason, by=by, action="remove_village")


def remove_post(*, post: Post, reason: str, by: Model) -> None:
    editing.remove(post, reason=reason, by=by, action="remove_post")


def remove_brand(*, brand: Brand, reason: str, by: Model) -> None:
    editing.remove(brand, reason=reason, by=by, action="remove_brand")


def _close(record: Closable, on: date) -> None:
    refuse_if_broken(rules.broken_by_closing(record, on))
    record.closed_on = on
    editing.save(record)


def _end_posts(on: date, **where: Model) -> None:
    """End the posts of a place that go on; one that had not begun ends as it begins."""
    going_on = Q(to_on__isnull=True) | Q(to_on__gt=on)
    Post.objects.filter(going_on, **where).update(to_on=Greatest(F("from_on"), on))
