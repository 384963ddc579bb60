"""Each rule of an entry, broken alone; and the list of rules that people read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from activities import rules
from activities.entries import Entry, Hosting, Organisation
from activities.models import Activity, Host
from activities.shrinking import Refusal
from core.refusals import Rule
from tests import factories
from tests.activities.conftest import TODAY
from towns.models import Town

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
HELD = Activity.State.HELD


def broken(entry: Entry, town_ids: frozenset[int] | None) -> list[Rule]:
    kept = rules.broken_by_entry(entry, today=TODAY, town_ids=town_ids)
    state = entry.state_on(TODAY)
    return [*kept, *rules.broken_by_submitting(entry, state=state, today=TODAY)]


def test_a_complete_entry_breaks_none(entry: Entry, own_town: Town) -> None:
    assert broken(entry, frozenset({own_town.pk})) == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"name": ""}, rules.NAME_MISSING),
        ({"start_on": None}, rules.DAY_MISSING),
        ({"start_on": date(202, 5, 15)}, rules.DAY_OUT_OF_RANGE),
        ({"start_on": date(2027, 1, 1)}, rules.DAY_OUT_OF_RANGE),
        ({"end_on": date(2024, 5, 25)}, rules.ENDS_BEFORE_START),
        ({"start_at": time(14), "end_at": time(14)}, rules.ENDS_BEFORE_HOUR),
        ({"kind": None}, rules.KIND_MISSING),
        ({"headcount": None}, rules.HEADCOUNT_MISSING),
        ({"headcount": 0}, rules.HEADCOUNT_MISSING),
        ({"headcount": 1_000_001}, rules.NUMBER_TOO_LARGE),
        ({"hosts": ()}, rules.HOST_MISSING),
        (
            {"hosts": (Hosting(Host.Part.CO_HOST, Organisation("name", name="示例大学")),)},
            rules.HOST_MISSING,
        ),
        ({"venue": None}, rules.PLACE_MISSING),
    ],
)
def test_one_thing_wrong_breaks_one_rule(
    entry: Entry, own_town: Town, changes: dict[str, Any], rule: Rule
) -> None:
    before_venue_opened = {"venue": None, "place": "镇政府"} if "start_on" in changes else {}
    wrong = replace(entry, **{**before_venue_opened, **changes})
    assert broken(wrong, frozenset({own_town.pk})) == [rule]


@pytest.mark.parametrize(
    "changes",
    [
        {"venue": None, "place": "镇政府三楼"},
        {"venue": None, "mode": Activity.Mode.ONLINE},
        {"start_at": time(22), "end_at": time(2), "end_on": date(2024, 5, 27)},
        {"start_on": TODAY, "headcount": None},
        {"end_on": date(2024, 5, 26)},
    ],
)
def test_what_looks_odd_and_is_right_breaks_none(
    entry: Entry, own_town: Town, changes: dict[str, Any]
) -> None:
    assert broken(replace(entry, **changes), frozenset({own_town.pk})) == []


def test_what_is_held_is_not_dated_after_the_day_of_the_entry(entry: Entry) -> None:
    later = replace(entry, start_on=date(2024, 5, 28))
    wanted = rules.broken_by_submitting(later, state=HELD, today=TODAY)
    assert list(wanted) == [rules.HELD_AFTER_TODAY]


def test_a_brand_of_another_town_is_refused(entry: Entry, own_town: Town, other_town: Town) -> None:
    wrong = replace(entry, brand=factories.brand(other_town))
    assert broken(wrong, frozenset({own_town.pk})) == [rules.BRAND_OF_ANOTHER_TOWN]


@pytest.mark.parametrize(
    ("opened_on", "closed_on", "is_open"),
    [
        (date(2024, 5, 26), None, True),
        (date(2024, 5, 27), None, False),
        (None, date(2024, 5, 27), True),
        (None, date(2024, 5, 26), False),
        (None, None, True),
    ],
)
def test_a_venue_is_open_on_the_day_of_the_activity(
    entry: Entry, own_town: Town, opened_on: date | None, closed_on: date | None, is_open: bool
) -> None:
    venue = factories.venue(own_town, opened_on=opened_on, closed_on=closed_on)
    expected = [] if is_open else [rules.VENUE_NOT_OPEN]
    assert broken(replace(entry, venue=venue), frozenset({own_town.pk})) == expected


def all_rules() -> list[Rule]:
    found = [value for value in vars(rules).values() if isinstance(value, Rule)]
    return sorted(found, key=lambda rule: rule.code)


def test_numbers_are_used_once_without_a_gap() -> None:
    codes = [rule.code for rule in all_rules()]
    assert codes == [f"ACT-{number:02d}" for number in range(1, len(codes) + 1)]


def test_the_document_lists_exactly_the_rules_of_the_code() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    listed = re.findall(r"^\| (ACT-\d+) \| (.+) \|$", text, re.MULTILINE)
    assert listed == [(rule.code, str(rule.words)) for rule in all_rules()]


def test_every_photo_refusal_has_its_words() -> None:
    assert set(rules.OF_REFUSED_PHOTOS) == set(Refusal)
