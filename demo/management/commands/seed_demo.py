"""`manage seed_demo`: the article's district, and invented records up to a size for measuring."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activities.models import Activity
from chambers.models import Enterprise
from core.commands import AnsweringCommand
from demo import actions, bulk


class Command(AnsweringCommand):
    help = "Write the demo district into an empty system; with sizes, invented records on top"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--activities", type=int, default=0, help="up to so many in all")
        parser.add_argument("--enterprises", type=int, default=0, help="up to so many in all")
        parser.add_argument("--users", type=int, default=0, help="up to so many in all")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        seeded = not actions.is_seeded()
        if seeded:
            actions.seed_district(today=today)
        bulk.fill_up(
            activities=options["activities"],
            enterprises=options["enterprises"],
            users=options["users"],
            today=today,
        )
        answer = {
            "seeded": seeded,
            "activities": Activity.objects.count(),
            "enterprises": Enterprise.objects.count(),
            "users": User.objects.count(),
        }
        words = _("活动 %(activities)s 场，企业 %(enterprises)s 家，用户 %(users)s 个")
        self.answer(options, answer, words % answer)
