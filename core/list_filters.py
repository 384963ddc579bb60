"""The filters of a list page: each a parameter of the URL, each told in words with its way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.formats import date_format, localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayInput, say_what_to_do
from core.parts import Text

PAGE = "page"  # the parameter that a change of the filters takes back


class SearchFilter(django_filters.CharFilter):
    """The search box: finds by any part of the name, its pinyin or its initials.

    The queryset must have ``named_like(text)`` (core.models.NamedQuerySet); another search gives
    ``method=``.
    """

    def __init__(self, *, placeholder: Text = "", **options: Any) -> None:
        hint = placeholder or gettext_lazy("名称、拼音或首字母")
        widget = forms.TextInput(
            attrs={"type": "search", "placeholder": hint, "autocomplete": "off"}
        )
        super().__init__(**{"label": gettext_lazy("搜索"), "widget": widget, **options})

    def filter(self, qs: Any, value: str) -> Any:
        return qs.named_like(value) if value else qs


class DayFilter(django_filters.DateFilter):
    """A day; give ``lookup_expr="gte"`` for 自 and ``"lte"`` for 至."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": DayInput(), **options})


class YesNoFilter(django_filters.ChoiceFilter):
    """全部 / 是 / 否, as ``yes`` and ``no`` in the URL. With ``method=`` the method gets a bool."""

    def __init__(self, **options: Any) -> None:
        choices = (("yes", gettext_lazy("是")), ("no", gettext_lazy("否")))
        super().__init__(**{"choices": choices, "empty_label": gettext_lazy("全部"), **options})

    def filter(self, qs: Any, value: str) -> Any:
        return qs if value in ("", None) else qs.filter(**{self.field_name: value == "yes"})


class PlainSelect(forms.Select):
    """A choice as its template draws it (django/forms/widgets/select.html), in one go."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        choices: Any = list(iter(self.choices))  # by itself: its length would be another query
        if self.is_required or any(isinstance(words, list | tuple) for _one, words in choices):
            return super().render(name, value, attrs, renderer)
        own = {"name": name, **self.build_attrs(self.attrs, attrs)}
        words = "".join(_attribute(*one) for one in own.items())
        options = "".join(_options(choices, set(self.format_value(value))))
        return mark_safe(f"<select{words}>{options}\n</select>")  # noqa: S308 - escaped


def _options(choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> Iterator[str]:
    for value, words in choices:
        stored = "" if value is None else str(value)
        selected = " selected" if stored in chosen else ""
        if selected:
            chosen = set()  # one at most
        label = conditional_escape(localize(words))
        yield f'\n  <option value="{conditional_escape(stored)}"{selected}>{label}</option>'


def _attribute(name: str, value: Any) -> str:
    if value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{conditional_escape(str(value))}"'


class RecordFilter(django_filters.FilterSet):
    """The filters of a list page; each is a parameter of the URL.

    Example::

        class EnterpriseFilter(RecordFilter):
            q = SearchFilter()
            town = django_filters.ModelChoiceFilter(label=_("街镇"), queryset=visible_towns)
            since = DayFilter(label=_("入会自"), field_name="joined_on", lookup_expr="gte")

            shown = ("q", "town")          # beside the search box; the others under 更多筛选

            class Meta:
                model = Enterprise
                fields = ("q", "town", "since")

    ``visible_towns`` is a function of the request, so that nobody is offered a town out of sight.
    A value that can't be understood shows its error and no rows, never unfiltered rows.
    """

    shown: Sequence[str] = ()

    @property
    def form(self) -> Any:
        """The form of the filters, its choices drawn in one go."""
        if not hasattr(self, "_form"):
            for field in super().form.fields.values():
                say_what_to_do(field)
                if type(field.widget) is forms.Select:
                    field.widget = PlainSelect(field.widget.attrs, field.widget.choices)
                    field.widget.is_required = field.required
        return self._form

    @property
    def qs(self) -> Any:
        if self.is_bound and not self.form.is_valid():
            return self.queryset.none()
        return super().qs

    @cached_property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that stand in the bar."""
        names = self.shown or list(self.form.fields)[:4]
        return [self.form[name] for name in names]

    @cached_property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields under 更多筛选."""
        first = {field.name for field in self.first_fields}
        return [field for field in self.form if field.name not in first]

    @cached_property
    def more_in_use(self) -> bool:
        """Whether 更多筛选 has to be open: one of its fields has a value or an error."""
        used = {pill.name for pill in self.pills}
        return any(field.name in used or field.errors for field in self.more_fields)

    @cached_property
    def pills(self) -> list[Pill]:
        """The filters in force, as words, each with the URL that takes it away."""
        if not self.is_bound or not self.form.is_valid():
            return []
        fields = self.form.fields
        return [
            Pill(name, str(fields[name].label or name), words, self._without(name))
            for name, value in self.form.cleaned_data.items()
            if (words := filter_words(fields[name], value))
        ]

    def _without(self, name: str) -> str:
        suffixes = getattr(self.form.fields[name].widget, "suffixes", ())
        dropped = {name, *(f"{name}_{suffix}" for suffix in suffixes), PAGE}
        return query_without(self.data, dropped)


@dataclass(frozen=True, slots=True)
class Pill:
    """One filter in force: "街镇：华新镇 ×"."""

    name: str
    label: str
    words: str
    remove_url: str


def query_without(query: QueryDict, names: Iterable[str]) -> str:
    """The query string without some parameters and without empty ones; "?" when none is left."""
    left_out = set(names)
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if name not in left_out and any(values):
            kept.setlist(name, [value for value in values if value])
    return f"?{kept.urlencode()}"


def filter_words(field: forms.Field, value: Any) -> str:
    """A filter's value as a person reads it; "" when it does not filter."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, QuerySet | list | tuple):
        return _("、").join(filter(None, (filter_words(field, part) for part in value)))
    if isinstance(value, slice):
        bounds = (filter_words(field, value.start), filter_words(field, value.stop))
        return "–".join(bounds) if any(bounds) else ""
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(field, forms.ChoiceField) and not isinstance(value, Model):
        choices: Any = field.choices
        pairs: Any = flatten_choices(choices)
        labels = {str(key): str(label) for key, label in pairs}
        return labels.get(str(value), str(value))
    return str(value)
