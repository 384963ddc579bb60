"""Form fields of their own kind: where an activity was, and who stood behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from activities import queries
from activities.entries import BY_NAME, Organisation, parse_tokens
from core.access import Viewer
from core.normalise import clean_text
from venues.models import Venue

LONGEST_PLACE = 200
MOST_HOSTS = 30
TYPED = "_typed"  # the suffix of the plain text field that stands in for script
BETWEEN_NAMES = re.compile(r"[、,，;；\n]+")


class TypedSelect(forms.Select):
    """A select found while typing that also takes what is not on the list, as "name:…".

    Without script a plain text field beside it takes the same.
    """

    template_name = "activities/widgets/typed_select.html"

    def __init__(self, suggest_url: str, *, typed_label: Any, **attrs: Any) -> None:
        self.typed_label = typed_label
        address = reverse_lazy(suggest_url)
        super().__init__({"data-suggest-url": address, "data-suggest-new": f"{BY_NAME}:", **attrs})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        typed = {"typed_name": f"{name}{TYPED}", "typed_label": self.typed_label}
        return {**super().get_context(name, value, attrs), **typed}

    def typed(self, data: Any, name: str) -> list[str]:
        """What stands in the plain text field, as tokens."""
        names = map(clean_text, BETWEEN_NAMES.split(data.get(f"{name}{TYPED}", "")))
        return [f"{BY_NAME}:{one}" for one in names if one]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name) or next(iter(self.typed(data, name)), "")


class TypedSelectMany(TypedSelect, forms.SelectMultiple):
    """The same for several."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [*chosen, *self.typed(data, name)]


class WhereField(forms.Field):
    """A venue by its key, or the name of a place that is none: cleans to ``(venue, place)``.

    ``offer`` fills it with the venues its person may choose.
    """

    def __init__(self, **options: Any) -> None:
        widget = TypedSelect(
            "activities:suggest_venues",
            typed_label=_("或填写地点"),
            placeholder=_("名称、拼音或首字母；没有的直接填"),
        )
        super().__init__(**{"widget": widget, "required": False, **options})
        self.venues: Any = Venue.objects.none()

    def offer(self, viewer: Viewer, chosen: Sequence[str], at_first: Sequence[Venue]) -> None:
        self.venues = queries.venues(viewer)
        shown = {str(venue.pk): str(venue) for venue in at_first}
        shown |= {token: self.words(token) for token in chosen if token}
        self.widget.choices = [("", ""), *shown.items()]

    def clean(self, value: Any) -> tuple[Venue | None, str]:
        token = str(value or "")
        organisation = Organisation.parse(token)
        if organisation and organisation.kind == BY_NAME:
            return self._called(organisation.name)
        if not token:
            return None, ""
        venue = self._venue(token)
        if venue is None:
            raise ValidationError(_("这处阵地不在可选范围内，请重新选择。"), code="invalid_choice")
        return venue, ""

    def _called(self, name: str) -> tuple[Venue | None, str]:
        """The venue of exactly that name when there is one alone, else a place."""
        found = [row for row in self.venues.named_like(name)[:3] if row.name == name]
        return (found[0], "") if len(found) == 1 else (None, name[:LONGEST_PLACE])

    def _venue(self, token: str) -> Venue | None:
        if not token.isdecimal() or len(token) > 18:
            return None
        venue: Venue | None = self.venues.filter(pk=int(token)).first()
        return venue

    def words(self, value: Any) -> str:
        """The value as it is read."""
        token = str(value or "")
        organisation = Organisation.parse(token)
        if organisation:
            return organisation.name
        return str(self._venue(token) or "")


class HostsField(forms.Field):
    """Organisations of one part, as tokens; cleans to a list of ``Organisation``."""

    def __init__(self, **options: Any) -> None:
        widget = TypedSelectMany(
            "activities:suggest_hosts",
            typed_label=_("其他单位，用顿号隔开"),
            placeholder=_("街镇、商会、企业；没有的直接填名称"),
        )
        super().__init__(**{"widget": widget, "required": False, **options})
        self.viewer: Viewer | None = None
        self.already: Sequence[Organisation] = ()

    def offer(
        self, viewer: Viewer, chosen: Sequence[Organisation], at_first: Sequence[Organisation]
    ) -> None:
        """``chosen`` are selected now, and allowed to stay when they stand on the record."""
        self.viewer = viewer
        names = queries.names_of([*chosen, *at_first])
        self.widget.choices = [(str(one), name) for one, name in names.items()]

    def clean(self, value: Any) -> list[Organisation]:
        assert self.viewer is not None
        chosen = list(parse_tokens(value or ()))[:MOST_HOSTS]
        return list(dict.fromkeys(queries.known(chosen, self.viewer, already=self.already)))

    def words(self, value: Any) -> str:
        return "、".join(self._names(value))

    def _names(self, value: Any) -> Iterator[str]:
        chosen = list(parse_tokens(value or ()))
        names = queries.names_of(chosen)
        for one in chosen:
            if one in names:
                yield names[one]
