"""`manage load_district FILE`: the towns and villages of a district from its list."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from core.commands import SpokenCommand
from towns.district_list import DistrictListError, load_district, read_district_list


class Command(SpokenCommand):
    help = "Load towns and villages from a CSV: town_code,town,village_code,village,kind"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--listed-on", type=date.fromisoformat, default=date.today())  # noqa: DTZ011 - the day of the person at the keyboard
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = read_district_list(options["file"])
        except DistrictListError as error:
            raise CommandError(str(error), returncode=2) from error
        towns, villages = load_district(lines=lines, by=None, listed_on=options["listed_on"])
        answer = {"towns": towns, "villages": villages}
        self.stdout.write(
            json.dumps(answer) if options["json"] else f"街镇 {towns} 个，村居 {villages} 个"
        )
