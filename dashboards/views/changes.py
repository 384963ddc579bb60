"""The page of all changes, for those who audit."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from core.access import Permission, requires
from core.suggest import suggestions
from dashboards.changes import NOBODY, ChangesForm, changes_page


@require_safe
@requires(Permission.READ_HISTORY)
def list_changes(request: HttpRequest) -> HttpResponse:
    form = ChangesForm(request.GET)
    page = changes_page(form, request.GET, cast(User, request.user))
    context = {"title": _("修改记录"), "form": form, "page": page}
    return render(request, "dashboards/changes.html", context)


@require_safe
@requires(Permission.READ_HISTORY)
def suggest_writers(request: HttpRequest) -> JsonResponse:
    """Who may have written: the system, and everybody with an account, whoever left included."""
    return suggestions(
        request, User.objects.all(), note=lambda user: user.role_class.title, first=NOBODY
    )
