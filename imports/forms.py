"""The forms a list is handed in with, as a file or pasted; and the one of a header's words."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from chambers.models import Chamber
from core.forms import PlainForm, Section, Segmented, SuggestField
from imports.plans.base import Belongs
from imports.plans.registry import PLANS
from imports.reading.vocabulary import PLANS as VOCABULARY
from imports.receiving.belonging import Belonging
from imports.understanding.noted import field_title
from towns.models import Town

BYTES_PER_MB = 1024 * 1024
PASTED_CHARACTERS = 4_000_000
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


ABOUT_THE_LIST = Section(gettext_lazy("不选也可以，系统自己判断"), ("plan", ("chamber", "town")))


class ListForm(PlainForm):
    """What a list holds and whose it is, however it is handed in.

    The kind may be left to be told by the content; whose list it is, when nobody says so, by the
    name in its title.
    """

    plan = forms.ChoiceField(
        label=gettext_lazy("内容"),
        widget=Segmented(attrs={"class": "segmented is-many"}),
        required=False,
    )
    chamber = SuggestField(
        label=gettext_lazy("哪家商会的"),
        queryset=Chamber.objects.none(),
        suggest_url="chambers:suggest_chambers",
        required=False,
        help_text=gettext_lazy("不选时按标题里的商会名称认，认不出再问您。"),
    )
    town = forms.ModelChoiceField(
        label=gettext_lazy("哪个街镇的"),
        queryset=Town.objects.none(),
        required=False,
        empty_label=gettext_lazy("全区"),
        help_text=gettext_lazy("只含一个街镇的表格，选这个街镇；全区的不用选。"),
    )

    def __init__(self, *args: Any, viewer: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = cast(Any, self.fields["plan"])
        plan.choices = [("", _("自动判断")), *((one.key, one.title) for one in PLANS.values())]
        plan.widget.attrs["data-belongs"] = json.dumps(_belongings())
        _offer_chambers_and_towns(self, viewer, today)

    def belonging(self) -> dict[str, Any]:
        """What receiving is told of the list: its plan, "" to be guessed, and whose it is."""
        sent = self.cleaned_data
        return {"plan": sent["plan"], "chamber": sent["chamber"], "town": sent["town"]}


def _offer_chambers_and_towns(form: forms.BaseForm, viewer: User, today: date) -> None:
    chamber, town = cast(Any, form.fields["chamber"]), cast(Any, form.fields["town"])
    chamber.queryset = Chamber.objects.visible_to(viewer).on(today).by_name()
    town.queryset = Town.objects.visible_to(viewer).order_by("order")


def _belongings() -> dict[str, list[str]]:
    """By plan, the fields that say whose list it is; all of them while the plan is open."""
    named = [Belongs.CHAMBER, Belongs.TOWN]
    found = {
        plan.key: [str(one) for one in named if one in plan.belongs_to] for plan in PLANS.values()
    }
    return {"": sorted({one for several in found.values() for one in several}), **found}


class WhoseForm(PlainForm):
    """Whose list a preview is, as far as a list of its kind may be somebody's."""

    chamber = SuggestField(
        label=gettext_lazy("商会"),
        queryset=Chamber.objects.none(),
        suggest_url="chambers:suggest_chambers",
        required=False,
    )
    town = forms.ModelChoiceField(
        label=gettext_lazy("街镇"),
        queryset=Town.objects.none(),
        required=False,
        empty_label=gettext_lazy("全区"),
    )

    def __init__(self, plan: str, *args: Any, viewer: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_chambers_and_towns(self, viewer, today)
        for name in {Belongs.CHAMBER, Belongs.TOWN} - PLANS[plan].belongs_to:
            del self.fields[name]

    def chosen(self) -> Belonging:
        """What was chosen; of both the chamber counts."""
        sent = self.cleaned_data
        return Belonging(sent.get("chamber"), sent.get("town"))


class UploadForm(ListForm):
    """A list as a file."""

    sections = (Section("", ("file",)), ABOUT_THE_LIST)

    file = forms.FileField(
        label=gettext_lazy("表格文件"),
        widget=SheetInput,
        allow_empty_file=True,  # the reader says it better
        max_length=255,
        error_messages={
            "required": gettext_lazy("请选择表格文件。"),
            "invalid": gettext_lazy("文件没有传上来，请重新选择。"),
            "max_length": gettext_lazy("文件名太长，请改短后上传。"),
        },
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
            raise forms.ValidationError(_too_large(), code="too_large")
        return file


class GridInput(forms.Textarea):
    """A field that rows are pasted into; what was pasted is shown below it as a table."""

    template_name = "imports/grid_input.html"


class PasteForm(ListForm):
    """A list as rows copied from a spreadsheet."""

    sections = (Section("", ("cells",)), ABOUT_THE_LIST)

    cells = forms.CharField(
        label=gettext_lazy("从 Excel 或 WPS 复制的单元格"),
        strip=False,
        widget=GridInput(
            attrs={
                "rows": 10,
                "spellcheck": "false",
                "autocomplete": "off",
                "wrap": "off",
                "data-paste-grid": "",
                "data-limit": PASTED_CHARACTERS,
            }
        ),
        max_length=PASTED_CHARACTERS,
        error_messages={
            "required": gettext_lazy(
                "请先在 Excel、WPS 里选中表格（连同表头）复制，再粘贴到这里。"
            ),
            "max_length": gettext_lazy("粘贴的内容太多，请存为文件后上传。"),
        },
    )


class HeaderWordForm(PlainForm):
    """A further word for the header of a field."""

    sections = (Section("", (("field", "word"),)),)

    field = forms.ChoiceField(label=gettext_lazy("对应的项"))
    word = forms.CharField(
        label=gettext_lazy("表头用词"),
        help_text=gettext_lazy("照表头的写法填，如“商号”；空格、括号和“*”不影响辨认。"),
        max_length=50,
    )

    def __init__(self, plan: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [column.name for column in VOCABULARY[plan].columns]
        choices = [("", _("请选择")), *((name, field_title(plan, name)) for name in names)]
        cast(Any, self.fields["field"]).choices = choices
