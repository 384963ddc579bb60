"""When two people edit one record: what each changed, field by field, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django import forms
from django.db.models import Field, Model
from django.http import QueryDict

from core.access import Viewer
from core.editing import version_of
from core.history import Event, event_rows, newest_event
from core.history_names import Reader, names_in
from core.history_words import field_label, shown, who
from core.parts import NOTHING

MINE, THEIRS = "mine", "theirs"
# What the page of differences sends beside the form's own fields.
VERSION, SEEN, CONFLICT, KEEP = "version", "seen", "conflict", "keep_"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that stands differently now from what the person wants.

    ``opened`` is the value both began with; ``chosen`` is "" when both changed it, so that the
    person has to say which one stays.
    """

    name: str
    label: str
    opened: str
    theirs: str
    mine: str
    chosen: str


@dataclass(frozen=True, slots=True)
class Clash:
    """All that differs between the record as somebody else left it and what the person wants."""

    who: str
    at: datetime | None
    conflicts: tuple[Conflict, ...]
    hidden: tuple[tuple[str, str], ...]


class EditForm(Protocol):
    """A form over a record that its viewer fills: ``core.edit_pages.RegisterForm``."""

    data: Any
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    instance: Any
    _meta: Any

    def __getitem__(self, name: str) -> forms.BoundField: ...


def clash_between(form: EditForm, current: Model, viewer: Viewer) -> Clash:
    """Compare the sent form (valid) with the record as it stands now."""
    model = type(current)
    opened = event_rows(model).filter(
        pgh_obj_id=current.pk, pgh_id=form.cleaned_data.get(VERSION) or 0
    )
    base, newest = opened.first(), newest_event(current)
    rows = [(model, row) for row in (base, current, form.instance) if row]
    reader = Reader(names_in(rows, viewer), {}, {})
    conflicts = tuple(
        conflict
        for field in model._meta.concrete_fields
        if field.name in (form._meta.fields or ())
        and (conflict := _compare(field, base, current, form.instance, reader))
    )
    last = Event(model, newest) if newest else None
    return Clash(
        who=who(last, Reader.of([last], viewer)) if last else "",
        at=last.at if last else None,
        conflicts=conflicts,
        hidden=(*_sent_again(form.data), (SEEN, str(version_of(current)))),
    )


def _compare(
    field: Field[Any, Any], base: Any, current: Model, mine: Model, reader: Reader
) -> Conflict | None:
    """How one field differs; None when both want the same."""
    theirs, wanted = _value(current, field), _value(mine, field)
    if theirs == wanted:
        return None
    before = _value(base, field) if base else None
    chosen = ""
    if base and wanted == before:
        chosen = THEIRS
    elif base and theirs == before:
        chosen = MINE
    return Conflict(
        name=field.name,
        label=field_label(field),
        opened=shown(field, before, reader) or NOTHING,
        theirs=shown(field, theirs, reader) or NOTHING,
        mine=shown(field, wanted, reader) or NOTHING,
        chosen=chosen,
    )


def _value(row: Any, field: Field[Any, Any]) -> Any:
    """A stored value; nothing is nothing, whether the form or the database spells it "" or NULL."""
    value = getattr(row, field.attname, None)
    return None if value in ("", []) else value


def _sent_again(data: QueryDict) -> list[tuple[str, str]]:
    """What was typed, to be sent once more with the choices."""
    ours = {SEEN, CONFLICT, "csrfmiddlewaretoken"}
    return [
        (name, str(value))
        for name, values in data.lists()
        if name not in ours and not name.startswith(KEEP)
        for value in values
    ]


def settled(
    sent: QueryDict, form_class: Callable[..., EditForm], record: Model, viewer: Viewer
) -> QueryDict:
    """What was sent, with the values of somebody else where the person chose those.

    Choices hold only when every conflict has one; else the old version stays, and so the page of
    differences comes again.
    """
    conflicts = sent.getlist(CONFLICT)
    chosen = {name: sent.get(f"{KEEP}{name}") for name in conflicts}
    if SEEN not in sent or not set(chosen.values()) <= {MINE, THEIRS}:
        return sent
    merged = sent.copy()
    merged[VERSION] = str(sent[SEEN])
    now = form_class(instance=record, viewer=viewer)
    for name, choice in chosen.items():
        if choice == THEIRS and name in now.fields:
            _put(merged, now[name])
    return merged


def _put(data: QueryDict, field: forms.BoundField) -> None:
    """Put a field's value into sent data, the way a browser would send it."""
    value = field.value()
    if value is None or value is False:
        data.pop(field.html_name, None)
    elif isinstance(value, list | tuple):
        data.setlist(field.html_name, [str(part) for part in value])
    else:
        data[field.html_name] = "on" if value is True else str(value)
