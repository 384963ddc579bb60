"""The page that asks whose list it is, or lets a person say otherwise than the title told."""

from __future__ import annotations

from typing import Any, cast

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
from core.parts import Button, Crumb
from core.refusals import Refused
from imports import queries
from imports.deciding import changing, sharing
from imports.forms import WhoseForm
from imports.models import Batch
from imports.showing.whose import is_open_question, offers, question, shares, why_asked
from imports.understanding.noted import read_as, remarks
from imports.views.batches import LOOKING, steps_to


@read_or_send
@never_cache
@requires(Permission.IMPORT)
def choose_whose(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whose list it is; go on to the preview with the answer."""
    user, today = cast(User, request.user), timezone.localdate()
    batch = get_object_or_404(queries.visible_batches(user), pk=pk)
    if batch.state != Batch.State.PREVIEW and request.method != "POST":
        return redirect("imports:show_batch", batch.pk)
    form = WhoseForm(
        batch.plan,
        request.POST if request.method == "POST" else None,
        initial={"chamber": batch.chamber_id, "town": batch.town_id},
        viewer=user,
        today=today,
    )
    if "share" in request.POST:
        return _share_out(request, batch, user)
    if form.is_bound and form.is_valid():
        try:
            changing.choose_whose(batch=batch, chosen=form.chosen(), by=user, at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused)
        else:
            return redirect("imports:show_batch", batch.pk)
    return render(request, "imports/whose.html", _context(batch, form, user))


def _share_out(request: HttpRequest, batch: Batch, user: User) -> HttpResponse:
    try:
        made = sharing.share_out(batch=batch, by=user, today=timezone.localdate())
    except Refused as refused:
        for rule in refused.rules:
            messages.error(request, str(rule))
        return redirect("imports:choose_whose", batch.pk)
    words = _("已分成 %(count)s 份，请逐份核对、确认。")
    messages.success(request, words % {"count": len(made)})
    return redirect("imports:list_batches")


def _context(batch: Batch, form: WhoseForm, user: User) -> dict[str, Any]:
    asked = is_open_question(batch)
    return {
        "title": batch.file_name,
        "crumbs": [Crumb(_("导入"), reverse("imports:list_batches"))],
        "steps": steps_to(LOOKING),
        "batch": batch,
        "is_asked": asked,
        "read_as": read_as(batch.understanding),
        "remarks": remarks(batch.understanding),
        "question": question(batch),
        "why": why_asked(batch),
        "offers": offers(batch, user) if asked else [],
        "shares": shares(batch, user),
        "form": form,
        "buttons": [Button(_("看预览"), primary=True)],
        "back": "" if asked else reverse("imports:show_batch", args=[batch.pk]),
    }
