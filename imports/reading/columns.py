"""A column is an object: the field it fills, the words it goes by, how it is cleaned and told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from core.normalise import strip_header
from imports.cleaning.values import Cell, Cleaned, Cleaner, Context, read_marker
from imports.reading.asked import official

# How sure a header word makes us, from the very word down to a word that merely contains it.
TAUGHT = 1.1
EXACT, FAMILY, ENDING, STARTING, CONTAINING, WEAK = 1.0, 0.905, 0.8, 0.55, 0.5, 0.45
_ORDER_STEP = 0.002
# Words that mean the field only when nothing stands beside them: 产品名称 is no enterprise.
_FORMER = re.compile(r"原(?!材|料)|曾用|前任|变更前|调整前|上年|上期|去年|同期|往年")
_ONLY_WHOLE = frozenset({"名称", "name"})


@dataclass(frozen=True)
class Column:
    """One field of a plan.

    ``synonyms`` in order of preference, as domain words; ``excludes`` are words whose presence in
    a header means another field (联系人职务 is no chamber position). ``weak`` words are taken when
    nothing better is there. ``content`` names the kind of content (``imports.reading.content``)
    that supports the guess or stands in for a missing header; the words ``if_content`` name the
    field only when the content does so too (代码 is a credit code only if codes stand below).
    ``unlike`` is a kind of content that speaks against the field. ``family`` matches whole headers
    put together of known parts (举办 or 召开 + 时间 or 日期); ``tails`` is found in those that name
    the field when the content bears it out (帮扶企业, 承租方; 任职起始).
    ``many``: the value is a list. ``limit`` is the longest text taken. ``taught``: how many of
    the first synonyms are an administrator's, which come before everybody else's.
    """

    name: str
    title: str
    title_en: str
    synonyms: tuple[str, ...]
    cleaner: Cleaner
    excludes: str = ""
    weak: tuple[str, ...] = ()
    content: str = ""
    if_content: tuple[str, ...] = ()
    unlike: str = ""
    family: str = ""
    tails: str = ""
    required: bool = False
    many: bool = False
    limit: int = 200
    weight: float = 1.0
    taught: int = 0

    def clean(self, raw: Cell, context: Context) -> Cleaned:
        """The cell's value for this field and what to say of it; "" when it says nothing."""
        if isinstance(raw, str) and (verdict := read_marker(raw)) is not None:
            return Cleaned([], verdict.findings) if self.many else verdict
        return self.cleaner(raw, context)

    def explain(self, language: str = "zh") -> str:
        """What this column takes, for the person who maps columns."""
        if not language.startswith("zh"):
            return f"{self.title_en}: recognised by {', '.join(self.synonyms[:6])}"
        words = "、".join(self.synonyms[:6])
        return f"{self.title}：认得的表头有{words}等"

    def match(self, header: str) -> float:
        """How well a header (already stripped) names this field: 0 not at all, 1 exactly."""
        header = header.replace("_", "")
        if not header:
            return 0.0
        if (place := self._places.get(header)) is not None:
            return TAUGHT if place < self.taught else EXACT - place * _ORDER_STEP
        if self.is_excluded(header) or _FORMER.match(header):
            return 0.0
        if header in self._weak:
            return WEAK
        if header not in self._seen:
            asked = official(header)
            self._seen[header] = self.match(asked) if asked != header else self._partial(header)
        return self._seen[header]

    def needs_content(self, header: str) -> bool:
        """Whether this header speaks for the field only with fitting content below it."""
        return header in self._if_content

    def has_tail(self, header: str) -> bool:
        """Whether the header ends in a word that hints at the field: 帮扶企业, 承租方."""
        hints = self._tails is not None and self._tails.search(header)
        return bool(hints) and not self.is_excluded(header)

    def is_excluded(self, header: str) -> bool:
        """Whether the header holds a word that means another field."""
        return self._excluded is not None and bool(self._excluded.search(header))

    def _partial(self, header: str) -> float:
        if self._family and self._family.fullmatch(header):
            return FAMILY
        best = 0.0
        for word, place in self._places.items():
            if len(word) < 2 or word not in header or word in _ONLY_WHOLE:
                continue
            share = 0.1 * len(word) / len(header) - place * _ORDER_STEP
            if header.endswith(word):
                best = max(best, ENDING + share)
            elif header.startswith(word):
                best = max(best, STARTING + share)
            elif len(word) > 2:
                best = max(best, CONTAINING + share)
        return best

    @cached_property
    def _places(self) -> dict[str, int]:
        words = reversed([*enumerate(self.synonyms)])
        return {strip_header(word).replace("_", ""): place for place, word in words}

    @cached_property
    def _weak(self) -> frozenset[str]:
        return frozenset(strip_header(word) for word in self.weak)

    @cached_property
    def _if_content(self) -> frozenset[str]:
        return frozenset(strip_header(word) for word in self.if_content)

    @cached_property
    def _family(self) -> re.Pattern[str] | None:
        return re.compile(self.family) if self.family else None

    @cached_property
    def _tails(self) -> re.Pattern[str] | None:
        return re.compile(self.tails) if self.tails else None

    @cached_property
    def _seen(self) -> dict[str, float]:
        return {}

    @cached_property
    def _excluded(self) -> re.Pattern[str] | None:
        return re.compile(self.excludes) if self.excludes else None


@dataclass(frozen=True)
class Plan:
    """What one kind of list holds.

    ``keys``: sets of fields; the table is of this plan only when it has all fields of one set.
    ``proven``: sets of fields that do as well when the content below them bears them out.
    ``weak_needs``: where only a vague word names the records, one of these has to be there too.
    ``heads``: the field a record is known by, or the next one when the list lacks it.
    ``telling``: words in a title, sheet or file name that speak for this plan.
    ``prior``: how much likelier this plan is than others before anything was read.
    ``incidental``: fields another plan is about; with nothing but these beside the head it is that.
    ``stand_ins``: (field, other): when the list has no such field, the other's column serves.
    """

    name: str
    title: str
    title_en: str
    columns: tuple[Column, ...]
    keys: tuple[frozenset[str], ...]
    telling: str
    heads: tuple[str, ...]
    stand_ins: tuple[tuple[str, str], ...] = ()
    proven: tuple[frozenset[str], ...] = ()
    weak_needs: frozenset[str] = frozenset()
    prior: float = 0.0
    incidental: frozenset[str] = frozenset()

    def column(self, name: str) -> Column:
        """The column object of a field."""
        return self._by_name[name]

    def has(self, name: str) -> bool:
        """Whether it knows the field."""
        return name in self._by_name

    def with_synonyms(self, extra: Mapping[str, Sequence[str]]) -> "Plan":
        """The plan with words an administrator added, by field; they count as much as ours."""
        columns = tuple(
            replace(c, synonyms=(*extra[c.name], *c.synonyms), taught=len(extra[c.name]))
            if c.name in extra
            else c
            for c in self.columns
        )
        return replace(self, columns=columns)

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}
