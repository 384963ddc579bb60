"""A document kept as JSON comes back as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from summaries.documents import content_as_json, document_from_json, figures_as_json
from summaries.writers.document import SummaryDocument
from tests.summaries.half_year import SITE, half_year_document

# What a later issue prints on paper, and no summary of ours has yet.
NOT_KEPT: dict[str, Any] = {"addressees": (), "signed_by": "", "imprint": None}


def test_a_document_comes_back_as_it_was_kept() -> None:
    document: SummaryDocument = replace(half_year_document(), **NOT_KEPT)
    content = json.loads(json.dumps(content_as_json(document)))
    figures = json.loads(json.dumps(figures_as_json(document)))
    assert document_from_json(content, figures, site_url=SITE) == document


def test_figures_are_kept_with_their_definitions() -> None:
    kept = figures_as_json(half_year_document())
    assert all(figure["definition"] and figure["rows_url"] for figure in kept)
    assert {type(figure["value"]) for figure in kept} == {int, dict}
