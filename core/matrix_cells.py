"""The cells of a matrix as HTML, a row at a time: a page may show several hundred of them."""

from __future__ import annotations

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core.parts import NOTHING, Cell, MatrixRow

IN_TONE = '<{tag} class="state is-cell state-{tone}"{goal}>{words}</{tag}>'
MEANT = '<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>'
LINKED = '<a class="num" href="{}">{}</a>'


def cells_of(row: MatrixRow) -> SafeString:
    """A ``td`` for each cell: words, a link, or a state that is read aloud as it is meant."""
    return mark_safe("".join(_cell(cell) for cell in row.cells))  # noqa: S308 - escaped below


def _cell(cell: Cell) -> str:
    nothing = ' class="is-nothing"' if cell.words == NOTHING else ""
    return f"<td{nothing}>{_content(cell)}</td>"


def _content(cell: Cell) -> SafeString:
    if cell.tone:
        words = format_html(MEANT, cell.words, cell.meaning) if cell.meaning else cell.words
        tag, goal = ("a", format_html(' href="{}"', cell.url)) if cell.url else ("span", "")
        return format_html(IN_TONE, tag=tag, tone=cell.tone, goal=goal, words=words)
    if cell.url:
        return format_html(LINKED, cell.url, cell.words)
    return conditional_escape(str(cell.words))
