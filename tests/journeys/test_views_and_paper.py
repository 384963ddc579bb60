"""Filter, choose columns, keep a view, export, print; with keys and without scripts."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from accounts.models import Feedback, User
from tests import factories
from tests.journeys.conftest import PHONE, Visit
from towns.models import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ONE_INCH = 96  # CSS pixels; A4 is 8.27 inches wide


@pytest.fixture
def officer(transactional_db: None) -> User:
    return factories.officer(username="officer")


@pytest.fixture
def town(officer: User) -> Town:
    made = factories.town("华新镇", code="310118107")
    for name in ("甲村", "乙村"):
        factories.village(made, name)
    factories.village(factories.town("徐泾镇", code="310118106"), "丙村")
    return made


def test_an_officer_keeps_a_list_as_it_stands_and_takes_it_along(
    visit: Visit, officer: User, town: Town
) -> None:
    page = visit(officer, "/villages/")
    page.get_by_label("街镇").first.select_option("华新镇")
    expect(page.locator(".results-count")).to_contain_text("共 2")
    page.locator(".columns-menu summary").click()
    chooser = page.locator(".columns-menu form")
    chooser.get_by_role("checkbox", name="类型").uncheck()
    for _ in range(4):
        chooser.get_by_role("button", name="把“区划代码”移到前面").click()
    chooser.get_by_role("button", name="应用").click()
    heads = page.locator("table.records th")
    expect(heads).to_contain_text(["村居", "区划代码", "街镇"])
    expect(page.locator("th", has_text="类型")).to_have_count(0)

    page.locator(".views-menu summary").click()
    page.get_by_label("把现在的筛选、排序和列存为").fill("华新村居")
    page.locator(".views-menu").get_by_role("button", name="保存").click()
    expect(page.locator(".notice")).to_contain_text("已保存视图“华新村居”")
    kept = page.url

    page.goto("/villages/")
    page.locator(".views-menu summary").click()
    page.get_by_role("link", name="华新村居").click()
    expect(page.locator(".results-count")).to_contain_text("共 2")
    assert page.url == kept

    with page.expect_download() as download:
        page.get_by_role("link", name="导出").click()
    sheet: Any = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes())).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.values]
    head = next(row for row in rows if "村居" in row[:1] and len(row) > 1)
    assert head == [words.strip() for words in heads.all_inner_texts()]
    assert ["街镇：华新镇" in str(row) for row in rows].count(True) == 1

    page.emulate_media(media="print")
    expect(page.locator(".print-head")).to_be_visible()
    expect(page.locator(".nav-pane")).to_be_hidden()
    expect(page.locator(".views-menu")).to_be_hidden()
    assert page.locator(".top").evaluate("e => getComputedStyle(e).display") == (
        "table-header-group"
    )


def test_without_script_columns_and_views_are_plain_forms(
    chromium: Browser, live_server: Any, visit: Visit, officer: User, town: Town
) -> None:
    cookies = visit(officer, "/villages/").context.cookies()
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": PHONE[0], "height": PHONE[1]}
    )
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{live_server.url}/villages/?town={town.pk}")
    page.locator(".columns-menu summary").click()
    page.locator(".columns-menu").get_by_role("checkbox", name="类型").uncheck()
    page.locator(".columns-menu").get_by_role("button", name="应用").click()
    expect(page.locator(".results-count")).to_contain_text("共 2")
    expect(page.locator("th", has_text="类型")).to_have_count(0)
    page.locator(".views-menu summary").click()
    page.locator(".views-menu input[name=name]").fill("无脚本")
    page.locator(".views-menu").get_by_role("button", name="保存").click()
    expect(page.locator(".notice")).to_contain_text("已保存视图“无脚本”")
    context.close()


def test_a_chart_is_walked_by_keys_to_the_rows_of_a_point(
    visit: Visit, officer: User, town: Town
) -> None:
    for day in (date(2024, 1, 5), date(2024, 2, 5), date(2024, 2, 6)):
        factories.activity(town, start_on=day)
    page = visit(officer, "/?period=2024&as_of=2024-05-27")
    drawing = page.locator("#chart-months .chart-canvas")
    expect(drawing).to_have_attribute("tabindex", "0")
    drawing.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#chart-months [aria-live]")).to_have_text(re.compile(r"2月 2024 2 场"))
    page.keyboard.press("Enter")
    expect(page.locator("#figure-total")).to_have_text("2")


def test_what_is_typed_about_a_page_survives_leaving_it(
    visit: Visit, officer: User, town: Town
) -> None:
    page = visit(officer, "/villages/")
    page.get_by_role("link", name="意见反馈").click()
    words = "列表里少一列“面积”。"
    page.get_by_label("您的意见").fill(words)
    expect(page.locator("[data-draft-note]")).to_contain_text("已自动保存")
    page.goto("/villages/")
    page.get_by_role("link", name="意见反馈").click()
    expect(page.get_by_label("您的意见")).to_have_value(words)
    page.get_by_role("button", name="提交意见").click()
    expect(page.locator(".notice")).to_contain_text("已收到")
    assert Feedback.objects.get().words == words
    page.get_by_role("link", name="意见反馈").click()
    expect(page.get_by_label("您的意见")).to_have_value("")


def test_a_chamber_prints_on_paper_of_its_width(visit: Visit, officer: User, town: Town) -> None:
    chamber = factories.chamber(town, "示例商会", founded_on=date(2005, 6, 18))
    for _ in range(30):
        factories.membership(chamber)
    page = visit(officer, f"/chambers/{chamber.pk}/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(7 * ONE_INCH), "height": 11 * ONE_INCH})
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
