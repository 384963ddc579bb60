"""The measure of imports measures what it says: the same valid rows for every contender."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from bench.importing.roster import HEADERS, TITLE_ROWS, credit_code, members, write_roster
from bench.importing.sampling import Sampler
from core.credit_code import check

measure: Any = import_module("bench.import")
PHASES = ("preview", "commit", "undo")


def test_every_firm_of_the_roster_is_another_with_a_valid_code() -> None:
    firms = list(members(3_000, first=149_000))
    assert len({firm[0] for firm in firms}) == len({firm[1] for firm in firms}) == 3_000
    for number in (0, 7, 99_999, 150_004):
        assert check(credit_code(number)) is None


def test_the_roster_has_its_header_under_the_title(tmp_path: Path) -> None:
    write_roster(tmp_path / "r.xlsx", 3)
    with (tmp_path / "r.xlsx").open("rb") as file:
        rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert tuple(rows[TITLE_ROWS]) == HEADERS
    assert len(rows) == TITLE_ROWS + 1 + 3


def phase(seconds: float) -> dict[str, Any]:
    return {"seconds": seconds, "parts": {"write": seconds}}


def test_the_figures_are_medians_and_ratios_and_say_when_they_were_reckoned() -> None:
    ours = [{name: phase(number) for name in PHASES} for number in (1.0, 2.0, 9.0)]
    parts = {"read": 0.1, "validate": 0.1, "copy": 0.3, "history": 0.1}
    stock = {"seconds": 50.0, "alone": 30.0, "rows": 10_000}
    weighed = {"preview": {"process": 289, "reading": 213}, "undo": {"process": 301}}
    told = measure._figures(20_000, ours, [{"seconds": 0.5, **parts}], stock, weighed)
    assert (told["preview_s"], told["commit_s"], told["undo_s"]) == (2.0, 2.0, 2.0)
    assert (told["stock_s"], told["times_faster_than_stock"]) == (100.0, 25.0)
    assert told["times_faster_enterprises_alone"] == 15.0
    assert told["ratio_to_limit"] == 8.0
    assert told["goals"] == {
        "times_faster_than_stock": "met: 25.0, at least 25",
        "ratio_to_limit": "NOT MET: 8.0, at most 6",
        "undo_to_commit": "met: 1.0, at most 1",
        "peak_mb": "NOT MET: 301, at most 300",
    }
    assert "reckoned from 10,000 rows" in told["stock_is"]


def test_the_stack_is_told_apart_by_what_is_at_work() -> None:
    with Sampler() as sampler:
        sum(number * number for number in range(3_000_000))
    seconds = sampler.seconds(1.0)
    assert set(seconds) == {"other"}
    assert seconds["other"] == pytest.approx(1.0)
