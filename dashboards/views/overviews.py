"""The district's page and a town's page, and which of them a person begins with."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from core.access import Permission, requires
from core.parts import Empty
from core.record_pages import editing_actions
from core.saved_views import saved_pages
from dashboards import queries
from dashboards.asked import FILTERED
from dashboards.overview import Overview
from summaries.asking import narrowed, read_question, spanned
from summaries.figures.activities import ACTIVITIES
from summaries.figures.figure import REST
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
    narrowed = _narrowed(request, question)
    overview = Overview(question, narrowed, user, timezone.now(), request.path)
    return _page(request, _("全区概览"), overview)


@require_safe
@requires(Permission.READ)
def town_page(request: HttpRequest, code: str) -> HttpResponse:
    """One town at a glance."""
    user = cast(User, request.user)
    towns = queries.towns_of(user)
    town = next((one for one in towns if one.code == code), None)
    if town is None:
        raise Http404(code)
    question = _question(request, user, of_town(town))
    if isinstance(question, HttpResponse):
        return question
    narrowed = _narrowed(request, question)
    overview = Overview(question, narrowed, user, timezone.now(), request.path, town.code)
    return _page(request, town.name, overview, town=town)


def _question(request: HttpRequest, user: User, scope: Scope) -> Question | HttpResponse:
    """The period and day in the address; two days from the form become one address of a span."""
    if answer := spanned(request):
        return answer
    question, not_understood = read_question(
        request.GET, user=user, today=localdate(), rules=rules_in_force(), scope=scope
    )
    for words in not_understood:
        messages.warning(request, words)
    return question


def _narrowed(request: HttpRequest, question: Question) -> Question:
    """The same question about the activities alone that the address names; says what it can't."""
    asked = {key: request.GET[key] for key in FILTERED if request.GET.get(key)}
    # The rest of many brands is a list to read, not one to count month by month.
    named = {key: value for key, value in asked.items() if value != REST}
    about = narrowed(question, ACTIVITIES, named)
    for key in asked.keys() - dict(about.narrowed).keys():
        title = ACTIVITIES.dimension(key).title
        messages.warning(request, _("没有这个%(title)s，已按全部显示。") % {"title": title})
    return about


def _page(
    request: HttpRequest, title: str, overview: Overview, *, town: Town | None = None
) -> HttpResponse:
    saved = saved_pages(request)
    if not request.GET and saved.default_url:
        return redirect(saved.default_url)
    context = {
        "title": title,
        "overview": overview,
        "town": town,
        "saved": saved,
        "actions": editing_actions(request, town, "towns:*_town", closing=_("撤销"))
        if town
        else (),
    }
    return render(request, "dashboards/overview.html", context)
