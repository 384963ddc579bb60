"""The parts of definitions that an administrator may set, for every app that counts by them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol


class Definitions(Protocol):
    """What is set: who belongs to 理事以上, and after how many days something is due."""

    @property
    def council(self) -> Collection[str]: ...

    @property
    def idle_days(self) -> int: ...

    @property
    def grey_days(self) -> int: ...

    @property
    def lapse_days(self) -> int: ...

    @property
    def term_days(self) -> int: ...


_readers: list[Callable[[], Definitions]] = []


def read_by(reader: Callable[[], Definitions]) -> None:
    """Name who keeps the settings. Called in the ``ready`` of that app, which stands above."""
    _readers[:] = [reader]


def in_force() -> Definitions:
    """The settings as they are now. Costs one query: ask once for a page."""
    (reader,) = _readers
    return reader()
