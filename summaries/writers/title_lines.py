"""Break a title into lines that keep words whole and form a trapezium or a diamond."""

import re
from itertools import accumulate, combinations, pairwise

from summaries.writers.wording import clean_line, display_width

LINE_WIDTH = 20  # full-width characters of 2号 (22 pt) on a line of 156 mm
MOST_LINES = 4

# A line may well end after these, and may well start with those: the joints of official titles.
_ENDS_WELL = (
    "委员会", "商会", "联合会", "工作部", "统战部", "办公室", "街道", "半年", "季度", "年度",
    "月份", "单位", "关于", "以及", "组织", "机关", "年", "月", "镇", "区", "县", "市", "省",
    "部", "局", "委", "的", "和", "与", "及", "、", "，", "》", "”", "）",
)  # fmt: skip
_STARTS_WELL = (
    "关于", "贯彻", "落实", "推进", "加强", "开展", "统一战线", "统战", "工作", "总结", "情况",
    "报告", "通知", "上半年", "下半年", "全年", "年度", "中共", "《", "“", "（",
)  # fmt: skip
_KEPT_WHOLE = (
    "统一战线", "统战工作", "民营经济", "工作总结", "情况报告", "统战部", "工作部", "委员会",
    "商会", "街道", "区委", "市委", "镇委", "委统战部", "关于", "总结", "报告", "通知", "情况",
    "工作", "以及", "年上半年", "年下半年", "季度", "年度", "上海市", "全区", "意见", "方案",
    "贯彻", "落实", "推进", "加强", "开展", "同心", "社会", "青浦区", "发展", "建设", "活动",
    "新时代", "凝心聚力", "专题", "阶段",
)  # fmt: skip
_YEAR = re.compile(r"\d{4}年")
_NEVER_FIRST = "、，。；：！？》”）〉］〕…—·的和与及"
_NEVER_LAST = "《“（〈［〔"


def title_lines(title: str) -> tuple[str, ...]:
    """Break a title; "\\n" in it is an order of the office and is obeyed.

    A title no set of four lines can hold is given whole: the word processor wraps it.
    """
    ordered = tuple(line for part in title.strip().split("\n") if (line := clean_line(part)))
    if len(ordered) > 1 or not ordered:
        return ordered
    whole = ordered[0]
    if not LINE_WIDTH < display_width(whole) <= LINE_WIDTH * MOST_LINES:
        return (whole,)
    for count in range(2, MOST_LINES + 1):
        best = _best_lines(whole, count)
        if best:
            return best
    return (whole,)


def _best_lines(title: str, count: int) -> tuple[str, ...]:
    reach = [0.0, *accumulate(display_width(char) for char in title)]
    joints = {
        place: _joint_cost(title, place)
        for place in range(2, len(title) - 1)
        if _may_break(title, place)
    }
    best: tuple[str, ...] = ()
    lowest = float("inf")
    for places in combinations(joints, count - 1):
        ends = (0, *places, len(title))
        widths = [reach[end] - reach[start] for start, end in pairwise(ends)]
        if max(widths) > LINE_WIDTH:
            continue
        cost = _shape_cost(widths) + sum(joints[place] for place in places)
        if cost < lowest:
            lowest, best = cost, tuple(title[start:end].strip() for start, end in pairwise(ends))
    return best


def _may_break(title: str, place: int) -> bool:
    before, after = title[place - 1], title[place]
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return not (before.isascii() and after.isascii() and before.isalnum() and after.isalnum())


def _joint_cost(title: str, place: int) -> float:
    """How badly a break reads: 0 at a joint of the sentence, much inside a word."""
    if _is_inside_word(title, place):
        return 20
    ends = title[:place].endswith(_ENDS_WELL)
    starts = title[place:].startswith(_STARTS_WELL) or bool(_YEAR.match(title, place))
    if title[:place].endswith("关于"):
        return 4  # 关于 belongs to what it is about
    return 0 if ends and starts else 2 if starts else 4 if ends else 12


def _is_inside_word(title: str, place: int) -> bool:
    spans = (
        (start, start + len(word))
        for word in _KEPT_WHOLE
        for start in range(max(0, place - len(word) + 1), place)
        if title.startswith(word, start)
    )
    number_and_unit = title[place - 1].isdigit() and title[place] in "年月日期个届次"
    return number_and_unit or any(start < place < end for start, end in spans)


def _shape_cost(widths: list[float]) -> float:
    """How far the lines are from a trapezium or a diamond; a rectangle or an hourglass is worst."""
    steps = [later - earlier for earlier, later in pairwise(widths)]
    hourglass = any(first < 0 < second for first, second in pairwise(steps))
    rectangle = all(abs(step) < 1 for step in steps)
    spread = max(widths) - min(widths)
    return (15 if hourglass else 0) + (5 if rectangle else 0) + max(0.0, spread - 4)
