"""`manage inspect_sheet FILE`: how a spreadsheet is understood; nothing is written."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core.commands import AnsweringCommand
from imports.foreground import file_content, plan_named
from imports.reading.inspect import InspectedTable, Inspection
from imports.reading.vocabulary import PLANS
from imports.receiving import rosters
from imports.understanding.noted import language


class Command(AnsweringCommand):
    help = "Print how a spreadsheet is understood: tables, columns, rows and what is wrong there"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--plan", default="", help=f"one of {', '.join(PLANS)}; else guessed")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        plan = plan_named(options["plan"]) if options["plan"] else None
        inspection = rosters.inspect(file_content(path), path.name, plan)
        for sentence in _told(inspection):
            self.stderr.write(sentence)
        words = "\n".join(line for table in inspection.tables for line in _words(table))
        self.answer(options, inspection.as_json(language()), words)
        if not inspection.tables or _has_errors(inspection):
            self.fall_short()


def _has_errors(inspection: Inspection) -> bool:
    return any(
        problem.level == "error"
        for table in inspection.tables
        for problems in table.problems.values()
        for problem in problems
    )


def _told(inspection: Inspection) -> list[str]:
    """What there is to say of the file and of sheets without a table."""
    sheets = [sheet for sheet in inspection.sheets if not sheet.tables]
    told = [notice.text(language()) for notice in inspection.notices]
    return told + [f"{sheet.name} {sheet.message.text(language())}".strip() for sheet in sheets]


def _header_words(table: InspectedTable) -> str:
    told = {"sheet": table.table.sheet, "row": table.table.header_row}
    if table.table.is_form:
        return _("工作表“%(sheet)s”是逐项填写的表单，每份一行") % told
    if not table.table.header_row:
        return _("工作表“%(sheet)s”没有表头，各列按内容认出") % told
    return _("工作表“%(sheet)s”，第%(row)s行是表头") % told


def _words(table: InspectedTable) -> list[str]:
    """A table for a person at the terminal: what it is, what was left out, what is wrong."""
    problems = (problem for place in table.problems.values() for problem in place)
    return [
        _header_words(table),
        *table.sentences(language()),
        _("%(count)s 行") % {"count": len(table.table.rows)},
        *(problem.text(language()) for problem in problems),
    ]
