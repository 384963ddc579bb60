"""The forms of summaries: write one that is missing, set the parts of definitions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chambers.models import Position
from core.forms import RecordForm, Section
from summaries.models import FigureRules


class RulesForm(RecordForm):
    """What an administrator may set in the definitions of figures."""

    council_positions = forms.MultipleChoiceField(
        label=_("理事以上包含的职务"),
        choices=Position.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("“理事以上企业”只数担任这些职务的企业。监事长、监事是否计入在这里选。"),
    )

    sections = (
        Section(_("理事以上"), ("council_positions",)),
        Section(_("天数"), (("idle_days", "grey_days"), ("lapse_days", "term_days"))),
        Section(_("小结"), ("summaries_from",)),
    )

    class Meta:
        model = FigureRules
        fields = (
            "council_positions",
            "idle_days",
            "grey_days",
            "lapse_days",
            "term_days",
            "summaries_from",
        )
        help_texts: dict[str, Any] = {
            "summaries_from": _("不填则从第一场经确认的活动所在的月份起。"),
        }
