"""How the rows behind a figure are shown: their table, and what each row brings along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, Prefetch, Q, Subquery

from activities.models import Activity
from chambers.models import Membership, PositionSpell
from core.models import open_on
from core.tables import RecordTable
from summaries import tables
from summaries.figures.figure import Listing, Rows
from summaries.figures.questions import Question
from towns.models import Post


@dataclass(frozen=True)
class Shown:
    """A table and the function that fetches, with a constant number of queries, what it shows."""

    table: type[RecordTable]
    prepare: Callable[[Rows, Question], Rows]


def with_related(*names: str) -> Callable[[Rows, Question], Rows]:
    return lambda rows, _question: rows.select_related(*names)


def with_posts(rows: Rows, question: Question) -> Rows:
    """Villages with who held a post there on the day, as ``posts_then``."""
    then = Post.objects.visible_to(question.user).on(question.day).order_by("kind", "pk")
    return rows.select_related("town").prefetch_related(
        Prefetch("posts", queryset=then, to_attr="posts_then")
    )


def with_positions(rows: Rows, question: Question) -> Rows:
    """Enterprises with their memberships and positions of the day, as ``memberships_then``."""
    spells = PositionSpell.objects.filter(
        open_on(question.day, start="from_on", end="to_on"), membership=OuterRef("pk")
    )
    positions = spells.order_by("pk").values("position")
    then = (
        Membership.objects.visible_to(question.user)
        .on(question.day)
        .select_related("chamber")
        .annotate(positions_then=ArraySubquery(positions))
        .order_by("chamber_id")
    )
    return rows.select_related("town").prefetch_related(
        Prefetch("memberships", queryset=then, to_attr="memberships_then")
    )


def with_last_activity(path: Q, *related: str) -> Callable[[Rows, Question], Rows]:
    """Rows with the day of the last activity that counts, up to the as-of day."""

    def prepare(rows: Rows, question: Question) -> Rows:
        seen = Activity.objects.visible_to(question.user).counted()
        last = (
            seen.filter(path, start_on__lte=question.day)
            .order_by()
            .values("review")
            .annotate(last=Max("start_on"))
            .values("last")
        )
        shown: Rows = rows.select_related(*related).annotate(last_on=Subquery(last))
        return shown

    return prepare


IN_VENUE = Q(venue_id=OuterRef("pk")) | Q(venue__parent_id=OuterRef("pk"))
OF_BRAND = Q(brand_id=OuterRef("pk"))

LISTINGS: Mapping[Listing, Shown] = {
    Listing.TOWNS: Shown(tables.TownTable, with_related()),
    Listing.VILLAGES: Shown(tables.VillageTable, with_posts),
    Listing.POSTS: Shown(tables.PostTable, with_related("town", "village")),
    Listing.BRANDS: Shown(tables.BrandTable, with_last_activity(OF_BRAND, "town", "field")),
    Listing.CHAMBERS: Shown(tables.ChamberTable, with_related("town")),
    Listing.TERMS: Shown(tables.TermTable, with_related("chamber__town")),
    Listing.MEMBERS: Shown(tables.MemberTable, with_positions),
    Listing.MEMBERSHIPS: Shown(tables.MembershipTable, with_related("enterprise", "chamber__town")),
    Listing.ENTERPRISES: Shown(tables.EnterpriseTable, with_related("town")),
    Listing.HONOURS: Shown(tables.HonourTable, with_related("chamber", "enterprise", "town")),
    Listing.VENUES: Shown(tables.VenueTable, with_last_activity(IN_VENUE, "town", "parent")),
    Listing.ZONES: Shown(tables.ZoneTable, with_related("venue__town")),
    Listing.ACTIVITIES: Shown(tables.ActivityTable, with_related("kind", "venue", "brand", "town")),
    Listing.GIFTS: Shown(tables.GiftTable, with_related("kind", "venue", "brand", "town")),
    Listing.REVIEWS: Shown(tables.ReviewTable, with_related("town")),
}


def listed(rows: Rows, listing: Listing, question: Question) -> Rows:
    """The rows with all that their table shows."""
    return LISTINGS[listing].prepare(rows, question)
