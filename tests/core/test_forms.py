"""Forms: pickers, sections, refusals at their fields, choices found while typing."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from chambers.models import Enterprise
from core import forms as core_forms
from core.forms import (
    PhotosField,
    PlainForm,
    Section,
    Segmented,
    SuggestField,
    SuggestManyField,
)
from core.parts import Button
from core.refusals import Refused, Rule
from core.suggest import SUGGESTIONS, suggestions
from tests import factories

SOME_URL = "core:gallery"  # any address will do where only the attribute matters


class EntryForm(PlainForm):
    title = forms.CharField(label="活动名称", max_length=10)
    held_on = forms.DateField(label="日期")
    headcount = forms.IntegerField(label="人数", required=False)
    mode = forms.ChoiceField(
        label="形式", choices=[("on", "线上"), ("off", "线下")], widget=Segmented
    )
    photos = PhotosField(most=2)

    sections = (Section("时间", ("title", ("held_on", "headcount"))),)


class HostForm(PlainForm):
    host = SuggestField(label="主办", queryset=Enterprise.objects.all(), suggest_url=SOME_URL)
    others = SuggestManyField(
        label="协办", queryset=Enterprise.objects.all(), suggest_url=SOME_URL, required=False
    )


def drawn(form: forms.Form, **options: Any) -> str:
    source = "{% load components %}{% record_form form buttons=buttons draft=draft %}"
    context = {"form": form, "buttons": (), "draft": "", **options}
    return Template(source).render(Context(context))


def photo(name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"jpeg", "image/jpeg")


def test_days_use_the_browsers_picker_and_iso_in_every_language() -> None:
    html = drawn(EntryForm({"held_on": "2024-05-27"}))
    assert 'type="date" name="held_on" value="2024-05-27"' in html
    assert 'inputmode="numeric"' in html


def test_all_errors_are_told_at_once_and_lead_to_their_fields() -> None:
    html = drawn(EntryForm({"title": "很长很长很长很长很长很长", "held_on": "2024-02-30"}))
    assert "有 3 处需要修改" in html
    for target in ("id_title", "id_held_on", "id_mode"):
        assert f'<a href="#{target}' in html
        assert f'id="{target}_error"' in html
    assert "data-refused" in html


def test_what_is_missing_is_asked_for_in_the_order_of_the_page() -> None:
    class LaidOutForm(EntryForm):
        sections = (Section("", (("mode", "held_on"), "title")),)

    errors = LaidOutForm({"title": "", "mode": "neither"}).errors
    assert list(errors) == ["mode", "held_on", "title"]
    assert [str(one[0]) for one in errors.values()] == [
        "没有这个选项，请重新选择。",
        "请填写。",
        "请填写。",
    ]


def test_fields_without_a_section_follow_those_with_one() -> None:
    html = drawn(EntryForm())
    assert html.index("<legend>时间") < html.index('name="title"') < html.index('name="mode"')
    assert html.count('class="field-row"') == 1


@pytest.mark.django_db
def test_fields_that_need_the_width_stand_alone_on_a_phone() -> None:
    class WideForm(HostForm):
        held_on = forms.DateField(label="日期")
        sections = (Section("", (("held_on", "host"),)),)

    assert 'class="field-row is-stacked"' in drawn(WideForm())


def test_a_draft_is_kept_under_its_key_and_others_ask_before_leaving() -> None:
    assert 'data-draft="activity-new"' in drawn(EntryForm(), draft="activity-new")
    assert "data-warn-unsaved" in drawn(EntryForm())


def test_buttons_say_which_one_was_pressed() -> None:
    buttons = [Button("存草稿", "act", "draft"), Button("提交", "act", "go", primary=True)]
    html = drawn(EntryForm(), buttons=buttons)
    assert 'class="btn btn-plain" name="act" value="draft"' in html
    assert 'class="btn btn-primary" name="act" value="go"' in html


def test_a_refusal_reaches_its_field_and_keeps_every_rule() -> None:
    form = EntryForm({"title": "会", "held_on": "2024-05-27", "mode": "on"})
    assert form.is_valid()
    rules = (
        Rule("ACT-03", "活动日期不得晚于填报日", "held_on"),
        Rule("ACT-09", "本月已锁定"),
        Rule("ACT-10", "不在本表", "no_such_field"),
    )
    form.add_refusal(Refused(rules))
    assert form.errors["held_on"] == ["活动日期不得晚于填报日"]
    assert form.non_field_errors() == ["本月已锁定", "不在本表"]


def test_photos_are_optional_and_limited_in_number() -> None:
    sent = {"title": "会", "held_on": "2024-05-27", "mode": "on"}
    assert EntryForm(sent, MultiValueDict()).is_valid()
    two = EntryForm(sent, MultiValueDict({"photos": [photo(), photo("b.jpg")]}))
    assert two.is_valid()
    assert [file.name for file in two.cleaned_data["photos"]] == ["a.jpg", "b.jpg"]
    three = EntryForm(sent, MultiValueDict({"photos": [photo()] * 3}))
    assert three.errors["photos"] == ["最多 2 张照片，这次选了 3 张。"]


@pytest.mark.django_db
def test_a_long_choice_holds_the_chosen_row_and_only_the_first_few(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(core_forms, "SUGGESTED_AT_FIRST", 2)
    rows = [factories.enterprise() for _ in range(5)]
    html = str(HostForm(initial={"host": rows[4].pk})["host"])
    assert f'<option value="{rows[4].pk}" selected>' in html
    assert html.count("<option") == 1 + 1 + 2  # none, the chosen one, two others
    assert "data-suggest-url" in html


@pytest.mark.django_db
def test_a_row_that_is_not_in_the_page_can_be_chosen_but_none_out_of_sight() -> None:
    seen, hidden = factories.enterprise(), factories.enterprise()
    form = HostForm({"host": str(hidden.pk)})
    form.fields["host"].queryset = Enterprise.objects.filter(pk=seen.pk)  # type: ignore[attr-defined]
    assert not form.is_valid()
    assert HostForm({"host": str(hidden.pk), "others": [str(seen.pk)]}).is_valid()


@pytest.mark.django_db
@pytest.mark.parametrize("junk", ["x", "9" * 40, "-1", "1;2", "\x00"])
def test_junk_in_a_long_choice_is_an_error_not_a_crash(junk: str) -> None:
    form = HostForm({"host": junk, "others": [junk]})
    assert not form.is_valid()
    assert drawn(form)


@pytest.mark.django_db
def test_rows_are_found_by_name_pinyin_and_initials() -> None:
    factories.enterprise(name="华新镇示例物流")
    factories.enterprise(name="徐泾镇示例农业")
    for typed in ("华新", "huaxin", "hxz", "HXZ"):
        request = RequestFactory().get("/", {"q": typed})
        found = suggestions(request, Enterprise.objects.all(), note=lambda row: "示例")
        assert b'"text": "\\u534e\\u65b0' in found.content
        assert found.content.count(b'"value"') == 1


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "%", "_", "\x00", "示" * 500])
def test_anything_typed_gets_an_answer_of_bounded_length(typed: str) -> None:
    for _ in range(SUGGESTIONS + 2):
        factories.enterprise()
    answer = suggestions(RequestFactory().get("/", {"q": typed}), Enterprise.objects.all())
    assert answer.status_code == 200
    assert answer.content.count(b'"value"') <= SUGGESTIONS


@pytest.mark.django_db
def test_a_blank_choice_has_a_name_and_compulsory_segments_have_none() -> None:
    dashes = [("", "---------"), ("a", "甲")]

    class ChoosingForm(PlainForm):
        plain = forms.ChoiceField(choices=dashes)
        segments = forms.ChoiceField(choices=dashes, widget=Segmented)
        loose = forms.ChoiceField(choices=dashes, widget=Segmented, required=False)
        row = forms.ModelChoiceField(queryset=Enterprise.objects.all())

    form = ChoosingForm()
    assert "---------" not in drawn(form)
    assert str(form["plain"]).count("<option") == 2
    assert str(form["segments"]).count("<input") == 1
    assert str(form["loose"]).count("<input") == 2
    assert ">请选择</option>" in str(form["row"])
