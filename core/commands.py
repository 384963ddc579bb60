"""Commands that answer in JSON or in words, in Chinese or English, and refuse in one sentence."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from core.argument_words import in_chinese
from core.refusals import Refused

FELL_SHORT, REFUSED = 1, 2  # exit statuses beside 0 for done


class SpokenCommand(BaseCommand):
    """A management command that speaks the language of whoever typed it: English where LANG
    starts with "en". What it refuses stands on standard error as its sentence alone; exit 2.
    """

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **options)
        if getattr(self, "_called_from_command_line", False):
            parser.error = self._misused  # type: ignore[method-assign] # its own prints the usage
        return parser

    def _misused(self, message: str) -> NoReturn:
        """End because of what was typed: one sentence, and no page of options before it."""
        if spoken_language() == "en":
            words = f"{message}. All options: add --help"
        else:
            words = f"{in_chinese(message)}。全部参数：加上 --help 查看"
        self.stderr.write(words)
        raise SystemExit(REFUSED)

    def execute(self, *args: Any, **options: Any) -> str | None:
        with override(spoken_language()):
            try:
                return super().execute(*args, **options)
            except Refused as refused:
                words = " ".join(str(rule) for rule in refused.rules)
                raise self._end(words, REFUSED) from refused
            except CommandError as refused:
                raise self._end(str(refused), refused.returncode) from refused

    def _end(self, words: str, status: int) -> BaseException:
        """How it ends: Django would name a class of Python before the sentence."""
        if not getattr(self, "_called_from_command_line", False):
            return CommandError(words, returncode=status)
        self.stderr.write(words)
        return SystemExit(status)


class AnsweringCommand(SpokenCommand):
    """A spoken command whose one answer stands alone on standard output.

    Exit 0 done, 1 done with rows that fell short, 2 refused.
    """

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="answer with one JSON object")

    def answer(self, options: dict[str, Any], answer: dict[str, Any], words: str) -> None:
        """Print the answer as it was asked for."""
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else words)

    def fall_short(self) -> None:
        """End with the status that says: done, but not for every row."""
        self.stdout.flush()
        raise SystemExit(FELL_SHORT)


def spoken_language() -> str:
    """The language of the person at the terminal."""
    return "en" if os.environ.get("LANG", "").lower().startswith("en") else "zh-hans"
