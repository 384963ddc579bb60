"""Activities, as the rules of entering them have it: a joint one stands once for all its towns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy

from activities import rules
from activities.entries import COLUMNS, Entry, Hosting, Organisation
from activities.models import Activity, ActivityKind, Host
from chambers.models import Chamber, Enterprise
from core.access import Permission
from core.normalise import name_key
from imports.plans.base import Belongs, Policy
from imports.plans.records import RecordPlan, label, one_of_words
from imports.plans.rows import ANOTHER, CHANGED, SAME_AS, Comparison, SheetRow, error, warning
from imports.plans.targets import Target, Unfit, attributes, read_amount, read_count
from imports.understanding.said import said as _
from towns.models import Brand, Town
from venues.models import Venue

MODE_WORDS = {
    "线上线下": Activity.Mode.BOTH.value,
    "线上": Activity.Mode.ONLINE.value,
    "线下": Activity.Mode.OFFLINE.value,
}
MODE_LABELS = {value: word for word, value in MODE_WORDS.items()}
PARTS = {"hosts": Host.Part.HOST, "organisers": Host.Part.ORGANISER, "co_hosts": Host.Part.CO_HOST}
_mode = one_of_words(MODE_WORDS, gettext_lazy("“%(text)s”不是活动方式，请写线上、线下或线上线下。"))
_SEVERAL = re.compile(r"[、,，;；/\s和及]+")
OTHER_KIND = "other"


def _money(text: str) -> Decimal:
    return read_amount(text).quantize(Decimal("0.01"))


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as unclear:
        words = _("“%(text)s”不是完整的日期，请写成 2024-05-28 这样。")
        raise Unfit(words % {"text": text[:30]}) from unclear


TARGETS = (
    Target("title", Activity, "name", needed=True),
    Target("mode", Activity, "mode", _mode, needed=True, labels=MODE_LABELS),
    Target("headcount", Activity, "headcount", read_count, needed=True),
    Target("donation_yuan", Activity, "donation_yuan", _money, needed=True),
    Target("beneficiaries", Activity, "beneficiaries", read_count, needed=True),
    Target("summary", Activity, "summary"),
    Target("start", Activity, "start_on", _moment, needed=True),
)
COMPARED = tuple(one for one in TARGETS if one.name not in {"title", "start"})


class ActivityPlan(RecordPlan):
    """An activity is known by its day and its name, among those its town takes part in.

    What is complete is handed to the district, as if its town had submitted it; whoever may review
    confirms it with that. What lacks something stays a draft of its town.
    """

    key = "activities"
    title = gettext_lazy("活动清单")
    unit = gettext_lazy("场")
    belongs_to = frozenset({Belongs.TOWN, Belongs.DISTRICT})
    fields = (*(one.name for one in TARGETS), *PARTS, "venue", "brand", "kind", "town")
    named_by = "title"
    keeps = frozenset({"title", "start", "town"})
    targets = TARGETS
    told_at = {"name": "title", "start_on": "start", "end_on": "start", "where": "venue"}
    remark = gettext_lazy(
        "内容齐全的活动导入后为待审核，由区里确认后才计入统计；缺人数、主办单位或地点的存为草稿。"
    )

    def _load(self, rows: Sequence[SheetRow]) -> None:
        self._load_towns()
        self.town_by_pk = {town.pk: town for town in self.towns.values()}
        self.kinds = {name_key(kind.name): kind for kind in ActivityKind.objects.all()}
        self.brands = {(one.town_id, one.name_key): one for one in Brand.objects.all()}
        self.venues = {(one.town_id, one.name_key): one for one in Venue.objects.all()}
        names = {name_key(name) for row in rows for name in _names(row)}
        chambers = Chamber.objects.filter(name_key__in=names)
        self.organisations: dict[str, Organisation] = {}
        self.town_of_host: dict[Organisation, int | None] = {}
        for enterprise in Enterprise.objects.filter(name_key__in=names):
            self._offer(enterprise.name_key, "enterprise", enterprise.pk, enterprise.town_id)
        for chamber in chambers:
            self._offer(chamber.name_key, "chamber", chamber.pk, chamber.town_id)
        for key, town in self.towns.items():
            self._offer(key, "town", town.pk, town.pk)
        self._load_activities(rows)

    def _offer(self, key: str, kind: str, pk: int, town: int | None) -> None:
        organisation = Organisation(kind, key=pk)
        self.organisations[key] = organisation
        self.town_of_host[organisation] = town

    def _load_activities(self, rows: Sequence[SheetRow]) -> None:
        days = {row.text("start")[:10] for row in rows} - {""}
        hosts = Host.objects.select_related("town", "chamber", "enterprise").order_by("pk")
        found = Activity.objects.filter(start_on__in=[d for d in days if _is_day(d)]).exclude(
            state=Activity.State.CANCELLED
        )
        found = found.select_related("town", "kind", "venue", "brand").prefetch_related(
            Prefetch("hosts", hosts), "participations"
        )
        self.activities: dict[tuple[date, str], list[Activity]] = defaultdict(list)
        self.by_pk: dict[int, Activity] = {}
        self.by_day: dict[date, list[Activity]] = defaultdict(list)
        for activity in self.locked(found):
            self.activities[activity.start_on, activity.name_key].append(activity)
            self.by_day[activity.start_on].append(activity)
            self.by_pk[activity.pk] = activity

    def compare(self, rows: Sequence[SheetRow]) -> list[Comparison]:
        compared = super().compare(rows)
        known = {day.toordinal(): found for day, found in self.by_day.items()}
        self._tell_near(compared, known, _day_number)
        return compared

    def _judge(self, one: Comparison) -> None:
        towns = self._towns_of(one)
        start: datetime | None = one.values.get("start")
        if not one.row.text("title") or start is None:
            broken = [rules.NAME_MISSING] if start else [rules.DAY_MISSING]
            self._tell(one, broken)
            return
        entry = self._entry(one, towns, start)
        if entry is None:
            return
        one.keys = [f"activity {start:%Y-%m-%d} {name_key(entry.name)[:150]}"]
        chosen = self.by_pk.get(one.row.choice.get(SAME_AS, 0))
        known = chosen or self._known(one, entry)
        if known:
            self._against(one, known, entry)
        else:
            self._make(one, entry)

    def _entry(self, one: Comparison, towns: Sequence[Town], start: datetime) -> Entry | None:
        """What the row says as somebody would have typed it; None when its kind is unknown."""
        town = towns[0] if towns else None
        kind = self._kind(one)
        if kind is None:
            return None
        said = dict(attributes(one.values, COMPARED))
        hosts = [*self._hosts(one), *_of_towns(towns)]
        if town and not any(hosting.part == Host.Part.HOST for hosting in hosts):
            hosts.append(Hosting(Host.Part.HOST, Organisation("town", key=town.pk)))
            words = _("没有写主办单位，新增时记为%(town)s。") % {"town": town.name}
            one.problems.append({**warning("hosts", words), "level": "notice"})
        venue, place = self._where(one, town)
        return Entry(
            town=town,
            name=one.row.text("title"),
            kind=kind,
            start_on=start.date(),
            start_at=start.time() if start.time() != time() else None,
            venue=venue,
            place=place,
            brand=self._brand(one, town),
            hosts=tuple(dict.fromkeys(hosts)),
            **said,
        )

    def _towns_of(self, one: Comparison) -> list[Town]:
        """The towns of a row: the first enters it, the others take part; the district has none."""
        text = one.row.text("town")
        if not text:
            own = self._own_town()
            return [own] if own else []
        names = [name_key(part) for part in _SEVERAL.split(text) if part]
        known = [self.towns[name] for name in names if name in self.towns]
        if len(known) < len(names):
            words = _("系统中没有街镇“%(name)s”，请核对。")
            one.problems.append(error("town", words % {"name": text[:50]}))
        if any(not self._may_write(town) for town in known):
            one.problems.append(error("town", _("这个街镇不在您的工作范围内，不能导入。")))
        return known

    def _kind(self, one: Comparison) -> ActivityKind | None:
        text = one.row.text("kind")
        if kind := self.kinds.get(name_key(text)):
            return kind
        key = name_key(text)
        alike = [kind for name, kind in self.kinds.items() if key and (name in key or key in name)]
        if len(alike) == 1:
            return alike[0]
        other = next((kind for kind in self.kinds.values() if kind.code == OTHER_KIND), None)
        if other is None:
            self._tell(one, [rules.KIND_MISSING])
            return None
        if text:
            words = _("活动类型里没有“%(text)s”，记为“%(kind)s”，请核对。")
            told = {"text": text[:30], "kind": other.name}
        else:
            words = _("没有写活动类型，记为“%(kind)s”，请核对。")
            told = {"kind": other.name}
        one.problems.append(warning("kind", words % told))
        return other

    def _where(self, one: Comparison, town: Town | None) -> tuple[Venue | None, str]:
        text = one.row.text("venue")
        venue = self.venues.get((town.pk, name_key(text))) if town else None
        return (venue, "") if venue else (None, text)

    def _brand(self, one: Comparison, town: Town | None) -> Brand | None:
        text = one.row.text("brand")
        brand = self.brands.get((town.pk, name_key(text))) if town and text else None
        if text and brand is None:
            words = _("本街镇没有品牌“%(name)s”，这一格没有采用。") % {"name": text[:50]}
            one.problems.append(warning("brand", words))
        return brand

    def _hosts(self, one: Comparison) -> Iterator[Hosting]:
        for field, part in PARTS.items():
            for name in one.row.values.get(field, []):
                known = self.organisations.get(name_key(name))
                yield Hosting(part, known or Organisation("name", name=name[:200]))

    def _known(self, one: Comparison, entry: Entry) -> Activity | None:
        """The same name and day in one of its towns; the hour decides between several."""
        assert entry.start_on is not None
        if ANOTHER in one.row.choice:
            return None
        ours = {entry.town.pk} if entry.town else set()
        ours |= {pk for host in entry.hosts if (pk := self.town_of_host.get(host.organisation))}
        same = [
            activity
            for activity in self.activities.get((entry.start_on, name_key(entry.name)), ())
            if ours & {part.town_id for part in activity.participations.all()}
            or (activity.town_id is None and entry.town is None)
        ]
        hours = [one for one in same if entry.start_at and one.start_at == entry.start_at]
        if len(same) > 1 and not hours:
            words = _("当天有几场同名的活动，请写明开始时间。")
            one.problems.append(error("start", words))
        if entry.start_at and not hours:
            same = [activity for activity in same if activity.start_at is None]
        return next(iter(hours or same), None)

    def _against(self, one: Comparison, known: Activity, entry: Entry) -> None:
        one.record, one.verdict = label(known), CHANGED
        values = self._differences(one, known, COMPARED)
        for field, fresh in (("brand", entry.brand), ("kind", entry.kind)):
            if fresh and one.row.text(field) and not _is_guess(one, field):
                values |= self._refer(one, field, known, field, fresh)
        values |= self._moved(one, known, entry)
        fresh_hosts, gone = self._changed_hosts(one, known, entry)
        if not one.changes:
            return
        self._tell(one, rules.broken_by_editing(known))
        one.wanted.changed = [(known, {**values, "version": known.version + 1})]
        one.wanted.new, one.wanted.removed = fresh_hosts, gone
        self._judge_entry(one, _entry_after(known, values, entry))

    def _moved(self, one: Comparison, known: Activity, entry: Entry) -> dict[str, Any]:
        """Where it was held, when the list says another venue or place."""
        if not one.row.text("venue") or not self.lets("venue", known.where, one.row.text("venue")):
            return {}
        if entry.venue and entry.venue != known.venue:
            one.changes["venue"] = [known.where, entry.venue.name]
            return {"venue": entry.venue}
        held = {name_key(known.place), name_key(known.where), name_key(str(known.venue or ""))}
        if entry.venue or name_key(entry.place) in held:
            return {}
        one.changes["venue"] = [known.where, entry.place]
        return {"venue": None, "place": entry.place}

    def _changed_hosts(
        self, one: Comparison, known: Activity, entry: Entry
    ) -> tuple[list[Host], list[Host]]:
        """Hosts that are added and taken away, of those parts that the list has a column for."""
        fresh: list[Host] = []
        gone: list[Host] = []
        for field, part in PARTS.items():
            here = [host for host in known.hosts.all() if host.part == part]
            wanted = [hosting for hosting in entry.hosts if hosting.part == part]
            policy = self.policy(field)
            kept = policy == Policy.KEEP or (policy == Policy.FILL and here)
            if not one.row.values.get(field) or kept:
                continue
            present = {Organisation.of(host): host for host in here}
            named = {hosting.organisation for hosting in wanted}
            more = [h.organisation for h in wanted if h.organisation not in present]
            # A town that takes part stays: its own list need not name it.
            less = [host for of, host in present.items() if of not in named and of.kind != "town"]
            if more or less:
                left = [str(host) for host in here if host not in less]
                added = [self._host_name(one, field, of) for of in more]
                one.changes[field] = ["、".join(map(str, here)), "、".join([*left, *added])]
            fresh += [Host(activity=known, part=part, **of.columns) for of in more]
            gone += less
        return fresh, gone

    def _host_name(self, one: Comparison, field: str, organisation: Organisation) -> str:
        if organisation.kind == "town" and organisation.key in self.town_by_pk:
            return self.town_by_pk[organisation.key].name
        for name in one.row.values.get(field, []):
            if self.organisations.get(name_key(name)) == organisation:
                return str(name)
        return organisation.name

    def _make(self, one: Comparison, entry: Entry) -> None:
        now = timezone.now()
        broken = self._judge_entry(one, entry)
        reviews = self.scope.by is not None and self.scope.by.can(Permission.REVIEW_ACTIVITIES)
        review = Activity.Review.DRAFT
        if not broken:
            review = Activity.Review.CONFIRMED if reviews else Activity.Review.SUBMITTED
        activity = Activity(
            **entry.columns,
            town=entry.town,
            state=entry.state_on(self.today),
            review=review,
            entered_by=self.scope.by,
            submitted_at=None if broken else now,
            reviewed_at=now if review == Activity.Review.CONFIRMED else None,
        )
        one.changes = {}
        hosts = [
            Host(activity=activity, part=h.part, **h.organisation.columns) for h in entry.hosts
        ]
        one.wanted.new = [activity, *hosts]

    def _judge_entry(self, one: Comparison, entry: Entry) -> list[Any]:
        """Tell what the rules of entering say; what keeps it from being submitted is returned."""
        ids = frozenset({entry.town.pk}) if entry.town else None  # checked with the row's town
        self._tell(one, rules.broken_by_entry(entry, today=self.today, town_ids=ids))
        state = entry.state_on(self.today)
        lacking = list(rules.broken_by_submitting(entry, state=state, today=self.today))
        for rule in lacking:
            words = _("%(rule)s现在存为草稿，由登记单位补齐。") % {"rule": rule}
            one.problems.append(warning(self._place(rule.field), words))
        return lacking

    def _tell(self, one: Comparison, broken: Iterable[Any]) -> None:
        one.problems += [error(self._place(rule.field), str(rule)) for rule in broken]

    def _place(self, field: str) -> str:
        known = self.told_at.get(field, field)
        return known if known in self.fields else self.named_by

    def _twin_marks(self, one: Comparison) -> Iterable[str]:
        if one.record:
            return [one.record]
        start = one.row.text("start")
        return [f"{key} {one.row.text('town')} {start}" for key in one.keys]


def _names(row: SheetRow) -> Iterator[str]:
    for field in PARTS:
        yield from row.values.get(field, [])


def _of_towns(towns: Sequence[Town]) -> Iterator[Hosting]:
    """Several towns of one row hold it jointly."""
    for town in towns if len(towns) > 1 else ():
        yield Hosting(Host.Part.HOST, Organisation("town", key=town.pk))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_guess(one: Comparison, field: str) -> bool:
    return any(problem["field"] == field for problem in one.problems)


def _day_number(one: Comparison) -> int:
    start: datetime = one.values["start"]
    return start.toordinal()


def _entry_after(known: Activity, values: dict[str, Any], entry: Entry) -> Entry:
    """The record as it would be after the change, to be judged like an entry."""
    held = {name: values.get(name, getattr(known, name)) for name in COLUMNS}
    hosts = tuple(Hosting(host.part, Organisation.of(host)) for host in known.hosts.all())
    return replace(entry, town=known.town, hosts=(*hosts, *entry.hosts), **held)
