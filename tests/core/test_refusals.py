"""Rules have a number and words; all that are broken are told at once."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.utils.translation import gettext_lazy

from config.env import ROOT
from core.forms import PlainForm
from core.refusals import Refused, Rule, refuse_if_broken

DATE = Rule("ACT-03", gettext_lazy("活动日期不得晚于填报日"), "held_on")
WHOLE = Rule("ACT-09", "这条记录不能修改")


class ExampleForm(PlainForm):
    held_on = forms.DateField(label="日期")


def test_every_broken_rule_is_carried_none_is_lost() -> None:
    with pytest.raises(Refused) as refused:
        refuse_if_broken(rule for rule in (DATE, WHOLE))

    assert refused.value.rules == (DATE, WHOLE)
    assert "ACT-03 活动日期不得晚于填报日" in str(refused.value)


def test_nothing_broken_refuses_nothing() -> None:
    refuse_if_broken([])


def test_a_form_shows_each_rule_at_its_field_or_above() -> None:
    form = ExampleForm({"held_on": "2024-05-27"})
    assert form.is_valid()

    form.add_refusal(Refused([DATE, WHOLE, Rule("ACT-01", "别处的字段", "no_such_field")]))

    assert form.errors["held_on"] == ["活动日期不得晚于填报日"]
    assert form.non_field_errors() == ["这条记录不能修改", "别处的字段"]
    assert form.has_error("held_on", "ACT-03")


def rules_of_the_house() -> list[tuple[str, str, Any]]:
    """Every rule written down in a module called rules: (module, name, rule)."""
    modules = sorted(f"{path.parent.name}.rules" for path in ROOT.glob("*/rules.py"))
    return [
        (module, name, value)
        for module in modules
        for name, value in vars(import_module(module)).items()
        if isinstance(value, Rule)
    ]


def test_no_two_rules_share_a_number() -> None:
    counts = Counter(rule.code for _module, _name, rule in rules_of_the_house())

    assert len(counts) > 30
    assert [code for code, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("module", "name", "rule"), rules_of_the_house(), ids=lambda value: getattr(value, "code", "")
)
def test_a_rule_has_a_number_and_a_sentence_that_helps(module: str, name: str, rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}-\d{2}", rule.code), f"{module}.{name}"
    assert not str(rule.words).isascii()
