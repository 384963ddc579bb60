"""My work: what this person should do next."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from core.access import Permission, requires
from core.parts import Empty
from dashboards import queries
from dashboards.work import places_of, tasks_of
from summaries.queries import rules_in_force


@require_safe
@requires(Permission.READ)
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for this person, oldest first."""
    user = cast(User, request.user)
    towns = [] if user.town_ids is None else queries.towns_of(user)
    places = places_of(user, towns)
    context = {
        "title": _("我的待办"),
        "tasks": tasks_of(user, places, rules_in_force(), now=timezone.now()),
        "empty": Empty(_("没有待办"), _("需要您处理的事项会出现在这里。")),
    }
    return render(request, "dashboards/my_work.html", context)
