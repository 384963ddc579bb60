"""Member rosters invented by chance, each with its truth: any header words, order and clutter."""

import random
from dataclasses import dataclass, field

from imports.cleaning.values import Cell, words
from imports.reading.grid import Grid, Merge, Row
from tests.imports.samples.awkward import code, firm, person, phone

HEADERS = {
    "name": words("企业名称 单位名称 公司名称 公司名 会员单位 会员企业 机构名称 供应商名称 名称"),
    "credit_code": words(
        "统一社会信用代码 社会信用代码 统一信用代码 信用代码 税号 纳税人识别号 UNISCID"
    ),
    "contact": words("联系人 联络人 联系人姓名 对接人"),
    "legal_representative": words("法定代表人 法人代表 法人"),
    "phone": words("联系电话 电话 联系方式 手机 移动电话 办公电话"),
    "position": words("商会职务 职务 会内职务 担任职务 商会任职"),
    "address": words("地址 注册地址 经营地址 经营场所 通讯地址 单位地址 企业地址"),
    "town": words("街镇 所属街镇 镇街 所在街道 所在区域 片区"),
    "industry": words("行业 所属行业 主营业务 主要产品 产业类别 经营范围"),
    "joined_on": words("入会时间 入会日期 加入时间"),
    "founded_on": words("成立日期 成立时间 注册日期"),
    "capital_wan": words("注册资本 注册资金 注册资本(万元)"),
    "staff_count": words("从业人数 职工人数 员工人数"),
}
PERSONAL = words("民族 宗教信仰 政治面貌 党派 身份证号 家庭住址 籍贯")
OTHERS = words("邮箱 企业性质 是否规上 网址 传真 登记状态 企业类型 证书编号 区县 实缴资本 备注")
TITLES = words(
    "华新镇商会会员企业名册 附件1 填报单位：华新镇商会 （2024年5月） 2023年度会员单位一览表"
)
FOOTERS = words("合计 总计：9家 填表人：示例甲 注：以上信息由企业提供 2024年5月20日 （盖章）")


@dataclass
class Roster:
    """A sheet and its truth: where each field stands, which rows are records."""

    grid: Grid
    header_row: int = 0
    places: dict[str, int] = field(default_factory=dict)
    records: list[int] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)


def invent(seed: int) -> Roster:
    """The roster of a seed."""
    chosen = random.Random(seed)
    columns = _columns(chosen)
    left = chosen.choice([0, 0, 0, 1, 2])
    roster = Roster(Grid("名册", []))
    roster.places = {f: left + i for i, (f, _) in enumerate(columns) if f in HEADERS}
    roster.personal = [header for kind, header in columns if kind == "personal"]
    rows, merges = roster.grid.rows, roster.grid.merges
    blank: Row = [""] * left
    for title in chosen.choices(TITLES, k=chosen.choice([0, 0, 1, 2, 3])):
        rows.append([*blank, title])
        if chosen.random() < 0.6:
            merges.append(_across(len(rows) - 1, left, len(columns)))
    rows.append([*blank, *(_decorated(chosen, header) for _, header in columns)])
    roster.header_row = len(rows)
    for number in range(1, chosen.randint(3, 15)):
        if chosen.random() < 0.06:
            rows.append(chosen.choice([[], [*blank, "快递物流（6家）"]]))
        rows.append([*blank, *(_cell(chosen, kind, number) for kind, _ in columns)])
        roster.records.append(len(rows))
    rows.extend([*blank, footer] for footer in chosen.sample(FOOTERS, chosen.randint(0, 2)))
    return roster


def _columns(chosen: random.Random) -> list[tuple[str, str]]:
    fields = ["name", *chosen.sample(list(HEADERS)[1:], chosen.randint(1, 7))]
    chosen.shuffle(fields)
    columns = [(name, chosen.choice(HEADERS[name])) for name in fields]
    for header in chosen.sample(PERSONAL, chosen.choice([0, 0, 1, 2])):
        columns.insert(chosen.randint(0, len(columns)), ("personal", header))
    for header in chosen.sample(OTHERS, chosen.choice([0, 0, 1, 2])):
        columns.insert(chosen.randint(0, len(columns)), ("other", header))
    return [("number", "序号"), *columns] if chosen.random() < 0.6 else columns


def _across(row: int, left: int, width: int) -> Merge:
    return row, left, row, left + width - 1


def _decorated(chosen: random.Random, header: str) -> str:
    middle = len(header) // 2
    broken = f"{header[:middle]}\n{header[middle:]}"
    return chosen.choice([header, header, header, f"{header}（必填）", f"*{header}", broken])


def _cell(chosen: random.Random, kind: str, number: int) -> Cell:
    if kind != "name" and kind in HEADERS and chosen.random() < 0.05:
        return chosen.choice(["", "-", "无"])
    values: dict[str, tuple[Cell, ...]] = {
        "number": (number,),
        "name": (firm(number), firm(number), firm(number), "老凤祥银楼", "青浦第一食品商店"),
        "credit_code": (code(number),),
        "contact": (person(number), "王小明", "张 三"),
        "legal_representative": (person(number), "欧阳修远"),
        "phone": (phone(number), 13800000000 + number),
        "position": ("会员", "理事", "副会长", "会员单位"),
        "address": (f"上海市青浦区华新镇示例路{number}号",),
        "town": ("华新镇", "徐泾镇", "夏阳街道"),
        "industry": ("快递物流", "高端制造", "软件开发、技术服务"),
        "joined_on": ("2021年3月1日", "2021-03-01", 44256),
        "founded_on": ("2011.3.1", "2011-03-01"),
        "capital_wan": (100, 500, "1000"),
        "staff_count": (number + 2,),
        "personal": ("示例", "汉族", "群众"),
        "other": ("", "是", "正常"),
    }
    return chosen.choice(values[kind])
