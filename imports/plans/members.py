"""Member lists of a chamber: enterprises and their memberships."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from chambers.models import Chamber, Enterprise, Membership, Position
from core.normalise import name_key
from imports.plans.resources import EnterpriseResource, MembershipResource
from imports.plans.rows import (
    CHANGED,
    ERROR,
    NEW,
    PROBLEM,
    SAME,
    WARNING,
    Comparison,
    Problem,
    SheetRow,
    any_of,
    error,
    warning,
)
from imports.plans.targets import ENTERPRISE, FIELDS, MEMBERSHIP, Target, attributes, read_row
from towns.models import Town

# The name stays as it is in the register, and a code is only added, never overwritten.
COMPARED = tuple(one for one in ENTERPRISE if one.name not in {"name", "credit_code"})
MOST_CITED = 5  # rows named in the message of a row that repeats them


class MemberPlan:
    """Compares a roster with one chamber's members and writes what is new or different.

    An enterprise is found by its credit code, else by its name (NFKC, without spaces); a name that
    differs is told and kept as it is here. An empty cell changes nothing. ``lock`` holds the
    records until the end of the transaction, for committing.
    """

    key = "members"
    fields = FIELDS

    def __init__(self, chamber: Chamber, *, today: date, lock: bool = False) -> None:
        self.chamber = chamber
        self.today = today
        self.lock = lock

    def compare(self, rows: Sequence[SheetRow]) -> list[Comparison]:
        """A verdict for each row, in order, with three queries in all."""
        self._load(rows)
        compared = [self._compare(row) for row in rows]
        _keep_out_twins(compared)
        _tell_namesakes(compared)
        return compared

    def records_of(self, one: Comparison) -> list[models.Model]:
        """The records a row was found to mean, as they are before writing."""
        enterprise = one.touched.get("enterprise", 0)
        known = (self.enterprises.get(enterprise), self.memberships.get(enterprise))
        return [record for record in known if record is not None]

    def absent(self, comparisons: Sequence[Comparison]) -> list[Membership]:
        """Present members of the chamber whom the list does not name, not even in a bad row."""
        named = {one.touched.get("enterprise") for one in comparisons}
        for one in comparisons:
            if known := self.by_code.get(one.row.text("credit_code")):
                named.add(known.pk)
            named |= {known.pk for known in self.by_name.get(name_key(one.row.text("name")), [])}
        return [m for m in self.memberships.values() if m.enterprise_id not in named]

    def write(
        self, comparisons: Sequence[Comparison], tell: Callable[[int], None]
    ) -> Iterator[tuple[Comparison, models.Model, models.Model]]:
        """Write what is new or changed; yields each such row with its enterprise and membership.

        ``tell`` hears how many rows are written.
        """
        writing = [one for one in comparisons if one.writes]
        half = len(writing) // 2
        enterprises = EnterpriseResource(self.enterprises, lambda done: tell(done // 2)).write(
            self._enterprise(one) for one in writing
        )
        known = {m.pk: m for m in self.memberships.values()}
        memberships = MembershipResource(known, lambda done: tell(half + done // 2)).write(
            self._membership(one, enterprise.pk)
            for one, enterprise in zip(writing, enterprises, strict=True)
        )
        yield from zip(writing, enterprises, memberships, strict=True)

    def _load(self, rows: Sequence[SheetRow]) -> None:
        codes = {code for row in rows if (code := row.text("credit_code"))}
        names = {name_key(name) for row in rows if (name := row.text("name"))}
        found = Enterprise.objects.filter(
            models.Q(credit_code__in=codes) | models.Q(name_key__in=names)
        )
        present = Membership.objects.filter(chamber=self.chamber, left_on__isnull=True)
        if self.lock:
            # In one order, so that two imports can't wait for each other.
            found = found.order_by("pk").select_for_update(no_key=True)
            present = present.order_by("pk").select_for_update(no_key=True)
        self.enterprises = {enterprise.pk: enterprise for enterprise in found}
        self.by_code = {e.credit_code: e for e in self.enterprises.values() if e.credit_code}
        self.by_name: dict[str, list[Enterprise]] = defaultdict(list)
        for enterprise in self.enterprises.values():
            self.by_name[enterprise.name_key].append(enterprise)
        self.memberships = {membership.enterprise_id: membership for membership in present}
        towns = list(Town.objects.all())
        self.towns = {name_key(town.name): town for town in towns}
        self.town_names = {town.pk: town.name for town in towns}

    def _compare(self, row: SheetRow) -> Comparison:
        values, problems = read_row(row)
        if not any_of([*row.problems, *problems], ERROR):
            enterprise, found = self._find(row)
            problems += found
            if not any_of(problems, ERROR):
                return self._judge(Comparison(row, NEW, values, problems=problems), enterprise)
        return Comparison(row, PROBLEM, values, problems=problems)

    def _judge(self, one: Comparison, enterprise: Enterprise | None) -> Comparison:
        joined_on = one.values.get("joined_on")
        if joined_on and joined_on > self.today:
            one.problems.append(warning("joined_on", _("入会日期晚于今天，请核对。")))
        if enterprise is None:
            self._tell_strange_town(one, self.chamber.town_id)
            return one
        return self._against(one, enterprise)

    def _find(self, row: SheetRow) -> tuple[Enterprise | None, list[Problem]]:
        """The enterprise of the register this row means, and what there is to say about it."""
        code, name = row.text("credit_code"), row.text("name")
        if code and (known := self.by_code.get(code)):
            if name and known.name_key != name_key(name):
                words = _("该信用代码在系统中的名称是“%(name)s”，名称保持不变，请核对。")
                return known, [warning("name", words % {"name": known.name})]
            return known, []
        if not name:
            return None, [error("name", _("没有企业名称，无法导入。"))]
        same_name = self.by_name.get(name_key(name), [])
        if len(same_name) > 1:
            return None, [error("name", _("系统中有多家同名企业，请补上信用代码。"))]
        if same_name and code and same_name[0].credit_code:
            words = _("系统中同名企业的信用代码是 %(code)s，请核对是否同一家。")
            return None, [error("credit_code", words % {"code": same_name[0].credit_code})]
        return (same_name[0] if same_name else None), []

    def _against(self, one: Comparison, enterprise: Enterprise) -> Comparison:
        membership = self.memberships.get(enterprise.pk)
        one.touched = {"enterprise": enterprise.pk}
        one.changes = dict(_differences(one, enterprise, COMPARED))
        if one.row.text("credit_code") and not enterprise.credit_code:
            one.changes["credit_code"] = ["", one.row.text("credit_code")]
        if enterprise.town_id is None and (town := self._town_of(one)):
            one.changes["town"] = ["", town.name]
        else:
            self._tell_strange_town(one, enterprise.town_id)
        if membership is None:
            one.changes["membership"] = ["", self.chamber.name]
        else:
            one.touched["membership"] = membership.pk
            one.changes |= dict(_differences(one, membership, MEMBERSHIP))
        one.verdict = CHANGED if one.changes else SAME
        return one

    def _town_of(self, one: Comparison) -> Town | None:
        return self.towns.get(name_key(one.row.text("town")))

    def _tell_strange_town(self, one: Comparison, kept: int | None) -> None:
        """Say it when the town that will stand in the register is not the one in the sheet."""
        text = one.row.text("town")
        if not text or (one.verdict == NEW and self._town_of(one)):
            return
        stands = self.town_names.get(kept or 0, "")
        if name_key(text) != name_key(stands):
            words = _("表中的街镇是“%(text)s”，系统中记为“%(stands)s”，请核对。")
            told = {"text": text[:50], "stands": stands or _("未填")}
            one.problems.append(warning("town", words % told))

    def _enterprise(self, one: Comparison) -> dict[str, Any]:
        """The enterprise's row for the resource: what is there, with the sheet's values over it."""
        known = self.enterprises.get(one.touched.get("enterprise", 0))
        values = {target.attribute: getattr(known, target.attribute, None) for target in COMPARED}
        values |= attributes(_written(one), COMPARED)
        town = self._town_of(one)
        return {
            **{name: "" if value is None else value for name, value in values.items()},
            "id": known.pk if known else "",
            "name": known.name if known else one.values["name"],
            "credit_code": (known and known.credit_code) or one.values.get("credit_code"),
            "town_id": (known and known.town_id) or (town.pk if town else self._home(known)),
        }

    def _home(self, known: Enterprise | None) -> int | None:
        """A new enterprise without a town of its own stands in the chamber's."""
        return None if known else self.chamber.town_id

    def _membership(self, one: Comparison, enterprise_id: int) -> dict[str, Any]:
        known = self.memberships.get(enterprise_id)
        said = dict(attributes(_written(one) if known else one.values, MEMBERSHIP))
        position = said.get("position") or (known.position if known else Position.MEMBER)
        since = known.position_since if known else None
        if known and position != known.position:
            since = self.today
        joined = said.get("joined_on") or (known.joined_on if known else None)
        return {
            "id": known.pk if known else "",
            "chamber_id": self.chamber.pk,
            "enterprise_id": enterprise_id,
            "position": position,
            "position_since": since or "",
            "joined_on": joined or "",
        }


