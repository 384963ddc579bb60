"""Cells of tables as HTML, a row at a time: a page may show several hundred of them."""

from __future__ import annotations

from html import escape

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from core.charts import Chart
from core.parts import NOTHING, Cell, MatrixRow, Spark, Text


def cells_of(row: MatrixRow) -> SafeString:
    """A ``td`` for each cell: words, a link, or a state that is read aloud as it is meant."""
    return mark_safe("".join(_cell(cell) for cell in row.cells))  # noqa: S308 - escaped below


def twin_of(chart: Chart) -> SafeString:
    """The rows of a chart's table twin: the label, and a number or a link for each series."""
    rows = (
        _row(row.label, "".join(f"<td>{_linked(cell.words, cell.url)}</td>" for cell in row.cells))
        for row in chart.rows
    )
    return mark_safe("".join(rows))  # noqa: S308 - escaped below


def points_of(spark: Spark) -> SafeString:
    """The rows of a small course: each point with its number."""
    rows = (_row(one.label, f"<td>{_linked(one.words, one.url)}</td>") for one in spark.points)
    return mark_safe("".join(rows))  # noqa: S308 - escaped below


def _row(label: Text, cells: str) -> str:
    return f'<tr><th scope="row">{_escaped(label)}</th>{cells}</tr>'


def _cell(cell: Cell) -> str:
    nothing = ' class="is-nothing"' if cell.words == NOTHING else ""
    return f"<td{nothing}>{_content(cell)}</td>"


def _content(cell: Cell) -> str:
    if not cell.tone:
        return _linked(cell.words, cell.url)
    words = _escaped(cell.words)
    if cell.meaning:
        meaning = f'<span class="visually-hidden">{_escaped(cell.meaning)}</span>'
        words = f'<span aria-hidden="true">{words}</span>{meaning}'
    tag, goal = ("a", f' href="{escape(cell.url)}"') if cell.url else ("span", "")
    return f'<{tag} class="state is-cell state-{cell.tone}"{goal}>{words}</{tag}>'


def _linked(words: Text, url: str) -> str:
    return f'<a class="num" href="{escape(url)}">{_escaped(words)}</a>' if url else _escaped(words)


def _escaped(words: Text) -> str:
    """Plain words are most of what there is; what may be safe already is told apart."""
    return conditional_escape(words) if isinstance(words, SafeString) else escape(str(words))
