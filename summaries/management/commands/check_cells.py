"""`manage check_cells`: recount every trusted month from its rows and tell what differs."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from core.commands import SpokenCommand
from summaries.cells.checking import differences, trusted_months

SHOWN = 20


class Command(SpokenCommand):
    help = "Compare the monthly cells of figures with the rows they count; exit 1 when they differ"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        months = trusted_months()
        found = [str(one) for month in months for one in differences(month)]
        if options["json"]:
            answer = {"months": len(months), "differences": found}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            words = _("核对 %(months)s 个月，%(differences)s 处不一致")
            self.stdout.write(words % {"months": len(months), "differences": len(found)})
            self.stdout.writelines(f"{line}\n" for line in found[:SHOWN])
        if found:
            sys.exit(1)
