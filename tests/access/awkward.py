"""Requests that make no sense: what a browser never sends, and what old bookmarks and robots do."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from html.parser import HTMLParser
from unittest.mock import patch
from urllib.parse import quote_from_bytes

from django.http import QueryDict

Fields = list[tuple[str, bytes]]

# No number, no day, no period, no word, no record: each in the bytes of an address.
VALUES: tuple[bytes, ...] = (
    b"",
    b" ",
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",  # half of a pair, as UTF-8 has no way to write it
    b"0",
    b"-1",
    b"1e9",
    b"NaN",
    b"Infinity",
    b"1.5",
    "１２".encode(),
    b"9" * 40,
    b"2147483648",
    b"9223372036854775808",
    b"0001-01-01",
    b"9999-12-31",
    b"2024-02-30",
    b"2024-13",
    b"0000",
    b"9999-Q4",
    b"2024-Q5",
    b"2024-05-27..2024-01-01",
    b"0001-01-01..9999-12-31",
    b"24:00",
    b"2024-05-01T25:61",
    b"town:",
    b"town:\x00",
    b"chamber:99999999999999999999",
    b"district:1",
    b"--name",
    b"__class__",
    b"pk__in",
    b"<script>alert(1)</script>",
    b"%",
    b"' OR 1=1 --",
    b"../../etc/passwd",
    b"//else.where/",
    b"javascript:1",
    b"{}",
    b"[]",
    b"=1+1",
    "镇".encode() * 3000,
    "\u202e\u200b\ufeff\U000200b7".encode(),
)
# Asked for beside what a page reads: names of its machinery.
FOREIGN = ("csrfmiddlewaretoken", "__proto__", "pk", "id", "town__name", "format", "export")


@contextmanager
def names_read() -> Iterator[set[str]]:
    """Collects the names that are looked for in addresses and forms meanwhile."""
    names: set[str] = set()

    def noting(asked: Callable[..., object]) -> Callable[..., object]:
        def look(self: QueryDict, name: object, *rest: object) -> object:
            if isinstance(name, str):
                names.add(name)
            return asked(self, name, *rest)

        return look

    with ExitStack() as stack:
        for way in ("__getitem__", "getlist", "__contains__"):
            stack.enter_context(patch.object(QueryDict, way, noting(getattr(QueryDict, way))))
        yield names


def a_value(chosen: random.Random, others: Sequence[str]) -> bytes:
    """Something that the field can't mean, or the key of somebody else's record."""
    return chosen.choice([*VALUES, *(key.encode() for key in others)])


def a_query(chosen: random.Random, names: Iterable[str], others: Sequence[str]) -> str:
    """Some of the names, each with something awkward, some twice."""
    fields: Fields = []
    for name in sorted(names):
        for _ in range(chosen.choice([0, 1, 1, 1, 2])):
            fields.append((name, a_value(chosen, others)))
    fields.append((chosen.choice(FOREIGN), a_value(chosen, others)))
    return "?" + encoded(fields)


def spoilt(
    chosen: random.Random, fields: Fields, names: Iterable[str], others: Sequence[str]
) -> Fields:
    """A form as it stands, but one to three of its fields missing, doubled or senseless."""
    sent = [*fields, *((name, b"") for name in sorted({*names} - {name for name, _ in fields}))]
    for name in chosen.sample(sorted({name for name, _ in sent}), k=min(3, len(sent)) or 0):
        act = chosen.choice(["missing", "doubled", "senseless", "senseless", "senseless"])
        kept = [field for field in sent if field[0] != name]
        if act == "doubled":
            kept += [field for field in sent if field[0] == name] * 2
        elif act == "senseless":
            kept.append((name, a_value(chosen, others)))
        sent = kept
    return sent


def encoded(fields: Fields) -> str:
    """As an address or a form carries them; bytes that are no text stay what they are."""
    return "&".join(f"{quote_from_bytes(n.encode())}={quote_from_bytes(v)}" for n, v in fields)


class FormReader(HTMLParser):
    """The fields of a page's forms as a browser would send them, untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = []
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and name and given.get("type") not in ("file", "submit", "button"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.fields.append((name, value.encode()))
        elif tag == "select" and name:
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((value, "selected" in given))
        elif tag == "textarea" and name:
            self._text = name

    def handle_data(self, data: str) -> None:
        if self._text:
            self.fields.append((self._text, data.strip().encode()))
            self._text = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = None
        if tag == "select" and self._select:
            selected = [value for value, is_chosen in self._options if is_chosen]
            first = [value for value, _ in self._options[:1]]
            self.fields += [(self._select, value.encode()) for value in selected or first]
            self._select = None


def fields_of(page: str) -> Fields:
    reader = FormReader()
    reader.feed(page)
    return [field for field in reader.fields if field[0] != "csrfmiddlewaretoken"]


def keys_of(records: Mapping[str, object]) -> list[str]:
    """The keys of a side's records."""
    return [str(key) for one in records.values() if (key := getattr(one, "pk", None))]
