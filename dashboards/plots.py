"""Charts and matrices of a dashboard; every point, bar and cell opens its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.charts import Chart, Part, Series, bars
from core.parts import NOTHING, Cell, Matrix, MatrixRow, Tone, number_words
from core.periods import Period
from dashboards.asked import Numbers
from dashboards.queries import Listed
from summaries.figures.activities import ACTIVITIES
from summaries.figures.answers import Answer
from summaries.figures.figure import Value
from summaries.figures.questions import Question
from summaries.figures.scopes import of_town
from towns.models import Brand, Town


def by_month(numbers: Numbers) -> Chart:
    """Activities month by month, the same months a year earlier beside them."""
    months = numbers.months
    earlier = [month.year_before() for month in months]
    now, before = numbers["by month"], numbers["by month before"]
    return Chart(
        key="months",
        kind="bars",
        title=_("活动，按月"),
        unit=_("场"),
        axis_label=_("月份"),
        categories=[month_words(month, months) for month in months],
        series=[
            _series(before, earlier, _year(earlier, _("上年同期")), "compared"),
            _series(now, months, _year(months, _("本期")), "main"),
        ],
        note=_("上年同期按相同的日期计。"),
    )


def _spans(months: Sequence[Period]) -> bool:
    """Whether the months lie in more than one year."""
    return months[0].start.year != months[-1].start.year


def _year(months: Sequence[Period], otherwise: str) -> str:
    """The year they lie in, as the name of a series."""
    return otherwise if _spans(months) else str(months[0].start.year)


def month_words(month: Period, months: Sequence[Period]) -> str:
    """5月; with its year at the first month shown and at each January when years change."""
    if _spans(months) and (month == months[0] or month.start.month == 1):
        return month.words
    return date_format(month.start, _("n月"))


def _series(answer: Answer, months: Sequence[Period], name: str, part: Part) -> Series:
    question = answer.asked.question
    return Series(
        name=name,
        values=[answer.part(str(month)) for month in months],
        urls=[ACTIVITIES.rows_url(question.during(month)) for month in months],
        part=part,
    )


def by_kind(numbers: Numbers, kinds: Iterable[Listed]) -> Chart:
    """Activities by kind, in the order the administrator keeps them; kinds without any left out."""
    answer = numbers["by kind"]
    shown = [kind for kind in kinds if answer.part(kind.code)]
    return bars(
        key="kinds",
        title=_("活动，按类型"),
        unit=_("场"),
        axis_label=_("活动类型"),
        categories=[kind.name for kind in shown],
        values=[answer.part(kind.code) for kind in shown],
        urls=[answer.asked.url(kind=kind.code) for kind in shown],
    )


def towns_by_month(numbers: Numbers, towns: Iterable[Town]) -> Matrix:
    """Each town's activities by month, in official order, and itself a year before. No ranking."""
    months = numbers.months
    return Matrix(
        caption=_("各街镇活动，按月"),
        corner=_("街镇"),
        columns=[
            *(month_words(month, months) for month in months),
            _("合计"),
            _("去年同期"),
            _("增减"),
        ],
        rows=[_town_row(numbers, town, months) for town in towns],
    )


def _town_row(numbers: Numbers, town: Town, months: Sequence[Period]) -> MatrixRow:
    monthly, whole, before = (
        numbers["by town and month"],
        numbers["by town"],
        numbers["by town before"],
    )
    there = numbers.course.within(of_town(town))
    change = whole.part(town.code) - before.part(town.code)
    cells = [
        number_cell(monthly.part(town.code, str(month)), there.during(month)) for month in months
    ]
    earlier = numbers.course.year_before().within(of_town(town))
    return MatrixRow(
        label=town.name,
        url=town_url(town, numbers.narrowed),
        cells=[
            *cells,
            number_cell(whole.part(town.code), there),
            number_cell(before.part(town.code), earlier),
            Cell(f"+{change}" if change > 0 else number_words(change)),
        ],
    )


def number_cell(count: Value, question: Question) -> Cell:
    """A count of activities that opens its rows; a dash for none."""
    if not count:
        return Cell(NOTHING)
    return Cell(number_words(count), url=ACTIVITIES.rows_url(question))


def town_url(town: Town, question: Question) -> str:
    """The town's page over the same period, as of the same day, of the same activities."""
    return f"{reverse('dashboards:town_page', args=[town.code])}?{page_query(question)}"


def page_query(question: Question, *, without: str = "") -> str:
    """What a dashboard's address holds of a question; ``without`` drops one of its filters."""
    asked = [("period", str(question.period)), ("as_of", question.as_of.isoformat())]
    asked += [one for one in question.narrowed if one[0] != without]
    return urlencode(asked, safe=":,")


def brands_by_field(
    numbers: Numbers,
    towns: Iterable[Town],
    fields: Sequence[Listed],
    brands: Iterable[Brand],
) -> Matrix:
    """Town × field; an empty cell is a dash, a brand long without an activity is marked ○."""
    found: dict[tuple[int, int], list[Brand]] = {}
    for brand in brands:
        found.setdefault((brand.town_id, brand.field_id), []).append(brand)
    lately = numbers["by brand lately"]
    return Matrix(
        caption=_("各街镇在各领域的品牌"),
        corner=_("街镇"),
        columns=[field.name for field in fields],
        rows=[
            MatrixRow(
                label=town.name,
                url=town_url(town, numbers.narrowed),
                cells=[_brand_cell(found.get((town.pk, field.pk), []), lately) for field in fields],
            )
            for town in towns
        ],
    )


def _brand_cell(brands: Sequence[Brand], lately: Answer) -> Cell:
    if not brands:
        return Cell(NOTHING, meaning=_("没有品牌"))
    grey = [brand for brand in brands if not lately.part(str(brand.pk))]
    words = _("、").join(f"○{brand}" if brand in grey else str(brand) for brand in brands)
    url = brand_url(brands[0])
    if len(grey) == len(brands):
        return Cell(words, tone=Tone.GREY, url=url, meaning=_("%(names)s，沉寂") % {"names": words})
    return Cell(words, url=url)


def brand_url(brand: Brand) -> str:
    return reverse("towns:show_brand", args=[brand.pk])
