"""docs/figures.md: every figure with its 口径, made of the figures themselves."""

# ruff: noqa: E501 - rows of tables

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation

from summaries.figures.catalogue import FIGURES
from summaries.figures.figure import Figure
from summaries.figures.questions import Rules
from summaries.figures.scopes import ScopeKind

HEAD = """# Figures

Made by `./run manage figures --markdown > docs/figures.md`; a test fails when this page is not
current. One figure has one definition (口径): its rows are a queryset, its value is the count or
the sum of exactly those rows, and every number on a page opens them at `/figures/<key>/`.

- 期间发生数 counts what happened from the first day of the period to its last day or the as-of
  day, whichever comes first; 截至当日数 counts what stood on that day; 此刻数 what waits now.
- Days are the district's days. A row counts from its first day on, and no longer on the day it
  ends.
- Days and positions in the definitions are the defaults; an administrator sets them at
  `/figures/rules/edit/` (assumed, found in no standard). All numbers, of earlier periods too, are
  counted by what is set now, so that they can be compared; the page of a figure says since when
  and what was changed, and a summary keeps what it was written with.
- An administrator gives a figure other names, hides it or moves it at `/figures/<key>/edit/`; the
  key, the rows and the address stay.
- What ended, joined, was awarded or changed position after a day does not change an answer for that
  day. A correction of the past does: a chamber or venue whose town is set right counts in that town
  for all days, except that past activities stay in the towns that took part.
- Every reader sees the figures of the rows that the reader may see.

## What a number is compared with

| 比较 | 期间发生数 | 截至当日数 |
|---|---|---|
| 同比 | the same days a year earlier | the same day a year earlier |
| 环比 | the period before; while the period runs, as many of its days as have passed | the same day in the period before, or its last day |
| 今年以来 | 1 January to the as-of day | 比年初: 31 December of the year before |

- Whole months are set beside whole months, however long: February with its 29 days beside one of
  28. A running month is compared day for day: 1 to 27 May with 1 to 27 April; 1 to 30 March with
  the whole of February. A running quarter, half or year goes back the same way, by its months.
- 29 February is compared with 28 February. A span of days goes back by its own length.
- For a whole year the period before is the year before, and stands once.
- No percentage is taken of a base of 0, or of one below the least base (10, assumed; an
  administrator sets it): the difference is said in words instead.
- What waits now has no earlier number.

## What adds up

Parts by kind, mode, brand, venue, month, level and industry add up to the number; rows without the
value stand under 未填. Parts by town add up unless a row belongs to several towns: the page then
says by how much the sum exceeds the number, and why.

"""
GAPS = """
## Where a combination has no meaning

- Chambers, members, honours and enterprises have no venue or brand; villages, posts and units lie
  in a town and belong to no chamber; the register of enterprises of a chamber is its 会员企业.
- Zones, area and idleness are of venues: a brand has none. A venue's members are its chamber's.
- Brands belong to towns: of a chamber or a venue their activities are counted, split by brand.
- What waits for review is somebody's work: it is counted for the district and for towns.
- 街镇 as a figure is the district's list; for a town it says only whether it stands.

## What cannot be answered yet

The default list also names figures of things that no table holds yet. They are not shown, rather
than shown as 0.

| figures | waits for |
|---|---|
| projects on schedule %, closed on time % | projects with steps and dates |
| leads by stage, landed amount | leads with their referrers |
| requests answered %, satisfied % | requests of enterprises |
| towns that reported on time, late, nil, missing | reports with their due dates |
"""
WIDEST_FIRST = tuple(ScopeKind)


def as_markdown() -> str:
    """The page, in the words an official reads."""
    with translation.override("zh-hans"):
        return HEAD + "\n".join(_lines()) + GAPS


def _lines() -> Iterator[str]:
    scopes = " | ".join(str(kind.words) for kind in WIDEST_FIRST)
    yield "## All figures"
    yield ""
    yield f"| key | 指标 | 单位 | 性质 | 口径 | 合计方式 | 总数 | {scopes} | 可分 |"
    yield "|---|---|---|---|---|---|---|" + "---|" * len(WIDEST_FIRST) + "---|"
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
        str(FIGURES[figure.whole].title) if figure.whole else "—",
        *("有" if kind in figure.scopes else "—" for kind in WIDEST_FIRST),
        "、".join(str(dimension.title) for dimension in figure.dimensions.values()) or "—",
    )
    return f"| {' | '.join(cells)} |"
