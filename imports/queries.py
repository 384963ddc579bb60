"""What can be read of imports: batches, and their rows by verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from imports.models import Batch, Decision, Row
from imports.plans.base import RECORD
from imports.plans.registry import PLANS

ALL, WARNED, ABSENT = "all", "warned", "absent"
NOT_NAMED = (Row.Verdict.ABSENT, Row.Verdict.LEAVING)
SHEET_NAME = Row._meta.get_field("sheet").max_length
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


def last_position(batch: Batch) -> int:
    """The place of the last row of the file."""
    return int(rows_of_file(batch).aggregate(last=Max("position"))["last"] or 0)


def rows_sharing(batch: Batch, keys: Iterable[str]) -> QuerySet[Row]:
    """The rows of the file that share one of the keys."""
    return rows_of_file(batch).filter(keys__has_any_keys=list(keys))


def records_named(batch: Batch) -> set[str]:
    """The keys of all records that rows of the file name."""
    found = rows_of_file(batch).values_list("keys", flat=True)
    return {key for keys in found.iterator() for key in keys if key.startswith(RECORD)}


def columns_of(batch: Batch) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each field of the file with the column it stands in, in the order of the sheets."""
    for table in batch.understanding.get("tables", []):
        for column in table["columns"]:
            for field in column.get("fields") or [column["field"]]:
                if field:
                    year = table.get("year")
                    yield field, {**column, "sheet": table["sheet"], "year": year}


def fields_of(batch: Batch) -> list[str]:
    """The fields the file has, in its order, the name of a row first when it has no column."""
    found = list(dict.fromkeys(field for field, _column in columns_of(batch)))
    named_by = PLANS[batch.plan].named_by
    return found if named_by in found else [named_by, *found]


def place_of(batch: Batch, sheet: str, field: str) -> dict[str, Any]:
    """The column of a field on a sheet: its letters, unit and year; empty when it has none."""
    found = [column for name, column in columns_of(batch) if name == field]
    here = [column for column in found if column["sheet"][:SHEET_NAME] == sheet]
    return (here or [{}])[0]


def decisions_of(batch: Batch) -> QuerySet[Decision]:
    """What was changed in the preview, the newest first."""
    return batch.decisions.select_related("made_by").order_by("-pk")
