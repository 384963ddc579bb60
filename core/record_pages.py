"""A page about one thing: its facts, what belongs to it, and its history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict, Unpack

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.access import Permission, Viewer
from core.edit_pages import viewer_of
from core.history import Cursor, Timeline, Trail, timeline_of
from core.history_words import entries
from core.kept import moment_words
from core.kept_parts import Key, reader_key, tables_read
from core.parts import Action, Crumb, Fact, State, Text, Tone

HISTORY_TEMPLATE = "records/history.html"
HISTORY_ID = "history"  # the element an htmx request replaces


class PageWords(TypedDict, total=False):
    """What a record's page says and offers besides its facts and its history."""

    crumbs: Sequence[Crumb]
    actions: Sequence[Action]
    lead: Text
    state: State | None
    context: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Addition:
    """What apps above the record's own know of it: a part above its facts, one below its own parts.

    They are templates; they find ``content`` in the context as ``dossier``. ``aside`` is one that a
    record's page puts into a column of its own parts, where it has one to fill.
    """

    above: str
    below: str
    content: Any
    aside: str = ""


Builder = Callable[[HttpRequest, Any, Viewer], Addition]
_builders: dict[type[Model], Builder] = {}


def register_addition(model: type[Model], build: Builder) -> None:
    """Have the pages of a model's records show what ``build(request, record, viewer)`` finds."""
    _builders[model] = build


def record_page(
    request: HttpRequest,
    template: str,
    *,
    record: Model,
    facts: Sequence[Fact],
    trails: Iterable[Trail] = (),
    **words: Unpack[PageWords],
) -> HttpResponse:
    """Answer the page of one record. ``template`` extends records/page.html.

    ``trails`` are the rows whose history is told with the record's own. The history is fetched when
    it is looked at, ``?history=newest``, a page at a time: ``?history=`` where the last one ended.
    """
    told = _history(request, record, trails)
    if told["history_asked"] and request.headers.get("HX-Target") == HISTORY_ID:
        return render(request, HISTORY_TEMPLATE, told)
    read = tables_read()
    build = _builders.get(type(record))
    addition = build(request, record, viewer_of(request)) if build else None
    context = {
        **told,
        **_words(record, facts, words),
        "addition": addition,
        "dossier": addition.content if addition else None,
        "own": OwnParts(_own_key(request, addition), read),
        **words.get("context", {}),
    }
    return render(request, template, context)


@dataclass(frozen=True, slots=True)
class OwnParts:
    """The facts and the own parts of a record, drawn anew when a table was written to that they
    read or that was read for the page before."""

    key: Key
    stands_on: frozenset[str]


def _own_key(request: HttpRequest, addition: Addition | None) -> Key:
    """All that the own parts depend on besides their data; with what they have from other apps."""
    user: Any = request.user
    aside = addition.content.key if addition and addition.aside else ()
    return (request.get_full_path(), user.pk, *reader_key(user), *aside)


def _history(request: HttpRequest, record: Model, trails: Iterable[Trail]) -> dict[str, Any]:
    """What the page says of the record's changes, if it was asked for them."""
    viewer = viewer_of(request)
    asked = request.GET.get("history", "")
    after = Cursor.parse(asked)
    history: Timeline | None = None
    if asked:
        history = timeline_of(record, viewer=viewer, trails=trails, after=after)
    return {
        "history_asked": bool(asked),
        "history": entries(history.events, viewer=viewer, record=record) if history else (),
        "history_before": history.following if history else None,
        "history_is_newest": after is None,
    }


def _words(record: Model, facts: Sequence[Fact], words: PageWords) -> dict[str, Any]:
    """What the head of the page says, and its facts that are known."""
    return {
        "record": record,
        "title": str(record),
        "facts": [fact for fact in facts if fact.value not in (None, "")],
        "crumbs": words.get("crumbs", ()),
        "actions": words.get("actions", ()),
        "lead": words.get("lead", ""),
        "state": words.get("state"),
        "as_of": moment_words(),
    }


def day_words(day: date | None) -> str:
    """A day in the reader's language; "" when it is not known, which leaves the fact out."""
    return date_format(day, "DATE_FORMAT") if day else ""


def in_force_state(closed_on: date | None, today: date) -> State | None:
    """已停用 for what has ended by ``today``; None while it goes on."""
    if closed_on and closed_on <= today:
        return State(_("已停用"), Tone.GREY)
    return None


def editing_actions(
    request: HttpRequest, record: Model, name: str, *, closing: Text = ""
) -> list[Action]:
    """Edit, close and remove, for those who may; ``name`` is "towns:*_village".

    ``closing`` is what ending such a record is called: 撤销 a village, 注销 an enterprise.
    """
    if not viewer_of(request).can(Permission.EDIT_REGISTERS):
        return []

    def url(verb: str) -> str:
        return reverse(name.replace("*", verb), args=[record.pk])

    closed = getattr(record, "closed_on", None)
    return [
        Action(_("修改"), url("edit"), icon="edit"),
        *([] if closed else [Action(closing or _("停用"), url("close"), icon="player-stop")]),
        Action(_("删除"), url("remove"), icon="trash"),
    ]


def adding_action(request: HttpRequest, label: Text, url_name: str, *args: Any) -> list[Action]:
    """The button that leads to the form for a new record, for those who may."""
    if not viewer_of(request).can(Permission.EDIT_REGISTERS):
        return []
    return [Action(label, reverse(url_name, args=args), icon="plus", primary=True)]
