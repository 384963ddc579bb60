"""The whole work by keyboard, and pages that only mistakes lead to, for people who can't see."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests import factories
from tests.journeys.conftest import DESKTOP, PHONE, Visit
from tests.journeys.stumbling import stumbling_blocks
from towns.models import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What tells the eye where the keyboard is: a line around the stop, or around what holds it.
MARKED = """
() => {
  const marked = (one) => getComputedStyle(one).outlineStyle !== "none"
    || getComputedStyle(one, "::after").outlineStyle !== "none";
  let stop = document.activeElement;
  // A part that the browser itself puts into a field (the calendar's button) is marked by it.
  if (stop === document.body || !stop.matches(":focus")) return "";
  for (let one = stop, n = 0; one && n < 4; one = one.parentElement, n += 1) {
    if (marked(one)) return "";
  }
  return stop.outerHTML.slice(0, 120);
}
"""


def test_the_first_stop_leads_past_the_menu(visit: Visit, officer: User) -> None:
    page = visit(officer, "/villages/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize(
    "path", ["/", "/villages/", "/activities/new/", "/summaries/", "/profile/"]
)
def test_each_stop_of_the_keyboard_can_be_seen(visit: Visit, officer: User, path: str) -> None:
    page = visit(officer, path)
    unmarked = set()
    for _stop in range(45):
        page.keyboard.press("Tab")
        unmarked.add(page.evaluate(MARKED))
    assert unmarked == {""}


def test_a_slash_leads_to_the_search_and_arrows_through_what_it_found(
    visit: Visit, officer: User, own_town: Town
) -> None:
    factories.chamber(own_town, name="华新镇商会")
    page = visit(officer, "/villages/")
    page.keyboard.press("/")
    expect(page.locator(".head").get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("hxzsh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=hxzsh")
    found = page.locator("#search-results").get_by_role("link", name="华新镇商会").first
    for _step in range(3):
        page.keyboard.press("ArrowDown")
        if found.evaluate("link => link === document.activeElement"):
            break
    expect(found).to_be_focused()
    while page.evaluate("document.activeElement.id") != "search-words":
        page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(towns|chambers)/\d+/"))


def test_a_table_is_sorted_by_keyboard_and_says_so(
    visit: Visit, officer: User, own_town: Town
) -> None:
    factories.village(own_town, code="310118107123")
    page = visit(officer, "/villages/")
    sorter = page.locator("th a.sorter").first
    name = sorter.inner_text()
    sorter.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort="))
    heading = page.get_by_role("columnheader", name=name)
    expect(heading).to_have_attribute("aria-sort", re.compile("ascending|descending"))


def test_a_question_holds_the_keyboard_and_gives_it_back(
    visit: Visit, administrator: User, liaison: User
) -> None:
    page = visit(administrator, f"/users/{liaison.pk}/")
    button = page.get_by_role("button", name="停用账号")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="取消")).to_be_focused()
    for _stop in range(5):
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)") is (
            False
        )
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()
    assert User.objects.get(pk=liaison.pk).is_active


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_went_wrong_is_told_to_everyone(
    visit: Visit, administrator: User, liaison: User, own_town: Town, size: tuple[int, int]
) -> None:
    """Errors of a form, two edits at once, an account that is refused, a page that is not there."""
    page = visit(administrator, "/villages/new/", size)
    page.locator("main").get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert stumbling_blocks(page) == []

    village = factories.village(own_town, code="310118107123")
    page.goto(f"/villages/{village.pk}/edit/")
    type(village).objects.filter(pk=village.pk).update(opened_on=date(2001, 2, 3))
    page.locator("main").get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("2001")
    assert stumbling_blocks(page) == []

    stranger: Page = visit(None, "/sign-in/", size)
    assert stumbling_blocks(stranger) == []
