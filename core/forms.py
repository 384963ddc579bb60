"""What every form shares: sections, an error summary, pickers, and fields found while typing."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core.parts import Text
from core.refusals import Refused

FIELD_TEMPLATE = "components/field.html"
SUGGESTED_AT_FIRST = 300  # options of a suggest field that are in the page, for use without script
# What the framework says of a field that is left empty, or of a choice that is none.
PLAIN_WORDS = (
    forms.Field.default_error_messages["required"],
    forms.ChoiceField.default_error_messages["invalid_choice"],
    forms.ModelChoiceField.default_error_messages["invalid_choice"],
)
LONGEST_KEY = 18  # digits of a primary key that fit the database's integer


class DayInput(forms.DateInput):
    """The browser's own date picker; it reads and writes ISO days in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of a day and a time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Segmented(forms.RadioSelect):
    """A few choices side by side, one of them chosen: 线下 | 线上 | 结合."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"class": "segmented", **(attrs or {})}, choices)


class PhotoInput(forms.FileInput):
    """Photos from the camera or the album: previewed, and shrunk in the browser where it can."""

    allow_multiple_selected = True
    template_name = "components/widgets/photos.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        accept = "image/jpeg,image/png,image/webp,image/heic,image/heif"
        super().__init__({"accept": accept, "multiple": True, "data-photos": "", **(attrs or {})})


class PhotosField(forms.FileField):
    """Any number of photos up to ``most``; cleans to a list of uploaded files. Never compulsory."""

    widget = PhotoInput

    def __init__(self, *, most: int = 9, **options: Any) -> None:
        self.most = most
        super().__init__(**{"required": False, "label": _("照片（可不传）"), **options})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > self.most:
            raise ValidationError(
                _("最多 %(most)s 张照片，这次选了 %(count)s 张。"),
                code="too_many",
                params={"most": self.most, "count": len(files)},
            )
        return [super(PhotosField, self).clean(file, initial) for file in files]


class _SuggestOptions:
    """A select that holds the chosen rows and the first few; the rest comes while typing."""

    choices: Any
    attrs: dict[str, Any]

    def optgroups(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> Any:
        plain = copy(self)
        plain.choices = list(self._shown(value))
        return super(_SuggestOptions, plain).optgroups(name, value, attrs)  # type: ignore[misc]

    def _shown(self, value: Any) -> Any:
        field, rows = self.choices.field, self.choices.queryset
        keys = [key for key in map(str, value) if key.isdecimal() and len(key) <= LONGEST_KEY]
        if field.empty_label is not None:
            yield "", field.empty_label
        chosen = list(rows.filter(pk__in=keys)) if keys else []
        others = rows.exclude(pk__in=[row.pk for row in chosen]) if chosen else rows
        for row in [*chosen, *others[:SUGGESTED_AT_FIRST]]:
            yield row.pk, field.label_from_instance(row)


class SuggestSelect(_SuggestOptions, forms.Select):
    """One row, found by name, pinyin or initials at the address in ``data-suggest-url``."""


class SuggestSelectMany(_SuggestOptions, forms.SelectMultiple):
    """Several rows, found the same way."""


class SuggestField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Choice of one among many rows, found while typing.

    ``suggest_url`` is the name of the URL that answers with ``core.suggest.suggestions``; the
    form sets ``queryset`` to what its user may see. Without script it is a plain select of the
    first 300 rows.

    Example::

        venue = SuggestField(
            label=_("阵地"), queryset=Venue.objects.none(), suggest_url="venues:suggest_venues"
        )
    """

    def __init__(self, *, queryset: Any, suggest_url: str, **options: Any) -> None:
        widget = SuggestSelect(attrs={"data-suggest-url": reverse_lazy(suggest_url)})
        super().__init__(queryset, **{"widget": widget, "empty_label": "", **options})


class SuggestManyField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Choice of several among many rows, found while typing; see ``SuggestField``."""

    def __init__(self, *, queryset: Any, suggest_url: str, **options: Any) -> None:
        widget = SuggestSelectMany(attrs={"data-suggest-url": reverse_lazy(suggest_url)})
        super().__init__(queryset, **{"widget": widget, **options})


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form: its title ("" for none) and its rows; a tuple stands side by side."""

    title: Text
    rows: Sequence[str | Sequence[str]]


