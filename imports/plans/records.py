"""Plans whose rows are records of the registers: compared and written record by record."""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import Promise

from core.editing import broken_constraints
from core.fields import respell
from core.normalise import name_key
from core.refusals import Rule
from imports.plans.base import Plan
from imports.plans.bulk import delete_rows, insert_rows, update_rows
from imports.plans.near import NearNames
from imports.plans.rows import (
    ANOTHER,
    CHANGED,
    ERROR,
    NEW,
    OMIT,
    OMITTED,
    PROBLEM,
    SAME,
    Comparison,
    SheetRow,
    Wanted,
    any_of,
    error,
    option,
    warning,
)
from imports.plans.targets import Target, Unfit, is_less_exact, read_row
from imports.plans.twins import MOST_OFFERED, keep_out_twins
from imports.understanding.said import said as _
from towns.models import Town

Lookup = Mapping[str, str]


class RecordPlan(Plan):
    """Rows that each mean one record, new or known, with what belongs to it.

    ``targets`` are the fields that are read and compared as they are; ``_judge`` finds the record
    and says what would be written, in ``Comparison.wanted``.
    """

    targets: ClassVar[tuple[Target, ...]]
    # Where a rule of the model is told, when its field has another name in the list.
    told_at: ClassVar[Lookup] = {}
    towns: dict[str, Town]

    def compare(self, rows: Sequence[SheetRow]) -> list[Comparison]:
        self._load(rows)
        compared = [self._compare(row) for row in rows]
        words = _("与%(rows)s说的是同一项，请只留一行。")
        keep_out_twins(compared, self._twin_marks, field=self.named_by, words=words)
        self._keep_out_orphans(compared)
        return compared

    def _keep_out_orphans(self, compared: Sequence[Comparison]) -> None:
        """Keep out rows that refer to a record which another row would make and now does not."""
        while True:
            made = {id(r) for one in compared if one.writes for r in one.wanted.new}
            orphans = [
                one
                for one in compared
                if one.writes and any(_lacks(record, made) for record in one.wanted.new)
            ]
            for one in orphans:
                words = _("它所属的那一行还不能导入，请先处理那一行。")
                one.problems.append(error(self.named_by, words))
                one.verdict, one.changes, one.record = PROBLEM, {}, ""
            if not orphans:
                return

    def records_of(self, one: Comparison) -> list[models.Model]:
        wanted: Wanted = one.wanted
        return [record for record, _values in wanted.changed] + wanted.removed

    def write(
        self, comparisons: Sequence[Comparison], tell: Callable[[int], None]
    ) -> Iterator[tuple[Comparison, Sequence[models.Model]]]:
        writing = [one for one in comparisons if one.writes]
        tell(0)
        _insert([record for one in writing for record in one.wanted.new])
        tell(len(writing) // 2)
        _update([change for one in writing for change in one.wanted.changed])
        _delete([record for one in writing for record in one.wanted.removed])
        for one in writing:
            yield one, [*one.wanted.new, *(record for record, _values in one.wanted.changed)]

    @abstractmethod
    def _load(self, rows: Sequence[SheetRow]) -> None:
        """Load what the rows may mean, locked when it is for committing."""

    @abstractmethod
    def _judge(self, one: Comparison) -> None:
        """Find the record a readable row means; set its verdict, changes, record and wanted."""

    def _twin_marks(self, one: Comparison) -> Iterable[str]:
        """What two rows that mean the same share."""
        return [one.record] if one.record else []

    def _compare(self, row: SheetRow) -> Comparison:
        values, problems = read_row(row, self.targets)
        one = Comparison(row, NEW, values, problems=problems, wanted=Wanted())
        if row.choice.get(OMIT):
            one.verdict = OMITTED
            return one
        if not any_of(one.all_problems, ERROR):
            self._judge(one)
        if any_of(one.all_problems, ERROR):
            one.verdict, one.changes = PROBLEM, {}
        elif one.verdict != NEW:
            one.verdict = CHANGED if one.changes else SAME
        return one

    def _load_towns(self) -> None:
        self.towns = {name_key(town.name): town for town in Town.objects.all()}

    def _town_of(self, one: Comparison) -> Town | None:
        """The town a row belongs to: its own, else that of the list; told when there is none."""
        text = one.row.text("town")
        town = self.towns.get(name_key(text)) if text else self._own_town()
        if town is None:
            words = _("系统中没有街镇“%(name)s”，请核对。") % {"name": text[:50]}
            told = words if text else _("没有写明街镇，请补上，或上传时选择是哪个街镇的。")
            one.problems.append(error("town" if text else self.named_by, told))
        elif not self._may_write(town):
            one.problems.append(error("town", _("这个街镇不在您的工作范围内，不能导入。")))
        return town

    def _own_town(self) -> Town | None:
        chamber = self.scope.chamber
        return self.scope.town or (chamber.town if chamber else None)

    def _may_write(self, town: Town) -> bool:
        ids = self.scope.by.town_ids if self.scope.by else None
        return ids is None or town.pk in ids

    def _differences(
        self, one: Comparison, record: models.Model, targets: Iterable[Target]
    ) -> dict[str, Any]:
        """The new values of the record, by attribute; ``changes`` tells them."""
        found: dict[str, Any] = {}
        for target in targets:
            if target.name not in one.values:
                continue
            old, new = getattr(record, target.attribute), one.values[target.name]
            if self.lets(target.name, old, new) and not is_less_exact(
                one.row, target.name, old, new
            ):
                found[target.attribute] = new
                one.changes[target.name] = [target.show(old), target.show(new)]
        return found

    def _refer(
        self, one: Comparison, name: str, record: models.Model, attribute: str, new: models.Model
    ) -> dict[str, Any]:
        """The new value of a reference to another record, when it is another one."""
        old = getattr(record, attribute)
        if not self.lets(name, old, new):
            return {}
        one.changes[name] = [str(old or ""), str(new)]
        return {attribute: new}

    def _hold_to(self, one: Comparison, record: models.Model, broken: Iterable[Rule]) -> None:
        """Tell what a record as it would be written breaks: rules, and promises of its table."""
        found = list(broken)
        if not _refers_to_new(record):
            respell(record)
            found += broken_constraints(record)
        for rule in found:
            field = self.told_at.get(rule.field, rule.field)
            one.problems.append(error(field if field in self.fields else self.named_by, str(rule)))

    def _tell_near(
        self,
        compared: Iterable[Comparison],
        known: Mapping[int, Sequence[models.Model]],
        place_of: Callable[[Comparison], int],
    ) -> None:
        """Show a new record beside those of its place whose name is near."""
        finders: dict[int, NearNames[int]] = {}
        for one in compared:
            if one.verdict != NEW or ANOTHER in one.row.choice:
                continue
            place = place_of(one)
            records = {record.pk: record for record in known.get(place, ())}
            if place not in finders:
                names = [(pk, name_key(str(record))) for pk, record in records.items()]
                finders[place] = NearNames(names)
            near = finders[place].near(name_key(one.row.text(self.named_by)))
            options = [option(records[pk], str(records[pk])) for pk in near][:MOST_OFFERED]
            if options:
                words = _("系统中有名称很像的，请选“与它相同”或“另外新增”；不选按新增处理。")
                told = warning(self.named_by, words)
                one.problems.append({**told, "options": options, "another": True})


def label(record: models.Model) -> str:
    """A record as rows name it: "app.model:pk"."""
    return f"{record._meta.label_lower}:{record.pk}"


def changed_copy(record: models.Model, values: Mapping[str, Any]) -> Any:
    """The record as it would be, to be judged; the record itself stays as it is."""
    fresh = copy(record)
    fresh._state = copy(record._state)
    fresh._state.fields_cache = dict(record._state.fields_cache)
    for name, value in values.items():
        setattr(fresh, name, value)
    return fresh


def one_of_words(words: Mapping[str, Any], told: Promise) -> Callable[[str], Any]:
    """A reader of choices: the whole word, else the longest that the text holds.

    ``told`` is the sentence for a text that is none, with %(text)s in it.
    """
    keys = {name_key(word): value for word, value in words.items()}

    def read(text: str) -> Any:
        key = name_key(text)
        if key in keys:
            return keys[key]
        held = sorted((word for word in keys if word in key), key=len, reverse=True)
        if not held:
            raise Unfit(str(told) % {"text": text[:30]})
        return keys[held[0]]

    return read


def _refers_to_new(record: models.Model) -> bool:
    """Whether it refers to a record that is itself still to be made."""
    return any(other.pk is None for other in _referred(record))


def _lacks(record: models.Model, made: Collection[int]) -> bool:
    return any(other.pk is None and id(other) not in made for other in _referred(record))


def _referred(record: models.Model) -> Iterator[models.Model]:
    for name in record._state.fields_cache:
        if isinstance(other := getattr(record, name), models.Model):
            yield other


def _insert(records: Iterable[models.Model]) -> None:
    """Insert the records, those first that others refer to."""
    waiting = list({id(record): record for record in records}.values())
    while waiting:
        ready: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        later = []
        for record in waiting:
            if _refers_to_new(record):
                later.append(record)
                continue
            for name in list(record._state.fields_cache):
                setattr(record, name, getattr(record, name))
            ready[type(record)].append(record)
        for same in ready.values():
            insert_rows(same)
        assert len(later) < len(waiting)
        waiting = later


def _update(changed: Iterable[tuple[models.Model, Mapping[str, Any]]]) -> None:
    groups: dict[type[models.Model], dict[int, models.Model]] = defaultdict(dict)
    names: dict[type[models.Model], set[str]] = defaultdict(set)
    for record, values in changed:
        for name, value in values.items():
            setattr(record, name, value)
            field: Any = record._meta.get_field(name)
            names[type(record)].add(field.attname)
        groups[type(record)][record.pk] = record
    for model, records in groups.items():
        update_rows(list(records.values()), sorted(names[model]))


def _delete(records: Iterable[models.Model]) -> None:
    groups: dict[type[models.Model], list[int]] = defaultdict(list)
    for record in records:
        groups[type(record)].append(record.pk)
    for model, pks in groups.items():
        delete_rows(model, pks)
