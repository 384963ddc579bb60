"""Member lists of a chamber: enterprises and their memberships."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from chambers.models import Enterprise, Membership, Position
from core.normalise import name_key
from imports.plans.base import RECORD, Belongs, Near, Plan
from imports.plans.bulk import AT_ONCE, update_rows
from imports.plans.marks import marks, solitary_names, twin_marks
from imports.plans.resources import EnterpriseResource, MembershipResource
from imports.plans.rows import (
    ABSENT,
    ANOTHER,
    CHANGED,
    ERROR,
    LEAVING,
    LEFT_ON,
    NEW,
    OMIT,
    OMITTED,
    PROBLEM,
    SAME,
    SAME_AS,
    Comparison,
    Problem,
    SheetRow,
    any_of,
    error,
    warning,
)
from imports.plans.targets import (
    ENTERPRISE,
    FIELDS,
    MEMBERSHIP,
    Target,
    attributes,
    is_less_exact,
    read_row,
)
from imports.plans.twins import (
    keep_out_twins,
    near_records,
    near_rows,
    offer,
    tell_namesakes,
    tell_near_names,
    tell_near_records,
    tell_near_rows,
)
from imports.understanding.said import said as _
from towns.models import Town

# The name stays as it is in the register, and a code is only added, never overwritten.
COMPARED = tuple(one for one in ENTERPRISE if one.name not in {"name", "credit_code"})


class MemberPlan(Plan):
    """Compares a roster with one chamber's members and writes what is new or different.

    An enterprise is found by its credit code, else by its name (NFKC, without spaces), unless a
    person said which it is; a name that differs is told and kept as it is here. An empty cell
    changes nothing.
    """

    key = "members"
    title = gettext_lazy("会员名册")
    unit = gettext_lazy("家")
    belongs_to = frozenset({Belongs.CHAMBER})
    fields = FIELDS
    begins_with = "joined_on"
    shown = ("name", "credit_code", "position", "joined_on")
    keeps = frozenset({"name", "credit_code", "town"})
    absent_words = gettext_lazy("这些企业现在是会员，本次名单上没有。不作选择的保持会员不变。")
    leaving_words = gettext_lazy("登记退会")
    in_slices = True

    def compare(self, rows: Sequence[SheetRow]) -> list[Comparison]:
        """A verdict for each row, in order, with four queries at most."""
        compared = self.compare_slice(rows)
        if not self.lock:  # a remark, which changes nothing of what is written
            tell_near_names(compared)
        return compared

    def compare_slice(self, rows: Sequence[SheetRow]) -> list[Comparison]:
        self._load(rows)
        compared = [self._compare(row) for row in rows]
        for one in compared:
            one.keys = [*marks(one), *self._records_named(one.row)]
        solitary = solitary_names(compared)
        words = _("与%(rows)s是同一家企业，请只留一行。")
        keep_out_twins(compared, lambda one: twin_marks(one, solitary), field="name", words=words)
        tell_namesakes(compared)
        return compared

    def near_names(self, names: Mapping[int, str], coded: Collection[int]) -> Near:
        return Near(near_rows(names, coded), near_records(names, coded))

    def tell_near(self, near: Near, rows: Mapping[int, Comparison]) -> None:
        tell_near_rows(near.rows, rows)
        tell_near_records(near.records, rows)

    def recall(self, comparisons: Sequence[Comparison]) -> None:
        """Find what they mean, held as it is now; ``touched`` stays empty when it is gone."""
        named = [one.record.rpartition(":") for one in comparisons if one.record]
        member = Membership._meta.label_lower
        left = [int(pk) for label, _colon, pk in named if label == member]
        firms = [int(pk) for label, _colon, pk in named if label != member]
        found = self._present().filter(models.Q(enterprise__in=firms) | models.Q(pk__in=left))
        self.memberships = {one.enterprise_id: one for one in self.locked(found)}
        self.enterprises = {
            one.pk: one for one in self.locked(Enterprise.objects.filter(pk__in=firms))
        }
        by_key = {one.pk: one for one in self.memberships.values()}
        self._load_towns()
        for one in comparisons:
            one.values, _problems = read_row(one.row)
            label, _colon, pk = one.record.rpartition(":")
            if label == member and int(pk) in by_key:
                one.touched = {"enterprise": by_key[int(pk)].enterprise_id, "membership": int(pk)}
            elif label and label != member and int(pk) in self.enterprises:
                known = self.memberships.get(int(pk))
                one.touched = {"enterprise": int(pk), **({"membership": known.pk} if known else {})}

    def records_of(self, one: Comparison) -> list[models.Model]:
        """The records a row was found to mean, as they are before writing."""
        enterprise = one.touched.get("enterprise", 0)
        if one.verdict == LEAVING:
            return [self.memberships[enterprise]]
        known = (self.enterprises.get(enterprise), self.memberships.get(enterprise))
        return [record for record in known if record is not None]

    def absent(
        self, named: Collection[str], choices: Mapping[str, Mapping[str, Any]]
    ) -> Iterator[Comparison]:
        """Present members of the chamber whom the list does not name, not even in a bad row."""
        present = self._present().select_related("enterprise")
        ordered = present.order_by("enterprise__sort_key", "enterprise_id", "pk")
        for membership in ordered.iterator(chunk_size=AT_ONCE):
            if f"{RECORD}{membership.enterprise_id}" not in named:
                yield _not_named(membership, membership.enterprise, choices)

    def write(
        self, comparisons: Sequence[Comparison], tell: Callable[[int], None]
    ) -> Iterator[tuple[Comparison, Sequence[models.Model]]]:
        """Write what is new or changed, and who left; ``tell`` hears how many rows are written."""
        writing = [one for one in comparisons if one.verdict in {NEW, CHANGED}]
        half = len(writing) // 2
        enterprises = EnterpriseResource(self.enterprises, lambda done: tell(done // 2)).write(
            self._enterprise(one) for one in writing
        )
        known = {m.pk: m for m in self.memberships.values()}
        memberships = MembershipResource(known, lambda done: tell(half + done // 2)).write(
            self._membership(one, enterprise.pk)
            for one, enterprise in zip(writing, enterprises, strict=True)
        )
        for one, *records in zip(writing, enterprises, memberships, strict=True):
            yield one, records
        yield from self._write_leavers([one for one in comparisons if one.verdict == LEAVING])

    def _write_leavers(
        self, leaving: Sequence[Comparison]
    ) -> Iterator[tuple[Comparison, Sequence[models.Model]]]:
        left = [self.memberships[one.touched["enterprise"]] for one in leaving]
        for one, membership in zip(leaving, left, strict=True):
            membership.left_on = date.fromisoformat(one.row.choice[LEFT_ON])
        update_rows(left, ["left_on"])
        for one, membership in zip(leaving, left, strict=True):
            yield one, [membership]

    def _load(self, rows: Sequence[SheetRow]) -> None:
        codes = {code for row in rows if (code := row.text("credit_code"))}
        names = {name_key(name) for row in rows if (name := row.text("name"))}
        chosen = {row.choice[SAME_AS] for row in rows if SAME_AS in row.choice}
        found = Enterprise.objects.filter(
            models.Q(credit_code__in=codes) | models.Q(name_key__in=names) | models.Q(pk__in=chosen)
        )
        self.enterprises = {enterprise.pk: enterprise for enterprise in self.locked(found)}
        self.by_code = {e.credit_code: e for e in self.enterprises.values() if e.credit_code}
        self.by_name: dict[str, list[Enterprise]] = defaultdict(list)
        for enterprise in self.enterprises.values():
            self.by_name[enterprise.name_key].append(enterprise)
        present = self._present().filter(enterprise__in=list(self.enterprises))
        self.memberships = {
            membership.enterprise_id: membership for membership in self.locked(present)
        }
        self._load_towns()

    def _load_towns(self) -> None:
        towns = list(Town.objects.all())
        self.towns = {name_key(town.name): town for town in towns}
        self.town_names = {town.pk: town.name for town in towns}

    def _present(self) -> models.QuerySet[Membership]:
        chamber = self.scope.of_chamber
        return Membership.objects.filter(chamber=chamber, left_on__isnull=True)

    def _compare(self, row: SheetRow) -> Comparison:
        values, problems = read_row(row)
        if row.choice.get(OMIT):
            return Comparison(row, OMITTED, values)
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
            self._tell_strange_town(one, self.scope.of_chamber.town_id)
            return one
        return self._against(one, enterprise)

    def _find(self, row: SheetRow) -> tuple[Enterprise | None, list[Problem]]:
        """The enterprise of the register this row means, and what there is to say about it."""
        code, name = row.text("credit_code"), row.text("name")
        if chosen := self.enterprises.get(row.choice.get(SAME_AS, 0)):
            return self._as_chosen(chosen, code)
        if code and (known := self.by_code.get(code)):
            if name and known.name_key != name_key(name):
                words = _("该信用代码在系统中的名称是“%(name)s”，名称保持不变，请核对。")
                told = warning("name", words % {"name": known.name})
                return known, [{**told, "options": [offer(known)]}]
            return known, []
        if not name:
            return None, [error("name", _("没有企业名称，无法导入。"))]
        if ANOTHER in row.choice:
            return None, []
        return _one_of(self.by_name.get(name_key(name), []), code)

    def _records_named(self, row: SheetRow) -> list[str]:
        """Every enterprise of the register that a row may mean, even when it can't be imported."""
        known = [self.enterprises.get(row.choice.get(SAME_AS, 0))]
        known.append(self.by_code.get(row.text("credit_code")))
        known += self.by_name.get(name_key(row.text("name")), [])
        return [f"{RECORD}{one.pk}" for one in known if one]

    def _as_chosen(self, chosen: Enterprise, code: str) -> tuple[Enterprise, list[Problem]]:
        """What the person who chose should know: a code of the register is never overwritten."""
        holder = self.by_code.get(code)
        if holder and holder != chosen:
            words = _("该信用代码属于系统中的“%(name)s”，请重新选择。")
            told = error("credit_code", words % {"name": holder.name})
            return chosen, [{**told, "options": [offer(holder)]}]
        if code and chosen.credit_code and code != chosen.credit_code:
            words = _("系统中的信用代码是 %(code)s，保持不变。")
            told = warning("credit_code", words % {"code": chosen.credit_code})
            return chosen, [{**told, "level": "notice"}]
        return chosen, []

    def _against(self, one: Comparison, enterprise: Enterprise) -> Comparison:
        membership = self.memberships.get(enterprise.pk)
        one.touched = {"enterprise": enterprise.pk}
        one.record = f"{enterprise._meta.label_lower}:{enterprise.pk}"
        one.changes = dict(self._differences(one, enterprise, COMPARED))
        if one.row.text("credit_code") and not enterprise.credit_code:
            one.changes["credit_code"] = ["", one.row.text("credit_code")]
        if enterprise.town_id is None and (town := self._town_of(one)):
            one.changes["town"] = ["", town.name]
        else:
            self._tell_strange_town(one, enterprise.town_id)
        if membership is None:
            one.changes["membership"] = ["", self.scope.of_chamber.name]
        else:
            one.touched["membership"] = membership.pk
            one.changes |= dict(self._differences(one, membership, MEMBERSHIP))
        one.verdict = CHANGED if one.changes else SAME
        return one

    def _differences(
        self, one: Comparison, record: models.Model, targets: Iterable[Target]
    ) -> Iterator[tuple[str, list[str]]]:
        for target in targets:
            if target.name in one.values:
                old, new = getattr(record, target.attribute), one.values[target.name]
                if self.lets(target.name, old, new) and not is_less_exact(
                    one.row, target.name, old, new
                ):
                    yield target.name, [target.show(old), target.show(new)]

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
        return None if known else self.scope.of_chamber.town_id

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
            "chamber_id": self.scope.of_chamber.pk,
            "enterprise_id": enterprise_id,
            "position": position,
            "position_since": since or "",
            "joined_on": joined or "",
        }


