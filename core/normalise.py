"""How text from office files is made fit to show, and fit to compare."""

import re
import unicodedata
from functools import lru_cache

# Characters nobody sees and that only do harm: controls, soft hyphen, bidirectional marks and
# overrides, zero-width characters, fillers, lone surrogates, non-characters, tags.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
_JOINER = "\u200d"
_LINE_ENDS = "\n\x0b\x0c\r\x85\u2028\u2029"
_WIDE_SPACES = "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_COMBINING = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MOST_COMBINING = 3
_PICTURES = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"

_UNTIDY = re.compile(
    f"[{_INVISIBLE}{_JOINER}{_LINE_ENDS}{_WIDE_SPACES}]|  |^ | $"
    f"|[{_COMBINING}]{{{_MOST_COMBINING + 1}}}|_x[0-9A-Fa-f]{{4}}_"
)
# Invisible characters that Python takes for letters.
_FILLER = re.compile("[\u115f\u1160\u3164\uffa0]")
_CONTROL_ESCAPE = re.compile(r"_x00(?:[01][0-9A-Fa-f]|7[Ff])_")
_LINE_ESCAPE = re.compile(r"_x000[AaDd]_")
_LINE_END = re.compile(f"\r\n|[{_LINE_ENDS}]")
# The joiner stays between pictographs, where it makes one picture of several; elsewhere it hides.
_HIDDEN = re.compile(
    f"[{_INVISIBLE}]|(?<![{_PICTURES}]){_JOINER}|{_JOINER}(?![{_PICTURES}])",
)
_SPACE_RUN = re.compile(f"[ {_WIDE_SPACES}]+")
_LINE_RUN = re.compile(" ?\n[ \n]*")
_COMBINING_RUN = re.compile(f"([{_COMBINING}]{{{_MOST_COMBINING}}})[{_COMBINING}]+")

_CHINESE = (
    "\u2e80-\u2fdf\u3001\u3002\u3005-\u3011\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff01-\uff0f\uff1a-\uff1f\U00020000-\U000323af"
)
_SPACE_IN_CHINESE = re.compile(rf"(?<=[{_CHINESE}])\s+(?=[{_CHINESE}])")
_LINE_IN_CHINESE = re.compile(f"(?<=[{_CHINESE}])\n(?=[{_CHINESE}])")

_FULL_WIDTH = {
    wide: wide - 0xFEE0
    for first, last in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for wide in range(ord(first), ord(last) + 1)
}
_ANY_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_BRACKETS = str.maketrans("[]{}【】〔〕〖〗《》〈〉「」『』", "()" * 9)
# Headers of files from Hong Kong and Taiwan are compared in simplified characters.
_TRADITIONAL = str.maketrans(
    "稱業單聯絡電話號碼職務資產類別級員會長時間鎮區註冊備總計額負責統編營範圍產業內容數動點題辦協參與積環開榮譽獎頒發機構聯繫經濟億萬圓",
    "称业单联络电话号码职务资产类别级员会长时间镇区注册备总计额负责统编营范围产业内容数动点题办协参与积环开荣誉奖颁发机构联系经济亿万圆",
)
_KEY_NOISE = re.compile(rf"[{_INVISIBLE}{_JOINER}\ufe00-\ufe0f\U000e0100-\U000e01ef\s]")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_HEADER_EDGES = re.compile(r"^(?:[*★※●▲△☆#•]|\d{1,2}[.、])+|[*★※●▲△☆:;,。、]+$")


def clean_text(text: str, *, keep_lines: bool = False) -> str:
    """The text without invisible characters, with single plain spaces, trimmed.

    Visible characters stay as they were typed, rare and four-byte ones and emoji included.
    Line breaks inside Chinese vanish, others become spaces, unless ``keep_lines``.
    """
    if (text.isalnum() and not _FILLER.search(text)) or not _UNTIDY.search(text):
        return text
    text = _CONTROL_ESCAPE.sub("", _LINE_ESCAPE.sub("\n", text))
    text = _LINE_END.sub("\n", text)
    text = _HIDDEN.sub("", text)
    text = _COMBINING_RUN.sub(r"\1", text)
    text = _SPACE_RUN.sub(" ", text)
    text = _LINE_RUN.sub("\n", text).strip()
    if keep_lines:
        return text
    return _LINE_IN_CHINESE.sub("", text).replace("\n", " ")


def half_width(text: str) -> str:
    """Full-width letters and digits made plain; brackets and punctuation keep their width."""
    return text.translate(_FULL_WIDTH) if _ANY_FULL_WIDTH.search(text) else text


def join_chinese(text: str) -> str:
    """Without the spaces and line breaks that only lay out Chinese text (示例　甲, 有限\\n公司)."""
    return _SPACE_IN_CHINESE.sub("", text) if " " in text or "\n" in text else text


@lru_cache(maxsize=1 << 14)  # one name is asked for eight times while its row is compared
def name_key(name: str) -> str:
    """The key that all spellings of one name share.

    NFKC, every kind of bracket round, nothing invisible, no spaces, case folded.
    """
    plain = unicodedata.normalize("NFKC", name).translate(_BRACKETS)
    return _KEY_NOISE.sub("", plain).casefold()


def strip_header(text: str) -> str:
    """A column header as the word it is compared by: no spaces, no bracketed hints, no marks.

    "统一社会\\n信用代码（18位）" → "统一社会信用代码", "*企业(单位)名称：" → "企业名称".
    """
    key = name_key(text).translate(_TRADITIONAL)
    bare = key
    while (shorter := _BRACKETED.sub("", bare)) != bare:
        bare = shorter
    bare = _HEADER_EDGES.sub("", bare)
    return bare or _HEADER_EDGES.sub("", key.strip("()"))


def header_hints(text: str) -> list[str]:
    """What stands in brackets in a header: "注册资本（万元）" → ["万元"]."""
    return _BRACKETED.findall(name_key(text))
