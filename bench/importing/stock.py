"""django-import-export as it comes: a plain resource, default settings, on the same rows."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from import_export.formats.base_formats import XLSX
from import_export.resources import ModelResource

from bench.importing.ground import WARM_ROWS, timed
from bench.importing.roster import members
from chambers.models import Enterprise

# The template the library wants: the names of the model's fields, here of cells of a member.
COLUMNS = {
    "name": 0,
    "credit_code": 1,
    "contact": 3,
    "phone": 4,
    "industry_tag": 5,
    "capital_wan": 7,
    "staff_count": 8,
    "address": 9,
}


class PlainResource(ModelResource):
    """Everything as the library has it, but for the key: its own, ``id``, no roster has."""

    class Meta:
        model = Enterprise
        import_id_fields = ("credit_code",)


def measure(rows: str) -> dict[str, Any]:
    """Preview (dry run) and import of the enterprises alone, as the library's admin does it."""
    _import(_template(WARM_ROWS))
    Enterprise.objects.all().delete()
    content = _template(int(rows))
    seconds, _nothing = timed(lambda: _import(content))
    return {"seconds": seconds, "rows": int(rows), "written": Enterprise.objects.count()}


def _import(content: bytes) -> None:
    for dry_run in (True, False):
        dataset: Any = XLSX().create_dataset(content)
        PlainResource().import_data(dataset, dry_run=dry_run, raise_errors=True)


def _template(rows: int) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(COLUMNS))
        for number, member in enumerate(members(rows), start=1):
            sheet.write_row(number, 0, [member[place] for place in COLUMNS.values()])
    return stream.getvalue()
