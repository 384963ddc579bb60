"""Reads of towns, villages, posts and brands: what lists and pages show, as of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext

from core.access import Viewer
from core.counting import count_of
from core.scoping import SharedQuerySet
from towns.models import (
    Brand,
    BrandField,
    BrandQuerySet,
    Post,
    PostQuerySet,
    Town,
    TownQuerySet,
    Village,
    VillageQuerySet,
)


def towns(viewer: Viewer) -> TownQuerySet[Town]:
    """The towns this person sees, in the official order."""
    return Town.objects.visible_to(viewer).in_official_order()


def with_counts(rows: QuerySet[Town], day: date) -> QuerySet[Town]:
    """Towns with what each has on a day: villages, how many of them staffed, posts, brands."""
    villages = Village.objects.on(day)
    own_posts = Post.objects.on(day).filter(village__isnull=True)
    return rows.annotate(
        villages_count=count_of(villages, "town_id"),
        staffed_count=count_of(villages.staffed_on(day), "town_id"),
        brands_count=count_of(Brand.objects.on(day), "town_id"),
    ).prefetch_related(Prefetch("posts", own_posts.order_by("kind", "pk"), to_attr="own_posts"))


def villages(viewer: Viewer) -> VillageQuerySet[Village]:
    return Village.objects.visible_to(viewer).select_related("town")


def with_holders(rows: QuerySet[Village], day: date) -> QuerySet[Village]:
    """Villages with those in post there on a day, as ``holders``."""
    in_post = Post.objects.on(day).order_by("kind", "-is_full_time", "pk")
    return rows.prefetch_related(Prefetch("posts", in_post, to_attr="holders"))


def posts(viewer: Viewer) -> PostQuerySet[Post]:
    return Post.objects.visible_to(viewer).select_related("town", "village")


def brands(viewer: Viewer) -> BrandQuerySet[Brand]:
    return Brand.objects.visible_to(viewer).select_related("town", "field")


def fields(viewer: Viewer, day: date) -> SharedQuerySet[BrandField]:
    """The fields of brands, with how many brands on the day each has."""
    rows: SharedQuerySet[BrandField] = SharedQuerySet(BrandField)
    counted = count_of(Brand.objects.on(day), "field_id")
    seen: Any = rows.visible_to(viewer).annotate(brands_count=counted)
    found: SharedQuerySet[BrandField] = seen
    return found


def posts_of(village: Village) -> list[Post]:
    """Everybody who holds or held a post in a village, those in post first, the latest first."""
    held = village.posts.all()
    return sorted(
        held, key=lambda post: (post.to_on or date.max, post.from_on or date.min), reverse=True
    )


def is_staffed(village: Village, day: date) -> bool:
    return Village.objects.on(day).staffed_on(day).filter(pk=village.pk).exists()


def holder_words(holders: list[Post], kind: str) -> str:
    """Who holds a kind of post, among those in post: "示例甲、示例乙"."""
    return gettext("、").join(post.holder for post in holders if post.kind == kind)
