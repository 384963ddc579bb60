"""`manage import_sheet FILE`: imports a list in the foreground, as the pages would."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.commands import AnsweringCommand
from imports import foreground
from imports.plans.registry import PLANS
from imports.receiving.belonging import Belonging
from imports.receiving.rosters import read_roster

COUNTS = ("new", "changed", "same", "warnings", "errors")


class Command(AnsweringCommand):
    help = "Import a list (members of a chamber, venues, posts, …) in the name of a user"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--plan", required=True, help=f"one of {', '.join(PLANS)}")
        parser.add_argument(
            "--chamber", metavar="NAME", help="whose list it is; else its title says"
        )
        parser.add_argument("--town", metavar="NAME", help="the same, for lists of a town")
        parser.add_argument("--as", required=True, dest="username", metavar="USER")
        parser.add_argument("--dry-run", action="store_true", help="compare, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = foreground.plan_named(options["plan"])
        path: Path = options["file"]
        user = foreground.importer(options["username"])
        chosen = Belonging(
            foreground.chamber_named(options["chamber"], user) if options["chamber"] else None,
            foreground.town_named(options["town"], user) if options["town"] else None,
        )
        reading = read_roster(foreground.file_content(path), path.name, plan=plan, by=user)
        number: int | None = None
        if options["dry_run"]:
            counts = foreground.compare_only(reading, chosen, by=user, today=localdate())
        else:
            batch = foreground.import_now(reading, chosen, by=user, today=localdate())
            number, counts = batch.pk, batch.counts
        answer = {"batch": number, **{name: counts[name] for name in COUNTS}}
        words = _(
            "批次 %(batch)s：新增 %(new)s，更新 %(changed)s，相同 %(same)s，"
            "请核对 %(warnings)s，未导入 %(errors)s。"
        )
        self.answer(options, answer, words % {**answer, "batch": number or "—"})
        if counts["errors"]:
            self.fall_short()
