"""The pages on which an administrator sets definitions, and the names and places of figures."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.access import Permission, requires
from core.parts import Crumb
from core.refusals import Refused
from summaries import actions, queries
from summaries.figures.catalogue import figure as find_figure
from summaries.figures.figure import UnansweredQuestion
from summaries.figures.questions import Rules
from summaries.figures.versions import Versions
from summaries.forms import FigureForm, RulesForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def edit_rules(request: HttpRequest) -> HttpResponse:
    """Set the parts of definitions that may be set."""
    form = RulesForm(request.POST or None, instance=queries.figure_rules())
    if form.is_valid():
        try:
            actions.set_rules(**form.cleaned_data, by=cast(User, request.user))
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("口径已保存，看板和明细即按新口径计数。"))
            return redirect("summaries:list_figures")
    context = {
        "title": _("设置口径"),
        "form": form,
        "edits": Versions(Rules()).of_rules,
        "crumbs": [Crumb(_("指标与口径"), reverse("summaries:list_figures"))],
        "cancel_url": reverse("summaries:list_figures"),
    }
    return render(request, "summaries/edit_rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def edit_figure(request: HttpRequest, key: str) -> HttpResponse:
    """Rename a figure, leave it out of lists, or move it."""
    try:
        figure = find_figure(key)
    except UnansweredQuestion as error:
        raise Http404(str(error)) from error
    rules = queries.rules_in_force()
    form = FigureForm(figure, rules, request.POST or None)
    if form.is_valid():
        try:
            actions.set_figure(key=key, **form.cleaned_data, by=cast(User, request.user))
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("已保存，看板、列表、导出和以后的小结即按新的名称和次序。"))
            return redirect("summaries:list_figures")
    context = {
        "title": _("设置指标：%(title)s") % {"title": figure.title_under(rules)},
        "form": form,
        "crumbs": [Crumb(_("指标与口径"), reverse("summaries:list_figures"))],
        "cancel_url": reverse("summaries:list_figures"),
    }
    return render(request, "summaries/edit_figure.html", context)
