"""The roster that is imported: invented firms with valid codes, as an office would send them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from core.credit_code import check_digit, organisation_check_digit

HEADERS = (
    "序号",
    "企业名称",
    "统一社会信用代码",
    "商会职务",
    "联系人",
    "联系电话",
    "所属行业",
    "入会时间",
    "注册资本（万元）",
    "职工人数",
    "企业地址",
)
TITLE_ROWS = 2
CHARACTERS = "安邦昌达恩丰光恒汇嘉金康隆明宁鹏启荣盛泰"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
TRADES = ("机械制造", "物流", "电子科技", "建筑装饰", "餐饮管理", "供应链", "生物医药", "纺织品")
POSITIONS = ("会员", "会员", "会员", "理事", "会员", "会员", "常务理事", "副会长")
FIRST_DAY = date(2012, 1, 5)


def write_roster(path: Path, rows: int, first: int = 0) -> None:
    """An .xlsx with a title, a line of instructions, the header and as many members."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("会员名册")
        sheet.write_string(0, 0, "某镇商会会员名册")
        sheet.write_string(1, 0, "填表说明：请如实填写，信用代码为18位。")
        sheet.write_row(TITLE_ROWS, 0, HEADERS)
        for number, member in enumerate(members(rows, first), start=1):
            sheet.write_row(TITLE_ROWS + number, 0, [number, *member])


def members(rows: int, first: int = 0) -> Iterator[list[str | int]]:
    """The cells of each member, without its running number."""
    for number in range(first, first + rows):
        trade = TRADES[number % len(TRADES)]
        joined = FIRST_DAY + timedelta(days=number * 7 % 4_000)
        yield [
            f"上海{_word(number)}{trade}有限公司",
            credit_code(number),
            POSITIONS[number % len(POSITIONS)],
            f"{SURNAMES[number % len(SURNAMES)]}{CHARACTERS[number // 16 % len(CHARACTERS)]}",
            f"021-{59_000_000 + number % 900_000}",
            trade,
            f"{joined:%Y-%m-%d}"
            if number % 3
            else f"{joined.year}年{joined.month}月{joined.day}日",
            50 + number % 9_000,
            number % 500,
            f"上海市青浦区示例路{number % 2_000 + 1}号{number % 31 + 1}室",
        ]


def credit_code(number: int) -> str:
    """A code of 18 characters whose two check digits are right."""
    organisation = f"{10_000_000 + number:08d}"
    code = f"91310118{organisation}{organisation_check_digit(organisation)}"
    return code + check_digit(code)


def _word(number: int) -> str:
    """Four characters that no other number has."""
    size, word = len(CHARACTERS), ""
    for _place in range(4):
        number, place = divmod(number, size)
        word += CHARACTERS[place]
    return word
