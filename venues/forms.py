"""Forms over venues, zones and neighbours."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chambers.models import Chamber, Enterprise
from core.edit_pages import RegisterForm
from core.forms import Section, SuggestField
from core.normalise import clean_text
from towns.models import Village
from venues.models import Neighbour, Venue, Zone

BETWEEN_WORDS = re.compile(r"[、，,；;\n]+")
LONGEST_WORD = 40


class WordsField(forms.CharField):
    """Several words in one line, "招商、文体、生活": cleans to a list, each word once."""

    def to_python(self, value: Any) -> Any:
        typed = clean_text(super().to_python(value) or "", keep_lines=True)
        words = [word.strip() for word in BETWEEN_WORDS.split(typed)]
        return list(dict.fromkeys(word for word in words if word))

    def validate(self, value: Any) -> None:
        super().validate(value)
        for word in value:
            if len(word) > LONGEST_WORD:
                raise ValidationError(
                    _("“%(word)s”太长，每项不超过40个字。"), params={"word": word[:10] + "…"}
                )

    def run_validators(self, value: Any) -> None:
        super().run_validators("、".join(value))

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(list(initial or []) != self.to_python(data))


class VenueForm(RegisterForm):
    functions = WordsField(
        label=_("功能"),
        required=False,
        max_length=400,
        help_text=_("用顿号隔开，如：招商、文体、生活。"),
    )
    parent = SuggestField(
        label=_("所属综合体"),
        queryset=Venue.objects.select_related("town"),
        suggest_url="venues:suggest_venues",
        required=False,
        help_text=_("是统战综合体的一部分才填。"),
    )
    village = SuggestField(
        label=_("村居"),
        queryset=Village.objects.select_related("town"),
        suggest_url="towns:suggest_villages",
        required=False,
    )
    chamber = SuggestField(
        label=_("所属商会"),
        queryset=Chamber.objects.select_related("town"),
        suggest_url="chambers:suggest_chambers",
        required=False,
    )

    sections = (
        Section(
            "",
            (("name", "kind"), ("town", "village"), ("area_m2", "functions"), "address"),
        ),
        Section(_("归属与管理"), (("parent", "chamber"), ("managed_by", "opening_hours"))),
        Section(_("工作联系"), (("contact", "phone"),)),
        Section(_("其他"), (("opened_on", "closed_on"), "introduction")),
    )

    class Meta:
        model = Venue
        fields = (
            "name",
            "kind",
            "town",
            "village",
            "area_m2",
            "functions",
            "address",
            "parent",
            "chamber",
            "managed_by",
            "opening_hours",
            "contact",
            "phone",
            "opened_on",
            "closed_on",
            "introduction",
        )


class ZoneForm(RegisterForm):
    sections = (Section("", (("name", "order"), "description")),)

    class Meta:
        model = Zone
        fields = ("name", "order", "description")


class NeighbourForm(RegisterForm):
    enterprise = SuggestField(
        label=_("企业"),
        queryset=Enterprise.objects.select_related("town"),
        suggest_url="chambers:suggest_enterprises",
        required=False,
        help_text=_("在企业台账里的，选上便可互相查看。"),
    )

    class Meta:
        model = Neighbour
        fields = ("name", "enterprise")
