"""`manage write_summary`: the summary of a closed period as .docx, .xlsx and .html files."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.commands import SpokenCommand
from core.periods import Period, PeriodError
from core.refusals import Refused
from summaries import actions, queries
from summaries.models import Summary
from summaries.pages import document_of, standalone_html
from summaries.writers.document import SummaryDocument
from summaries.writers.excel import write_xlsx
from summaries.writers.word import write_docx
from towns.models import Town


class Command(SpokenCommand):
    help = "Write the summary of a closed period, once, and its files into a folder"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--kind", default=Summary.Kind.MONTHLY, choices=Summary.Kind.values, metavar="KIND"
        )
        parser.add_argument("--period", required=True, help="2024-05, 2024-Q2, 2024-H1, 2024")
        parser.add_argument(
            "--scope", default="district", metavar="district|TOWN", help="a town's code or name"
        )
        parser.add_argument("--out", required=True, type=Path, metavar="FOLDER")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            summary = actions.write_summary_once(
                kind=options["kind"],
                period=Period.parse(options["period"]),
                town=_town(options["scope"]),
                by=None,
                now=min(timezone.now(), queries.database_now()),
            )
            paths = write_files(document_of(summary), options["out"])
        except Refused as refused:
            words = " ".join(str(rule) for rule in refused.rules)
            raise CommandError(words, returncode=2) from refused
        except PeriodError as error:
            raise CommandError(str(error), returncode=2) from error
        except OSError as error:
            words = _("无法写入文件夹 %(folder)s：%(why)s。请换一个文件夹。")
            told = {"folder": options["out"], "why": error.strerror}
            raise CommandError(words % told, returncode=2) from error
        if options["json"]:
            answer = {ending: str(path) for ending, path in paths.items()}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(str(path) for path in paths.values()))


def write_files(document: SummaryDocument, folder: Path) -> dict[str, Path]:
    """The document's three files, named after its title; those of an earlier run are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {ending: folder / f"{document.title}.{ending}" for ending in ("docx", "xlsx", "html")}
    write_docx(document, paths["docx"])
    write_xlsx(document, paths["xlsx"])
    paths["html"].write_text(standalone_html(document), "utf-8")
    return paths


def _town(text: str) -> Town | None:
    """The town of that code (also as town:CODE) or name; None for the district."""
    wanted = text.removeprefix("town:")
    if wanted == "district":
        return None
    town = Town.objects.filter(code=wanted).first() or Town.objects.filter(name=wanted).first()
    if town is None:
        words = _("没有代码或名称为“%(text)s”的街镇；全区请写 district。")
        raise CommandError(words % {"text": wanted[:40]}, returncode=2)
    return town
