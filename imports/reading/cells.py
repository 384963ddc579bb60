"""One cell as it leaves the reader: plain text or a number, nothing invisible, nothing personal."""

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from core import credit_code
from core.normalise import clean_text
from imports.cleaning.values import IDENTITY_REMOVED, Cell
from imports.reading import limits
from imports.reading.grid import Row, address
from imports.reading.messages import Refused

_REMEMBERED = 20_000
_BETWEEN = "|"
_EXACT = 10**15
_MAYBE_IDENTITY = re.compile(r"[0-9０-９]{17}[0-9０-９XxＸｘ]")
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
_IDENTITY_NUMBER = re.compile(
    r"[1-6][0-9]{5}(?:19[0-9]{2}|20[0-2][0-9])(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{4}",
)


def text_cell(text: str, place: tuple[int, int]) -> Cell:
    """Text without invisible characters, line breaks kept; identity numbers are taken out."""
    if len(text) > limits.CELL_CHARACTERS:
        raise Refused("cell_too_long", address=address(*place), limit=limits.CELL_CHARACTERS)
    text = clean_text(text, keep_lines=True)
    if len(text) >= 18 and _MAYBE_IDENTITY.search(text):
        return _without_identity(text)
    return text


def row_of(values: Sequence[Any], number: int, seen: dict[str, str] | None = None) -> Row:
    """The cells of a row as the parsers hand them out; "" at its end are dropped.

    Most rows are tidy, and one look at all their texts is quicker than one at each. ``seen``
    remembers texts, so that each is held once.
    """
    if seen is not None:
        values = [_once(value, seen) if type(value) is str else value for value in values]
    together = _BETWEEN.join([value for value in values if type(value) is str])
    if _is_tidy(together):
        row = [v if type(v) is str else any_cell(v, (number, c)) for c, v in enumerate(values)]
    else:
        row = [v if v == "" else any_cell(v, (number, c)) for c, v in enumerate(values)]
    while row and row[-1] == "":
        row.pop()
    return row


def _once(text: str, seen: dict[str, str]) -> str:
    if len(seen) < _REMEMBERED:
        return seen.setdefault(text, text)
    return seen.get(text, text)


def _is_tidy(together: str) -> bool:
    """Whether no text of a row needs a closer look; texts are joined by a sign without spaces."""
    return (
        len(together) <= limits.CELL_CHARACTERS
        and clean_text(together, keep_lines=True) is together
        and " |" not in together
        and "| " not in together
        and not _MAYBE_IDENTITY.search(together)
    )


def number_cell(number: float) -> Cell:
    """A whole number as int while it is exact; an identity number in disguise is taken out."""
    if not math.isfinite(number):
        return "#NUM!"
    if not number.is_integer():
        return number
    if abs(number) < _EXACT:
        return int(number)
    if 1e17 <= number < 1e18 and _IDENTITY_NUMBER.fullmatch(str(int(number))):
        return IDENTITY_REMOVED
    return number


def any_cell(value: Any, place: tuple[int, int]) -> Cell:
    """What the parsers hand out, whatever its type."""
    kind = type(value)
    if kind is str:
        return text_cell(value, place)
    if kind is float:
        return number_cell(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return number_cell(float(value)) if isinstance(value, int) else _moment_cell(value)


def _moment_cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else ""


def _without_identity(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    kept = _IDENTITY.sub(_mask, plain)
    if kept == plain:
        return text
    return IDENTITY_REMOVED if kept.strip() in {"", _MASK} else kept


_MASK = "［身份证号已略去］"


def _mask(match: re.Match[str]) -> str:
    number = match[0].upper()
    if not credit_code.is_identity_number(number) or credit_code.check(number) is None:
        return match[0]
    return _MASK
