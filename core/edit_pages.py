"""Pages on which a register is edited: a form, doubts to confirm, and what two people changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core.access import Viewer
from core.editing import NEVER, Doubtful, Proposal, Stale, version_of
from core.forms import PlainForm, RecordForm
from core.normalise import clean_text
from core.parts import Button, Crumb, Text
from core.periods import FIRST_DAY, LAST_DAY
from core.refusals import Refused
from core.scoping import TownScopedQuerySet
from core.stale_edits import VERSION, clash_between, settled

Record = TypeVar("Record", bound=Model)

FORM_TEMPLATE = "records/form.html"
STALE_TEMPLATE = "records/stale.html"
REASON, CONFIRMED = "reason", "confirmed"

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


class Write(Protocol):
    """An action with everything given but the proposal."""

    def __call__(self, *, proposal: Proposal) -> Model: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form stands and where it leads back to."""

    title: Text
    back_url: str
    crumbs: Sequence[Crumb] = ()
    done_url: str = ""
    notes: Sequence[Text] = ()

    def context(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "back_url": self.back_url,
            "crumbs": self.crumbs,
            "notes": self.notes,
        }


def place_of(
    title: Text, *, listing: Crumb, record: Model | None = None, back_url: str = ""
) -> Place:
    """Where the form of a record stands: under its list, and under the record when there is one.

    ``back_url`` leads back when the record has no page of its own.
    """
    own_page = back_url or (str(record.get_absolute_url()) if record else listing.url)  # type: ignore[attr-defined]
    between = [Crumb(str(record), own_page)] if record else []
    return Place(title, own_page, [listing, *between, Crumb(title)], done_url=listing.url)


