"""Bytes to text: byte order mark, strict UTF-8, then GB18030, Big5 and UTF-16 by plausibility.

That bytes decode proves nothing: Big5 and UTF-8 decode as GB18030 too. So each candidate is judged
by how many of its characters are everyday ones.
"""

import codecs
import re
from functools import cache

from imports.reading.messages import Refused

_SAMPLE = 20_000
_PLAUSIBLE = 0.6
_BIG5_MARGIN = 0.12
_THREE_BYTES = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}")
_SURELY_UTF8 = 4
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_MOST_CONTROLS = 0.02
_FOUR_BYTES = re.compile("[\u3400-\u4dbf\U00010000-\U0010ffff]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_LABELS = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030（GBK）",
    "big5": "Big5（繁体）",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}


ENCODINGS = tuple(_LABELS)


def decode(content: bytes, chosen: str = "") -> tuple[str, str]:
    """The text and the name of its encoding; what cannot be told is refused.

    ``chosen``: one of ``ENCODINGS`` that a person chose after looking at the guess.
    """
    if chosen in _LABELS:
        return _strictly(content, chosen).lstrip("\ufeff"), _LABELS[chosen]
    for mark, coding, label in _MARKS:
        if content.startswith(mark):
            while content.startswith(mark):
                content = content[len(mark) :]
            return _strictly(content, coding), label
    if wide := _wide(content):
        return _strictly(content, wide), _LABELS[wide]
    try:
        return _checked(content.decode("utf-8")), "UTF-8"
    except UnicodeDecodeError as error:
        _refuse_broken_utf8(content, error)
    return _narrow(content)


def _strictly(content: bytes, coding: str) -> str:
    try:
        return _checked(content.decode(coding))
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 4:
            raise Refused("incomplete") from error
        raise Refused("undecodable", row=_row_at(content, error.start)) from error


def _checked(text: str) -> str:
    """Text with more than a few control characters is no text."""
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > max(2, len(sample) * _MOST_CONTROLS):
        raise Refused("not_csv")
    return text


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of digits, commas and line ends is zero."""
    sample = content[:_SAMPLE]
    if len(content) % 2 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd):
        return None
    coding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = sample[: len(sample) // 2 * 2].decode(coding, "ignore")
    except UnicodeDecodeError:
        return None
    return coding if plausibility(text) >= _PLAUSIBLE else None


def _refuse_broken_utf8(content: bytes, error: UnicodeDecodeError) -> None:
    """A file that is UTF-8 up to some row is not tried as anything else."""
    if len(_THREE_BYTES.findall(content[: error.start])) < _SURELY_UTF8:
        return
    if error.start >= len(content) - 4 and error.reason == "unexpected end of data":
        raise Refused("incomplete") from error
    row = _row_at(content, error.start)
    _, _, rest = content[error.start :].partition(b"\n")
    try:
        rest.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("mixed_encodings", row=row) from error
    raise Refused("undecodable", row=row) from error


def _narrow(content: bytes) -> tuple[str, str]:
    """GB18030 or Big5, whichever reads more like Chinese."""
    texts = {coding: _try(content, coding) for coding in ("gb18030", "big5")}
    scores = {coding: plausibility(text) for coding, text in texts.items() if text is not None}
    big5 = scores.get("big5", 0.0) - _BIG5_MARGIN
    best = "big5" if big5 > scores.get("gb18030", 0.0) else "gb18030"
    _refuse_foreign_lines(content)
    text = texts[best]
    if text is None or scores[best] < _PLAUSIBLE:
        raise Refused("not_csv")
    return _checked(text), _LABELS[best]


def _try(content: bytes, coding: str) -> str | None:
    try:
        return content.decode(coding)
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 4 and error.reason.startswith("incomplete"):
            whole = content[: error.start].decode(coding)
            if plausibility(whole) >= _PLAUSIBLE:
                raise Refused("incomplete") from error
        return None


def _refuse_foreign_lines(content: bytes) -> None:
    """Rows of UTF-8 in a file of another encoding: it was put together from two."""
    for number, line in enumerate(content.splitlines(), start=1):
        if len(_THREE_BYTES.findall(line)) < _SURELY_UTF8:
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        raise Refused("mixed_encodings", row=number)


def plausibility(text: str) -> float:
    """The share of everyday characters among those beyond ASCII; 1 when there are none."""
    # Four-byte characters tell nothing: they are rare, but no accident either.
    beyond = [c for c in text[:_SAMPLE] if c > "\x7f" and not _FOUR_BYTES.match(c)]
    if not beyond:
        return 1.0
    everyday = _everyday()
    return sum(c in everyday for c in beyond) / len(beyond)


@cache
def _everyday() -> frozenset[str]:
    """The first level of GB 2312 and of Big5, with the punctuation and full-width forms of both."""
    cells = (
        *((range(0xB0, 0xD8), range(0xA1, 0xFF), "gb2312"),),
        *((range(0xA1, 0xA4), range(0xA1, 0xFF), "gb2312"),),
        *((range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)), "big5"),),
    )
    found = {
        bytes((lead, trail)).decode(coding, "ignore")
        for leads, trails, coding in cells
        for lead in leads
        for trail in trails
    }
    return frozenset(found - {""}) | {"\xa0", "\u3000", "·", "—", "“", "”", "‘", "’", "…", "㎡"}


def _row_at(content: bytes, offset: int) -> int:
    before = content[:offset]
    return max(before.count(b"\n"), before.count(b"\r")) + 1
