"""`manage seed_demo`: the article's district, and invented records up to a size for measuring."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import User
from activities.models import Activity
from chambers.models import Enterprise
from demo import actions, bulk


class Command(BaseCommand):
    help = "Write the demo district into an empty system; with sizes, invented records on top"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--activities", type=int, default=0, help="up to so many in all")
        parser.add_argument("--enterprises", type=int, default=0, help="up to so many in all")
        parser.add_argument("--users", type=int, default=0, help="up to so many in all")
        parser.add_argument("--json", action="store_true")

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
        words = "活动 {activities} 场，企业 {enterprises} 家，用户 {users} 个".format(**answer)
        self.stdout.write(json.dumps(answer) if options["json"] else words)
