"""What rows of history point to: the names of other rows and of people, the pages of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Field, ForeignKey, Model, Value
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.access import Permission, Viewer
from core.fields import DerivedField
from core.history import Event, TrackedModel
from core.models import Named
from core.scoping import TownScopedQuerySet

Names = Mapping[tuple[type[Model], Any], str]


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to put events into words: names of rows, names of people."""

    names: Names
    people: Mapping[Any, str]
    # Records that still are and have a page; filled only where entries lead to records.
    pages: Mapping[tuple[type[Model], Any], str]
    says_address: bool = False
    may_import: bool = False

    @classmethod
    def of(cls, events: Sequence[Event], viewer: Viewer, *, with_pages: bool = False) -> Reader:
        """Look up every name that these events mention, and the pages of their records: a query a
        model. Pages are for who sees the whole district: what they may not open is not named."""
        person = get_user_model()
        rows = [(event.model, row) for event in events for row in (event.row, event.before) if row]
        wanted = keys_in(rows)
        wanted[person] |= {event.metadata.get("user") for event in events}
        paged = records_of(events) if with_pages else {}
        for model, keys in paged.items():
            wanted[model] |= keys
        names = names_of(wanted, viewer)
        people = {key: name for (model, key), name in names.items() if model is person}
        pages = {
            (model, key): model.from_db("default", ["id"], [key]).get_absolute_url()  # type: ignore[attr-defined]
            for model, keys in paged.items()
            for key in keys
            if (model, key) in names
        }
        return cls(names, people, pages, may_import=viewer.can(Permission.IMPORT))

    def name(self, field: ForeignKey[Any, Any], key: Any) -> str:
        """The name of the row a foreign key points to, as far as the viewer may know it."""
        return self.names.get((target_of(field), key)) or _("（已删除或不在可见范围）")


def records_of(events: Iterable[Event]) -> dict[type[Model], set[Any]]:
    """The keys of the named records that events are about and that have a page, by their models."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for event in events:
        if issubclass(event.model, Named) and hasattr(event.model, "get_absolute_url"):
            wanted[event.model].add(event.row.pgh_obj_id)
    return wanted


def keys_in(rows: Iterable[tuple[TrackedModel, Any]]) -> dict[type[Model], set[Any]]:
    """The keys of all rows that these rows point to, by their models."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for model, row in rows:
        for attname, target in _keys_of(model):
            wanted[target].add(getattr(row, attname))
    return wanted


@cache
def _keys_of(model: TrackedModel) -> list[tuple[str, type[Model]]]:
    """The keys among the kept fields of a model, with the models they lead to."""
    fields = [field for field in kept_fields(model) if isinstance(field, ForeignKey)]
    return [(field.attname, target_of(field)) for field in fields]


def names_of(wanted: Mapping[type[Model], set[Any]], viewer: Viewer) -> Names:
    """The names of rows, as far as the viewer may know them: one query for all that have a name,
    and one for each other model."""
    keys = {model: present for model, some in wanted.items() if (present := some - {None})}
    named = [model for model in keys if issubclass(model, Named)]
    rows = _named(named, keys, viewer)
    names: dict[tuple[type[Model], Any], str] = {
        (named[place], key): name for place, key, name in rows
    }
    for model in keys.keys() - set(named):
        for key, row in _visible(model, viewer).in_bulk(list(keys[model])).items():
            names[model, key] = str(row)
    return names


def _named(
    models: Sequence[type[Model]], keys: Mapping[type[Model], set[Any]], viewer: Viewer
) -> Iterable[tuple[int, Any, str]]:
    """Place of the model, key and name of rows. Written as text for who sees the whole district:
    ten selects made of querysets take longer than the database does to answer them."""
    if viewer.town_ids is not None:
        for place, model in enumerate(models):
            rows = _visible(model, viewer).filter(pk__in=keys[model])
            yield from rows.annotate(place=Value(place)).values_list("place", "pk", "name")
        return
    branches = [
        f"SELECT {place}, id, name FROM {connection.ops.quote_name(model._meta.db_table)}"  # noqa: S608
        f" WHERE id = ANY(%(keys_{place})s)"
        for place, model in enumerate(models)
    ]
    if branches:
        given = {f"keys_{place}": list(keys[model]) for place, model in enumerate(models)}
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(branches), given)
            yield from cursor.fetchall()


def names_in(rows: Iterable[tuple[TrackedModel, Any]], viewer: Viewer) -> Names:
    """The names of all rows that these rows point to, as far as the viewer may know them."""
    return names_of(keys_in(rows), viewer)


@cache
def kept_fields(model: TrackedModel) -> list[Field[Any, Any]]:
    """The fields of a model that its history keeps and a person has a word for.

    Checksums, spellings and contents for the machine have none.
    """
    kept = {field.name for field in model.pgh_event_model._meta.fields}  # type: ignore[attr-defined]
    return [
        field
        for field in model._meta.concrete_fields
        if field.name in kept
        and field.editable
        and not field.primary_key
        and not isinstance(field, DerivedField)
        and isinstance(label_of(field), Promise)
    ]


def label_of(field: Field[Any, Any]) -> str | Promise:
    """A key without words of its own is called by what it opens; words are what is translated."""
    own: str | Promise = field.verbose_name
    if isinstance(field, ForeignKey) and not isinstance(own, Promise):
        return target_of(field)._meta.verbose_name or own
    return own


def target_of(field: ForeignKey[Any, Any]) -> type[Model]:
    related: Any = field.remote_field.model
    return related  # type: ignore[no-any-return]


def _visible(model: type[Model], viewer: Viewer) -> Any:
    """The rows whose names the viewer may know. Colleagues all have names."""
    rows = model._default_manager.all()
    if isinstance(rows, TownScopedQuerySet) and not rows.names_are_public:
        return rows.visible_to(viewer)
    return rows
