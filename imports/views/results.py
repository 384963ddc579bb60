"""What an import left behind: the file with its cells marked, the records it wrote."""

from __future__ import annotations

from pathlib import PurePath
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from core.access import Permission, requires
from core.exports import XLSX_TYPE
from core.lists import PAGE, PER_PAGE_PARAM
from core.parts import Crumb
from core.tables import ClampedPaginator, clamped_per_page
from imports import queries
from imports.models import Batch
from imports.showing.marked import marked_workbook
from imports.showing.pages import has_sheets
from imports.showing.touched import choices, rows_of_choice, touched


def _find(request: HttpRequest, pk: int) -> Batch:
    return get_object_or_404(queries.visible_batches(cast(User, request.user)), pk=pk)


@require_safe
@never_cache
@requires(Permission.IMPORT)
def download_marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was handed in, the cells to mend marked, and the reasons on a last sheet."""
    batch = _find(request, pk)
    response = HttpResponse(marked_workbook(batch), content_type=XLSX_TYPE)
    name = _("%(file)s 已标记.xlsx") % {"file": PurePath(batch.file_name).stem}
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_safe
@never_cache
@requires(Permission.IMPORT)
def list_touched(request: HttpRequest, pk: int) -> HttpResponse:
    """Every record the import wrote, by the row that did: new, changed, and after undoing kept."""
    batch = _find(request, pk)
    found = choices(batch, request.GET.get("show", ""))
    on = next(one.key for one in found if one.is_on)
    per_page = clamped_per_page(request.GET.get(PER_PAGE_PARAM))
    page = ClampedPaginator(rows_of_choice(batch, on), per_page).page(request.GET.get(PAGE, 1))
    context = {
        "title": _("写入的记录"),
        "crumbs": [
            Crumb(_("导入"), reverse("imports:list_batches")),
            Crumb(batch.file_name, reverse("imports:show_batch", args=[batch.pk])),
        ],
        "batch": batch,
        "chips": found,
        "page": page,
        "has_sheets": has_sheets(batch),
        "rows": touched(list(page.object_list)),
    }
    return render(request, "imports/touched.html", context)
