"""Charts as typed values: what the browser draws, the rows behind a point, and the table twin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.parts import Number, Text, number_words

Kind = Literal["bars", "stacked", "line", "heatmap"]
# How a series is drawn: this year in the accent, what it is compared with in sand; others in turn.
Part = Literal["main", "compared", "other"]

MONTHS_IN_A_YEAR = 12


class ChartError(ValueError):
    """A chart whose series do not fit its axis; the message names the series."""


@dataclass(frozen=True, slots=True)
class Series:
    """A row of values along the axis; None where nothing is known (which is not 0).

    ``urls`` open the rows behind each point, "" where there are none.
    """

    name: Text
    values: Sequence[Number | None]
    urls: Sequence[str] = ()
    part: Part = "other"

    def url(self, index: int) -> str:
        return self.urls[index] if self.urls else ""


@dataclass(frozen=True, slots=True)
class TwinCell:
    """A value of the table twin and the address of its rows."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class TwinRow:
    label: str
    cells: Sequence[TwinCell]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and its table twin, made of the same values.

    ``key`` is unique on its page. ``categories`` are the labels along the axis. ``unit`` follows
    the values in tooltips and heads. ``summary`` is the one sentence a screen reader hears.
    """

    key: str
    kind: Kind
    title: Text
    unit: Text
    categories: Sequence[Text]
    series: Sequence[Series]
    summary: Text = ""
    axis_label: Text = ""
    note: Text = ""

    def __post_init__(self) -> None:
        for series in self.series:
            sizes = {len(series.values), len(series.urls) or len(series.values)}
            if sizes != {len(self.categories)}:
                raise ChartError(
                    f"{self.key}: series {series.name} has {len(series.values)} values and "
                    f"{len(series.urls)} urls for {len(self.categories)} categories"
                )

    def as_json(self) -> dict[str, Any]:
        """What assets/js/charts.js reads from the page."""
        return {
            "kind": self.kind,
            "unit": str(self.unit),
            "categories": [str(category) for category in self.categories],
            "series": [
                {
                    "name": str(series.name),
                    "values": [_plain(value) for value in series.values],
                    "urls": list(series.urls),
                    "part": series.part,
                }
                for series in self.series
            ],
        }

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: no value but blanks and zeros."""
        return not any(value for series in self.series for value in series.values)

    @property
    def described(self) -> str:
        """The sentence read instead of the drawing."""
        return str(self.summary) or _("%(title)s，共 %(points)s 组数据，数值见表格。") % {
            "title": self.title,
            "points": len(self.categories),
        }

    @property
    def heads(self) -> list[str]:
        """The heads of the table twin: the axis, then each series."""
        return [str(self.axis_label), *(str(series.name) for series in self.series)]

    @property
    def rows(self) -> list[TwinRow]:
        """The rows of the table twin, one per category."""
        return [
            TwinRow(
                str(category),
                [TwinCell(number_words(series.values[i]), series.url(i)) for series in self.series],
            )
            for i, category in enumerate(self.categories)
        ]


def _plain(value: Number | None) -> int | float | None:
    return value if value is None or isinstance(value, int) else float(value)


def bars_by_month(
    *,
    key: str,
    title: Text,
    unit: Text,
    year: int,
    this_year: Sequence[Number | None],
    year_before: Sequence[Number | None] = (),
    rows_url: Callable[[int, int], str] | None = None,
    summary: Text = "",
) -> Chart:
    """Bars by month, the year before beside each one, up to the last month of ``this_year``.

    ``this_year`` starts with January and may end early; ``year_before`` may be longer, the rest is
    cut off so that both years cover the same months. ``rows_url(year, month)`` gives the list.

    Example::

        bars_by_month(key="activities", title=_("活动，按月"), unit=_("场"), year=2024,
                      this_year=[54, 40, 66, 73, 79], year_before=[46, 33, 59, 62, 78],
                      rows_url=lambda year, month: f"{activities}?period={year}-{month:02d}")
    """
    months = min(len(this_year), MONTHS_IN_A_YEAR)
    drawn = [_year_series(year, this_year[:months], rows_url, "main")]
    if year_before:
        before = [*year_before, *([None] * MONTHS_IN_A_YEAR)][:months]
        drawn.insert(0, _year_series(year - 1, before, rows_url, "compared"))
    return Chart(
        key=key,
        kind="bars",
        title=title,
        unit=unit,
        axis_label=_("月份"),
        categories=[date_format(date(year, month, 1), _("n月")) for month in range(1, months + 1)],
        series=drawn,
        summary=summary,
    )


def _year_series(
    year: int,
    values: Sequence[Number | None],
    rows_url: Callable[[int, int], str] | None,
    part: Part,
) -> Series:
    urls = [rows_url(year, month) for month in range(1, len(values) + 1)] if rows_url else []
    return Series(str(year), values, urls, part)


def bars(
    *,
    key: str,
    title: Text,
    unit: Text,
    categories: Sequence[Text],
    values: Sequence[Number | None],
    urls: Sequence[str] = (),
    axis_label: Text = "",
) -> Chart:
    """One value per category, in the order given."""
    series = Series(str(unit).strip() or title, values, urls, "main")
    return Chart(key, "bars", title, unit, categories, [series], axis_label=axis_label)


def stacked(
    *,
    key: str,
    title: Text,
    unit: Text,
    categories: Sequence[Text],
    series: Sequence[Series],
    axis_label: Text = "",
) -> Chart:
    """Parts of a whole per category: 商会会员 by position, activities by kind and month."""
    return Chart(key, "stacked", title, unit, categories, series, axis_label=axis_label)


def line(
    *,
    key: str,
    title: Text,
    unit: Text,
    categories: Sequence[Text],
    series: Sequence[Series],
    axis_label: Text = "",
) -> Chart:
    """A course over time; None breaks the line."""
    return Chart(key, "line", title, unit, categories, series, axis_label=axis_label)


def heatmap(
    *,
    key: str,
    title: Text,
    unit: Text,
    categories: Sequence[Text],
    series: Sequence[Series],
    axis_label: Text = "",
) -> Chart:
    """Many small counts at once: one series per row (towns), one category per column (months)."""
    return Chart(key, "heatmap", title, unit, categories, series, axis_label=axis_label)
