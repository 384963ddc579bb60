"""What is said of a row: kept as its words and what fills them, told in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.said import kept_words, listed, said, told
from imports.reading.inspect import Problem as ReadProblem
from imports.reading.messages import CATALOGUE, Message
from imports.understanding.noted import field_title, language

__all__ = ["kept_problem", "kept_words", "listed", "said", "words_of"]


def kept_problem(problem: ReadProblem) -> dict[str, Any]:
    """A problem of the reader as a row keeps it."""
    found: dict[str, Any] = problem.as_json(language())
    return {**found, "row": problem.row, "filled": dict(problem.message.parameters)}


def words_of(problem: Mapping[str, Any], plan: str) -> str:
    """What a kept problem says, in the language of whoever reads it."""
    if "filled" not in problem:
        return str(problem["message"])
    if "said" in problem:
        return told(problem)
    if problem["code"] not in CATALOGUE:
        return str(problem["message"])
    title = field_title(plan, problem["field"])
    filled = {**problem["filled"], **({"title": title} if title else {})}
    place = (problem["field"], problem["column"], problem["row"], problem["level"])
    return ReadProblem(*place, Message(problem["code"], filled)).text(language())
