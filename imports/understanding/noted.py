"""How a file was understood: kept beside its batch without anything personal, told in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.normalise import strip_header
from imports.models import Batch
from imports.reading.corrections import table_key
from imports.reading.grid import letters
from imports.reading.inspect import InspectedTable, Inspection
from imports.reading.messages import Message
from imports.reading.table import TableColumn
from imports.reading.vocabulary import PLANS

Understanding = dict[str, Any]

# The texts of other rows may hold a person's name (填表人：…); they are not kept.
QUOTED = {"group", "total"}
OUR_OWN = "UTF-8"  # an encoding nobody has to be told of
MOST_TOLD = 3  # rows of one kind that are told one by one
ABOVE_HEADER = {"title", "instruction"}
RUNNING_NUMBERS = {"序号", "编号", "行号", "序", "号", "no", "no."}


def language() -> str:
    """The reader's messages come in two languages: this one is wanted."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def field_title(plan: str, name: str) -> str:
    """What a field is called, in the reader's language; "" for one the plan does not know."""
    known = (column for column in PLANS[plan].columns if column.name == name)
    column = next(known, None)
    if column is None:
        return ""
    return column.title_en if language() == "en" else column.title


def note_of(inspection: Inspection, fields: Iterable[str]) -> Understanding:
    """What is kept of an inspection: places and headers, no values."""
    used = set(fields)
    return {
        "epoch_1904": inspection.epoch_1904,
        "tables": [_table(table, used) for table in inspection.tables],
        "sheets": [
            [sheet.name, sheet.tables, sheet.hidden, sheet.message.code]
            for sheet in inspection.sheets
        ],
        "passed_over": [
            [sheet.name, sheet.message.code, dict(sheet.message.parameters)]
            for sheet in inspection.sheets
            if not sheet.tables and sheet.message.code != "empty_sheet"
        ],
        "notices": [
            [one.code, dict(one.parameters)]
            for one in inspection.notices
            if one.parameters.get("encoding") != OUR_OWN
        ],
    }


def _table(table: InspectedTable, used: set[str]) -> dict[str, Any]:
    known: dict[int, list[str]] = {}
    for name, place in table.table.fields.items():
        if name in used:
            known.setdefault(place, []).append(name)
    return {
        "key": table.key,
        "plan": table.plan.name,
        "sheet": table.table.sheet,
        "is_form": table.table.is_form,
        "header_first": table.table.header_first,
        "header_row": table.table.header_row,
        "last_row": table.table.last_row,
        "year": table.table.year,
        "columns": [_column(one, known.get(one.place, [])) for one in table.table.columns],
        "left_out": table.left_out,
        "personal": {
            letters(column.place): [column.header, column.content]
            for column in table.table.left_out
        },
        "skipped": [_skipped(span) for span in table.table.skipped],
        "rows": len(table.table.rows),
    }


def _cell_name(column: TableColumn) -> str:
    """The cell of a form that holds the first value, as B2; "" for a column of a list."""
    return f"{letters(column.cells[0][1])}{column.cells[0][0] + 1}" if column.cells else ""


def place_name(column: Mapping[str, Any]) -> str:
    """What a column is known by in its table: its letters, or in a form the cell of its value."""
    return str(column.get("cell") or column["column"])


def _column(column: TableColumn, fields: list[str]) -> dict[str, Any]:
    return {
        "column": column.letters,
        "cell": _cell_name(column),
        "header": column.header,
        "group": column.group,
        "unit": column.unit,
        "field": fields[0] if fields else "",
        "fields": fields,
    }


def tables_of(batch: Batch) -> list[dict[str, Any]]:
    """The tables of a batch as their page needs them; notes of older batches say less."""
    return [_whole(table, batch.plan) for table in batch.understanding.get("tables", [])]


