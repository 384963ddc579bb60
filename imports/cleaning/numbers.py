"""Amounts in 万元, counts, areas and percentages, with the units people write beside them."""

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from imports.cleaning import numerals
from imports.cleaning.values import (
    AREA_UNIT,
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

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?:E\+?\d+)?|\.\d+")
_BARE = re.compile(r"\d{1,9}(?:\.\d+)?", re.ASCII)
_CHINESE_NUMBER = re.compile(f"[{numerals.CHARACTERS}万萬亿億]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_ACCOUNTING = re.compile(r"\(\s*([^()]*\d[^()]*|-?\d[\d,.]*)\s*\)")
_RANGE = re.compile(r"\d\s*(?:-|—|–|~|～|至|到)\s*\d")
_APPROXIMATE = re.compile(r"约|大约|近|超过|超|逾|不足|余|多|左右|上下|以上|以下|以内|\+|>|<|≥|≤")
_SCALES = {
    "亿": Decimal(10**8),
    "億": Decimal(10**8),
    "千万": Decimal(10**7),
    "仟万": Decimal(10**7),
    "百万": Decimal(10**6),
    "佰万": Decimal(10**6),
    "十万": Decimal(10**5),
    "万": Decimal(10**4),
    "萬": Decimal(10**4),
    "W": Decimal(10**4),
    "千": Decimal(1000),
    "仟": Decimal(1000),
    "K": Decimal(1000),
    "百": Decimal(100),
    "佰": Decimal(100),
}
_CURRENCIES = {
    "人民币": "",
    "RMB": "",
    "CNY": "",
    "¥": "",
    "￥": "",
    "元": "",
    "圆": "",
    "块": "",
    "美元": "美元",
    "美金": "美元",
    "USD": "美元",
    "US$": "美元",
    "$": "美元",
    "港元": "港元",
    "港币": "港元",
    "HKD": "港元",
    "HK$": "港元",
    "欧元": "欧元",
    "EUR": "欧元",
    "€": "欧元",
    "英镑": "英镑",
    "GBP": "英镑",
    "£": "英镑",
    "日元": "日元",
    "日圆": "日元",
    "JPY": "日元",
    "台币": "新台币",
    "新台币": "新台币",
    "韩元": "韩元",
    "新加坡元": "新加坡元",
    "新加坡币": "新加坡元",
    "澳元": "澳元",
    "加元": "加元",
}
_CURRENCY = re.compile("|".join(re.escape(c) for c in sorted(_CURRENCIES, key=len, reverse=True)))
_SCALE = re.compile("|".join(sorted(_SCALES, key=len, reverse=True)))
_FILLING = re.compile(
    r"[\s():,。;整正计共为合]*(?:注册|实缴|认缴|资本|资金)*[\s():,。;整正计共为合]*",
)
_COUNTED = re.compile(
    r"人次|人|名|位|家|户|个|项|场次|场|次|平方米|平方|平米|平|m2|m\^2|㎡|M2|元|余|多",
)
_AFTERTHOUGHT = re.compile(r"(?<=.)\([^()]*\d[^()]*\)$")
_AREAS = {"公顷": Decimal(10000), "亩": Decimal(2000) / 3, "平方公里": Decimal(10**6)}

_WAN = Decimal(10**4)
_MOST_CAPITAL_WAN = Decimal(10**9)
_MOST_COUNT = Decimal(10**9)
_YUAN_FROM = Decimal(100_000)  # a bare number from here on is hardly meant in 万元


class _Quantity(NamedTuple):
    """A number found in a text, with the words around it already taken out."""

    number: Decimal
    scale: Decimal | None
    rest: str
    approximate: bool


def foreign_currency(header: str) -> tuple[str, str]:
    """The foreign currency a header names, and the header in yuan: 万美元 → 美元, 万元."""
    for word in _CURRENCY.findall(header):
        if name := _CURRENCIES[word]:
            return name, header.replace(word, "元")
    return "", header


def clean_wan(raw: Cell, context: Context) -> Cleaned:
    """An amount in 万元 as plain decimal text: "5279110.1", "-500", "0.05"."""
    cleaned = _clean_wan(raw, context)
    told = any(finding.code == "foreign_currency" for finding in cleaned.findings)
    if not context.currency or not cleaned.value or told:
        return cleaned
    parameters = {"text": quote(raw), "currency": context.currency}
    finding = Finding(WARNING, "foreign_currency", parameters)
    return Cleaned(cleaned.value, (*cleaned.findings, finding))


def _clean_wan(raw: Cell, context: Context) -> Cleaned:
    quoted = quote(raw)
    if not isinstance(raw, str):
        return _bare_wan(Decimal(number_text(raw)), quoted, context)
    text = plain(raw).replace(" ", "").upper()
    if _RANGE.search(text):
        return error("number_range", text=quoted)
    if (main := _AFTERTHOUGHT.sub("", text)) != text:
        return _without_afterthought(_clean_wan(main, context), quoted)
    currencies = {_CURRENCIES[c] for c in _CURRENCY.findall(text)} - {""}
    yuan = bool(_CURRENCY.search(text))
    quantity = _quantity(_CURRENCY.sub("", text))
    if quantity is None or not _FILLING.fullmatch(quantity.rest):
        return error("not_an_amount", text=quoted)
    if quantity.scale is None and not yuan:
        result = _bare_wan(quantity.number, quoted, context)
    else:
        result = _wan(quantity.number * (quantity.scale or Decimal(1)) / _WAN, quoted)
    return _with(result, quantity, quoted, currencies)


def clean_yuan(raw: Cell, context: Context) -> Cleaned:
    """An amount in yuan as plain decimal text; a number without any unit counts yuan."""
    cleaned = clean_wan(raw, replace(context, unit=context.unit or "0.0001"))
    if not isinstance(cleaned.value, str) or not cleaned.value:
        return cleaned
    return Cleaned(_decimal_text(Decimal(cleaned.value) * 10_000), cleaned.findings)


def clean_count(raw: Cell, context: Context) -> Cleaned:
    """A whole number of people, firms or times as digits: "60"."""
    result = _measure(raw, context, {})
    if "." in str(result.value):
        parameters = {"text": quote(raw), "value": str(result.value)}
        findings = (*result.findings, Finding(WARNING, "fraction_of_unit", parameters))
        return Cleaned(result.value, findings)
    return result


def clean_area(raw: Cell, context: Context) -> Cleaned:
    """An area in square metres as plain decimal text."""
    text = plain(raw)
    if context.unit.startswith(AREA_UNIT) and _BARE.fullmatch(text.strip()):
        number = Decimal(text) * Decimal(context.unit.removeprefix(AREA_UNIT))
        return Cleaned(_decimal_text(round(number, 2)))
    return _measure(raw, context, _AREAS)


def clean_percentage(raw: Cell, context: Context) -> Cleaned:
    """A percentage as the number before the sign: "50%" → "50", 0.5 → "50"."""
    text = plain(raw).replace(" ", "")
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)(%|个百分点)?", text)
    if not match:
        return error("not_a_percentage", text=quote(raw))
    number = Decimal(match[1])
    share_of_one = match[2] is None and abs(number) <= 1 and not isinstance(raw, str)
    return Cleaned(_decimal_text(number * 100 if share_of_one else number))