def counts_of(comparisons: Sequence[Comparison]) -> dict[str, int]:
    """How many rows of each verdict, and how many that are imported carry a warning."""
    verdicts = Counter(one.verdict for one in comparisons)
    warned = sum(any_of(one.all_problems, WARNING) for one in comparisons if one.verdict != PROBLEM)
    return {
        "new": verdicts[NEW],
        "changed": verdicts[CHANGED],
        "same": verdicts[SAME],
        "warnings": warned,
        "errors": verdicts[PROBLEM],
    }


def _written(one: Comparison) -> dict[str, Any]:
    """What of the row is written: everything of a new one, else what differs."""
    if one.verdict == NEW:
        return one.values
    return {name: value for name, value in one.values.items() if name in one.changes}


def _differences(
    one: Comparison, record: models.Model, targets: Iterable[Target]
) -> Iterator[tuple[str, list[str]]]:
    for target in targets:
        if target.name in one.values:
            old, new = getattr(record, target.attribute), one.values[target.name]
            if new != old and not _is_less_exact(one.row, target.name, old, new):
                yield target.name, [target.show(old), target.show(new)]


def _is_less_exact(row: SheetRow, name: str, old: Any, new: Any) -> bool:
    """Whether the sheet gives only the month or year of the day that is known here."""
    if not (isinstance(old, date) and isinstance(new, date)):
        return False
    said = {problem.get("code") for problem in row.problems if problem["field"] == name}
    if "month_missing" in said:
        return old.year == new.year
    return "day_missing" in said and (old.year, old.month) == (new.year, new.month)