class SectionedForm(forms.BaseForm):
    """Mixed into a form: how it is laid out, and how refusals of actions reach its fields."""

    sections: ClassVar[Sequence[Section]] = ()
    template_name = "components/form_fields.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self._laid_out())  # what is wrong is told in the order of the page
        for field in self.fields.values():
            _use_pickers(field)
            _name_the_blank(field)
            say_what_to_do(field)

    @property
    def helper(self) -> FormHelper:
        """The layout for ``{% crispy form %}``: the sections, or the fields in order."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.form_show_errors = False
        helper.field_template = FIELD_TEMPLATE
        helper.layout = Layout(*(self._fieldset(section) for section in self._all_sections()))
        return helper

    def _laid_out(self) -> list[str]:
        """The fields that the sections name, as they stand on the page."""
        return [
            name
            for section in self.sections
            for row in section.rows
            for name in ([row] if isinstance(row, str) else row)
        ]

    def _all_sections(self) -> list[Section]:
        named = set(self._laid_out())
        rest = [name for name in self.fields if name not in named]
        return [*self.sections, *([Section("", rest)] if rest else [])]

    def _fieldset(self, section: Section) -> Any:
        rows = [row if isinstance(row, str) else self._row(row) for row in section.rows]
        if not section.title:
            return Div(*rows, css_class="form-section")
        return Fieldset(section.title, *rows, css_class="form-section")

    def _row(self, names: Sequence[str]) -> Any:
        """Fields side by side; on a phone one under the other when one of them needs the width."""
        broad = any(_needs_width(self.fields[name].widget) for name in names)
        return Div(*names, css_class="field-row is-stacked" if broad else "field-row")

    def add_refusal(self, refused: Refused) -> None:
        """Show every rule an action found broken, at its field or above the form."""
        for rule in refused.rules:
            field = rule.field if rule.field in self.fields else None
            self.add_error(field, ValidationError(str(rule), code=rule.code))


class PlainForm(SectionedForm, forms.Form):
    """A form that stands for no model."""


class RecordForm(SectionedForm, forms.ModelForm[Any]):
    """A form over a model. It cleans; an action writes — views never call ``form.save()``.

    Example::

        class ActivityForm(RecordForm):
            sections = (
                Section("", ("title", ("held_on", "headcount"), "venue", "mode")),
                Section(_("其他"), ("hosts", "summary", "photos")),
            )

            class Meta:
                model = Activity
                fields = ("title", "held_on", "headcount", "venue", "mode", "hosts", "summary")
                widgets = {"mode": Segmented}
    """


def _needs_width(widget: forms.Widget) -> bool:
    return widget.use_fieldset or isinstance(widget, _SuggestOptions | forms.Textarea)


def _use_pickers(field: forms.Field) -> None:
    """Give days and moments the browser's pickers, and whole numbers the digit keyboard."""
    if type(field.widget) is forms.DateInput:
        field.widget = DayInput(field.widget.attrs)
    elif type(field.widget) is forms.DateTimeInput:
        field.widget = MomentInput(field.widget.attrs)
    elif isinstance(field.widget, forms.NumberInput):
        whole = isinstance(field, forms.IntegerField)
        field.widget.attrs.setdefault("inputmode", "numeric" if whole else "decimal")


def _name_the_blank(field: forms.Field) -> None:
    """Say 请选择 where Django draws dashes; a compulsory choice of segments has no blank one."""
    if not isinstance(field, forms.ChoiceField):
        return
    dashes = BLANK_CHOICE_DASH[0][1]
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = _("请选择") if field.empty_label == dashes else field.empty_label
        return
    choices = list(field.widget.choices)
    if not any(label == dashes for _value, label in choices):
        return
    segments = isinstance(field.widget, Segmented)
    named = [(value, _("请选择") if label == dashes else label) for value, label in choices]
    field.choices = [one for one in named if one[0] or not (segments and field.required)]


def say_what_to_do(field: forms.Field) -> None:
    """Ask for what is missing in an office's words, where the form has none of its own."""
    choice = isinstance(field, forms.ChoiceField | forms.FileField)
    words = {
        "required": _("请选择。") if choice else _("请填写。"),
        "invalid_choice": _("没有这个选项，请重新选择。"),
    }
    for code, message in words.items():
        if field.error_messages.get(code) in PLAIN_WORDS:
            field.error_messages[code] = message
