"""The looks of a workbook's cells, its sheet names and its properties."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from summaries.writers.document import SummaryDocument
from summaries.writers.wording import clean_line

_LONGEST_NAME = 31  # of a sheet, in units of UTF-16
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")

_BASE = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_CELL = {**_BASE, "border": 1, "text_wrap": True}
_WHOLE, _BROKEN = "#,##0", "#,##0.0###"
_DAY, _MOMENT = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"d"日" hh:mm'


def number_format(number: float) -> str:
    """How a number is shown: 9,840 or 12.5, as it reads in the document."""
    return _WHOLE if number == int(number) else _BROKEN


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of one workbook, each made once."""

    title: Format
    lead: Format
    unit: Format
    head: Format
    guarded: Format
    code: Format
    note: Format
    _many: dict[str, Format]

    @classmethod
    def of(cls, workbook: Workbook) -> "Formats":
        def made(**properties: Any) -> Format:
            return workbook.add_format(properties)

        numbers = {
            f"{shown} {total}": made(
                **{**_CELL, "num_format": shown, "bold": total, "align": "right", "indent": 1}
            )
            for shown in (_WHOLE, _BROKEN)
            for total in (False, True)
        }
        texts = {
            f"{'right' if right else 'left'} {total}": made(
                **{**_CELL, "align": "right" if right else "left", "indent": 1, "bold": total}
            )
            for right in (False, True)
            for total in (False, True)
        }
        days = {
            shown: made(**{**_CELL, "num_format": shown, "align": "center"})
            for shown in (_DAY, _MOMENT)
        }
        return cls(
            # Centred across the columns, not merged: a merged title breaks sorting and re-import.
            title=made(**{**_BASE, "font_size": 16, "bold": True, "align": "center_across"}),
            lead=made(**_BASE),
            unit=made(**{**_BASE, "align": "right"}),
            head=made(**{**_CELL, "font_name": "黑体", "align": "center", "bg_color": "#F2F2F2"}),
            # The quote prefix keeps text that looks like a formula text, even when edited.
            guarded=made(**{**_CELL, "quote_prefix": True, "num_format": "@"}),
            code=made(**{**_CELL, "num_format": "@", "align": "center"}),
            note=made(**{**_BASE, "text_wrap": True, "align": "left"}),
            _many={**numbers, **texts, **days},
        )

    def text(self, *, total: bool = False, right: bool = False) -> Format:
        return self._many[f"{'right' if right else 'left'} {total}"]

    def number(self, shown: str, total: bool) -> Format:
        return self._many[f"{shown} {total}"]

    def moment(self, value: date) -> Format:
        return self._many[_MOMENT if isinstance(value, datetime) else _DAY]


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name Excel accepts: at most 31 units, without []:*?/\\', told apart without case."""
    base = clean_line(_FORBIDDEN_IN_NAMES.sub(" ", wanted)) or "附件"
    name, number = _cut(base, ""), 1
    while name.casefold() in taken:
        number += 1
        name = _cut(base, f" {number}")
    taken.add(name.casefold())
    return name


def describe(workbook: Workbook, document: SummaryDocument) -> None:
    """Say in the file what it is; its moment is the moment of the figures, not of the clock."""
    moment = document.as_of.astimezone(UTC) if document.as_of.tzinfo else document.as_of
    workbook.set_properties(
        {
            "title": clean_line(document.title.replace("\n", "")),
            "author": clean_line(document.issuer),
            "company": clean_line(document.issuer),
            "comments": document.as_of_words,
            "created": moment.replace(tzinfo=None),
        }
    )


def _cut(name: str, ending: str) -> str:
    while len((name + ending).encode("utf-16-le")) // 2 > _LONGEST_NAME:
        name = name[:-1]
    return name.rstrip() + ending
