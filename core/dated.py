"""Lists of things that begin and end: as of a day, those in force, those ended, or all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

import django_filters
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from core.lists import DayFilter, RecordFilter
from core.models import open_on
from core.parts import Tone
from core.tables import RecordTable, StateColumn

ENDED, ALL = "ended", "all"


class DatedFilter(RecordFilter):
    """Filters of a list whose rows begin and end. The queryset has ``on(day)``.

    ``day`` is today until another is chosen; ``standing`` leaves those in force on it, those ended
    by it, or all. Every row gets ``in_force``: whether it is in force on the day.
    """

    day = DayFilter(label=_("截至日期"), method="no_condition_of_its_own")
    standing = django_filters.ChoiceFilter(
        label=_("状态"),
        choices=((ENDED, _("已停用")), (ALL, _("全部（含已停用）"))),
        empty_label=_("在册"),
        method="no_condition_of_its_own",
    )

    @property
    def qs(self) -> Any:
        if self.is_bound and not self.form.is_valid():
            # No rows, and yet with what the table sorts by.
            return self.on_day(self.queryset.none(), self.as_of)
        return super().qs

    @property
    def as_of(self) -> date:
        """The day asked for, today when none was. Known once the form is valid."""
        chosen = self.form.cleaned_data.get("day") if self.is_bound else None
        return chosen or localdate()

    def no_condition_of_its_own(self, rows: Any, _name: str, _value: Any) -> Any:
        """Day and standing are read together, in ``filter_queryset``."""
        return rows

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        in_force = open_on(self.as_of, start=rows.begins, end=rows.ends)
        match self.form.cleaned_data.get("standing"):
            case "":
                rows = rows.on(self.as_of)
            case "ended":
                rows = rows.exclude(in_force)
        flag: Any = ExpressionWrapper(Q(in_force), output_field=BooleanField())
        return self.on_day(rows.annotate(in_force=flag), self.as_of)

    def on_day(self, rows: Any, day: date) -> Any:
        """What else the rows show as of the day; to be filled in by the list."""
        return rows


class DatedTable(RecordTable):
    """A table of a dated list. What all rows have in common is not repeated in each: while only
    those in force are listed, their state and the day of their end stay off the page."""

    ended: ClassVar[Sequence[str]] = ()

    def before_render(self, request: HttpRequest) -> None:
        if request.GET.get("standing") or self.chosen:
            return
        for name in {"in_force", *self.ended}.intersection(self.columns.names()):
            self.columns.hide(name)


class InForceColumn(StateColumn):
    """在册 or 已停用, from the flag that ``DatedFilter`` gives every row."""

    def __init__(
        self,
        verbose_name: Any = None,
        *,
        words: Mapping[bool, str | Promise] | None = None,
        **options: Any,
    ) -> None:
        self.words = words or {True: _("在册"), False: _("已停用")}
        super().__init__(
            verbose_name or _("状态"),
            tones={True: Tone.GREEN, False: Tone.GREY},
            **{"accessor": "in_force", "orderable": False, **options},
        )

    def render(self, value: bool, record: Any, bound_column: Any) -> SafeString:
        return format_html(
            '<span class="state state-{}">{}</span>',
            self.tones[bool(value)],
            self.words[bool(value)],
        )

    def value(self, value: bool) -> str:
        return str(self.words[bool(value)])
