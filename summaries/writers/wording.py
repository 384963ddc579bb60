"""How numbers, dates, numbering and foreign text are written in an official document."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

Number = int | float | Decimal

_DIGITS = "零一二三四五六七八九"

# XML 1.0 cannot carry these at all; a document with one of them does not open.
_ILLEGAL_IN_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
# Invisible marks that turn the reading direction around: a name could make a printed line lie.
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_LINE_BREAKS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\n]+")

_WITHOUT_WIDTH = frozenset(("Mn", "Me", "Cf"))  # marks on other characters, joiners

NO_VALUE = "—"


def chinese_number(number: int) -> str:
    """Write 1 to 99 in Chinese numerals: 一, 十, 十一, 二十, 九十九."""
    if not 1 <= number <= 99:
        raise ValueError(f"序号只支持 1 至 99，收到 {number}")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def heading_number(level: int, number: int) -> str:
    """Number a heading as GB/T 9704 7.3.3 orders: 一、 then （一） then 1. then （1）."""
    if level == 1:
        return f"{chinese_number(number)}、"
    if level == 2:
        return f"（{chinese_number(number)}）"
    if level == 3:
        return f"{number}."
    if level == 4:
        return f"（{number}）"
    raise ValueError(f"公文结构层次只有四层，收到第 {level} 层")


def chinese_date(day: date) -> str:
    """Write a date in Arabic digits without leading zeros: 2024年7月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_moment(moment: datetime) -> str:
    """Write a moment to the minute; the last minute of a day reads as 24时: 2024年6月30日24时."""
    if (moment.hour, moment.minute) == (23, 59):
        return f"{chinese_date(moment)}24时"
    minute = f"{moment.minute}分" if moment.minute else ""
    return f"{chinese_date(moment)}{moment.hour}时{minute}"


def format_number(number: Number) -> str:
    """Write a number for reading: 9,840; 12.5; never 1E+3 or 12.50."""
    text = format(Decimal(str(number)), ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def clean_text(text: str) -> str:
    """Take out what no document can hold; keep every visible character, rare ones too.

    Line breaks of all systems become "\\n". Characters beyond the basic plane (𠮷), variation
    selectors and letters written from right to left stay; only invisible direction marks go.
    """
    text = _LINE_BREAKS.sub("\n", text)
    return _DIRECTION_MARKS.sub("", _ILLEGAL_IN_XML.sub("", text))


def clean_line(text: str) -> str:
    """Clean text that stands on one line: breaks and runs of spaces become one space."""
    return _BLANKS.sub(" ", clean_text(text)).strip(" ")


def display_width(text: str) -> float:
    """Measure text in full-width characters: a half-width letter or digit counts a half."""
    visible = [char for char in text if unicodedata.category(char) not in _WITHOUT_WIDTH]
    wide = sum(1 for char in visible if unicodedata.east_asian_width(char) in "WFA")
    return wide + (len(visible) - wide) * 0.5
