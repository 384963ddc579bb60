"""Office lists of many kinds, written down as text, against their truth."""

from collections.abc import Callable, Iterator

import pytest

from imports.reading.inspect import Inspection, inspect_file
from tests.imports.samples.awkward import Awkward
from tests.imports.samples.binary import xls, xlsb
from tests.imports.samples.listed import lists
from tests.imports.samples.writers import ods, xml_table

pytestmark = pytest.mark.usefixtures("reads_here")

CASES = list(lists())


@pytest.fixture(scope="module")
def inspections(reads_here: None) -> dict[str, Inspection]:
    return {case.name: _read(case) for case in CASES}


def _read(case: Awkward) -> Inspection:
    return inspect_file(case.content, case.file_name, case.plan, case.towns)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_list_is_read_as_a_careful_clerk_would(
    case: Awkward, inspections: dict[str, Inspection]
) -> None:
    assert list(_differences(case, inspections[case.name])) == []


@pytest.mark.parametrize("write", [xls, xlsb, ods, xml_table])
def test_the_kind_of_file_makes_no_difference(write: Callable[..., bytes]) -> None:
    wrong = {
        case.name: found
        for case in [*lists(write)][::4]
        if (found := list(_differences(case, _read(case))))
    }
    assert wrong == {}


def test_share_of_cells_and_lists_fully_right_is_all(
    inspections: dict[str, Inspection], capsys: pytest.CaptureFixture[str]
) -> None:
    cells = sum(len(v) for case in CASES for truth in case.truths for v in truth.rows.values())
    wrong = {case.name: list(_differences(case, inspections[case.name])) for case in CASES}
    right_cells = cells - sum(map(len, wrong.values()))
    right_files = sum(not found for found in wrong.values())
    with capsys.disabled():
        print(  # noqa: T201 - the figure is asked for
            f"\noffice lists: {right_files} of {len(CASES)} files,"
            f" {right_cells} of {cells} cells right"
        )
    assert len(CASES) >= 80
    assert (right_files, right_cells) == (len(CASES), cells)


def _differences(case: Awkward, inspection: Inspection) -> Iterator[str]:
    """Every field that is missing, wrong or too many; every row that is no record or should be."""
    if len(inspection.tables) != len(case.truths):
        yield f"{len(inspection.tables)} tables, not {len(case.truths)}"
        return
    for table, truth in zip(inspection.tables, case.truths, strict=True):
        head = (table.table.sheet, table.table.header_row, table.plan.name, table.left_out)
        if head != (truth.sheet, truth.header_row, truth.plan, list(truth.left_out)):
            yield f"table {head}"
        rows = {row.number: row.values for row in table.rows()}
        if list(rows) != list(truth.rows):
            yield f"rows {list(rows)}, not {list(truth.rows)}"
            continue
        for number, wanted in truth.rows.items():
            found = {name: value for name, value in rows[number].items() if name != "note"}
            names = sorted(n for n in {*found, *wanted} if found.get(n) != wanted.get(n))
            yield from (f"{number} {n}: {found.get(n)!r}, not {wanted.get(n)!r}" for n in names)
