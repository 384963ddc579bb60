"""How Chinese names are spelled: pinyin, initials, a sort key, with the district's own readings."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin, load_phrases_dict
from pypinyin.seg.simpleseg import seg

# Readings that the library gets wrong in names of this field.
load_phrases_dict(
    {
        "重固": [["chóng"], ["gù"]],
        "重固镇": [["chóng"], ["gù"], ["zhèn"]],
        "长三角": [["cháng"], ["sān"], ["jiǎo"]],
        "长江": [["cháng"], ["jiāng"]],
        "会长": [["huì"], ["zhǎng"]],
        "朱家角": [["zhū"], ["jiā"], ["jiǎo"]],
        "统战": [["tǒng"], ["zhàn"]],
        "行业": [["háng"], ["yè"]],
        "银行": [["yín"], ["háng"]],
        "重庆": [["chóng"], ["qìng"]],
        "厦门": [["xià"], ["mén"]],
    }
)


class Spelling(NamedTuple):
    """``full`` huaxinzhen, ``initials`` hxz, ``sort_key`` syllables with tones for ordering."""

    full: str
    initials: str
    sort_key: str


@lru_cache(maxsize=20_000)
def spell(name: str) -> Spelling:
    """Spell a name; letters and digits stay as they are, everything in lower case."""
    words = [_spell_word(word) for word in seg(name)]
    return Spelling(
        "".join(word.full for word in words),
        "".join(word.initials for word in words),
        " ".join(word.sort_key for word in words),
    )


# Names share their words (上海, 物流, 有限公司); the library takes half a millisecond for a name.
@lru_cache(maxsize=50_000)
def _spell_word(word: str) -> Spelling:
    plain = lazy_pinyin(word, errors=_keep_word_characters)
    toned = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, errors=_keep)
    first = lazy_pinyin(word, style=Style.FIRST_LETTER, errors=_keep_word_characters)
    return Spelling("".join(plain).lower(), "".join(first).lower(), " ".join(toned).lower())


def _keep_word_characters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _keep(text: str) -> str:
    return text
