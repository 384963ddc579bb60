"""The fields a member list fills: how the clean text of a cell becomes the model's value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.db import models

from chambers.models import Enterprise, Membership, Position
from imports.plans.rows import Problem, SheetRow, error, warning
from imports.understanding.said import said as _

# The words of the sheet, which stay Chinese in every language of the pages.
POSITION_WORDS = {
    "会长": Position.PRESIDENT,
    "执行会长": Position.EXECUTIVE_PRESIDENT,
    "常务副会长": Position.STANDING_VICE_PRESIDENT,
    "监事长": Position.CHIEF_SUPERVISOR,
    "副会长": Position.VICE_PRESIDENT,
    "常务理事": Position.STANDING_COUNCILLOR,
    "理事": Position.COUNCILLOR,
    "监事": Position.SUPERVISOR,
    "秘书长": Position.SECRETARY_GENERAL,
    "会员": Position.MEMBER,
}
POSITION_LABELS = {position.value: words for words, position in POSITION_WORDS.items()}

LARGEST_COUNT = 2**31 - 1  # what the database's integer holds
LARGEST_AMOUNT = Decimal(10**12)  # 12 digits before the point, 4 behind it
TO_THE_YUAN = Decimal("0.0001")


class Unfit(Exception):
    """A value its field can't take; the words say why and what to write instead."""


def _position(text: str) -> str:
    if text not in POSITION_WORDS:
        words = _("“%(text)s”不在职务名单里，请改成会长、副会长、理事、会员等。")
        raise Unfit(words % {"text": _cut(text)})
    return POSITION_WORDS[text].value


def read_amount(text: str) -> Decimal:
    try:
        amount = Decimal(text).quantize(TO_THE_YUAN)
    except InvalidOperation as unclear:
        raise Unfit(_("“%(text)s”不是数，请写成数字。") % {"text": _cut(text)}) from unclear
    if not (amount.is_finite() and 0 <= amount < LARGEST_AMOUNT):
        raise Unfit(_("“%(text)s”不在合理的范围内，请核对。") % {"text": _cut(text)})
    return amount


def read_count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise Unfit(_("“%(text)s”不是整数，请写成数字。") % {"text": _cut(text)})
    if len(text) > 12 or int(text) > LARGEST_COUNT:
        raise Unfit(_("“%(text)s”不在合理的范围内，请核对。") % {"text": _cut(text)})
    return int(text)


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as unclear:
        words = _("“%(text)s”不是完整的日期，请写成 2024-05-28 这样。")
        raise Unfit(words % {"text": _cut(text)}) from unclear


def _code(text: str) -> str:
    if not (len(text) == 18 and text.isascii() and text.isalnum()):
        raise Unfit(_("信用代码“%(text)s”不是18位字母和数字，请核对。") % {"text": _cut(text)})
    return text


def _cut(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"


@dataclass(frozen=True)
class Target:
    """A field of the sheet and the field of the model it fills; ``parse`` reads the clean text.

    ``labels`` are the words of a choice, by its stored value. What a field without ``needed`` can't
    hold for its length is left out with a warning: a long business scope must not keep an
    enterprise out.
    """

    name: str
    model: type[models.Model]
    attribute: str
    parse: Callable[[str], Any] = str
    needed: bool = False
    labels: Mapping[str, str] | None = None

    @cached_property
    def limit(self) -> int:
        """The longest text the field holds; 0 when it holds no text."""
        return getattr(self._field, "max_length", None) or 0

    @property
    def title(self) -> str:
        """What the field is called, in the reader's language."""
        return str(getattr(self._field, "verbose_name", self.attribute))

    @property
    def _field(self) -> object:
        return self.model._meta.get_field(self.attribute)

    def read(self, text: str) -> Any:
        """The value for the model. Raises Unfit."""
        if self.parse is str and len(text) > self.limit:
            words = (
                _("%(title)s超过%(limit)s个字（现有%(length)s个），请删短。")
                if self.needed
                else _("%(title)s超过%(limit)s个字（现有%(length)s个），这一格没有采用。")
            )
            raise Unfit(words % {"title": self.title, "limit": self.limit, "length": len(text)})
        return self.parse(text)

    def show(self, value: Any) -> str:
        """A stored value as the sheet would write it."""
        if value is None or value == "":
            return ""
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        if isinstance(value, list):
            return "、".join(map(str, value))
        if isinstance(value, bool):
            return "是" if value else "否"
        return self.labels.get(str(value), "") if self.labels else str(value)


ENTERPRISE = (
    Target("name", Enterprise, "name", needed=True),
    Target("credit_code", Enterprise, "credit_code", _code, needed=True),
    Target("contact", Enterprise, "contact"),
    Target("phone", Enterprise, "phone"),
    Target("address", Enterprise, "address"),
    Target("industry", Enterprise, "industry_tag"),
    Target("capital_wan", Enterprise, "capital_wan", read_amount, needed=True),
    Target("staff_count", Enterprise, "staff_count", read_count, needed=True),
    Target("founded_on", Enterprise, "founded_on", read_day, needed=True),
    Target("note", Enterprise, "note"),
)
MEMBERSHIP = (
    Target("position", Membership, "position", _position, needed=True, labels=POSITION_LABELS),
    Target("joined_on", Membership, "joined_on", read_day, needed=True),
)
TARGETS = ENTERPRISE + MEMBERSHIP
# What a row may say and the plan makes something of; other columns are named and left out.
FIELDS = (*(target.name for target in TARGETS), "town")


def read_row(
    row: SheetRow, targets: Iterable[Target] = TARGETS
) -> tuple[dict[str, Any], list[Problem]]:
    """What a row says, parsed, by field; and what its fields can't take."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for target in targets:
        if not (text := row.text(target.name)):
            continue
        try:
            values[target.name] = target.read(text)
        except Unfit as unfit:
            problems.append((error if target.needed else warning)(target.name, str(unfit)))
    return values, problems


def attributes(values: dict[str, Any], targets: Iterable[Target]) -> Iterator[tuple[str, Any]]:
    """The parsed values under the names of the model's fields."""
    for target in targets:
        if target.name in values:
            yield target.attribute, values[target.name]


def is_less_exact(row: SheetRow, name: str, old: Any, new: Any) -> bool:
    """Whether the sheet gives only the month or year of the day that is known here."""
    if not (isinstance(old, date) and isinstance(new, date)):
        return False
    said = {problem.get("code") for problem in row.problems if problem["field"] == name}
    if "month_missing" in said:
        return old.year == new.year
    return "day_missing" in said and (old.year, old.month) == (new.year, new.month)
