"""`manage import_sheet FILE`: imports a member list in the foreground, as the pages would."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.commands import AnsweringCommand
from core.refusals import Refused, Rule
from imports import foreground
from imports.plans.members import MemberPlan
from imports.receiving import read_roster

COUNTS = ("new", "changed", "same", "warnings", "errors")


class Command(AnsweringCommand):
    help = "Import a member list into a chamber, in the name of a user"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--plan", required=True, help=MemberPlan.key)
        parser.add_argument("--chamber", required=True, metavar="NAME")
        parser.add_argument("--as", required=True, dest="username", metavar="USER")
        parser.add_argument("--dry-run", action="store_true", help="compare, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["plan"] != MemberPlan.key:
            words = _("现在只能导入 %(plan)s（会员名册）。") % {"plan": MemberPlan.key}
            raise Refused([Rule("IMP-12", words)])
        path: Path = options["file"]
        user = foreground.importer(options["username"])
        chamber = foreground.chamber_named(options["chamber"], user)
        number: int | None = None
        if options["dry_run"]:
            reading = read_roster(foreground.file_content(path), path.name)
            counts = foreground.compare_only(reading, chamber, today=localdate())
        else:
            batch = foreground.import_now(path, chamber, by=user, today=localdate())
            number, counts = batch.pk, batch.counts
        answer = {"batch": number, **{name: counts[name] for name in COUNTS}}
        words = _(
            "批次 %(batch)s：新增 %(new)s，更新 %(changed)s，相同 %(same)s，"
            "请核对 %(warnings)s，未导入 %(errors)s。"
        )
        self.answer(options, answer, words % {**answer, "batch": number or "—"})
        if counts["errors"]:
            self.fall_short()
