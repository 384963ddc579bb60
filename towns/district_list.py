"""A district's towns and villages from a list: one CSV, so that any district can be loaded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db.models import Model
from django.utils.translation import gettext as _

from core.audit import written
from towns.models import Town, Village

COLUMNS = ("town_code", "town", "village_code", "village", "kind")
KINDS = {
    "村委会": Village.Kind.VILLAGE,
    "居委会": Village.Kind.NEIGHBOURHOOD,
    "园区": Village.Kind.PARK,
    "国企": Village.Kind.STATE_FIRM,
}


class DistrictListError(ValueError):
    """The list can't be used; the message says where and what to write."""


class Line(NamedTuple):
    town_code: str
    town: str
    village_code: str
    village: str
    kind: str


def read_district_list(path: Path) -> list[Line]:
    """The lines of a CSV with the columns town_code, town, village_code, village, kind.

    Raises DistrictListError naming the line and what it should hold.
    """
    try:
        reader = csv.DictReader(io.StringIO(_text_of(path), newline=""))
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise DistrictListError(
                _("第1行须是列名 %(columns)s。") % {"columns": ",".join(COLUMNS)}
            )
        lines = [_line(number, row) for number, row in enumerate(reader, start=2)]
    except csv.Error as error:
        raise DistrictListError(_("这个文件不是 CSV，请另存为 CSV 再试。")) from error
    if not lines:
        raise DistrictListError(_("名单里没有任何村居。"))
    return lines


def _text_of(path: Path) -> str:
    """The text in UTF-8, or in the Chinese encoding in which Excel and WPS save a CSV."""
    try:
        content = path.read_bytes()
    except OSError as error:
        words = _("打不开文件 %(path)s，请核对路径。")
        raise DistrictListError(words % {"path": path}) from error
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise DistrictListError(_("这个文件不是 CSV，请另存为 CSV 再试。"))


def _line(number: int, row: dict[str, str | None]) -> Line:
    values = [(row.get(column) or "").strip() for column in COLUMNS]
    if not all(values):
        raise DistrictListError(_("第%(number)s行有空格子，请补齐。") % {"number": number})
    if values[4] not in KINDS:
        raise DistrictListError(
            _("第%(number)s行的类型“%(kind)s”不认识，可写：%(kinds)s。")
            % {"number": number, "kind": values[4], "kinds": "、".join(KINDS)}
        )
    return Line(*values)


def load_district(*, lines: Iterable[Line], by: Model | None, listed_on: date) -> tuple[int, int]:
    """Write towns and villages that are not there yet; returns how many of each.

    The towns keep the order of their codes. The day a unit opened is unknown to such a list, so it
    stays empty: the unit counts as having always been there.
    """
    listed = list(lines)
    with written(by=by, action="load_district", reason=f"{listed_on.isoformat()}"):
        towns = _towns(listed)
        known = set(Village.objects.values_list("code", flat=True))
        villages = Village.objects.bulk_create(
            Village(
                town=towns[line.town_code][0],
                code=line.village_code,
                name=line.village,
                kind=KINDS[line.kind],
            )
            for line in listed
            if line.village_code not in known
        )
    return sum(made for _town, made in towns.values()), len(villages)


def _towns(lines: list[Line]) -> dict[str, tuple[Town, bool]]:
    names = {line.town_code: line.town for line in lines}
    return {
        code: Town.objects.get_or_create(
            code=code,
            defaults={"name": names[code], "kind": _kind(names[code]), "order": order},
        )
        for order, code in enumerate(sorted(names), start=1)
    }


def _kind(name: str) -> str:
    if name.endswith("街道"):
        return Town.Kind.SUBDISTRICT
    return Town.Kind.TOWNSHIP if name.endswith("乡") else Town.Kind.TOWN
