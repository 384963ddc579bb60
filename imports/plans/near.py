"""Names that may mean the same: brackets, a company's suffix, or one character apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Generic, TypeVar

Mark = TypeVar("Mark", bound=Hashable)

# Characters that tell names apart which are alike otherwise: 一厂 and 二厂, 示例甲 and 示例乙.
_TELLING = re.compile(
    r"[0-9a-z一二三四五六七八九十百千两〇零甲乙丙丁戊己庚辛壬癸东南西北中上下左右前后大小新老内外]"
)
_NOISE = {ord(mark): None for mark in "()[]{}<>「」『』《》〈〉【】·•.,、,，。-—_'\"“”‘’/\\&"}
# A suffix and what it is taken for; 股份 stays, it names another kind of company.
_SUFFIXES = (("有限责任公司", "有限"), ("有限公司", "有限"), ("公司", ""))
SHORTEST = 6  # characters, 有限 included; below that one of them is too much
MOST_COMPARED = 20_000  # names of which each one character apart is kept
MOST_IN_COMMON = 20  # names that share all but one character: a series, not slips


def skeleton(key: str) -> str:
    """What remains of a name (as ``name_key`` gives it) without brackets and company suffix."""
    bare = key.translate(_NOISE)
    for suffix, stands_for in _SUFFIXES:
        if bare.endswith(suffix):
            return bare.removesuffix(suffix) + stands_for
    return bare


def are_near(one: str, other: str) -> bool:
    """Whether two skeletons are equal or differ in one character that does not tell apart.

    >>> are_near("上海示例物流有限", "上海示列物流有限"), are_near("示例一厂", "示例二厂")
    (True, False)
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or len(short) < SHORTEST:
        return False
    start = next((i for i, c in enumerate(short) if c != long[i]), len(short))
    rest = start + (len(short) == len(long))
    if short[rest:] != long[start + 1 :]:
        return False
    return not any(map(_TELLING.match, short[start:rest] + long[start : start + 1]))


class NearNames(Generic[Mark]):
    """Finds those of its names that are near a given one."""

    def __init__(self, names: Sequence[tuple[Mark, str]]) -> None:
        """``names``: a mark and a name as ``name_key`` gives it. Of very many only brackets and
        suffixes are looked at, for the memory that one character apart would take."""
        self._thorough = len(names) <= MOST_COMPARED
        self._skeletons: dict[Mark, str] = {}
        self._by_variant: dict[str, list[Mark]] = defaultdict(list)
        for mark, key in names:
            self._skeletons[mark] = bones = skeleton(key)
            for variant in self._variants(bones):
                self._by_variant[variant].append(mark)

    def near(self, key: str) -> Iterator[Mark]:
        """The marks of names that are near this one; its own name too, if it is among them."""
        bones = skeleton(key)
        seen: set[Mark] = set()
        for variant in self._variants(bones):
            found = self._by_variant.get(variant, ())
            if len(found) > MOST_IN_COMMON:
                continue
            for mark in found:
                if mark not in seen and are_near(bones, self._skeletons[mark]):
                    seen.add(mark)
                    yield mark

    def pairs(self) -> Iterator[tuple[Mark, Mark]]:
        """The marks of each two of its names that are near each other, once."""
        seen: set[tuple[Mark, Mark]] = set()
        for found in self._by_variant.values():
            if 1 < len(found) <= MOST_IN_COMMON:
                for pair in combinations(found, 2):
                    one, other = (self._skeletons[mark] for mark in pair)
                    if pair not in seen and are_near(one, other):
                        seen.add(pair)
                        yield pair

    def _variants(self, bones: str) -> Iterable[str]:
        """The skeleton itself and each without one character: near names share one of them."""
        if not self._thorough or len(bones) < SHORTEST:
            return (bones,)
        return {bones, *(bones[:i] + bones[i + 1 :] for i in range(len(bones)))}
