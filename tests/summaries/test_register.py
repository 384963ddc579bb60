"""docs/figures.md is made of the figures and is current; every figure is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.refusals import Rule
from summaries import rules
from summaries.figures.catalogue import FIGURES, figure
from summaries.figures.figure import Figure, Listing, UnansweredQuestion
from summaries.figures.questions import Rules
from summaries.figures.register import as_markdown
from summaries.listings import LISTINGS

DOCUMENT = Path(__file__).parents[2] / "docs" / "figures.md"
RULES = DOCUMENT.with_name("rules.md")
FROM_THE_START = {
    "towns", "villages", "villages_staffed", "chambers", "venues", "venue_area", "activities",
    "venue_activities", "headcount", "donations", "members", "council_enterprises", "honours",
}  # fmt: skip


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text("utf-8") == as_markdown(), (
        "run: ./run manage figures --markdown > docs/figures.md"
    )


def test_the_list_of_rules_is_the_one_in_the_code() -> None:
    listed = re.findall(r"^\| (SUM-\d+) \| (.+) \|$", RULES.read_text("utf-8"), re.MULTILINE)
    coded = [rule for rule in vars(rules).values() if isinstance(rule, Rule)]
    assert listed == [(rule.code, str(rule.words)) for rule in coded]


@pytest.mark.parametrize("one", FIGURES.values(), ids=FIGURES)
def test_what_a_figure_names_is_there(one: Figure) -> None:
    assert not one.whole or set(FIGURES[one.whole].scopes) >= set(one.scopes)
    for dimension in one.dimensions.values():
        assert not dimension.overlapping or dimension.overlapping in FIGURES
        assert dimension.overlap is None or not str(dimension.overlap).endswith("。")


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
