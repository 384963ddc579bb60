"""Honours of chambers, enterprises and towns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy

from chambers.models import Chamber, Enterprise, Honour
from core.normalise import name_key
from imports.plans.base import Belongs
from imports.plans.records import RecordPlan, changed_copy, label, one_of_words
from imports.plans.rows import CHANGED, Comparison, SheetRow, error
from imports.plans.targets import Target, attributes, is_less_exact, read_day
from imports.understanding.said import said as _
from towns.models import Town, ends_after_start

LEVEL_WORDS = {
    "国家": Honour.Level.NATIONAL.value,
    "市": Honour.Level.MUNICIPAL.value,
    "区": Honour.Level.DISTRICT.value,
    "街镇": Honour.Level.TOWN.value,
}
LEVEL_LABELS = {value: word for word, value in LEVEL_WORDS.items()}
_level = one_of_words(LEVEL_WORDS, gettext_lazy("“%(text)s”不是级别，请写国家、市、区或街镇。"))

TARGETS = (
    Target("title", Honour, "title", needed=True),
    Target("level", Honour, "level", _level, needed=True, labels=LEVEL_LABELS),
    Target("issuer", Honour, "issuer"),
    Target("awarded_on", Honour, "awarded_on", read_day, needed=True),
    Target("valid_until", Honour, "valid_until", read_day, needed=True),
)
Holder = Chamber | Enterprise | Town


class HonourPlan(RecordPlan):
    """An honour is known by its holder, its title and the day it was awarded.

    A row without a holder belongs to the chamber or the town whose list it is.
    """

    key = "honours"
    title = gettext_lazy("荣誉清单")
    unit = gettext_lazy("项")
    belongs_to = frozenset({Belongs.CHAMBER, Belongs.TOWN, Belongs.DISTRICT})
    fields = (*(one.name for one in TARGETS), "holder", "credit_code", "town")
    named_by = "title"
    keeps = frozenset({"title", "holder", "credit_code", "town"})
    targets = TARGETS

    def _load(self, rows: Sequence[SheetRow]) -> None:
        self._load_towns()
        names = {name_key(row.text("holder")) for row in rows} - {""}
        codes = {row.text("credit_code") for row in rows} - {""}
        chambers = Chamber.objects.filter(name_key__in=names)
        self.chambers = {one.name_key: one for one in chambers.select_related("town")}
        found = Enterprise.objects.filter(Q(name_key__in=names) | Q(credit_code__in=codes))
        self.by_code: dict[str, Enterprise] = {}
        self.by_name: dict[str, list[Enterprise]] = defaultdict(list)
        for enterprise in found.select_related("town"):
            self.by_name[enterprise.name_key].append(enterprise)
            self.by_code[enterprise.credit_code or ""] = enterprise
        self._load_honours(found, [*self.chambers.values()])

    def _load_honours(self, enterprises: Iterable[Enterprise], chambers: list[Chamber]) -> None:
        held = Q(enterprise__in=[one.pk for one in enterprises])
        if self.scope.chamber:
            chambers.append(self.scope.chamber)
        held |= Q(chamber__in=[one.pk for one in chambers])
        held |= Q(chamber=None, enterprise=None)
        self.honours: dict[tuple[str, int, str], list[Honour]] = defaultdict(list)
        for honour in self.locked(Honour.objects.filter(held)):
            kind = "chamber" if honour.chamber_id else "enterprise"
            pk = honour.chamber_id or honour.enterprise_id
            if pk is None:
                kind, pk = "town", honour.town_id
            self.honours[kind, pk, name_key(honour.title)].append(honour)

    def _judge(self, one: Comparison) -> None:
        holder = self._holder(one)
        title = one.row.text("title")
        if not title:
            one.problems.append(error("title", _("没有荣誉名称，无法导入。")))
        if holder is None or not title:
            return
        kind = holder._meta.model_name or ""
        one.keys = [f"honour {kind} {holder.pk} {name_key(title)[:150]}"]
        same = self.honours.get((kind, holder.pk, name_key(title)), [])
        if len(same) > 1 and "awarded_on" not in one.values:
            words = _("这项荣誉在系统中有几次，请写明授予日期。")
            one.problems.append(error("awarded_on", words))
        elif known := self._known(one, same):
            one.record, one.verdict = label(known), CHANGED
            if values := self._differences(one, known, TARGETS):
                one.wanted.changed = [(known, values)]
                self._hold(one, changed_copy(known, values))
        else:
            self._make(one, holder)

    def _make(self, one: Comparison, holder: Holder) -> None:
        if "level" not in one.values:
            one.problems.append(error("level", _("请写明荣誉的级别：国家、市、区或街镇。")))
            return
        place = holder if isinstance(holder, Town) else holder.town
        honour = Honour(**dict(attributes(one.values, TARGETS)))
        honour.town = place
        honour.chamber = holder if isinstance(holder, Chamber) else None
        honour.enterprise = holder if isinstance(holder, Enterprise) else None
        one.wanted.new = [honour]
        self._hold(one, honour)

    def _hold(self, one: Comparison, honour: Honour) -> None:
        """The one promise of the table that a row can break; the others hold by construction."""
        if honour.awarded_on and honour.valid_until and honour.valid_until < honour.awarded_on:
            promise = ends_after_start("honour", "awarded_on", "valid_until")
            words = str(promise.get_violation_error_message())
            one.problems.append(error("valid_until", words))

    def _known(self, one: Comparison, same: Sequence[Honour]) -> Honour | None:
        """The honour a row means: of that day; of that year when it says no more; the only one."""
        day = one.values.get("awarded_on")
        if day is None:
            return next(iter(same), None)
        exact = [honour for honour in same if honour.awarded_on == day]
        rough = [h for h in same if is_less_exact(one.row, "awarded_on", h.awarded_on, day)]
        undated = [honour for honour in same if honour.awarded_on is None]
        return next(iter([*exact, *rough, *undated]), None)

    def _holder(self, one: Comparison) -> Holder | None:
        """Who holds it: by credit code, else by name; told when nobody is known."""
        code, name = one.row.text("credit_code"), one.row.text("holder")
        if code and (known := self.by_code.get(code)):
            return known
        if not name:
            return self.scope.chamber or self._town_of(one)
        key = name_key(name)
        enterprises = self.by_name.get(key, [])
        if key in self.chambers:
            return self.chambers[key]
        if len(enterprises) == 1:
            return enterprises[0]
        if key in self.towns:
            return self.towns[key]
        words = _("系统中没有“%(name)s”，请先登记这家单位，或改成系统中的名称。")
        if enterprises:
            words = _("系统中有多家“%(name)s”，请补上信用代码。")
        one.problems.append(error("holder", words % {"name": name[:50]}))
        return None

    def _twin_marks(self, one: Comparison) -> Iterable[str]:
        if one.record:
            return [one.record]
        day: date | None = one.values.get("awarded_on")
        return [f"{key} {day}" for key in one.keys]
