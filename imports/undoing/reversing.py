"""How rows of an import are reversed: restored, brought back, deleted, or left with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.db import IntegrityError, models, transaction

from core.fields import respell
from core.said import kept_words, listed
from core.said import said as _
from imports.comparing import values
from imports.models import Row
from imports.plans.bulk import insert_rows, update_rows

Model = type[models.Model]
Values = dict[str, Any]
AT_ONCE = 2_000  # rows in memory at a time
REVERSED, KEPT, FAILED = "reversed", "kept", "failed"
LONGEST_REASON = 500


NOTHING: Mapping[str, Values] = MappingProxyType({})


@dataclass(slots=True)
class Fate:
    """What becomes of a row: there are as many in memory as rows, most of them with nothing more.

    ``gives`` are the values given back by record, ``brings`` the records that the row removed,
    with their values.
    """

    row: int
    position: int
    gives: Mapping[str, Values] = field(default_factory=lambda: NOTHING)
    brings: Mapping[str, Values] = field(default_factory=lambda: NOTHING)
    word: str = REVERSED
    reasons: tuple[str, ...] = ()

    def keep(self, reason: str) -> None:
        """Leave something as it is, since somebody changed it."""
        if self.word == REVERSED:
            self.word = KEPT
        self.reasons += (reason,)

    def fail(self, reason: str) -> None:
        """Something can't be reversed."""
        self.word = FAILED
        self.reasons += (reason,)

    def give(self, key: str, attname: str, old: Any) -> None:
        """A field of a record gets this value back."""
        self.gives = {**self.gives, key: {**self.gives.get(key, {}), attname: old}}

    @property
    def kept_reason(self) -> dict[str, Any]:
        """The columns of a row that hold why, to be told in any language."""
        if not self.reasons:
            return {"outcome_reason": "", "outcome_said": {}}
        kept = kept_words(listed(list(dict.fromkeys(self.reasons)), between="；"))
        return {"outcome_reason": kept.pop("message")[:LONGEST_REASON], "outcome_said": kept}


class Deciding:
    """Looks at rows, the last first, and decides what becomes of each; nothing is written.

    ``makers`` tells for each record that the batch made the position of the row that made it;
    ``often`` are the records that several rows changed: what the later rows give back is what the
    earlier ones find. ``freed`` are foreign keys that will be given other values, ``spared`` the
    records that were made and are not any more as they were made.
    """

    def __init__(self, makers: dict[str, int], often: set[str]) -> None:
        self.makers = makers
        self.often = often
        self.given: dict[str, Values] = {}
        self.freed: set[tuple[str, str]] = set()
        self.spared: set[str] = set()

    def decide(self, rows: Sequence[Row]) -> list[Fate]:
        """The fates of some rows, in order. Their records are held until the end."""
        self.records = _load(rows)
        self.gone = _gone_targets(rows)
        return [self._fate(row) for row in rows]

    def _fate(self, row: Row) -> Fate:
        fate = Fate(row.pk, row.position)
        for key, after in row.after.items():
            record = self.records.get(key)
            if key not in row.before and self.makers.get(key) != row.position:
                continue  # the row that made it answers for it
            if record is None:
                self.spared.add(key)
                fate.keep(_("记录后来已被删除"))
            elif key in row.before:
                self._change(fate, key, row.before[key], after)
            elif values.freeze(record) | self.given.get(key, {}) != after:
                self.spared.add(key)
                fate.keep(_("后来有人改过“%(record)s”") % {"record": record})
        for key in row.before.keys() - row.after.keys():
            self._removed(fate, key, row.before[key])
        return fate

    def _change(self, fate: Fate, key: str, before: Values, after: Values) -> None:
        """Give back each field that still holds what was imported."""
        record = self.records[key]
        now = values.freeze(record) | self.given.get(key, {})
        kept = []
        for attname, old in before.items():
            if old == after.get(attname) or now[attname] == old:
                continue
            if now[attname] != after.get(attname):
                kept.append(_name_of(record, attname))
            elif _is_gone(self.gone, type(record), attname, old):
                words = _("“%(field)s”原来指向的记录已被删除")
                fate.fail(words % {"field": _name_of(record, attname)})
            else:
                fate.give(key, attname, old)
                self.freed.add((key, attname))
        if key in self.often:
            self.given[key] = {**self.given.get(key, {}), **fate.gives.get(key, {})}
        if kept:
            fate.keep(_("后来有人改过：%(fields)s") % {"fields": listed(kept)})

    def _removed(self, fate: Fate, key: str, before: Values) -> None:
        """A record the import deleted comes back with its key and every value."""
        model, _pk = values.address(key)
        if any(_is_gone(self.gone, model, name, before[name]) for name in values.references(model)):
            fate.fail(_("它所属的记录已被删除，不能恢复"))
        else:
            fate.brings = {**fate.brings, key: before}


def give_back(fates: Iterable[Fate]) -> None:
    """Write what rows give back, the last first, and bring back what they removed."""
    wanted: dict[str, Values] = {}
    givers: dict[str, list[Fate]] = defaultdict(list)
    for fate in fates:
        for key, told in fate.gives.items():
            wanted[key] = {**wanted.get(key, {}), **told}
            givers[key].append(fate)
        for key, told in fate.brings.items():
            _bring_back(fate, key, told)
    for model, pks in by_model(wanted).items():
        names = {name for key, told in wanted.items() if _is_of(key, model) for name in told}
        for start in range(0, len(pks), AT_ONCE):
            found = model._default_manager.filter(pk__in=pks[start : start + AT_ONCE])
            _save({values.key_of(record): record for record in found}, wanted, names, givers)


