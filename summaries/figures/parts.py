"""A figure in its parts: by town, month, kind. Each part opens its rows; what they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.parts import number_words
from core.periods import Period
from summaries.figures.answers import Answer, Asked
from summaries.figures.catalogue import figure as find_figure
from summaries.figures.dimensions import MONTH
from summaries.figures.dimensions import towns as visible_towns
from summaries.figures.figure import LARGEST, NONE, REST, Dimension, Figure, Value
from summaries.figures.questions import Question
from summaries.figures.scopes import of_town
from towns.models import Town

TOWN = "town"
SPLIT, NO_TOWN = "parts", "part none"  # the names of questions, beside one for each town


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its value ("none" for rows that have none), its words, number and address."""

    value: str
    words: str
    number: Value
    url: str


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts of a number, in the order of their dimension."""

    figure: Figure
    question: Question
    dimension: Dimension
    parts: Sequence[Part]
    whole: Value

    @property
    def shown(self) -> Sequence[Part]:
        """The parts one by one, in their order; of very many values the largest, the others as one.

        Rows without a value stay a part of their own.
        """
        valued = [part for part in self.parts if part.value != NONE]
        if not self.dimension.is_open or len(valued) <= LARGEST:
            return self.parts
        by_size = sorted(valued, key=lambda part: (-part.number, part.value))
        rest = {part.value for part in by_size[LARGEST:]}
        kept = [part for part in valued if part.value not in rest]
        blank = [part for part in self.parts if part.value == NONE]
        return [*kept, self._together(by_size[LARGEST:]), *blank]

    def _together(self, others: Sequence[Part]) -> Part:
        number = Figure.number(sum((Decimal(part.number) for part in others), Decimal(0)))
        url = self.figure.rows_url(self.question.only(self.dimension.key, REST))
        return Part(REST, _("其余 %(count)s 项") % {"count": len(others)}, number, url)

    @property
    def total(self) -> Value:
        """What the parts add up to."""
        return Figure.number(sum((Decimal(part.number) for part in self.parts), Decimal(0)))

    @property
    def surplus(self) -> Value:
        """By how much the parts exceed the whole; 0 where they must add up."""
        return Figure.number(Decimal(self.total) - Decimal(self.whole))

    @property
    def surplus_words(self) -> str:
        """Why the parts add up to more, with the difference named; "" when they do not."""
        if not self.surplus:
            return ""
        return _("各部分合计 %(total)s %(unit)s，比总数多 %(surplus)s：%(why)s。") % {
            "total": number_words(self.total),
            "unit": self.figure.unit,
            "surplus": number_words(self.surplus),
            "why": self.dimension.overlap,
        }

    @property
    def surplus_url(self) -> str:
        """The rows that stand in several parts, where a figure lists them."""
        if not (self.surplus and self.dimension.overlapping):
            return ""
        repeated = find_figure(self.dimension.overlapping)
        return repeated.rows_url(self.question)


def dimensions_of(figure: Figure, question: Question) -> list[Dimension]:
    """The ways this number can be split: a town only of the district, and none it is narrowed to.

    A month is none while the period lies within one. The rest of many values is not split: within
    each part other values would be the rest.
    """
    narrowed = dict(question.narrowed)
    if question.is_narrowed_to(REST):
        return []
    return [
        dimension
        for key, dimension in figure.dimensions.items()
        if key not in narrowed
        and (key != TOWN or question.scope.is_district)
        and (key != MONTH or len(_months(question)) > 1)
    ]


def towns_of(question: Question) -> list[Town]:
    """The towns a number may be split by, in official order, those that are no more as well."""
    towns = list(Town.objects.visible_to(question.user).in_official_order())
    question.offered[visible_towns] = {town.code: town.name for town in towns}
    return towns


def asked_parts(
    figure: Figure, question: Question, dimension: Dimension, towns: Iterable[Town]
) -> dict[str, Asked]:
    """What has to be asked for the parts, to be answered together with the rest of a page."""
    if dimension.path:
        return {SPLIT: Asked(figure, question, (dimension.key,))}
    return {
        NO_TOWN: Asked(figure, question.only(TOWN, NONE)),
        **{f"part {town.code}": Asked(figure, question.within(of_town(town))) for town in towns},
    }


def parts_of(
    figure: Figure,
    question: Question,
    dimension: Dimension,
    towns: Sequence[Town],
    answered: Mapping[str, Answer],
    whole: Value,
) -> Parts:
    """The parts out of the answers to ``asked_parts``; ``whole`` is the number they divide."""
    numbers = dict(_numbers(dimension, towns, answered))
    if dimension.key == MONTH:
        found = _by_month(figure, question, numbers)
    elif dimension.key == TOWN:
        found = _by_town(figure, question, towns, numbers)
    else:
        found = _by_value(figure, question, dimension, numbers)
    return Parts(figure, question, dimension, tuple(found), whole)


def _numbers(
    dimension: Dimension, towns: Iterable[Town], answered: Mapping[str, Answer]
) -> Iterator[tuple[str, Value]]:
    if dimension.path:
        for (value,), number in answered[SPLIT].parts.items():
            yield value, number
        return
    yield NONE, answered[NO_TOWN].value
    for town in towns:
        yield town.code, answered[f"part {town.code}"].value


def _months(question: Question) -> list[Period]:
    return list(question.days.each_month()) if question.days else []


def _by_month(figure: Figure, question: Question, numbers: Mapping[str, Value]) -> Iterator[Part]:
    """Every month, as far as the period reaches into it; its rows are those of a period."""
    for month in _months(question):
        start, end = max(month.start, question.period.start), min(month.end, question.period.end)
        words = date_format(month.start, _("Y年n月"))
        number = numbers.get(str(month), 0)
        url = figure.rows_url(question.during(Period(start, end)))
        yield Part(str(month), words, number, url)


def _by_town(
    figure: Figure, question: Question, towns: Iterable[Town], numbers: Mapping[str, Value]
) -> Iterator[Part]:
    """The towns of the day in official order, with none too; others only where they have rows."""
    for town in towns:
        number = numbers.get(town.code, 0)
        if number or _stands(town, question):
            url = figure.rows_url(question.within(of_town(town)))
            yield Part(town.code, town.name, number, url)
    if numbers.get(NONE):
        url = figure.rows_url(question.only(TOWN, NONE))
        yield Part(NONE, _("区级（不属于街镇）"), numbers[NONE], url)


def _stands(town: Town, question: Question) -> bool:
    opened, closed, day = town.opened_on, town.closed_on, question.day
    return (opened is None or opened <= day) and (closed is None or closed > day)


def _by_value(
    figure: Figure, question: Question, dimension: Dimension, numbers: Mapping[str, Value]
) -> Iterator[Part]:
    words = dict(question.choices(dimension.choices))
    unseen = [value for value in numbers if value not in words and value not in {NONE, ""}]
    if unseen and dimension.named:
        words |= dimension.named(unseen)
    others = {value: value for value in unseen if value not in words}
    for value, label in {**words, **others, NONE: _("未填")}.items():
        number = numbers.get(value, 0)
        if number or not (dimension.is_open or value == NONE):
            yield Part(value, label, number, figure.rows_url(question.only(dimension.key, value)))
