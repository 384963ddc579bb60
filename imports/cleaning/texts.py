"""Names, people, free text, lists of organisers."""

import re

from core import credit_code
from core.normalise import clean_text, half_width, join_chinese
from imports.cleaning.dates import without_date
from imports.cleaning.phones import without_phone
from imports.cleaning.values import (
    ERROR,
    NOTICE,
    WARNING,
    Cell,
    Cleaned,
    Context,
    Finding,
    Level,
    error,
    number_text,
    quote,
)

_GARBLED = re.compile(r"\?{3,}|\ufffd|锟斤拷|烫烫")
_LOOK_ALIKE = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_LATIN_OR_CHINESE = re.compile("[A-Za-z\u4e00-\u9fff]")
_JOB_TITLE = re.compile(
    r"[\s,，、]*(?:党[委总支部]*书记|法定代表人|法人代表|执行董事|董事长|副董事长|董事|总裁|副总裁|总经理"
    r"|(?:名誉|常务|执行|轮值|副)*(?:会长|理事长|监事长|秘书长)|副总经理|常务副总经理|总监|经理|主任|厂长|院长|校长|负责人|法人|创始人|合伙人|兼|、|,|，|\s)+$",
)
# 王小明 总经理, 王小明（办公室主任）: where the header says that the post stands beside the name.
_PERSON_WITH_JOB = re.compile(r"([\u4e00-\u9fff·]{2,4}?)(?:[\s、,，/]+|(?=[(（])).+")
# A name and its address in one cell: 同心家园（民实路845号）.
_WITH_ADDRESS = re.compile(
    r"([^\n]{3,40}?)\s*(?:\n|[（(]|[\s,，;；:：])\s*"
    r"([^\n（(]*(?:路|街|弄|道|巷|村|镇|园|号|楼)[^\n]*?\d+[^\n]*?)[)）]?"
)
_HOURS_AFTER = re.compile(
    r"\s*[；;，,、\s]\s*(?=\d{1,2}[:：点]|周[一二三四五六日]|星期|全天|每[天日周])"
)
# A credit code written into the cell of the name, with what sets it apart.
_CODE = re.compile(
    r"[\s(（\[【,，;；:：、/|-]*(?:(?:统一)?社会信用代码|信用代码|税号|代码)?[\s:：]*"
    r"(?<![0-9A-Z])[1-9][0-9A-Z]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])[\s)）\]】,，;；、/|-]*"
)
_ORGANISATION_END = re.compile(r"公司|集团|厂|店|社|所|中心|院|行|会|部|园|校")
_LIST_SEPARATORS = re.compile(r"[、,，;；\n]|(?<=[\u4e00-\u9fff])\s*/\s*(?=[\u4e00-\u9fff])")
_LIST_LABEL = re.compile(r"^(?:主办|承办|协办|联合主办)(?:单位|方)?[:：]\s*")
_WAITING = re.compile(
    r"(?:正?在?|待)?(?:办理|申请|变更|申办|筹备|注册)中|待(?:办|补|定|核实)|新办|未办理?"
)

_CODE_LEVELS: dict[credit_code.Reason, Level] = {
    credit_code.Reason.REPAIRED: WARNING,
    credit_code.Reason.WRONG_CHECK_DIGIT: WARNING,
    credit_code.Reason.WRONG_ORGANISATION_DIGIT: NOTICE,
}


def clean_name(raw: Cell, context: Context) -> Cleaned:
    """The name of an organisation or a place, as shown: half-width letters, brackets as typed."""
    if context.joint and isinstance(raw, str) and (match := _WITH_ADDRESS.fullmatch(raw.strip())):
        raw = match[1]
    text = _words(raw)
    if len(text) > context.limit:
        return error("too_long", limit=context.limit)
    return Cleaned(text, tuple(_doubts(text)))


def clean_member_name(raw: Cell, context: Context) -> Cleaned:
    """The name of an enterprise, without the post that some lists write behind it."""
    if isinstance(raw, str) and len(raw) > 18:
        raw = _CODE.sub("", raw) or raw
    if not context.with_post:
        return clean_name(raw, context)
    text = _words(raw, join=False)
    shorter = _JOB_TITLE.sub("", text)
    if shorter and _ORGANISATION_END.search(shorter):
        text = shorter
    return clean_name(text, context)


