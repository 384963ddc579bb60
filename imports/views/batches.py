"""Imports: hand a file in, look at the preview, confirm, watch, see the result, take it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.access import Permission, requires
from core.exports import ExportColumn, xlsx_response
from core.lists import PAGE, PER_PAGE_PARAM, asks_for_results, list_page
from core.parts import Action, Crumb, Empty, Step, steps
from core.refusals import Refused
from core.tables import clamped_per_page
from imports import actions, queries
from imports.filters import BatchFilter
from imports.models import Batch
from imports.plans.registry import PLANS
from imports.showing import pages, standing
from imports.showing.paging import RowPaginator
from imports.showing.whose import is_open_question
from imports.tables import BatchTable
from imports.understanding.noted import read_as, remarks

SHOW = "show"
DECISIONS_SHOWN = 50
ROWS_ID = "rows"  # the element an htmx request replaces
CHOOSING, LOOKING, CONFIRMING, RESULT = 1, 2, 3, 4


def steps_to(current: int) -> list[Step]:
    """The four steps of an import, and which of them this page is."""
    return steps([_("选择文件"), _("看懂与核对"), _("确认导入"), _("结果")], current)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("导入"), reverse("imports:list_batches"))]


def _find(request: HttpRequest, pk: int) -> Batch:
    return get_object_or_404(queries.visible_batches(cast(User, request.user)), pk=pk)


@require_safe
@requires(Permission.IMPORT)
def list_batches(request: HttpRequest) -> HttpResponse:
    """Every import: who, when, which file, for which chamber, what became of it."""
    begin = Action(_("导入表格"), reverse("imports:upload"), "upload", primary=True)
    words = Action(_("表头用词"), reverse("imports:list_header_words"))
    return list_page(
        request,
        title=_("导入"),
        unit=_("次"),
        queryset=queries.visible_batches(cast(User, request.user)).defer("understanding"),
        filterset_class=BatchFilter,
        table_class=BatchTable,
        actions=[words, begin],
        empty=Empty(
            _("还没有导入过表格"),
            _(
                "表格怎么来就怎么传：标题行、合并单元格、合计行都认得；先看预览再导入，随时可以撤销。"
            ),
            begin,
        ),
    )


@require_safe
@never_cache
@requires(Permission.IMPORT)
def show_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """An import as it stands: its preview, how far it is, or what came of it."""
    batch = _find(request, pk)
    if is_open_question(batch) and batch.understanding["tables"]:
        return redirect("imports:choose_whose", batch.pk)
    if batch.state == Batch.State.UNREAD:
        return render(request, "imports/unread.html", _unread_context(batch))
    context = {
        "title": batch.file_name,
        "crumbs": _crumbs(),
        "batch": batch,
        "read_as": read_as(batch.understanding),
        "remarks": remarks(batch.understanding),
    }
    if batch.state in standing.RUNNING:
        context |= {
            "steps": steps_to(LOOKING if batch.state in standing.READING else CONFIRMING),
            "progress": standing.progress(batch, timezone.now()),
            "cancel": standing.cancelling(batch),
        }
        return render(request, "imports/progress.html", context)
    alone = asks_for_results(request, ROWS_ID)
    template = "imports/rows_section.html" if alone else "imports/rows.html"
    response = render(request, template, {**context, **_rows_context(request, batch)})
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def _unread_context(batch: Batch) -> dict[str, Any]:
    return {
        "title": batch.file_name,
        "crumbs": _crumbs(),
        "batch": batch,
        "steps": steps_to(CHOOSING),
        "warning": standing.warning(batch),
        "main_act": standing.main_act(batch),
    }


def _rows_context(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    shown = request.GET.get(SHOW, queries.ALL)
    chips = pages.chips(batch, shown)
    on = next(chip.key for chip in chips if chip.is_on)
    count = next(chip.count for chip in chips if chip.is_on)
    absent = on == queries.ABSENT
    per_page = clamped_per_page(request.GET.get(PER_PAGE_PARAM))
    page = RowPaginator(batch, on, per_page, count=count).page(request.GET.get(PAGE, 1))
    is_open = batch.state == Batch.State.PREVIEW
    return {
        "steps": steps_to(RESULT if batch.state in standing.IMPORTED else LOOKING),
        "chips": chips,
        "absent": absent,
        "page": page,
        "is_open": is_open,
        "kept": {**request.GET.dict(), SHOW: on},
        "today": timezone.localdate(),
        "policies": pages.policy_choices(batch) if is_open else [],
        "policy_words": pages.policy_words(batch) if is_open else "",
        "decisions": pages.decisions(batch, queries.decisions_of(batch)[:DECISIONS_SHOWN]),
        "heads": pages.heads(batch),
        "absent_heads": pages.absent_heads(batch),
        "absent_words": PLANS[batch.plan].absent_words,
        "plan_remark": PLANS[batch.plan].remark,
        "rows": (pages.absent_rows if absent else pages.shown_rows)(batch, page.object_list),
        "result": standing.result(batch),
        "warning": standing.warning(batch),
        "strangers": standing.strangers(batch),
        "note": standing.note(batch),
        "main_act": standing.main_act(batch),
        "other_acts": standing.other_acts(batch),
    }


@require_safe
@never_cache
@requires(Permission.IMPORT)
def show_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; when it is over the page is shown anew."""
    batch = _find(request, pk)
    if batch.state in standing.RUNNING:
        return render(
            request,
            "components/progress.html",
            {"progress": standing.progress(batch, timezone.now())},
        )
    over = HttpResponse()
    over["HX-Refresh"] = "true"
    return over


@require_safe
@requires(Permission.IMPORT)
def download_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that need work, with their row numbers in the sheet and the reasons."""
    batch = _find(request, pk)
    columns = pages.heads(batch)
    places = [_("工作表"), _("行号")] if pages.has_sheets(batch) else [_("行号")]
    return xlsx_response(
        title=_("%(file)s 需要处理的行") % {"file": PurePath(batch.file_name).stem},
        columns=[
            *places,
            *(head.header or head.title for head in columns),
            ExportColumn(_("原因"), width=50),
        ],
        rows=pages.rows_needing_work(batch),
        notes=[_("行号是原表中的行号。按“原因”改好后，这个文件可以直接上传。")],
    )


def _act(request: HttpRequest, pk: int, act: Callable[..., object]) -> HttpResponse:
    """Do one thing to a batch; a refusal is told on its page."""
    batch = _find(request, pk)
    try:
        act(batch=batch, by=cast(User, request.user))
    except Refused as refused:
        for rule in refused.rules:
            messages.error(request, str(rule))
    return redirect("imports:show_batch", batch.pk)


@require_POST
@requires(Permission.IMPORT)
def confirm_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Import what the preview shows, in the background."""
    return _act(request, pk, actions.confirm_batch)


@require_POST
@requires(Permission.IMPORT)
def cancel_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an import or its undoing while it runs."""
    return _act(request, pk, actions.cancel_batch)


@require_POST
@requires(Permission.IMPORT)
def retry_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Try an import again that failed."""
    return _act(request, pk, actions.retry_batch)


@require_POST
@requires(Permission.IMPORT)
def discard_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a preview up."""
    return _act(request, pk, actions.discard_batch)


@require_POST
@requires(Permission.IMPORT)
def undo_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an import back, in the background."""
    return _act(request, pk, actions.undo_batch)
