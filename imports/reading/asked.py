"""Headers put as questions (何时, 在哪办, 由谁颁发) as the official words they stand for."""

import re
from functools import lru_cache

_WHO = r"(?:由|是|被|归)?(?:谁|何人|哪家|哪位|哪个单位|哪个部门|何单位|何部门|何机关|何机构)"
_WHERE = r"(?:在|于|到|去)?(?:哪里|哪儿|哪个地方|何处|何地|什么地方|哪)"
_WHEN = (
    r"(?:什么时候|什么时间|何时|何日|何年|何月|哪天|哪日|哪年|哪一年|哪一天|几时|几月几[日号]|几号)"
)
_WHAT = r"(?:什么|何种|哪些|哪种|啥|何)"
_END = r"(?:来)?的?"
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_WHO}((?:负责|管理?|联系|对接|看管?|值守).{{0,3}}?){_END}"), r"\1人"),
    (re.compile(rf"{_WHO}(.{{1,4}}?){_END}"), r"\1单位"),
    (re.compile(rf"{_WHEN}(.{{0,6}}?){_END}"), r"\1时间"),
    (re.compile(rf"(.{{2,4}}?){_WHEN}"), r"\1时间"),
    (re.compile(rf"{_WHERE}(.{{0,4}}?){_END}"), r"\1地点"),
    (re.compile(r".{0,3}?了?(?:多少|几)(?:人|个人)(.{0,4}?)的?"), r"\1人数"),
    (re.compile(r".{0,3}?了?多大(?:面积)?|多少平(?:米|方|方米)?"), "面积"),
    (
        re.compile(
            rf"[^时地处人]{{0,3}}?了?{_WHAT}(活动|荣誉|奖项?|称号|会议|单位|企业|场所|阵地)"
        ),
        r"\1名称",
    ),
    (re.compile(rf"[做干]?{_WHAT}(职务|岗位|级别?|类型|行业)"), r"\1"),
)
# What remains of a question is short: 发单位, 办地点.
_SHORT = {"发单位": "颁发单位", "办单位": "主办单位", "办地点": "举办地点", "办时间": "举办时间"}
_SHORT |= {
    "级": "级别",
    "奖名称": "奖项名称",
    "管人": "管理人",
    "看人": "管理人",
    "发时间": "颁发时间",
}


@lru_cache(maxsize=4096)
def official(header: str) -> str:
    """The official word for a question, the header itself when it is none."""
    for pattern, word in _WORDS:
        if match := pattern.fullmatch(header):
            said = match.expand(word)
            return _SHORT.get(said, said)
    return header
