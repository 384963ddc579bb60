"""`manage write_permissions`: docs/permissions.md from the code; `--check` only compares."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from accounts.documents import permissions_document

PAGE = settings.ROOT / "docs" / "permissions.md"


class Command(BaseCommand):
    help = "Write docs/permissions.md from the roles, permissions and addresses in the code"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 when it is out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            text = permissions_document()
        if options["check"]:
            if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
                self.stderr.write(
                    f"{PAGE.name} 与代码不一致，请运行 ./run manage write_permissions"
                )
                sys.exit(1)
            return
        PAGE.write_text(text, encoding="utf-8")
        self.stderr.write(f"已写入 {PAGE}")
