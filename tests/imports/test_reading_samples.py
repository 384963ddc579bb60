"""The five awkward rosters read as a careful clerk reads them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from imports.reading.inspect import Inspection, inspect_file

ROSTERS = Path(__file__).parent / "samples" / "rosters"
TRUTH: dict[str, dict[str, Any]] = json.loads((ROSTERS / "truth.json").read_text("utf-8"))


@cache
def read(name: str, plan: str | None = None) -> Inspection:
    return inspect_file(ROSTERS / TRUTH[name]["file"], plan=plan)


@pytest.mark.parametrize("plan", [None, "members"])
@pytest.mark.parametrize("name", TRUTH)
def test_every_record_is_read_as_the_truth_says(name: str, plan: str | None) -> None:
    found = read(name, plan).as_json()
    assert found["file"] == TRUTH[name]["file"]
    assert len(found["tables"]) == len(TRUTH[name]["tables"])
    for table, truth in zip(found["tables"], TRUTH[name]["tables"], strict=True):
        assert (table["sheet"], table["header_row"]) == (truth["sheet"], truth["header_row"])
        assert table["plan"] == TRUTH[name]["plan"]
        rows = {row["row"]: row["values"] for row in table["rows"]}
        assert list(rows) == [record["row"] for record in truth["records"]]
        for record in truth["records"]:
            told = {key: str(value) for key, value in record.items() if key != "row"}
            assert {key: rows[record["row"]][key] for key in told} == told


@pytest.mark.parametrize("name", TRUTH)
def test_something_is_said_of_just_the_rows_with_problems(name: str) -> None:
    expected = {int(row): field for row, field in TRUTH[name].get("problem_rows", {}).items()}
    (table,) = read(name).tables
    for row in table.rows():
        told = {p.field for p in row.problems if p.message.code != "credit_code_repaired"}
        assert told == ({expected[row.number]} if row.number in expected else set())


def test_a_repaired_code_appears_repaired_with_a_warning() -> None:
    (table,) = read("d_dirty_codes").tables
    row = next(r for r in table.rows() if r.number == 5)
    (problem,) = row.problems
    assert row.values["credit_code"] == "91310118MANW9UQG5Q"
    assert (problem.level, problem.address) == ("warning", "B5")
    assert problem.text().startswith("B5：信用代码“9131O118MANW9UQG5Q”")


@pytest.mark.parametrize("name", TRUTH)
def test_columns_of_personal_data_are_left_out_and_named(name: str) -> None:
    (table,) = read(name).tables
    assert table.left_out == TRUTH[name].get("left_out", [])


def test_the_answer_has_the_shape_of_the_command() -> None:
    (table,) = read("e_personal_columns").as_json()["tables"]
    assert set(table) == {"sheet", "plan", "header_row", "columns", "left_out", "rows"}
    assert table["columns"][0] == {"column": "A", "header": "企业名称", "field": "name"}
    assert set(table["rows"][0]) == {"row", "values", "problems"}
    (broken,) = read("d_dirty_codes").as_json()["tables"][0]["rows"][5]["problems"]
    assert set(broken) == {"field", "column", "level", "code", "message"}
    assert (broken["field"], broken["column"], broken["level"]) == ("credit_code", "B", "error")


def test_what_was_passed_over_is_told_in_words() -> None:
    (table,) = read("a_title_and_footer").tables
    assert table.sentences() == [
        "第1–2行是标题，已略过",
        "第34行“合计”不导入",
        "第35行是落款，不导入",
    ]
    assert table.sentences("en")[0] == "rows 1–2: title, left out"
