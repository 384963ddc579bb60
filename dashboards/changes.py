"""All changes of all records: what may be asked of them, and one page of the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.access import Viewer
from core.forms import PlainForm
from core.history import (
    DELETED,
    INSERTED,
    LARGEST_KEY,
    PAST_THE_SYSTEM,
    SYSTEM,
    UPDATED,
    ChangeQuestion,
    Cursor,
    newest_changes,
    tracked_models,
)
from core.history_words import LABEL_WORDS, audit_entries
from core.lists import query_without
from core.parts import HistoryEntry
from core.periods import LAST_DAY
from dashboards.change_lines import ChangeLine, lines_of

PAGE_SIZE = 30  # single writes on a page; those of one act are folded together
AFTER = "after"
# Who else wrote than a person: the choices that stand before the people.
NOBODY = ((str(SYSTEM), _("系统")), (str(PAST_THE_SYSTEM), _("来源不明（未经系统写入）")))


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """One page of changes; ``next_url`` is "" on the last, ``first_url`` "" on the first."""

    entries: Sequence[HistoryEntry]
    next_url: str
    first_url: str
    question: ChangeQuestion

    @property
    def lines(self) -> Iterator[ChangeLine]:
        of_records = self.question.record is None
        return lines_of(self.entries, of_acts=not self.question.act, of_records=of_records)


class ChangesForm(PlainForm):
    """Which changes are asked for; every field is a parameter of the URL."""

    person = forms.ChoiceField(
        label=_("人员"),
        required=False,
        widget=forms.Select(attrs={"data-suggest-url": reverse_lazy("dashboards:suggest_writers")}),
    )
    model = forms.ChoiceField(label=_("内容"), required=False)
    label = forms.ChoiceField(label=_("操作"), required=False)
    since = forms.DateField(label=_("自"), required=False)
    until = forms.DateField(label=_("至"), required=False)
    act = forms.UUIDField(required=False, widget=forms.HiddenInput)
    record = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST_KEY, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        models = [(label, model._meta.verbose_name) for label, model in tracked_models().items()]
        labels = [(label, LABEL_WORDS[label]) for label in (INSERTED, UPDATED, DELETED)]
        self._offer("person", [*NOBODY, *self._chosen_person()])
        self._offer("model", models)
        self._offer("label", labels)

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("全部")), *choices]

    def _chosen_person(self) -> list[tuple[str, str]]:
        """The person asked for; all others are found while typing."""
        key = str(self.data.get("person", ""))
        if not (key.isdecimal() and 0 < int(key) <= LARGEST_KEY):
            return []
        return [(str(user.pk), user.name) for user in User.objects.filter(pk=key)]

    def clean(self) -> dict[str, Any]:
        """A record is one of a kind: its number alone says nothing."""
        asked = super().clean() or self.cleaned_data
        if asked.get("record") and not asked.get("model"):
            asked["record"] = None
        return asked

    def question(self) -> ChangeQuestion:
        """What is asked; the form must be valid. Days are the district's, both included."""
        asked = self.cleaned_data
        until = asked["until"]
        return ChangeQuestion(
            models=[asked["model"]] if asked["model"] else (),
            label=asked["label"],
            person=int(asked["person"]) if asked["person"] else None,
            since=_midnight(asked["since"]),
            before=_midnight(min(until, LAST_DAY) + timedelta(days=1)) if until else None,
            act=str(asked["act"] or ""),
            record=asked["record"],
        )


def _midnight(day: date | None) -> datetime | None:
    return make_aware(datetime.combine(day, time.min)) if day else None


def changes_page(form: ChangesForm, query: QueryDict, viewer: Viewer) -> ChangesPage:
    """The page of changes that the URL asks for; none while the form has errors."""
    if not form.is_valid():
        return ChangesPage((), "", "", ChangeQuestion())
    after = Cursor.parse(query.get(AFTER, ""))
    question = form.question()
    events, following = newest_changes(question, after=after, limit=PAGE_SIZE)
    first = query_without(query, {AFTER})
    onward = QueryDict(first.removeprefix("?"), mutable=True)
    onward[AFTER] = str(following)
    return ChangesPage(
        entries=audit_entries(events, viewer=viewer),
        next_url=f"?{onward.urlencode()}" if following else "",
        first_url=first if after else "",
        question=question,
    )
