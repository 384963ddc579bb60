"""Writers of small spreadsheets in every format an office sends, made from plain lists of rows."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

Cell = str | int | float | bool | dt.date | dt.datetime | None
# What a row holds is checked by what is read back, not by types.
Rows = Sequence[Sequence[Any]]


@dataclass
class Sheet:
    """One sheet: rows from row 1 on (None is an empty cell) and merges like "A1:F1"."""

    name: str
    rows: Rows
    merges: Sequence[str] = ()
    hidden: bool = False
    # Number formats of columns, by letter: {"D": "yyyy-mm-dd"}.
    formats: Mapping[str, str] = field(default_factory=dict)
    # Hidden rows as the spreadsheet numbers them, and hidden columns from 0.
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()


def corner(reference: str) -> tuple[int, int]:
    """Row and column from 0 of "C7"."""
    letters = "".join(c for c in reference if c.isalpha())
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]) - 1, column - 1


def span(reference: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of "A1:F2"."""
    first, last = reference.split(":")
    return *corner(first), *corner(last)


def xlsx(*sheets: Sheet, epoch_1904: bool = False) -> bytes:
    """A workbook as Excel writes it."""
    buffer = io.BytesIO()
    options: dict[str, Any] = {"in_memory": True, "date_1904": epoch_1904}
    with xlsxwriter.Workbook(buffer, options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for letter, shape in sheet.formats.items():
                page.set_column(f"{letter}:{letter}", 12, book.add_format({"num_format": shape}))
            for merge in sheet.merges:
                page.merge_range(merge, "")
            for number, row in enumerate(sheet.rows):
                for column, value in enumerate(row):
                    _put(page, number, column, value, day)
            for row_number in sheet.hidden_rows:
                page.set_row(row_number - 1, None, None, {"hidden": True})
            for place in sheet.hidden_columns:
                page.set_column(place, place, None, None, {"hidden": True})
            if sheet.hidden:
                page.hide()
    return buffer.getvalue()


def _put(page: Any, row: int, column: int, value: Cell, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, dt.date):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, str):
        page.write_string(row, column, value)
    else:
        page.write(row, column, value)


def delimited(
    rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8", end: str = "\n"
) -> bytes:
    """A text table; cells with delimiters, quotes or line breaks are quoted."""
    lines = [delimiter.join(_quoted(value, delimiter) for value in row) for row in rows]
    return (end.join(lines) + end).encode(encoding)


def _quoted(value: Cell, delimiter: str) -> str:
    text = "" if value is None else str(value)
    if any(mark in text for mark in (delimiter, '"', "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def web_page(rows: Rows, merges: Sequence[str] = (), encoding: str = "gb18030") -> bytes:
    """A table as a web system exports it under the name of an .xls."""
    spans = {corner(m.split(":")[0]): span(m) for m in merges}
    covered = {
        (r, c)
        for top, left, bottom, right in spans.values()
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
        if (r, c) != (top, left)
    }
    lines = []
    for r, row in enumerate(rows):
        cells = []
        for c, value in enumerate(row):
            if (r, c) in covered:
                continue
            top, left, bottom, right = spans.get((r, c), (r, c, r, c))
            size = f' rowspan="{bottom - top + 1}" colspan="{right - left + 1}"'
            cells.append(f"<td{size}>{escape('' if value is None else str(value))}</td>")
        lines.append("<tr>" + "".join(cells) + "</tr>")
    page = (
        f'<html><head><meta charset="{encoding}"><style>td{{color:red}}</style></head>'
        f"<body><table border=1>{''.join(lines)}</table></body></html>"
    )
    return page.encode(encoding)


def xml_table(*sheets: Sheet) -> bytes:
    """An "XML spreadsheet 2003"."""
    pages = []
    for sheet in sheets:
        merged = {corner(m.split(":")[0]): span(m) for m in sheet.merges}
        rows = []
        for r, row in enumerate(sheet.rows):
            cells = []
            for c, value in enumerate(row):
                if value is None:
                    continue
                top, left, bottom, right = merged.get((r, c), (r, c, r, c))
                kind = "String" if isinstance(value, str) else "Number"
                cells.append(
                    f'<Cell ss:Index="{c + 1}" ss:MergeAcross="{right - left}"'
                    f' ss:MergeDown="{bottom - top}"><Data ss:Type="{kind}">'
                    f"{escape(str(value))}</Data></Cell>"
                )
            hidden = ' ss:Hidden="1"' if r + 1 in sheet.hidden_rows else ""
            rows.append(f'<Row ss:Index="{r + 1}"{hidden}>{"".join(cells)}</Row>')
        listed = [f'<Column ss:Index="{c + 1}" ss:Hidden="1"/>' for c in sheet.hidden_columns]
        table = f"<Table>{''.join(listed)}{''.join(rows)}</Table>"
        pages.append(f"<Worksheet ss:Name={quoteattr(sheet.name)}>{table}</Worksheet>")
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    head = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    return (
        f'{head}<Workbook xmlns="{space}" xmlns:ss="{space}">{"".join(pages)}</Workbook>'.encode()
    )


def ods(*sheets: Sheet) -> bytes:
    """An OpenDocument spreadsheet."""
    tables = "".join(_ods_table(sheet) for sheet in sheets)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    parts = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped(parts)


def _ods_table(sheet: Sheet) -> str:
    merged = {corner(m.split(":")[0]): span(m) for m in sheet.merges}
    covered = {
        (r, c)
        for top, left, bottom, right in merged.values()
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
    } - set(merged)
    width = max(len(row) for row in sheet.rows)
    lines = []
    for r, row in enumerate(sheet.rows):
        cells = [
            _ods_cell(
                row[c] if c < len(row) else None, merged.get((r, c)), covered=(r, c) in covered
            )
            for c in range(width)
        ]
        hidden = ' table:visibility="collapse"' if r + 1 in sheet.hidden_rows else ""
        lines.append(f"<table:table-row{hidden}>{''.join(cells)}</table:table-row>")
    for c in range(width - 1, -1, -1):
        hidden = ' table:visibility="collapse"' if c in sheet.hidden_columns else ""
        lines.insert(0, f"<table:table-column{hidden}/>")
    return f"<table:table table:name={quoteattr(sheet.name)}>{''.join(lines)}</table:table>"


def _ods_cell(value: Cell, merged: tuple[int, int, int, int] | None, *, covered: bool) -> str:
    tag = "table:covered-table-cell" if covered else "table:table-cell"
    if value is None:
        return f"<{tag}/>"
    size = ""
    if merged:
        top, left, bottom, right = merged
        size = (
            f' table:number-rows-spanned="{bottom - top + 1}"'
            f' table:number-columns-spanned="{right - left + 1}"'
        )
    if isinstance(value, str):
        return f'<{tag} office:value-type="string"{size}><text:p>{escape(value)}</text:p></{tag}>'
    return f'<{tag} office:value-type="float" office:value="{value}"{size}/>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A deterministic zip of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in parts.items():
            member = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, body)
    return buffer.getvalue()
