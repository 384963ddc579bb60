"""A figure: its words, its rows, and its number, which is the count or the sum of those rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from django.db.models import Count, DecimalField, F, Q, QuerySet, Sum, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Collate
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chambers.models import Position
from core.access import Viewer
from summaries.figures.questions import Question, Rules
from summaries.figures.scopes import ScopeKind, every_town, town_coded

Value = int | Decimal
Rows = QuerySet[Any]
NONE = "none"  # the value of a dimension that rows without one share
REST = "rest"  # the value of a dimension that stands for all but its LARGEST values
LARGEST = 60  # values of an open dimension that are told one by one
AMOUNT: DecimalField[Any, Any] = DecimalField(max_digits=24, decimal_places=2)


class FigureKind(StrEnum):
    """How a figure stands in time."""

    FLOW = "flow"
    STOCK = "stock"
    NOW = "now"

    @property
    def words(self) -> Promise:
        return {
            FigureKind.FLOW: _("期间发生数"),
            FigureKind.STOCK: _("截至当日数"),
            FigureKind.NOW: _("此刻数"),
        }[self]


class Listing(StrEnum):
    """What the rows of a figure are; each has a table of its own."""

    TOWNS = "towns"
    VILLAGES = "villages"
    POSTS = "posts"
    BRANDS = "brands"
    CHAMBERS = "chambers"
    TERMS = "terms"
    MEMBERS = "members"
    MEMBERSHIPS = "memberships"
    ENTERPRISES = "enterprises"
    HONOURS = "honours"
    VENUES = "venues"
    ZONES = "zones"
    ACTIVITIES = "activities"
    GIFTS = "gifts"
    REVIEWS = "reviews"


class UnansweredQuestion(LookupError):
    """A figure was asked of a kind of place, or by a dimension, that it does not know."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to split a figure: by town, month, kind. ``path`` is the lookup from a row; "" where a
    part is what the figure says of that town itself.

    ``grouped`` is what rows are grouped by when that is no plain path. ``choices`` gives the values
    with their words, as far as this person sees them; ``named`` the words of others that rows may
    have (the venue of another town). ``is_text``: having none is an empty text. ``overlap`` says
    why the parts may add up to more than the whole, and ``overlapping`` is the key of the figure
    whose rows stand in several parts; parts of a dimension without it always add up. ``is_open``:
    there may be very many values, and those without a row are not worth a line.
    """

    key: str
    title: Promise
    path: str
    choices: Callable[[Viewer], Iterable[tuple[str, str]]]
    grouped: Combinable | None = None
    is_text: bool = False
    overlap: Promise | None = None
    overlapping: str = ""
    is_open: bool = False
    named: Callable[[Collection[str]], Mapping[str, str]] | None = None

    @property
    def expression(self) -> Combinable:
        if not self.path:
            raise UnansweredQuestion(f"{self.key} is asked of each place by itself")
        return self.grouped or F(self.path)

    def narrow(self, rows: Rows, value: str) -> Rows:
        """Only the rows with this value; with NONE those that have none."""
        return rows.filter(self._blank if value == NONE else Q(**{self.path: value}))

    def with_a_value(self, rows: Rows) -> Rows:
        return rows.exclude(self._blank)

    @property
    def in_byte_order(self) -> Combinable:
        """What sorts values as their texts sort in this program, whatever the language."""
        return Collate(Cast(F(self.path), TextField()), "C")

    @property
    def _blank(self) -> Q:
        blank = Q(**{f"{self.path}__isnull": True})
        return blank | Q(**{self.path: ""}) if self.is_text else blank


@dataclass(frozen=True, slots=True)
class Figure:
    """One number and all that is known of it.

    ``source`` answers a question with a queryset whose rows are the things counted, each once; it
    starts from ``visible_to(question.user)``. ``measure`` is the field that is added up, "" when
    rows are counted. ``definition`` is the 口径; it may name parts of the rules in braces.
    ``whole`` is the key of the figure whose rows include these (349 of 355 villages). ``edition``
    rises when a release changes what is counted.
    """

    key: str
    title: Promise
    unit: Promise
    kind: FigureKind
    definition: Promise
    listing: Listing
    source: Callable[[Question], Rows]
    scopes: frozenset[ScopeKind]
    measure: str = ""
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    whole: str = ""
    edition: int = 1

    def rows(self, question: Question) -> Rows:
        """The rows behind the number. Raises UnansweredQuestion."""
        if question.scope.kind not in self.scopes:
            raise UnansweredQuestion(f"{self.key} is not known for a {question.scope.kind}")
        rows = self.source(self._placed(question))
        # What is the rest depends on the rows there are, so it is told apart last.
        for key, value in sorted(question.narrowed, key=lambda one: (one[1] == REST, one[0])):
            dimension = self.dimension(key)
            if value == REST:
                rows = self._rest(rows, dimension)
            elif dimension.path:
                rows = dimension.narrow(rows, value)
            elif value == NONE:
                placed = self.source(question.within(every_town()))
                rows = rows.exclude(pk__in=placed.values("pk"))
        return rows

    def _rest(self, rows: Rows, dimension: Dimension) -> Rows:
        """The rows that have a value, but none of those with the largest numbers."""
        if not dimension.is_open:
            raise UnansweredQuestion(f"{self.key} has no rest by {dimension.key}")
        valued = dimension.with_a_value(rows)
        numbers = valued.order_by().values(dimension.path).annotate(part_number=self.total)
        largest = numbers.order_by("-part_number", dimension.in_byte_order)[:LARGEST]
        return valued.exclude(**{f"{dimension.path}__in": largest.values(dimension.path)})

    def _placed(self, question: Question) -> Question:
        """Asked of a town itself when narrowed to one by a dimension that is asked that way."""
        for key, value in question.narrowed:
            if not self.dimension(key).path and value != NONE:
                return question.within(town_coded(value))
        return question

    def value(self, question: Question) -> Value:
        """The number: the count, or the sum, of exactly ``rows(question)``."""
        total = self.rows(question).order_by().aggregate(number=self.total)["number"]
        return self.number(total)

    @property
    def total(self) -> Any:
        """What adds the rows up, as an aggregate."""
        counted: Any = Sum(self.measure) if self.measure else Count("pk")
        return Coalesce(Cast(counted, AMOUNT), Decimal(0), output_field=AMOUNT)

    @staticmethod
    def number(total: Decimal | None) -> Value:
        """The sum as it is shown: whole when it is whole."""
        if total is None:
            return 0
        return int(total) if total == total.to_integral_value() else total

    def dimension(self, key: str) -> Dimension:
        try:
            return self.dimensions[key]
        except KeyError:
            raise UnansweredQuestion(f"{self.key} has no dimension {key}") from None

    def definition_for(self, question: Question) -> str:
        """The 口径 with the days and sets now in force."""
        return self.definition_under(question.rules)

    def definition_under(self, rules: Rules) -> str:
        """The 口径 under a set of rules."""
        words = str(self.definition)
        if "{" not in words:
            return words
        return words.format(rules=rules, council=council_words(rules.council))

    def title_under(self, rules: Rules) -> str:
        """The name in the reader's language: the administrator's, or the built-in one."""
        own = rules.settings.get(self.key)
        is_chinese = (get_language() or "zh").startswith("zh")
        named = (own.title if is_chinese else own.title_en) if own else ""
        return named or str(self.title)

    def rows_url(self, question: Question) -> str:
        """The page that lists the rows."""
        return f"{_address_of(self.key)}?{question.query}"


@cache
def _address_of(key: str) -> str:
    """The page of a figure: a dashboard links it some hundred times."""
    return reverse("summaries:figure_rows", args=[key])


def council_words(positions: Iterable[str]) -> str:
    """The positions of 理事以上 in the order of the ladder: 会长、执行会长…"""
    chosen = set(positions)
    return _("、").join(str(position.label) for position in Position if position in chosen)
