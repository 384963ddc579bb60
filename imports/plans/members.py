"""Member lists of a chamber: enterprises and their memberships."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from chambers.models import Chamber, Enterprise, Membership, Position
from core.normalise import name_key
from imports.plans.resources import EnterpriseResource, MembershipResource
from imports.plans.rows import CHANGED, NEW, PROBLEM, SAME, Comparison, SheetRow, error, warning
from towns.models import Town

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


@dataclass(frozen=True)
class Target:
    """A field of the sheet and the field of the model it fills; ``parse`` reads the clean text."""

    name: str
    attribute: str
    parse: Callable[[str], Any] = str


ENTERPRISE = (
    Target("contact", "contact"),
    Target("phone", "phone"),
    Target("address", "address"),
    Target("industry", "industry_tag"),
    Target("capital_wan", "capital_wan", Decimal),
    Target("staff_count", "staff_count", int),
    Target("founded_on", "founded_on", date.fromisoformat),
    Target("note", "note"),
)
MEMBERSHIP = (
    Target("position", "position", POSITION_WORDS.__getitem__),
    Target("joined_on", "joined_on", date.fromisoformat),
)


class MemberPlan:
    """Compares a roster with one chamber's members and writes what is new or different.

    An enterprise is found by its credit code, else by its name (NFKC, without spaces); a name that
    differs is told and kept as it is here. An empty cell changes nothing. ``lock`` holds the
    records until the end of the transaction, for committing.
    """

    key = "members"

    def __init__(self, chamber: Chamber, *, today: date, lock: bool = False) -> None:
        self.chamber = chamber
        self.today = today
        self.lock = lock

    def compare(self, rows: Sequence[SheetRow]) -> list[Comparison]:
        """A verdict for each row, in order, with three queries in all."""
        self._load(rows)
        repeated = self._repeated(rows)
        return [self._compare(row, repeated.get(row.position, [])) for row in rows]

    def records_of(self, one: Comparison) -> list[models.Model]:
        """The records a row was found to mean, as they are before writing."""
        enterprise = one.touched.get("enterprise", 0)
        known = (self.enterprises.get(enterprise), self.memberships.get(enterprise))
        return [record for record in known if record is not None]

    def absent(self, comparisons: Sequence[Comparison]) -> list[Membership]:
        """Present members of the chamber whom the list does not name."""
        named = {one.touched.get("enterprise") for one in comparisons}
        return [m for m in self.memberships.values() if m.enterprise_id not in named]

    def write(
        self, comparisons: Sequence[Comparison], tell: Callable[[int], None]
    ) -> Iterator[tuple[Comparison, models.Model, models.Model]]:
        """Write what is new or changed; yields each such row with its enterprise and membership.

        ``tell`` hears how many rows are written.
        """
        writing = [one for one in comparisons if one.writes]
        enterprises = EnterpriseResource(self.enterprises).write(
            self._enterprise(one) for one in writing
        )
        tell(len(writing) // 2)
        memberships = MembershipResource({m.pk: m for m in self.memberships.values()}).write(
            self._membership(one, enterprise.pk)
            for one, enterprise in zip(writing, enterprises, strict=True)
        )
        tell(len(writing))
        yield from zip(writing, enterprises, memberships, strict=True)

    def _load(self, rows: Sequence[SheetRow]) -> None:
        codes = {code for row in rows if (code := row.text("credit_code"))}
        names = {name_key(name) for row in rows if (name := row.text("name"))}
        found = Enterprise.objects.filter(
            models.Q(credit_code__in=codes) | models.Q(name_key__in=names)
        )
        present = Membership.objects.filter(chamber=self.chamber, left_on__isnull=True)
        if self.lock:
            found = found.select_for_update(no_key=True)
            present = present.select_for_update(no_key=True)
        self.enterprises = {enterprise.pk: enterprise for enterprise in found}
        self.by_code = {e.credit_code: e for e in self.enterprises.values() if e.credit_code}
        self.by_name: dict[str, list[Enterprise]] = defaultdict(list)
        for enterprise in self.enterprises.values():
            self.by_name[enterprise.name_key].append(enterprise)
        self.memberships = {membership.enterprise_id: membership for membership in present}
        self.towns = {name_key(town.name): town.pk for town in Town.objects.all()}

    @staticmethod
    def _repeated(rows: Sequence[SheetRow]) -> dict[int, list[int]]:
        """For each row that another repeats, by code or by name: the numbers of the others."""
        places: dict[tuple[str, str], list[SheetRow]] = defaultdict(list)
        for row in rows:
            if code := row.text("credit_code"):
                places["code", code].append(row)
            if name := row.text("name"):
                places["name", name_key(name)].append(row)
        repeated: dict[int, set[int]] = defaultdict(set)
        for (kind, _key), same in places.items():
            codes = {row.text("credit_code") for row in same}
            if len(same) > 1 and (kind == "code" or len(codes - {""}) < 2):
                for row in same:
                    repeated[row.position] |= {other.number for other in same if other != row}
        return {position: sorted(numbers) for position, numbers in repeated.items()}

    def _compare(self, row: SheetRow, repeated: list[int]) -> Comparison:
        if row.has_error or not row.text("name"):
            return Comparison(row, PROBLEM, problems=self._nameless(row))
        if repeated:
            others = "、".join(str(number) for number in repeated)
            words = _("与第%(rows)s行是同一家企业，请只留一行。") % {"rows": others}
            return Comparison(row, PROBLEM, problems=[error("name", words)])
        enterprise, problems = self._find(row)
        if any(problem["level"] == "error" for problem in problems):
            return Comparison(row, PROBLEM, problems=problems)
        if enterprise is None:
            return Comparison(row, NEW, problems=problems)
        return self._against(row, enterprise, problems)

    @staticmethod
    def _nameless(row: SheetRow) -> list[dict[str, str]]:
        return [] if row.text("name") else [error("name", _("没有企业名称，无法导入。"))]

    def _find(self, row: SheetRow) -> tuple[Enterprise | None, list[dict[str, str]]]:
        """The enterprise of the register this row means, and what there is to say about it."""
        code, name = row.text("credit_code"), row.text("name")
        if code and (known := self.by_code.get(code)):
            if known.name_key != name_key(name):
                words = _("该信用代码在系统中的名称是“%(name)s”，名称保持不变，请核对。")
                return known, [warning("name", words % {"name": known.name})]
            return known, []
        same_name = self.by_name.get(name_key(name), [])
        if len(same_name) > 1:
            return None, [error("name", _("系统中有多家同名企业，请补上信用代码。"))]
        if same_name and code and same_name[0].credit_code:
            words = _("系统中同名企业的信用代码是 %(code)s，请核对是否同一家。")
            return None, [error("credit_code", words % {"code": same_name[0].credit_code})]
        return (same_name[0] if same_name else None), []

    def _against(
        self, row: SheetRow, enterprise: Enterprise, problems: list[dict[str, str]]
    ) -> Comparison:
        membership = self.memberships.get(enterprise.pk)
        touched = {"enterprise": enterprise.pk}
        changes = dict(self._differences(row, enterprise, ENTERPRISE))
        if row.text("credit_code") and not enterprise.credit_code:
            changes["credit_code"] = ["", row.text("credit_code")]
        if membership is None:
            changes["membership"] = ["", self.chamber.name]
            return Comparison(row, CHANGED, changes, problems, touched)
        touched["membership"] = membership.pk
        changes |= dict(self._differences(row, membership, MEMBERSHIP))
        return Comparison(row, CHANGED if changes else SAME, changes, problems, touched)

    @staticmethod
    def _differences(
        row: SheetRow, record: models.Model, targets: Sequence[Target]
    ) -> Iterator[tuple[str, list[str]]]:
        for target in targets:
            text = row.text(target.name)
            if text and target.parse(text) != (old := getattr(record, target.attribute)):
                yield target.name, [_shown(old), text]

    def _enterprise(self, one: Comparison) -> dict[str, Any]:
        """The enterprise's row for the resource: what is there, with the sheet's values over it."""
        row = one.row
        known = self.enterprises.get(one.touched.get("enterprise", 0))
        values: dict[str, Any] = {
            target.attribute: getattr(known, target.attribute, None) for target in ENTERPRISE
        }
        values |= _parsed(row, ENTERPRISE)
        return {
            **{name: "" if value is None else value for name, value in values.items()},
            "id": known.pk if known else "",
            "name": known.name if known else row.text("name"),
            "credit_code": (known and known.credit_code) or row.text("credit_code"),
            "town_id": known.town_id if known else self._town(row),
        }

    def _town(self, row: SheetRow) -> int | None:
        return self.towns.get(name_key(row.text("town"))) or self.chamber.town_id

    def _membership(self, one: Comparison, enterprise_id: int) -> dict[str, Any]:
        known = self.memberships.get(enterprise_id)
        parsed = _parsed(one.row, MEMBERSHIP)
        position = parsed.get("position") or (known.position if known else Position.MEMBER)
        since = known.position_since if known else None
        if known and position != known.position:
            since = self.today
        joined = parsed.get("joined_on") or (known.joined_on if known else None)
        return {
            "id": known.pk if known else "",
            "chamber_id": self.chamber.pk,
            "enterprise_id": enterprise_id,
            "position": position,
            "position_since": since or "",
            "joined_on": joined or "",
        }


def counts_of(comparisons: Sequence[Comparison]) -> dict[str, int]:
    """How many rows of each verdict, and how many carry a warning."""
    verdicts = Counter(one.verdict for one in comparisons)
    warned = sum(
        any(problem["level"] == "warning" for problem in [*one.row.problems, *one.problems])
        for one in comparisons
        if one.verdict != PROBLEM
    )
    return {
        "new": verdicts[NEW],
        "changed": verdicts[CHANGED],
        "same": verdicts[SAME],
        "warnings": warned,
        "errors": verdicts[PROBLEM],
    }


def _parsed(row: SheetRow, targets: Sequence[Target]) -> dict[str, Any]:
    return {
        target.attribute: target.parse(text)
        for target in targets
        if (text := row.text(target.name))
    }


def _shown(value: Any) -> str:
    """A stored value as the sheet would write it."""
    if value is None or value == "":
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return POSITION_LABELS.get(str(value), str(value))
