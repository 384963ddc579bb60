"""A few rows of a large sheet are looked at without the others; merges and kinds stand right."""

from __future__ import annotations

import pytest

from imports.reading.grid import Book, Grid, Row
from imports.reading.kept import PIECE, look, pack, unpack
from imports.reading.messages import Refused
from imports.showing.sheets import ROWS_SHOWN, window

HEIGHT = 2 * PIECE + 5


def kept() -> bytes:
    rows: list[Row] = [[f"行{number}", number] for number in range(HEIGHT)]
    return pack(Book("csv", [Grid("一", [["甲"]]), Grid("二", rows)]), [], [])


def test_what_is_looked_at_is_what_stands_there() -> None:
    whole = unpack(kept())["sheets"][1]
    part = look(kept(), "二", 2 * PIECE, 2 * PIECE + ROWS_SHOWN)
    assert part is not None
    assert part["rows"][2 * PIECE :] == whole["rows"][2 * PIECE :]
    assert part["rows"][:PIECE] == whole["rows"][:PIECE]
    assert not any(part["rows"][PIECE : 2 * PIECE]), "these were not asked for"
    assert len(part["rows"]) == HEIGHT
    assert look(kept(), "三", 0, 1) is None


@pytest.mark.parametrize("damaged", [b"", b"x" * 40, kept()[:-30], kept()[:12]])
def test_damaged_cells_are_refused(damaged: bytes) -> None:
    with pytest.raises(Refused):
        unpack(damaged)


def test_a_merge_is_drawn_once_also_where_it_began_above() -> None:
    rows = [["镇", "村"], *(["", f"村{number}"] for number in range(40))]
    rows[1][0] = "华新镇"
    merges = [[1, 0, 40, 0]]
    sheet = {"rows": rows, "merges": merges, "left_out": [[0, 40, 1, "村", ""]]}
    shown = window(sheet, [], 31, [True, False])
    assert (shown.first, shown.last, shown.earlier, shown.later) == (31, 41, 1, 0)
    first, *others = (line.cells for line in shown.lines)
    assert (first[0].text, first[0].down, first[1].text) == ("华新镇", 11, "村29")
    assert all(len(cells) == 1 for cells in others)
    assert first[1].is_left_out
    assert first[1].is_unused


def test_rows_are_called_what_they_were_taken_for() -> None:
    sheet = {"rows": [["名册"], ["企业名称"], ["甲"], ["合计"]], "merges": [], "left_out": []}
    table = {
        "header_first": 2,
        "header_row": 2,
        "skipped": [[1, 1, "title", ""], [4, 4, "total", ""]],
    }
    shown = window(sheet, [table], 1, [True])
    assert [str(line.words) for line in shown.lines] == ["标题", "表头", "", "合计"]
