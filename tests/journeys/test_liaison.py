"""A town's liaison at a phone: enters an activity, loses the tab and nothing else, is sent back,
puts it right; the officer confirms."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Route, expect
from pytest_django.fixtures import Settings

from accounts.models import User
from activities.models import Activity, Photo
from tests import factories
from tests.activities.pictures import SECRET, photo
from tests.journeys.conftest import PHONE, Visit
from towns.models import Town
from venues.models import Venue

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
NEW, NAME = "/activities/new/", "“国际家庭日”活动"
MOST_TAPS = 4


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def venue(own_town: Town) -> Venue:
    factories.venue(own_town, "幸福·新e园")
    return factories.venue(own_town, "华新镇商会之家")


def sign_in(page: Page, person: User) -> None:
    page.fill("[name=username]", person.username)
    page.fill("[name=password]", factories.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def choose_by_initials(page: Page, label: str, letters: str, name: str) -> None:
    field = page.get_by_role("combobox", name=label)
    field.click()
    field.type(letters, delay=30)
    page.get_by_role("option", name=name).click()


def the_activity() -> Activity:
    return Activity.objects.get()


def test_from_a_draft_to_a_confirmed_activity(
    liaison: User, officer: User, venue: Venue, visit: Visit, tmp_path: Path, media: Path
) -> None:
    page = visit(None, "/sign-in/?next=/activities/", PHONE)
    sign_in(page, liaison)
    keep_a_draft(page)
    assert (the_activity().review, the_activity().venue) == (Activity.Review.DRAFT, venue)
    page = lose_the_tab_half_way(page)
    submit_with_a_photo(page, tmp_path)
    assert_nothing_of_the_phone_is_kept(page, media)
    desk = visit(officer, "/activities/waiting/")
    give_back(desk)
    put_right(page)
    confirm_with_a_key(desk)
    assert Activity.objects.counted().get().headcount == 66
    page.goto("/activities/?review=confirmed")
    expect(page.get_by_role("link", name=NAME)).to_be_visible()


def keep_a_draft(page: Page) -> None:
    """Its venue is found by initials."""
    page.get_by_role("link", name="登记活动").first.click()
    page.get_by_label("活动名称").fill(NAME)
    choose_by_initials(page, "阵地或地点", "hxzshzj", "华新镇商会之家")
    press(page, "存草稿")
    expect(page.get_by_text("已存为草稿，可随时接着填。")).to_be_visible()


def lose_the_tab_half_way(page: Page) -> Page:
    """The tab dies over a half-written page, which is there again when the draft is opened."""
    page.get_by_role("link", name="接着填").click()
    page.get_by_label("主要内容").fill("来自镇商会的企业家和家属参加")
    expect(page.get_by_text("已自动保存")).to_be_visible()
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(NEW)
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_text("未提交的内容")).to_be_visible()
    expect(page.get_by_label("主要内容")).to_have_value("来自镇商会的企业家和家属参加")
    return page


def submit_with_a_photo(page: Page, folder: Path) -> None:
    """The photo knows where it was taken."""
    taken = folder / "IMG_0001.jpg"
    taken.write_bytes(photo(size=(1200, 900)))
    assert SECRET.encode() in taken.read_bytes()
    page.locator("[name=photos]").set_input_files(taken)
    page.get_by_label("人数", exact=True).fill("60")
    press(page, "提交")
    expect(page.get_by_text("已提交，等待区里确认。").first).to_be_visible()


def assert_nothing_of_the_phone_is_kept(page: Page, media: Path) -> None:
    kept = Photo.objects.get()
    for file in (kept.file, kept.thumbnail):
        content = (media / str(file.name)).read_bytes()
        assert SECRET.encode() not in content
        assert b"Exif" not in content
    width = "image => image.decode().then(() => image.naturalWidth)"
    assert page.locator(".photos img").first.evaluate(width) == 400


def give_back(desk: Page) -> None:
    """With a reason that is only tapped."""
    desk.get_by_role("link", name=NAME).click()
    desk.get_by_text("人数与主要内容不符，请核对。").click()
    press(desk, "退回")
    expect(desk.get_by_text("都审核完了。")).to_be_visible()


def put_right(page: Page) -> None:
    page.goto("/activities/")
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_text("人数与主要内容不符，请核对。").first).to_be_visible()
    page.get_by_role("link", name="修改", exact=True).click()
    page.get_by_label("人数", exact=True).fill("66")
    press(page, "提交")
    expect(page.get_by_text("已提交，等待区里确认。").first).to_be_visible()


def confirm_with_a_key(desk: Page) -> None:
    desk.goto("/activities/waiting/")
    desk.get_by_role("link", name=NAME).click()
    expect(desk.get_by_text("66 人")).to_be_visible()
    desk.keyboard.press("c")
    expect(desk.get_by_text(f"已确认：{NAME}")).to_be_visible()


@dataclass
class Hand:
    """What a hand does at a phone, counted: taps and letters."""

    page: Page
    taps: int = 0
    letters: int = 0

    def tap(self, target: Any) -> None:
        self.taps += 1
        target.tap()

    def type(self, words: str) -> None:
        self.letters += len(words)
        self.page.keyboard.type(words)


def test_a_repeat_entry_takes_four_taps(
    liaison: User, own_town: Town, venue: Venue, visit: Visit
) -> None:
    factories.activity(
        own_town, "读书会", venue=venue, entered_by=liaison, mode="both", start_on=localdate()
    )
    page = visit(liaison, "/activities/", PHONE)
    hand = Hand(page)
    hand.tap(page.get_by_role("link", name="登记活动").first)
    expect(page.get_by_label("活动名称")).to_be_focused()
    hand.type("观影会")
    hand.tap(page.get_by_label("人数", exact=True))
    hand.type("36")
    hand.tap(page.get_by_role("button", name="提交", exact=True))
    expect(page.get_by_role("link", name="再记一场")).to_be_visible()
    made = Activity.objects.get(name="观影会")
    assert (made.venue, made.mode, made.start_on) == (venue, "both", localdate())
    assert made.hosts.get().town == own_town
    assert (made.review, made.headcount) == (Activity.Review.SUBMITTED, 36)
    assert hand.taps <= MOST_TAPS
    assert hand.letters == len("观影会36")


def test_an_expired_sign_in_loses_nothing_typed(liaison: User, venue: Venue, visit: Visit) -> None:
    page = visit(liaison, NEW, PHONE)
    page.get_by_label("活动名称").fill("座谈会")
    page.get_by_label("人数", exact=True).fill("30")
    choose_by_initials(page, "阵地或地点", "hxz", "华新镇商会之家")
    page.context.clear_cookies(name="sessionid")
    press(page, "提交")
    page.wait_for_url("**/sign-in/**")
    sign_in(page, liaison)
    expect(page.get_by_label("活动名称")).to_have_value("座谈会")
    expect(page.locator(".ts-control .item").first).to_have_text("华新镇商会之家")
    press(page, "提交")
    expect(page.get_by_text("已提交，等待区里确认。").first).to_be_visible()
    assert the_activity().venue == venue
    page.goto(NEW)
    expect(page.get_by_label("活动名称")).to_have_value("")  # accepted: no longer kept


def test_an_answer_that_never_came_makes_no_second_record(
    liaison: User, venue: Venue, visit: Visit
) -> None:
    """The server has it, the phone does not know: the kept form carries its token along."""
    page = visit(liaison, NEW, PHONE)
    page.get_by_label("活动名称").fill("座谈会")
    page.get_by_label("人数", exact=True).fill("30")
    choose_by_initials(page, "阵地或地点", "hxz", "华新镇商会之家")
    page.route(f"**{NEW}", lose_the_answer)
    with contextlib.suppress(PlaywrightError):
        press(page, "提交")
    page.wait_for_timeout(500)
    page.unroute(f"**{NEW}")
    assert the_activity().name == "座谈会"
    page.goto(NEW)
    expect(page.get_by_label("活动名称")).to_have_value("座谈会")
    press(page, "提交")
    expect(page.get_by_text("已提交，等待区里确认。").first).to_be_visible()
    assert the_activity().review == Activity.Review.SUBMITTED


def lose_the_answer(route: Route) -> None:
    """The request arrives; its answer does not."""
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
        route.abort()
    else:
        route.continue_()


def test_a_place_that_is_no_venue_and_a_new_partner_are_written_in(
    liaison: User, other_town: Town, venue: Venue, visit: Visit
) -> None:
    page = visit(liaison, NEW, PHONE)
    page.get_by_label("活动名称").fill("座谈会")
    page.get_by_label("人数", exact=True).fill("30")
    where = page.get_by_role("combobox", name="阵地或地点")
    where.click()
    where.fill("镇政府三楼")
    page.get_by_text("填写“镇政府三楼”").click()
    page.get_by_text("更多：").click()
    choose_by_initials(page, "协办", "xj", "徐泾镇")
    partner = page.get_by_role("combobox", name="协办")
    partner.fill("示例大学")
    page.get_by_label("受益人数").click()  # left without choosing: the word stays
    press(page, "提交")
    expect(page.get_by_text("已提交，等待区里确认。").first).to_be_visible()
    activity = the_activity()
    assert (activity.venue, activity.place) == (None, "镇政府三楼")
    partners = activity.hosts.filter(part="co_host")
    assert set(partners.values_list("town__name", "name")) == {("徐泾镇", ""), (None, "示例大学")}


def test_a_quick_enter_never_takes_a_row_of_an_earlier_word(
    liaison: User, venue: Venue, visit: Visit
) -> None:
    """幸福·新e园 stands first in the list; the letters are of the other one."""
    page = visit(liaison, NEW)
    where = page.get_by_role("combobox", name="阵地或地点")
    where.click()
    expect(page.locator(".ts-dropdown:visible .option")).to_have_count(2)
    where.type("hxzshzj")
    where.press("Enter")
    page.wait_for_timeout(600)
    chosen = page.locator("[name=where]").input_value()
    assert chosen in {"", str(venue.pk)}


def test_the_suggested_venue_gives_way_to_another(
    liaison: User, own_town: Town, venue: Venue, visit: Visit
) -> None:
    """The last one's venue stands in the field; letters and Enter choose the one they spell."""
    usual = Venue.objects.get(name="幸福·新e园")
    factories.activity(own_town, "读书会", venue=usual, entered_by=liaison)
    page = visit(liaison, NEW)
    field = page.locator("#div_id_where")
    expect(field.locator(".item")).to_have_text("幸福·新e园")
    field.locator(".ts-control").click()
    page.keyboard.type("hxzshzj", delay=30)
    expect(field.locator(".ts-dropdown .option span")).to_have_text(["华新镇商会之家"])
    page.keyboard.press("Enter")
    expect(field.locator(".item")).to_have_text("华新镇商会之家")
    assert page.locator("[name=where]").input_value() == str(venue.pk)


def test_many_are_ticked_and_confirmed(officer: User, own_town: Town, visit: Visit) -> None:
    for number in range(3):
        factories.activity(own_town, f"第{number}场", review="submitted")
    page = visit(officer, "/activities/waiting/")
    page.get_by_label("全选本页").check()
    page.get_by_label("选择 第1场").uncheck()
    press(page, "确认所选")
    page.get_by_role("dialog").get_by_role("button", name="确认所选").click()
    expect(page.get_by_text("已确认 2 场。")).to_be_visible()
    assert set(Activity.objects.counted().values_list("name", flat=True)) == {"第0场", "第2场"}


def test_keys_choose_reasons_and_are_letters_while_one_writes(
    officer: User, own_town: Town, visit: Visit
) -> None:
    activity = factories.activity(own_town, "座谈会", review="submitted")
    page = visit(officer, f"/activities/{activity.pk}/review/")
    page.keyboard.press("2")
    page.get_by_label("补充说明").fill("")
    page.get_by_label("补充说明").press("c")
    page.locator("h1").click()
    page.keyboard.press("r")
    expect(page.get_by_text("已退回：座谈会")).to_be_visible()
    activity.refresh_from_db()
    assert activity.return_reason == "主办、承办或协办单位不完整，请补充。c"
