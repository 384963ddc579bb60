"""Lists of the other plans invented by chance, each with its truth: any words, order and titles."""

import random
from collections.abc import Callable, Mapping

from imports.cleaning.values import Cell, words
from imports.reading.grid import Grid, Row
from tests.imports.samples.awkward import firm, phone
from tests.imports.samples.random_rosters import Roster

_SHARED = {"town": words("街镇 所属街镇"), "phone": words("联系电话 电话 办公电话")}
HEADERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "venues": {
        "name": words("阵地名称 场所名称 阵地"),
        "kind": words("阵地类型 类型 类别"),
        "area_m2": words("面积 建筑面积（㎡） 面积(平方米)"),
        "address": words("地址 详细地址 坐落"),
        "opened_on": words("启用时间 建成时间 挂牌时间"),
        "manager": words("责任人 负责人 联系人"),
        "opening_hours": ("开放时间",),
        **_SHARED,
    },
    "activities": {
        "title": words("活动名称 活动主题 主题"),
        "start": words("活动时间 时间 日期 举办时间"),
        "venue": words("活动地点 地点"),
        "hosts": words("主办单位 主办"),
        "headcount": words("参加人数 人数 参与人次"),
        "summary": words("主要内容 活动成效"),
        "kind": words("活动类型 类别"),
        "town": _SHARED["town"],
    },
    "posts": {
        "village": words("村居 村居名称 所属村居"),
        "post": words("职务 岗位 统战职务"),
        "holder": words("姓名 人员姓名"),
        "since": words("任职时间 任职日期"),
        "full_time": words("专/兼职 是否专职"),
        **_SHARED,
    },
    "honours": {
        "title": words("荣誉名称 荣誉称号 奖项名称"),
        "holder": words("获奖单位 获得单位 单位名称"),
        "level": words("级别 荣誉级别"),
        "issuer": words("颁发单位 授予单位 颁奖部门"),
        "awarded_on": words("获得时间 授予时间 获奖时间"),
        "valid_until": ("有效期至",),
    },
}
_NEEDED = {
    "venues": (["name", "area_m2"], ["name", "address", "kind"]),
    "activities": (["title", "start"], ["title", "venue", "headcount"]),
    "posts": (["village", "post", "holder"], ["town", "village", "holder"]),
    "honours": (["title", "holder", "level"], ["title", "issuer", "awarded_on", "holder"]),
}
_VALUES: Mapping[str, Callable[[int], Cell]] = {
    "name": lambda n: words("华新镇商会之家 同心家园 新e园 同心巷聚 商会驿站")[n % 5] + str(n),
    "venues.kind": lambda n: words("商会之家 同心家园 工作站")[n % 3],
    "activities.kind": lambda n: words("培训 联谊 走访")[n % 3],
    "area_m2": lambda n: 100 + n * 7,
    "address": lambda n: f"华腾路{n + 1}号",
    "opened_on": lambda n: f"202{n % 4}年{n % 12 + 1}月",
    "manager": lambda n: "王李张刘陈"[n % 5] + "小明",
    "phone": phone,
    "opening_hours": lambda n: "9:00-17:00" if n % 2 else "全天",
    "town": lambda n: words("华新镇 赵巷镇 徐泾镇")[n % 3],
    "activities.title": lambda n: words("政策宣讲会 银企对接 读书会")[n % 3] + f"第{n}期",
    "start": lambda n: f"2024-0{n % 9 + 1}-1{n % 9}",
    "venue": lambda n: words("华新文体中心 商会之家 镇政府三楼")[n % 3],
    "hosts": lambda n: words("华新镇商会 镇统战办")[n % 2],
    "headcount": lambda n: 20 + n * 3,
    "summary": lambda n: f"解读政策、听取意见，收集诉求{n}条。",
    "village": lambda n: words("叙南村 华益村 新凤居委")[n % 3],
    "post": lambda n: words("统战干事 联络员")[n % 2],
    "posts.holder": lambda n: "王李张刘陈"[n % 5] + "小红",
    "since": lambda n: f"202{n % 4}.{n % 9 + 1}",
    "full_time": lambda n: "是否"[n % 2],
    "honours.title": lambda n: words("四好商会 文明单位 先进集体")[n % 3],
    "honours.holder": firm,
    "level": lambda n: words("国家级 市级 区级")[n % 3],
    "issuer": lambda n: words("上海市工商联 青浦区委")[n % 2],
    "awarded_on": lambda n: f"202{n % 4}-05-01",
    "valid_until": lambda n: f"202{6 + n % 3}-12-31",
}


def invent_list(seed: int) -> tuple[str, Roster]:
    """The plan and the list of a seed."""
    chosen = random.Random(seed)
    plan = chosen.choice([*HEADERS])
    fields = list(chosen.choice(_NEEDED[plan]))
    others = [name for name in HEADERS[plan] if name not in fields]
    fields += chosen.sample(others, chosen.randint(0, len(others)))
    chosen.shuffle(fields)
    titles = words("附件1 华新镇统战工作清单 （2024年5月）")
    rows: list[Row] = [[title] for title in chosen.sample(titles, chosen.randint(0, 2))]
    header: Row = [chosen.choice(HEADERS[plan][name]) for name in fields]
    numbered = chosen.random() < 0.7
    rows.append(["序号", *header] if numbered else header)
    roster = Roster(Grid("Sheet1", rows), len(rows))
    for number in range(chosen.randint(2, 9)):
        values = [_value(plan, name, number) for name in fields]
        rows.append([number + 1, *values] if numbered else values)
        roster.records.append(len(rows))
    if chosen.random() < 0.3:
        rows.append(["填表人：示例甲"])
    roster.places = {name: place + numbered for place, name in enumerate(fields)}
    return plan, roster


def _value(plan: str, name: str, number: int) -> Cell:
    value = _VALUES.get(f"{plan}.{name}") or _VALUES[name]
    return value(number)
