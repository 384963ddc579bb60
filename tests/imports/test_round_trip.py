"""What a list hands out as a spreadsheet comes back in, is understood, and changes nothing."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import User
from chambers.models import Chamber, Honour, Position
from core.exports import guarded
from imports.plans.registry import PLANS
from imports.receiving import files
from tests import factories
from tests.conftest import SignedIn
from tests.imports.conftest import TODAY
from towns.models import Town
from venues.models import Venue

pytestmark = pytest.mark.django_db

# The list that each plan reads back, and whose it is.
LISTS = {
    "members": ("chambers:list_memberships", "chamber"),
    "venues": ("venues:list_venues", "town"),
    "posts": ("towns:list_posts", "town"),
    "activities": ("activities:list_activities", "town"),
    "honours": ("chambers:list_honours", "town"),
}
ODD = ("=上海示例甲有限公司", "+上海示例乙有限公司", "-上海示例丙有限公司", "@上海示例丁有限公司")


@pytest.fixture
def registers(chamber: Chamber, own_town: Town, administrator: User) -> None:
    """A few records of every kind; codes of digits, names like formulas."""
    codes = ("91310118MA1JL0001A", "913101180000000001", None, None)
    for name, code in zip(ODD, codes, strict=True):
        firm = factories.enterprise(
            own_town,
            name,
            credit_code=code,
            contact="示例",
            phone="02159000000",
            capital_wan="500.5",
        )
        factories.membership(
            chamber, firm, position=Position.COUNCILLOR, joined_on=date(2020, 5, 17)
        )
        Honour.objects.create(
            enterprise=firm,
            town=own_town,
            title=f"示例荣誉{name[1:]}",
            issuer="示例机关",
            level=Honour.Level.DISTRICT,
            awarded_on=date(2022, 3, 1),
        )
    village = factories.village(own_town, "示例村")
    factories.post(village, holder="示例干事", work_phone="021-59000000", from_on=date(2021, 2, 3))
    for number, name in enumerate(("示例同心家园", "=示例工作站")):
        factories.venue(own_town, name, area_m2=f"{number + 120}.5", address="示例路1号")
    venue = Venue.objects.order_by("pk")[0]
    for number in range(3):
        factories.activity(own_town, name=f"示例活动{number}", venue=venue, headcount=30 + number)


def exported(client: Any, url_name: str) -> bytes:
    answer = client.get(reverse(url_name), {"export": "xlsx"})
    assert answer.status_code == 200
    content: bytes = answer.content
    return content


@pytest.mark.parametrize("plan", LISTS)
def test_an_export_comes_back_without_a_change(
    plan: str,
    registers: None,
    chamber: Chamber,
    own_town: Town,
    administrator: User,
    signed_in: SignedIn,
) -> None:
    url_name, whose = LISTS[plan]
    content = exported(signed_in(administrator), url_name)
    batch = files.receive_upload(
        content=content,
        file_name="导出.xlsx",
        by=administrator,
        today=TODAY,
        plan=plan,
        chamber=chamber if whose == "chamber" else None,
        town=own_town if whose == "town" else None,
    )
    told = {
        (row.number, row.verdict, str(row.changes), str(row.problems))
        for row in batch.rows.exclude(verdict="same")
    }
    assert told == set()
    assert batch.counts["same"] > 0


def test_every_plan_has_a_list_that_comes_back() -> None:
    assert set(LISTS) == set(PLANS)


def test_no_text_of_an_export_is_a_formula(
    registers: None, administrator: User, signed_in: SignedIn
) -> None:
    content = exported(signed_in(administrator), "chambers:list_memberships")
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    texts = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.value for cell in texts} >= set(ODD)
    assert {cell.data_type for cell in texts} == {"s"}
    assert all(cell.quotePrefix for cell in texts if guarded(str(cell.value)))