class RegisterForm(RecordForm):
    """A form over a record of a register: offers only rows its viewer sees, and cleans its texts.

    Beside the fields of the record it carries the version that was opened and the reason.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=gettext_lazy("修改原因（可不填）"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("写在修改记录里，日后查得到为什么改。"),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = visible_rows(field, viewer)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):
                self.initial[name] = f"{value.normalize():f}"  # 650, not 650.00
        if self.instance.pk is None:
            del self.fields[REASON]
        elif not self.is_bound:
            self.initial[VERSION] = version_of(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and name in self.fields:
                many_lines = isinstance(self.fields[name].widget, forms.Textarea)
                cleaned[name] = clean_text(value, keep_lines=many_lines)
            elif isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
                self.add_error(name, _("%(day)s 不合常理，请核对年份。") % {"day": value})
        return cleaned

    def proposal(self, confirmed: Sequence[str] = ()) -> Proposal:
        """What the person asks for; the form must be valid."""
        values = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        version = self.cleaned_data.get(VERSION) or NEVER
        return Proposal(
            values,
            # An edit that does not say what it looked at is taken to have looked at nothing.
            version=version if self.instance.pk else None,
            reason=self.cleaned_data.get(REASON, ""),
            confirmed=frozenset(confirmed),
        )


def visible_rows(field: forms.ModelChoiceField[Any], viewer: Viewer) -> Any:
    """The rows a choice offers: those the viewer sees, where the model knows of scope."""
    rows: Any = field.queryset
    return rows.visible_to(viewer) if hasattr(rows, "visible_to") else rows


class ClosingForm(PlainForm):
    """The day from which a record is no more in force, and why."""

    on = forms.DateField(
        label=gettext_lazy("停用日期"), help_text=gettext_lazy("从这一天起不再计入各项数字。")
    )
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200, required=False)

    def clean_reason(self) -> str:
        return clean_text(self.cleaned_data["reason"])


class RemovingForm(PlainForm):
    """Why a record that should not have been made is deleted."""

    reason = forms.CharField(label=gettext_lazy("删除原因"), max_length=200)

    def clean_reason(self) -> str:
        return clean_text(self.cleaned_data["reason"])


def create_page(
    request: HttpRequest,
    *,
    form_class: type[RegisterForm],
    write: Write,
    place: Place,
    done: Callable[[Any], str],
    instance: Model | None = None,
) -> HttpResponse:
    """A form for a new record. ``instance`` holds what is given already (its chamber, its venue).

    ``done`` gives the address to go on to. Parameters of the URL fill fields of the same name.
    """
    given = {name: value for name, value in request.GET.items() if name in form_class.base_fields}
    form = form_class(
        request.POST if request.method == "POST" else None,
        instance=instance,
        initial=given,
        viewer=viewer_of(request),
    )
    return _form_page(request, form=form, write=write, place=place, done=done)


def edit_page(
    request: HttpRequest,
    *,
    record: Model,
    form_class: type[RegisterForm],
    write: Write,
    place: Place,
) -> HttpResponse:
    """A form for a record. What somebody else wrote since it was opened is shown, never lost."""
    viewer = viewer_of(request)
    build = partial(form_class, instance=copy(record), viewer=viewer)
    sent = request.method == "POST"
    form = build(settled(request.POST, form_class, record, viewer)) if sent else build()
    try:
        return _form_page(request, form=form, write=write, place=place)
    except Stale as stale:
        clash = clash_between(form, stale.record, viewer)
        context = {**place.context(), "clash": clash, "record": stale.record}
        return render(request, STALE_TEMPLATE, context, status=409)


def _form_page(
    request: HttpRequest,
    *,
    form: RegisterForm,
    write: Write,
    place: Place,
    done: Callable[[Any], str] | None = None,
) -> HttpResponse:
    doubts: tuple[Any, ...] = ()
    if form.is_bound and form.is_valid():
        try:
            saved = write(proposal=form.proposal(request.POST.get(CONFIRMED, "").split(",")))
        except Doubtful as doubtful:
            doubts = doubtful.rules
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("已保存：%(record)s") % {"record": saved})
            return redirect(done(saved) if done else place.back_url)
    save = Button(_("保存"), primary=True)
    if doubts:
        codes = ",".join(rule.code for rule in doubts)
        save = Button(_("仍要保存"), CONFIRMED, codes, primary=True)
    context = {**place.context(), "form": form, "buttons": [save], "doubts": doubts}
    return render(request, FORM_TEMPLATE, context)


def close_page(
    request: HttpRequest,
    *,
    write: Callable[..., object],
    place: Place,
    note: Text = "",
    label: Text = "",
) -> HttpResponse:
    """The day and reason of an end. ``write`` takes ``on`` and ``reason``; ``note`` says what else
    ends with it, ``label`` what the day is called."""
    form = ClosingForm(
        request.POST if request.method == "POST" else None, initial={"on": localdate()}
    )
    if label:
        form.fields["on"].label = str(label)
    return _act_page(request, form=form, write=write, place=place, note=note)


def remove_page(
    request: HttpRequest, *, record: Model, write: Callable[..., object], place: Place
) -> HttpResponse:
    """Deleting what was made by mistake: asks for the reason, refuses what is in use."""
    note = _("只删除误建的记录；用过的请改填停用日期。删除后修改记录里仍查得到“%(record)s”。") % {
        "record": record
    }
    form = RemovingForm(request.POST if request.method == "POST" else None)
    return _act_page(request, form=form, write=write, place=place, note=note, danger=True)


def _act_page(
    request: HttpRequest,
    *,
    form: PlainForm,
    write: Callable[..., object],
    place: Place,
    note: Text,
    danger: bool = False,
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            write(**form.cleaned_data)
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("已删除。") if danger else _("已保存。"))
            return redirect(place.done_url if danger else place.back_url)
    buttons = [Button(_("删除") if danger else _("保存"), primary=True)]
    context = {**place.context(), "form": form, "buttons": buttons, "note": note}
    return render(request, FORM_TEMPLATE, context)


def viewer_of(request: HttpRequest) -> Any:
    """The signed-in person; every view here asks for a permission first."""
    return request.user


def find(request: HttpRequest, rows: TownScopedQuerySet[Record], **keys: Any) -> Record:
    """The one row among those this person may see; 404 otherwise."""
    return get_object_or_404(rows.visible_to(viewer_of(request)), **keys)
