"""The components at work in a real browser: charts, menus, drafts, questions, phones, no script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from tests.journeys.conftest import DESKTOP, PHONE, Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOUCH = 44  # pixels a finger needs (WCAG 2.5.5)
# Controls a finger meets alone; numbers inside a sentence and the cells of figures are exempt.
CONTROLS = """
() => [...document.querySelectorAll("button, summary, .btn, .pill, .nav-list a, .pager a,"
  + " .crumbs a, .field input:not([type=radio], [type=checkbox], [type=hidden]), .field select")]
  .filter((one) => one.offsetParent && !one.closest(".segmented, .visually-hidden, .definition"))
  .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])
  .filter(([, height]) => height < TOUCH - 0.5)
""".replace("TOUCH", str(TOUCH))


@pytest.fixture
def gallery(visit: Visit, officer: User) -> Page:
    return visit(officer, "/gallery/")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_everyone_can_use_the_components(
    visit: Visit, officer: User, size: tuple[int, int]
) -> None:
    page = visit(officer, "/gallery/", size=size)
    expect(page.locator("canvas").first).to_be_visible()
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations] == []


def test_a_phone_scrolls_one_way_and_has_room_for_fingers(visit: Visit, officer: User) -> None:
    page = visit(officer, "/gallery/", size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert page.evaluate(CONTROLS) == []


def test_a_bar_opens_its_rows_and_the_table_says_the_same(gallery: Page) -> None:
    chart = gallery.locator("#chart-activities")
    chart.get_by_role("button", name="表").click()
    link = chart.get_by_role("row", name=re.compile("^1月")).get_by_role("link").last
    rows = link.get_attribute("href")
    chart.get_by_role("button", name="图").click()
    canvas = chart.locator("canvas")
    canvas.scroll_into_view_if_needed()
    canvas.click(position={"x": 85, "y": 160})
    gallery.wait_for_url(f"**{rows}")


def test_widths_come_from_the_script_and_not_from_a_style(gallery: Page) -> None:
    fills = gallery.locator(".progress-fill")
    assert [fill.evaluate("bar => bar.style.width") for fill in fills.all()] == [
        "60%",
        "100%",
        "64%",
    ]


def test_a_definition_opens_on_the_page_and_closes_by_escape(gallery: Page) -> None:
    card = gallery.locator(".figure .definition-card")
    gallery.locator(".figure .definition summary").click()
    box: Any = card.bounding_box()
    assert box["x"] + box["width"] <= DESKTOP[0]
    gallery.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_a_question_comes_before_an_act_that_is_hard_to_take_back(gallery: Page) -> None:
    posts: list[str] = []
    gallery.on("request", lambda one: posts.append(one.url) if one.method == "POST" else None)
    gallery.get_by_role("button", name="撤销这次导入").click()
    dialog = gallery.get_by_role("dialog")
    expect(dialog).to_contain_text("确定撤销这次导入的 150 行？")
    dialog.get_by_role("button", name="取消").click()
    expect(dialog).to_have_count(0)
    assert posts == []


def test_what_was_typed_survives_and_can_be_thrown_away(gallery: Page) -> None:
    gallery.get_by_label("活动名称").last.fill("企业家座谈会")
    gallery.get_by_text("线上").click()
    expect(gallery.locator("[data-draft-note]")).to_contain_text("已自动保存")
    gallery.reload()
    expect(gallery.locator(".draft-kept")).to_contain_text("未提交的内容")
    expect(gallery.get_by_label("活动名称").last).to_have_value("企业家座谈会")
    expect(gallery.locator(".segmented .is-on")).to_have_text("线上")
    gallery.get_by_role("button", name="不要了，重新填写").click()
    expect(gallery.get_by_label("活动名称").last).to_have_value("“国际家庭日”活动")


def test_another_person_at_the_same_desk_sees_no_draft(
    gallery: Page, liaison: User, live_server: Any
) -> None:
    gallery.get_by_label("活动名称").last.fill("企业家座谈会")
    expect(gallery.locator("[data-draft-note]")).to_contain_text("已自动保存")
    kept = gallery.evaluate("Object.keys(localStorage)")
    assert len(kept) == 1
    assert kept[0].startswith("draft:")
    gallery.evaluate(f"document.body.dataset.user = '{liaison.pk}'")
    assert not kept[0].startswith(f"draft:{liaison.pk}:")


def test_the_drawer_of_a_phone_holds_the_focus_and_gives_it_back(
    visit: Visit, officer: User
) -> None:
    page = visit(officer, "/gallery/", size=PHONE)
    opener = page.get_by_role("button", name="打开菜单")
    opener.click()
    expect(page.locator("#nav")).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('nav').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(page.locator("#nav")).to_be_hidden()
    expect(opener).to_be_focused()


def test_without_script_charts_are_tables_and_the_menu_opens(
    chromium: Browser, visit: Visit, officer: User
) -> None:
    scripted = visit(officer, "/gallery/")
    cookies: Any = scripted.context.cookies()
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": PHONE[0], "height": PHONE[1]}
    )
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(scripted.url)
    expect(page.locator(".chart-twin").first).to_be_visible()
    expect(page.locator(".chart-canvas").first).to_be_hidden()
    page.locator(".nav-open").click()
    expect(page.locator("#nav")).to_be_visible()
    context.close()