def clean_venue(raw: Cell, context: Context) -> Cleaned:
    """Where something takes place, without the day written into the same cell."""
    if context.joint and isinstance(raw, str):
        raw = without_date(raw)
    return clean_name(raw, context)


def clean_person(raw: Cell, context: Context) -> Cleaned:
    """A contact's name, without a phone number written behind it."""
    text = without_phone(_words(raw, join=False))
    if context.with_post and (match := _PERSON_WITH_JOB.fullmatch(text)):
        text = match[1]
    return clean_name(text, context)


def clean_line(raw: Cell, context: Context) -> Cleaned:
    """Free text on one line."""
    text = half_width(clean_text(_text(raw)))
    if len(text) > context.limit:
        return error("too_long", limit=context.limit)
    return Cleaned(text)


def clean_address(raw: Cell, context: Context) -> Cleaned:
    """An address, without the number that stands in the same cell."""
    if context.joint and isinstance(raw, str) and (match := _WITH_ADDRESS.fullmatch(raw.strip())):
        raw = match[2]
    elif context.joint:
        raw = _HOURS_AFTER.split(without_phone(clean_text(_text(raw))))[0]
    return clean_line(raw, context)


def clean_hours(raw: Cell, context: Context) -> Cleaned:
    """When a place is open, without the address that stands before it in the same cell."""
    if context.joint:
        raw = _HOURS_AFTER.split(clean_text(_text(raw)), maxsplit=1)[-1]
    return clean_line(raw, context)


def clean_items(raw: Cell, context: Context) -> Cleaned:
    """Free text whose lines are one item each (honours): on one line, the items apart."""
    lines = (half_width(clean_text(line)) for line in _text(raw).splitlines())
    text = "；".join(line.rstrip("；;，,、。") for line in lines if line)
    if len(text) > context.limit:
        return error("too_long", limit=context.limit)
    return Cleaned(text)


def clean_list(raw: Cell, context: Context) -> Cleaned:
    """Several names in one cell, by 、 commas or lines: a list."""
    text = clean_text(_text(raw), keep_lines=True)
    parts = (_LIST_LABEL.sub("", part.strip()) for part in _LIST_SEPARATORS.split(text))
    names = [join_chinese(half_width(clean_text(part))) for part in parts if part.strip()]
    if any(len(name) > context.limit for name in names):
        return error("too_long", limit=context.limit)
    return Cleaned(list(dict.fromkeys(names)))


def clean_credit_code(raw: Cell, context: Context) -> Cleaned:
    """A unified social credit code; see ``core.credit_code`` for what is repaired and why."""
    del context
    if isinstance(raw, str) and _WAITING.fullmatch(clean_text(raw)):
        return Cleaned("", (Finding(NOTICE, "code_in_progress", {"text": quote(raw)}),))
    if raw in {0, "0"}:
        return Cleaned("")
    found = credit_code.read(clean_text(raw) if isinstance(raw, str) else raw)
    if found.reason is None:
        return Cleaned(found.code)
    original = quote(found.original, 40)
    parameters: dict[str, str | int] = {
        "code": found.code,
        "original": original,
        "length": len(credit_code.compact(found.original)),
    }
    level = _CODE_LEVELS.get(found.reason, ERROR)
    return Cleaned(found.code, (Finding(level, f"credit_code_{found.reason}", parameters),))


def _text(raw: Cell) -> str:
    return raw if isinstance(raw, str) else number_text(raw)


def _words(raw: Cell, *, join: bool = True) -> str:
    text = half_width(clean_text(_text(raw)))
    return join_chinese(text) if join else text


def _doubts(text: str) -> list[Finding]:
    parameters = {"text": quote(text)}
    if _GARBLED.search(text):
        return [Finding(WARNING, "unreadable_characters", parameters)]
    if _LOOK_ALIKE.search(text) and _LATIN_OR_CHINESE.search(text):
        return [Finding(WARNING, "look_alike_letters", parameters)]
    return []
