"""A summary leaves out what an administrator hides, and its sentences stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.periods import Period
from summaries.clauses import figure_of
from summaries.content import write_document
from summaries.figures.questions import Rules
from summaries.gathering import gather
from summaries.writers.document import SummaryDocument
from tests.summaries.random_district import RandomDistrict

pytestmark = pytest.mark.django_db
BROKEN = re.compile(
    "，，|；；|。。|[，；：、][。；，]|^[，；。]|[{}]|截至[^，]*，[^，。]*。$", re.MULTILINE
)


@pytest.mark.parametrize("place", ["district", "town"])
def test_a_summary_reads_well_whichever_figures_are_hidden(place: str) -> None:
    """Each figure alone, then more and more of them, in the end all."""
    made = RandomDistrict(41)
    whole = gather(
        kind="monthly",
        period=Period.parse("2023-06"),
        town=made.towns[0] if place == "town" else None,
        rules=Rules(),
        written_on=date(2023, 7, 1),
    )
    keys = sorted({figure_of(key) for key in whole.figures})
    shown = {figure_of(one.key) for one in write_document(whole).figures}
    assert {"activities", "headcount", "members", "venues"} <= shown
    assert not BROKEN.search(text_of(write_document(whole)))
    several = [frozenset(keys[:count]) for count in range(0, len(keys), 4)]
    for hidden in (*(frozenset({key}) for key in keys), *several, frozenset(keys)):
        document = write_document(replace(whole, hidden=hidden))
        stated = {figure_of(one.key) for one in document.figures}
        assert not stated & hidden, (hidden, stated & hidden)
        found = BROKEN.search(text_of(document))
        assert not found, (hidden, text_of(document))


def text_of(document: SummaryDocument) -> str:
    """All sentences, a line each."""

    def told(sections: Any) -> Iterator[str]:
        for section in sections:
            yield from map(words, section.paragraphs)
            yield from told(section.sections)

    def words(paragraph: Any) -> str:
        return "".join(run.text for run in paragraph.runs)

    return "\n".join([words(document.lead), *told(document.sections)])
