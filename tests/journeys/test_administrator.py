"""An administrator's job: a roster as the office sends it, looked at, imported, taken back."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import close_old_connections, connection
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from chambers.models import Chamber, Enterprise, Membership
from jobs import actions as jobs
from jobs.models import Job
from tests import factories
from tests.journeys.conftest import DESKTOP, PHONE, Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROSTER = Path(__file__).parents[1] / "imports" / "samples" / "rosters" / "a_title_and_footer.xlsx"
ROWS = 30
SERIOUS = {"serious", "critical"}


@pytest.fixture
def chamber(own_town: object, administrator: User) -> Chamber:
    """The chamber of the roster, with one member whom the roster does not name."""
    found = factories.chamber(own_town, "华新镇商会")  # type: ignore[arg-type]
    factories.membership(found, factories.enterprise(found.town, "上海不在名单有限公司"))
    return found


@pytest.fixture
def worker(db: None) -> Iterator[threading.Event]:
    """A worker that does due jobs once the event is set, as Celery's would: on rows alone."""
    may_begin, over = threading.Event(), threading.Event()

    def work() -> None:
        try:
            while not over.wait(0.1):
                jobs.tick(name="publish", now=timezone.now())
                if may_begin.is_set():
                    for job in Job.objects.filter(state=Job.State.DUE):
                        jobs.run(token=str(job.token))
                close_old_connections()
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield may_begin
    over.set()
    thread.join(20)


def sign_in(page: Page, person: User) -> None:
    page.fill("input[name=username]", person.username)
    page.fill("input[name=password]", factories.PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def hand_in(page: Page) -> None:
    """Choose the chamber by its initials and the file, and have it read."""
    page.goto("/imports/")
    page.get_by_role("link", name="导入表格").first.click()
    field = page.locator(".ts-control input")
    field.click()
    field.press_sequentially("hxz")
    page.locator(".ts-dropdown .option", has_text="华新镇商会").click()
    page.set_input_files("input[name=file]", ROSTER)
    expect(page.locator("[data-file-name]")).to_contain_text(ROSTER.name)
    page.get_by_role("button", name="读取并预览").click()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))


def assert_fit(page: Page) -> None:
    """No wider than the screen, and nothing that keeps a person out."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.evaluate("window.innerWidth")
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in SERIOUS] == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_roster_is_looked_at_imported_and_taken_back(
    visit: Visit,
    chamber: Chamber,
    administrator: User,
    worker: threading.Event,
    size: tuple[int, int],
) -> None:
    page = visit(None, "/", size)
    sign_in(page, administrator)
    hand_in(page)

    expect(page.locator(".say")).to_contain_text("第 3 行是表头（第1–2行是标题，已略过）")
    expect(page.locator("#show-new")).to_contain_text(str(ROWS))
    expect(page.locator(".import-table tbody tr")).to_have_count(ROWS)
    assert_fit(page)
    page.locator("#show-absent").click()
    expect(page.locator(".import-rows")).to_contain_text("上海不在名单有限公司")
    page.locator("#show-new").click()
    expect(page.locator(".import-table tbody tr")).to_have_count(ROWS)
    assert Membership.objects.count() == 1

    page.get_by_role("button", name=f"导入 {ROWS} 行").click()
    expect(page.locator(".progress-part")).to_contain_text("正在导入")
    assert_fit(page)
    page.goto("/")
    worker.set()
    page.goto("/imports/")
    page.get_by_role("link", name=ROSTER.name).click()
    expect(page.locator(".say").first).to_contain_text(f"已导入：新增 {ROWS} 家", timeout=20_000)
    assert Membership.objects.filter(chamber=chamber).count() == ROWS + 1
    assert_fit(page)

    result = page.url
    first = page.locator(".import-table td.is-title a").first
    name = first.inner_text()
    first.click()
    expect(page.locator("h1")).to_have_text(name)

    Enterprise.objects.filter(name=name).update(contact="示例新")
    page.goto(result)
    page.get_by_role("button", name="撤销导入").click()
    page.locator("dialog button[value=yes]").click()
    words = f"撤回 {ROWS - 1} 行，后来有人改过而保留 1 行，未能撤销 0 行"
    expect(page.locator(".say").first).to_contain_text(words, timeout=20_000)
    page.locator("#show-kept").click()
    expect(page.locator(".import-table tbody tr")).to_have_count(1)
    expect(page.locator(".import-table")).to_contain_text("后来有人改过")
    assert set(Enterprise.objects.values_list("name", flat=True)) == {name, "上海不在名单有限公司"}


def test_chips_and_the_import_are_reached_by_the_keyboard(
    visit: Visit, chamber: Chamber, administrator: User
) -> None:
    page = visit(administrator, "/imports/")
    hand_in(page)
    page.locator("#show-new").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#show-new")).to_have_attribute("aria-current", "true")
    expect(page.locator("#show-new")).to_be_focused()
    page.get_by_role("button", name=f"导入 {ROWS} 行").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".progress-part")).to_contain_text("正在导入")


def test_a_refused_file_is_told_and_the_chamber_stays_chosen(
    visit: Visit, chamber: Chamber, administrator: User, tmp_path: Path
) -> None:
    wrong = tmp_path / "说明.xlsx"
    wrong.write_bytes(b"%PDF-1.7\n%")
    page = visit(administrator, f"/imports/new/?chamber={chamber.pk}")
    page.set_input_files("input[name=file]", wrong)
    page.get_by_role("button", name="读取并预览").click()
    expect(page.locator(".error-summary")).to_contain_text("不是表格")
    expect(page.locator(".ts-control .item")).to_have_text("华新镇商会")
    assert_fit(page)
