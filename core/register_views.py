"""The four views of a register: its records are made, changed, ended and removed alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from core.access import Permission, requires
from core.edit_pages import (
    Place,
    RegisterForm,
    close_page,
    create_page,
    edit_page,
    find,
    place_of,
    read_or_send,
    remove_page,
    viewer_of,
)
from core.parts import Crumb, Text
from core.scoping import TownScopedQuerySet

Record = TypeVar("Record", bound=Model)
View = Callable[..., HttpResponse]
Action = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Register(Generic[Record]):
    """One kind of record and the pages on which it is written.

    ``rows`` are all its records, of which each viewer finds those in sight. ``listing`` is the list
    that every page stands under. A record that is part of another (a term of its chamber) names
    the rows of those in ``parents``: its pages stand under the parent's page and lead back to it.
    ``shown_at`` answers the page of a record that has none of its own.

    Each method makes one view from the title of its page and the action it calls; the action takes
    the record under the name of its model (``town=``), a new part its parent (``chamber=``).
    """

    rows: TownScopedQuerySet[Record]
    form_class: type[RegisterForm]
    listing: Callable[[], Crumb]
    parents: TownScopedQuerySet[Any] | None = None
    shown_at: Callable[[Any], str] | None = None

    def create(self, title: Text, action: Action) -> View:
        """The form for a new record; a part's address holds the key of its parent."""

        def create(request: HttpRequest, **parent_pk: int) -> HttpResponse:
            given = self._parent_of_new(request, **parent_pk)
            return create_page(
                request,
                form_class=self.form_class,
                write=partial(action, **given, by=viewer_of(request)),
                place=self._place(title, parent=next(iter(given.values()), None)),
                done=self._page_of,
                instance=self.rows.model(**given),
            )

        return _view(create, action)

    def edit(self, title: Text, action: Action) -> View:
        """The form over a record, which overwrites nothing that somebody else wrote meanwhile."""

        def edit(request: HttpRequest, record: Record, write: Action) -> HttpResponse:
            place = self._place(title, record)
            return edit_page(
                request, record=record, form_class=self.form_class, write=write, place=place
            )

        return self._view_of_one(edit, action)

    def close(self, title: Text, action: Action, *, label: Text = "", note: Text = "") -> View:
        """The day on which a record ends: what the day is called, what else ends with it."""

        def close(request: HttpRequest, record: Record, write: Action) -> HttpResponse:
            place = self._place(title, record)
            return close_page(request, write=write, place=place, label=label, note=note)

        return self._view_of_one(close, action)

    def remove(self, title: Text, action: Action) -> View:
        """Deleting a record that was made by mistake."""

        def remove(request: HttpRequest, record: Record, write: Action) -> HttpResponse:
            place = self._place(title, record)
            return remove_page(request, record=record, write=write, place=place)

        return self._view_of_one(remove, action)

    def _view_of_one(self, page: Callable[..., HttpResponse], action: Action) -> View:
        """A view that finds its record among those in sight and hands the page what to call."""

        def found(request: HttpRequest, pk: int) -> HttpResponse:
            record = find(request, self.rows, pk=pk)
            write = partial(action, **{_word(record): record}, by=viewer_of(request))
            return page(request, record, write)

        return _view(found, action)

    def _parent_of_new(self, request: HttpRequest, **parent_pk: int) -> dict[str, Model]:
        if self.parents is None:
            return {}
        word = _word(self.parents.model)
        return {word: find(request, self.parents, pk=parent_pk[f"{word}_pk"])}

    def _parent_of(self, record: Record) -> Any:
        return getattr(record, _word(self.parents.model)) if self.parents is not None else None

    def _page_of(self, record: Record) -> str:
        """Where a record is shown: its own page, its parent's, or what the register says."""
        if self.shown_at is not None:
            return self.shown_at(record)
        page: Any = self._parent_of(record) or record
        return str(page.get_absolute_url())

    def _place(self, title: Text, record: Record | None = None, parent: Any = None) -> Place:
        parent = parent or (self._parent_of(record) if record else None)
        named = str(title) % {"name": record}
        if parent is None:
            back_url = self._page_of(record) if record else ""
            return place_of(named, listing=self.listing(), record=record, back_url=back_url)
        url = str(parent.get_absolute_url())
        return Place(named, url, [self.listing(), Crumb(str(parent), url), Crumb(named)], url)


def _word(record: Model | type[Model]) -> str:
    """The name under which actions and addresses know a model: "village"."""
    return str(record._meta.model_name)


def _view(view: View, action: Action) -> View:
    """Named after its action, open to those who keep the registers, by GET and POST."""
    named = wraps(action, assigned=("__name__", "__module__", "__doc__"), updated=())(view)
    del named.__wrapped__
    return requires(Permission.EDIT_REGISTERS)(read_or_send(named))  # type: ignore[return-value]
