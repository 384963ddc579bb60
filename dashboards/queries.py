"""The rows that dashboards show by name; each begins at a figure's rows or at visible_to."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from activities.models import Activity, ActivityKind
from chambers.models import Chamber, Honour, Term
from summaries.figures import activities, chambers, towns, venues
from summaries.figures.questions import Question
from towns.models import Brand, BrandField, Post, Town, Village
from venues.models import Venue

LATEST = 6
GAPS = 60
REMINDERS = 8
WAITING = 6
CHAMBERS = 12
VENUES = 40


def towns_of(user: User) -> list[Town]:
    """The towns this person sees, in official order."""
    return list(Town.objects.visible_to(user).in_official_order())


def towns_on(question: Question) -> list[Town]:
    """The towns that stood on the day, in official order."""
    return list(towns.TOWNS.rows(question).order_by("order", "code"))


def kinds() -> list[ActivityKind]:
    return list(ActivityKind.objects.order_by("order", "code"))


def fields() -> list[BrandField]:
    return list(BrandField.objects.order_by("order", "pk"))


def brands(question: Question) -> list[Brand]:
    rows: QuerySet[Brand] = towns.BRANDS.rows(question).select_related("field")
    return list(rows.order_by("field__order", "sort_key", "pk"))


def unstaffed(question: Question) -> list[Village]:
    """The villages with a gap, in official order, with who is in post there as ``posts_then``."""
    then = Post.objects.visible_to(question.user).on(question.day)
    rows = towns.VILLAGES_UNSTAFFED.rows(question).prefetch_related(
        Prefetch("posts", queryset=then, to_attr="posts_then")
    )
    return list(rows.order_by("town__order", "town__code", "sort_key", "pk")[:GAPS])


def lapsing(question: Question) -> list[Honour]:
    """Honours about to lapse, the soonest first."""
    rows = chambers.HONOURS_LAPSING.rows(question).select_related("chamber", "enterprise", "town")
    return list(rows.order_by("valid_until", "pk")[:REMINDERS])


def terms_due(question: Question) -> list[Term]:
    rows = chambers.TERMS_DUE.rows(question).select_related("chamber")
    return list(rows.order_by("to_on", "pk")[:REMINDERS])


def latest(question: Question) -> list[Activity]:
    """The newest activities of the period that count."""
    rows = activities.ACTIVITIES.rows(question).select_related("kind", "venue", "town")
    return list(rows.order_by("-start_on", "-pk")[:LATEST])


def waiting(question: Question) -> list[Activity]:
    """What waits for a review, the longest first, then what waits for its town."""
    submitted = activities.ACTIVITIES_SUBMITTED.rows(question)
    returned = activities.ACTIVITIES_RETURNED.rows(question)
    rows = Activity.objects.visible_to(question.user).filter(
        Q(pk__in=submitted.values("pk")) | Q(pk__in=returned.values("pk"))
    )
    oldest_first = rows.select_related("town").order_by("-review", "submitted_at", "pk")
    return list(oldest_first[:WAITING])


def chambers_of(question: Question) -> list[Chamber]:
    rows = chambers.CHAMBERS.rows(question)
    return list(rows.order_by("sort_key", "pk")[:CHAMBERS])


def venues_of(question: Question) -> list[Venue]:
    rows = venues.VENUES.rows(question).select_related("parent")
    return list(rows.order_by("sort_key", "pk")[:VENUES])


def town_posts(question: Question) -> Sequence[Post]:
    """Who works for the town itself."""
    rows = towns.POSTS.rows(question).filter(village__isnull=True)
    return list(rows.order_by("kind", "pk"))
