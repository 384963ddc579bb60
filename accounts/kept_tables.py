"""The list of feedback: its filters and its columns."""

from __future__ import annotations

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Feedback
from core.lists import RecordFilter, SearchFilter
from core.parts import State, Tone
from core.tables import MomentColumn, RecordTable, TextColumn, TitleColumn

OPEN, ANSWERED = "open", "answered"


class FeedbackFilter(RecordFilter):
    """Feedback by its words and by whether it was answered."""

    q = SearchFilter(method="with_words", placeholder=gettext_lazy("意见或答复中的文字"))
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("状态"),
        choices=((OPEN, gettext_lazy("待答复")), (ANSWERED, gettext_lazy("已答复"))),
        empty_label=gettext_lazy("全部"),
        method="in_state",
    )

    class Meta:
        model = Feedback
        fields = ("q", "state")

    def with_words(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(words__icontains=value) | rows.filter(answer__icontains=value)

    def in_state(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(answered_at__isnull=value == OPEN)


def feedback_state(feedback: Feedback) -> State:
    if feedback.answered_at:
        return State(_("已答复"), Tone.GREEN)
    return State(_("待答复"), Tone.AMBER)


class FeedbackTable(RecordTable):
    words = TitleColumn(
        pgettext_lazy("列表", "意见"),
        linkify=lambda record: reverse("accounts:answer_feedback", args=[record.pk]),
        orderable=False,
    )
    path = TextColumn(gettext_lazy("页面"), css="is-code")
    written_by = TextColumn(gettext_lazy("提出人"), order_by="written_by__sort_key")
    written_at = MomentColumn(gettext_lazy("提出时间"))
    state = TextColumn(
        gettext_lazy("状态"), css="is-state", order_by="answered_at", empty_values=()
    )
    answer = TextColumn(gettext_lazy("答复"), orderable=False)

    class Meta(RecordTable.Meta):
        model = Feedback
        fields = ("words", "path", "written_by", "written_at", "state", "answer")
        order_by = ("-written_at",)

    def render_state(self, record: Feedback) -> SafeString:
        state = feedback_state(record)
        return format_html('<span class="state state-{}">{}</span>', state.tone, state.word)

    def value_state(self, record: Feedback) -> str:
        return str(feedback_state(record).word)

    def value_written_by(self, record: Feedback) -> str:
        return str(record.written_by)
