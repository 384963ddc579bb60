"""Reads of chambers, members, honours and enterprises, as lists and pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import (
    Case,
    F,
    OuterRef,
    Prefetch,
    QuerySet,
    SmallIntegerField,
    Subquery,
    Value,
    When,
)

from chambers.models import (
    Chamber,
    ChamberQuerySet,
    Enterprise,
    EnterpriseQuerySet,
    Honour,
    HonourQuerySet,
    Membership,
    MembershipQuerySet,
    Position,
    PositionSpell,
    Term,
)
from core import definitions
from core.access import Viewer
from core.counting import count_of
from core.kept_parts import kept_part, reader_key
from core.periods import LAST_DAY


def chambers(viewer: Viewer) -> ChamberQuerySet[Chamber]:
    return Chamber.objects.visible_to(viewer).select_related("town")


def with_members(rows: QuerySet[Chamber], day: date) -> QuerySet[Chamber]:
    """Chambers with ``members_count`` as of a day."""
    return rows.annotate(members_count=count_of(Membership.objects.on(day), "chamber_id"))


def with_counts(rows: QuerySet[Chamber], day: date) -> QuerySet[Chamber]:
    """Chambers with their members, valid honours and latest term as of a day."""
    latest = Term.objects.filter(chamber_id=OuterRef("pk"), from_on__lte=day).order_by("-from_on")
    return with_members(rows, day).annotate(
        honours_count=count_of(Honour.objects.valid_on(day), "chamber_id"),
        term_number=Subquery(latest.values("number")[:1]),
        term_ends_on=Subquery(latest.values("to_on")[:1]),
    )


def memberships(viewer: Viewer) -> MembershipQuerySet[Membership]:
    return Membership.objects.visible_to(viewer).select_related(
        "enterprise", "chamber", "chamber__town"
    )


def enterprises(viewer: Viewer) -> EnterpriseQuerySet[Enterprise]:
    return Enterprise.objects.visible_to(viewer).select_related("town")


def honours(viewer: Viewer) -> HonourQuerySet[Any]:
    """Honours with their holder, and ``level_rank``: national first."""
    places = [When(level=level, then=Value(place)) for place, level in enumerate(Honour.Level)]
    return (
        Honour.objects.visible_to(viewer)
        .select_related("chamber", "enterprise", "town")
        .annotate(level_rank=Case(*places, output_field=SmallIntegerField()))
    )


def with_validity_on(rows: HonourQuerySet[Any], day: date) -> HonourQuerySet[Any]:
    """Honours with ``validity`` on a day: lapsed, lapsing within the days set, or valid."""
    soon = _soon_after(day)
    return rows.annotate(
        validity=Case(
            When(valid_until__lt=day, then=Value("lapsed")),
            When(valid_until__lte=soon, then=Value("lapsing")),
            default=Value("valid"),
        )
    )


def lapsing_on(rows: HonourQuerySet[Honour], day: date) -> HonourQuerySet[Honour]:
    """Honours still valid on a day that lapse soon after it."""
    return rows.valid_on(day).filter(valid_until__lte=_soon_after(day))


def _soon_after(day: date) -> date:
    # Not past the calendar's last day, which somebody may ask for.
    return min(day, LAST_DAY) + timedelta(days=definitions.in_force().lapse_days)


def lapsed_on(rows: HonourQuerySet[Honour], day: date) -> HonourQuerySet[Honour]:
    return rows.filter(valid_until__lt=day)


@dataclass(frozen=True, slots=True)
class Rung:
    """A position of the ladder with the memberships that hold it."""

    position: str
    members: Sequence[Membership]

    @property
    def title(self) -> str:
        return str(Position(self.position).label)


def council_of(chamber: Chamber, day: date) -> list[Rung]:
    """Who sat on the council on a day, down the ladder; plain members are left to their list."""
    on_day: Any = Membership.objects.filter(chamber=chamber).on(day).with_position_on(day)
    seated = (
        on_day.filter(held__isnull=False)
        .exclude(held=Position.MEMBER)
        .select_related("enterprise")
        .order_by("rank", "enterprise__sort_key", "pk")
    )
    return [
        Rung(position, list(members))
        for position, members in groupby(seated, lambda one: str(one.held))
    ]


def term_of(terms: Sequence[Term], day: date) -> Term | None:
    """The term in office on a day: the latest that has begun, even when it should have ended."""
    begun = [term for term in terms if term.from_on <= day]
    return max(begun, key=lambda term: term.from_on, default=None)


def honours_of(viewer: Viewer, **holder: Chamber | Enterprise) -> list[Honour]:
    """The honours of a chamber or an enterprise, the highest level first, the latest first."""
    held = honours(viewer).filter(**holder)
    return list(held.order_by("level_rank", F("awarded_on").desc(nulls_last=True), "pk"))


@dataclass(frozen=True, slots=True)
class LevelOfHonours:
    title: str
    honours: Sequence[Honour]


def by_level(honours: Sequence[Honour]) -> list[LevelOfHonours]:
    """Honours in the order given, parted by level."""
    return [
        LevelOfHonours(level, list(group))
        for level, group in groupby(honours, lambda honour: honour.get_level_display())
    ]


def memberships_of(enterprise: Enterprise, viewer: Viewer) -> list[Membership]:
    """The memberships of an enterprise that the viewer may see, each with its ``held_spells``."""
    in_order = PositionSpell.objects.order_by(F("from_on").desc(nulls_last=True), "-pk")
    rows = memberships(viewer).filter(enterprise=enterprise)
    spelled = rows.prefetch_related(Prefetch("spells", in_order, to_attr="held_spells"))
    return list(spelled.order_by(F("left_on").desc(nulls_first=True), "chamber__sort_key", "pk"))


def tags_in_use(viewer: Viewer) -> list[str]:
    """The local industry tags of the enterprises this person sees."""
    return sorted({tag for tag, _band in _in_use(viewer) if tag})


def tax_bands_in_use(viewer: Viewer) -> list[str]:
    return sorted({band for _tag, band in _in_use(viewer) if band})


def _in_use(viewer: Viewer) -> list[tuple[str, str]]:
    """Each tag with each tax band it goes with: 27,000 enterprises are looked through once, and
    again only when one of them was written."""
    pairs = Enterprise.objects.visible_to(viewer).order_by().values_list("industry_tag", "tax_band")
    return kept_part("in use", ("tags", *reader_key(viewer)), lambda: list(pairs.distinct()))
