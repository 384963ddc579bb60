"""`manage undo_import BATCH`: takes an import back in the foreground."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from core.commands import AnsweringCommand
from imports import foreground


class Command(AnsweringCommand):
    help = "Take an import back, in the name of a user"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("batch", help="the number that import_sheet answered")
        parser.add_argument("--as", required=True, dest="username", metavar="USER")

    def handle(self, *args: Any, **options: Any) -> None:
        user = foreground.importer(options["username"])
        batch = foreground.undo_now(foreground.batch_numbered(options["batch"], user), by=user)
        outcome: dict[str, int] = batch.counts["undo"]
        words = _("撤回 %(reversed)s 行；保留后来改过的 %(kept)s 行；未能撤销 %(failed)s 行。")
        self.answer(options, outcome, words % outcome)
        if outcome["kept"] or outcome["failed"]:
            self.fall_short()
