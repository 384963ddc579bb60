"""The pages of a preview: what they show and take, at the same cost on every page."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import User
from chambers.models import Chamber
from imports import queries
from imports.models import Batch
from imports.showing.paging import RowPaginator
from jobs import actions as jobs
from tests import factories
from tests.imports.conftest import Receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(administrator: User, signed_in: Callable[[User], Client]) -> Client:
    jobs.tick(name="publish", now=timezone.now())
    return signed_in(administrator)


def page(client: Client, batch: Batch, query: str = "") -> str:
    response = client.get(reverse("imports:show_batch", args=[batch.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, name: str, batch: Batch, *place: int, **what: Any) -> Any:
    response = client.post(reverse(f"imports:{name}", args=[batch.pk, *place]), what)
    assert response.status_code == 302
    batch.refresh_from_db()
    return response


def many(received: Receive, count: int) -> Batch:
    return received(*({"name": f"上海示例{number:03}号有限公司"} for number in range(count)))


def test_a_page_costs_the_same_for_few_rows_and_for_many(
    client: Client, received: Receive, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 60):
        batch = many(received, count)
        with django_assert_max_num_queries(14):
            page(client, batch)


@pytest.mark.parametrize("show", [queries.ALL, "new"])
def test_pages_hold_every_row_once_without_counting_them(
    received: Receive, django_assert_num_queries: Any, show: str
) -> None:
    batch = many(received, 60)
    paginator = RowPaginator(batch, show, 25, count=60)
    with django_assert_num_queries(3 if show == queries.ALL else 6):
        pages = [paginator.page(number) for number in (1, 2, 3)]
    assert [row.position for page in pages for row in page] == list(range(1, 61))
    assert pages[0].has_next()


def test_a_cell_is_corrected_from_its_page_without_a_script(
    client: Client, received: Receive
) -> None:
    batch = received({"name": "上海示例甲有限公司", "position": "名誉会长"})
    shown = client.get(reverse("imports:show_row", args=[batch.pk, 1])).content.decode()
    assert 'value="名誉会长"' in shown
    what = {"field": "position", "text": "理事", "show": "problem"}
    response = send(client, "correct_cell", batch, 1, **what)
    assert response.headers["Location"].endswith("?show=problem#row-1")
    assert batch.counts["errors"] == 0
    shown = page(client, batch)
    assert "原表：名誉会长" in shown
    assert "预览中的改动" in shown


def test_what_is_refused_is_told_on_the_page(client: Client, received: Receive) -> None:
    batch = received({"name": "上海示例甲有限公司"})
    send(client, "correct_cell", batch, 1, field="staff_count", text="3")
    assert "这份表没有这一项" in page(client, batch)
    send(client, "choose_leavers", batch, act="leave:all", left_on="2024-02-30")
    assert "请填写离开的日期" in page(client, batch)
    send(client, "choose_policies", batch, **{"policy-name": "burn"})
    assert "没有这样的写入方式" in page(client, batch)
    send(client, "choose_row", batch, 1, act="same_as:99999999999999999999")
    assert "已经不在预览中" in page(client, batch)


def test_a_row_is_decided_and_the_choice_taken_back(
    client: Client, chamber: Chamber, received: Receive
) -> None:
    known = factories.enterprise(chamber.town, "上海示例顺达物流有限公司")
    batch = received({"name": "上海示例顺发物流有限公司"})
    assert f'value="same_as:{known.pk}"' in page(client, batch)
    send(client, "choose_row", batch, 1, act=f"same_as:{known.pk}")
    assert batch.counts["new"] == 0
    assert "重新选择" in page(client, batch)
    send(client, "choose_row", batch, 1, act="")
    assert batch.counts["new"] == 1


def test_leavers_are_ticked_or_taken_all(
    client: Client, chamber: Chamber, received: Receive
) -> None:
    for name in ("上海示例甲有限公司", "上海示例乙有限公司"):
        factories.membership(chamber, factories.enterprise(chamber.town, name))
    batch = received({"name": "上海完全不同贸易商行"})
    shown = page(client, batch, "?show=absent")
    assert f'value="{timezone.localdate().isoformat()}"' in shown
    positions = list(batch.rows.filter(verdict="absent").values_list("position", flat=True))
    send(client, "choose_leavers", batch, row=positions[0], act="leave", left_on="2024-06-01")
    assert batch.counts["leaving"] == 1
    send(client, "choose_leavers", batch, act="leave:all", left_on="2024-06-01")
    assert batch.counts["leaving"] == 2
    send(client, "choose_leavers", batch, act="keep:all")
    assert batch.counts["leaving"] == 0
    send(client, "choose_leavers", batch, act="leave", left_on="2024-06-01")
    assert "请先勾选" in page(client, batch)


def test_the_policy_of_a_column_is_chosen_and_told(
    client: Client, chamber: Chamber, received: Receive
) -> None:
    enterprise = factories.enterprise(chamber.town, "上海示例甲有限公司", contact="甲")
    factories.membership(chamber, enterprise)
    batch = received({"name": enterprise.name, "contact": "乙"})
    assert "表里填了的以表为准" in page(client, batch)
    send(client, "choose_policies", batch, **{"policy-contact": "fill"})
    assert batch.counts["changed"] == 0
    assert "联系人：只填空白" in page(client, batch)


def test_rows_that_need_work_are_handed_out_with_lists_as_text(
    client: Client, received: Receive
) -> None:
    batch = received({"name": "上海示例甲有限公司", "position": "名誉会长"})
    row = batch.rows.get(position=1)
    row.values = {**row.values, "name": ["甲", "乙"]}
    row.save()
    response = client.get(reverse("imports:download_rows", args=[batch.pk]))
    sheet: Any = load_workbook(BytesIO(response.content)).active
    texts = {str(cell.value) for line in sheet.iter_rows() for cell in line}
    assert "甲、乙" in texts


def test_a_list_that_names_no_member_at_all_asks_whether_it_is_the_right_chamber(
    client: Client, chamber: Chamber, received: Receive
) -> None:
    names = [f"上海示例会员{number}号有限公司" for number in range(5)]
    for name in names:
        factories.membership(chamber, factories.enterprise(chamber.town, name))
    other = page(client, received({"name": "上海示例别家有限公司"}))
    assert "华新镇商会现有的 5 家，这份名单一家也没有列到" in other
    own = page(client, received({"name": names[0]}, sha256="b"))
    assert "一家也没有列到" not in own


def test_the_sentence_beside_the_button_says_what_stays_out(
    client: Client, received: Receive
) -> None:
    batch = received(
        {"name": "上海示例甲有限公司"}, {"name": "上海示例乙有限公司", "position": "?"}
    )
    assert "要处理的 1 行不会导入。" in page(client, batch)
