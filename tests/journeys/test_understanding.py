"""A wrong guess is put right with a click on the sheet; rows are pasted from a spreadsheet."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import User
from chambers.models import Chamber
from imports.models import Batch
from tests import factories
from tests.journeys.conftest import DESKTOP, PHONE, Visit
from towns.models import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SERIOUS = {"serious", "critical"}
FIRMS = ("上海甲有限公司", "上海乙有限公司", "上海丙有限公司")
# 在册 is no word for the number of a firm's people, and row 2 is the header, not row 1.
ROWS = [
    "企业名称\t地址\t说明",
    "公司全称\t备注\t在册",
    *(f"{firm}\t内容{n}\t1{n}" for n, firm in enumerate(FIRMS)),
]


@pytest.fixture
def chamber(own_town: Town) -> Chamber:
    return factories.chamber(own_town, "华新镇商会")


def assert_fit(page: Page) -> None:
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.evaluate("window.innerWidth")
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in SERIOUS] == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_rows_are_pasted_and_a_wrong_guess_is_corrected_by_a_click(
    visit: Visit, chamber: Chamber, administrator: User, size: tuple[int, int]
) -> None:
    page = visit(administrator, f"/imports/paste/?chamber={chamber.pk}&plan=members", size)
    page.locator("textarea").fill("\n".join(ROWS))
    expect(page.locator("[data-pasted] tbody tr")).to_have_count(len(ROWS))
    expect(page.locator("[data-pasted-count]")).to_have_text("5行、3列")
    assert_fit(page)
    page.get_by_role("button", name="读取并预览").click()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    page.get_by_role("link", name="不对？看原表，换表头，改列的含义").click()
    expect(page.locator("tr.is-header th")).to_have_text("1表头")
    assert_fit(page)

    page.get_by_role("button", name="2", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("已按您的更正重新读取")
    expect(page.locator("tr.is-header th")).to_have_text("2表头")
    assert Batch.objects.get().counts["new"] == len(FIRMS)

    choice = page.locator("#column-C .ts-control")
    choice.click()
    page.keyboard.type("职工人数")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("spot=column-C"))
    expect(page.locator("#column-C small")).to_have_text("您选定")
    expect(page.locator("#column-C input")).to_be_focused()
    page.get_by_role("button", name="看预览").click()
    expect(page.locator(".import-table tbody tr")).to_have_count(len(FIRMS))
    expect(page.locator(".import-table")).to_contain_text("从业人数")
