"""Pages of a batch's rows that cost the same on the first page and on the last of 100,000 rows."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page

from core.tables import ClampedPaginator
from imports import queries
from imports.models import Batch


class RowPaginator(ClampedPaginator):
    """The rows of one chip. The batch knows their number; a page is fetched by its positions."""

    def __init__(self, batch: Batch, show: str, per_page: int, *, count: int) -> None:
        super().__init__(queries.rows_shown(batch, show), per_page)
        self.batch, self.show = batch, show
        self.count = count  # known, instead of counted

    def _get_page(self, rows: Any, number: int, paginator: Any) -> Page[Any]:
        if self.show == queries.ALL:
            first = (number - 1) * self.per_page
            positions = list(range(first + 1, first + self.per_page + 1))
        else:  # of the index alone: rows that are passed over are not read
            positions = list(rows.values_list("position", flat=True))
        found = self.batch.rows.filter(position__in=positions).order_by("position")
        if self.show == queries.ALL:
            found = found.exclude(verdict__in=queries.NOT_NAMED)
        return Page(list(found), number, self)
