"""Since when a definition is as it is: the changes an administrator made, read from the history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from string import Formatter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.history import DELETED, event_rows
from core.parts import NOTHING
from summaries.figures.figure import Figure, council_words
from summaries.figures.questions import Rules
from summaries.models import FigureRules, FigureSetting

COUNCIL = "council_positions"
DAYS = ("idle_days", "grey_days", "lapse_days", "term_days")
SET_IN_RULES = (COUNCIL, *DAYS, "least_base", "summaries_from")
SET_FOR_FIGURES = ("title", "title_en", "is_hidden", "order")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change that somebody made: when, who, and what in words.

    ``fields`` are the names of what was set; ``key`` the figure it was set for, "" for a rule.
    """

    at: datetime
    by: str
    words: str
    fields: frozenset[str]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """The definition of a figure now: its number, and the changes that led to it, newest first.

    A release that counts otherwise and each change of a part of the definition make a new version;
    another name does not.
    """

    number: int
    definition_edits: Sequence[Edit]
    other_edits: Sequence[Edit] = field(default_factory=tuple)

    @property
    def since(self) -> datetime | None:
        """Since when it counts as it does; None while it is as delivered."""
        return self.definition_edits[0].at if self.definition_edits else None

    @property
    def edits(self) -> Sequence[Edit]:
        """All of them, newest first."""
        both = [*self.definition_edits, *self.other_edits]
        return sorted(both, key=lambda edit: edit.at, reverse=True)


class Versions:
    """All changes of definitions, read once: at most three queries whatever their number.

    Settings of single figures are never deleted, so where there are none there is no history.
    """

    def __init__(self, in_force: Rules) -> None:
        rules = list(_events(FigureRules))
        settings = list(_events(FigureSetting)) if in_force.settings else []
        names = _names([*rules, *settings])
        found = [
            *_edits(rules, FigureRules, SET_IN_RULES, names),
            *_edits(settings, FigureSetting, SET_FOR_FIGURES, names),
        ]
        found.reverse()  # of one transaction, which is one moment, the later one comes first
        self.edits: Sequence[Edit] = sorted(found, key=lambda edit: edit.at, reverse=True)

    def of(self, figure: Figure) -> Version:
        """The version of one figure's definition."""
        parts = parts_set_in(figure)
        of_definition = [edit for edit in self.edits if not edit.key and edit.fields & parts]
        others = [
            edit for edit in self.edits if edit.key == figure.key and edit.fields != {"order"}
        ]
        return Version(figure.edition + len(of_definition), of_definition, others)

    @property
    def of_rules(self) -> Sequence[Edit]:
        """The changes of settings that hold for all figures, newest first."""
        return [edit for edit in self.edits if not edit.key]


def parts_set_in(figure: Figure) -> frozenset[str]:
    """Which settings the definition of a figure names: they are in its words, in braces."""
    named = {name for _text, name, _spec, _conversion in Formatter().parse(str(figure.definition))}
    parts = {name.removeprefix("rules.") for name in named if name}
    return frozenset(COUNCIL if part == "council" else part for part in parts)


def _events(model: Any) -> Iterator[Any]:
    return iter(event_rows(model).select_related("pgh_context").order_by("pgh_id"))


def _names(events: Sequence[Any]) -> Mapping[int, str]:
    keys = [key for event in events if (key := _person(event))]
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _person(event: Any) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _edits(
    events: Sequence[Any], model: Any, fields: Sequence[str], names: Mapping[int, str]
) -> Iterator[Edit]:
    """Each event beside the row before it; before the first stands what is delivered."""
    before: dict[int, Any] = {}
    for event in events:
        row = model() if event.pgh_label == DELETED else event
        earlier = before.get(event.pgh_obj_id) or model()
        before[event.pgh_obj_id] = row
        changed = [name for name in fields if getattr(earlier, name) != getattr(row, name)]
        if changed:
            words = [_words(name, getattr(earlier, name), getattr(row, name)) for name in changed]
            yield Edit(
                at=event.pgh_created_at,
                by=names.get(_person(event) or 0, ""),
                words=_("；").join(words),
                fields=frozenset(changed),
                key=getattr(event, "key", ""),
            )


def _words(name: str, before: Any, after: Any) -> str:
    if name == COUNCIL:
        return _council_words(before, after)
    if name == "is_hidden":
        return _("改为不显示") if after else _("恢复显示")
    if name == "order":
        return _("排列次序有调整")
    model: Any = FigureRules if name in SET_IN_RULES else FigureSetting
    said = SAID.get(name, str)
    return _("%(name)s由 %(before)s 改为 %(after)s") % {
        "name": model._meta.get_field(name).verbose_name,
        "before": said(before) if before else NOTHING,
        "after": said(after) if after else NOTHING,
    }


def _council_words(before: Sequence[str], after: Sequence[str]) -> str:
    added, dropped = set(after) - set(before), set(before) - set(after)
    said = []
    if added:
        said.append(_("理事以上加入%(positions)s") % {"positions": council_words(added)})
    if dropped:
        said.append(_("理事以上去掉%(positions)s") % {"positions": council_words(dropped)})
    return _("；").join(said) or _("理事以上的职务次序有调整")


def _days(days: int) -> str:
    return ngettext("%(days)s 天", "%(days)s 天", days) % {"days": days}


def _quoted(text: str) -> str:
    return _("“%(text)s”") % {"text": text}


SAID: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(DAYS, _days),
    "title": _quoted,
    "title_en": _quoted,
}
