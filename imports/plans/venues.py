"""Venues with their zones, in a tree: a part may stand in the same list as its complex."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy

from chambers.models import Chamber
from core.normalise import name_key
from imports.plans.base import Belongs, Policy
from imports.plans.records import RecordPlan, changed_copy, label, one_of_words
from imports.plans.rows import CHANGED, SAME_AS, Comparison, SheetRow, error, warning
from imports.plans.targets import Target, Unfit, attributes, read_amount, read_day
from imports.understanding.said import said as _
from towns.models import Town, Village
from venues import rules
from venues.models import Venue, Zone

KIND_WORDS = {
    "商会之家": Venue.Kind.CHAMBER_HOME.value,
    "统战之家": Venue.Kind.HOME.value,
    "同心家园": Venue.Kind.HOME.value,
    "新阶层": Venue.Kind.NEW_STRATUM.value,
    "新的社会阶层": Venue.Kind.NEW_STRATUM.value,
    "统战文化公园": Venue.Kind.PARK.value,
    "统战文化街区": Venue.Kind.PARK.value,
    "公园": Venue.Kind.PARK.value,
    "街区": Venue.Kind.PARK.value,
    "工作站": Venue.Kind.STATION.value,
    "微阵地": Venue.Kind.MICRO.value,
    "统战综合体": Venue.Kind.COMPLEX.value,
    "综合体": Venue.Kind.COMPLEX.value,
}
KIND_LABELS = {value: str(words) for value, words in Venue.Kind.choices}
LONGEST_ZONE = 100
_kind = one_of_words(
    {**{str(words): value for value, words in Venue.Kind.choices}, **KIND_WORDS},
    gettext_lazy("“%(text)s”不是阵地类型，请写商会之家、统战之家、工作站、统战综合体等。"),
)


def _area(text: str) -> Decimal:
    area = read_amount(text).quantize(Decimal("0.01"))
    if not 0 < area < 10**8:
        raise Unfit(_("面积“%(text)s”不在合理的范围内，请核对。") % {"text": text[:30]})
    return area


TARGETS = (
    Target("name", Venue, "name", needed=True),
    Target("kind", Venue, "kind", _kind, needed=True, labels=KIND_LABELS),
    Target("area_m2", Venue, "area_m2", _area, needed=True),
    Target("address", Venue, "address"),
    Target("opened_on", Venue, "opened_on", read_day, needed=True),
    Target("manager", Venue, "contact"),
    Target("phone", Venue, "phone"),
    Target("opening_hours", Venue, "opening_hours"),
    Target("managed_by", Venue, "managed_by"),
)
COMPARED = tuple(one for one in TARGETS if one.name != "name")
LONGEST_FUNCTION = 40


class VenuePlan(RecordPlan):
    """A venue is known by its name in its town. Zones are added, none is taken away."""

    key = "venues"
    title = gettext_lazy("阵地清单")
    unit = gettext_lazy("处")
    belongs_to = frozenset({Belongs.TOWN, Belongs.DISTRICT})
    fields = (
        *(one.name for one in TARGETS),
        "functions",
        "zones",
        "parent",
        "chamber",
        "village",
        "town",
    )
    keeps = frozenset({"name", "town"})
    targets = TARGETS
    told_at = {"contact": "manager"}

    def _load(self, rows: Sequence[SheetRow]) -> None:
        self._load_towns()
        venues = Venue.objects.filter(closed_on__isnull=True).select_related(
            "town", "parent", "chamber", "village"
        )
        if self.scope.town:
            venues = venues.filter(town=self.scope.town)
        self.venues = {(one.town_id, one.name_key): one for one in self.locked(venues)}
        self.by_pk = {one.pk: one for one in self.venues.values()}
        self.by_town: dict[int, list[Venue]] = defaultdict(list)
        for venue in self.venues.values():
            self.by_town[venue.town_id].append(venue)
        self.zones: dict[int, list[str]] = defaultdict(list)
        for zone in Zone.objects.filter(venue__in=self.by_pk).order_by("order", "pk"):
            self.zones[zone.venue_id].append(zone.name)
        self.made: dict[tuple[int, str], Venue] = {}
        names = {name_key(row.text("chamber")) for row in rows} - {""}
        chambers = Chamber.objects.filter(name_key__in=names)
        self.chambers = {chamber.name_key: chamber for chamber in chambers}
        names = {name_key(row.text("village")) for row in rows} - {""}
        villages = Village.objects.filter(name_key__in=names, closed_on__isnull=True)
        self.villages = {(one.town_id, one.name_key): one for one in villages}

    def compare(self, rows: Sequence[SheetRow]) -> list[Comparison]:
        """Complexes first: their parts may refer to them, wherever they stand in the list."""
        parents = {name_key(row.text("parent")) for row in rows}
        first = [row for row in rows if name_key(row.text("name")) in parents]
        rest = [row for row in rows if name_key(row.text("name")) not in parents]
        compared = super().compare([*first, *rest])
        self._tell_near(compared, self.by_town, self._place)
        return sorted(compared, key=lambda one: one.row.position)

    def _place(self, one: Comparison) -> int:
        return one.wanted.new[0].town_id if one.wanted.new else 0

    def _judge(self, one: Comparison) -> None:
        town, name = self._town_of(one), one.row.text("name")
        if not name:
            one.problems.append(error("name", _("没有阵地名称，无法导入。")))
        if town is None or not name:
            return
        named = filter(None, (name, one.row.text("parent")))
        one.keys = [f"venue {town.pk} {name_key(each)[:150]}" for each in named]
        chosen = self.by_pk.get(one.row.choice.get(SAME_AS, 0))
        known = chosen or self.venues.get((town.pk, name_key(name)))
        if known:
            self._against(one, known, town)
        else:
            self._make(one, town, name)

    def _against(self, one: Comparison, known: Venue, town: Town) -> None:
        one.record, one.verdict = label(known), CHANGED
        values = self._differences(one, known, COMPARED)
        values |= self._functions(one, known.functions)
        for name, record in self._referred(one, town).items():
            values |= self._refer(one, name, known, name, record)
        if values:
            one.wanted.changed = [(known, values)]
            changed = changed_copy(known, values)
            self._hold_to(one, changed, rules.broken_by_venue(changed))
        self._add_zones(one, known, self.zones[known.pk])

    def _make(self, one: Comparison, town: Town, name: str) -> None:
        kind = one.values.get("kind") or self._kind_by_name(one, name)
        if kind is None:
            one.problems.append(error("kind", _("请写明阵地类型，如商会之家、工作站。")))
            return
        venue = Venue(**{**dict(attributes(one.values, TARGETS)), "kind": kind, "town": town})
        venue.functions = self._functions(one, []).get("functions", [])
        for field, record in self._referred(one, town).items():
            setattr(venue, field, record)
        new_parent = venue.parent is not None and venue.parent.pk is None
        self._hold_to(one, venue, () if new_parent else rules.broken_by_venue(venue))
        one.changes = {}
        one.wanted.new = [venue]
        self.made[town.pk, name_key(name)] = venue
        self._add_zones(one, venue, [])

    def _kind_by_name(self, one: Comparison, name: str) -> str | None:
        try:
            kind = str(_kind(name))
        except Unfit:
            return None
        words = _("没有写类型，按名称认作“%(kind)s”，请核对。")
        one.problems.append(warning("kind", words % {"kind": KIND_LABELS[kind]}))
        return kind

    def _functions(self, one: Comparison, old: list[str]) -> dict[str, Any]:
        new = [text[:LONGEST_FUNCTION] for text in one.row.values.get("functions", [])]
        if not new or not self.lets("functions", old, new):
            return {}
        one.changes["functions"] = ["、".join(old), "、".join(new)]
        return {"functions": new}

    def _add_zones(self, one: Comparison, venue: Venue, old: Sequence[str]) -> None:
        said = [text[:LONGEST_ZONE] for text in one.row.values.get("zones", [])]
        fresh = [name for name in said if name not in old]
        policy = self.policy("zones")
        kept = policy == Policy.KEEP or (policy == Policy.FILL and old)
        if not fresh or (venue.pk and kept):
            return
        if venue.pk:
            one.changes["zones"] = ["、".join(old), "、".join([*old, *fresh])]
        one.wanted.new += [
            Zone(venue=venue, name=name, order=len(old) + place)
            for place, name in enumerate(fresh, start=1)
        ]

    def _referred(self, one: Comparison, town: Town) -> dict[str, Any]:
        """The complex, the chamber and the village a row names; unknown ones are told."""
        found: dict[str, Any] = {}
        for field, known in (
            ("parent", {**self.venues, **self.made}),
            ("village", self.villages),
        ):
            if name := one.row.text(field):
                found[field] = known.get((town.pk, name_key(name)))
        if name := one.row.text("chamber"):
            found["chamber"] = self.chambers.get(name_key(name))
        for field in [field for field, record in found.items() if record is None]:
            words = _("本街镇没有“%(name)s”，这一格没有采用。")
            one.problems.append(warning(field, words % {"name": one.row.text(field)[:50]}))
            del found[field]
        return found

    def _twin_marks(self, one: Comparison) -> Iterable[str]:
        return [one.record] if one.record else one.keys[:1]
