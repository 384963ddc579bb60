"""What can be read of imports: batches, and their rows by verdict."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from imports.models import Batch, Row

ALL, WARNED, ABSENT = "all", "warned", "absent"
NOT_NAMED = (Row.Verdict.ABSENT, Row.Verdict.LEAVING)
UNDONE_WORDS = {"reversed": _("已撤回"), "kept": _("已保留"), "failed": _("未能撤销")}


def visible_batches(user: User) -> QuerySet[Batch]:
    """The imports this person may see, with what their pages name."""
    named = ("chamber__town", "town", "uploaded_by", "job")
    return Batch.objects.visible_to(user).select_related(*named)


def rows_shown(batch: Batch, show: str) -> QuerySet[Row]:
    """The rows of one chip, in the order of the file; any other word shows all of the file."""
    rows = batch.rows.order_by("position")
    if show == ABSENT:
        return rows.filter(verdict__in=NOT_NAMED)
    if show in Row.Verdict.values:
        return rows.filter(verdict=show)
    if show == WARNED:
        return rows.filter(is_warned=True)
    if show in UNDONE_WORDS:
        return rows.filter(outcome=show)
    return rows_of_file(batch)


def rows_of_file(batch: Batch) -> QuerySet[Row]:
    """The rows that the file has, in its order, without the records that it does not name."""
    return batch.rows.exclude(verdict__in=NOT_NAMED).order_by("position")