def _whole(table: Mapping[str, Any], plan: str) -> dict[str, Any]:
    columns = [
        {**one, "fields": one.get("fields", [one["field"]] if one["field"] else [])}
        for one in table["columns"]
    ]
    known = {"plan": plan, "personal": {}, "key": table_key(table["sheet"], table["header_row"])}
    return {**known, **table, "columns": columns}


def _skipped(span: Any) -> list[Any]:
    return [span.first, span.last, span.kind, span.text if span.kind in QUOTED else ""]


def read_as(understanding: Understanding) -> list[SafeString]:
    """A sentence for each table: sheet, header, what was passed over, what was left out.

    Tables side by side under one header are told once.
    """
    return list(dict.fromkeys(_sentence(table) for table in understanding.get("tables", [])))


def _sentence(table: dict[str, Any]) -> SafeString:
    parts = [_header_words(table), *_passed_over(table)]
    if left_out := table["left_out"]:
        parts.append(
            format_html(_("列 {} 属个人信息，不导入也不保存"), _bold(left_out)),
        )
    if unused := [one["header"] for one in table["columns"] if _is_unused(one)]:
        parts.append(format_html(_("列 {} 没有对应的项，不导入"), _("、").join(unused)))
    told = format_html_join(_("；"), "{}", ((part,) for part in parts))
    return format_html(_("{}。"), told)


def _is_unused(column: dict[str, str]) -> bool:
    return not column["field"] and strip_header(column["header"]) not in {"", *RUNNING_NUMBERS}


def _header_words(table: dict[str, Any]) -> SafeString:
    sheet = _bold([table["sheet"]])
    where = format_html(_("工作表 {}，"), sheet) if table["sheet"] else ""
    above = [one for one in table["skipped"] if _is_above(one, table)]
    titles = format_html(_("（{}）"), _("；").join(_told(above))) if above else ""
    if table.get("is_form"):
        return format_html("{}{}{}", where, _("是一份登记表，每格内容按旁边的名称认出"), titles)
    if not table["header_row"]:
        return format_html("{}{}{}", where, _("没有表头，各列按内容认出"), titles)
    first, last = table["header_first"], table["header_row"]
    rows = str(last) if first == last else f"{first}–{last}"
    return format_html("{}{}{}", where, format_html(_("第 {} 行是表头"), _bold([rows])), titles)


def _passed_over(table: dict[str, Any]) -> Iterator[SafeString]:
    below = [one for one in table["skipped"] if not _is_above(one, table)]
    for words in _told(below):
        yield format_html("{}", words)


def _is_above(span: Sequence[Any], table: dict[str, Any]) -> bool:
    return span[2] in ABOVE_HEADER and span[1] < table["header_row"]


def _told(spans: Iterable[Sequence[Any]]) -> list[str]:
    """Each span in words; of many of one kind the first few, and how many more there are."""
    by_kind: dict[str, list[Sequence[Any]]] = {}
    for span in spans:
        by_kind.setdefault(span[2], []).append(span)
    told: list[str] = []
    for same in by_kind.values():
        told += [_span(*span) for span in same[:MOST_TOLD]]
        if more := len(same) - MOST_TOLD:
            told += [_("这样的行另有%(count)s处") % {"count": more}] if more > 0 else []
    return told


def _span(first: int, last: int, kind: str, text: str) -> str:
    code = "row_span" if first == last else "row_spans"
    rows = Message(code, {"first": first, "last": last}).text(language())
    return Message(f"rows_{kind}", {"rows": rows, "text": text}).text(language())


def _bold(words: Iterable[str]) -> SafeString:
    return format_html_join(_("、"), "<b>{}</b>", ((word,) for word in words))


def remarks(understanding: Understanding) -> list[str]:
    """What else there is to know of the file: its encoding, hidden sheets, macros."""
    sheets = [
        _("工作表“%(sheet)s”：%(why)s")
        % {"sheet": name, "why": Message(code, parameters).text(language())}
        for name, code, parameters in understanding.get("passed_over", [])
    ]
    return sheets + [
        Message(code, parameters).text(language())
        for code, parameters in understanding.get("notices", [])
    ]
