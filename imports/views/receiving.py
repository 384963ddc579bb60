"""Handing a list in: as a file, or as rows copied from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.access import Permission, requires
from core.edit_pages import read_or_send
from core.parts import Button, Crumb
from core.refusals import Refused
from core.storage_room import refuse_without_room
from imports.forms import ListForm, PasteForm, UploadForm
from imports.models import Batch
from imports.receiving.upload_limit import within_upload_limit
from imports.receiving.waiting import hand_in, hand_in_pasted
from imports.views.batches import CHOOSING, steps_to


@read_or_send
@requires(Permission.IMPORT)
@within_upload_limit
def upload(request: HttpRequest) -> HttpResponse:
    """Hand a file in, go on to its preview."""
    return _receive(request, UploadForm, _upload, "imports/upload.html")


@read_or_send
@requires(Permission.IMPORT)
def paste(request: HttpRequest) -> HttpResponse:
    """Paste rows copied from a spreadsheet, go on to their preview; what was pasted is not lost."""
    return _receive(request, PasteForm, _paste, "imports/paste.html")


def _upload(form: ListForm, **who: Any) -> Batch:
    refuse_without_room()
    file = form.cleaned_data["file"]
    return hand_in(content=file.read(), file_name=file.name, **form.belonging(), **who)


def _paste(form: ListForm, **who: Any) -> Batch:
    refuse_without_room()
    return hand_in_pasted(cells=form.cleaned_data["cells"], **form.belonging(), **who)


def _receive(
    request: HttpRequest, form_class: type[ListForm], receive: Callable[..., Batch], template: str
) -> HttpResponse:
    user, today = cast(User, request.user), timezone.localdate()
    form = form_class(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        initial={name: request.GET.get(name, "") for name in ("plan", "chamber", "town")},
        viewer=user,
        today=today,
    )
    if form.is_bound and form.is_valid():
        try:
            batch = receive(form, by=user, today=today)
        except Refused as refused:
            form.add_refusal(refused)
        else:
            return redirect(_next_page(batch), batch.pk)
    return render(request, template, _context(form))


def _next_page(batch: Batch) -> str:
    """The preview, or the sheet itself when no list was found on it."""
    is_sheet = batch.state == Batch.State.PREVIEW and not batch.understanding["tables"]
    return "imports:show_batch" if not is_sheet else "imports:show_understanding"


def _context(form: ListForm) -> dict[str, Any]:
    return {
        "title": _("导入表格"),
        "crumbs": [Crumb(_("导入"), reverse("imports:list_batches"))],
        "steps": steps_to(CHOOSING),
        "form": form,
        "buttons": [Button(_("读取并预览"), primary=True)],
    }
