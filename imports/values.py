"""Exact values of records as they are kept beside an imported row, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from core.fields import DerivedField
from imports.models import Row
from imports.plans.rows import SheetRow

Frozen = dict[str, dict[str, Any]]


def sheet_row(row: Row) -> SheetRow:
    """A kept row as the plan reads it: with the problems of reading, without those of comparing."""
    read = [problem for problem in row.problems if problem.get("column")]
    return SheetRow(row.position, row.sheet, row.number, row.values, read)


def frozen(records: Iterable[models.Model]) -> Frozen:
    """Every stored field of each record, keyed ``app.model:pk``, as JSON can hold it."""
    return {f"{record._meta.label_lower}:{record.pk}": freeze(record) for record in records}


def freeze(record: models.Model) -> dict[str, Any]:
    """The stored fields of a record; derived ones follow by themselves."""
    plain = {
        field.attname: field.value_from_object(record)
        for field in record._meta.concrete_fields
        if not field.primary_key and not isinstance(field, DerivedField)
    }
    return dict(json.loads(json.dumps(_exact(record, plain), cls=DjangoJSONEncoder)))


def _exact(record: models.Model, plain: dict[str, Any]) -> dict[str, Any]:
    """Values as the database gives them back: 500 and 500.0000 of a decimal field are the same."""
    exact = dict(plain)
    for field in record._meta.concrete_fields:
        if isinstance(field, models.DecimalField) and plain.get(field.attname) is not None:
            value = field.to_python(plain[field.attname])
            exact[field.attname] = f"{value:.{field.decimal_places}f}"
    return exact


def thaw(model: type[models.Model], attname: str, value: Any) -> Any:
    """A frozen value as the model's field holds it."""
    field = next(one for one in model._meta.concrete_fields if one.attname == attname)
    return field.to_python(value)


def address(key: str) -> tuple[type[models.Model], int]:
    """The model and primary key of a key ``app.model:pk``."""
    label, pk = key.rsplit(":", 1)
    return apps.get_model(label), int(pk)
