"""django-import-export as it comes: plain resources, default settings, on the same rows."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import xlsxwriter
from import_export import fields, widgets
from import_export.formats.base_formats import XLSX
from import_export.resources import ModelResource

from bench.importing.ground import CHAMBER, WARM_ROWS, timed
from bench.importing.roster import members
from chambers.models import Chamber, Enterprise, Membership
from imports.plans.targets import POSITION_WORDS

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


class PlainMembershipResource(ModelResource):
    """The memberships of the same rows, found by the codes and by the chamber's key."""

    enterprise = fields.Field(
        attribute="enterprise",
        column_name="enterprise",
        widget=widgets.ForeignKeyWidget(Enterprise, "credit_code"),
    )

    class Meta:
        model = Membership
        import_id_fields = ("enterprise", "chamber")


def measure(rows: str) -> dict[str, Any]:
    """Preview (dry run) and import, as the library's admin does it: two lists, one by one."""
    _import_both(WARM_ROWS)
    Membership.objects.all().delete()
    Enterprise.objects.all().delete()
    alone, memberships = _import_both(int(rows))
    assert Membership.objects.count() == int(rows)
    return {"seconds": alone + memberships, "alone": alone, "rows": int(rows)}


def _import_both(rows: int) -> tuple[float, float]:
    """Seconds for the enterprises, and for their memberships."""
    enterprises, memberships = _template(rows), _membership_template(rows)
    alone, _nothing = timed(lambda: _import(PlainResource, enterprises))
    after, _nothing = timed(lambda: _import(PlainMembershipResource, memberships))
    return alone, after


def _import(resource: type[ModelResource], content: bytes) -> None:
    for dry_run in (True, False):
        dataset: Any = XLSX().create_dataset(content)
        resource().import_data(dataset, dry_run=dry_run, raise_errors=True)


def _template(rows: int) -> bytes:
    cells = ([member[place] for place in COLUMNS.values()] for member in members(rows))
    return _sheet(list(COLUMNS), cells)


def _membership_template(rows: int) -> bytes:
    chamber = Chamber.objects.get(name=CHAMBER).pk
    positions = ([m[1], chamber, POSITION_WORDS[str(m[2])].value] for m in members(rows))
    return _sheet(["enterprise", "chamber", "position"], positions)


def _sheet(heads: list[str], rows: Iterable[list[str | int]]) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, heads)
        for number, cells in enumerate(rows, start=1):
            sheet.write_row(number, 0, cells)
    return stream.getvalue()
