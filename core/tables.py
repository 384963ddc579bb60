"""The table every list uses, and its columns: title, state, count, amount, day, moment, town."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from html import unescape
from typing import Any, ClassVar

import django_tables2 as tables
from django.core.paginator import Page, Paginator
from django.db.models import F, Model, QuerySet
from django.utils.formats import date_format
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeData, SafeString
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2.data import TableQuerysetData
from django_tables2.rows import BoundRow
from django_tables2.utils import Accessor

from core.counting import count_up_to
from core.exports import CellValue
from core.kept_parts import Key, kept_part
from core.parts import NOTHING, Tone, number_words
from core.table_body import body_of

Linkify = bool | Callable[..., str | None] | tuple[Any, ...] | dict[str, Any]

PER_PAGE = 50
PER_PAGE_CHOICES = (25, 50, 100, 200)
EXPORT_CHUNK = 1_000  # rows fetched at a time while a list is exported


class ClampedPaginator(Paginator):  # type: ignore[type-arg]
    """Any page number leads to a page: nonsense to the first, too far to the last.

    Of a list too long to be counted, only the first rows are offered page by page.
    """

    @cached_property
    def num_pages(self) -> int:
        rows = getattr(self.object_list, "data", None)
        most = rows.most_counted if isinstance(rows, RecordRows) else None
        pages = super().num_pages
        return min(pages, max(1, most // self.per_page)) if most else pages

    def page(self, number: int | str) -> Page[Any]:
        try:
            wanted = int(number)
        except (TypeError, ValueError):
            wanted = 1
        return super().page(min(max(wanted, 1), self.num_pages))


def clamped_per_page(text: str | None) -> int:
    """The rows per page asked for, or the nearest that is offered.

    >>> clamped_per_page("999999"), clamped_per_page("abc"), clamped_per_page("25")
    (200, 50, 25)
    """
    try:
        wanted = int(text or PER_PAGE)
    except ValueError:
        return PER_PAGE
    return min(PER_PAGE_CHOICES, key=lambda choice: abs(choice - wanted))


class RecordRows(TableQuerysetData):
    """Rows in an order that does not change from page to page, with blanks at the end."""

    data: QuerySet[Any]
    known_count: int | None = None  # told by something that need not visit the rows
    kept_as: Key = ()  # what the number of rows depends on besides them; empty where it is not kept

    @property
    def most_counted(self) -> int | None:
        """How far rows are counted and paged where there may be a million; None for all."""
        return getattr(self.data, "most_counted", None)

    @property
    def count_words(self) -> str:
        """The number of rows; "10,000+" where nobody has counted them all."""
        most = self.most_counted
        if most is not None and self.known_count is None and len(self) > most:
            return f"{number_words(most)}+"
        return number_words(len(self))

    @property
    def paging_note(self) -> str:
        """What a list says whose pages end before its rows do; "" for every other."""
        most = self.most_counted
        if most is None or len(self) <= most:
            return ""
        words = [_("翻页只到前 %(most)s 条；其余请筛选或换一种排序，导出的是全部。")]
        if self.known_count is None:
            words.append(_("“%(most)s+”表示还没有数完；要准确条数，请缩小筛选范围或导出。"))
        return " ".join(words) % {"most": number_words(most)}

    def __getitem__(self, key: Any) -> Any:
        """A record, or those of a page: of a long list the keys are found first, then their rows.

        What stands beside a row is read for those that are shown, not for those passed over.
        """
        rows = self.data
        if self.most_counted is None or not isinstance(key, slice) or not key.start:
            return rows[key]
        return rows.filter(pk__in=rows.values("pk")[key])

    def __len__(self) -> int:
        if not hasattr(self, "_length"):
            self._length = self._counted()
        return int(self._length)

    def _counted(self) -> int:
        if self.known_count is not None:
            return self.known_count
        if self.kept_as:
            return kept_part("counted", self.kept_as, self._counted_now)
        return self._counted_now()

    def _counted_now(self) -> int:
        if self.most_counted is None or self.data.query.is_sliced:
            return self.data.count()
        return count_up_to(self.data, self.most_counted + 1)

    @property
    def ordering(self) -> Any:
        if all(isinstance(term, str) for term in self.data.query.order_by):
            return super().ordering
        return None  # an expression: the queryset's own order, which no column's arrow shows

    def order_by(self, aliases: Any) -> None:
        super().order_by(aliases)
        self.settle()

    def settle(self) -> None:
        """Let the primary key decide between equals, and put rows without a value last."""
        if self.data.query.is_sliced:
            return
        terms = [_blanks_last(term, self.data.model) for term in self.data.query.order_by]
        if "pk" not in terms:
            # In one direction with a single term before it, as an index holds them.
            backwards = len(terms) == 1 and isinstance(terms[0], str) and terms[0].startswith("-")
            self.data = self.data.order_by(*terms, "-pk" if backwards else "pk")


def _blanks_last(term: Any, model: type[Model]) -> Any:
    if isinstance(term, str) and term.startswith("-") and _may_be_blank(term[1:], model):
        return F(term[1:].replace(".", "__")).desc(nulls_last=True)
    return term


def _may_be_blank(name: str, model: type[Model]) -> bool:
    """Whether rows may lack it: everything may that is not a required field of the row itself."""
    own = {field.name: field for field in model._meta.concrete_fields}
    if name == "pk":
        return False  # an index holds it in this order, and in no other
    return name not in own or own[name].null


class RecordTable(tables.Table):
    """The table of a list page: hairlines, sticky heads, cards on a phone, dashes for nothing.

    Example::

        class EnterpriseTable(RecordTable):
            name = TitleColumn(_("企业名称"), order_by="sort_key")
            credit_code = TextColumn(_("统一社会信用代码"), css="is-code")
            council = StateColumn(_("商会职务"), tones={Position.PRESIDENT: Tone.RED})
            joined_on = DayColumn(_("入会时间"))
            capital_wan = NumberColumn(_("注册资本（万元）"))
            town = TownColumn()

            class Meta(RecordTable.Meta):
                model = Enterprise
                fields = ("name", "credit_code", "council", "joined_on", "capital_wan", "town")
                order_by = ("name",)

    Rows that are equal in the chosen order keep one order from page to page (the primary key
    decides). ``exported_rows`` yields what ``?export=xlsx`` writes. ``optional`` names columns that
    are shown only where somebody chose them; ``chosen`` are those of this page, in their order.

    A cell shows nothing but what its row's query has loaded, the language and the day, so that a
    row is drawn once (core.drawn_rows). A table whose cells look elsewhere says
    ``drawn_by_values = False``.
    """

    optional: ClassVar[Sequence[str]] = ()
    drawn_by_values: ClassVar[bool] = True
    kept_as: Key = ()  # what a page of it depends on besides its rows; empty where it is not kept

    class Meta:
        template_name = "django_tables2/tongxin.html"
        attrs: ClassVar[dict[str, str]] = {"class": "records is-sticky"}
        per_page = PER_PAGE
        default = NOTHING
        empty_text = ""

    def __init__(self, data: Any, *, chosen: Sequence[str] = (), **options: Any) -> None:
        rows = RecordRows(data) if isinstance(data, QuerySet) else data
        self.chosen = tuple(chosen)
        if chosen:
            options["sequence"] = self._sequence(chosen)
        super().__init__(rows, **options)
        self._hide_unchosen()
        if isinstance(self.data, RecordRows):
            self.data.settle()

    def _sequence(self, chosen: Sequence[str]) -> list[str]:
        """The chosen columns in their order, boxes to tick before them, links to forms behind."""
        names = list(self.base_columns)
        first = next((name for name in names if self._is_choice(name)), "")
        boxes = names[: names.index(first)] if first else []
        others = [name for name in names if name not in chosen and name not in boxes]
        behind = sorted(others, key=lambda name: not self._is_choice(name))
        return [*boxes, *chosen, *behind]

    def _hide_unchosen(self) -> None:
        hidden = self.optional
        if self.chosen:
            names = [name for name in self.base_columns if self._is_choice(name)]
            hidden = [name for name in names if name not in self.chosen]
        for name in hidden:
            self.columns.hide(name)

    def _is_choice(self, name: str) -> bool:
        return not self.base_columns[name].exclude_from_export

    def exported_columns(self) -> list[str]:
        """The heads of the exported columns, hidden ones left out, in the order of the page."""
        return [str(column.header) for column in self._columns_to_export()]

    def exported_rows(self) -> Iterator[list[CellValue]]:
        """All rows of the list (not only this page), typed, without markup."""
        names = [column.name for column in self._columns_to_export()]
        for record in self._records():
            row = BoundRow(record, table=self)
            yield [plain_value(row.get_cell_value(name)) for name in names]

    @property
    def body(self) -> SafeString:
        """The rows of this page as HTML, kept until something they show is written."""
        if not self.kept_as:
            return body_of(self)
        return kept_part("rows", self.kept_as, lambda: body_of(self))

    def _columns_to_export(self) -> list[Any]:
        return [column for column in self.columns if not column.column.exclude_from_export]

    def _records(self) -> Iterator[Any]:
        rows = self.data.data
        if isinstance(rows, QuerySet):
            return rows.iterator(chunk_size=EXPORT_CHUNK)
        return iter(rows)


def plain_value(value: Any) -> CellValue:
    """A cell as a spreadsheet holds it: numbers and dates typed, everything else plain text."""
    if isinstance(value, SafeData):
        return unescape(strip_tags(str(value)))
    if value == NOTHING:
        return None
    if value is None or isinstance(value, int | float | Decimal | str | date | datetime):
        return value
    return str(value)


class TextColumn(tables.Column):
    """Text as it is. ``css`` adds a class to its cells: ``is-code``, ``is-quiet``, ``is-wide``."""

    css = ""
    attrs: dict[str, Any]

    def __init__(self, verbose_name: Any = None, *, css: str = "", **options: Any) -> None:
        classes = f"{self.css} {css}".strip()
        attrs = options.pop("attrs", {})
        cell = {"class": classes} if classes else {}
        options["attrs"] = {"td": cell, "th": dict(cell), **attrs}
        super().__init__(verbose_name=verbose_name, **options)

    def value(self, value: Any) -> CellValue:
        return plain_value(value)


class TitleColumn(TextColumn):
    """The column that names the row and opens it; the headline of the card on a phone."""

    css = "is-title"

    def __init__(
        self, verbose_name: Any = None, *, linkify: Linkify = True, **options: Any
    ) -> None:
        super().__init__(verbose_name, linkify=linkify, **options)


class StateColumn(TextColumn):
    """A state as a small coloured word. ``tones`` maps the stored value to its tone (else grey)."""

    css = "is-state"

    def __init__(
        self, verbose_name: Any = None, *, tones: Mapping[Any, Tone], **options: Any
    ) -> None:
        self.tones = tones
        super().__init__(verbose_name, **options)

    def render(self, value: Any, record: Any, bound_column: Any) -> SafeString:
        stored = Accessor(bound_column.accessor).resolve(record)
        return format_html(
            '<span class="state state-{}">{}</span>', self.tones.get(stored, Tone.GREY), value
        )

    def value(self, value: Any) -> CellValue:
        return str(value)


class NumberColumn(TextColumn):
    """A number: to the right, thousands separated, tabular; exported as a number."""

    css = "is-number"

    def __init__(self, verbose_name: Any = None, **options: Any) -> None:
        super().__init__(verbose_name, **{"initial_sort_descending": True, **options})

    def render(self, value: Any) -> str:
        return number_words(value)


class CountColumn(NumberColumn):
    """A number that opens the rows it counts: ``linkify=lambda record: rows_url``."""

    def __init__(self, verbose_name: Any = None, *, linkify: Linkify, **options: Any) -> None:
        super().__init__(verbose_name, linkify=linkify, **options)
        self.attrs = {**self.attrs, "a": {"class": "num"}}
        if self.link is not None:
            self.link.attrs = self.attrs["a"]


class DayColumn(TextColumn):
    """A day in the reader's language: 2024年5月27日. Later days come first on the first click."""

    css = "is-day"

    def __init__(self, verbose_name: Any = None, **options: Any) -> None:
        super().__init__(verbose_name, **{"initial_sort_descending": True, **options})

    def render(self, value: date) -> str:
        return date_format(value, "DATE_FORMAT")


class MomentColumn(DayColumn):
    """A day with its time, in the district's time zone."""

    def render(self, value: date) -> str:
        moment = localtime(value) if isinstance(value, datetime) and is_aware(value) else value
        return date_format(moment, "DATETIME_FORMAT")


class YesNoColumn(TextColumn):
    """是 or 否."""

    css = "is-state"

    def render(self, value: bool) -> str:
        return _("是") if value else _("否")

    def value(self, value: bool) -> CellValue:
        return self.render(value)


class TownColumn(TextColumn):
    """The town a row belongs to; sorted as towns are listed officially."""

    css = "is-town"

    def __init__(self, verbose_name: Any = None, **options: Any) -> None:
        options.setdefault("accessor", "town")
        options.setdefault("order_by", "town__order")
        super().__init__(verbose_name or gettext_lazy("街镇"), **options)

    def value(self, value: Model) -> CellValue:
        return str(value)
