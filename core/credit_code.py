"""The unified social credit code (GB 32100-2015): its two check digits, cleaning and repair."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from operator import mul

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))

# GB 11714-1997: characters 9–17 are the organisation code, with a check digit of its own.
_ORGANISATION_VALUES = {c: v for v, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_DIGITS = "0123456789X"

_SHAPE = re.compile(r"[1-9A-HJ-NPQRTUWXY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_TOKEN = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")
_NOISE = re.compile(
    r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff'‘’\"“”`·.,，。;；:：_\-‐‑–—]+",
)
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}")
_IDENTITY = re.compile(
    r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]",
)
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_DIGITS = "10X98765432"

# Letters the alphabet leaves out for being mistaken, and the pairs it does not (a small l is 1).
_CONFUSED = {"O": "0", "I": "1", "Z": "2", "S": "5"}
_ALSO_CONFUSED = (("8", "B"), ("B", "8"), ("L", "1"))
_EXACT_DIGITS = 10**15


class Reason(StrEnum):
    """What there is to say of a credit code, in the words the person reads."""

    REPAIRED = "repaired"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    WRONG_ORGANISATION_DIGIT = "wrong_organisation_digit"
    REGISTRATION_NUMBER = "registration_number"
    ORGANISATION_CODE = "organisation_code"
    LOST_DIGITS = "lost_digits"
    IDENTITY_NUMBER = "identity_number"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    CHARACTERS = "characters"

    @property
    def keeps_the_code(self) -> bool:
        """Whether the code may still be used: it is doubtful, not unusable."""
        return self in {
            Reason.REPAIRED,
            Reason.WRONG_CHECK_DIGIT,
            Reason.WRONG_ORGANISATION_DIGIT,
        }


SENTENCES = {
    Reason.REPAIRED: (
        "信用代码“{original}”中有形近字符，两个校验位都支持改为“{code}”，请核对",
        "“{original}” holds a look-alike character; both check digits confirm “{code}”",
    ),
    Reason.WRONG_CHECK_DIGIT: (
        "信用代码“{code}”的校验位不符，请对照营业执照核对",
        "the check digit of “{code}” does not fit; compare it with the licence",
    ),
    Reason.WRONG_ORGANISATION_DIGIT: (
        "信用代码“{code}”第9至17位（组织机构代码）的校验位不符，请核对",
        "the check digit of characters 9 to 17 of “{code}” does not fit",
    ),
    Reason.REGISTRATION_NUMBER: (
        "“{original}”是{length}位的旧工商注册号，不是18位统一社会信用代码，请补填",
        "“{original}” is an old registration number of {length} digits, not a credit code",
    ),
    Reason.ORGANISATION_CODE: (
        "“{original}”是组织机构代码，不是18位统一社会信用代码，请补填",
        "“{original}” is an organisation code, not an 18-character credit code",
    ),
    Reason.LOST_DIGITS: (
        "信用代码被Excel改成科学计数（{original}），已丢失末位、无法恢复，"
        "请把该列设为“文本”后重新填写",
        "the spreadsheet made the credit code a number ({original}); its last digits are lost",
    ),
    Reason.IDENTITY_NUMBER: (
        "这里填的是居民身份证号，不是信用代码，已略去，不会保存",
        "this is an identity card number, not a credit code; it was left out",
    ),
    Reason.TOO_SHORT: (
        "信用代码“{original}”只有{length}位，应为18位，请补全",
        "the credit code “{original}” has only {length} characters of 18",
    ),
    Reason.TOO_LONG: (
        "信用代码“{original}”有{length}位，应为18位，请核对",
        "the credit code “{original}” has {length} characters instead of 18",
    ),
    Reason.CHARACTERS: (
        "“{original}”不是统一社会信用代码（18位数字和大写字母，不含I、O、S、V、Z）",
        "“{original}” is not a credit code (18 digits and capitals without I, O, S, V, Z)",
    ),
}


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A cell read as a credit code: the code ("" when there is none to use) and what to say."""

    code: str
    reason: Reason | None = None
    original: str = ""

    def explain(self, language: str = "zh") -> str:
        """The sentence for the person, "" when all is well."""
        if self.reason is None:
            return ""
        return explain(self.reason, code=self.code, original=self.original, language=language)


def explain(reason: Reason, *, code: str = "", original: str = "", language: str = "zh") -> str:
    """What a reason says of one code."""
    sentence = SENTENCES[reason][0 if language.startswith("zh") else 1]
    return sentence.format(code=code, original=original, length=len(compact(original)))


