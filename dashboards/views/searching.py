"""Search over everything with a name."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from core.access import Permission, requires
from dashboards import searching

RESULTS_ID = "search-results"  # the element an htmx request replaces


@require_safe
@requires(Permission.READ)
def search(request: HttpRequest) -> HttpResponse:
    """What is called so; the results alone to htmx, which asks while a person types."""
    typed = searching.tidy(request.GET.get("q", ""))
    found = searching.search(typed, cast(User, request.user))
    alone = request.headers.get("HX-Target") == RESULTS_ID
    template = "dashboards/search_results.html" if alone else "dashboards/search.html"
    context = {"title": _("搜索"), "typed": typed, "found": found}
    response = render(request, template, context)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response
