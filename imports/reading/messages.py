"""Everything the reader of spreadsheets says to a person: one catalogue, Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.credit_code import SENTENCES
from imports.reading.wording import CELLS, FILES, ROWS, SHEETS

Parameters = Mapping[str, str | int]

CATALOGUE: dict[str, tuple[str, str]] = {
    **FILES,
    **SHEETS,
    **ROWS,
    **CELLS,
    **{f"credit_code_{reason}": texts for reason, texts in SENTENCES.items()},
}


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence by its code, so that either language can show it."""

    code: str
    parameters: Parameters = field(default_factory=dict)

    def text(self, language: str = "zh") -> str:
        """The sentence in Chinese, or in English for any other language."""
        chinese, english = CATALOGUE[self.code]
        return (chinese if language.startswith("zh") else english).format(**self.parameters)

    def __str__(self) -> str:
        return self.text()


class Refused(Exception):
    """The file cannot be read, and the sentence says why and what to do."""

    def __init__(self, code: str, **parameters: str | int) -> None:
        self.message = Message(code, parameters)
        super().__init__(self.message.text())
