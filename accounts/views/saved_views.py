"""Saved views: keep the page that is open, find, rename, share and delete what was kept."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import kept_actions
from accounts.kept_forms import EditViewForm, SaveViewForm
from accounts.models import SavedView, User
from accounts.saved_views import is_own_page, may_change, views_of
from accounts.views.own import tell_refusal
from core.access import Permission, requires
from core.parts import Crumb
from core.refusals import Refused


@require_safe
@requires(Permission.READ)
def list_views(request: HttpRequest) -> HttpResponse:
    """The own views and those shared with one's role, page by page."""
    user = cast(User, request.user)
    views = list(views_of(user))
    context = {
        "title": pgettext("列表", "常用视图"),
        "views": [(view, may_change(view, user)) for view in views],
        "may_share": user.can(Permission.MANAGE_SETTINGS),
    }
    return render(request, "accounts/list_views.html", context)


@require_POST
@requires(Permission.READ)
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the page a person stands on; leads back to it."""
    form = SaveViewForm(request.POST)
    back = _page_sent_from(request)
    if not form.is_valid():
        errors = [str(error) for listed in form.errors.values() for error in listed]
        messages.error(request, _("没有保存：%(errors)s") % {"errors": " ".join(errors)})
        return redirect(back)
    try:
        view = kept_actions.save_view(**form.cleaned_data, by=cast(User, request.user))
    except Refused as refused:
        tell_refusal(request, refused)
        return redirect(back)
    messages.success(request, _("已保存视图“%(name)s”。") % {"name": view.name})
    return redirect(back)


def _page_sent_from(request: HttpRequest) -> str:
    """The page of this site the form came from; the list of views when it is none."""
    path, query = request.POST.get("path", ""), request.POST.get("query", "")
    if not is_own_page(path):
        return reverse("accounts:list_views")
    return f"{path}?{query}" if query else path


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.READ)
def edit_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a view; who keeps the settings also shares it with a role."""
    user = cast(User, request.user)
    view = _find(request, pk)
    form = EditViewForm(
        request.POST or None,
        initial={"name": view.name, "role": view.role},
        may_share=user.can(Permission.MANAGE_SETTINGS),
    )
    if form.is_valid():
        chosen = {"role": view.role, **form.cleaned_data}
        try:
            kept_actions.edit_view(view=view, **chosen, by=user)
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("已保存。"))
            return redirect("accounts:list_views")
    context = {
        "title": _("修改视图"),
        "form": form,
        "crumbs": [
            Crumb(pgettext("列表", "常用视图"), reverse("accounts:list_views")),
            Crumb(view.name),
        ],
        "back_url": reverse("accounts:list_views"),
    }
    return render(request, "records/form.html", context)


@require_POST
@requires(Permission.READ)
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    view = _find(request, pk)
    try:
        kept_actions.delete_view(view=view, by=cast(User, request.user))
    except Refused as refused:
        tell_refusal(request, refused)
    else:
        messages.success(request, _("已删除视图“%(name)s”。") % {"name": view.name})
    return redirect("accounts:list_views")


@require_POST
@requires(Permission.READ)
def choose_default_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a page open with a view, or no more."""
    kept_actions.choose_default_view(view=_find(request, pk), by=cast(User, request.user))
    messages.success(request, _("已保存。"))
    return redirect("accounts:list_views")


def _find(request: HttpRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(cast(User, request.user)), pk=pk)
