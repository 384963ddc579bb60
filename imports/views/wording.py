"""The words by which headers are recognised: built-in ones shown, own ones added and removed."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from core.access import Permission, requires
from core.edit_pages import read_or_send
from core.parts import Button, Crumb
from core.refusals import Refused
from imports.forms import HeaderWordForm
from imports.models import HeaderWord
from imports.showing import wording
from imports.understanding import learning


@read_or_send
@requires(Permission.MANAGE_SETTINGS)
def list_header_words(request: HttpRequest) -> HttpResponse:
    """Every field of a kind of list with its words; a further word is added here."""
    plan = wording.plan_named(request.GET.get("plan", ""))
    form = HeaderWordForm(plan, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            word = learning.add_header_word(
                plan=plan, by=cast(User, request.user), **form.cleaned_data
            )
        except Refused as refused:
            form.add_refusal(refused)
        else:
            words = _("已添加“%(word)s”，以后读表都认得它。")
            messages.success(request, words % {"word": word.word})
            return redirect(wording.address(plan))
    context = {
        "title": _("表头用词"),
        "crumbs": [Crumb(_("导入"), reverse("imports:list_batches")), Crumb(_("表头用词"))],
        "kinds": wording.kinds(plan),
        "fields": wording.fields(plan),
        "form": form,
        "buttons": [Button(_("添加"), primary=True)],
    }
    return render(request, "imports/header_words.html", context)


@require_POST
@requires(Permission.MANAGE_SETTINGS)
def remove_header_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an added word go."""
    word = get_object_or_404(HeaderWord, pk=pk)
    plan = word.plan
    learning.remove_header_word(word=word, by=cast(User, request.user))
    messages.success(request, _("已删除“%(word)s”。") % {"word": word.word})
    return redirect(wording.address(plan))