def _bare_wan(number: Decimal, quoted: str, context: Context) -> Cleaned:
    """A number without a unit: the column's unit, else 万元 unless that would be absurd."""
    if not number.is_finite():
        return error("amount_implausible", text=quoted)
    if context.unit and not context.unit.startswith(AREA_UNIT):
        return _wan(number * Decimal(context.unit), quoted)
    if abs(number) < _YUAN_FROM:
        return _wan(number, quoted)
    result = _wan(number / _WAN, quoted)
    parameters = {"text": quoted, "value": str(result.value)}
    if not result.value:
        return result
    finding = Finding(WARNING, "unit_assumed_yuan", parameters)
    return Cleaned(result.value, (*result.findings, finding))


def _wan(amount: Decimal, quoted: str) -> Cleaned:
    if abs(amount) > _MOST_CAPITAL_WAN:
        return error("amount_implausible", text=quoted)
    value = _decimal_text(amount)
    if amount < 0:
        return Cleaned(value, (Finding(WARNING, "negative", {"text": quoted}),))
    return Cleaned(value)


def _without_afterthought(result: Cleaned, quoted: str) -> Cleaned:
    """The number before a bracket that holds another: 500万元（实缴200万元）."""
    if not result.value:
        return result
    parameters = {"text": quoted, "value": str(result.value)}
    finding = Finding(WARNING, "number_with_words", parameters)
    return Cleaned(result.value, (*result.findings, finding))


