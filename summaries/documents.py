"""Keeps a summary's document as JSON and gives it back: what was issued stays what it was."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from summaries.writers.document import (
    Attachment,
    Cell,
    Column,
    ColumnKind,
    Figure,
    FigureRun,
    LinkedCell,
    Paragraph,
    Run,
    Section,
    SummaryDocument,
    Table,
    TextRun,
    Value,
)

Json = dict[str, Any]


def figures_as_json(document: SummaryDocument) -> list[Json]:
    """Each figure with its definition, as the moment of the data had it."""
    return [
        {
            "key": figure.key,
            "title": figure.title,
            "value": _value_as_json(figure.value),
            "unit": figure.unit,
            "definition": figure.definition,
            "rows_url": figure.rows_url,
        }
        for figure in document.figures
    ]


def content_as_json(document: SummaryDocument) -> Json:
    """The words and tables, without the figures."""
    return {
        "title": document.title,
        "issuer": document.issuer,
        "dated_on": document.dated_on.isoformat(),
        "as_of": document.as_of.isoformat(),
        "lead": _paragraph_as_json(document.lead),
        "sections": [_section_as_json(section) for section in document.sections],
        "attachments": [
            {"title": attachment.title, "table": _table_as_json(attachment.table)}
            for attachment in document.attachments
        ],
    }


def document_from_json(
    content: Json, figures: list[Json], *, site_url: str = ""
) -> SummaryDocument:
    """The document again; ``site_url`` is where its links lead when a file is opened elsewhere."""
    return SummaryDocument(
        title=content["title"],
        issuer=content["issuer"],
        dated_on=date.fromisoformat(content["dated_on"]),
        as_of=datetime.fromisoformat(content["as_of"]),
        lead=_paragraph(content["lead"]),
        sections=tuple(_section(section) for section in content["sections"]),
        attachments=tuple(
            Attachment(attachment["title"], _table(attachment["table"]))
            for attachment in content["attachments"]
        ),
        figures=tuple(_figure(figure) for figure in figures),
        site_url=site_url,
    )


def _value_as_json(value: Value) -> Any:
    match value:
        case Decimal():
            return {"decimal": str(value)}
        case date():
            return {"date": value.isoformat()}
    return value


def _value(stored: Any) -> Any:
    if not isinstance(stored, dict):
        return stored
    if "decimal" in stored:
        return Decimal(stored["decimal"])
    return date.fromisoformat(stored["date"])


def _cell_as_json(cell: Cell) -> Any:
    if isinstance(cell, LinkedCell):
        return {"value": _value_as_json(cell.value), "rows_url": cell.rows_url}
    return _value_as_json(cell)


def _cell(stored: Any) -> Cell:
    if isinstance(stored, dict) and "rows_url" in stored:
        return LinkedCell(_value(stored["value"]), stored["rows_url"])
    value: Value = _value(stored)
    return value


def _run_as_json(run: Run) -> Any:
    if isinstance(run, TextRun):
        return run.text
    return {"key": run.key, "text": run.text, "rows_url": run.rows_url}


def _run(stored: Any) -> Run:
    return TextRun(stored) if isinstance(stored, str) else FigureRun(**stored)


def _paragraph_as_json(paragraph: Paragraph) -> list[Any]:
    return [_run_as_json(run) for run in paragraph.runs]


def _paragraph(stored: list[Any]) -> Paragraph:
    return Paragraph(tuple(_run(run) for run in stored))


def _section_as_json(section: Section) -> Json:
    return {
        "heading": section.heading,
        "paragraphs": [_paragraph_as_json(paragraph) for paragraph in section.paragraphs],
        "sections": [_section_as_json(below) for below in section.sections],
    }


def _section(stored: Json) -> Section:
    return Section(
        stored["heading"],
        tuple(_paragraph(paragraph) for paragraph in stored["paragraphs"]),
        tuple(_section(below) for below in stored["sections"]),
    )


def _table_as_json(table: Table) -> Json:
    return {
        "columns": [[column.title, str(column.kind)] for column in table.columns],
        "rows": [[_cell_as_json(cell) for cell in row] for row in table.rows],
        "total": None if table.total is None else [_cell_as_json(cell) for cell in table.total],
        "unit": table.unit,
        "note": table.note,
    }


def _table(stored: Json) -> Table:
    total = stored["total"]
    return Table(
        columns=tuple(Column(title, ColumnKind(kind)) for title, kind in stored["columns"]),
        rows=tuple(tuple(_cell(cell) for cell in row) for row in stored["rows"]),
        total=None if total is None else tuple(_cell(cell) for cell in total),
        unit=stored["unit"],
        note=stored["note"],
    )


def _figure(stored: Json) -> Figure:
    return Figure(**{**stored, "value": _value(stored["value"])})
