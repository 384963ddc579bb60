"""How a file was understood: its sheet with what each row and column was taken for, to correct."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from core.access import Permission, requires
from core.edit_pages import read_or_send
from core.parts import Crumb
from core.refusals import Refused
from imports import queries
from imports.deciding import changing
from imports.models import Batch
from imports.showing import meaning, sheets
from imports.showing.whose import is_open_question
from imports.understanding import correcting
from imports.understanding.noted import read_as, remarks, tables_of
from imports.views.batches import LOOKING, steps_to

SHOW_PREVIEW = "preview"
FROM = "from"
SPOT = "spot"  # the column that was changed, where the keyboard comes back to


def _find(request: HttpRequest, pk: int) -> Batch:
    return get_object_or_404(queries.visible_batches(cast(User, request.user)), pk=pk)


@read_or_send
@never_cache
@requires(Permission.IMPORT)
def show_understanding(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet itself, and what each row and column was taken for; a person corrects it here."""
    batch = _find(request, pk)
    if request.method == "POST":
        return _correct(request, batch)
    looked = meaning.looked_at(batch, request.GET.dict())
    context = {
        "title": batch.file_name,
        "crumbs": [
            Crumb(_("导入"), reverse("imports:list_batches")),
            Crumb(batch.file_name, reverse("imports:show_batch", args=[batch.pk])),
            Crumb(_("怎样读的")),
        ],
        "steps": steps_to(LOOKING),
        "batch": batch,
        "is_open": batch.state == Batch.State.PREVIEW,
        "read_as": read_as({"tables": [looked.table] if looked.table else []}),
        "remarks": remarks(batch.understanding),
        "remembered": meaning.remembered(batch),
        "looked": looked,
        "kinds": meaning.kinds(batch),
        "tabs": meaning.tabs(batch, looked),
        "spot": request.GET.get(SPOT, ""),
        "form_heads": meaning.form_heads(batch, looked.table),
        "counts": "" if is_open_question(batch) else meaning.count_words(batch),
        **_sheet_context(request, batch, looked),
    }
    return render(request, "imports/sheet.html", context)


def _sheet_context(request: HttpRequest, batch: Batch, looked: meaning.Looked) -> dict[str, Any]:
    """The rows of the sheet that are shown, under its columns; without the cells the columns."""
    asked = request.GET.get(FROM, "")
    short = asked.isascii() and asked.isdecimal() and len(asked) < 8
    first = int(asked) if short else sheets.start_of(looked.table)
    sheet = sheets.kept_sheet(batch, looked.sheet, first)
    tables = [one for one in tables_of(batch) if one["sheet"] == looked.sheet]
    if sheet is None:
        places = [one["column"] for one in looked.table["columns"]] if looked.table else []
        return {"window": None, "heads": meaning.heads(batch, looked.table, places)}
    places = sheets.places_of(sheet, tables)
    heads = meaning.heads(batch, looked.table, places)
    used = [head.is_known or looked.table is None for head in heads]
    return {"window": sheets.window(sheet, tables, first, used), "heads": heads}


def _correct(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Read the sheet again as the person says; a refusal is told and changes nothing."""
    asked = correcting.read_asked(request.POST.dict())
    address = reverse("imports:show_understanding", args=[batch.pk])
    spot = urlencode({SPOT: request.POST.get(SPOT, "")})
    try:
        batch = changing.correct_understanding(
            batch=batch, asked=asked, by=cast(User, request.user), at=timezone.now()
        )
    except Refused as refused:
        for rule in refused.rules:
            messages.error(request, str(rule))
        return redirect(f"{address}?{meaning.address_of(asked.sheet, asked.table)}")
    if request.POST.get("next") == SHOW_PREVIEW or batch.state == Batch.State.COMPARING:
        return redirect("imports:show_batch", batch.pk)
    if not is_open_question(batch):
        words = _("已按您的更正重新读取：%(counts)s")
        messages.success(request, words % {"counts": meaning.count_words(batch)})
    return redirect(f"{address}?{meaning.after(batch, asked)}&{spot}")