def _written(one: Comparison) -> dict[str, Any]:
    """What of the row is written: everything of a new one, else what differs."""
    if one.verdict == NEW:
        return one.values
    return {name: value for name, value in one.values.items() if name in one.changes}


def _one_of(same_name: Sequence[Enterprise], code: str) -> tuple[Enterprise | None, list[Problem]]:
    """The one enterprise of this name, unless it takes a person to tell which is meant."""
    options = [offer(one) for one in same_name]
    if len(same_name) > 1:
        told = error("name", _("系统中有多家同名企业，请选是哪一家，或补上信用代码。"))
        return None, [{**told, "options": options, "another": True}]
    if same_name and code and same_name[0].credit_code:
        words = _("系统中同名企业的信用代码是 %(code)s，请核对是否同一家。")
        told = error("credit_code", words % {"code": same_name[0].credit_code})
        return None, [{**told, "options": options, "another": True}]
    return (same_name[0] if same_name else None), []


def _not_named(
    membership: Membership, enterprise: Enterprise, choices: Mapping[str, Mapping[str, Any]]
) -> Comparison:
    """A member whom the list does not name, as a row of its own."""
    record = f"{membership._meta.label_lower}:{membership.pk}"
    choice = dict(choices.get(record, {}))
    shown = {
        target.name: target.show(getattr(membership, target.attribute)) for target in MEMBERSHIP
    }
    values = {"name": enterprise.name, "credit_code": enterprise.credit_code or "", **shown}
    one = Comparison(
        SheetRow(0, "", 0, {k: v for k, v in values.items() if v}, choice=choice),
        LEAVING if LEFT_ON in choice else ABSENT,
        touched={"enterprise": enterprise.pk, "membership": membership.pk},
        record=record,
    )
    if LEFT_ON in choice:
        one.changes = {"left_on": ["", str(choice[LEFT_ON])]}
    return one
