"""The forms of summaries: write one that is missing, set the parts of definitions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chambers.models import Position
from core.forms import PlainForm, RecordForm, Section
from summaries.figures.catalogue import FIGURES, in_order
from summaries.figures.figure import Figure
from summaries.figures.questions import Rules, Setting
from summaries.models import FigureRules


class SettingsForm(forms.Form):
    """Settings that two administrators may have open at once: neither takes back the other's.

    The form carries what stood there when it was opened. What the person left as it was stays as
    it is by now; what both changed is refused once, saying so at its field.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def remember(self) -> None:
        """Note what stands there now. Called when the form knows its initial values."""
        self.initial["seen"] = json.dumps(self._standing())

    def _standing(self) -> dict[str, Any]:
        return {
            name: _as_sent(self.get_initial_for_field(field, name))
            for name, field in self.fields.items()
            if name != "seen"
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = _seen(cleaned.pop("seen", ""))
        for name, now in self._standing().items():
            if name not in cleaned or seen.get(name, now) == now:
                continue
            mine = _as_sent(cleaned[name])
            if mine == seen[name]:
                cleaned[name] = self.get_initial_for_field(self.fields[name], name)
            elif mine != now:
                self._ask_again(name)
        return cleaned

    def _ask_again(self, name: str) -> None:
        words = _(
            "您打开本页后，有人把这一项改成了“%(now)s”。请核对，仍要用您填写的就再按一次保存。"
        )
        self.add_error(name, words % {"now": self._words(name)})
        sent: Any = self.data
        self.data = sent.copy()
        self.data["seen"] = json.dumps(self._standing())  # type: ignore[index]

    def _words(self, name: str) -> str:
        """What stands in a field now, as the form shows it."""
        field = self.fields[name]
        now = self.get_initial_for_field(field, name)
        if isinstance(field, forms.BooleanField):
            return _("是") if now else _("否")
        choices: Any = getattr(field, "choices", ())
        labels = {str(value): str(label) for value, label in choices}
        values = now if isinstance(now, list) else [now]
        told = [labels.get(str(value), str(value)) for value in values if value is not None]
        return _("、").join(told)


def _as_sent(value: Any) -> Any:
    """A value as JSON holds it, in one spelling: sets in order, nothing as ""."""
    if isinstance(value, list | tuple):
        return sorted(str(one) for one in value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


def _seen(text: str) -> Mapping[str, Any]:
    try:
        seen = json.loads(text or "{}")
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}


class RulesForm(SettingsForm, RecordForm):
    """What an administrator may set in the definitions of figures."""

    council_positions = forms.MultipleChoiceField(
        label=gettext_lazy("理事以上包含的职务"),
        choices=Position.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "“理事以上企业”只数担任这些职务的企业。监事长、监事是否计入在这里选。"
        ),
    )

    sections = (
        Section(gettext_lazy("理事以上"), ("council_positions",)),
        Section(gettext_lazy("天数"), (("idle_days", "grey_days"), ("lapse_days", "term_days"))),
        Section(gettext_lazy("比较"), ("least_base",)),
        Section(gettext_lazy("小结"), ("summaries_from",)),
    )

    class Meta:
        model = FigureRules
        fields = (
            "council_positions",
            "idle_days",
            "grey_days",
            "lapse_days",
            "term_days",
            "least_base",
            "summaries_from",
        )
        help_texts: dict[str, Any] = {
            "least_base": gettext_lazy(
                "上期或去年同期不到这个数，只说多几个、少几个，不算百分比。"
            ),
            "summaries_from": gettext_lazy("不填则从第一场经确认的活动所在的月份起。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.remember()


class FigureForm(SettingsForm, PlainForm):
    """The names of a figure, whether lists show it, and behind which figure it stands."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=30, required=False)
    title_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=80, required=False)
    is_hidden = forms.BooleanField(
        label=gettext_lazy("不显示"),
        required=False,
        help_text=gettext_lazy(
            "（看板、指标列表、导出和以后生成的小结不再列出；明细页和已生成的小结仍可打开。）"
        ),
    )
    after = forms.ChoiceField(label=gettext_lazy("排在哪个指标之后"), required=False)

    sections = (
        Section(gettext_lazy("名称"), (("title", "title_en"),)),
        Section(gettext_lazy("显示"), ("is_hidden", "after")),
    )

    def __init__(self, figure: Figure, rules: Rules, *args: Any, **kwargs: Any) -> None:
        own = rules.settings.get(figure.key, Setting())
        ordered = in_order(FIGURES.values(), rules.settings)
        place = ordered.index(figure)
        kwargs["initial"] = {
            "title": own.title,
            "title_en": own.title_en,
            "is_hidden": own.is_hidden,
            "after": ordered[place - 1].key if place else "",
        }
        super().__init__(*args, **kwargs)
        for name, language in (("title", "zh-hans"), ("title_en", "en")):
            with translation.override(language):
                built_in = str(figure.title)
            self.fields[name].help_text = _("不填则用原名“%(title)s”。") % {"title": built_in}
        after = self.fields["after"]
        assert isinstance(after, forms.ChoiceField)
        others = [(one.key, one.title_under(rules)) for one in ordered if one is not figure]
        after.choices = [("", _("最前")), *others]
        self.remember()
