"""Awkward sheets built from the quirks of real office files, against their truth."""

import pytest

from imports.reading.inspect import Inspection, inspect_file
from tests.imports.samples import awkward_public, awkward_shapes, awkward_values
from tests.imports.samples.awkward import BUILDERS, Awkward, Truth

pytestmark = pytest.mark.usefixtures("reads_here")

MODULES = (awkward_shapes, awkward_values, awkward_public)  # each registers its builders
CASES = [build() for build in BUILDERS]


def read(case: Awkward) -> Inspection:
    return inspect_file(case.content, case.file_name, case.plan, case.towns)


@pytest.fixture(scope="module")
def inspections(reads_here: None) -> dict[str, Inspection]:
    return {case.name: read(case) for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_awkward_sheet_is_read_as_a_careful_clerk_would(
    case: Awkward, inspections: dict[str, Inspection]
) -> None:
    assert list(_differences(case, inspections[case.name])) == []


def test_share_of_cells_and_files_fully_right_is_all(
    inspections: dict[str, Inspection], capsys: pytest.CaptureFixture[str]
) -> None:
    cells = sum(len(v) for case in CASES for truth in case.truths for v in truth.rows.values())
    wrong = {case.name: list(_differences(case, inspections[case.name])) for case in CASES}
    right_cells = cells - sum(len(found) for found in wrong.values())
    right_files = sum(not found for found in wrong.values())
    with capsys.disabled():
        print(  # noqa: T201 - the figure is asked for
            f"\nawkward sheets: {right_files} of {len(CASES)} files,"
            f" {right_cells} of {cells} cells right"
        )
    assert len(CASES) >= 40
    assert (right_files, right_cells) == (len(CASES), cells)


def _differences(case: Awkward, inspection: Inspection) -> list[str]:
    found: list[str] = []
    if len(inspection.tables) != len(case.truths):
        return [f"{len(inspection.tables)} tables, not {len(case.truths)}"]
    for table, truth in zip(inspection.tables, case.truths, strict=True):
        head = (table.table.sheet, table.table.header_row, table.plan.name, table.left_out)
        if head != (truth.sheet, truth.header_row, truth.plan, list(truth.left_out)):
            found.append(f"table {head}")
        rows = {row.number: row for row in table.rows()}
        if list(rows) != list(truth.rows):
            found.append(f"rows {list(rows)}, not {list(truth.rows)}")
            continue
        found += _wrong_cells(truth, {n: row.values for n, row in rows.items()})
        told = {(n, p.field) for n, r in rows.items() for p in r.problems if p.level != "notice"}
        found += [f"said of {place}" for place in sorted(told ^ truth.problems)]
    return found


def _wrong_cells(truth: Truth, rows: dict[int, dict[str, str | list[str]]]) -> list[str]:
    return [
        f"{number} {field}: {rows[number].get(field)!r}, not {value!r}"
        for number, values in truth.rows.items()
        for field, value in values.items()
        if rows[number].get(field) != value
    ]
