"""Nothing counts but figures: a dashboard that counts by itself would one day disagree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COUNTING = re.compile(r"\.count\(\)|\.aggregate\(|\b(?:Count|Sum|Avg)\(")
PAGES = sorted((ROOT / "dashboards").rglob("*.py"))


def test_there_are_pages_to_look_at() -> None:
    assert len(PAGES) > 10


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_dashboard_counts_nothing_by_itself(path: Path) -> None:
    assert not COUNTING.search(path.read_text("utf-8"))


def test_the_rule_notices_counting() -> None:
    assert COUNTING.search("Activity.objects.filter(town=town).count()")
    assert COUNTING.search("rows.aggregate(total=Sum('headcount'))")
