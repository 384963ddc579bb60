"""Many rows written with one statement: row by row, ten thousand of them take a minute."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import StringIO
from itertools import islice
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.base import ModelState

Record = TypeVar("Record", bound=models.Model)

MUTABLE = {list, dict}
AS_TEXT = (ArrayField, models.JSONField)  # travel as text when they are updated

AT_ONCE = 2_000
COPIED_AT_ONCE = 5_000  # a statement trigger sees all of them at once
# What COPY reads as something else than itself; NUL, which no text of PostgreSQL holds, is refused.
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
ESCAPED = re.compile(r"[\\\t\n\r]")
NOTHING = r"\N"
EMPTY: dict[type, str | None] = {dict: "{}", list: "[]", type(None): None}
# Every row trigger first asks whether it is to be ignored; where nothing was ever said of that the
# question raises and catches an error, which costs ten times what the trigger does for a row.
IGNORE_NOTHING = """
    SELECT set_config(
        'pgtrigger.ignore',
        COALESCE(NULLIF(current_setting('pgtrigger.ignore', true), ''), '{}'),
        true
    )
"""


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of rings away from many thousand records that live until the end.

    It would walk through all of them again and again, a fifth of an import's time, and find none.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def insert_rows(records: Iterable[models.Model]) -> None:
    """Insert records of one model with COPY, derived fields too; those without a key get one.

    Triggers see every row, and the history knows whose act it is.
    """
    pending = iter(records)
    while chunk := list(islice(pending, COPIED_AT_ONCE)):
        _insert(chunk)


def _insert(records: Sequence[models.Model]) -> None:
    meta = records[0]._meta
    fields: list[Any] = [field for field in meta.concrete_fields if not field.generated]
    fresh = [record for record in records if record.pk is None]
    # Asked for even when none is needed: it is the statement that tells the history who writes.
    numbers = fresh_numbers(type(records[0]), len(fresh))
    for record, number in zip(fresh, numbers, strict=True):
        record.pk = number
    columns = [_copied(field, records) for field in fields]
    copy_columns(meta.db_table, [field.column for field in fields], columns)
    for record in records:
        record._state.adding, record._state.db = False, connection.alias


def _copied(field: Any, records: Sequence[models.Model]) -> list[Any]:
    """A field of every record as it goes into the database."""
    values = _values(field, records)
    if isinstance(field, models.JSONField):
        return _texts_of_json(field, values)
    if isinstance(field, ArrayField):
        return [None if value is None else array_literal(value) for value in values]
    if isinstance(field, models.CharField | models.TextField | models.BooleanField):
        return values
    if isinstance(field, models.ForeignKey | models.AutoField):
        return values
    return [None if value is None else field.get_prep_value(value) for value in values]


def _values(field: Any, records: Sequence[models.Model]) -> list[Any]:
    """What a field of each record is saved as; most fields only hand out what they hold."""
    if type(field).pre_save in {models.Field.pre_save, models.JSONField.pre_save}:
        name = field.attname
        return [record.__dict__[name] for record in records]
    return [field.pre_save(record, True) for record in records]


def array_literal(items: Iterable[Any]) -> str:
    """A list of texts or numbers as PostgreSQL writes an array."""
    return "{" + ",".join("NULL" if one is None else _element(str(one)) for one in items) + "}"


def _element(text: str) -> str:
    escaped = text.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


def _texts_of_json(field: Any, values: Sequence[Any]) -> list[str | None]:
    """Values as JSON; most of them are empty."""
    encoder = field.encoder or json.JSONEncoder
    encode = encoder(ensure_ascii=False, separators=(",", ":")).encode
    return [
        encode(value) if value else EMPTY[type(value)] if type(value) in EMPTY else encode(value)
        for value in values
    ]


def fresh_numbers(model: type[models.Model], count: int) -> list[int]:
    """The next keys of a model's table.

    No mere SELECT: the library that keeps the history tells the database who writes with the first
    statement that is none, and it does not see a COPY.
    """
    statement = (
        "WITH fresh AS (SELECT nextval(pg_get_serial_sequence(%s, %s)) AS number "
        "FROM generate_series(1, %s)) SELECT number FROM fresh"
    )
    table, key = model._meta.db_table, model._meta.pk
    assert key is not None
    with connection.cursor() as cursor:
        cursor.execute(statement, [connection.ops.quote_name(table), key.column, count])
        return [number for (number,) in cursor.fetchall()]


def copy_columns(table: str, names: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
    """COPY columns of values into a table: None, text, numbers, days, truth values."""
    lines = zip(*map(_cells, columns), strict=True)
    text = StringIO("".join([f"{line}\n" for line in map("\t".join, lines)]))
    quote = connection.ops.quote_name
    listed = ", ".join(quote(name) for name in names)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.execute(IGNORE_NOTHING)
        cursor.copy_expert(f"COPY {quote(table)} ({listed}) FROM STDIN", text)


def _cells(column: Sequence[Any]) -> list[str]:
    """A column as COPY reads it, each different value once where few differ."""
    kinds = set(map(type, column))
    if kinds <= {int}:
        return list(map(str, column))
    different = set(column)
    if len(different) * 2 < len(column):
        told = {value: _cell(value) for value in different}
        return [told[value] for value in column]
    return list(map(_cell, column))


def _cell(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value.translate(ESCAPES) if ESCAPED.search(value) else value
    return value.isoformat() if isinstance(value, date) else str(value)


def delete_rows(model: type[models.Model], pks: Sequence[int]) -> None:
    """Delete rows by their keys, and what triggers keep for them; nothing else may refer to them.

    The library would load every row that might refer to one, to decide in Python.
    """
    quote, key = connection.ops.quote_name, model._meta.pk
    assert key is not None
    for relation in model._meta.related_objects:
        if relation.on_delete is models.CASCADE and not hasattr(
            relation.related_model, "pgh_event_models"
        ):
            kept: Any = relation.related_model._base_manager.filter(
                **{f"{relation.field.name}__in": pks}
            )
            kept._raw_delete(connection.alias)
    statement = (  # the names are those of our own models
        f"DELETE FROM {quote(model._meta.db_table)} "  # noqa: S608
        f"WHERE {quote(key.attname)} = ANY(%s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(pks)])


def update_rows(records: Iterable[models.Model], attnames: Iterable[str]) -> None:
    """Write these fields (by ``attname``) of records of one model; triggers see every row.

    Derived fields are not computed: name them as well, after ``core.fields.respell``.
    """
    names = list(dict.fromkeys(attnames))
    pending = iter(records)
    while chunk := list(islice(pending, AT_ONCE)):
        _update(chunk, names)


def _update(records: Sequence[models.Model], names: Sequence[str]) -> None:
    meta = records[0]._meta
    by_name = {field.attname: field for field in meta.concrete_fields}
    fields: list[Any] = [meta.pk, *(by_name[name] for name in names)]
    quote = connection.ops.quote_name
    table = quote(meta.db_table)
    arrays = ", ".join(f"%s::{_type_of(field)}[]" for field in fields)
    columns = ", ".join(f"c{place}" for place in range(len(fields)))
    settings = ", ".join(
        f"{quote(field.column)} = fresh.c{place}{_cast(field)}"
        for place, field in enumerate(fields)
        if not field.primary_key
    )
    statement = (  # the names are those of our own models
        f"UPDATE {table} SET {settings} FROM unnest({arrays}) AS fresh({columns}) "  # noqa: S608
        f"WHERE {table}.{quote(fields[0].column)} = fresh.c0"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [_column_of(records, field) for field in fields])


def _cast(field: Any) -> str:
    """Arrays travel as text: an array of arrays would be taken apart to the last element."""
    return f"::{field.db_type(connection)}" if isinstance(field, AS_TEXT) else ""


def _column_of(records: Sequence[models.Model], field: Any) -> str | list[Any]:
    """A field of every record as one array; texts as one literal, which is read much faster."""
    if isinstance(field, AS_TEXT):
        held = [getattr(record, field.attname) for record in records]
        if isinstance(field, models.JSONField):
            return array_literal(_texts_of_json(field, held))
        return array_literal(None if items is None else array_literal(items) for items in held)
    told = [
        field.get_db_prep_save(getattr(record, field.attname), connection) for record in records
    ]
    is_text = isinstance(field, models.CharField | models.TextField)
    return array_literal(told) if is_text else told


def _type_of(field: Any) -> str:
    """The type of the array; text, since a cast to varchar(n) would cut in silence."""
    if isinstance(field, (models.CharField, models.TextField, *AS_TEXT)):
        return "text"
    return str(field.rel_db_type(connection) if field.primary_key else field.db_type(connection))


def maker(model: type[Record]) -> Callable[[], Record]:
    """Makes new records of a model: like one blank record, where every default is the same."""
    defaults = [one.default for one in model._meta.concrete_fields if one.has_default()]
    if any(callable(default) and default not in MUTABLE for default in defaults):
        return model
    blank = {name: value for name, value in model().__dict__.items() if name != "_state"}

    def make() -> Record:
        record = model.__new__(model)
        record.__dict__.update({k: v.copy() if type(v) in MUTABLE else v for k, v in blank.items()})
        record._state = ModelState()
        return record

    return make
