"""What waits for one person: the next thing to do, oldest first, by role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from activities.models import Activity
from chambers.models import Term
from core.access import Permission
from core.parts import Action, State, Text, Tone, Waiting
from core.periods import Period
from dashboards.lines import days_since, missing_posts
from dashboards.queries import with_held_posts
from summaries.figures import activities, chambers, towns
from summaries.figures.answers import Answer, Asked, answers
from summaries.figures.figure import Figure
from summaries.figures.questions import Question, Rules
from summaries.figures.scopes import Scope, district, of_town
from towns.models import Town, Village

SHOWN = 20  # of each kind; the number above them opens the whole list

TO_REVIEW = (activities.ACTIVITIES_SUBMITTED, activities.ACTIVITIES_DRAFTS)
TO_ENTER = (
    activities.ACTIVITIES_RETURNED,
    activities.ACTIVITIES_DRAFTS,
    activities.ACTIVITIES_OVERDUE,
)
TO_KEEP = (towns.VILLAGES_UNSTAFFED, chambers.HONOURS_LAPSING, chambers.TERMS_DUE)


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of thing to do: its words, how many, and the first of them."""

    title: Text
    why: Text
    answer: Answer
    items: Sequence[Waiting]


def tasks_of(user: User, places: Sequence[Scope], rules: Rules, *, now: datetime) -> list[Task]:
    """What this person should do next, kind by kind and place by place; empty kinds left out."""
    questions = [_question(user, place, rules, localdate(now)) for place in places]
    asked = {
        f"{figure.key} {question.scope}": Asked(figure, question)
        for figure in figures_of(user)
        for question in questions
    }
    return [
        _task(answer, several=len(places) > 1, now=now)
        for answer in answers(asked).values()
        if answer.value
    ]


def figures_of(user: User) -> Sequence[Figure]:
    """The figures that count what this person has to do; reviewing comes before entering."""
    if user.can(Permission.REVIEW_ACTIVITIES):
        return TO_REVIEW
    if user.can(Permission.ENTER_ACTIVITIES):
        return TO_ENTER
    if user.can(Permission.EDIT_REGISTERS):
        return TO_KEEP
    return ()


def places_of(user: User, towns_seen: Iterable[Town]) -> list[Scope]:
    """Where this person works: the district, or each of the own towns."""
    return [district()] if user.town_ids is None else [of_town(town) for town in towns_seen]


def count_waiting(user: User) -> int:
    """How many things wait for this person, for the menu: one statement."""
    if not (user.can(Permission.REVIEW_ACTIVITIES) or user.can(Permission.ENTER_ACTIVITIES)):
        return 0
    # Not narrowed to a place: visible_to leaves a liaison the own towns, all of them at once.
    question = _question(user, district(), Rules(), localdate())
    asked = {figure.key: Asked(figure, question) for figure in figures_of(user)}
    return sum(int(answer.value) for answer in answers(asked).values())


def _question(user: User, place: Scope, rules: Rules, today: date) -> Question:
    return Question(place, Period.months(today.year, 1, 12), today, user, rules)


def _task(answer: Answer, *, several: bool, now: datetime) -> Task:
    figure, question = answer.asked.figure, answer.asked.question
    place = f"{question.scope.title}·" if several else ""
    return Task(
        title=f"{place}{figure.title}",
        why=figure.definition_for(question),
        answer=answer,
        items=list(_items(answer.asked, now)),
    )


def _items(asked: Asked, now: datetime) -> Iterator[Waiting]:
    rows = asked.figure.rows(asked.question)
    match asked.figure.key:
        case "villages_unstaffed":
            villages = with_held_posts(rows.select_related("town"), asked.question)
            for village in villages.order_by("town__order", "pk")[:SHOWN]:
                yield _village(village)
        case "honours_lapsing":
            for honour in rows.select_related("chamber").order_by("valid_until", "pk")[:SHOWN]:
                until = date_format(honour.valid_until, "DATE_FORMAT")
                yield Waiting(
                    state=State(_("将到期"), Tone.AMBER),
                    subject=honour.title,
                    detail=_("有效期至 %(day)s") % {"day": until},
                    action=Action(_("查看"), reverse("chambers:list_honours")),
                )
        case "terms_due":
            for term in rows.select_related("chamber").order_by("to_on", "pk")[:SHOWN]:
                yield _term(term, asked.question.day)
        case _:
            for activity in rows.select_related("town").order_by("submitted_at", "pk")[:SHOWN]:
                yield _activity(activity, asked.figure, now)


def _village(village: Village) -> Waiting:
    return Waiting(
        state=State(_("缺%(missing)s") % {"missing": missing_posts(village)}, Tone.AMBER),
        subject=village.name,
        detail=village.town.name,
        action=Action(_("查看"), reverse("towns:show_village", args=[village.pk])),
    )


def _term(term: Term, day: date) -> Waiting:
    ended = term.to_on <= day
    return Waiting(
        state=State(_("已届满"), Tone.RED) if ended else State(_("将届满"), Tone.AMBER),
        subject=term.chamber.name,
        detail=_("届满 %(day)s") % {"day": date_format(term.to_on, "DATE_FORMAT")},
        action=Action(_("查看"), reverse("chambers:show_chamber", args=[term.chamber_id])),
    )


def _activity(activity: Activity, figure: Figure, now: datetime) -> Waiting:
    """An activity with what is to be done about it."""
    held = date_format(activity.start_on, "DATE_FORMAT")
    place = str(activity.town) if activity.town else _("区级")
    words = {"place": place, "day": held}
    match figure.key:
        case "activities_submitted":
            days = days_since(activity.submitted_at, now)
            state, act = State(_("待审核"), Tone.AMBER), _("审核")
            detail = _("%(place)s，%(day)s 举办，已等 %(days)s 天") % {**words, "days": days}
        case "activities_returned":
            state, act = State(_("已退回"), Tone.RED), _("修改")
            detail = _("%(day)s，退回原因：%(reason)s") % {
                **words,
                "reason": activity.return_reason,
            }
        case "activities_overdue":
            state, act = State(_("已过期"), Tone.RED), _("登记结果")
            detail = _("计划 %(day)s 举办，请登记结果、改期或取消") % words
        case _:
            state, act = State(_("草稿"), Tone.GREY), _("继续填写")
            detail = _("%(day)s，还没有提交") % words
    url = reverse("activities:show_activity", args=[activity.pk])
    return Waiting(state=state, subject=activity.name, detail=detail, action=Action(act, url))
