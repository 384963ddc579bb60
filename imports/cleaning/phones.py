"""Work phone numbers: mobile, landline with area code and extension, service lines."""

import re

from imports.cleaning.values import Cell, Cleaned, Context, doubt, error, number_text, plain, quote

_NUMBER = re.compile(r"[\s(（]*\+?\d[\d\s—–-]{5,}\d[\s)）]*")
# A number that went through a program as a decimal: 13800000000.0
_WHOLE = re.compile(r"^['\s]*(\d{7,12})\.0+$")
# A number among the other words of a cell: 老街路88号  021-59008660.
_WITHIN = re.compile(
    r"(?<![\d-])(?:1[3-9]\d(?:[\s-]?\d{4}){2}|(?:\(0\d{2,3}\)|0\d{2,3}[\s-]?)?\s?[2-9]\d{6,7}"
    r"(?:(?:转|-)\d{1,6})?|[48]00-?\d{3}-?\d{4})(?![\d-])"
)
_LABEL = re.compile(r"(?:办公|联系|移动|单位|固定)?(?:电话|手机|座机|传真|号码|TEL|MOB)[:.]?", re.I)
_WORDS = re.compile(r"[^\W\d_]+", re.UNICODE)
_DASH = re.compile(r"\s*[-‐‑–—―−_]+\s*")
_AREA_IN_BRACKETS = re.compile(r"\(\s*((?:\+?86-?)?0\d{2,3}|(?:\+|00)?(?:852|853|886))\s*\)\s*-?")
_COUNTRY = re.compile(r"^(?:\+|00)?86[-\s]?(?=1[3-9]\d{9}|0?\d{2,3}-?\d{7,8})")
_ABROAD = re.compile(r"(?:\+|00)?86(1[3-9]\d{9})")
_EXTENSION = re.compile(r"\s*(?:转|分机|EXT\.?|#|,)\s*(\d{1,6})\b", re.I)
_HIDDEN = re.compile(r"\d[\d-]*[*＊xX×●•]{2,}[\d-]*")
_SEPARATORS = re.compile(r"[、,;/|\n]|或|(?<=\d{7})\s+(?=[(+]?\d{7}|[(+]?0\d{2,3}[-)\s])")

_TYPED_SEPARATOR = re.compile("[、/;]")

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?[2-9]\d{6,7}(?:-\d{1,6})?")
_LOCAL = re.compile(r"[2-9]\d{6,7}(?:-\d{1,6})?")
_SERVICE = re.compile(r"[48]00-?\d{3}-?\d{4}|1[02]\d{3}|9\d{4,5}|1\d{2}|\+\d{7,15}")
_ACROSS = re.compile(r"(?:\+|00)?(?:85[23]-?\d{8}|886-?\d{8,10})")
_AS_IT_SHOULD_BE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-[2-9]\d{6,7}", re.ASCII)
_SPACED_LANDLINE = re.compile(r"^(0\d{2,3})[\s-]+(\d[\d\s-]{5,9}\d)(?:-(\d{1,6}))?$")


def clean_phone(raw: Cell, context: Context) -> Cleaned:
    """One or several numbers: "13800000000", "021-59098418", "021-59098418-801"."""
    if context.joint and isinstance(raw, str) and (within := _WITHIN.findall(plain(raw))):
        raw = "、".join(within)
    if not isinstance(raw, str):
        return _from_number(number_text(raw))
    if _AS_IT_SHOULD_BE.fullmatch(raw):
        return Cleaned(raw)
    text = _LABEL.sub("", _WHOLE.sub(r"\1", plain(raw)).replace("\n", "、"))
    text = _AREA_IN_BRACKETS.sub(r"\1-", _DASH.sub("-", text))
    text = _EXTENSION.sub(r"-\1", text)
    if _HIDDEN.search(text):
        return error("phone_hidden", text=quote(raw))
    text = _WORDS.sub(" ", text)
    parts = [_tidy(part) for part in _SEPARATORS.split(text)]
    numbers = list(dict.fromkeys(part for part in parts if re.search(r"\d", part)))
    if not numbers or not any(sum(c.isdigit() for c in n) >= 3 for n in numbers):
        return error("not_a_phone", text=quote(raw))
    typed = _TYPED_SEPARATOR.search(text)
    value = (typed[0] if typed else "、").join(numbers)
    if all(_is_phone(n) for n in numbers):
        return Cleaned(value)
    return doubt(value, "phone_length", text=quote(raw))


def without_phone(text: str) -> str:
    """The words of a cell that holds names and numbers: "示例甲 13800000000" → "示例甲"."""
    parts = _NUMBER.split(_LABEL.sub(" ", text))
    return "、".join(part for part in (p.strip(" :：,，、;；/-") for p in parts) if part)


def _from_number(digits: str) -> Cleaned:
    """A number cell: a mobile, or a landline whose leading zero the spreadsheet dropped."""
    if digits == "0":
        return Cleaned("")
    if _MOBILE.fullmatch(digits) or _LOCAL.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return Cleaned(digits)
    restored = f"0{digits}"
    if len(digits) in {9, 10, 11} and _LANDLINE.fullmatch(restored):
        return doubt(restored, "phone_zero_lost", text=digits, value=restored)
    if len(digits) < 3 or not digits.isdigit():
        return error("not_a_phone", text=digits)
    return doubt(digits, "phone_length", text=digits)


def _tidy(part: str) -> str:
    part = part.strip(" -.:()'")
    if (national := _COUNTRY.sub("", part)) != part:
        part = national if _MOBILE.match(national) else f"0{national.removeprefix('0')}"
    if match := _SPACED_LANDLINE.match(part):
        local = re.sub(r"[\s-]", "", match[2])
        if len(local) in {7, 8}:
            return "-".join(filter(None, (match[1], local, match[3])))
    joined = re.sub(r"[\s.]", "", part)
    if match := _ABROAD.fullmatch(joined.replace("-", "")):
        return match[1]
    mobile = joined.replace("-", "")
    return mobile if _MOBILE.fullmatch(mobile) else joined.strip("-()")


def _is_phone(number: str) -> bool:
    return any(kind.fullmatch(number) for kind in (_MOBILE, _LANDLINE, _LOCAL, _SERVICE, _ACROSS))
