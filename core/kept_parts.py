"""Parts of pages and what they are made of, each kept while nothing it read has been written.

A page that is made anew after a write makes only the parts that read what was written, or show a
number that is another now. A part is kept as a page is (core.kept): with what had been written to
each of its tables before it was made. Its key says all that it depends on besides its data; who
asks is in it only as far as ``reader_key`` goes, so that two people who see the same share it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sized
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from sys import getsizeof
from threading import Lock
from typing import Any, Protocol, TypeVar, cast

from django.utils.timezone import localdate
from django.utils.translation import get_language

from core.access import Viewer
from core.kept import (
    TOKEN,
    Making,
    Versions,
    database_asked,
    making_apart,
    making_now,
    source_in_use,
)

T = TypeVar("T")
Key = tuple[Hashable, ...]
MOST_BYTES = 32 * 1024 * 1024  # of one process, about; the parts unused for longest go first
NONE: Mapping[str, Any] = {}
OF_AN_ITEM = 1_000  # bytes of a row in a list of them, about


@dataclass(frozen=True, slots=True)
class Part:
    """What was made, the tables it read with their versions before, and the values it showed."""

    value: Any
    named: frozenset[str]
    versions: Versions
    size: int
    shown: Mapping[str, Any] = field(default_factory=dict)

    def holds(self, versions: Versions) -> bool:
        return all(versions.get(table) == known for table, known in self.versions.items())


class Values(Protocol):
    """What is known of a page before its parts are drawn: each part shows some of it."""

    def now(self, name: str) -> Any:
        """The value of a name; it is compared with what a kept part showed."""

    def shown_by(self) -> AbstractContextManager[set[str]]:
        """The names of the values that are looked at meanwhile."""


@dataclass
class KeptParts:
    """The parts of this process."""

    parts: OrderedDict[Key, Part] = field(default_factory=OrderedDict)
    size: int = 0
    lock: Any = field(default_factory=Lock)

    def find(self, key: Key, versions: Versions) -> Part | None:
        """The part of this key that still says what one made now would say."""
        with self.lock:
            part = self.parts.get(key)
            if part is None or not part.holds(versions):
                return None
            self.parts.move_to_end(key)
            return part

    def put(self, key: Key, part: Part) -> None:
        with self.lock:
            if replaced := self.parts.pop(key, None):
                self.size -= replaced.size
            self.parts[key] = part
            self.size += part.size
            while self.size > MOST_BYTES:
                _key, oldest = self.parts.popitem(last=False)
                self.size -= oldest.size

    def forget(self) -> None:
        with self.lock:
            self.parts.clear()
            self.size = 0


kept_parts = KeptParts()


def kept_part(
    name: str,
    key: Key,
    make: Callable[[], T],
    *,
    values: Values | None = None,
    stands_on: Iterable[str] = (),
) -> T:
    """What ``make`` makes, as long as nothing is written to the tables that it reads or
    ``stands_on``, and what it shows of ``values`` is the same.

    Never changed by who gets it. Outside of a page it is made each time; so is what reads a table
    that is not watched, or holds the token of a form.
    """
    page = making_now()
    if page is None:
        return make()
    whole = (name, *database_asked(), *key)
    found = kept_parts.find(whole, page.versions)
    if found and all(values and values.now(one) == was for one, was in found.shown.items()):
        page.named.update(found.named)
        return cast(T, found.value)
    apart = Making(page.versions, set(stands_on))
    with making_apart(apart), values.shown_by() if values else nullcontext(set()) as names:
        value = make()
    page.named.update(apart.named)
    shown = {one: values.now(one) for one in names} if values else {}
    keep_part(whole, value, apart.named, page.versions, shown)
    return value


def keep_part(
    key: Key, value: Any, named: Iterable[str], versions: Versions, shown: Mapping[str, Any] = NONE
) -> None:
    """Keep what was read out of these tables after ``versions`` were told, if all are watched."""
    source = source_in_use()
    tables = source.tables_of(named) if source else None
    if tables is None or (isinstance(value, str) and TOKEN.search(value.encode())):
        return
    known = {table: versions.get(table) for table in tables}
    kept_parts.put(key, Part(value, frozenset(named), known, _size(value), shown))


def note_tables(named: Iterable[str]) -> None:
    """Note that what is made now stands on these tables, though it did not read them itself."""
    if page := making_now():
        page.named.update(named)


def tables_read() -> frozenset[str]:
    """The tables that were read until now for the page that is made."""
    page = making_now()
    return frozenset(page.named) if page else frozenset()


def reader_key(user: Viewer) -> Key:
    """What a part depends on of who reads it: what this person sees and may do, on which day."""
    is_known = user.is_authenticated, user.is_active, type(user), getattr(user, "role", "")
    return (*is_known, user.town_ids, get_language(), localdate())


def _size(value: Any) -> int:
    items = 0 if isinstance(value, str) or not isinstance(value, Sized) else len(value)
    return getsizeof(value) + items * OF_AN_ITEM
