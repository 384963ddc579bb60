"""The district's page and a town's page, and which of them a person begins with."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from core.access import Permission, requires
from core.parts import Empty
from core.periods import PeriodError
from dashboards import queries
from dashboards.overview import Overview, district_overview, town_overview
from dashboards.pickers import canonical_address
from summaries.asking import read_question
from summaries.figures.questions import Question
from summaries.figures.scopes import Scope, district, of_town
from summaries.queries import rules_in_force
from towns.models import Town


@require_safe
@requires(Permission.READ)
def home(request: HttpRequest) -> HttpResponse:
    """Where a person begins: the district's page, the own town's, or the choice of own towns."""
    user = cast(User, request.user)
    if user.town_ids is None:
        return _district(request, user)
    towns = queries.towns_of(user)
    if len(towns) == 1:
        return redirect("dashboards:town_page", towns[0].code)
    context = {
        "title": _("选择街镇"),
        "towns": towns,
        "empty": Empty(_("您还没有所在的街镇"), _("请联系系统管理员，在用户管理里为您选择街镇。")),
    }
    return render(request, "dashboards/choose_town.html", context)


@require_safe
@requires(Permission.READ)
def district_page(request: HttpRequest) -> HttpResponse:
    """The district at a glance; for those who see the whole of it."""
    user = cast(User, request.user)
    if user.town_ids is not None:
        return redirect("dashboards:home")
    return _district(request, user)


def _district(request: HttpRequest, user: User) -> HttpResponse:
    question = _question(request, user, district())
    if isinstance(question, HttpResponse):
        return question
    overview = district_overview(question, user, now=timezone.now(), path=request.path)
    return _page(request, _("全区概览"), overview)


@require_safe
@requires(Permission.READ)
def town_page(request: HttpRequest, code: str) -> HttpResponse:
    """One town at a glance."""
    user = cast(User, request.user)
    town = get_object_or_404(Town.objects.visible_to(user), code=code)
    question = _question(request, user, of_town(town))
    if isinstance(question, HttpResponse):
        return question
    overview = town_overview(question, town, user, now=timezone.now(), path=request.path)
    return _page(request, town.name, overview, town=town)


def _question(request: HttpRequest, user: User, scope: Scope) -> Question | HttpResponse:
    """The period and day in the address; two days from the form become one address of a span."""
    try:
        address = canonical_address(request)
    except PeriodError as error:
        messages.warning(request, str(error))
        address = request.path
    if address:
        return redirect(address)
    question, not_understood = read_question(
        request.GET, user=user, today=localdate(), rules=rules_in_force(), scope=scope
    )
    for words in not_understood:
        messages.warning(request, words)
    return question


def _page(
    request: HttpRequest, title: str, overview: Overview, *, town: Town | None = None
) -> HttpResponse:
    context = {"title": title, "overview": overview, "town": town}
    return render(request, "dashboards/overview.html", context)
