"""All figures of a place and a period with their 口径, in the administrator's order."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from core.forms import DayInput, PlainForm
from summaries.asking import AS_OF, PERIOD, SCOPE
from summaries.figure_page import version_words
from summaries.figures.answers import Asked, answers
from summaries.figures.catalogue import figures_for
from summaries.figures.questions import Question
from summaries.figures.versions import Versions
from summaries.filters import periods_offered, scopes_offered


def rows_of(question: Question) -> list[dict[str, Any]]:
    """A row for each figure that is not hidden: its number, its words, since when it counts so."""
    shown = figures_for(question.scope.kind, question.rules)
    versions = Versions(question.rules)
    answered = answers({one.key: Asked(one, question) for one in shown})
    return [
        {
            "title": answer.asked.figure.title_under(question.rules),
            "value": answer.value,
            "unit": str(answer.asked.figure.unit),
            "kind": str(answer.asked.figure.kind.words),
            "definition": answer.asked.figure.definition_for(question),
            "version": version_words(versions.of(answer.asked.figure)),
            "rows_url": answer.url,
            "settings": _("设置"),
            "settings_url": settings_url(answer.asked.figure.key),
        }
        for answer in answered.values()
    ]


def hidden(question: Question) -> list[dict[str, str]]:
    """The figures that lists leave out, for whoever may show them again."""
    return [
        {"title": one.title_under(question.rules), "settings_url": settings_url(one.key)}
        for one in figures_for(question.scope.kind)
        if question.rules.is_hidden(one.key)
    ]


@cache
def settings_url(key: str) -> str:
    return reverse("summaries:edit_figure", args=[key])


class QuestionForm(PlainForm):
    """Place, period and day, as the address has them."""

    def __init__(self, question: Question) -> None:
        super().__init__(
            initial={
                SCOPE: str(question.scope),
                PERIOD: str(question.period),
                AS_OF: question.as_of,
            }
        )
        self.fields[SCOPE] = forms.ChoiceField(
            label=_("范围"), choices=scopes_offered(question), required=False
        )
        self.fields[PERIOD] = forms.ChoiceField(
            label=_("期间"), choices=periods_offered(question), required=False
        )
        self.fields[AS_OF] = forms.DateField(label=_("截至"), widget=DayInput(), required=False)


def form(question: Question) -> QuestionForm:
    """What the page offers to ask otherwise."""
    return QuestionForm(question)
