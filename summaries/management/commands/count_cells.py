"""`manage count_cells`: count now what a write has marked; `--all` counts every month anew."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.commands import SpokenCommand
from summaries.cells.counting import recount
from summaries.cells.models import CountedMonth


class Command(SpokenCommand):
    help = "Count the monthly cells of figures that are marked or missing"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="every month, marked or not")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            CountedMonth.objects.all().delete()
        counted = recount(today=localdate())
        words = _("重新汇总 %(months)s 个月") % {"months": counted}
        self.stdout.write(json.dumps({"months": counted}) if options["json"] else words)
