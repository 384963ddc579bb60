"""`manage demo_sign_ins`: who can sign in to the demo district, for the first look."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from demo import people


class Command(BaseCommand):
    help = "List the demo sign-ins that exist here"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        sign_ins = [
            {
                "username": one.username,
                "password": people.PASSWORD,
                "name": one.name,
                "role": str(one.role.title),
            }
            for one in people.present()
        ]
        if options["json"]:
            self.stdout.write(json.dumps({"sign_ins": sign_ins}, ensure_ascii=False))
            return
        for one in sign_ins:
            self.stdout.write("{role}  {username}  {password}".format(**one))
