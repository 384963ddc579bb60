"""A list comes in as a file or pasted; what it is and whose may be told by itself."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from chambers.models import Chamber
from core import storage_room
from core.refusals import Refused
from imports.models import Batch
from imports.receiving import files
from imports.receiving.belonging import Belonging, belonging_of
from tests import factories
from towns.models import Town

pytestmark = pytest.mark.django_db

ROWS = "企业名称\t商会职务\r\n上海甲有限公司\t理事\r\n上海乙有限公司\t会员\r\n"
TITLED = f"华新镇商会会员名册\t\r\n{ROWS}"


@pytest.fixture
def client(signed_in: Callable[[User], Client], administrator: User) -> Client:
    return signed_in(administrator)


def paste(client: Client, cells: str, **said: object) -> str:
    response = client.post(reverse("imports:paste"), {"cells": cells, **said}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_pasted_rows_go_to_a_preview_like_a_file(client: Client, chamber: Chamber) -> None:
    page = paste(client, ROWS, chamber=chamber.pk, plan="members")
    batch = Batch.objects.get()
    assert (batch.chamber, batch.counts["new"], batch.file_name) == (chamber, 2, "粘贴的表格.tsv")
    assert "导入 2 行" in page
    assert "文字编码" not in page, "nobody chose an encoding"


def test_a_pasted_cell_keeps_its_line_break_and_tab(client: Client, chamber: Chamber) -> None:
    cells = '企业名称\t备注\r\n上海甲有限公司\t"第一行\n第二行\t""完"""\r\n'
    paste(client, cells, chamber=chamber.pk)
    note = Batch.objects.get().rows.get().values["note"]
    assert "第一行" in note
    assert "第二行" in note
    assert "完" in note


def test_rows_in_which_no_list_is_found_are_shown_as_a_sheet(client: Client) -> None:
    page = paste(client, "甲\t乙\r\n1\t2\r\n")
    assert "点表头所在的行号" in page
    assert re.search("<td[^>]*>2</td>", page), "what was pasted is not lost"


def test_a_list_is_kept_while_nobody_knows_whose_it_is(
    client: Client, chamber: Chamber, own_town: Town
) -> None:
    other = factories.chamber(own_town, "朱家角镇商会")
    factories.membership(other, factories.enterprise(own_town, "上海乙有限公司"))
    page = paste(client, ROWS)
    assert "这是哪家商会的会员名册？" in page
    assert f'value="{other.pk}"><b>{other}</b><small>表里有 1 家是它的会员</small>' in page
    batch = Batch.objects.get()
    assert (batch.chamber, batch.rows.count()) == (None, 0)
    client.post(reverse("imports:confirm_batch", args=[batch.pk]))
    assert Batch.objects.get().state == Batch.State.PREVIEW, "nothing can be imported yet"
    page = answer(client, batch, chamber=other.pk)
    assert "导入 1 行" in page, "the other is a member already; nothing was uploaded again"
    assert Batch.objects.get().chamber == other


def answer(client: Client, batch: Batch, **whose: object) -> str:
    response = client.post(reverse("imports:choose_whose", args=[batch.pk]), whose, follow=True)
    return response.content.decode()


def test_an_answer_without_a_chamber_is_asked_again(client: Client, chamber: Chamber) -> None:
    paste(client, ROWS)
    assert "请选择是哪家商会的会员名册" in answer(client, Batch.objects.get())


def test_the_chamber_a_title_told_can_be_changed(
    client: Client, chamber: Chamber, own_town: Town
) -> None:
    paste(client, TITLED)
    other = factories.chamber(own_town, "朱家角镇商会")
    factories.membership(other, factories.enterprise(own_town, "上海丙有限公司"))
    batch = Batch.objects.get()
    page = answer(client, batch, chamber=other.pk)
    batch.refresh_from_db()
    assert (batch.chamber, batch.counts["absent"]) == (other, 1)
    assert "朱家角镇商会" in page


def test_cells_too_many_to_keep_are_refused_until_it_is_said_whose_they_are(
    client: Client, chamber: Chamber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_KEPT_BYTES", 1)
    page = paste(client, ROWS)
    assert "请选择是哪家商会的会员名册" in page
    assert ROWS.split("\r\n")[1] in page, "what was pasted is not lost"
    assert not Batch.objects.exists()


def test_the_title_tells_whose_list_it_is(client: Client, chamber: Chamber) -> None:
    paste(client, TITLED)
    assert Batch.objects.get().chamber == chamber


def test_a_list_of_the_district_says_so(client: Client, own_town: Town) -> None:
    venues = "阵地名称\t阵地类型\r\n甲商会之家\t商会之家\r\n乙工作站\t工作站\r\n"
    paste(client, venues, plan="venues")
    batch = Batch.objects.get()
    assert (batch.chamber, batch.town, batch.whose) == (None, None, "全区")
    paste(client, f"{own_town}阵地清单\t\r\n{venues}", plan="venues")
    assert Batch.objects.latest("pk").whose == own_town.name
    assert "全区" in client.get(reverse("imports:list_batches")).content.decode()


def test_of_names_within_a_name_the_longest_counts(
    chamber: Chamber, own_town: Town, administrator: User
) -> None:
    longer = factories.chamber(own_town, "北华新镇商会")
    nobody = Belonging()
    found = belonging_of("members", "北华新镇商会名册", nobody, administrator)
    assert found.chamber == longer
    other = factories.chamber(own_town, "朱家角镇商会")
    with pytest.raises(Refused, match="IMP-13"):
        belonging_of("members", f"{other}、{chamber}名册", nobody, administrator)


def test_nothing_is_taken_in_while_there_is_no_room(
    client: Client, chamber: Chamber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage_room, "has_room", lambda: False)
    assert "存储空间不足" in paste(client, ROWS, chamber=chamber.pk)
    file = SimpleUploadedFile("名册.csv", ROWS.encode())
    page = client.post(reverse("imports:upload"), {"chamber": chamber.pk, "file": file})
    assert "存储空间不足" in page.content.decode()
    assert not Batch.objects.exists()


TWO = """华新镇商会会员名单,
企业名称,商会职务
上海甲有限公司,理事
上海乙有限公司,会员
,
朱家角镇商会会员名单,
企业名称,商会职务
上海丙有限公司,会员
""".replace(",", "\t")


def test_a_file_of_several_chambers_is_shared_out_among_them(
    client: Client, chamber: Chamber, own_town: Town
) -> None:
    other = factories.chamber(own_town, "朱家角镇商会")
    assert f"{chamber} 2 行、{other} 1 行" in paste(client, TWO)
    share(client)
    found = {batch.chamber: batch.counts["new"] for batch in Batch.objects.all()}
    assert found == {chamber: 2, other: 1}
    share(client)
    assert Batch.objects.count() == 2, "sent again it changes nothing"


def test_of_a_file_of_several_chambers_one_takes_its_own_rows_alone(
    client: Client, chamber: Chamber, own_town: Town
) -> None:
    other = factories.chamber(own_town, "朱家角镇商会")
    paste(client, TWO)
    answer(client, Batch.objects.get(), chamber=other.pk)
    assert [row.values["name"] for row in Batch.objects.get().rows.all()] == ["上海丙有限公司"]


def share(client: Client) -> None:
    first = Batch.objects.order_by("pk")[0]
    client.post(reverse("imports:choose_whose", args=[first.pk]), {"share": "1"})