def check_digit(code: str) -> str:
    """The 18th character that the first 17 ask for."""
    total = sum(map(mul, map(_VALUES.__getitem__, code[:17]), _WEIGHTS))
    return ALPHABET[-total % 31]


def organisation_check_digit(organisation: str) -> str:
    """The 9th character that the first 8 of an organisation code ask for."""
    values = map(_ORGANISATION_VALUES.__getitem__, organisation[:8])
    total = sum(map(mul, values, _ORGANISATION_WEIGHTS))
    return _ORGANISATION_DIGITS[-total % 11]


def check(code: str) -> Reason | None:
    """What is wrong with a code already in its plain form; None for a code both digits confirm."""
    if not _SHAPE.fullmatch(code):
        return _reason_for_shape(code)
    if check_digit(code) != code[17]:
        return Reason.WRONG_CHECK_DIGIT
    if organisation_check_digit(code[8:17]) != code[16]:
        return Reason.WRONG_ORGANISATION_DIGIT
    return None


def is_identity_number(text: str) -> bool:
    """Whether this is an 18-digit identity card number: a birthday inside, a fitting last digit."""
    if not _IDENTITY.fullmatch(text):
        return False
    total = sum(int(c) * w for c, w in zip(text[:17], _IDENTITY_WEIGHTS, strict=True))
    return _IDENTITY_DIGITS[total % 11] == text[17]


def compact(text: str) -> str:
    """Half-width capitals without spaces, quotes and dashes."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()


def repair(code: str) -> str | None:
    """The one code that confusables (O/0 I/1 Z/2 S/5 B/8) hide, if both digits prove it."""
    if len(code) != 18:
        return None
    proven = {candidate for candidate in _candidates(code) if check(candidate) is None}
    return proven.pop() if len(proven) == 1 else None


def _candidates(code: str) -> Iterator[str]:
    plain = "".join(_CONFUSED.get(c, c) for c in code)
    digits = "".join(_as_digit(c) for c in plain[:8]) + plain[8:]
    yield digits
    for place, (typed, meant) in product(range(8, 18), _ALSO_CONFUSED):
        if digits[place] == typed:
            yield digits[:place] + meant + digits[place + 1 :]


def _as_digit(character: str) -> str:
    # Only digits stand in the first eight places of an enterprise's code.
    return {"B": "8", "L": "1"}.get(character, character)


def read(raw: str | int | float) -> CreditCode:
    """What a cell says: a usable code, a doubtful one, or none with the reason."""
    if not isinstance(raw, str):
        return _read_number(raw)
    if _SHAPE.fullmatch(raw) and check(raw) is None:
        return CreditCode(raw)
    plain = compact(raw)
    if not plain:
        return CreditCode("")
    if _SCIENTIFIC.fullmatch(unicodedata.normalize("NFKC", raw).upper().strip(" '")):
        return CreditCode("", Reason.LOST_DIGITS, raw.strip())
    if len(plain) != 18 and (token := _single_token(raw)):
        plain = token
    return _read_plain(plain, raw.strip())


def _read_number(raw: int | float) -> CreditCode:
    if not abs(raw) < _EXACT_DIGITS:  # not a number at all included
        return CreditCode("", Reason.LOST_DIGITS, f"{raw:.15g}".upper())
    text = f"{raw:.15g}"
    return _read_plain(text, text)


def _read_plain(plain: str, original: str) -> CreditCode:
    reason = check(plain)
    if reason is None:
        return CreditCode(plain)
    if is_identity_number(plain):
        return CreditCode("", Reason.IDENTITY_NUMBER)
    if reason is Reason.WRONG_CHECK_DIGIT and plain.isdigit() and plain.endswith("000"):
        return CreditCode("", Reason.LOST_DIGITS, original)
    if reason is not Reason.WRONG_ORGANISATION_DIGIT and (repaired := repair(plain)):
        return CreditCode(repaired, Reason.REPAIRED, original)
    return CreditCode(plain if reason.keeps_the_code else "", reason, original)


def _reason_for_shape(code: str) -> Reason:
    if re.fullmatch(r"[0-9]{13}|[0-9]{15}", code):
        return Reason.REGISTRATION_NUMBER
    if re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return Reason.ORGANISATION_CODE
    if len(code) == 18 or not re.fullmatch(r"[0-9A-Z]+", code):
        return Reason.CHARACTERS
    return Reason.TOO_SHORT if len(code) < 18 else Reason.TOO_LONG


def _single_token(text: str) -> str | None:
    """The one run of 18 characters in a cell that says more than the code."""
    tokens = set(_TOKEN.findall(unicodedata.normalize("NFKC", text).upper()))
    return tokens.pop() if len(tokens) == 1 else None
