"""Words an administrator adds are known to the next reading; one word means one field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.refusals import Refused
from imports.models import Batch, HeaderWord
from imports.understanding.learning import add_header_word, remove_header_word

pytestmark = pytest.mark.django_db

Upload = Callable[..., Batch]


def add(word: str, by: User, field: str = "staff_count") -> HeaderWord:
    return add_header_word(plan="members", field=field, word=word, by=by)


def test_the_next_reading_knows_an_added_word_until_it_is_removed(
    uploaded: Upload, administrator: User
) -> None:
    roster = "企业名称,在册\n上海甲有限公司,12\n上海乙有限公司,30\n".encode()
    assert "staff_count" not in uploaded("名册.csv", roster).rows.get(number=2).values
    word = add(" 在册（人） ", administrator)
    assert uploaded("名册.csv", roster).rows.get(number=2).values["staff_count"] == "12"
    remove_header_word(word=word, by=administrator)
    assert "staff_count" not in uploaded("名册.csv", roster).rows.get(number=2).values


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("", "IMP-20"),
        ("*（）", "IMP-20"),
        ("字" * 51, "IMP-21"),
        ("民族", "IMP-22"),
        ("企业 名称", "IMP-23"),
        ("在 册", "IMP-23"),
    ],
)
def test_a_word_that_cannot_help_is_refused(administrator: User, word: str, code: str) -> None:
    add("在册", administrator)
    with pytest.raises(Refused, match=code):
        add(word, administrator, field="note")
    assert HeaderWord.objects.count() == 1


def test_the_page_shows_adds_and_removes_words(
    signed_in: Callable[[User], Client], administrator: User
) -> None:
    client = signed_in(administrator)
    address = reverse("imports:list_header_words")
    page = client.post(address, {"field": "name", "word": "商号"}, follow=True).content.decode()
    word = HeaderWord.objects.get()
    assert "已添加“商号”" in page
    assert reverse("imports:remove_header_word", args=[word.pk]) in page
    assert "单位名称" in page, "the built-in words are shown"
    again = client.post(address, {"field": "note", "word": "商号"}).content.decode()
    assert "这个词已经指“企业名称”" in again
    assert 'value="商号"' in again
    client.post(reverse("imports:remove_header_word", args=[word.pk]))
    assert not HeaderWord.objects.exists()
