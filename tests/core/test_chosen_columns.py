"""Columns of a list: chosen in the address, in their order, on the page and in the export."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from accounts.models import User
from tests import factories
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db


def heads(client: Any, query: str) -> list[str]:
    table = client.get(f"/villages/?{query}").context["records"].table
    return [column.name for column in table.columns]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("columns=town,name,code", ["town", "name", "code"]),
        ("columns=name&columns=code", ["name", "code"]),
        ("columns=code,code", ["name", "code"]),
        ("columns=name,in_force", ["name", "in_force"]),
        ("columns=name,secret", ["name"]),
    ],
)
def test_the_address_says_which_columns_in_which_order(
    signed_in: SignedIn, officer: User, own_town: Town, query: str, shown: list[str]
) -> None:
    factories.village(own_town)
    assert heads(signed_in(officer), query) == shown


@pytest.mark.parametrize("query", ["columns=", "columns=no_such", "columns=%00"])
def test_what_names_no_column_leaves_the_table_as_it_is(
    signed_in: SignedIn, officer: User, own_town: Town, query: str
) -> None:
    factories.village(own_town)
    client = signed_in(officer)
    assert heads(client, query) == heads(client, "")


def test_the_export_holds_the_columns_of_the_page(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    factories.village(own_town, "甲村")
    client = signed_in(officer)
    for query in ("", "columns=town,name", "standing=all"):
        table = client.get(f"/villages/?{query}").context["records"].table
        shown = [str(column.header) for column in table.columns]
        export = client.get(f"/villages/?{query}&export=xlsx").content
        rows = list(openpyxl.load_workbook(BytesIO(export)).active.values)  # type: ignore[union-attr]
        assert shown in [list(row)[: len(shown)] for row in rows], query


def test_filters_and_order_stay_while_columns_change(
    signed_in: SignedIn, officer: User, own_town: Town
) -> None:
    records = (
        signed_in(officer)
        .get(f"/villages/?town={own_town.pk}&sort=-name&columns=name,town&page=2")
        .context["records"]
    )
    assert records.columns.kept == [("town", str(own_town.pk)), ("sort", "-name")]
    assert records.columns.query == "name,town"
    assert records.columns.without_url == f"?town={own_town.pk}&sort=-name"
    assert records.export_url.endswith("columns=name%2Ctown&export=xlsx")


def test_the_chooser_lists_the_shown_first_and_never_links_to_forms(
    signed_in: SignedIn, administrator: User, own_town: Town
) -> None:
    records = signed_in(administrator).get("/posts/?columns=village,kind").context["records"]
    names = [choice.name for choice in records.columns.choices]
    assert names[:2] == ["village", "kind"]
    assert "edit" not in names
    assert [choice.name for choice in records.columns.choices if choice.is_fixed] == ["village"]
    assert [column.name for column in records.table.columns] == ["village", "kind", "edit"]
