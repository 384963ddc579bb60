"""Exact values of records as they are kept beside an imported row, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.timezone import is_aware

from core.fields import DerivedField
from imports.models import Row
from imports.plans.rows import SheetRow

Frozen = dict[str, dict[str, Any]]


def sheet_row(row: Row) -> SheetRow:
    """A kept row as the plan reads it: with the problems of reading, without those of comparing."""
    read = [problem for problem in row.problems if problem.get("column") or problem.get("code")]
    return SheetRow(row.position, row.sheet, row.number, row.values, read, row.choice)


def frozen(records: Iterable[models.Model]) -> Frozen:
    """Every stored field of each record, keyed ``app.model:pk``, as JSON can hold it."""
    return {key_of(record): freeze(record) for record in records}


def key_of(record: models.Model) -> str:
    """The key of a record, ``app.model:pk``."""
    return f"{record._meta.label_lower}:{record.pk}"


def freeze(record: models.Model) -> dict[str, Any]:
    """The stored fields of a record; derived ones follow by themselves."""
    kept = record.__dict__
    return {name: told(kept[name]) for name, told in _tellers(type(record))}


@cache
def _tellers(model: type[models.Model]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """The fields that are kept of a model, each with the way its values become JSON."""
    return tuple(
        (field.attname, partial(_told, field))
        for field in model._meta.concrete_fields
        if not field.primary_key and not isinstance(field, DerivedField) and not field.generated
    )


def _told(field: Any, value: Any) -> Any:
    """A value as JSON holds it, and as the database gives it back: 500 of a decimal is 500.0000."""
    if value is None:
        return None
    if isinstance(field, models.DecimalField):
        return f"{field.to_python(value):.{field.decimal_places}f}"
    if type(value) in {str, int, bool}:
        return value
    if isinstance(value, datetime) and is_aware(value):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def thaw(model: type[models.Model], attname: str, value: Any) -> Any:
    """A frozen value as the model's field holds it."""
    field = next(one for one in model._meta.concrete_fields if one.attname == attname)
    return field.to_python(value)


def address(key: str) -> tuple[type[models.Model], int]:
    """The model and primary key of a key ``app.model:pk``."""
    label, pk = key.rsplit(":", 1)
    return apps.get_model(label), int(pk)


@cache
def references(model: type[models.Model]) -> tuple[str, ...]:
    """The foreign keys of a model, by ``attname``."""
    fields = model._meta.concrete_fields
    return tuple(one.attname for one in fields if isinstance(one, models.ForeignKey))
