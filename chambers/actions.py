"""Writes of chambers, their members and honours, and of enterprises."""

from __future__ import annotations

from copy import copy
from datetime import date

from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Greatest

from chambers import rules
from chambers.models import Chamber, Enterprise, Honour, Membership, Milestone, Term
from core import credit_code, editing
from core.audit import written
from core.editing import Proposal, changing, fill, one_at_a_time
from core.normalise import name_key
from core.refusals import refuse_if_broken


def create_chamber(*, proposal: Proposal, by: Model) -> Chamber:
    with written(by=by, action="create_chamber"):
        chamber = Chamber()
        _save_chamber(chamber, proposal)
    return chamber


def edit_chamber(*, chamber: Chamber, proposal: Proposal, by: Model) -> Chamber:
    with changing(chamber, proposal=proposal, by=by, action="edit_chamber") as current:
        _save_chamber(current, proposal)
    return current


def _save_chamber(chamber: Chamber, proposal: Proposal) -> None:
    fill(chamber, proposal.values)
    reading = credit_code.read(chamber.credit_code)
    chamber.credit_code = reading.code
    editing.save(
        chamber,
        broken=rules.broken_by_chamber(chamber, reading),
        doubts=rules.doubts_about_chamber(reading),
        confirmed=proposal.confirmed,
    )


def close_chamber(*, chamber: Chamber, on: date, reason: str, by: Model) -> None:
    """Dissolve a chamber. Its members leave it the same day."""
    with changing(
        chamber, proposal=Proposal({}, reason=reason), by=by, action="close_chamber"
    ) as current:
        _close(current, on)
        _end_memberships(current.memberships.all(), on)


def create_term(*, chamber: Chamber, proposal: Proposal, by: Model) -> Term:
    with written(by=by, action="create_term"):
        term = fill(Term(chamber=chamber), proposal.values)
        editing.save(term, broken=rules.broken_by_term(term))
    return term


def edit_term(*, term: Term, proposal: Proposal, by: Model) -> Term:
    with changing(term, proposal=proposal, by=by, action="edit_term") as current:
        fill(current, proposal.values)
        editing.save(current, broken=rules.broken_by_term(current))
    return current


def create_milestone(*, chamber: Chamber, proposal: Proposal, by: Model) -> Milestone:
    with written(by=by, action="create_milestone"):
        one_at_a_time(f"milestones of {chamber.pk}")
        milestone = fill(Milestone(chamber=chamber), proposal.values)
        editing.save(milestone, broken=rules.broken_by_milestone(milestone))
    return milestone


def edit_milestone(*, milestone: Milestone, proposal: Proposal, by: Model) -> Milestone:
    with changing(milestone, proposal=proposal, by=by, action="edit_milestone") as current:
        fill(current, proposal.values)
        editing.save(current, broken=rules.broken_by_milestone(current))
    return current


def create_membership(*, chamber: Chamber, proposal: Proposal, by: Model) -> Membership:
    """An enterprise joins a chamber."""
    with written(by=by, action="create_membership"):
        membership = fill(Membership(chamber=chamber), proposal.values)
        editing.save(membership, broken=rules.broken_by_membership(membership))
    return membership


def edit_membership(*, membership: Membership, proposal: Proposal, by: Model) -> Membership:
    """Change a membership; another position with its day keeps the one before in the spells."""
    with changing(membership, proposal=proposal, by=by, action="edit_membership") as current:
        before = copy(current)
        fill(current, proposal.values)
        editing.save(
            current,
            broken=rules.broken_by_membership(current),
            doubts=rules.doubts_about_membership(before, current),
            confirmed=proposal.confirmed,
        )
    return current


def close_membership(*, membership: Membership, on: date, reason: str, by: Model) -> None:
    """An enterprise leaves a chamber; ``on`` is the first day it is no member."""
    with changing(
        membership, proposal=Proposal({}, reason=reason), by=by, action="close_membership"
    ) as current:
        refuse_if_broken(rules.broken_by_leaving(current, on))
        current.left_on = on
        editing.save(current)


