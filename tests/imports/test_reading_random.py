"""Rosters invented by chance are understood: header, columns, records, personal columns."""

import pytest

from imports.reading.table import Wanted
from imports.reading.tables import find_tables
from imports.reading.vocabulary import PLANS
from tests.imports.samples.random_lists import invent_list
from tests.imports.samples.random_rosters import invent

WANTED = Wanted(tuple(PLANS.values()))


@pytest.mark.parametrize("first", range(0, 400, 50))
def test_rosters_of_any_words_order_and_clutter_are_understood(first: int) -> None:
    for seed in range(first, first + 50):
        roster = invent(seed)
        tables = find_tables(roster.grid, WANTED)
        assert len(tables) == 1, seed
        (table,) = tables
        found = {name: table.fields.get(name) for name in roster.places}
        assert (table.plan, table.header_row) == ("members", roster.header_row), seed
        assert table.rows == roster.records, seed
        assert found == roster.places, seed
        assert len(table.left_out) == len(roster.personal), seed


@pytest.mark.parametrize("first", range(0, 400, 50))
def test_lists_of_every_other_plan_are_understood(first: int) -> None:
    for seed in range(first, first + 50):
        plan, invented = invent_list(seed)
        (table,) = find_tables(invented.grid, WANTED)
        assert (table.plan, table.header_row) == (plan, invented.header_row), seed
        assert table.rows == invented.records, seed
        assert table.fields == invented.places, seed
