"""Reading a question out of an address, and saying its period in words."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from core.access import WHOLE_DISTRICT
from core.periods import Period
from summaries.asking import period_words, presets, read_question
from summaries.figures.questions import Question, Rules
from summaries.figures.scopes import ScopeNotFound, district
from tests import factories
from towns.models import Town

TODAY = date(2024, 5, 27)


def read(asked: dict[str, str], user: object = WHOLE_DISTRICT) -> tuple[Question, list[str]]:
    return read_question(asked, user=user, today=TODAY, rules=Rules())  # type: ignore[arg-type]


def test_without_words_it_is_this_year_so_far() -> None:
    question, not_understood = read({})
    assert (str(question.period), question.as_of) == ("2024", TODAY)
    assert not not_understood


def test_the_year_is_that_of_the_as_of_day() -> None:
    question, _words = read({"as_of": "2023-03-01"})
    assert (str(question.period), question.as_of) == ("2023", date(2023, 3, 1))


@pytest.mark.parametrize(
    "asked",
    [
        {"period": "2024-13"},
        {"as_of": "27.5."},
        {"period": "2024-W1"},
        {"as_of": "0001-01-01"},
        {"period": "0001"},
        {"period": "9999-12"},
        {"period": "2024-01-01..9999-12-31"},
    ],
)
def test_what_is_not_understood_is_told_and_left_at_its_default(asked: dict[str, str]) -> None:
    question, not_understood = read(asked)
    assert len(not_understood) == 1
    assert (str(question.period), question.as_of) == ("2024", TODAY)


def test_no_day_lies_in_the_future() -> None:
    question, _words = read({"as_of": "2030-01-01"})
    assert question.as_of == TODAY


@pytest.mark.django_db
def test_a_liaison_asks_of_the_own_town(liaison: User, own_town: Town) -> None:
    question, _words = read({}, liaison)
    assert str(question.scope) == f"town:{own_town.code}"


@pytest.mark.django_db
def test_a_liaison_without_a_town_has_nothing_to_ask_of() -> None:
    with pytest.raises(ScopeNotFound):
        read({}, factories.liaison())


def test_the_periods_to_choose_from_are_those_around_the_day() -> None:
    offered = {preset.words: str(preset.period) for preset in presets(TODAY)}
    assert offered == {
        "今年以来": "2024",
        "本月": "2024-05",
        "上月": "2024-04",
        "本季度": "2024-Q2",
        "上季度": "2024-Q1",
        "本半年": "2024-H1",
        "去年": "2023",
        "近十二个月": "2023-06-01..2024-05-31",
    }


@pytest.mark.parametrize(
    ("period", "as_of", "words"),
    [
        ("2024", TODAY, "今年以来"),
        ("2023", TODAY, "2023年"),
        ("2023", date(2023, 3, 1), "2023年以来"),
        ("2024-04", TODAY, "2024年4月"),
        ("2024-05", TODAY, "2024年5月1日至5月27日"),
        ("2024-06", TODAY, "2024年6月"),
    ],
)
def test_a_period_is_said_as_people_say_it(period: str, as_of: date, words: str) -> None:
    question = Question(district(), Period.parse(period), as_of, WHOLE_DISTRICT)
    assert period_words(question, TODAY) == words


@pytest.mark.parametrize("scope", ["town:\0", "\0", "town:", "venue:-1", "chamber:9" + "9" * 40])
def test_a_place_that_can_not_be_is_not_found(db: None, scope: str) -> None:
    with pytest.raises(ScopeNotFound):
        read({"scope": scope})
