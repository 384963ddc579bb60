"""The rows behind a figure, all figures with their 口径, and the settings of definitions."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from core.access import Permission, requires
from core.exports import ExportColumn, xlsx_response
from core.history_words import entries
from core.lists import list_page
from core.parts import Action, Crumb, Empty
from summaries import figure_list, queries
from summaries.asking import narrowed, period_words, read_question, spanned
from summaries.figure_page import SEARCHED, FigurePage, figure_page, found_notes
from summaries.figures.catalogue import figure as find_figure
from summaries.figures.figure import Figure, FigureKind, UnansweredQuestion
from summaries.figures.questions import Question
from summaries.figures.scopes import ScopeNotFound
from summaries.figures.versions import Versions, parts_set_in
from summaries.filters import rows_filter, span_form
from summaries.later import SHOWN, later_of
from summaries.listings import LISTINGS, listed
from summaries.tables import FigureTable


@require_safe
@requires(Permission.READ)
def figure_rows(request: HttpRequest, key: str) -> HttpResponse:
    """The rows behind a number: exactly those it counts, with its 口径 and the number on top."""
    if answer := spanned(request):
        return answer
    try:
        figure = find_figure(key)
        question = narrowed(_question(request), figure, request.GET)
        rows = figure.rows(question)
    except (UnansweredQuestion, ScopeNotFound) as error:
        raise Http404(str(error)) from error
    shown = LISTINGS[figure.listing]
    version = Versions(question.rules).of(figure)
    page = figure_page(figure, question, request.GET, version=version)
    found = found_notes(figure, rows, request.GET)
    return list_page(
        request,
        title=f"{question.scope.title}·{page.title}",
        unit=_("条"),
        queryset=listed(rows, figure.listing, question),
        filterset_class=rows_filter(figure, question, searched=hasattr(rows, "named_like")),
        table_class=shown.table,
        template_name="summaries/figure_rows.html",
        notes=[*found, *page.notes],
        count=_rows_counted(page, request),
        empty=Empty(_("这个数是 0"), _("按现在的范围、期间和口径，没有一条记录。")),
        crumbs=_crumbs(question),
        actions=_settings_of(request, figure),
        context={**_head(page), "found": found, "span": span_form(question, request.GET)},
    )


def _rows_counted(page: FigurePage, request: HttpRequest) -> int | None:
    """How many rows are listed: the number itself, unless it is a sum or a part is searched for."""
    if page.figure.measure or request.GET.get(SEARCHED, "").strip():
        return None
    return int(page.total)


def _question(request: HttpRequest) -> Question:
    """The question in the address; a part that can't be read shows its error in the form."""
    return _read(request)[0]


def _read(request: HttpRequest) -> tuple[Question, list[str]]:
    return read_question(
        request.GET,
        user=cast(User, request.user),
        today=localdate(),
        rules=queries.rules_in_force(),
    )


def _head(page: FigurePage) -> dict[str, Any]:
    return {
        "page": page,
        "total": page.total,
        "period_words": period_words(page.question, localdate()),
        "as_of": date_format(page.question.day, "DATE_FORMAT"),
        "later_url": _later_url(page),
        "all_figures_url": f"{reverse('summaries:list_figures')}?{page.question.query}",
    }


def _later_url(page: FigurePage) -> str:
    """What was written since the day of the number; "" for a number of today."""
    if page.question.day >= localdate() or page.figure.kind is FigureKind.NOW:
        return ""
    address = reverse("summaries:figure_later", args=[page.figure.key])
    return f"{address}?{page.question.query}"


def _settings_of(request: HttpRequest, figure: Figure) -> list[Action]:
    """Where an administrator sets the names and the definition of this figure."""
    if not cast(User, request.user).can(Permission.MANAGE_SETTINGS):
        return []
    offered = [
        Action(_("设置指标"), reverse("summaries:edit_figure", args=[figure.key]), "settings")
    ]
    if parts_set_in(figure):
        offered.append(Action(_("设置口径"), reverse("summaries:edit_rules"), "settings"))
    return offered


