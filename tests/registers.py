"""What tests of editing share: the data a form sends when nothing on it was touched."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from core.edit_pages import RegisterForm
from core.editing import version_of


def untouched(form_class: type[RegisterForm], record: Model, viewer: Any) -> dict[str, Any]:
    """The form of ``record`` as a browser sends it back at once."""
    form = form_class(instance=record, viewer=viewer)
    values = {name: form[name].value() for name in form.fields}
    sent = {
        name: "on" if value is True else str(value)
        for name, value in values.items()
        if value not in (None, False)
    }
    return {**sent, "version": version_of(record)}
