"""Small courses of what stands on a day: members, venues, honours at the end of each month.

Each month is a count of its own, so they are asked for once the page stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from core.parts import Spark, SparkPoint
from summaries.figures import chambers, towns, venues
from summaries.figures.answers import Answer, answers
from summaries.figures.courses import asked_courses, course_of
from summaries.figures.figure import Figure
from summaries.figures.questions import Question
from summaries.figures.scopes import ScopeKind

OF_PLACE = (venues.VENUES, chambers.MEMBERS, towns.VILLAGES_STAFFED, chambers.HONOURS)
OF_CHAMBER = (
    chambers.MEMBERS,
    chambers.COUNCIL_ENTERPRISES,
    chambers.HONOURS,
    venues.VENUES,
)
SHOWN: Mapping[ScopeKind, Sequence[Figure]] = {
    ScopeKind.DISTRICT: OF_PLACE,
    ScopeKind.TOWN: OF_PLACE,
    ScopeKind.CHAMBER: OF_CHAMBER,
}


def place_of(figure: Figure, question: Question) -> str:
    """The id of the place in the strip that its course is brought to; "" without a course."""
    has_course = figure in SHOWN.get(question.scope.kind, ())
    return f"course-{figure.key}" if has_course else ""


def courses_url(question: Question) -> str:
    """Where the courses of a strip are; "" for places that have none."""
    if question.scope.kind not in SHOWN:
        return ""
    return f"{reverse('dashboards:show_courses')}?{question.query}"


def courses(question: Question) -> list[tuple[str, Spark]]:
    """The courses of a place with the ids of their places, out of one statement."""
    shown = [
        one for one in SHOWN.get(question.scope.kind, ()) if not question.rules.is_hidden(one.key)
    ]
    answered = answers(asked_courses(shown, question))
    return list(_sparks(shown, question, answered))


def _sparks(
    shown: Sequence[Figure], question: Question, answered: Mapping[str, Answer]
) -> Iterator[tuple[str, Spark]]:
    for figure in shown:
        points = [
            SparkPoint(label=point.month.words, value=point.value, url=point.url)
            for point in course_of(figure, question, answered)
        ]
        title = _("%(figure)s，各月末") % {"figure": figure.title_under(question.rules)}
        if len(points) > 1:
            yield place_of(figure, question), Spark(title, points, figure.unit)