def _with(result: Cleaned, quantity: _Quantity, quoted: str, currencies: set[str]) -> Cleaned:
    if not result.value:
        return result
    findings = list(result.findings)
    if currencies:
        parameters: dict[str, str | int] = {"text": quoted, "currency": "、".join(currencies)}
        findings.append(Finding(WARNING, "foreign_currency", parameters))
    if quantity.approximate:
        parameters = {"text": quoted, "value": str(result.value)}
        findings.append(Finding(NOTICE, "approximate", parameters))
    return Cleaned(result.value, tuple(findings))


def _measure(raw: Cell, context: Context, units: dict[str, Decimal]) -> Cleaned:
    quoted = quote(raw)
    text = plain(raw).replace(" ", "")
    if _RANGE.search(text):
        return error("number_range", text=quoted)
    if (main := _AFTERTHOUGHT.sub("", text)) != text:
        return _without_afterthought(_measure(main, context, units), quoted)
    factor = Decimal(1)
    for unit, square_metres in units.items():
        if unit in text:
            factor, text = square_metres, text.replace(unit, "")
            break
    quantity = _quantity(_COUNTED.sub(lambda m: m[0] if m[0] in "余多" else "", text))
    if quantity is None:
        return error("not_a_number", text=quoted)
    number = quantity.number * (quantity.scale or 1) * factor
    if abs(number) > _MOST_COUNT:
        return error("amount_implausible", text=quoted)
    return _measured(number, quantity, quoted)


def _measured(number: Decimal, quantity: _Quantity, quoted: str) -> Cleaned:
    value = _decimal_text(round(number, 2))
    parameters = {"text": quoted, "value": value}
    findings = []
    if number < 0:
        findings.append(Finding(WARNING, "negative", {"text": quoted}))
    if quantity.approximate:
        findings.append(Finding(NOTICE, "approximate", parameters))
    if not _FILLING.fullmatch(quantity.rest):
        findings.append(Finding(WARNING, "number_with_words", parameters))
    return Cleaned(value, tuple(findings))


def _quantity(text: str) -> _Quantity | None:
    """The one number in the text; None when there is none, or more than one."""
    negative = text.startswith("负")
    text = text.removeprefix("负")
    if match := _ACCOUNTING.fullmatch(text):
        text, negative = match[1], True
    approximate = bool(_APPROXIMATE.search(text))
    text = _APPROXIMATE.sub("", text)
    if not re.search(r"\d", text):
        return _chinese_quantity(text, negative=negative, approximate=approximate)
    text, scale = _take_scale(text)
    numbers = _NUMBER.findall(text)
    number = _decimal(numbers[0]) if len(numbers) == 1 else None
    if number is None:
        return None
    before, after = text.split(numbers[0], 1)
    if before.endswith(("-", "−")):
        before, negative = before[:-1], True
    return _Quantity(-number if negative else number, scale, before + after, approximate)


def _chinese_quantity(text: str, *, negative: bool, approximate: bool) -> _Quantity | None:
    words = _CHINESE_NUMBER.findall(text)
    if len(words) != 1 or (number := numerals.parse(words[0])) is None:
        return None
    value = Decimal(-number if negative else number)
    scale = Decimal(1) if re.search("[万萬亿億]", words[0]) else None
    return _Quantity(value, scale, text.replace(words[0], "", 1), approximate)


def _take_scale(text: str) -> tuple[str, Decimal | None]:
    """The text without its scale word (万, 亿 …) and what the word stands for."""
    match = re.search(rf"(?<=[\d)])\(?({_SCALE.pattern})", text)
    if not match:
        return text, None
    return text[: match.start(1)] + text[match.end(1) :], _SCALES[match[1]]


def _decimal(text: str) -> Decimal | None:
    if "," in text and not _THOUSANDS.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def _decimal_text(number: Decimal) -> str:
    """No exponent, no trailing zeros: Decimal("1E+3") → "1000", Decimal("500.00") → "500"."""
    text = f"{round(number, 6):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
