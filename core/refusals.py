"""Rules with a number and words, and the refusal that tells all the broken ones at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Rule:
    """A rule of the work: ``code`` as docs and tests quote it, ``words`` as the person reads it.

    ``field`` is the form field it concerns, "" when it concerns the whole record.
    """

    code: str
    words: str | Promise
    field: str = ""

    def __str__(self) -> str:
        return str(self.words)


class Refused(Exception):
    """An anticipated refusal: carries every rule that was broken, never a half-done write."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        super().__init__("; ".join(f"{rule.code} {rule.words}" for rule in self.rules))


def refuse_if_broken(broken: Iterable[Rule]) -> None:
    """Raise Refused with all of ``broken``; do nothing when there are none."""
    rules = tuple(broken)
    if rules:
        raise Refused(rules)
