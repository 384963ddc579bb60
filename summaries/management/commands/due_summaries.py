"""`manage due_summaries`: writes every summary that is due and not there."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.commands import SpokenCommand
from summaries import actions, queries


class Command(SpokenCommand):
    help = "Write the monthly summaries of closed months that are missing"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now", default="", metavar="MOMENT", help="as if it were 2024-06-01T00:10+08:00"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        # A clock that runs ahead, or a --now in the future, closes no month that is not over.
        now = min(read_moment(options["now"]), timezone.now(), queries.database_now())
        titles = [summary.content["title"] for summary in actions.write_due(now=now)]
        if options["json"]:
            answer = {"now": now.isoformat(), "written": titles}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for title in titles:
            self.stdout.write(title)
        self.stderr.write(_("生成 %(count)s 份小结。") % {"count": len(titles)})


def read_moment(text: str) -> datetime:
    """The moment given, in the district's time when it names no zone; now when none is given."""
    try:
        moment = datetime.fromisoformat(text) if text else timezone.now()
    except ValueError as error:
        words = _("看不懂时刻“%(text)s”，请写成 2024-06-01T00:10+08:00。")
        raise CommandError(words % {"text": text[:40]}, returncode=2) from error
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
