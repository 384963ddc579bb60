"""What can be read of imports: batches, their rows by verdict, members the list does not name."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chambers.models import Membership
from imports.models import Batch, Row

ALL, WARNED, ABSENT = "all", "warned", "absent"
UNDONE_WORDS = {"reversed": _("已撤回"), "kept": _("已保留"), "failed": _("未能撤销")}


def visible_batches(user: User) -> QuerySet[Batch]:
    """The imports this person may see, with what their pages name."""
    named = ("chamber__town", "uploaded_by", "job")
    return Batch.objects.visible_to(user).select_related(*named)


def rows_shown(batch: Batch, show: str) -> QuerySet[Row]:
    """The rows of one chip, in the order of the file; any other word shows all."""
    rows = batch.rows.order_by("position")
    if show in Row.Verdict.values:
        return rows.filter(verdict=show)
    if show == WARNED:
        return rows.filter(warned()).exclude(verdict=Row.Verdict.PROBLEM)
    if show in UNDONE_WORDS:
        return rows.filter(outcome=show)
    return rows


def warned() -> Q:
    """Rows that are imported all the same, with something to look at."""
    return Q(problems__contains=[{"level": "warning"}])


def absent_members(batch: Batch) -> QuerySet[Membership]:
    """Those who were members when the list was compared, whom it does not name."""
    return (
        Membership.objects.filter(pk__in=batch.understanding.get("absent", []))
        .select_related("enterprise")
        .order_by("enterprise__sort_key", "pk")
    )
