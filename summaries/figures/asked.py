"""What is asked of a figure: a question, and by which dimensions the answer is split."""

from __future__ import annotations

from dataclasses import dataclass

from summaries.figures.figure import Figure
from summaries.figures.questions import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure and what it is asked; ``by`` names up to two dimensions it is split by."""

    figure: Figure
    question: Question
    by: tuple[str, ...] = ()

    def url(self, **narrowed: str) -> str:
        """The page with the rows, of all of it or of some values of its dimensions."""
        question = self.question
        for key, value in narrowed.items():
            question = question.only(key, value)
        return self.figure.rows_url(question)
