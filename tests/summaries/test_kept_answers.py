"""An answer given before is given again only to who sees the same, while its tables are as then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.access import WHOLE_DISTRICT, Viewer
from core.kept import Making, making_apart
from core.periods import Period
from summaries.cells.watching import versions
from summaries.figures import activities, answers, towns
from summaries.figures.answers import NO_NAME, Asked
from summaries.figures.catalogue import FIGURES
from summaries.figures.questions import Question
from summaries.figures.scopes import district
from tests import factories
from tests.summaries.test_kept_pages import NO_TRIGGER, committed_elsewhere
from towns.models import Town

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 27)
YEAR = Period.months(2024, 1, 12)
BOTH = (activities.ACTIVITIES_SUBMITTED, towns.VILLAGES)


@contextmanager
def a_page() -> Iterator[Making]:
    """As pages are made: what had been written is read before."""
    making = Making(versions())
    with making_apart(making):
        yield making


def told(user: Viewer = WHOLE_DISTRICT) -> list[int]:
    """How many activities wait, and how many villages there are, as a page made now would say."""
    question = Question(district(), YEAR, DAY, user)
    with a_page():
        answered = answers.answers({one.key: Asked(one, question) for one in BOTH})
    return [int(answered[one.key].value) for one in BOTH]


def sent_for(user: Viewer = WHOLE_DISTRICT) -> str:
    with CaptureQueriesContext(connection) as sent:
        told(user)
    return " ".join(one["sql"] for one in sent.captured_queries)


def test_only_what_was_written_to_is_counted_again(own_town: Town) -> None:
    assert told() == [0, 0]
    factories.activity(own_town, review="submitted")
    again = sent_for()
    assert "activities_activity" in again
    assert "towns_village" not in again
    assert told() == [1, 0]
    factories.village(own_town)
    assert "activities_activity" not in sent_for()
    assert told() == [1, 1]


def test_without_its_trigger_an_answer_stays_behind(own_town: Town) -> None:
    """The control: a write that is not noted is an answer that is wrong."""
    assert told() == [0, 0]
    with connection.cursor() as cursor:
        cursor.execute(NO_TRIGGER)
    factories.village(own_town)
    assert told() == [0, 0]


def test_who_sees_the_same_shares_it_and_nobody_else(
    own_town: Town, other_town: Town, officer: User, liaison: User
) -> None:
    factories.village(own_town)
    factories.village(other_town)
    assert told(officer) == [0, 2]
    second = User.objects.get(pk=factories.officer().pk)
    assert "towns_village" not in sent_for(second)
    assert told(liaison) == [0, 1]
    assert told(factories.liaison(other_town, own_town)) == [0, 2]
    assert told(officer) == [0, 2]


def test_what_a_part_of_a_page_shows_names_the_tables_behind_it(own_town: Town) -> None:
    for _time in range(2):  # counted, then kept
        with a_page() as making:
            answers.answers({"one": Asked(towns.VILLAGES, _asked_of_all())})
        assert "towns_village" in making.named
    with a_page():
        (held,) = answers.answers({"one": Asked(activities.ACTIVITIES, _asked_of_all())}).values()
    assert {"activities_activity", "cells_cell"} <= held.named


def _asked_of_all() -> Question:
    return Question(district(), YEAR, DAY, WHOLE_DISTRICT)


@pytest.mark.django_db(transaction=True)
def test_what_commits_between_is_in_every_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kept answers and the statement for the others are of one moment, or all is asked again."""
    town = factories.town("华新镇", code="310118107")
    assert told() == [0, 0]
    factories.activity(town, review="submitted")
    real, writes = answers._counted, [committed_elsewhere(lambda: factories.village(town))]

    def late(asked: Any) -> Any:
        if writes:
            writes.pop()()
        return real(asked)

    monkeypatch.setattr(answers, "_counted", late)
    assert told() == [1, 1]


def test_each_select_begins_with_the_name_of_its_question() -> None:
    """Texts are made once for questions of any name, so the name is put in as the first value."""
    question = _asked_of_all()
    for figure in FIGURES.values():
        for by in [(), *((key,) for key, one in figure.dimensions.items() if one.path)]:
            select = answers._made(Asked(figure, question, by)).select
            assert select is not None
            values = [*select[1]]
            assert values.index(NO_NAME) == 0
            assert values.count(NO_NAME) == 1
