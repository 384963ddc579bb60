"""What an awkward sheet is, and the invented names, codes and people they are filled with."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from core import credit_code

Value = str | list[str]

HEADS = (
    "上海青禾",
    "上海虹嘉",
    "上海泽川",
    "上海叙南",
    "上海坚远",
    "上海北青",
    "上海汇丰源",
    "上海纪鹤",
)
TRADES = ("物流", "新材料", "精密机械", "建设工程", "智能科技", "生态农业")
PEOPLE = ("示例甲", "示例乙", "示例丙", "示例丁", "示例戊", "示例己", "示例庚", "示例辛")


@dataclass(frozen=True)
class Truth:
    """A table as a careful clerk reads it: values by row, and the cells to speak about."""

    rows: Mapping[int, Mapping[str, Value]]
    header_row: int
    sheet: str = ""
    plan: str = "members"
    left_out: Sequence[str] = ()
    problems: frozenset[tuple[int, str]] = frozenset()


@dataclass(frozen=True)
class Awkward:
    """A file that is hard to read, and its truth."""

    name: str
    file_name: str
    content: bytes
    truths: Sequence[Truth]
    plan: str | None = None
    towns: Sequence[str] = field(default_factory=tuple)


BUILDERS: list[Callable[[], Awkward]] = []


def awkward(build: Callable[[], Awkward]) -> Callable[[], Awkward]:
    """Register a builder of one awkward file."""
    BUILDERS.append(build)
    return build


def firm(number: int) -> str:
    """An invented enterprise."""
    head, trade = HEADS[number % len(HEADS)], TRADES[number % len(TRADES)]
    return f"{head}{'一二三四五六七八九十'[number % 10]}{trade}有限公司"


def code(number: int) -> str:
    """A credit code of this district that both check digits confirm."""
    chosen = random.Random(number)
    organisation = "MA" + "".join(chosen.choices(credit_code.ALPHABET, k=6))
    body = "91310118" + organisation + credit_code.organisation_check_digit(organisation)
    return body + credit_code.check_digit(body)


def person(number: int) -> str:
    """An invented contact."""
    return PEOPLE[number % len(PEOPLE)]


def phone(number: int) -> str:
    """An invented office phone."""
    return f"021-59{number * 7919 % 900000 + 100000}"