def create_enterprise(*, proposal: Proposal, by: Model) -> Enterprise:
    with written(by=by, action="create_enterprise"):
        one_at_a_time(f"enterprise {name_key(str(proposal.values['name']))}")
        enterprise = Enterprise()
        _save_enterprise(enterprise, proposal)
    return enterprise


def edit_enterprise(*, enterprise: Enterprise, proposal: Proposal, by: Model) -> Enterprise:
    with changing(enterprise, proposal=proposal, by=by, action="edit_enterprise") as current:
        _save_enterprise(current, proposal)
    return current


def _save_enterprise(enterprise: Enterprise, proposal: Proposal) -> None:
    known_name, known_code = enterprise.name, enterprise.credit_code
    fill(enterprise, proposal.values)
    reading = credit_code.read(enterprise.credit_code or "")
    enterprise.credit_code = reading.code or None
    enterprise.name_key = name_key(enterprise.name)
    untouched = (enterprise.name, enterprise.credit_code) == (known_name, known_code)
    editing.save(
        enterprise,
        broken=rules.broken_by_enterprise(enterprise, reading),
        # What was confirmed once and has not been touched is not asked again.
        doubts=() if untouched else rules.doubts_about_enterprise(enterprise, reading),
        confirmed=proposal.confirmed,
    )


def close_enterprise(*, enterprise: Enterprise, on: date, reason: str, by: Model) -> None:
    """An enterprise is deregistered. Its memberships end the same day."""
    with changing(
        enterprise, proposal=Proposal({}, reason=reason), by=by, action="close_enterprise"
    ) as current:
        _close(current, on)
        _end_memberships(current.memberships.all(), on)


def create_honour(*, proposal: Proposal, by: Model) -> Honour:
    with written(by=by, action="create_honour"):
        one_at_a_time(f"honour {proposal.values['title']}")
        honour = fill(Honour(), proposal.values)
        _save_honour(honour)
    return honour


def edit_honour(*, honour: Honour, proposal: Proposal, by: Model) -> Honour:
    with changing(honour, proposal=proposal, by=by, action="edit_honour") as current:
        _save_honour(fill(current, proposal.values))
    return current


def _save_honour(honour: Honour) -> None:
    """An honour without a town is filed under its holder's."""
    holder = honour.chamber or honour.enterprise
    if honour.town is None and holder:
        honour.town = holder.town
    editing.save(honour, broken=rules.broken_by_honour(honour))


def remove_chamber(*, chamber: Chamber, reason: str, by: Model) -> None:
    editing.remove(chamber, reason=reason, by=by, action="remove_chamber")


def remove_term(*, term: Term, reason: str, by: Model) -> None:
    editing.remove(term, reason=reason, by=by, action="remove_term")


def remove_milestone(*, milestone: Milestone, reason: str, by: Model) -> None:
    editing.remove(milestone, reason=reason, by=by, action="remove_milestone")


def remove_membership(*, membership: Membership, reason: str, by: Model) -> None:
    editing.remove(membership, reason=reason, by=by, action="remove_membership")


def remove_enterprise(*, enterprise: Enterprise, reason: str, by: Model) -> None:
    editing.remove(enterprise, reason=reason, by=by, action="remove_enterprise")


def remove_honour(*, honour: Honour, reason: str, by: Model) -> None:
    editing.remove(honour, reason=reason, by=by, action="remove_honour")


def _close(record: Chamber | Enterprise, on: date) -> None:
    refuse_if_broken(rules.broken_by_closing(record, on))
    record.closed_on = on
    editing.save(record)


def _end_memberships(memberships: QuerySet[Membership], on: date) -> None:
    """End the memberships that go on; one that had not begun ends as it begins."""
    memberships.filter(Q(left_on__isnull=True) | Q(left_on__gt=on)).update(
        left_on=Greatest(F("joined_on"), on)
    )
