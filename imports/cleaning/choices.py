"""Values out of a known set: chamber positions, towns, posts, levels, modes, yes and no."""

import re
from collections.abc import Mapping
from functools import lru_cache

from core.normalise import name_key
from imports.cleaning.texts import clean_name
from imports.cleaning.values import (
    Cell,
    Cleaned,
    Context,
    doubt,
    error,
    number_text,
    quote,
    remark,
    words,
)

# The ladder of a chamber's council, highest first; longer names before those they contain.
POSITIONS = (
    "会长",
    "执行会长",
    "常务副会长",
    "监事长",
    "副会长",
    "副监事长",
    "常务理事",
    "理事",
    "监事",
    "秘书长",
    "副秘书长",
    "名誉会长",
    "荣誉会长",
    "创会会长",
    "顾问",
    "会员",
)
_POSITION_SYNONYMS = {
    "轮值会长": "会长",
    "主席": "会长",
    "副主席": "副会长",
    "常务副主席": "常务副会长",
    "常委": "常务理事",
    "常务委员": "常务理事",
    "执委": "理事",
    "执行委员": "理事",
    "常务理事长": "执行会长",
    "理事长": "会长",
    "常务会长": "执行会长",
    "常副会长": "常务副会长",
    "第一副会长": "常务副会长",
    "副理事长": "副会长",
    "名誉副会长": "名誉会长",
    "常务": "常务理事",
    "普通会员": "会员",
    "一般会员": "会员",
    "团体会员": "会员",
    "个人会员": "会员",
    "企业会员": "会员",
    "会员企业": "会员",
    "会员代表": "会员",
    "入会会员": "会员",
    "新会员": "会员",
}
_RANK = {name: place for place, name in enumerate(POSITIONS)}
_POSITION_WORDS = re.compile(
    "|".join(sorted({*POSITIONS, *_POSITION_SYNONYMS}, key=len, reverse=True)),
)
_POSITION_NOISE = re.compile(
    r"^(?:本?商会|协会|工商联|.{2,12}商会|.{2,12}协会)|单位|企业|[（(].*?[)）]"
)
_POSITION_GLUE = re.compile(r"[、,，;；/\s兼及和]+")
_NOT_OF_CHAMBER = re.compile(
    r"书记|支委|党[委总支群]|董事|总裁|经理|厂长|店长|院长|校长|法人|负责人|股东|总监|财务|主管|职员|文员",
)
# Party posts are neither kept nor quoted.
_PARTY_POST = re.compile(r"[^、,，;；兼\s]*(?:书记|支委|党[委总支群组])[^、,，;；\s]*")

# The name before a post in the same cell: 崔伟 统战干事, 韩雅琴（统战委员）.
_BEFORE_POST = re.compile(r"^\s*[\u4e00-\u9fff·]{2,4}?\s*[\s(（、，,/]\s*")

_POSTS = {
    "统战委员": "统战委员",
    "委员": "统战委员",
    "统战干事": "统战干事",
    "干事": "统战干事",
    "联络员": "联络员",
    "联系人": "联络员",
    "联络人": "联络员",
    "统战专干": "统战干事",
    "统战专员": "统战干事",
    "统战干部": "统战干事",
    "统战专职": "统战干事",
    "专干": "统战干事",
}
_POST_WORDS = re.compile("|".join(sorted(_POSTS, key=len, reverse=True)))
_BRACKETED = re.compile(r"\([^()]*\)")
_LEVELS = {
    "国家": "国家",
    "全国": "国家",
    "省": "市",
    "省部": "市",
    "部": "市",
    "市": "市",
    "上海": "市",
    "区": "区",
    "县": "区",
    "街镇": "街镇",
    "镇": "街镇",
    "街道": "街镇",
    "乡": "街镇",
    "自治区": "市",
    "兵团": "市",
    "自治州": "市",
    "州": "市",
    "自治县": "区",
    "旗": "区",
    "园区": "街镇",
}
_YES = frozenset(words("是 有 已 √ ✓ ✔ ☑ 对 y yes true 1 专 专职 全职 √√"))
_NO = frozenset(words("否 没有 无 未 × ✗ ✘ x 不 n no false 0 兼 兼职 不是"))
_TOWN_PREFIX = re.compile(r"^(?:.{2,8}?[省市])?(?:.{1,6}?[区县])?")
_TOWN_AND_VILLAGE = re.compile(r"(.{1,7}?(?:街道|镇|乡))[\s/、,，-]*(\S.*)")
_TOWN_END = re.compile(r"(?:街道办事处|街道|镇政府|人民政府|镇|乡|地区)$")


def clean_position(raw: Cell, context: Context) -> Cleaned:
    """A position in the chamber, by its name on the ladder; 副会长单位 → 副会长."""
    del context
    key = name_key(_text(raw))
    found = _positions_in(key)
    if len(found) == 1 and not _left_over(key):
        return Cleaned(found[0])
    quoted = _PARTY_POST.sub("…", quote(raw))
    if found:
        highest = min(found, key=_RANK.__getitem__)
        if _NOT_OF_CHAMBER.search(_left_over(key)) or len(found) == 1:
            return remark(highest, "position_several", text=quoted, value=highest)
        return doubt(highest, "position_several", text=quoted, value=highest)
    if _NOT_OF_CHAMBER.search(key):
        return doubt("", "position_not_of_chamber", text=quoted)
    if len(key) > 20:
        return error("choice_unknown", text=quoted)
    return doubt(quoted, "position_unknown", text=quoted)


