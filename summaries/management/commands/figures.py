"""`manage figures`: the figures of a place and a period, in words or as JSON."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.timezone import localdate

from core.access import WHOLE_DISTRICT
from core.commands import SpokenCommand
from core.parts import number_words
from core.periods import PeriodError
from summaries import queries
from summaries.asking import AS_OF, PERIOD, read_day, read_question
from summaries.figures.answers import Answer, Asked, answers
from summaries.figures.catalogue import figures_for
from summaries.figures.questions import Question
from summaries.figures.register import as_markdown
from summaries.figures.scopes import (
    Scope,
    ScopeKind,
    ScopeNotFound,
    district,
    find_scope,
    named_scope,
)


class Command(SpokenCommand):
    help = "Print the figures of the district, a town, a chamber or a venue"

    def add_arguments(self, parser: ArgumentParser) -> None:
        place = parser.add_mutually_exclusive_group()
        place.add_argument("--town", metavar="CODE")
        place.add_argument("--chamber", metavar="NAME")
        place.add_argument("--venue", metavar="NAME")
        parser.add_argument("--period", default="", help="2024, 2024-05, 2024-Q2, 2024-H1 or A..B")
        parser.add_argument("--as-of", default="", metavar="DATE")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--markdown", action="store_true", help="print docs/figures.md instead")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["markdown"]:
            self.stdout.write(as_markdown(), ending="")
            return
        question = asked_question(options)
        answered = answers(
            {
                one.key: Asked(one, question)
                for one in figures_for(question.scope.kind, question.rules)
            }
        )
        if options["json"]:
            self.stdout.write(json.dumps(as_json(question, answered), ensure_ascii=False))
            return
        self.stdout.write(f"{question.scope.title} {question.period.words} {question.day}")
        for answer in answered.values():
            figure = answer.asked.figure
            title = figure.title_under(question.rules)
            self.stdout.write(f"{title}\t{number_words(answer.value)}\t{figure.unit}")


def asked_question(options: dict[str, Any]) -> Question:
    """The question on the command line. Raises CommandError, which ends with status 2."""
    try:
        day = read_day(options["as_of"], localdate())
        question, not_understood = read_question(
            {PERIOD: options["period"], AS_OF: day.isoformat()},
            user=WHOLE_DISTRICT,
            today=localdate(),
            rules=queries.rules_in_force(),
            scope=_scope(options),
        )
    except (PeriodError, ScopeNotFound) as error:
        raise CommandError(str(error), returncode=2) from error
    if not_understood:
        raise CommandError(not_understood[0], returncode=2)
    return question


def _scope(options: dict[str, Any]) -> Scope:
    if options["town"]:
        return find_scope(f"town:{options['town']}", WHOLE_DISTRICT)
    for kind in (ScopeKind.CHAMBER, ScopeKind.VENUE):
        if options[kind]:
            return named_scope(kind, options[kind], WHOLE_DISTRICT)
    return district()


def as_json(question: Question, answered: dict[str, Answer]) -> dict[str, Any]:
    """The answer as commands.md states it."""
    return {
        "scope": str(question.scope),
        "period": str(question.period),
        "as_of": question.as_of.isoformat(),
        "figures": [
            {
                "key": key,
                "title": answer.asked.figure.title_under(question.rules),
                "value": answer.value if isinstance(answer.value, int) else float(answer.value),
                "unit": str(answer.asked.figure.unit),
                "definition": answer.asked.figure.definition_for(question),
                "rows_url": answer.url,
            }
            for key, answer in answered.items()
        ],
    }
