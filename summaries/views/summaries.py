"""Summaries: the list, one of them as it is printed, its files, and writing one that is missing."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.access import Permission, requires
from core.exports import XLSX_TYPE
from core.lists import list_page
from core.parts import Action, Crumb, Empty
from core.periods import Period, PeriodError
from core.refusals import Refused
from summaries import actions, queries
from summaries.filters import SummaryFilter
from summaries.models import Summary
from summaries.pages import document_of, page_of
from summaries.tables import SummaryTable
from summaries.writers.excel import write_xlsx
from summaries.writers.word import write_docx
from towns.models import Town

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES: dict[str, tuple[Callable[..., None], str]] = {
    "docx": (write_docx, DOCX_TYPE),
    "xlsx": (write_xlsx, XLSX_TYPE),
}
MOST_MISSING_SHOWN = 12


@require_safe
@requires(Permission.READ_SUMMARIES)
def list_summaries(request: HttpRequest) -> HttpResponse:
    """The summaries this person may read; officers also see which closed months lack one."""
    user = cast(User, request.user)
    return list_page(
        request,
        title=pgettext("列表", "工作小结"),
        unit=_("份"),
        queryset=queries.visible_summaries(user).defer("figures"),
        filterset_class=SummaryFilter,
        table_class=SummaryTable,
        template_name="summaries/list_summaries.html",
        empty=Empty(
            _("还没有工作小结"),
            _("每月结束后自动生成上月的小结；从第一场经确认的活动所在的月份算起。"),
        ),
        context=_missing(user),
    )


def _missing(user: User) -> dict[str, Any]:
    """The closed months without a summary, for those who may have them written."""
    if not user.can(Permission.WRITE_SUMMARIES):
        return {"missing": [], "missing_more": 0}
    missing = queries.missing_monthly(timezone.now())
    shown = missing[:MOST_MISSING_SHOWN]
    return {"missing": shown, "missing_more": len(missing) - len(shown)}


@require_safe
@requires(Permission.READ_SUMMARIES)
def show_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """A summary in the layout of the official document."""
    summary = get_object_or_404(queries.visible_summaries(cast(User, request.user)), pk=pk)
    document = document_of(summary)
    context = {
        "title": document.title,
        "summary": summary,
        "page": page_of(document),
        "crumbs": [Crumb(pgettext("列表", "工作小结"), reverse("summaries:list_summaries"))],
        "actions": [
            Action(_("下载 Word"), _file_url(summary, "docx"), "file-word", primary=True),
            Action(_("下载 Excel"), _file_url(summary, "xlsx"), "file-spreadsheet"),
        ],
    }
    return render(request, "summaries/show_summary.html", context)


def _file_url(summary: Summary, ending: str) -> str:
    return reverse("summaries:download_summary", args=[summary.pk, ending])


@require_safe
@requires(Permission.READ_SUMMARIES)
def download_summary(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The summary as a .docx or .xlsx file, the same bytes for the same content."""
    summary = get_object_or_404(queries.visible_summaries(cast(User, request.user)), pk=pk)
    if ending not in FILES:
        raise Http404(ending)
    write, content_type = FILES[ending]
    document = document_of(summary, site_url=request.build_absolute_uri("/"))
    stream = BytesIO()
    write(document, stream)
    response = HttpResponse(stream.getvalue(), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{document.title}.{ending}"
    )
    return response


@require_POST
@requires(Permission.WRITE_SUMMARIES)
def write_summary(request: HttpRequest) -> HttpResponse:
    """Write the summary of a closed period now, and show it."""
    user = cast(User, request.user)
    code = request.POST.get("town", "")
    town = get_object_or_404(Town.objects.visible_to(user), code=code) if code else None
    try:
        summary = actions.write_summary_once(
            kind=_kind(request.POST.get("kind", "")),
            period=Period.parse(request.POST.get("period", "")),
            town=town,
            by=user,
            now=timezone.now(),
        )
    except (PeriodError, Refused) as error:
        rules = error.rules if isinstance(error, Refused) else [error]
        for rule in rules:
            messages.error(request, str(rule))
        return redirect("summaries:list_summaries")
    messages.success(request, _("小结已生成。"))
    return redirect("summaries:show_summary", summary.pk)


def _kind(text: str) -> str:
    if text not in Summary.Kind.values:
        raise Http404(text)
    return text
