"""Dates and moments as officials type them, answered as ISO text.

A whole date becomes "2024-05-28"; a month or a year alone becomes its first day, with a warning
that says so. A moment keeps its time of day when one is written ("2024-05-15T14:00").
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from imports.cleaning import numerals
from imports.cleaning.values import (
    NOTICE,
    WARNING,
    Cell,
    Cleaned,
    Context,
    Finding,
    error,
    number_text,
    plain,
    quote,
)

_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
# Serial numbers are believed from 1950 to 2099; smaller ones are counts or ruined dates.
_FIRST_SERIAL, _LAST_SERIAL = 18264, 73050
_FIRST_YEAR, _LAST_YEAR = 1840, 2100
_OLD_YEAR = 1949
# What a spreadsheet shows for 0, 1, 60 and other small serials formatted as dates.
_SPREADSHEET_DAWN = range(1899, 1906)
_CENTURY_TURN = 50

_CHINESE_DATE = re.compile(f"[{numerals.CHARACTERS}]+(?=[年月日号时点])")
_WEEKDAY = re.compile(r"[(\[]?(?:星期|周|礼拜)[一二三四五六日天1-7][)\]]?")
# The lunar day beside the day: 2月2日（正月初六）.
_LUNAR = re.compile(
    r"[(（]\s*(?:农历|阴历)?\s*(?:正|腊|冬|闰?[一二三四五六七八九十]{1,2})月[^()（）\d]*[)）]"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_ENGLISH = re.compile(
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<m>{_NAMES})[a-z]*[\s,.-]+(?P<y>\d{{4}})"
    rf"|(?P<n>{_NAMES})[a-z]*[\s.]+(?P<e>\d{{1,2}})(?:st|nd|rd|th)?[\s,]+(?P<z>\d{{4}})",
    re.I,
)
_SEPARATOR = r"\s*[-./年、,]\s*"
_YMD = re.compile(
    rf"(?P<y>\d{{4}}){_SEPARATOR}(?P<m>\d{{1,2}})\s*[-./月、,]\s*(?P<d>\d{{1,2}})(?!\d)\s*[日号]?",
)
_YMD8 = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?!\d)")
_YM = re.compile(
    r"(?P<y>\d{4})\s*(?:[-./年]\s*(?P<m>\d{1,2})(?!\d)\s*月?份?|(?P<n>\d{2})(?!\d))",
)
_Y = re.compile(r"(?P<y>\d{4})(?!\d)\s*年?(?:度)?")
_SHORT_YMD = re.compile(
    r"(?P<y>\d{2})(?P<s>[-./年])(?P<m>\d{1,2})[-./月](?P<d>\d{1,2})(?!\d)[日号]?",
)
_SHORT_YM = re.compile(r"(?P<y>\d{2})年(?P<m>1[0-2]|0?[1-9])月份?")
_DMY = re.compile(r"(?P<a>\d{1,2})[-./](?P<b>\d{1,2})[-./](?P<y>\d{4})(?!\d)")
_SHORT_LAST = re.compile(r"\d{1,2}/\d{1,2}/\d{2}(?!\d)")
_MD = re.compile(r"(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})(?!\d)(?!\s*月)\s*[日号]?")
_MONTH = re.compile(r"(?P<m>1[0-2]|0?[1-9])\s*月份?(?:[上中下]旬|初|中|底|末)?")
_TIME = re.compile(
    r"T?\s*(?P<half>上午|下午|晚上|晚|中午|早上|早|傍晚|凌晨|AM|PM)?\s*"
    r"(?P<h>\d{1,2})\s*(?::|时|点)\s*(?P<i>\d{1,2}|半)?(?::\d{1,2}(?:\.\d+)?)?\s*分?(?:Z|\+\d\d:?\d\d)?"
    r"\s*(?P<after>AM|PM)?",
)
_RANGE = re.compile(r"\s*(?:-|—|–|~|～|至|到)\s*\d.*")
_AFTERNOON = {"下午", "晚上", "晚", "傍晚", "PM"}
_VAGUE = re.compile(
    r"[上中下]旬|[初中底末]|[上下]半年|[春夏秋冬]季?|第?[一二三四1-4]季度|前|后|左右|以来|起",
)
_HARMLESS_WORDS = (
    "起|止|前|入会|加入|成立|注册|登记|授予|挂牌|启用|建成|举办|召开|左右|上午|下午|晚上"
)
_HARMLESS = re.compile(rf"[\s(]*(?:{_HARMLESS_WORDS})*[\s).;]*")
_ISO = re.compile(r"(?:19[5-9]|20[0-9])\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])")

# A day with its time, wherever it stands in a cell that says more: 5月15日下午2点，商会之家.
_DAY = (
    r"(?:(?:(?:19|20)?\d{2}\s*[-./年]\s*)?\d{1,2}\s*[-./月]\s*\d{1,2}(?!\d)\s*[日号]?"
    r"|(?:19|20)\d{2}年(?:\d{1,2}月)?|\d{1,2}月(?:[上中下]旬|初|底)?)"
)
_HOUR = (
    r"(?:\s*(?:上午|下午|晚上|晚|中午|早上|早|傍晚|凌晨|全天))?"
    r"(?:\s*\d{1,2}\s*[:点时](?:\s*(?:\d{1,2}分?|半|整))?)?"
)
_WHEN = re.compile(
    rf"(?<!\d){_DAY}(?:\s*[(\[]?(?:星期|周)[一二三四五六日天][)\]]?)?{_HOUR}"
    rf"(?:\s*[-—–~至到]\s*(?:{_DAY}|\d{{1,2}}[日号])?{_HOUR})?",
)


class _Day(NamedTuple):
    """A day found in a text: its parts, what follows it, and what to warn of."""

    year: int
    month: int
    day: int
    rest: str
    warning: str = ""


def clean_date(raw: Cell, context: Context) -> Cleaned:
    """An ISO date ("2024-05-28")."""
    return _clean(raw, context, with_time=False)


def clean_moment(raw: Cell, context: Context) -> Cleaned:
    """An ISO date, or date and time when one is written ("2024-05-15T14:00")."""
    if context.joint and isinstance(raw, str) and (match := _WHEN.search(plain(raw))):
        raw = match.group().strip()
    return _clean(raw, context, with_time=True)


def without_date(text: str) -> str:
    """The words of a cell that holds a day as well: "5月15日，商会之家" → "商会之家"."""
    words = (part.strip(" \n,，、;；.。:：/()（）") for part in _WHEN.split(plain(text)))
    return "".join(word for word in words if word)


def _clean(raw: Cell, context: Context, *, with_time: bool) -> Cleaned:
    if isinstance(raw, str) and _ISO.fullmatch(raw):
        return Cleaned(raw)
    month_and_day = isinstance(raw, float) and 1 <= raw < 13 and context.year is not None
    if isinstance(raw, float) and not (raw.is_integer() or month_and_day or 1900 <= raw < 2100):
        return _from_serial(raw, context, with_time=with_time)
    text = _readable(raw)
    if re.fullmatch(r"-?\d+", text) and not _looks_written(text):
        return _from_serial(int(text), context, with_time=with_time)
    if isinstance(raw, float) and re.fullmatch(r"\d{4}\.1", text):
        return _finish(raw, _Day(int(text[:4]), 1, 1, "", "month_ambiguous"), with_time=False)
    found = _find(text, context)
    if isinstance(found, str):
        return error(found, text=quote(raw))
    return _finish(raw, found, with_time=with_time)


def _readable(raw: Cell) -> str:
    text = number_text(raw) if not isinstance(raw, str) else plain(raw)
    text = _ENGLISH.sub(_as_iso, _LUNAR.sub(" ", text))
    text = _CHINESE_DATE.sub(lambda m: str(numerals.parse(m.group())), text)
    return _WEEKDAY.sub(" ", text).strip().strip("'")


def _as_iso(match: re.Match[str]) -> str:
    """10-Jan-2024, Feb 11, 2024 → 2024-01-10, 2024-02-11."""
    month = _MONTHS.index((match["m"] or match["n"])[:3].lower()) + 1
    return f"{match['y'] or match['z']}-{month:02d}-{int(match['d'] or match['e']):02d}"


def _looks_written(digits: str) -> bool:
    """Whether bare digits are a written date (20240527, 202405, 2024), not a serial number."""
    if len(digits) == 8:
        return True
    if len(digits) == 6:
        return digits[:2] in {"19", "20"} and "01" <= digits[4:] <= "12"
    return len(digits) == 4 and 1900 <= int(digits) <= _LAST_YEAR


def _from_serial(serial: float, context: Context, *, with_time: bool) -> Cleaned:
    shown = number_text(serial)
    days = int(serial)
    offset = 1462 if context.epoch_1904 else 0
    if not _FIRST_SERIAL <= days + offset <= _LAST_SERIAL:
        return error("date_implausible", text=shown)
    day = (_EPOCH_1904 if context.epoch_1904 else _EPOCH_1900) + timedelta(days)
    minutes = round((serial - days) * 24 * 60)
    if with_time and 0 < minutes < 24 * 60:
        return Cleaned(f"{day.isoformat()}T{minutes // 60:02d}:{minutes % 60:02d}")
    return Cleaned(day.isoformat())


def _find(text: str, context: Context) -> _Day | str:
    """The day in the text, or the code of the reason why there is none."""
    if match := _YMD.match(text) or _YMD8.match(text):
        return _Day(int(match["y"]), int(match["m"]), int(match["d"]), text[match.end() :])
    if match := _DMY.match(text):
        return _day_first(match, text)
    if match := _SHORT_YMD.match(text):
        return _short_year(match, text)
    if match := _SHORT_YM.fullmatch(text):
        return _Day(_century(int(match["y"])), int(match["m"]), 1, "", "two_digit_year")
    return _find_part(text, context)


def _find_part(text: str, context: Context) -> _Day | str:
    if (match := _YM.match(text)) and 1 <= int(match["m"] or match["n"]) <= 12:
        month = int(match["m"] or match["n"])
        return _Day(int(match["y"]), month, 1, text[match.end() :], "day_missing")
    if match := _Y.match(text):
        return _Day(int(match["y"]), 1, 1, text[match.end() :], "month_missing")
    if context.year is not None and (match := _MONTH.fullmatch(text)):
        return _Day(context.year, int(match["m"]), 1, "", "day_missing")
    match = _MD.match(text)
    if not match or _SHORT_LAST.match(text):
        return "date_order" if match else "not_a_date"
    if context.year is None:
        return "year_missing"
    parts = (context.year, int(match["m"]), int(match["d"]))
    return _Day(*parts, text[match.end() :], "year_assumed")


def _day_first(match: re.Match[str], text: str) -> _Day | str:
    first, second = int(match["a"]), int(match["b"])
    if first <= 12:
        return "date_order"
    return _Day(int(match["y"]), second, first, text[match.end() :], "day_first")


def _short_year(match: re.Match[str], text: str) -> _Day | str:
    year, month, day = (int(match[g]) for g in "ymd")
    if match["s"] == "/" and year <= 12:
        return "date_order"
    return _Day(_century(year), month, day, text[match.end() :], "two_digit_year")


def _century(year: int) -> int:
    return year + (2000 if year < _CENTURY_TURN else 1900)


def _finish(raw: Cell, found: _Day, *, with_time: bool) -> Cleaned:
    text = quote(raw)
    try:
        day = date(found.year, found.month, found.day)
    except ValueError:
        return error("no_such_day", text=text)
    if day.year in _SPREADSHEET_DAWN or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return error("date_implausible", text=text)
    moment, rest = _time_of(found.rest)
    remarks = _remarks(found, rest)
    if day.year < _OLD_YEAR:
        remarks.append("date_old")
    parameters: dict[str, str | int] = {"text": text, "date": day.isoformat(), "year": day.year}
    findings = tuple(
        Finding(NOTICE if code in {"date_range", "year_assumed"} else WARNING, code, parameters)
        for code in remarks
    )
    value = day.isoformat() + (f"T{moment}" if with_time and moment else "")
    return Cleaned(value, findings)


def _time_of(rest: str) -> tuple[str, str]:
    """The time of day at the start of the text ("" for midnight or none), and what is left."""
    match = _TIME.match(rest.strip())
    if not match:
        return "", rest
    hour = int(match["h"])
    minute = 30 if match["i"] == "半" else int(match["i"] or 0)
    later = {match["half"], match["after"]} & _AFTERNOON
    if later and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        return "", rest
    left = _RANGE.sub("", rest.strip()[match.end() :])
    moment = f"{hour:02d}:{minute:02d}"
    return ("" if moment == "00:00" else moment), left


def _remarks(found: _Day, rest: str) -> list[str]:
    remarks = [found.warning] if found.warning else []
    if _RANGE.fullmatch(rest):
        return [*remarks, "date_range"]
    if rest and found.warning in {"day_missing", "month_missing"} and _VAGUE.match(rest.strip()):
        return remarks
    if not _HARMLESS.fullmatch(rest):
        remarks.append("date_with_words")
    return remarks
