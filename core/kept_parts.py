"""Parts of pages and what they are made of, each kept while nothing it read has been written.

A page that is made anew after a write makes only the parts that read what was written. A part is
kept as a page is (core.kept): with what had been written to each of its tables before it was made.
Its key says all that it depends on besides its data; who asks is in it only as far as
``reader_key`` goes, so that two people who see the same share it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from sys import getsizeof
from threading import Lock
from typing import Any, TypeVar, cast

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
OF_AN_ITEM = 1_000  # bytes of a row in a list of them, about


@dataclass(frozen=True, slots=True)
class Part:
    """What was made, the tables it read, and their versions before."""

    value: Any
    named: frozenset[str]
    versions: Versions
    size: int

    def holds(self, versions: Versions) -> bool:
        return all(versions.get(table) == known for table, known in self.versions.items())


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


def kept_part(name: str, key: Key, make: Callable[[], T]) -> T:
    """What ``make`` makes, as long as nothing is written to the tables that it reads.

    Never changed by who gets it. Outside of a page it is made each time; so is what reads a table
    that is not watched, or holds the token of a form.
    """
    page = making_now()
    if page is None:
        return make()
    whole = (name, *database_asked(), *key)
    if found := kept_parts.find(whole, page.versions):
        page.named.update(found.named)
        return cast(T, found.value)
    apart = Making(page.versions)
    with making_apart(apart):
        value = make()
    page.named.update(apart.named)
    keep_part(whole, value, apart.named, page.versions)
    return value


def keep_part(key: Key, value: Any, named: Iterable[str], versions: Versions) -> None:
    """Keep what was read out of these tables after ``versions`` were told, if all are watched."""
    source = source_in_use()
    tables = source.tables_of(named) if source else None
    if tables is None or (isinstance(value, str) and TOKEN.search(value.encode())):
        return
    known = {table: versions.get(table) for table in tables}
    kept_parts.put(key, Part(value, frozenset(named), known, _size(value)))


def note_tables(named: Iterable[str]) -> None:
    """Note that what is made now stands on these tables, though it did not read them itself."""
    if page := making_now():
        page.named.update(named)


@contextmanager
def noted_by_use() -> Iterator[None]:
    """Has what is read meanwhile noted by the parts that show it, not by the one that asks first.

    For what many parts share; it must note its tables whenever it is looked at.
    """
    page = making_now()
    if page is None:
        yield
        return
    with making_apart(Making(page.versions)):
        yield


def reader_key(user: Viewer) -> Key:
    """What a part depends on of who reads it: what this person sees and may do, on which day."""
    is_known = user.is_authenticated, user.is_active, type(user), getattr(user, "role", "")
    return (*is_known, user.town_ids, get_language(), localdate())


def _size(value: Any) -> int:
    items = 0 if isinstance(value, str) or not isinstance(value, Sized) else len(value)
    return getsizeof(value) + items * OF_AN_ITEM
