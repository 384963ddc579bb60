"""What a cell is before and after cleaning, and what every cleaner shares."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from core.normalise import clean_text

# A cell as it comes from the reader: text, or a number. "" is an empty cell; dates come as ISO
# text, truth values as TRUE and FALSE, errors of formulas as the text the sheet shows.
Cell = str | int | float
Value = str | list[str]
Level = Literal["error", "warning", "notice"]

ERROR: Level = "error"
WARNING: Level = "warning"
NOTICE: Level = "notice"

# Written by the reader in place of what cannot or must not be passed on.
FORMULA_WITHOUT_RESULT = "#公式无结果"
IDENTITY_REMOVED = "#身份证号已略去"

# Set before the unit of a column that counts areas: how many square metres a bare number means.
AREA_UNIT = "m2:"

_FORMULA_ERROR = re.compile(
    r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!)",
)


def words(text: str) -> tuple[str, ...]:
    """Words listed in one string, for long lists of facts."""
    return tuple(text.split())


_NOTHING = frozenset(
    words(
        "* × x 无 没有 暂无 暂缺 无数据 空 空白 空缺 不详 未知 未标明 未填 未填写 未提供 不明"
        " 未公开 n/a na nil null none nan (无) (空) (暂无) 无此项 无信息 无无"
        " 空置 空置房 空关 待租 未出租 未租 闲置 待招租"
        " 装修中 待装修 空铺 空房 空室 空关房 已搬离 已清退"
        " 待配 待配备 空岗 缺编"
    ),
)
# As above: the value of the row before.
DITTO = frozenset(words('同上 〃 ″ " ” “ 同前 同上行 —〃— ..'))
_DASHES = re.compile(r"[-—–―_/\\.…·~、。,]+")


class Finding(NamedTuple):
    """Something to tell about one value: how grave, which sentence, with what in it."""

    level: Level
    code: str
    parameters: Mapping[str, str | int]


class Cleaned(NamedTuple):
    """A value as it will be stored ("" when there is none) and what there is to say."""

    value: Value
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What the column around a cell tells: units, the epoch of serial dates, the year, names.

    ``unit`` is how many 万元 one bare number stands for, as text ("1", "0.0001", "10000"), ""
    when neither header nor title says it (for areas see ``AREA_UNIT``). ``towns`` are the names the
    caller knows. ``with_post``: the header says that a post stands beside it (单位及职务).
    ``currency``: the foreign currency the header names (万美元). ``joint``: the cell holds another
    field as well (活动时间、地点).
    """

    unit: str = ""
    epoch_1904: bool = False
    year: int | None = None
    towns: tuple[str, ...] = ()
    limit: int = 200
    with_post: bool = False
    currency: str = ""
    joint: bool = False


Cleaner = Callable[[Cell, Context], Cleaned]

EMPTY = Cleaned("")


def error(code: str, /, **parameters: str | int) -> Cleaned:
    """No value, because it could not be understood."""
    return Cleaned("", (Finding(ERROR, code, parameters),))


def doubt(value: Value, code: str, /, **parameters: str | int) -> Cleaned:
    """A value a person should look at."""
    return Cleaned(value, (Finding(WARNING, code, parameters),))


def remark(value: Value, code: str, /, **parameters: str | int) -> Cleaned:
    """A sound value with something worth knowing."""
    return Cleaned(value, (Finding(NOTICE, code, parameters),))


def plain(cell: Cell) -> str:
    """The cell as half-width text without invisible characters, for reading values out of it."""
    if isinstance(cell, str):
        return unicodedata.normalize("NFKC", clean_text(cell))
    return number_text(cell)


def number_text(number: int | float) -> str:
    """A number as a person would write it: no trailing zeros, no noise of binary fractions."""
    if isinstance(number, int):
        return str(number)
    if number.is_integer() and abs(number) < 10**15:
        return str(int(number))
    return f"{number:.15g}"


def quote(cell: Cell, most: int = 30) -> str:
    """The cell as quoted in a sentence, cut when long."""
    text = clean_text(cell) if isinstance(cell, str) else number_text(cell)
    return text if len(text) <= most else text[: most - 1] + "…"


def is_nothing(text: str) -> bool:
    """Whether the text only says that there is no value."""
    key = text.strip().lower()
    if len(key) > 10:
        return False
    folded = unicodedata.normalize("NFKC", key)
    return not folded or folded in _NOTHING or _DASHES.fullmatch(folded) is not None


def read_marker(text: str) -> Cleaned | None:
    """The verdict on texts that stand for something else: nothing, errors, removed values."""
    if not text or is_nothing(text):
        return EMPTY
    if text[0] != "#":
        return None
    if text == FORMULA_WITHOUT_RESULT:
        return error("formula_empty")
    if text == IDENTITY_REMOVED:
        return error("identity_removed")
    if _FORMULA_ERROR.fullmatch(text.upper()):
        return error("formula_error", error=text)
    return None
