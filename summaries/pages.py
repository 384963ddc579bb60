"""A summary's document as a page shows it, and as a file of its own that opens anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from summaries.documents import document_from_json
from summaries.models import Summary
from summaries.writers.document import (
    Cell,
    Column,
    ColumnKind,
    FigureRun,
    Heading,
    LinkedCell,
    Run,
    SummaryDocument,
    Table,
    absolute_url,
    cell_value,
    labelled_attachments,
    outline,
)
from summaries.writers.table_layout import cell_text
from summaries.writers.wording import chinese_date

STYLES = Path(settings.ROOT) / "assets" / "css" / "official.css"


@dataclass(frozen=True, slots=True)
class PageRun:
    """Words, or a number with the address of its rows."""

    text: str
    url: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class PagePart:
    """A heading (level 1 to 4) or a paragraph (level 0) with the number it opens with."""

    level: int
    number: str
    runs: tuple[PageRun, ...]


@dataclass(frozen=True, slots=True)
class PageCell:
    text: str
    url: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class PageTable:
    """An attached table, every cell in words."""

    label: str
    title: str
    heads: tuple[PageCell, ...]
    rows: tuple[tuple[PageCell, ...], ...]
    total: tuple[PageCell, ...]
    unit: str
    note: str


@dataclass(frozen=True)
class Page:
    """A document ready for a template."""

    document: SummaryDocument
    dated: str
    parts: tuple[PagePart, ...]
    tables: tuple[PageTable, ...] = field(default_factory=tuple)


def document_of(summary: Summary, *, site_url: str = "") -> SummaryDocument:
    """The document as it was written."""
    return document_from_json(summary.content, summary.figures, site_url=site_url)


def page_of(document: SummaryDocument) -> Page:
    """The document with its headings, numbers, links and tables in words."""
    return Page(
        document=document,
        dated=chinese_date(document.dated_on),
        parts=tuple(_parts(document)),
        tables=tuple(
            _table(printed.label, printed.attachment.title, printed.attachment.table, document)
            for printed in labelled_attachments(document)
        ),
    )


def standalone_html(document: SummaryDocument) -> str:
    """One file with everything in it, for an archive or a machine without this system."""
    styles = mark_safe(f"<style>{STYLES.read_text('utf-8')}</style>")  # noqa: S308 - a file of ours
    return render_to_string(
        "summaries/document_file.html",
        {"page": page_of(document), "styles": styles, "title": document.title},
    )


def _parts(document: SummaryDocument) -> Iterator[PagePart]:
    for part in outline(document):
        if isinstance(part, Heading):
            yield PagePart(part.level, part.number, (PageRun(part.text),))
        else:
            runs = tuple(_run(run, document) for run in part.paragraph.runs)
            yield PagePart(0, part.number, runs)


def _run(run: Run, document: SummaryDocument) -> PageRun:
    if isinstance(run, FigureRun):
        return PageRun(run.text, _link(run.rows_url, document), run.key)
    return PageRun(run.text)


def _link(rows_url: str, document: SummaryDocument) -> str:
    """Inside the system a path is enough; a file elsewhere needs the whole address."""
    return absolute_url(document, rows_url) if document.site_url else rows_url


def _table(label: str, title: str, table: Table, document: SummaryDocument) -> PageTable:
    return PageTable(
        label=label,
        title=title,
        heads=tuple(PageCell(one.title, is_number=_is_number(one)) for one in table.columns),
        rows=tuple(_row(row, table, document) for row in table.rows),
        total=_row(table.total, table, document) if table.total else (),
        unit=f"单位：{table.unit}" if table.unit else "",
        note=f"注：{table.note}" if table.note else "",
    )


def _row(row: tuple[Cell, ...], table: Table, document: SummaryDocument) -> tuple[PageCell, ...]:
    return tuple(
        PageCell(
            cell_text(cell_value(cell), column),
            _link(cell.rows_url, document) if isinstance(cell, LinkedCell) else "",
            _is_number(column),
        )
        for cell, column in zip(row, table.columns, strict=True)
    )


def _is_number(column: Column) -> bool:
    return column.kind is ColumnKind.NUMBER
