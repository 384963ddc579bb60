"""Two people changed one activity: what each wants, field by field, as the page of it shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django import forms

from accounts.models import User
from activities.fields import TYPED
from activities.forms import EntryForm
from activities.models import Activity
from core.history import Event, newest_event
from core.history_names import Reader
from core.history_words import value_words, who
from core.parts import NOTHING
from core.stale_edits import CONFLICT, KEEP, MINE, SEEN, THEIRS, Clash, Conflict

Snapshot = dict[str, Any]


def clash_between(form: EntryForm, current: Activity, viewer: User) -> Clash:
    """Compare the sent form (valid) with the record as it stands now."""
    now = EntryForm(viewer=viewer, today=form.today, instance=current)
    newest = newest_event(current)
    last = Event(Activity, newest) if newest else None
    return Clash(
        who=who(last, Reader.of([last], viewer)) if last else "",
        at=last.at if last else None,
        conflicts=tuple(_conflicts(form, now)),
        hidden=(*_sent_again(form), (SEEN, str(current.version))),
    )


def _conflicts(form: EntryForm, now: EntryForm) -> Iterator[Conflict]:
    opened = _opened(form)
    theirs, mine = now.snapshot(), form.snapshot()
    for name in form.compared:
        if _same(form, name, theirs[name], mine[name]):
            continue
        chosen = ""
        if name in opened and _same(form, name, opened[name], mine[name]):
            chosen = THEIRS
        elif name in opened and _same(form, name, opened[name], theirs[name]):
            chosen = MINE
        yield Conflict(
            name=name,
            label=str(form.fields[name].label),
            opened=_words(form, name, opened.get(name, "")),
            theirs=_words(now, name, theirs[name]),
            mine=_words(form, name, mine[name]),
            chosen=chosen,
        )


def _opened(form: EntryForm) -> Snapshot:
    """The values the form began with, as the browser sent them back: a help, never trusted."""
    try:
        opened = json.loads(form.data.get("opened") or "{}")
    except ValueError:
        return {}
    return opened if isinstance(opened, dict) else {}


def _same(form: EntryForm, name: str, one: Any, other: Any) -> bool:
    """Whether two sent values mean the same: 9:00 and 09:00:00 do, and hosts in another order."""
    return bool(_meaning(form, name, one) == _meaning(form, name, other))


def _meaning(form: EntryForm, name: str, value: Any) -> Any:
    if isinstance(value, list):
        return {str(one) for one in value}
    field = form.fields[name]
    if isinstance(field, forms.DateField | forms.TimeField | forms.IntegerField):
        return _understood(field, value)
    return str(value).replace("\r\n", "\n").strip()


def _understood(field: forms.Field, value: Any) -> Any:
    try:
        return field.to_python(value)
    except forms.ValidationError:
        return value


def _words(form: EntryForm, name: str, value: Any) -> str:
    """A sent value as it is read."""
    field: Any = form.fields[name]
    if hasattr(field, "words"):
        words = field.words(value)
    elif isinstance(field, forms.ModelChoiceField):
        key = str(value)
        rows: Any = field.queryset
        row = rows.filter(pk=key).first() if key.isdecimal() else None
        words = field.label_from_instance(row) if row else ""
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        words = str(dict(choices).get(value, value))
    else:
        understood = _understood(field, value)
        words = value_words(understood) if understood not in (None, "") else ""
    return str(words) or NOTHING


def _sent_again(form: EntryForm) -> Iterator[tuple[str, str]]:
    """What was typed, and the button that was pressed, to be sent once more with the choices."""
    for name, value in form.snapshot().items():
        for one in value if isinstance(value, list) else [value]:
            yield name, str(one)
    ours = {SEEN, CONFLICT, "csrfmiddlewaretoken", *form.compared}
    for name, values in form.data.lists():  # type: ignore[attr-defined]
        if name not in ours and not name.startswith(KEEP) and not name.endswith(TYPED):
            yield from ((name, str(one)) for one in values)
