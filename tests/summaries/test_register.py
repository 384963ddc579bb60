"""docs/figures.md is made of the figures and is current; every figure is complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from summaries.figures.catalogue import FIGURES, figure
from summaries.figures.figure import Figure, Listing, UnansweredQuestion
from summaries.figures.questions import Rules
from summaries.figures.register import as_markdown
from summaries.listings import LISTINGS

DOCUMENT = Path(__file__).parents[2] / "docs" / "figures.md"
FROM_THE_START = {
    "towns", "villages", "villages_staffed", "chambers", "venues", "venue_area", "activities",
    "venue_activities", "headcount", "donations", "members", "council_enterprises", "honours",
}  # fmt: skip


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text("utf-8") == as_markdown(), (
        "run: ./run manage figures --markdown > docs/figures.md"
    )


def test_the_promised_figures_are_there() -> None:
    assert FIGURES.keys() >= FROM_THE_START
    with pytest.raises(UnansweredQuestion):
        figure("no_such_figure")


@pytest.mark.parametrize("one", FIGURES.values(), ids=FIGURES)
def test_a_figure_has_words_and_places(one: Figure) -> None:
    assert str(one.title)
    assert str(one.unit)
    assert one.definition_under(Rules()).endswith("。")
    assert "{" not in one.definition_under(Rules())
    assert one.scopes


@pytest.mark.parametrize("listing", Listing)
def test_everything_counted_has_a_table(listing: Listing) -> None:
    assert LISTINGS[listing].table.base_columns
