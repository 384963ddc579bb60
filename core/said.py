"""Sentences that are kept: with the message and what fills it, told in each reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, override

from core.refusals import Refused

BETWEEN_WORDS = "、"


class Said(str):
    """A translated text that remembers what it was made of: its message and what filled it."""

    message: str
    filled: dict[str, Any]

    def __mod__(self, filled: Any) -> Said:
        said = Said(super().__mod__(filled))
        said.message, said.filled = self.message, dict(filled)
        return said


class SaidList(str):
    """Several such texts as one, which remembers them and what stands between them."""

    parts: Sequence[Any]
    between: str


def said(message: str) -> Said:
    """The message in the present language: `gettext` for sentences that are kept."""
    text = Said(gettext(message))
    text.message, text.filled = message, {}
    return text


def listed(parts: Sequence[Any], *, between: str = BETWEEN_WORDS) -> str:
    """Several texts as one that is kept, or fills a sentence that is kept."""
    text = SaidList(gettext(between).join(map(str, parts)))
    text.parts, text.between = parts, between
    return text


def why_refused(refused: Refused) -> str:
    """The words of the rules that were broken."""
    return listed([rule.words for rule in refused.rules], between="；")


def kept_words(text: str) -> dict[str, Any]:
    """A text as it is kept: its words, and what they were made of as far as it is known."""
    if isinstance(text, SaidList):
        return {"message": str(text), "said": "%(parts)s", "filled": {"parts": _plain(text)}}
    if not isinstance(text, Said):
        return {"message": text}
    filled = {name: _plain(value) for name, value in text.filled.items()}
    return {"message": str(text), "said": text.message, "filled": filled}


def told(kept: Mapping[str, Any]) -> str:
    """What ``kept_words`` kept, in the language of whoever reads it; words alone stay as they
    are."""
    return str(_told(kept)) if "said" in kept else str(kept.get("message", ""))


def _plain(value: Any) -> Any:
    """What fills a sentence, as JSON; sentences within it are kept as sentences are."""
    if isinstance(value, SaidList):
        parts = [_plain(part) for part in value.parts]
        return parts if value.between == BETWEEN_WORDS else [value.between, parts]
    if isinstance(value, Said):
        return kept_words(value)
    if isinstance(value, Promise):
        with override(settings.LANGUAGE_CODE):  # in which a text is its own message
            return {"said": str(value), "filled": {}}
    return value if isinstance(value, int) else str(value)


def _told(kept: Any) -> Any:
    """What ``_plain`` kept, in the language of whoever reads it."""
    if isinstance(kept, list):
        between, parts = kept if _has_own_between(kept) else (BETWEEN_WORDS, kept)
        return gettext(between).join(str(_told(part)) for part in parts)
    if isinstance(kept, dict):
        return gettext(kept["said"]) % {name: _told(one) for name, one in kept["filled"].items()}
    return kept


def _has_own_between(kept: list[Any]) -> bool:
    return len(kept) == 2 and isinstance(kept[1], list)