def is_position(text: str) -> bool:
    """Whether a text is a position in a chamber and nothing else."""
    key = name_key(text)
    return bool(_positions_in(key)) and not _left_over(key)


def clean_village(raw: Cell, context: Context) -> Cleaned:
    """A village, without the town before it where one cell holds both: 瓜沥镇航民村 → 航民村."""
    if context.joint and (match := _TOWN_AND_VILLAGE.fullmatch(_text(raw).strip())):
        raw = match[2]
    return clean_name(raw, context)


def clean_town(raw: Cell, context: Context) -> Cleaned:
    """A town by the caller's name for it: 华新, 青浦区华新镇 → 华新镇."""
    if context.joint and (match := _TOWN_AND_VILLAGE.fullmatch(_text(raw).strip())):
        raw = match[1]
    text = _text(raw)
    key = name_key(text)
    if not context.towns:
        return Cleaned(quote(raw, 50))
    if town := _towns_by_key(context.towns).get(key):
        return Cleaned(town)
    bare = _TOWN_PREFIX.sub("", key)
    if town := _towns_by_key(context.towns).get(_TOWN_END.sub("", bare) or bare):
        return Cleaned(town)
    named = {town for town in context.towns if name_key(town) in key}
    if len(named) == 1:
        return Cleaned(named.pop())
    return doubt(quote(raw, 50), "town_unknown", text=quote(raw))


def clean_post(raw: Cell, context: Context) -> Cleaned:
    """A kind of post in a village or town: 专职统战干事, 统战干事（兼） → 统战干事."""
    text = _BEFORE_POST.sub("", _text(raw)).rstrip(")）") if context.joint else _text(raw)
    raw = text
    text = _PARTY_POST.sub("…", text)
    if text != _text(raw) and not any(word in text for word in _POSTS):
        return doubt("", "choice_unknown", text=quote(text))
    if len({_POSTS[word] for word in _POST_WORDS.findall(name_key(text))}) > 1:
        return doubt(quote(text), "choice_unknown", text=quote(text))
    return _by_ending(text, _POSTS, key=_BRACKETED.sub("", name_key(text)))


def clean_level(raw: Cell, context: Context) -> Cleaned:
    """The level of an honour: 国家, 市, 区, 街镇."""
    key = re.sub(r"[级别层面]+$", "", name_key(_text(raw)))
    return _by_ending(raw, _LEVELS, key=key)


def clean_mode(raw: Cell, context: Context) -> Cleaned:
    """How an activity was held: 线上, 线下, 线上线下."""
    key = name_key(_text(raw))
    online = re.search(r"线上|网络|视频|直播|云端|腾讯会议", key)
    offline = re.search(r"线下|现场|实地|面对面", key)
    both = (online and offline) or re.search(r"结合|混合|同步|both", key)
    if both:
        return Cleaned("线上线下")
    if online or offline:
        return Cleaned("线上" if online else "线下")
    return doubt(quote(raw), "choice_unknown", text=quote(raw))


def clean_yes_no(raw: Cell, context: Context) -> Cleaned:
    """是 or 否."""
    key = name_key(_text(raw))
    if key in _YES:
        return Cleaned("是")
    if key in _NO:
        return Cleaned("否")
    return error("not_yes_or_no", text=quote(raw))


def _text(raw: Cell) -> str:
    return raw if isinstance(raw, str) else number_text(raw)


def _positions_in(key: str) -> list[str]:
    found = (_POSITION_SYNONYMS.get(word, word) for word in _POSITION_WORDS.findall(key))
    return list(dict.fromkeys(found))


def _left_over(key: str) -> str:
    """What a position cell says beside positions: other posts, the chamber's name."""
    rest = _POSITION_NOISE.sub("", _POSITION_WORDS.sub("", key))
    return _POSITION_GLUE.sub("", rest)


@lru_cache(maxsize=8)
def _towns_by_key(towns: tuple[str, ...]) -> Mapping[str, str]:
    """Full names and, where no two towns share it, names without 镇 or 街道."""
    by_key = {name_key(town): town for town in towns}
    short: dict[str, list[str]] = {}
    for town in towns:
        short.setdefault(_TOWN_END.sub("", name_key(town)), []).append(town)
    return {**{key: names[0] for key, names in short.items() if len(names) == 1}, **by_key}


def _by_ending(raw: Cell, choices: Mapping[str, str], *, key: str = "") -> Cleaned:
    key = key or name_key(_text(raw))
    for ending, choice in choices.items():
        if key == name_key(ending):
            return Cleaned(choice)
    # The longest says it: 自治区 is no 区.
    if endings := [ending for ending in choices if key.endswith(ending)]:
        return Cleaned(choices[max(endings, key=len)])
    return doubt(quote(raw), "choice_unknown", text=quote(raw))
