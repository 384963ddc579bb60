"""The preview of a roster in a browser: a cell corrected, a near name decided, leavers and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from chambers.models import Chamber, Enterprise, Membership
from imports.models import Batch
from imports.receiving.files import receive_upload
from jobs import actions as jobs
from jobs.models import Job
from tests import factories
from tests.journeys.conftest import PHONE, Visit
from towns.models import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROSTER = """华新镇商会会员名册,,,
企业名称,统一社会信用代码,商会职务,联系人
上海示例留任实业有限公司,,会员,示例甲
上海示例变更物流有限公司,,副会长,示例乙
上海示例顺发建材有限公司,,理事,示例丙
上海示例笔误贸易有限公司,,名誉会长,示例丁
"""


@pytest.fixture
def chamber(transactional_db: None) -> Chamber:
    own_town = factories.town("华新镇", code="310118107")
    chamber = factories.chamber(own_town, "华新镇商会")
    for name, contact in (
        ("上海示例留任实业有限公司", "示例甲"),
        ("上海示例变更物流有限公司", "示例旧"),
        ("上海示例顺达建材有限公司", "示例丙"),
        ("上海示例退会商行", ""),
    ):
        enterprise = factories.enterprise(own_town, name, contact=contact)
        factories.membership(chamber, enterprise, joined_on=date(2020, 3, 1))
    return chamber


@pytest.fixture
def importer(transactional_db: None) -> User:
    return factories.administrator()


def received(chamber: Chamber, by: User) -> Batch:
    jobs.tick(name="publish", now=timezone.now())
    return receive_upload(
        content=ROSTER.encode(),
        file_name="华新镇商会会员名册2024.csv",
        chamber=chamber,
        by=by,
        today=timezone.localdate(),
    )


def work() -> None:
    for job in Job.objects.filter(state=Job.State.DUE):
        jobs.run(token=str(job.token))


def test_a_cell_is_corrected_where_it_stands(
    visit: Visit, chamber: Chamber, importer: User
) -> None:
    batch = received(chamber, importer)
    page = visit(importer, reverse("imports:show_batch", args=[batch.pk]))
    assert page.inner_text("#show-problem").split() == ["要处理", "1"]
    page.keyboard.press("n")
    page.keyboard.press("n")
    row = page.locator("tr.is-problem")
    assert row.evaluate("row => row === document.activeElement")
    page.keyboard.press("Enter")
    typed = row.locator("form.cell-editor input[name=text]")
    assert typed.input_value() == "名誉会长"
    typed.fill("副会长")
    typed.press("Enter")
    page.wait_for_selector("td.is-corrected")
    assert "原表：名誉会长" in page.inner_text("td.is-corrected")
    assert page.locator("tr.is-problem").count() == 0
    assert page.locator("#show-problem").count() == 0
    assert "名誉会长 → 副会长" in page.inner_text(".import-decisions")


def test_a_row_is_corrected_on_its_own_page_on_a_phone(
    visit: Visit, chamber: Chamber, importer: User
) -> None:
    batch = received(chamber, importer)
    page = visit(importer, reverse("imports:show_batch", args=[batch.pk]), size=PHONE)
    page.click("tr.is-problem a.row-edit")
    page.fill("#text-position", "理事")
    page.click("#cell-position button")
    page.wait_for_selector("td.is-corrected")
    assert batch.rows.get(position=4).values["position"] == "理事"


def test_a_near_name_leavers_and_all_of_it_back(
    visit: Visit, chamber: Chamber, importer: User
) -> None:
    batch = received(chamber, importer)
    page = visit(importer, reverse("imports:show_batch", args=[batch.pk]))
    page.click("button:has-text('与它相同')")
    page.wait_for_selector(".row-chosen")
    page.click("#show-absent")
    page.wait_for_selector("input[name=left_on]")
    assert page.locator("tbody tr").count() == 1
    page.fill("input[name=left_on]", "2024-05-31")
    page.check("input[name=row]")
    page.click("text=勾选的登记离开")
    page.wait_for_selector("text=2024-05-31 起")
    page.click("text=导入 3 行")
    page.wait_for_selector("text=正在导入")
    work()
    gone = Membership.objects.get(enterprise__name="上海示例退会商行")
    assert gone.left_on == date(2024, 5, 31)
    assert Enterprise.objects.count() == 4
    page.goto(reverse("imports:show_batch", args=[batch.pk]))
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("text=撤销导入")
    confirm = page.locator("dialog[open] button.btn-primary, dialog[open] button[type=submit]")
    if confirm.count():
        confirm.last.click()
    page.wait_for_selector("text=正在撤销")
    work()
    gone.refresh_from_db()
    assert gone.left_on is None


def test_known_values_are_kept_by_column(visit: Visit, chamber: Chamber, importer: User) -> None:
    batch = received(chamber, importer)
    page = visit(importer, reverse("imports:show_batch", args=[batch.pk]))
    assert "以表为准" in page.inner_text(".import-policies summary")
    page.click(".import-policies summary")
    page.select_option("select[name=policy-contact]", "keep")
    page.click("text=按此重新比对")
    page.wait_for_selector(".import-policies summary:has-text('联系人：不改')")
    assert "contact" not in batch.rows.get(position=2).changes
    assert isinstance(chamber.town, Town)


def test_pasted_rows_outlive_a_sign_in_that_expired(
    visit: Visit, chamber: Chamber, importer: User
) -> None:
    page = visit(importer, reverse("imports:paste"))
    page.fill("textarea[name=cells]", ROSTER.replace(",", "\t"))
    cookies: Any = page.context.cookies()
    session = next(one for one in cookies if one["name"] == "sessionid")
    page.context.clear_cookies(name="sessionid")
    page.click("main form button[type=submit]")
    page.get_by_text("登录已过期，没有提交").wait_for()
    assert "上海示例笔误贸易有限公司" in page.input_value("textarea[name=cells]")
    page.context.add_cookies([session])  # signed in again in another window
    page.click("main form button[type=submit]")
    page.locator("#show-all").wait_for()
    assert Batch.objects.get().file_name == "粘贴的表格.tsv"
