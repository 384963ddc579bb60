"""Invented organisations and work contacts: each says 示例, each credit code is valid."""

from __future__ import annotations

import random
from typing import NamedTuple

from core.credit_code import check_digit, organisation_check_digit

FIRST = (
    *("青禾", "汇丰源", "虹嘉", "泽川", "叙南", "坚远", "北青", "纪鹤", "新谊"),
    *("凤溪", "申桥", "嘉松", "华淀", "徐盈", "淀山", "朱溪", "练水", "白鹤江"),
)
TRADES = {
    "快递物流": ("G", ("物流", "供应链管理", "快运")),
    "高端制造": ("C", ("精密机械", "智能装备", "汽车部件")),
    "高新科技": ("I", ("智能科技", "软件", "数据技术")),
    "建筑": ("E", ("建设工程", "市政工程", "装饰工程")),
    "农产品": ("A", ("生态农业", "果蔬专业")),
    "园区招商平台": ("L", ("园区管理", "经济城开发")),
    "跨境电商": ("F", ("跨境电商", "国际贸易")),
    "新材料": ("C", ("新材料", "包装材料")),
}
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class EnterpriseFact(NamedTuple):
    name: str
    credit_code: str
    tag: str
    industry: str
    contact: str
    phone: str
    address: str
    capital_wan: int
    staff_count: int


class Inventor:
    """Invents the same things for the same seed: the demo district is reproducible."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)  # noqa: S311 - nothing secret is invented
        self.number = 0

    def enterprise(self, town: str, tag: str) -> EnterpriseFact:
        """An enterprise of a trade in a town, with a valid code of the division 310118."""
        self.number += 1
        industry, businesses = TRADES[tag]
        pick = self.random
        return EnterpriseFact(
            name=f"上海{pick.choice(FIRST)}示例{self.number}{pick.choice(businesses)}有限公司",
            credit_code=self.credit_code(),
            tag=tag,
            industry=industry,
            contact=self.contact(),
            phone=self.phone(),
            address=f"上海市青浦区{town}示例路{pick.randint(1, 1999)}号",
            capital_wan=pick.choice((50, 100, 200, 500, 1000, 2000, 5000)),
            staff_count=pick.choice((6, 12, 25, 48, 90, 160, 320)),
        )

    def credit_code(self) -> str:
        return self._code_of("MA" + "".join(self.random.choices(LETTERS, k=6)))

    def numbered_credit_code(self, number: int) -> str:
        """A code that no other number gives: among many thousands, chance would repeat itself."""
        digits = ""
        for _place in range(6):
            number, digit = divmod(number, len(LETTERS))
            digits = LETTERS[digit] + digits
        return self._code_of("MB" + digits)

    @staticmethod
    def _code_of(organisation: str) -> str:
        body = "91310118" + organisation + organisation_check_digit(organisation)
        return body + check_digit(body)

    def contact(self) -> str:
        return "示例" + self.random.choice("甲乙丙丁戊己庚辛壬癸")

    def phone(self) -> str:
        return f"021-59{self.random.randint(0, 999_999):06d}"
