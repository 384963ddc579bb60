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
    viewer = viewer_of(request)
    asked = request.GET.get("history", "")
    history: Timeline | None = None
    after = Cursor.parse(asked)
    if asked:
        history = timeline_of(record, viewer=viewer, trails=trails, after=after)
    told = {
        "history_asked": bool(asked),
        "history": entries(history.events, viewer=viewer, record=record) if history else (),
        "history_before": history.following if history else None,
        "history_is_newest": after is None,
    }
    if asked and request.headers.get("HX-Target") == HISTORY_ID:
        return render(request, HISTORY_TEMPLATE, told)
    build = _builders.get(type(record))
    addition = build(request, record, viewer) if build else None
    return render(
        request,
        template,
        {
            **told,
            "record": record,
            "title": str(record),
            "facts": [fact for fact in facts if fact.value not in (None, "")],
            "crumbs": words.get("crumbs", ()),
            "actions": words.get("actions", ()),
            "lead": words.get("lead", ""),
            "state": words.get("state"),
            "addition": addition,
            "dossier": addition.content if addition else None,
            "as_of": moment_words(),
            **words.get("context", {}),
        },
    )


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
