"""What is said of a row: kept as its words and what fills them, told in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from imports.reading.inspect import Problem as ReadProblem
from imports.reading.messages import CATALOGUE, Message
from imports.understanding.noted import field_title, language


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


class SaidList(str):
    """Several such texts as one, which remembers them."""

    parts: Sequence[str]


def listed(parts: Sequence[str]) -> str:
    """Several texts as one that fills a sentence that is kept."""
    text = SaidList(gettext("、").join(parts))
    text.parts = parts
    return text


def kept_words(text: str) -> dict[str, Any]:
    """The parts of a problem that hold its sentence."""
    if not isinstance(text, Said):
        return {"message": text}
    filled = {name: _plain(value) for name, value in text.filled.items()}
    return {"message": str(text), "said": text.message, "filled": filled}


def _plain(value: Any) -> Any:
    """What fills a sentence, as JSON; sentences within it are kept as sentences are."""
    if isinstance(value, SaidList):
        return [_plain(part) for part in value.parts]
    if isinstance(value, Said):
        return kept_words(value)
    return value if isinstance(value, int) else str(value)


def _told(kept: Any) -> Any:
    """What ``_plain`` kept, in the language of whoever reads it."""
    if isinstance(kept, list):
        return gettext("、").join(str(_told(part)) for part in kept)
    if isinstance(kept, dict):
        return gettext(kept["said"]) % {name: _told(one) for name, one in kept["filled"].items()}
    return kept


def kept_problem(problem: ReadProblem) -> dict[str, Any]:
    """A problem of the reader as a row keeps it."""
    told: dict[str, Any] = problem.as_json(language())
    return {**told, "row": problem.row, "filled": dict(problem.message.parameters)}


def words_of(problem: Mapping[str, Any], plan: str) -> str:
    """What a kept problem says, in the language of whoever reads it."""
    if "filled" not in problem:
        return str(problem["message"])
    if "said" in problem:
        return str(_told(problem))
    if problem["code"] not in CATALOGUE:
        return str(problem["message"])
    title = field_title(plan, problem["field"])
    filled = {**problem["filled"], **({"title": title} if title else {})}
    place = (problem["field"], problem["column"], problem["row"], problem["level"])
    return ReadProblem(*place, Message(problem["code"], filled)).text(language())
