"""What config.messages finds in code and pages, and what it says about English that is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polib
import pytest
from django.utils import translation
from django.utils.formats import date_format
from pytest import MonkeyPatch

from config import messages
from config.runtime.translations import compile_file
from core.periods import Period


def faults(chinese: str, english: str) -> list[str]:
    return list(messages.faults_of(polib.POEntry(msgid=chinese, msgstr=english)))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: MonkeyPatch) -> Path:
    """A project of one module, whose catalogue is empty."""
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "CATALOGUE", tmp_path / "locale" / "django.po")
    (tmp_path / "words.py").write_text('title = gettext("街镇")\n', encoding="utf-8")
    return tmp_path


def test_sentences_are_found_with_context_and_plural(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}{% translate "街镇" context "列表" %}{% blocktranslate count n=n %}'
        "还剩 {{ n }} 个{% plural %}还剩 {{ n }} 个{% endblocktranslate %}",
        encoding="utf-8",
    )
    assert list(messages.messages_of(page)) == [
        ("列表", "街镇", ""),
        ("", "还剩 %(n)s 个", "还剩 %(n)s 个"),
    ]


def test_the_same_word_in_two_contexts_is_two_sentences(project: Path) -> None:
    (project / "more.py").write_text('pgettext("列表", "街镇")\n', encoding="utf-8")
    messages.write()
    assert [(entry.msgctxt, entry.msgid) for entry in messages.catalogue()] == [
        ("列表", "街镇"),
        (None, "街镇"),
    ]


def test_writing_keeps_english_and_drops_what_is_gone(project: Path) -> None:
    messages.write()
    catalogue = messages.catalogue()
    catalogue[0].msgstr = "Town"
    catalogue.save(str(messages.CATALOGUE))
    (project / "words.py").write_text('gettext("街镇"), gettext("商会")\n', encoding="utf-8")

    messages.write()
    assert {entry.msgid: entry.msgstr for entry in messages.catalogue()} == {
        "街镇": "Town",
        "商会": "",
    }

    (project / "words.py").write_text('gettext("商会")\n', encoding="utf-8")
    messages.write()
    assert [entry.msgid for entry in messages.catalogue()] == ["商会"]


def test_a_sentence_new_or_empty_or_left_over_is_told(project: Path) -> None:
    assert messages.complaints() == ["words.py: no English for “街镇”"]

    messages.write()
    assert messages.complaints() == ["words.py: no English for “街镇”"]

    (project / "words.py").write_text("", encoding="utf-8")
    assert messages.complaints() == ["django.po: “街镇” is no longer in the code"]


def test_a_lost_or_foreign_placeholder_is_told() -> None:
    assert faults("共 %(count)s 家", "Chambers") == ["lost %(count)s"]
    assert faults("{rules.idle_days} 天", "days") == ["lost {rules.idle_days}"]
    assert faults("共 {count} 家", "{number} in all") == [
        "lost {count}",
        "does not have {number}",
    ]
    assert faults("共 %(count)s 家", "%(count)s in all") == []


def test_each_form_of_a_plural_is_looked_at() -> None:
    entry = polib.POEntry(
        msgid="还剩 %(n)s 个",
        msgid_plural="还剩 %(n)s 个",
        msgstr_plural={0: "one left", 1: "some left"},
    )
    assert list(messages.faults_of(entry)) == ["lost %(n)s"]


def test_a_single_per_cent_sign_is_told_where_it_would_break() -> None:
    assert faults("增长 %(n)s%%", "%(n)s% more") == ["has a single %, write %%"]
    assert faults("增长 %(n)s%%", "%(n)s%% more") == []
    assert faults("满分 100%", "All of 100%") == []


def test_chinese_left_in_the_english_is_told_unless_it_is_quoted() -> None:
    assert faults("登记活动", "登记活动") == []
    assert faults("登记活动", "Enter an 活动项目") == ["is still Chinese: 活动项目"]
    assert faults("如“千万级”，照来源抄录", "E.g. 千万级, copied from its source") == []


def test_every_english_sentence_reaches_the_compiled_file(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_bytes(messages.CATALOGUE.read_bytes())
    compiled = polib.mofile(str(compile_file(source)))
    assert {(e.msgctxt, e.msgid) for e in compiled} == {
        (e.msgctxt, e.msgid) for e in polib.pofile(str(source)).translated_entries()
    }
    assert len(compiled) > 1000


@pytest.mark.parametrize("kind", ["DATE_FORMAT", "SHORT_DATE_FORMAT"])
def test_an_english_day_can_not_be_taken_for_a_month(kind: str) -> None:
    with translation.override("en"):
        assert date_format(date(2024, 5, 8), kind) == "8 May 2024"


def test_months_are_named_in_the_language_of_the_page() -> None:
    may = Period.parse("2024-05")
    with translation.override("zh-hans"):
        assert may.words == "2024年5月"
    with translation.override("en"):
        assert may.words == "May 2024"