def _keep_out_twins(comparisons: Sequence[Comparison]) -> None:
    """Keep out rows that mean one enterprise: which of them holds, only a person can tell."""
    groups: dict[tuple[str, object], list[Comparison]] = defaultdict(list)
    for one in comparisons:
        if code := one.row.text("credit_code"):
            groups["code", code].append(one)
        if known := one.touched.get("enterprise"):
            groups["record", known].append(one)
    for same in _by_name(comparisons).values():
        if len({one.row.text("credit_code") for one in same} - {""}) < 2:
            groups["name", same[0].row.position].extend(same)
    twins: dict[int, dict[int, Comparison]] = defaultdict(dict)
    for same in groups.values():
        for one in same if len(same) > 1 else ():
            cited = same[: MOST_CITED + 1]
            twins[one.row.position] |= {o.row.position: o for o in cited if o is not one}
    for one in comparisons:
        if others := twins.get(one.row.position):
            words = _("与%(rows)s是同一家企业，请只留一行。") % {"rows": _places(one, others)}
            one.problems.append(error("name", words))
            one.verdict, one.changes, one.touched = PROBLEM, {}, {}


def _tell_namesakes(comparisons: Sequence[Comparison]) -> None:
    """Point at rows of one name whose credit codes differ: two enterprises, or a slip."""
    for same in _by_name(comparisons).values():
        coded = [one for one in same if one.verdict != PROBLEM]
        for one in coded if len(coded) > 1 else ():
            cited = coded[: MOST_CITED + 1]
            others = {other.row.position: other for other in cited if other is not one}
            words = _("与%(rows)s同名，信用代码不同，请核对。") % {"rows": _places(one, others)}
            one.problems.append(warning("credit_code", words))


def _by_name(comparisons: Iterable[Comparison]) -> dict[str, list[Comparison]]:
    groups: dict[str, list[Comparison]] = defaultdict(list)
    for one in comparisons:
        if name := one.row.text("name"):
            groups[name_key(name)].append(one)
    return groups


def _places(one: Comparison, others: dict[int, Comparison]) -> str:
    """Where the other rows stand: 第5、9行, or 工作表“乙”第5行 for those of another sheet."""
    rows = [other.row for _position, other in sorted(others.items())]
    here = "、".join(str(row.number) for row in rows if row.sheet == one.row.sheet)
    places = [_("第%(rows)s行") % {"rows": here}] if here else []
    places += [
        _("工作表“%(sheet)s”第%(row)s行") % {"sheet": row.sheet, "row": row.number}
        for row in rows
        if row.sheet != one.row.sheet
    ]
    return "、".join(places)
