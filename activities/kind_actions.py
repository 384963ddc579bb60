"""Writes of the kinds of activities, which administrators keep."""

from __future__ import annotations

from django.db.models import Model

from activities.models import ActivityKind
from core import editing
from core.audit import written
from core.editing import Proposal, changing, fill
from core.pinyin import spell

LONGEST_CODE = 24  # leaves room for a number behind it


def create_activitykind(*, proposal: Proposal, by: Model) -> ActivityKind:
    """A new kind, under a code spelled from its name that never changes afterwards."""
    with written(by=by, action="create_activitykind"):
        editing.one_at_a_time("codes of kinds of activities")
        kind = fill(ActivityKind(), proposal.values)
        kind.code = _free_code(kind.name)
        editing.save(kind)
    return kind


def _free_code(name: str) -> str:
    letters = "".join(one for one in spell(name).full if one.isascii() and one.isalnum())
    wanted = letters[:LONGEST_CODE] or "kind"
    taken = set(ActivityKind.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    candidates = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(code for code in candidates if code not in taken)


def edit_activitykind(*, activitykind: ActivityKind, proposal: Proposal, by: Model) -> ActivityKind:
    with changing(activitykind, proposal=proposal, by=by, action="edit_activitykind") as current:
        fill(current, proposal.values)
        editing.save(current)
    return current


def remove_activitykind(*, activitykind: ActivityKind, reason: str, by: Model) -> None:
    editing.remove(activitykind, reason=reason, by=by, action="remove_activitykind")
