"""The filters of rows behind a figure, which are the question itself, and of summaries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayInput
from core.lists import EXPORT, PAGE, RecordFilter, SearchFilter
from summaries.asking import AS_OF, FROM, PERIOD, SCOPE, TO, presets
from summaries.figures.dimensions import towns as visible_towns
from summaries.figures.figure import LARGEST, NONE, REST, Dimension, Figure
from summaries.figures.questions import Question
from summaries.figures.scopes import ScopeKind
from summaries.models import Summary, SummaryQuerySet
from towns.models import Town

Choice = tuple[str, str]


def unchanged(rows: Any, _name: str, _value: Any) -> Any:
    """The rows as they are: the question that made them has taken the value into account."""
    return rows


class AskedChoice(django_filters.ChoiceFilter):
    """A part of the question, chosen from a list."""

    def __init__(self, label: Any, choices: Iterable[Choice], **options: Any) -> None:
        super().__init__(label=label, choices=list(choices), method=unchanged, **options)


def rows_filter(figure: Figure, question: Question, *, searched: bool) -> type[RecordFilter]:
    """The filter form of a figure's page: place, period, as-of day, and each of its dimensions."""
    dimensions = [
        dimension for key, dimension in figure.dimensions.items() if _offered(key, question)
    ]
    fields: dict[str, Any] = {
        **({"q": SearchFilter()} if searched else {}),
        SCOPE: AskedChoice(
            gettext_lazy("范围"), scopes_offered(question), empty_label=None, null_label=None
        ),
        PERIOD: AskedChoice(
            gettext_lazy("期间"), periods_offered(question), empty_label=_("今年以来")
        ),
        AS_OF: django_filters.DateFilter(
            label=gettext_lazy("截至"), method=unchanged, widget=DayInput()
        ),
        **{dimension.key: _by(dimension, question) for dimension in dimensions},
    }
    fields["shown"] = tuple(name for name in ("q", SCOPE, PERIOD, AS_OF) if name in fields)
    return type("RowsFilter", (RecordFilter,), fields)


def _offered(key: str, question: Question) -> bool:
    """A month is asked for as a period and a town as the place; an address may say it otherwise."""
    return key != "month" and (key != "town" or key in dict(question.narrowed))


def _by(dimension: Dimension, question: Question) -> AskedChoice:
    choices = [*question.choices(dimension.choices).items(), (NONE, _("未填"))]
    value = dict(question.narrowed).get(dimension.key, "")
    if value == REST:
        choices.append((REST, _("数量最多的 %(count)s 项以外") % {"count": LARGEST}))
    elif value and dimension.named and value not in dict(choices):
        choices += dimension.named([value]).items()
    return AskedChoice(dimension.title, choices, empty_label=_("全部"))


def scopes_offered(question: Question) -> list[Choice]:
    """The district and the towns this person sees, and the place asked for if it is another."""
    here = (str(question.scope), str(question.scope.title))
    if question.scope.kind is ScopeKind.TOWN and question.user.town_ids == frozenset(
        question.scope.pks
    ):
        return [here]
    towns = [(f"town:{code}", name) for code, name in question.choices(visible_towns).items()]
    whole = [("district", _("全区"))] if question.user.town_ids is None else []
    offered = [*whole, *towns]
    return offered if here[0] in dict(offered) else [here, *offered]


def periods_offered(question: Question) -> list[Choice]:
    offered = [(str(one.period), one.words) for one in presets(question.as_of)]
    here = str(question.period)
    return offered if here in dict(offered) else [(here, question.period.words), *offered]


@dataclass(frozen=True, slots=True)
class SpanForm:
    """A period of any two days, chosen in a form of its own; ``kept`` is the rest of the address.

    It stands beside the periods people ask for by name, so that one day alone changes nothing.
    """

    start: str
    end: str
    kept: Sequence[tuple[str, str]]


def span_form(question: Question, asked: QueryDict) -> SpanForm:
    period = question.period
    left_out = {FROM, TO, PERIOD, PAGE, EXPORT}
    kept = [(name, str(value)) for name, value in asked.items() if value and name not in left_out]
    return SpanForm(period.start.isoformat(), period.end.isoformat(), kept)


class SummaryFilter(RecordFilter):
    """Summaries by kind, town and year."""

    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("类型"), choices=Summary.Kind.choices, empty_label=gettext_lazy("全部")
    )
    place = django_filters.ChoiceFilter(
        label=gettext_lazy("范围"), method="in_place", empty_label=gettext_lazy("全部")
    )
    year = django_filters.NumberFilter(
        label=gettext_lazy("年份"),
        field_name="start_on",
        lookup_expr="year",
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 2000, "max": 2100}),
        min_value=2000,
        max_value=2100,
    )

    shown = ("kind", "place", "year")

    def __init__(
        self, data: Any, queryset: SummaryQuerySet[Summary], *, request: HttpRequest
    ) -> None:
        super().__init__(data, queryset=queryset, request=request)
        user: Any = request.user
        towns = Town.objects.visible_to(user).in_official_order().values_list("code", "name")
        whole = [("district", _("全区"))] if user.town_ids is None else []
        self.filters["place"].extra["choices"] = [*whole, *towns]

    def in_place(
        self, rows: SummaryQuerySet[Summary], _name: str, value: str
    ) -> SummaryQuerySet[Summary]:
        if value == "district":
            return rows.filter(town__isnull=True)
        return rows.filter(town__code=value)

    class Meta:
        model = Summary
        fields = ("kind", "place", "year")
