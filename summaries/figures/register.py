"""docs/figures.md: every figure with its 口径, made of the figures themselves."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation

from summaries.figures.catalogue import FIGURES
from summaries.figures.figure import Figure
from summaries.figures.questions import Rules

HEAD = """# Figures

Made by `./run manage figures --markdown > docs/figures.md`; a test fails when this page is not
current. One figure has one definition (口径): its rows are a queryset, its value is the count or
the sum of exactly those rows, and every number on a page opens them at `/figures/<key>/`.

- 期间发生数 counts what happened from the first day of the period to its last day or the as-of
  day, whichever comes first; 截至当日数 counts what stood on that day; 此刻数 what waits now.
- Days are the district's days. A row counts from its first day on, and no longer on the day it
  ends.
- Days and positions in the definitions are the defaults; an administrator sets them at
  `/figures/rules/edit/` (assumed, found in no standard).
- Every reader sees the figures of the rows that the reader may see.

"""


def as_markdown() -> str:
    """The page, in the words an official reads."""
    with translation.override("zh-hans"):
        return HEAD + "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "| key | 指标 | 单位 | 性质 | 口径 | 合计方式 | 范围 | 可分 |"
    yield "|---|---|---|---|---|---|---|---|"
    yield from (_line(figure) for figure in FIGURES.values())
    yield ""


def _line(figure: Figure) -> str:
    summed = f"`{figure.measure}` 之和" if figure.measure else "记录数"
    cells = (
        f"`{figure.key}`",
        str(figure.title),
        str(figure.unit),
        str(figure.kind.words),
        figure.definition_under(Rules()),
        summed,
        "、".join(str(kind.words) for kind in sorted(figure.scopes, key=_widest_first)),
        "、".join(str(dimension.title) for dimension in figure.dimensions.values()) or "—",
    )
    return f"| {' | '.join(cells)} |"


def _widest_first(kind: object) -> int:
    return ("district", "town", "chamber", "venue", "brand").index(str(kind))
