"""The form a file is handed in with."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from chambers.models import Chamber
from core.forms import PlainForm, SuggestField

BYTES_PER_MB = 1024 * 1024
ENDINGS = ".xlsx,.xls,.xlsm,.xlsb,.ods,.csv,.tsv,.txt,.et"


class SheetInput(forms.FileInput):
    """A field a file is dropped on or chosen with; it says the name, and what is too large."""

    template_name = "imports/file_picker.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        limit = settings.UPLOAD_LIMIT_BYTES
        picker = {
            "accept": ENDINGS,
            "data-file-picker": "",
            "data-limit": limit,
            "data-too-large": _too_large(),
        }
        context = super().get_context(name, value, {**picker, **(attrs or {})})
        return {**context, "limit_mb": limit // BYTES_PER_MB}


def _too_large() -> str:
    limit = settings.UPLOAD_LIMIT_BYTES // BYTES_PER_MB
    return _("文件超过%(limit)sMB，请删除多余内容或拆成几个文件后上传。") % {"limit": limit}


class UploadForm(PlainForm):
    """A member list and the chamber whose list it is."""

    chamber = SuggestField(
        label=gettext_lazy("哪家商会的名册"),
        queryset=Chamber.objects.none(),
        suggest_url="chambers:suggest_chambers",
    )
    file = forms.FileField(
        label=gettext_lazy("会员名册"),
        widget=SheetInput,
        allow_empty_file=True,  # the reader says it better
        max_length=255,
        error_messages={
            "required": gettext_lazy("请选择名册文件。"),
            "invalid": gettext_lazy("文件没有传上来，请重新选择。"),
            "max_length": gettext_lazy("文件名太长，请改短后上传。"),
        },
    )

    def __init__(self, *args: Any, viewer: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chamber: Any = self.fields["chamber"]
        chamber.queryset = Chamber.objects.visible_to(viewer).on(today).by_name()

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
            raise forms.ValidationError(_too_large(), code="too_large")
        return file
