"""Fields are known by the stems and endings of their headers, whatever the two make together."""

from itertools import product

import pytest

from imports.cleaning.values import Cell, words
from imports.reading.grid import Grid, Row
from imports.reading.table import Table, Wanted
from imports.reading.tables import find_tables
from imports.reading.vocabulary import PLANS
from tests.imports.samples.awkward import code, firm, person, phone

ROWS = range(4)
DAYS = words("2023-05-12 2022-11-03 2021-07-01 2020-09-15")
TOWNS = words("华新镇 白鹤镇 盈浦街道 夏阳街道")
BODIES = words("区工商联 区政府 市经信委 镇政府")
LISTS: dict[str, dict[str, tuple[str, list[Cell]]]] = {
    "members": {
        "name": ("企业名称", [firm(n) for n in ROWS]),
        "credit_code": ("统一社会信用代码", [code(n) for n in ROWS]),
        "position": ("商会职务", [*words("会长 副会长 理事 会员")]),
        "contact": ("联系人", [person(n) for n in ROWS]),
        "phone": ("联系电话", [phone(n) for n in ROWS]),
        "joined_on": ("入会时间", [*DAYS]),
        "town": ("街镇", [*TOWNS]),
    },
    "activities": {
        "title": ("活动名称", [*words("主题宣讲 法律讲座 端午慰问 新春团拜会")]),
        "start": ("活动时间", [*DAYS]),
        "venue": ("活动地点", [*words("同心书房 统战之家 侨胞驿站 民企会客厅")]),
        "hosts": ("主办单位", [*BODIES]),
        "headcount": ("参加人数", [30, 45, 60, 120]),
    },
    "venues": {
        "name": ("阵地名称", [*words("同心书房 统战之家 侨胞驿站 民企会客厅")]),
        "area_m2": ("面积（㎡）", [120, 80, 300, 45]),
        "address": ("地址", [*words("公园路100号 城中东路485号 青湖路20号 华腾路1288号")]),
        "opened_on": ("建成时间", [*DAYS]),
        "manager": ("负责人", [person(n) for n in ROWS]),
    },
    "posts": {
        "town": ("街镇", [*TOWNS]),
        "village": ("村居", [*words("杨家庄村 淮海村 青平社区 秀泉村")]),
        "post": ("职务", [*words("统战干事 联络员 统战委员 联络员")]),
        "holder": ("姓名", [person(n) for n in ROWS]),
        "since": ("任职时间", [*DAYS]),
    },
    "honours": {
        "holder": ("获奖单位", [firm(n) for n in ROWS]),
        "title": ("荣誉名称", [*words("先进民营企业 优秀组织奖 专精特新企业 四好商会")]),
        "level": ("荣誉级别", [*words("区级 市级 市级 镇级")]),
        "issuer": ("颁发单位", [*BODIES]),
        "awarded_on": ("获奖时间", [*DAYS]),
    },
}
STEMS = (
    ("members", "contact", "联系 联络 对接 经办 通联 会务联系", "人 员 人员 者 人姓名"),
    ("members", "phone", "联系 移动 单位 值班 联络", "电话 号码 方式 话机"),
    ("members", "joined_on", "入会 加入 吸收 吸纳 会籍起始", "时间 日期 年月 年份 日"),
    ("members", "town", "所属 归属 隶属 管辖", "镇 街道 板块 镇办 街镇"),
    ("activities", "title", "节庆 拟办 赛事 课程 会议 什么", "名称 活动 项目 题目"),
    ("activities", "start", "举办 拟办 开讲 发生 走访", "时间 日期 时段 时点 月份"),
    ("activities", "venue", "举办 集中 现场 组织 走访", "地点 会场 点位 位置"),
    ("activities", "hosts", "主办 牵头 召集 发起", "单位 部门 处室 商会"),
    ("activities", "headcount", "实到 与会 签到 参训", "人数 人次 人员数"),
    ("venues", "name", "设施 之家 会客厅 工坊 打卡点", "名称 全称"),
    ("venues", "area_m2", "场馆 用房 室内 活动", "平方米 面积 面积/㎡"),
    ("venues", "opened_on", "开馆 投用 揭幕 建站", "时间 日期 年月"),
    ("venues", "manager", "运营 值守 维护 专管", "人 员 人员"),
    ("posts", "holder", "同志 人选 骨干 信息员", "姓名 名单 名字"),
    ("posts", "post", "统战 现任 所任", "职责 角色 职位 分工"),
    ("posts", "since", "接任 履职 任免 选任", "时间 日期 起始日"),
    ("honours", "holder", "获颁 上榜 命名 得奖", "单位 企业"),
    ("honours", "title", "认定 殊荣 颁发 奖牌", "名称 名目"),
    ("honours", "level", "荣誉 授予 颁奖", "层次 层面 级"),
    ("honours", "issuer", "颁授 公布 评奖 出具", "单位 机关 部门"),
    ("honours", "awarded_on", "得奖 批准 入选 印发", "时间 年月 日"),
)


@pytest.mark.parametrize(
    ("plan", "field", "stems", "endings"), STEMS, ids=lambda part: part if part.isascii() else ""
)
def test_every_stem_with_every_ending_names_the_field(
    plan: str, field: str, stems: str, endings: str
) -> None:
    headers = [a + b for a, b in product(words(stems), words(endings))]
    assert [header for header in headers if not _is_read(plan, field, header)] == []


def _is_read(plan: str, field: str, header: str) -> bool:
    """Whether the list is read as ever with this one header in its place."""
    found = _tables(plan, field, header)
    wanted = {name: place for place, name in enumerate(LISTS[plan])}
    return [(t.plan, t.fields, len(t.rows)) for t in found] == [(plan, wanted, len(ROWS))]


def _tables(plan: str, field: str, header: str) -> list[Table]:
    columns = LISTS[plan]
    rows: list[Row] = [[header if name == field else columns[name][0] for name in columns]]
    rows += [[values[n] for _, values in columns.values()] for n in ROWS]
    return find_tables(Grid("Sheet1", rows), Wanted(tuple(PLANS.values())))
