"""The pages of an import, from the upload to the undoing, and what they refuse in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django.fixtures import Settings

from accounts.models import User
from chambers.models import Chamber, Enterprise, Membership
from imports import actions
from imports.models import Batch, Row
from jobs import actions as jobs
from jobs.models import Job
from tests import factories
from tests.imports.conftest import ROSTERS, Receive, commit, undo
from tests.imports.samples.hostile import OTHERS, PACKAGES, Hostile

pytestmark = pytest.mark.django_db

CODE = "91110000802100433B"
MEBIBYTE = 1024 * 1024


@pytest.fixture
def client(administrator: User, signed_in: Callable[[User], Client]) -> Client:
    jobs.tick(name="publish", now=timezone.now())
    return signed_in(administrator)


def page(client: Client, batch: Batch, query: str = "") -> str:
    response = client.get(reverse("imports:show_batch", args=[batch.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def hand_in(client: Client, chamber: Chamber, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("imports:upload"), {"chamber": chamber.pk, "file": file})


def act(client: Client, name: str, batch: Batch) -> str:
    response = client.post(reverse(f"imports:{name}", args=[batch.pk]), follow=True)
    assert response.status_code == 200
    batch.refresh_from_db()
    return response.content.decode()


def work() -> None:
    for job in Job.objects.filter(state=Job.State.DUE):
        jobs.run(token=str(job.token))


def test_a_roster_goes_from_the_upload_to_the_register_and_back(
    client: Client, chamber: Chamber
) -> None:
    content = (ROSTERS / "a_title_and_footer.xlsx").read_bytes()
    response = hand_in(client, chamber, "名册.xlsx", content)
    batch = Batch.objects.get()
    assert response.headers["Location"] == reverse("imports:show_batch", args=[batch.pk])
    preview = page(client, batch)
    assert "我们这样读这份表" in preview
    assert "导入 30 行" in preview
    assert "正在导入" in act(client, "confirm_batch", batch)
    assert not Membership.objects.exists()
    work()
    assert Membership.objects.filter(chamber=chamber).count() == 30
    result = page(client, batch)
    assert "已导入" in result
    enterprise = Enterprise.objects.order_by("pk")[0]
    assert reverse("chambers:show_enterprise", args=[enterprise.pk]) in result
    assert "正在撤销" in act(client, "undo_batch", batch)
    work()
    assert not Enterprise.objects.exists()
    undone = page(client, batch, "?show=reversed")
    assert "已撤销" in undone
    assert undone.count("已撤回") >= 30
    assert reverse("chambers:show_enterprise", args=[enterprise.pk]) not in undone


def test_the_preview_shows_places_changes_and_problems_of_the_sheet(
    client: Client, chamber: Chamber, received: Receive
) -> None:
    known = factories.enterprise(chamber.town, "上海甲有限公司", capital_wan=1000)
    factories.membership(chamber, known, position="councillor")
    batch = received(
        {"name": "上海甲有限公司", "position": "副会长", "capital_wan": "5000"},
        {"name": "上海乙有限公司", "position": "名誉会长", "capital_wan": "1"},
    )
    shown = page(client, batch)
    assert "<small>A列 name</small>" in shown
    assert "<del>理事</del> → <ins>副会长</ins>" in shown
    assert "<del>1,000</del> → <ins>5,000</ins>" in shown
    assert "B5：“名誉会长”不在职务名单里" in shown
    assert ">有变化</span>" in shown
    assert ">要处理</span>" in shown


def test_chips_count_and_limit_the_rows(
    client: Client, chamber: Chamber, received: Receive
) -> None:
    factories.membership(chamber, factories.enterprise(chamber.town, "上海同有限公司"))
    factories.membership(chamber, factories.enterprise(chamber.town, "上海缺有限公司"))
    known = factories.enterprise(chamber.town, "上海变有限公司", credit_code=CODE)
    factories.membership(chamber, known)
    batch = received(
        {"name": "上海新有限公司"},
        {"name": "上海同有限公司"},
        {"name": "上海名不同有限公司", "credit_code": CODE, "contact": "示例新"},
        {"name": "上海坏有限公司", "position": "名誉会长"},
    )
    names = {"上海新有限公司", "上海同有限公司", "上海名不同有限公司", "上海坏有限公司"}
    expected = {
        "all": names,
        "new": {"上海新有限公司"},
        "changed": {"上海名不同有限公司"},
        "same": {"上海同有限公司"},
        "problem": {"上海坏有限公司"},
        "warned": {"上海名不同有限公司"},
        "absent": {"上海缺有限公司"},
        "什么": names,
    }
    for show, wanted in expected.items():
        table = page(client, batch, f"?show={show}").split("<tbody", 1)[1].split("</tbody>")[0]
        assert {name for name in names | {"上海缺有限公司"} if name in table} == wanted, show


def test_a_row_that_needs_work_does_not_make_its_member_absent(
    chamber: Chamber, received: Receive
) -> None:
    factories.membership(chamber, factories.enterprise(chamber.town, "上海甲有限公司"))
    batch = received({"name": "上海甲有限公司", "position": "名誉会长"})
    assert batch.counts["absent"] == 0


def test_rows_stand_in_the_order_of_the_sheet_on_pages(client: Client, received: Receive) -> None:
    batch = received(*({"name": f"上海{number:03}有限公司"} for number in range(60)))
    second = page(client, batch, "?per_page=25&page=2")
    assert second.index("上海025有限公司") < second.index("上海049有限公司")
    assert "上海024有限公司" not in second
    assert "上海059有限公司" in page(client, batch, "?page=999&per_page=25")


def test_htmx_gets_the_rows_alone(client: Client, received: Receive) -> None:
    batch = received({"name": "上海甲有限公司"})
    url = reverse("imports:show_batch", args=[batch.pk])
    response = client.get(url, headers={"HX-Request": "true", "HX-Target": "rows"})
    assert "<!doctype" not in response.content.decode()
    assert "上海甲有限公司" in response.content.decode()
    assert "HX-Target" in response.headers["Vary"]


def test_a_page_costs_the_same_for_few_rows_and_many(
    client: Client, received: Receive, django_assert_max_num_queries: Any
) -> None:
    few = received({"name": "上海甲有限公司"})
    many = received(*({"name": f"上海{number}有限公司", "position": "监"} for number in range(200)))
    for batch in (few, many, commit(received({"name": "上海丙有限公司"}))):
        for query in ("", "?show=new", "?show=absent"):
            with django_assert_max_num_queries(7):
                page(client, batch, query)


def test_the_list_costs_the_same_for_one_import_and_many(
    client: Client, received: Receive, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 20):
        for _number in range(count):
            received({"name": "上海甲有限公司"})
        with django_assert_max_num_queries(8):
            response = client.get(reverse("imports:list_batches"))
        assert "新增 1" in response.content.decode()


def test_the_list_says_who_and_what_and_opens_each_import(
    client: Client, received: Receive, administrator: User
) -> None:
    batch = commit(received({"name": "上海甲有限公司"}))
    shown = client.get(reverse("imports:list_batches")).content.decode()
    assert f'href="{reverse("imports:show_batch", args=[batch.pk])}"' in shown
    for words in ("名册.xlsx", "会员名册", "华新镇商会", "已导入", administrator.name):
        assert words in shown
    found = client.get(reverse("imports:list_batches"), {"state": "undone"}).content.decode()
    assert "名册.xlsx" not in found


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.xlsx", b"", "文件是空的"),
        ("名册.pdf", b"%PDF-1.7\n%", "不是表格"),
        ("别的.csv", "甲\n乙".encode(), "没有找到可以导入的表格"),
    ],
)
def test_a_refused_file_keeps_the_chosen_chamber(
    client: Client, chamber: Chamber, name: str, content: bytes, words: str
) -> None:
    response = hand_in(client, chamber, name, content)
    shown = response.content.decode()
    assert response.status_code == 200
    assert words in shown
    assert f'<option value="{chamber.pk}" selected>' in shown
    assert not Batch.objects.exists()


def test_a_form_without_a_file_says_so(client: Client) -> None:
    shown = client.post(reverse("imports:upload"), {}).content.decode()
    assert "请选择表格文件。" in shown
    assert "有 1 处需要修改" in shown


def test_a_file_just_above_the_limit_is_told_in_the_form(
    client: Client, chamber: Chamber, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT_BYTES = MEBIBYTE
    response = hand_in(client, chamber, "大.csv", b"x" * (MEBIBYTE + 1))
    assert response.status_code == 200
    assert "文件超过1MB" in response.content.decode()
    assert f'<option value="{chamber.pk}" selected>' in response.content.decode()


def test_far_too_much_is_answered_with_413_and_not_taken_in(
    client: Client, chamber: Chamber, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    monkeypatch.setattr(
        MemoryFileUploadHandler, "new_file", lambda *_args, **_options: taken.append(1)
    )
    settings.UPLOAD_LIMIT_BYTES = MEBIBYTE
    response = hand_in(client, chamber, "大.xlsx", b"x" * (2 * MEBIBYTE))
    assert response.status_code == 413
    assert "1 MB" in response.content.decode()
    assert taken == []


def test_an_upload_cut_in_half_leaves_nothing(client: Client) -> None:
    boundary = "b"
    half = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nPK'
    )
    response = client.generic(
        "POST",
        reverse("imports:upload"),
        half.encode(),
        content_type=f"multipart/form-data; boundary={boundary}",
    )
    assert response.status_code in {200, 400}
    assert not Batch.objects.exists()


class LostConnection(BytesIO):
    """What a browser sent before its connection broke."""

    def read(self, size: int | None = -1) -> bytes:
        if part := super().read(size):
            return part
        raise ConnectionResetError


def test_a_connection_lost_in_an_upload_leaves_nothing_and_is_no_fault(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    half = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        + b"x" * 9999
    )
    client.raise_request_exception = False
    response = client.request(
        REQUEST_METHOD="POST",
        PATH_INFO=reverse("imports:upload"),
        CONTENT_TYPE="multipart/form-data; boundary=b",
        CONTENT_LENGTH="1000000",
        **{"wsgi.input": LostConnection(half)},
    )
    assert response.status_code == 400
    assert not Batch.objects.exists()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_the_form_is_protected_against_forgery(administrator: User, chamber: Chamber) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    assert hand_in(client, chamber, "a.csv", b"x").status_code == 403


# What each is answered with is shown in test_reading_hostile; here no page may break.
@pytest.mark.parametrize(
    "hostile",
    [one for one in (*PACKAGES, *OTHERS) if "bomb" not in one.name][::4],
    ids=lambda one: one.name,
)
def test_no_upload_breaks_the_page(client: Client, chamber: Chamber, hostile: Hostile) -> None:
    response = hand_in(client, chamber, hostile.name, hostile.content())
    assert response.status_code in {200, 302, 413}
    if response.status_code == 302:
        page(client, Batch.objects.get())


def test_progress_is_asked_for_until_it_is_over(
    client: Client, received: Receive, administrator: User
) -> None:
    batch = received({"name": "上海甲有限公司"})
    job = actions.confirm_batch(batch=batch, by=administrator)
    Job.objects.filter(pk=job.pk).update(state="running", done_count=60, total_count=150)
    url = reverse("imports:show_progress", args=[batch.pk])
    under_way = client.get(url).content.decode()
    assert "60 / 150" in under_way
    assert f'hx-get="{url}"' in under_way
    Job.objects.filter(pk=job.pk).update(state="due")
    jobs.run(token=str(job.token))
    assert client.get(url).headers["HX-Refresh"] == "true"


def test_a_standing_background_and_a_retry_are_told(
    client: Client, received: Receive, administrator: User
) -> None:
    batch = received({"name": "上海甲有限公司"})
    job = actions.confirm_batch(batch=batch, by=administrator)
    Job.objects.filter(pk=job.pk).update(attempts=1)
    assert "正在重试（第2次，共3次）" in page(client, batch)
    jobs.tick(name="publish", now=timezone.now() - timedelta(hours=1))
    assert "后台任务暂停" in page(client, batch)


def test_a_stopped_import_is_a_preview_again_and_says_why(
    client: Client, received: Receive
) -> None:
    batch = received({"name": "上海甲有限公司"})
    act(client, "confirm_batch", batch)
    assert "导入 1 行" in act(client, "cancel_batch", batch)
    assert "后台已经做完或停下" in act(client, "cancel_batch", batch)


def test_a_preview_out_of_date_says_so_and_is_shown_afresh(
    client: Client, chamber: Chamber, received: Receive
) -> None:
    enterprise = factories.enterprise(chamber.town, "上海甲有限公司", contact="甲")
    factories.membership(chamber, enterprise)
    batch = received({"name": "上海甲有限公司", "contact": "乙"})
    Enterprise.objects.filter(pk=enterprise.pk).update(contact="丙")
    act(client, "confirm_batch", batch)
    work()
    shown = page(client, batch)
    assert "预览之后有 1 行的情况变了" in shown
    assert "<del>丙</del> → <ins>乙</ins>" in shown


def test_a_failed_import_says_why_and_offers_another_try(
    client: Client, received: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = received({"name": "上海甲有限公司"})
    act(client, "confirm_batch", batch)
    with monkeypatch.context() as broken:
        broken.setattr("imports.committing.confirmed.update_rows", _break)
        for _attempt in range(jobs.ATTEMPTS_LIMIT):
            work()
    shown = page(client, batch)
    assert "磁盘坏了" in shown
    assert reverse("imports:retry_batch", args=[batch.pk]) in shown
    assert "正在导入" in act(client, "retry_batch", batch)
    work()
    assert "已导入" in page(client, batch)


def _break(*_args: Any) -> None:
    raise ValueError("磁盘坏了")


def test_a_discarded_preview_cannot_be_imported(client: Client, received: Receive) -> None:
    batch = received({"name": "上海甲有限公司"})
    assert "已放弃" in act(client, "discard_batch", batch)
    assert "请重新上传文件" in act(client, "confirm_batch", batch)
    assert not Enterprise.objects.exists()


def test_nothing_to_import_offers_no_button(
    client: Client, chamber: Chamber, received: Receive
) -> None:
    factories.membership(chamber, factories.enterprise(chamber.town, "上海甲有限公司"))
    batch = received({"name": "上海甲有限公司"})
    shown = page(client, batch)
    assert "无需导入" in shown
    assert reverse("imports:confirm_batch", args=[batch.pk]) not in shown
    assert reverse("imports:upload") in shown


def test_reasons_of_an_undoing_stand_in_their_rows(client: Client, received: Receive) -> None:
    batch = commit(received({"name": "上海甲有限公司"}, {"name": "上海乙有限公司"}))
    Membership.objects.filter(enterprise__name="上海甲有限公司").update(position="president")
    shown = page(client, undo(batch), "?show=kept")
    assert "后来有人改过" in shown
    assert "上海乙有限公司" not in shown


def test_rows_that_need_work_leave_with_their_numbers_and_come_back(
    client: Client, chamber: Chamber, uploaded: Callable[..., Batch]
) -> None:
    batch = uploaded("d_dirty_codes.xlsx")
    response = client.get(reverse("imports:download_rows", args=[batch.pk]))
    assert "filename*=utf-8''d_dirty_codes" in response.headers["Content-Disposition"]
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0][:3] == ["行号", "会员单位", "统一社会信用代码（18位）"]
    broken = batch.rows.filter(verdict="problem").order_by("position")
    assert [row[0] for row in rows[1:]] == [str(row.number) for row in broken]
    assert [row[1] for row in rows[1:]] == [row.values["name"] for row in broken]
    assert rows[1][2] == "310118000123456"
    assert "B7" in str(rows[1][-1])
    code = sheet["C4"]
    code.value = "91310118MA2222222X"
    stream = BytesIO()
    sheet.parent.save(stream)  # type: ignore[union-attr]
    again = uploaded("改好.xlsx", stream.getvalue())
    assert again.rows.count() == broken.count()
    assert again.rows.order_by("position")[0].values["credit_code"] == code.value


def test_a_formula_in_a_name_stays_text_in_the_download(client: Client, received: Receive) -> None:
    batch = received({"name": "=1+1", "position": "名誉会长"})
    response = client.get(reverse("imports:download_rows", args=[batch.pk]))
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "=1+1")
    assert cell.data_type == "s"


def test_markup_in_a_sheet_is_shown_as_text(client: Client, received: Receive) -> None:
    attack = "<script>alert(1)</script>"
    batch = received({"name": attack, "contact": attack})
    Batch.objects.filter(pk=batch.pk).update(file_name=attack)
    Row.objects.filter(batch=batch).update(outcome_reason=attack)
    batch.refresh_from_db()
    for shown in (
        page(client, batch),
        client.get(reverse("imports:list_batches")).content.decode(),
    ):
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert" in shown


@pytest.mark.parametrize("person", ["liaison", "officer", "auditor"])
def test_only_who_may_import_sees_imports(
    person: str,
    request: pytest.FixtureRequest,
    signed_in: Callable[[User], Client],
    received: Receive,
) -> None:
    batch = received({"name": "上海甲有限公司"})
    stranger = signed_in(request.getfixturevalue(person))
    for name in ("list_batches", "upload"):
        assert stranger.get(reverse(f"imports:{name}")).status_code == 403
    for name in ("show_batch", "show_progress", "download_rows"):
        assert stranger.get(reverse(f"imports:{name}", args=[batch.pk])).status_code == 403
    for name in ("confirm_batch", "cancel_batch", "retry_batch", "discard_batch", "undo_batch"):
        assert stranger.post(reverse(f"imports:{name}", args=[batch.pk])).status_code == 403
