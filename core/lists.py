"""List pages: filter in the URL, sorted, paged, exported; a whole page or its results alone."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, TypedDict, TypeVar, Unpack, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import Permission, Viewer
from core.chosen_columns import COLUMNS, ColumnsOffered, chosen_columns
from core.counting import count_known
from core.exports import xlsx_response
from core.kept_parts import kept_part, reader_key
from core.list_filters import (
    PAGE,
    DayFilter,
    Pill,
    RecordFilter,
    SearchFilter,
    YesNoFilter,
    filter_words,
    query_without,
)
from core.parts import Action, Crumb, Empty, Text, number_words
from core.saved_views import SavedPages, saved_pages
from core.tables import ClampedPaginator, RecordRows, RecordTable, clamped_per_page

RowModel = TypeVar("RowModel", bound=Model)

PAGE_TEMPLATE = "components/list_page.html"
RESULTS_TEMPLATE = "components/list_results.html"
RESULTS_ID = "list-results"  # the element an htmx request replaces

ROWS = gettext_lazy("条")

# Parameters of the URL that are no filter.
SORT, PER_PAGE_PARAM, EXPORT = "sort", "per_page", "export"

# What the lists of the apps are made of comes from here.
__all__ = [
    "EXPORT",
    "PAGE",
    "DayFilter",
    "Pill",
    "RecordFilter",
    "RecordList",
    "SearchFilter",
    "YesNoFilter",
    "asks_for_results",
    "filter_words",
    "list_page",
    "query_without",
]


class RecordList:
    """One list as one request asks for it. Costs one count, one query of rows, and the choices."""

    told_count: int | None = None  # the exact number of rows, from who knows it without counting

    def __init__(
        self,
        request: HttpRequest,
        *,
        queryset: QuerySet[Any],
        filterset_class: type[RecordFilter],
        table_class: type[RecordTable],
        title: Text,
        unit: Text = ROWS,
        notes: Sequence[Text] = (),
        empty: Empty | None = None,
    ) -> None:
        self.request = request
        self.title = title
        self.unit = unit
        self.notes = notes
        self.empty = empty or Empty(gettext_lazy("还没有记录"))
        self.filters = filterset_class(request.GET, queryset=queryset, request=request)
        self.table = table_class(
            self.filters.qs,
            order_by=self._known_order(table_class),
            chosen=chosen_columns(request.GET, table_class),
        )
        self.table.request = request
        self.can_export = request.user.can(Permission.EXPORT)  # type: ignore[union-attr]

    def _known_order(self, table_class: type[RecordTable]) -> list[str] | None:
        """The order asked for, as far as the table has such columns; None for its own order."""
        wanted = self.request.GET.getlist(SORT)
        known = [alias for alias in wanted if alias.removeprefix("-") in table_class.base_columns]
        return known or None

    def paginate(self) -> None:
        self.table.before_render(self.request)
        self.table.kept_as = (*self.key, self.request.GET.urlencode())
        if isinstance(self.table.data, RecordRows):
            rows = self.table.data
            rows.kept_as = self.key
            rows.known_count = self._told_count() or kept_part(
                "known", self.key, lambda: self._known_count(rows.data)
            )
        self.table.paginate(
            paginator_class=ClampedPaginator,
            page=self.request.GET.get(PAGE, 1),
            per_page=clamped_per_page(self.request.GET.get(PER_PAGE_PARAM)),
        )

    @cached_property
    def count(self) -> int:
        """How many rows the filters leave, over all pages."""
        return int(self.table.paginator.count)

    def _told_count(self) -> int | None:
        return None if self.filters.form.errors else self.told_count

    def _known_count(self, rows: QuerySet[Any]) -> int | None:
        if self.filters.form.errors:
            return None
        cleaned = self.filters.form.cleaned_data if self.filters.is_bound else {}
        in_force = {name: value for name, value in cleaned.items() if value not in (None, "", [])}
        user = cast(Viewer, self.request.user)
        return count_known(type(self.filters), rows, user, in_force)

    @property
    def count_words(self) -> str:
        return str(getattr(self.table.data, "count_words", "")) or number_words(self.count)

    @cached_property
    def key(self) -> tuple[Hashable, ...]:
        """What its filters and its number of rows depend on, besides what was written: the same
        for all who see the same (core.kept_parts)."""
        no_filter = {SORT, PAGE, PER_PAGE_PARAM, EXPORT, COLUMNS}
        chosen = query_without(self.request.GET, no_filter)
        return (self.request.path, chosen, *reader_key(cast(Viewer, self.request.user)))

    @cached_property
    def is_filtered(self) -> bool:
        return bool(self.filters.pills) or bool(self.filters.form.errors)

    @property
    def sort(self) -> str:
        """The order in the URL, kept when the filters change."""
        return self.request.GET.get(SORT, "")

    @property
    def per_page(self) -> int:
        return int(self.table.paginator.per_page)

    @property
    def export_url(self) -> str:
        """This list, as filtered and sorted now, as a spreadsheet."""
        query = query_without(self.request.GET, {PAGE, PER_PAGE_PARAM, EXPORT})
        return f"{query}{'&' if len(query) > 1 else ''}{EXPORT}=xlsx"

    @cached_property
    def saved(self) -> SavedPages:
        """The views people keep of this list."""
        return saved_pages(self.request)

    @property
    def clear_url(self) -> str:
        return self.saved.whole_url

    @property
    def pills(self) -> list[Pill]:
        """The filters in force; without the last of them the page does not fall to its default."""
        whole = self.saved.whole_url
        pills = self.filters.pills
        return [replace(one, remove_url=whole) if one.remove_url == "?" else one for one in pills]

    @cached_property
    def columns(self) -> ColumnsOffered:
        """What the chooser of columns offers."""
        return ColumnsOffered(self.request.GET, self.table)

    def as_xlsx(self) -> HttpResponse:
        """Exactly what is on the screen: its rows in their order, its columns, its filters."""
        if not self.can_export:
            raise PermissionDenied
        self.table.before_render(self.request)
        return xlsx_response(
            title=str(self.title),
            columns=self.table.exported_columns(),
            rows=self.table.exported_rows(),
            notes=self._export_notes(),
        )

    def _export_notes(self) -> list[str]:
        filters = _("；").join(
            _("%(label)s：%(words)s") % {"label": pill.label, "words": pill.words}
            for pill in self.filters.pills
        )
        return [
            _("筛选：%(filters)s") % {"filters": filters or _("无")},
            *(str(note) for note in self.notes),
            _("数据截至：%(moment)s")
            % {"moment": date_format(localtime(now()), "DATETIME_FORMAT")},
        ]


class ListWords(TypedDict, total=False):
    """What a list page may say and offer besides its rows."""

    unit: Text
    lead: Text
    empty: Empty | None
    actions: Sequence[Action]
    crumbs: Sequence[Crumb]
    notes: Sequence[Text]
    count: int | None
    template_name: str
    context: dict[str, Any]


def list_page(
    request: HttpRequest,
    *,
    queryset: QuerySet[RowModel],
    filterset_class: type[RecordFilter],
    table_class: type[RecordTable],
    title: Text,
    **words: Unpack[ListWords],
) -> HttpResponse:
    """Answer a list: the page, its results alone to htmx, or ``?export=xlsx``.

    Example (the whole view)::

        @requires(Permission.READ)
        def list_enterprises(request: HttpRequest) -> HttpResponse:
            return list_page(
                request,
                title=_("会员企业"),
                unit=_("家"),
                queryset=Enterprise.objects.visible_to(request.user).select_related("town"),
                filterset_class=EnterpriseFilter,
                table_class=EnterpriseTable,
                empty=Empty(
                    _("还没有会员企业"),
                    _("先导入一份会员名册。"),
                    Action(_("导入表格"), reverse("imports:upload"), primary=True),
                ),
            )

    ``queryset`` starts from ``visible_to(user)`` and fetches what the columns show
    (``select_related``, annotations), so that the number of queries does not grow with the rows.
    ``unit`` counts rows ("共 154 家"); ``count`` is their exact number where it is known without
    counting them, filters in force included; ``lead`` is a sentence under the title; ``notes`` are
    lines of 口径, shown under the table and written into the export; ``actions`` stand in the head.
    URL parameters besides the filters: ``sort`` (``-`` for descending), ``columns``, ``page``,
    ``per_page``, ``export=xlsx`` (needs ``Permission.EXPORT``). Without any the list opens with the
    view that this person chose for it.
    """
    records = RecordList(
        request,
        queryset=queryset,
        filterset_class=filterset_class,
        table_class=table_class,
        title=title,
        unit=words.get("unit", ROWS),
        notes=words.get("notes", ()),
        empty=words.get("empty"),
    )
    records.told_count = words.get("count")
    if request.GET.get(EXPORT) == "xlsx" and not records.filters.form.errors:
        return records.as_xlsx()
    if not request.GET and records.saved.default_url:
        return redirect(records.saved.default_url)
    records.paginate()
    whole = words.get("template_name", PAGE_TEMPLATE)
    response = render(
        request,
        RESULTS_TEMPLATE if asks_for_results(request) else whole,
        {
            "records": records,
            "title": title,
            "lead": words.get("lead", ""),
            "actions": words.get("actions", ()),
            "crumbs": words.get("crumbs", ()),
            **words.get("context", {}),
        },
    )
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def asks_for_results(request: HttpRequest, element: str = RESULTS_ID) -> bool:
    """Whether htmx asks for the results of a list alone (and not to restore its history)."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Target") == element
        and headers.get("HX-History-Restore-Request") != "true"
    )