def _is_of(key: str, model: Model) -> bool:
    return key.startswith(f"{model._meta.label_lower}:")


def _save(
    records: dict[str, models.Model],
    wanted: dict[str, Values],
    names: set[str],
    givers: dict[str, list[Fate]],
) -> None:
    written = set(names)
    for key, record in records.items():
        for attname, old in wanted[key].items():
            setattr(record, attname, values.thaw(type(record), attname, old))
        written |= set(respell(record))
    try:
        with transaction.atomic():
            update_rows(records.values(), sorted(written))
    except IntegrityError:
        # One of them breaks a promise of the database: find it, and say so of its rows.
        for key, record in records.items():
            try:
                with transaction.atomic():
                    update_rows([record], sorted(written))
            except IntegrityError as broken:
                for fate in givers[key]:
                    fate.fail(_why(record, broken))


def _bring_back(fate: Fate, key: str, told: Values) -> None:
    model, pk = values.address(key)
    record = model(pk=pk)
    for attname, old in told.items():
        setattr(record, attname, values.thaw(model, attname, old))
    try:
        with transaction.atomic():
            insert_rows([record])
    except IntegrityError as broken:
        fate.fail(_why(record, broken))


def _name_of(record: models.Model, attname: str) -> Any:
    found = record._meta.get_field(attname.removesuffix("_id"))
    return getattr(found, "verbose_name", attname)


def _why(record: models.Model, broken: IntegrityError) -> str:
    """The words of the promise that is broken, if it has any."""
    for constraint in record._meta.constraints:
        if constraint.name in str(broken) and constraint.violation_error_message:
            return listed([constraint.violation_error_message])
    return _("恢复后会与“%(what)s”中现有的记录冲突") % {"what": record._meta.verbose_name}


def _load(rows: Iterable[Row]) -> dict[str, models.Model]:
    """All touched records that still exist, locked, with one query for each model."""
    keys: dict[Model, set[int]] = defaultdict(set)
    for row in rows:
        for key in row.after:
            model, pk = values.address(key)
            keys[model].add(pk)
    return {
        values.key_of(record): record
        for model, pks in sorted(keys.items(), key=lambda item: item[0]._meta.label)
        for record in model._default_manager.filter(pk__in=pks)
        .order_by("pk")
        .select_for_update(no_key=True)
    }


def _gone_targets(rows: Iterable[Row]) -> dict[tuple[Model, str], set[Any]]:
    """By foreign key: what rows would refer to again and is not there any more."""
    wanted: dict[tuple[Model, str], set[Any]] = defaultdict(set)
    for row in rows:
        for key, before in row.before.items():
            model, _pk = values.address(key)
            after = row.after.get(key, {})
            for attname in values.references(model):
                if before[attname] is not None and before[attname] != after.get(attname):
                    wanted[model, attname].add(before[attname])
    return {place: keys - _present(*place, keys) for place, keys in wanted.items()}


def _is_gone(gone: dict[tuple[Model, str], set[Any]], model: Model, name: str, old: Any) -> bool:
    return old is not None and old in gone.get((model, name), ())


def _present(model: Model, attname: str, keys: set[Any]) -> set[Any]:
    target: Any = next(f for f in model._meta.concrete_fields if f.attname == attname)
    found = target.related_model._default_manager.filter(pk__in=keys)
    return set(found.values_list("pk", flat=True))


def referrers(keys: Iterable[str]) -> Iterator[tuple[str, str, Any]]:
    """Every record that refers to one of these: the key referred to, its own key, the foreign key.

    Those kept by triggers alone (no history of their own) follow by themselves and do not count.
    """
    for model, pks in by_model(keys).items():
        label = model._meta.label_lower
        for relation in relations_to(model):
            other = relation.related_model
            if not _counts(relation):
                continue
            for start in range(0, len(pks), AT_ONCE):
                referred = {f"{relation.field.name}__in": pks[start : start + AT_ONCE]}
                found = other._base_manager.filter(**referred)
                for pk, target in found.values_list("pk", relation.field.attname):
                    yield f"{label}:{target}", f"{other._meta.label_lower}:{pk}", relation.field


def _counts(relation: Any) -> bool:
    if relation.on_delete is models.DO_NOTHING:
        return False
    return relation.on_delete is models.PROTECT or hasattr(
        relation.related_model, "pgh_event_models"
    )


def relations_to(model: Model) -> list[Any]:
    """The foreign keys of other models to this one, those without a name of their own as well."""
    return [
        one
        for one in model._meta.get_fields(include_hidden=True)
        if one.auto_created and not one.concrete and (one.one_to_one or one.one_to_many)
    ]


def by_model(keys: Iterable[str]) -> dict[Model, list[int]]:
    """The primary keys of each model."""
    found: dict[Model, list[int]] = defaultdict(list)
    for key in keys:
        model, pk = values.address(key)
        found[model].append(pk)
    return found
