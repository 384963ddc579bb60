"""Forms of saved views and of feedback."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access import ROLE_CHOICES
from core.forms import PlainForm
from core.normalise import clean_text

LONGEST_PATH, LONGEST_QUERY = 200, 2000  # as the columns hold


class SaveViewForm(PlainForm):
    """A name for the page that is open; its address comes along."""

    name = forms.CharField(label=_("名称"), max_length=40)
    path = forms.CharField(max_length=LONGEST_PATH, widget=forms.HiddenInput)
    query = forms.CharField(max_length=LONGEST_QUERY, required=False, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        return clean_text(self.cleaned_data["name"])


class EditViewForm(PlainForm):
    """The name of a view; whoever may share it also chooses a role."""

    name = forms.CharField(label=_("名称"), max_length=40)
    role = forms.ChoiceField(
        label=_("共享给"),
        choices=[("", _("不共享，只自己用")), *ROLE_CHOICES],
        required=False,
        help_text=_("该角色的每个人都能打开这个视图，看到的仍是各自权限内的数据。"),
    )

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["role"]

    def clean_name(self) -> str:
        return clean_text(self.cleaned_data["name"])


class FeedbackForm(PlainForm):
    """What somebody wants to say of a page."""

    words = forms.CharField(
        label=_("您的意见"),
        max_length=4000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("哪里不对、哪里不便、还缺什么，照实写就好。请不要写个人隐私。"),
    )
    path = forms.CharField(
        max_length=LONGEST_PATH,
        required=False,
        widget=forms.HiddenInput(attrs={"data-draft-keep": ""}),
    )

    def clean_words(self) -> str:
        return clean_text(self.cleaned_data["words"], keep_lines=True)


class AnswerForm(PlainForm):
    """What came of it."""

    answer = forms.CharField(
        label=_("答复"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("提出人会在自己的意见下看到答复；清空则恢复为待答复。"),
    )

    def clean_answer(self) -> str:
        return clean_text(self.cleaned_data["answer"], keep_lines=True)
