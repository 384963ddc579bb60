"""Charts: what the browser draws and what the table twin says are the same values."""

from __future__ import annotations

import json
import re

import pytest
from django.template import Context, Template

from core import charts
from core.charts import Chart, ChartError, Series


@pytest.fixture
def by_month() -> Chart:
    return charts.bars_by_month(
        key="activities",
        title="活动，按月",
        unit="场",
        year=2024,
        this_year=[54, 40, None],
        year_before=[46, 33, 59, 62],
        rows_url=lambda year, month: f"/activities/?period={year}-{month:02d}",
    )


def drawn(chart: Chart) -> str:
    return Template("{% load components %}{% chart chart %}").render(Context({"chart": chart}))


def test_the_year_before_stands_first_and_covers_the_same_months(by_month: Chart) -> None:
    spec = by_month.as_json()
    assert spec["categories"] == ["1月", "2月", "3月"]
    assert [(one["name"], one["values"]) for one in spec["series"]] == [
        ("2023", [46, 33, 59]),
        ("2024", [54, 40, None]),
    ]
    assert [one["part"] for one in spec["series"]] == ["compared", "main"]


def test_a_shorter_year_before_is_unknown_not_zero() -> None:
    chart = charts.bars_by_month(
        key="a", title="活动", unit="场", year=2024, this_year=[1, 2, 3], year_before=[1]
    )
    assert chart.series[0].values == [1, None, None]


def test_each_point_and_each_cell_of_the_twin_open_the_same_rows(by_month: Chart) -> None:
    for index, series in enumerate(by_month.as_json()["series"]):
        twin = [row.cells[index].url for row in by_month.rows]
        assert twin == series["urls"]
    assert by_month.rows[1].cells[1].url == "/activities/?period=2024-02"


def test_the_twin_says_what_the_chart_draws(by_month: Chart) -> None:
    assert by_month.heads == ["月份", "2023", "2024"]
    assert [(row.label, [cell.words for cell in row.cells]) for row in by_month.rows] == [
        ("1月", ["46", "54"]),
        ("2月", ["33", "40"]),
        ("3月", ["59", "—"]),
    ]


def test_series_that_do_not_fit_their_axis_are_refused() -> None:
    with pytest.raises(ChartError, match="towns: series 场 has 1 values"):
        charts.bars(key="towns", title="活动", unit="场", categories=["甲", "乙"], values=[1])
    with pytest.raises(ChartError, match="1 urls"):
        charts.bars(
            key="towns", title="活动", unit="场", categories=["甲", "乙"], values=[1, 2], urls=["/"]
        )


@pytest.mark.parametrize("kind", ["stacked", "line", "heatmap"])
def test_every_kind_carries_its_name_to_the_browser(kind: str) -> None:
    chart = getattr(charts, kind)(
        key=kind, title="活动", unit="场", categories=["1月"], series=[Series("甲", [1])]
    )
    assert chart.as_json()["kind"] == kind


def test_the_page_holds_the_chart_as_json_that_no_name_can_break_out_of() -> None:
    evil = "</script><script>alert(1)</script>"
    html = drawn(charts.bars(key="k", title=evil, unit="场", categories=[evil], values=[3]))
    assert "<script>alert" not in html
    blocks = re.findall(r'<script type="application/json">(.*?)</script>', html, re.S)
    assert len(blocks) == 1
    assert json.loads(blocks[0])["categories"] == [evil]


def test_a_chart_of_nothing_says_so_and_draws_nothing() -> None:
    html = drawn(charts.bars(key="k", title="活动", unit="场", categories=["1月"], values=[0]))
    assert "没有可以画出的数据" in html
    assert "data-chart" not in html


def test_the_drawing_has_a_name_for_those_who_cannot_see_it(by_month: Chart) -> None:
    assert 'role="img" aria-label="活动，按月，共 3 组数据，数值见表格。"' in drawn(by_month)
