"""Chambers of commerce, their terms, member enterprises, honours and milestones."""

from chambers.models.chambers import (
    Chamber,
    ChamberQuerySet,
    Milestone,
    Term,
    TermQuerySet,
    ThroughChamberQuerySet,
)
from chambers.models.honours import Honour, HonourQuerySet
from chambers.models.members import (
    COUNCIL_OR_ABOVE,
    Enterprise,
    EnterpriseQuerySet,
    Membership,
    MembershipQuerySet,
    Position,
    PositionSpell,
)

__all__ = [
    "COUNCIL_OR_ABOVE",
    "Chamber",
    "ChamberQuerySet",
    "Enterprise",
    "EnterpriseQuerySet",
    "Honour",
    "HonourQuerySet",
    "Membership",
    "MembershipQuerySet",
    "Milestone",
    "Position",
    "PositionSpell",
    "Term",
    "TermQuerySet",
    "ThroughChamberQuerySet",
]
