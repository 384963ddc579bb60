"""A wrong guess is corrected on the sheet itself, and the next file is read as corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.test import Client
from django.urls import reverse

from accounts.models import User
from chambers.models import Chamber
from imports.models import Batch, KeptGrid, RememberedMapping
from imports.reading.kept import unpack
from imports.understanding.learning import remember_mappings, remembered_for
from tests import factories
from tests.imports.conftest import Receive
from tests.imports.samples.awkward import code

pytestmark = pytest.mark.django_db

Upload = Callable[..., Batch]
MOMENT = datetime(2024, 6, 3, 4, tzinfo=UTC)
FIRMS = ("上海甲有限公司", "上海乙有限公司", "上海丙有限公司")


def sheet(*headers: str, rows: list[list[str]]) -> bytes:
    return workbook({"名册": [list(headers), *rows]})


def workbook(sheets: dict[str, list[list[str]]], hidden: str = "") -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
            if name == hidden:
                page.hide()
    return stream.getvalue()


def roster(*headers: str, swapped: bool = False) -> bytes:
    """A roster whose 在册 is no word of ours."""
    rows = [[firm, code(n), f"1{n}"] for n, firm in enumerate(FIRMS)]
    return sheet(*headers, rows=[row[::-1] for row in rows] if swapped else rows)


HEADERS = ("企业名称", "统一社会信用代码", "在册")


@pytest.fixture
def client(signed_in: Callable[[User], Client], administrator: User) -> Client:
    return signed_in(administrator)


def address(batch: Batch) -> str:
    return reverse("imports:show_understanding", args=[batch.pk])


def shown(client: Client, batch: Batch, **asked: str) -> str:
    return client.get(address(batch), asked).content.decode()


def correct(client: Client, batch: Batch, **said: str) -> Batch:
    table = batch.understanding["tables"][0]
    sent = {"sheet": table["sheet"], "table": table["key"], **said}
    assert client.post(address(batch), sent).status_code == 302
    batch.refresh_from_db()
    return batch


def field_of(batch: Batch, header: str) -> str:
    columns = batch.understanding["tables"][0]["columns"]
    return next(str(one["field"]) for one in columns if one["header"] == header)


def test_the_sheet_is_shown_with_what_each_row_was_taken_for(
    client: Client, uploaded: Upload
) -> None:
    page = shown(client, uploaded("a_title_and_footer.xlsx"))
    for words in ("<small>标题</small>", "<small>表头</small>", "以第3行为表头", "按表头认出"):
        assert words in page
    assert 'colspan="6"' in page, "a merged title stands over its columns"
    below = shown(client, Batch.objects.get(), **{"from": "31"})
    assert "<small>合计</small>" in below
    assert "<small>落款</small>" in below


def test_personal_columns_are_marked_and_not_kept(client: Client, uploaded: Upload) -> None:
    batch = uploaded("e_personal_columns.xlsx")
    page = shown(client, batch)
    assert page.count('<span class="sheet-left-out">个人信息，不导入也不保存</span>') == 4
    kept = str(unpack(bytes(KeptGrid.objects.get(batch=batch).content)))
    assert batch.rows.get(number=2).values["name"] in kept, "the search itself must work"
    for canary in ("中共党员", "群众", "3101181980", "新府中路"):
        assert canary not in kept
        assert canary not in page


def test_a_column_that_turns_out_personal_later_is_kept_no_longer(
    client: Client, uploaded: Upload
) -> None:
    """Its header stands alone in a row that was no header at first."""
    rows = [["企业名称", "栏目一"], *([one, "金丝雀路一号"] for one in FIRMS)]
    batch = uploaded("名册.xlsx", workbook({"名册": [["", "家庭住址"], [], *rows]}))
    assert "金丝雀路一号" in kept_cells(batch), "nothing said yet that it is a person's"
    batch = correct(client, batch, header="1")
    assert "金丝雀路一号" not in kept_cells(batch)


def kept_cells(batch: Batch) -> str:
    return str(unpack(bytes(KeptGrid.objects.get(batch=batch).content)))


def test_another_field_chosen_for_a_column_reads_the_sheet_again(
    client: Client, uploaded: Upload
) -> None:
    batch = uploaded("名册.xlsx", roster(*HEADERS))
    assert field_of(batch, "在册") == ""
    batch = correct(client, batch, **{"column-C": "staff_count"})
    assert field_of(batch, "在册") == "staff_count"
    assert batch.rows.get(number=2).values["staff_count"] == "10"
    assert "您选定" in shown(client, batch)


def test_a_row_that_is_clicked_becomes_the_header(client: Client, uploaded: Upload) -> None:
    rows = [["企业名称", "地址"], ["公司全名", "备注"], *([firm, "内容"] for firm in FIRMS)]
    batch = uploaded("名册.xlsx", workbook({"名册": rows}))
    assert batch.understanding["tables"][0]["header_row"] == 1
    batch = correct(client, batch, header="2")
    table = batch.understanding["tables"][0]
    assert (table["header_first"], table["header_row"]) == (2, 2)
    assert batch.counts["new"] == len(FIRMS)
    batch = correct(client, batch, start_again="1")
    assert batch.understanding["tables"][0]["header_row"] == 1


def test_a_row_of_a_guessed_header_becomes_the_whole_header(
    client: Client, uploaded: Upload
) -> None:
    rows = [
        ["企业名称", "地址", "说明"],
        ["公司全称", "备注", "在册"],
        *([one, "", ""] for one in FIRMS),
    ]
    batch = uploaded("名册.xlsx", workbook({"名册": rows}))
    assert batch.understanding["tables"][0]["header_first"] == 1
    batch = correct(client, batch, header="2")
    assert batch.understanding["tables"][0]["header_first"] == 2
    assert [one["header"] for one in batch.understanding["tables"][0]["columns"]] == rows[1]


def test_a_later_file_is_read_as_the_last_was_corrected(client: Client, uploaded: Upload) -> None:
    correct(client, uploaded("名册.xlsx", roster(*HEADERS)), **{"column-C": "staff_count"})
    later = uploaded("新名册.xlsx", roster(*HEADERS[::-1], swapped=True))
    assert field_of(later, "在册") == "staff_count"
    page = shown(client, later)
    assert "“在册”读作“从业人数”，按上次的对应" in page
    later = correct(client, later, forget="在册")
    assert field_of(later, "在册") == ""
    assert not RememberedMapping.objects.exists()


def test_what_was_remembered_is_followed_when_the_kind_is_guessed(
    chamber: Chamber, client: Client, administrator: User
) -> None:
    remember_mappings(plan="members", chosen={"在册": ["staff_count"]}, by=administrator, at=MOMENT)
    cells = "\r\n".join(["企业名称\t在册", *(f"{firm}\t10" for firm in FIRMS)])
    client.post(reverse("imports:paste"), {"chamber": chamber.pk, "cells": cells})
    batch = Batch.objects.get()
    assert field_of(batch, "在册") == "staff_count"
    batch = correct(client, batch, **{"column-B": "note"})
    assert "按上次的对应" not in shown(client, batch), "it is followed no longer"


def test_what_a_person_said_goes_before_what_others_said(administrator: User) -> None:
    other = factories.administrator()
    for days, (person, fields) in enumerate([(administrator, ["phone"]), (other, [])]):
        at = MOMENT + timedelta(days=days)
        remember_mappings(plan="members", chosen={"热线": fields}, by=person, at=at)
    own, theirs = (remembered_for(person, "members")["热线"] for person in (administrator, other))
    assert (own.fields, own.is_own) == (("phone",), True)
    assert (theirs.fields, theirs.is_own) == ((), True)
    third = remembered_for(factories.administrator(), "members")["热线"]
    assert (third.fields, third.is_own) == ((), False), "of the office's the newest"


def test_a_hidden_sheet_is_listed_and_can_be_taken(client: Client, uploaded: Upload) -> None:
    rows = [["企业名称", "联系电话"]]
    sheets = {"名册": [*rows, [FIRMS[0], "59098411"]], "旧册": [*rows, [FIRMS[1], "59098412"]]}
    batch = uploaded("名册.xlsx", workbook(sheets, hidden="旧册"))
    assert batch.counts["new"] == 1
    page = shown(client, batch, sheet="旧册")
    assert "读取这张隐藏的工作表" in page
    assert FIRMS[1] in page
    batch = correct(client, batch, sheet="旧册", table="", take_sheet="旧册")
    assert batch.counts["new"] == 2
    batch = correct(client, batch, leave_table="名册:1")
    assert list(batch.rows.order_by("position").values_list("sheet", flat=True)) == ["旧册"]


def test_what_would_leave_no_row_is_refused_and_changes_nothing(
    client: Client, uploaded: Upload
) -> None:
    batch = uploaded("名册.xlsx", roster(*HEADERS))
    before = batch.understanding
    response = client.post(
        address(batch), {"sheet": "名册", "table": "名册:1", "header": "4"}, follow=True
    )
    assert "没有可以导入的行" in response.content.decode()
    batch.refresh_from_db()
    assert batch.understanding == before
    assert batch.rows.count() == len(FIRMS)


@pytest.mark.parametrize("row", ["0", "-1", "99999999999999", "x"])
def test_a_row_that_is_none_is_ignored(client: Client, received: Receive, row: str) -> None:
    batch = received({"name": FIRMS[0]})
    assert correct(client, with_key(batch), header=row).counts["new"] == 1


def test_only_a_preview_can_be_read_again(client: Client, received: Receive) -> None:
    batch = with_key(received({"name": FIRMS[0]}))
    said = {"table": "名册:3", "sheet": "名册", "header": "2"}
    gone = client.post(address(batch), said, follow=True).content.decode()
    assert "原表已按保存期限清除，请重新上传文件。" in gone
    Batch.objects.update(state=Batch.State.DISCARDED)
    over = client.post(address(batch), said, follow=True).content.decode()
    assert "这次导入已经确认过或已放弃" in over
    assert "<select" not in over


def with_key(batch: Batch) -> Batch:
    """A batch whose rows were given, as one that was read."""
    batch.understanding["tables"][0]["key"] = "名册:3"
    batch.save()
    return batch


def test_a_sheet_in_which_nothing_was_found_is_shown_to_point_at_its_header(
    client: Client, chamber: Chamber
) -> None:
    cells = "\r\n".join(["甲方\t乙方", *(f"第{n}家\t内容" for n in "甲乙丙")])
    sent = {"plan": "members", "chamber": chamber.pk, "cells": cells}
    response = client.post(reverse("imports:paste"), sent)
    batch = Batch.objects.get()
    assert response.headers["Location"] == address(batch)
    assert "就从那一行读起" in shown(client, batch)
    client.post(address(batch), {"sheet": "", "table": "", "header": "1"})
    batch.refresh_from_db()
    batch = correct(client, batch, **{"column-A": "name"})
    assert batch.counts["new"] == len(FIRMS)


def test_a_file_can_be_read_as_another_kind_of_list(client: Client, uploaded: Upload) -> None:
    batch = uploaded(
        "名册.xlsx", sheet("名称", "地址", rows=[[f"{one}商会之家", "一号"] for one in "甲乙丙"])
    )
    assert batch.plan == "members"
    batch = correct(client, batch, plan="venues")
    assert (batch.plan, batch.understanding["tables"][0]["plan"]) == ("venues", "venues")
    assert list(batch.rows.order_by("position").values_list("values__name", flat=True)) == [
        f"{n}商会之家" for n in "甲乙丙"
    ]


FORM = [
    ["企业信息登记表"],
    ["企业名称", "上海登记有限公司", "统一社会信用代码", code(7)],
    ["法定代表人", "示例甲", "联系电话", "021-59790001"],
    ["成立日期", "2015-03-02", "注册资本", "500万元"],
    ["注册地址", "华腾路1号", "主营业务", "物流"],
]


def test_the_cells_of_a_form_are_given_their_meaning_one_by_one(
    client: Client, uploaded: Upload
) -> None:
    batch = uploaded("登记表.xlsx", workbook({"登记": FORM}))
    page = shown(client, batch)
    assert "是一份登记表" in page
    assert "B3“法定代表人”对应的项" in page
    assert "没有表头" not in page, "a form has none, and is not told so"
    correct(client, batch, **{"column-B3": "contact"})
    assert batch.rows.get(number__gt=0).values["contact"] == "示例甲"
    again = uploaded("登记表2.xlsx", workbook({"登记": FORM}))
    assert field_of(again, "法定代表人") == "contact", "the next form is read the same way"


def test_of_a_file_whose_only_sheet_is_hidden_that_sheet_is_shown(
    client: Client, uploaded: Upload
) -> None:
    rows = [["企业名称", "商会职务"], *([firm, "会员"] for firm in FIRMS)]
    content = workbook({"空": [], "名册": rows}, hidden="名册")
    batch = uploaded("名册.xlsx", content)
    page = shown(client, batch)
    assert FIRMS[0] in page
    assert "读取这张隐藏的工作表" in page
    assert "按保存期限清除" not in page
