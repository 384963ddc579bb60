"""A district officer's morning: read the page, doubt a number, see its rows, take the summary."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from core.periods import Period
from summaries.actions import write_summary_once
from summaries.models import Summary
from tests.journeys import demo_district
from tests.journeys.conftest import DESKTOP, PHONE, Visit, come_to_rest
from tests.journeys.stumbling import COLOURS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = date(2024, 5, 27)
AS_OF = "/?as_of=2024-05-27"
JUNE = datetime(2024, 6, 1, 9, 0, tzinfo=timezone.get_fixed_timezone(480))
PER_PAGE = 200


@pytest.fixture
def officer(db: None) -> User:
    """The demo district's officer, in the demo district."""
    demo_district.seed(TODAY)
    return User.objects.get(username="qujian")


def listed_rows(page: Page) -> int:
    """Counts the rows by hand, page after page."""
    page.goto(f"{page.url}&per_page={PER_PAGE}")
    counted = 0
    while True:
        counted += page.locator("table.records tbody tr").count()
        following = page.locator(".pager a[rel='next']")
        if not following.count():
            return counted
        page.goto(page.url.split("?")[0] + str(following.first.get_attribute("href")))


def whole(words: str) -> int:
    return int(words.replace(",", ""))


def test_an_officer_finds_out_why_a_number_is_what_it_is(visit: Visit, officer: User) -> None:
    page = visit(officer, AS_OF)
    sentence = page.locator("p.lead")
    expect(sentence).to_contain_text("全区举办活动")
    number = sentence.locator("a.num").first
    said = whole(number.inner_text())
    assert said > 100

    number.click()
    expect(page.locator("#figure-total")).to_have_text(f"{said:,}")
    expect(page.locator(".figure-words")).to_contain_text("已举办并经区级确认的活动")
    expect(page.locator(".pills")).to_contain_text("截至：2024年5月27日")
    assert listed_rows(page) == said

    page.get_by_label("范围").select_option(label="华新镇")
    expect(page.locator("#figure-total")).not_to_have_text(f"{said:,}")
    of_town = whole(page.locator("#figure-total").inner_text())
    assert listed_rows(page) == of_town < said


def test_the_definition_opens_on_the_page(visit: Visit, officer: User) -> None:
    page = visit(officer, AS_OF)
    page.locator(".as-of summary").click()
    card = page.locator(".as-of .definition-card")
    expect(card).to_contain_text("每个数字都按统一口径即时计数")
    expect(card).to_contain_text("截至：2024年5月27日")
    page.get_by_role("link", name="全部指标与口径").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("指标与口径")
    expect(page.locator("table.records")).to_contain_text("一家企业在多家商会只计一次")


def test_a_bar_of_the_chart_opens_its_month(visit: Visit, officer: User) -> None:
    page = visit(officer, AS_OF)
    chart = page.locator("#chart-months")
    chart.get_by_role("button", name="表").click()
    march = chart.get_by_role("row", name=re.compile("^3月")).get_by_role("link").last
    said = march.inner_text()
    march.click()
    expect(page.locator("#figure-total")).to_have_text(said)
    assert "period=2024-03" in page.url


def test_a_period_and_a_town_are_chosen_in_the_head(visit: Visit, officer: User) -> None:
    page = visit(officer, AS_OF)
    page.locator(".picker summary").first.click()
    page.get_by_role("link", name="上月").click()
    expect(page.locator("p.lead")).to_contain_text("2024年4月，全区")
    page.locator(".picker summary", has_text="全部街镇").click()
    page.locator(".picker").get_by_role("link", name="赵巷镇").click()
    expect(page.locator("p.lead")).to_contain_text("2024年4月，赵巷镇")
    page.locator(".picker summary").first.click()
    page.locator("#picker-from").fill("2024-03-01")
    page.locator("#picker-to").fill("2024-03-15")
    page.get_by_role("button", name="查看").click()
    expect(page.locator("p.lead")).to_contain_text("赵巷镇")
    assert "period=2024-03-01..2024-03-15" in page.url


def test_a_name_is_found_while_typing(visit: Visit, officer: User) -> None:
    page = visit(officer, "/")
    page.keyboard.press("/")
    page.keyboard.type("hxzsh")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results")).to_contain_text("华新镇商会之家")
    words = page.locator("#search-words")
    words.fill("同心巷聚")
    expect(page.locator("#search-results")).not_to_contain_text("华新镇商会之家")
    page.locator("#search-results").get_by_role("link", name="同心巷聚", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("同心巷聚")


def test_the_page_speaks_english_when_asked(visit: Visit, officer: User) -> None:
    page = visit(officer, AS_OF)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(re.compile("as_of=2024-05-27"))
    expect(page.locator(".nav-list").first).not_to_contain_text("概览")


def test_an_officer_reads_a_summary_and_takes_it_as_word(
    visit: Visit, officer: User, tmp_path: Path
) -> None:
    write_summary_once(
        kind=Summary.Kind.MONTHLY, period=Period.parse("2024-04"), town=None, by=None, now=JUNE
    )
    page = visit(officer, "/summaries/")
    page.get_by_role("link", name="青浦区2024年4月统战工作情况月报").click()
    document = page.locator("article.official")
    expect(document).to_contain_text("一、基本概况")
    expect(document).to_contain_text("四、下一步工作打算")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 Word").click()
    download = waiting.value
    assert download.suggested_filename == "青浦区2024年4月统战工作情况月报.docx"
    saved = tmp_path / "summary.docx"
    download.save_as(saved)
    assert "word/document.xml" in ZipFile(saved).namelist()
    said = document.locator("p a.num").first.inner_text()
    document.locator("p a.num").first.click()
    expect(page.locator("#figure-total")).to_have_text(said)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_everyone_can_use_the_pages(visit: Visit, officer: User, size: tuple[int, int]) -> None:
    summary = write_summary_once(
        kind=Summary.Kind.MONTHLY, period=Period.parse("2024-04"), town=None, by=None, now=JUNE
    )
    page = visit(officer, AS_OF, size)
    for path in (
        AS_OF,
        "/towns/310118107/?as_of=2024-05-27",
        "/figures/venue_activities/?as_of=2024-05-27",
        "/figures/?as_of=2024-05-27",
        "/work/",
        "/search/?q=hx",
        f"/summaries/{summary.pk}/",
    ):
        page.goto(path)
        come_to_rest(page)
        # Colours take most of the time and are the same at every width.
        rules = {COLOURS: {"enabled": size == DESKTOP}}
        violations = Axe().run(page, options={"rules": rules}).response["violations"]
        found = [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations]
        assert found == [], path
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0], path
