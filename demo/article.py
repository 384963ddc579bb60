"""The facts of the press article of 27 May 2024 that the demo district reproduces, as they stand.

What the article does not say is invented and marked 示例; see demo/invented.py.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

ARTICLE_DAY = date(2024, 5, 27)

ZHAOXIANG, XUJING, HUAXIN = "310118105", "310118106", "310118107"

# 华新镇: 154 member enterprises, 34 of them 理事以上 (the posts add up to 34).
HUAXIN_CHAMBER = "华新镇商会"
HUAXIN_MEMBERS = 154
HUAXIN_COUNCIL = {
    "president": 1,
    "executive_president": 1,
    "standing_vice_president": 3,
    "vice_president": 9,
    "standing_councillor": 6,
    "councillor": 14,
}
HUAXIN_INDUSTRIES = ("快递物流", "高端制造", "高新科技", "建筑", "农产品", "园区招商平台")


class HonourFact(NamedTuple):
    title: str
    level: str
    issuer: str
    awarded_on: date
    valid_until: date | None


# Eight honours at national, municipal and district level; the first two are named by the article,
# the days are not.
HUAXIN_HONOURS = (
    HonourFact("全国“四好”商会", "national", "全国工商联", date(2023, 1, 10), date(2025, 1, 9)),
    HonourFact("上海市光彩事业组织奖", "municipal", "上海市光彩事业促进会", date(2022, 9, 1), None),
    HonourFact("市级荣誉甲（示例）", "municipal", "示例单位", date(2021, 11, 1), None),
    HonourFact("市级荣誉乙（示例）", "municipal", "示例单位", date(2023, 12, 1), None),
    HonourFact("区级荣誉甲（示例）", "district", "示例单位", date(2020, 12, 1), None),
    HonourFact("区级荣誉乙（示例）", "district", "示例单位", date(2021, 12, 1), None),
    HonourFact("区级荣誉丙（示例）", "district", "示例单位", date(2022, 12, 1), None),
    HonourFact("区级荣誉丁（示例）", "district", "示例单位", date(2023, 12, 1), None),
)

HOME_FUNCTIONS = ("联络感情", "文化交流", "维护权益", "发展谋划")
HOME_ZONES = (
    ("商会成果展示", "商会成立以来的发展历程、荣誉、活动滚动图文和会员企业“千百十”格局。"),
    ("商会综合办公", "商会日常办公和会员接待。"),
    (
        "商会以商引商服务",
        "入口墙展示投资优势、最新产业政策和在谈项目；讲解人才落户、购房补贴、人才服务等政策。",
    ),
)
HOME_NEIGHBOURS = ("上海华民经济城开发有限公司", "华新市场监督管理所")
HOME_AREA_M2 = 650

E_PARK = "幸福·新e园"
# The article says "more than 60 so far this year"; the invented programme reaches 63 that day.
E_PARK_ACTIVITIES = 63

COMPLEX = "同心巷聚"
COMPLEX_FUNCTIONS = ("招商", "文体", "生活", "健康")
COMPLEX_PARTS = ("同心巷聚统战文化公园", "同心家园")
# The pocket park lies in 金葫芦一居, in the list: 金葫芦社区居委会.
COMPLEX_PARK_VILLAGE = "310118105004"
ZHAOXIANG_VILLAGES = 40

XUJING_STREET = "蟠龙统战文化街区"


class VenueFact(NamedTuple):
    town: str
    name: str
    kind: str
    functions: tuple[str, ...] = ()
    introduction: str = ""


VENUES = (
    VenueFact(
        HUAXIN,
        "华新镇商会之家",
        "chamber_home",
        HOME_FUNCTIONS,
        "与上海华民经济城开发有限公司、华新市场监督管理所同楼办公，会员办事、议事、引商在一处完成。",
    ),
    VenueFact(
        HUAXIN,
        E_PARK,
        "new_stratum",
        ("联谊交流", "文化活动", "志愿服务"),
        "阵地清单、项目清单、资源清单三单合一，工作项目化、项目责任制、责任闭环化。",
    ),
    VenueFact(
        ZHAOXIANG,
        COMPLEX,
        "complex",
        COMPLEX_FUNCTIONS,
        "集招商、文体、生活、健康功能的统战综合体。",
    ),
    VenueFact(XUJING, XUJING_STREET, "park", ("文化交流", "国际融合")),
)

# town, field, brand
BRANDS = (
    (ZHAOXIANG, "文化", COMPLEX),
    (ZHAOXIANG, "新阶层", "同心家园"),
    (HUAXIN, "民营经济", "华新商会之家"),
    (HUAXIN, "新阶层", E_PARK),
    (XUJING, "民营经济", "联采项目"),
    (XUJING, "文化", "蟠龙街区"),
    (XUJING, "公益", "同心筑梦"),
)
FIELDS = ("民营经济", "新阶层", "文化", "公益", "乡村振兴")
