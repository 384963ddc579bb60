"""The courses of what stands on a day, which a page brings when it is there already."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from accounts.models import User
from core.access import Permission, requires
from dashboards.courses import courses
from summaries.asking import read_question
from summaries.figures.scopes import ScopeNotFound
from summaries.queries import rules_in_force


@require_safe
@requires(Permission.READ)
def show_courses(request: HttpRequest) -> HttpResponse:
    """How members, venues and honours of a place went, month by month."""
    user = cast(User, request.user)
    try:
        question, _not_understood = read_question(
            request.GET, user=user, today=localdate(), rules=rules_in_force()
        )
    except ScopeNotFound as error:
        raise Http404(str(error)) from error
    return render(request, "dashboards/courses.html", {"courses": courses(question)})
