"""What is said of a row: kept as its words and what fills them, told in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from imports.reading.inspect import Problem as ReadProblem
from imports.reading.messages import CATALOGUE, Message
from imports.understanding import field_title, language


class Said(str):
    """A translated text that remembers what it was made of: its message and what filled it."""

    message: str
    filled: dict[str, Any]

    def __mod__(self, filled: Any) -> Said:
        said = Said(super().__mod__(filled))
        said.message, said.filled = self.message, dict(filled)
        return said


def said(message: str) -> Said:
    """The message in the present language: `gettext` for sentences that are kept."""
    text = Said(gettext(message))
    text.message, text.filled = message, {}
    return text


def kept_words(text: str) -> dict[str, Any]:
    """The parts of a problem that hold its sentence."""
    if not isinstance(text, Said):
        return {"message": text}
    filled = {name: _plain(value) for name, value in text.filled.items()}
    return {"message": str(text), "said": text.message, "filled": filled}


def _plain(value: Any) -> str | int:
    return value if isinstance(value, int) else str(value)


def kept_problem(problem: ReadProblem) -> dict[str, Any]:
    """A problem of the reader as a row keeps it."""
    told: dict[str, Any] = problem.as_json(language())
    return {**told, "row": problem.row, "filled": dict(problem.message.parameters)}


def words_of(problem: Mapping[str, Any], plan: str) -> str:
    """What a kept problem says, in the language of whoever reads it."""
    if "filled" not in problem:
        return str(problem["message"])
    if "said" in problem:
        return str(gettext(problem["said"]) % problem["filled"])
    if problem["code"] not in CATALOGUE:
        return str(problem["message"])
    title = field_title(plan, problem["field"])
    filled = {**problem["filled"], **({"title": title} if title else {})}
    place = (problem["field"], problem["column"], problem["row"], problem["level"])
    return ReadProblem(*place, Message(problem["code"], filled)).text(language())
