"""The column that opens the form of a row, for those who keep the registers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from core.access import Permission
from core.dated import DatedTable
from core.tables import TextColumn


class EditColumn(TextColumn):
    """修改, leading to the form of the row; ``url_name`` takes its primary key."""

    words = gettext_lazy("修改")

    def __init__(self, *, url_name: str) -> None:
        self.url_name = url_name
        super().__init__(
            gettext_lazy("操作"),
            accessor="pk",
            orderable=False,
            exclude_from_export=True,
            css="no-print",
        )

    def render(self, value: Any) -> SafeString:
        return format_html(
            '<span class="record-acts"><a href="{}">{}</a></span>',
            reverse(self.url_name, args=[value]),
            self.words,
        )


class RemoveColumn(EditColumn):
    """删除, leading to the page that asks for the reason."""

    words = gettext_lazy("删除")


class EditableTable(DatedTable):
    """A table with a column ``edit`` that only those see who may edit."""

    def before_render(self, request: HttpRequest) -> None:
        super().before_render(request)
        if not request.user.can(Permission.EDIT_REGISTERS):  # type: ignore[union-attr]
            self.columns.hide("edit")
