"""The acts of a preview: correct a cell, say what a row means, who leaves, what counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.access import Permission, requires
from core.lists import PAGE, PER_PAGE_PARAM
from core.parts import Crumb
from core.refusals import Refused, refuse_if_broken
from imports import queries
from imports.deciding import changing, decisions
from imports.models import Batch
from imports.showing import pages
from imports.views.batches import LOOKING, SHOW, steps_to

KEPT_IN_ADDRESS = (SHOW, PAGE, PER_PAGE_PARAM)
POLICY = "policy-"  # begins the name of a column's policy; its field follows
LEAVE, KEEP = "leave", "keep"


def _find(request: HttpRequest, pk: int) -> Batch:
    return get_object_or_404(queries.visible_batches(cast(User, request.user)), pk=pk)


@require_safe
@never_cache
@requires(Permission.IMPORT)
def show_row(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """One row of the file with all its cells, to correct it and to say what it means."""
    batch = _find(request, pk)
    row = get_object_or_404(queries.rows_of_file(batch), position=position)
    heads = pages.heads(batch)
    context = {
        "title": _("第%(number)s行") % {"number": row.number},
        "crumbs": [
            Crumb(_("导入"), reverse("imports:list_batches")),
            Crumb(batch.file_name, _back(batch, request.GET)),
            Crumb(_("第%(number)s行") % {"number": row.number}),
        ],
        "steps": steps_to(LOOKING),
        "batch": batch,
        "heads": heads,
        "row": pages.shown_rows(batch, [row])[0],
        "is_open": batch.state == Batch.State.PREVIEW,
        "kept": _kept(request.GET),
        "back": _back(batch, request.GET, position),
        "field": request.GET.get("field", ""),
    }
    return render(request, "imports/row.html", context)


@require_POST
@requires(Permission.IMPORT)
def correct_cell(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Take what was typed for a cell; the row is compared again."""
    return _decide(
        request,
        _find(request, pk),
        decisions.correct_cell,
        position,
        field=request.POST.get("field", ""),
        text=request.POST.get("text", ""),
        today=timezone.localdate(),
    )


@require_POST
@requires(Permission.IMPORT)
def choose_row(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Say that a row means a record of the register, another one, or that it stays out."""
    act, _colon, record = request.POST.get("act", "").partition(":")
    return _decide(
        request,
        _find(request, pk),
        decisions.choose_row,
        position,
        act=act,
        record=int(record) if record.isdecimal() and len(record) < 18 else 0,
        today=timezone.localdate(),
    )


@require_POST
@requires(Permission.IMPORT)
def choose_leavers(request: HttpRequest, pk: int) -> HttpResponse:
    """Let those not on the list leave on a day, or keep them: those ticked, or all of them."""
    batch, sent = _find(request, pk), request.POST
    positions = [int(one) for one in sent.getlist("row") if one.isdecimal() and len(one) < 9]
    act, _colon, whom = sent.get("act", "").partition(":")
    try:
        left_on = _day(sent.get("left_on", "")) if act == LEAVE else None
        count = decisions.choose_leavers(
            batch=batch,
            positions=None if whom == decisions.ALL else positions,
            left_on=left_on,
            by=cast(User, request.user),
        )
    except Refused as refused:
        _tell(request, refused)
    else:
        if not count:
            messages.info(request, _("请先勾选，再选择离开或保持不变。"))
    return redirect(_back(batch, sent))


@require_POST
@requires(Permission.IMPORT)
def choose_policies(request: HttpRequest, pk: int) -> HttpResponse:
    """Say by column what becomes of values that are known already."""
    batch, sent = _find(request, pk), request.POST
    policies = {
        name.removeprefix(POLICY): str(word)
        for name, word in sent.items()
        if name.startswith(POLICY)
    }
    try:
        changing.choose_policies(
            batch=batch, policies=policies, by=cast(User, request.user), at=timezone.now()
        )
    except Refused as refused:
        _tell(request, refused)
    return redirect(_back(batch, sent))


def _decide(
    request: HttpRequest,
    batch: Batch,
    decide: Callable[..., object],
    position: int,
    **what: Any,
) -> HttpResponse:
    try:
        decide(batch=batch, position=position, by=cast(User, request.user), **what)
    except Refused as refused:
        _tell(request, refused)
    return redirect(_back(batch, request.POST, position))


def _tell(request: HttpRequest, refused: Refused) -> None:
    for rule in refused.rules:
        messages.error(request, str(rule))


def _day(text: str) -> date:
    """The day that was typed. Raises Refused."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    refuse_if_broken([] if day else [decisions.NO_DAY])
    assert day is not None
    return day


def _kept(sent: Mapping[str, Any]) -> dict[str, str]:
    """Where on the page of the preview the person was."""
    return {name: str(sent[name])[:20] for name in KEPT_IN_ADDRESS if sent.get(name)}


def _back(batch: Batch, sent: Mapping[str, Any], position: int = 0) -> str:
    address = reverse("imports:show_batch", args=[batch.pk])
    query = urlencode(_kept(sent))
    return f"{address}{f'?{query}' if query else ''}#{f'row-{position}' if position else 'rows'}"