def _crumbs(question: Question) -> list[Crumb]:
    query = f"?period={question.period}&as_of={question.as_of}"
    if question.scope.kind == "town":
        page = reverse("dashboards:town_page", args=[question.scope.ref])
        return [Crumb(question.scope.title, page + query), Crumb(_("指标明细"))]
    return [Crumb(_("概览"), reverse("dashboards:home") + query), Crumb(_("指标明细"))]


@require_safe
@requires(Permission.READ)
def figure_later(request: HttpRequest, key: str) -> HttpResponse:
    """Why a number of an earlier day may differ from what was seen then: what was written since."""
    try:
        figure = find_figure(key)
        question = narrowed(_question(request), figure, request.GET)
        rows = figure.rows(question)
    except (UnansweredQuestion, ScopeNotFound) as error:
        raise Http404(str(error)) from error
    later = later_of(figure, question, rows)
    title = figure.title_under(question.rules)
    day = date_format(question.day, "DATE_FORMAT")
    context = {
        "title": _("%(title)s：%(day)s以后的补录和更正") % {"title": title, "day": day},
        "later": later,
        "history": entries(later.events, viewer=question.user),
        "total": figure.value(question),
        "unit": figure.unit,
        "as_of": day,
        "shown": SHOWN,
        "crumbs": [*_crumbs(question)[:1], Crumb(title, figure.rows_url(question))],
    }
    return render(request, "summaries/figure_later.html", context)


@require_safe
@requires(Permission.READ)
def list_figures(request: HttpRequest) -> HttpResponse:
    """Every figure of a place and period with its 口径, and as a spreadsheet."""
    if answer := spanned(request):
        return answer
    try:
        question, not_understood = _read(request)
    except ScopeNotFound as error:
        raise Http404(str(error)) from error
    user = cast(User, request.user)
    rows = figure_list.rows_of(question)
    title = _("%(place)s指标与口径") % {"place": question.scope.title}
    if request.GET.get("export") == "xlsx" and user.can(Permission.EXPORT):
        return _figures_as_xlsx(title, rows, question)
    sets = user.can(Permission.MANAGE_SETTINGS)
    context = {
        "title": title,
        "table": FigureTable(rows, exclude=() if sets else ("settings",)),
        "hidden": figure_list.hidden(question) if sets else [],
        "question": question,
        "filters": figure_list.form(question),
        "span": span_form(question, request.GET),
        "not_understood": not_understood,
        "period_words": period_words(question, localdate()),
        "as_of": date_format(question.day, "DATE_FORMAT"),
        "crumbs": _crumbs(question)[:1],
        "actions": _figure_actions(request, question),
    }
    return render(request, "summaries/list_figures.html", context)


def _figure_actions(request: HttpRequest, question: Question) -> list[Action]:
    user = cast(User, request.user)
    offered = []
    if user.can(Permission.MANAGE_SETTINGS):
        offered.append(Action(_("设置口径"), reverse("summaries:edit_rules"), "settings"))
    if user.can(Permission.EXPORT):
        url = f"{reverse('summaries:list_figures')}?{question.query}&export=xlsx"
        offered.append(Action(_("导出"), url, "file-spreadsheet"))
    return offered


def _figures_as_xlsx(title: str, rows: list[dict[str, Any]], question: Question) -> HttpResponse:
    columns = [
        ExportColumn(_("指标"), 20),
        ExportColumn(_("数值"), 12),
        ExportColumn(_("单位"), 8),
        ExportColumn(_("性质"), 12),
        ExportColumn(_("口径"), 60),
        ExportColumn(_("版本"), 30),
    ]
    return xlsx_response(
        title=title,
        columns=columns,
        rows=(
            [row[name] for name in ("title", "value", "unit", "kind", "definition", "version")]
            for row in rows
        ),
        notes=[
            _("范围：%(scope)s；期间：%(period)s；截至 %(day)s")
            % {
                "scope": question.scope.title,
                "period": question.period.words,
                "day": date_format(question.day, "DATE_FORMAT"),
            }
        ],
    )
