"""The list of imports."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.parts import Tone, number_words
from core.tables import MomentColumn, RecordTable, StateColumn, TextColumn, TitleColumn
from imports.models import Batch

STATE_TONES = {
    Batch.State.RECEIVING: Tone.BLUE,
    Batch.State.UNREAD: Tone.RED,
    Batch.State.COMPARING: Tone.BLUE,
    Batch.State.PREVIEW: Tone.AMBER,
    Batch.State.COMMITTING: Tone.BLUE,
    Batch.State.COMMITTED: Tone.GREEN,
    Batch.State.UNDOING: Tone.BLUE,
    Batch.State.UNDONE: Tone.GREY,
    Batch.State.FAILED: Tone.RED,
    Batch.State.DISCARDED: Tone.GREY,
}


def batch_url(record: Batch) -> str:
    """The page of an import, whatever its state. The table hands the row over by this name."""
    return reverse("imports:show_batch", args=[record.pk])


class BatchTable(RecordTable):
    file_name = TitleColumn(gettext_lazy("文件"), linkify=batch_url)
    plan = TextColumn(gettext_lazy("内容"), order_by="plan")
    whose = TextColumn(gettext_lazy("商会或街镇"), order_by=("chamber__sort_key", "town__sort_key"))
    state = StateColumn(gettext_lazy("状态"), tones=STATE_TONES)
    counts = TextColumn(gettext_lazy("行数"), orderable=False)
    uploaded_by = TextColumn(gettext_lazy("上传人"), order_by="uploaded_by__name")
    uploaded_at = MomentColumn(gettext_lazy("上传时间"))

    class Meta(RecordTable.Meta):
        order_by = ("-uploaded_at",)

    def render_counts(self, value: dict[str, Any]) -> str:
        words = {
            "new": _("新增 %(count)s"),
            "changed": _("有变化 %(count)s"),
            "same": _("相同 %(count)s"),
            "errors": _("要处理 %(count)s"),
        }
        told = [
            text % {"count": number_words(value[key])}
            for key, text in words.items()
            if value.get(key)
        ]
        return _("，").join(told)
