"""What the title of a list or the name of its sheet says of every record: a post, a position."""

import re
from collections.abc import Mapping

from imports.cleaning.choices import is_position
from imports.reading.bodies import GROUP_TESTS, bare_group
from imports.reading.table import Table

_POST = re.compile(r"统战委员|统战干事|统战专干|统战联络员|联络员")
_POST_OF_HOLDER = re.compile(
    r"((?:统战|侨务|民宗|宗教)?(?:委员|干事|专干|专员|专职|干部|联络[员人]))(?:姓名|名单|人选|名字)?\W*$"
)
# 副会长单位名单 speaks of all its firms; 会员名册 and 理事会名单 hold firms of many positions.
_POSITION = re.compile(
    r"(?:^|商会|协会|届|的|\d|[、.．)）])((?:常务|执行|名誉)*副?(?:会长|理事长|监事长|理事|监事))(?:单位|企业)"
    r"(?:名单|名册|名录|信息|情况|通讯录|一览|登记|$)"
)
_LEVEL = re.compile(
    r"(?:^|度|年|获|得)(国家级|市级|区级|县级|街镇级|镇级)(?:荣誉|表彰|奖项|奖励|先进)"
)
# …示范单位（云南省）名单
_PLACE_OF_LIST = re.compile(r"[（(][^()（）\d]{2,8}[)）](?=名单|名册|公示|$)")
_LIST_WORDS = re.compile(r"(?:单位|企业)?(?:名单|名册|名录|信息表|一览表?|表)$")


def post_of_holder(table: Table) -> Mapping[str, str]:
    """侨务联络员姓名 | 网格联络人: the post where only the header of the people tells it."""
    place = table.fields.get("holder")
    headers = (column.header for column in table.columns if column.place == place)
    match = _POST_OF_HOLDER.search(next(headers, ""))
    return {"post": match[1]} if match else {}


def told_by_title(title: str, sheet: str, heading: str = "") -> Mapping[str, str]:
    """The fields that hold for every row, by what stands over the list.

    ``heading``: the line right above the header.
    """
    told: dict[str, str] = {}
    honour = bare_group(_PLACE_OF_LIST.sub("", heading))
    if GROUP_TESTS["title"](honour):
        told["title"] = honour
    for text in (title, sheet):
        posts = {match.replace("专干", "干事") for match in _POST.findall(text)}
        if len(posts) == 1:
            told.setdefault("post", posts.pop())
        if match := _POSITION.search(text):
            told.setdefault("position", match[1])
        if match := _LEVEL.search(text):
            told.setdefault("level", match[1])
    name = _LIST_WORDS.sub("", bare_group(sheet))
    if is_position(name) and not name.endswith("会员"):
        told.setdefault("position", name)
    if GROUP_TESTS["level"](name):
        told.setdefault("level", name)
    return told
