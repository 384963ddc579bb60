"""Chinese numerals: 五百, 伍佰万, 二〇二四, 三十余."""

_DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0,
    "两": 2,
    "貳": 2,
    "參": 3,
    "陸": 6,
}
_SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE_UNITS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

CHARACTERS = "".join(_DIGITS) + "".join(_SMALL_UNITS) + "廿卅"


def parse(text: str) -> int | None:
    """The number a run of Chinese numerals stands for; None when it is no numeral.

    Reads both by places (二〇二四 → 2024) and by units (一千二百零五万 → 12050000).
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif unit := _SMALL_UNITS.get(character):
            section += (digit or 1) * unit
            digit = 0
        elif large := _LARGE_UNITS.get(character):
            if large == 10**8:
                total = (total + section + digit) * large
            else:
                total += (section + digit) * large
            section = digit = 0
        else:
            return None
    return total + section + digit
