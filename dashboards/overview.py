"""What the pages of the district and of a town show, put together from numbers and named rows.

Each part of the page asks for what it shows when it is drawn, so that a part that is kept asks for
nothing (core.kept_parts, ``{% kept %}``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from core.access import Permission
from core.charts import Chart
from core.kept_parts import Key, reader_key
from core.parts import Definition, Figure, Matrix, Waiting
from dashboards import asked, events, lines, pickers, plots, queries, words
from dashboards.asked import Numbers
from dashboards.courses import courses_url
from dashboards.events import Happening
from dashboards.lines import Entry, Reminder, Staffing
from dashboards.pickers import ActivityFilters, PeriodPicker, TownPicker
from dashboards.queries import Placed
from dashboards.told import Told
from summaries.figures.answers import Answer, key_of
from summaries.figures.questions import Question
from towns.models import Brand, Post, Town


@dataclass(frozen=True)
class Overview:
    """One dashboard, ready for its template: of the district, or with ``town_code`` of a town."""

    question: Question
    narrowed: Question
    user: User
    now: datetime
    path: str
    town_code: str = ""

    @cached_property
    def key(self) -> Key:
        """All that a part of this page depends on besides its data."""
        question = self.question
        asked = key_of(question), self.narrowed.narrowed, question.rules.key
        place = self.path, self.town_code, str(question.scope.title)
        return (*place, *asked, *reader_key(self.user))

    @cached_property
    def numbers(self) -> Numbers:
        """All numbers, which are of one moment; a part is drawn anew when one it shows changed."""
        there = self._placed["chamber"] if self.town_code else ()
        return asked.of_place(self.question, self.narrowed, there)

    @property
    def towns(self) -> Sequence[Town]:
        """The towns of the page: those that stood on the day, or that this person sees."""
        return queries.towns_of(self.user) if self.town_code else queries.towns_on(self.question)

    @property
    def _own_towns(self) -> Sequence[Town]:
        """The towns that lists tell one by one: all of the district, or the town itself."""
        towns = self.towns
        return [one for one in towns if self.town_code in ("", one.code)]

    @property
    def _placed(self) -> dict[str, list[Placed]]:
        return queries.placed_in(self.question)

    @property
    def _brands(self) -> list[Brand]:
        return queries.brands(self.question)

    @property
    def opening(self) -> SafeString:
        only = [pill.words for pill in self.filters.pills]
        return words.opening(self.numbers, self.now, only=only)

    @property
    def as_of(self) -> str:
        return words.as_of_words(self.question, self.now)

    @property
    def definition(self) -> Definition:
        return words.definition_of(self.question, self.now)

    @property
    def export_url(self) -> str:
        if not self.user.can(Permission.EXPORT):
            return ""
        return f"{self.all_figures_url}&export=xlsx"

    @property
    def all_figures_url(self) -> str:
        return f"{reverse('summaries:list_figures')}?{self.question.query}"

    @property
    def courses_url(self) -> str:
        return courses_url(self.question)

    @property
    def strip(self) -> Sequence[Figure]:
        return words.strip(self.numbers)

    @property
    def months(self) -> Chart:
        return plots.by_month(self.numbers)

    @property
    def kinds(self) -> Chart:
        kinds, _fields = queries.kinds_and_fields()
        return plots.by_kind(self.numbers, kinds)

    @property
    def period(self) -> PeriodPicker:
        return pickers.period_picker(self.narrowed, path=self.path, today=localdate(self.now))

    @property
    def town_choice(self) -> TownPicker | None:
        return pickers.town_picker(self.narrowed, self.towns, self.user)

    @property
    def filters(self) -> ActivityFilters:
        kinds, _fields = queries.kinds_and_fields()
        return pickers.activity_filters(
            self.narrowed, path=self.path, kinds=kinds, brands=self._brands
        )

    @property
    def matrix(self) -> Matrix | None:
        return None if self.town_code else plots.towns_by_month(self.numbers, self.towns)

    @property
    def brands(self) -> Matrix:
        _kinds, fields = queries.kinds_and_fields()
        return plots.brands_by_field(self.numbers, self._own_towns, fields, self._brands)

    @property
    def grey(self) -> Answer:
        return self.numbers["brands_grey"]

    @property
    def waiting(self) -> Lines:
        waiting, _latest = queries.activities_shown(self.question, self.narrowed)
        return Lines(self, waiting)

    @property
    def latest(self) -> Lines:
        _waiting, latest = queries.activities_shown(self.question, self.narrowed)
        return Lines(self, latest)

    @property
    def submitted(self) -> Answer:
        return self.numbers["activities_submitted"]

    @property
    def returned(self) -> Answer:
        return self.numbers["activities_returned"]

    @property
    def activities_url(self) -> str:
        return self.numbers["activities"].url

    @property
    def staffing(self) -> Sequence[Staffing]:
        gaps = queries.unstaffed(self.question)
        return list(lines.staffing(self.numbers, self._own_towns, gaps))

    @property
    def unstaffed(self) -> Answer:
        return self.numbers["villages_unstaffed"]

    @property
    def more_gaps(self) -> int:
        return int(self.unstaffed.value) - len(queries.unstaffed(self.question))

    @property
    def reminders(self) -> Sequence[Reminder]:
        ending, _happened = self._dated
        return [lines.reminder_line(one, self.question) for one in ending]

    @property
    def timeline(self) -> Sequence[Happening]:
        _ending, happened = self._dated
        own = [(town.opened_on, _("设立")) for town in self._own_towns]
        return events.timeline(happened, *own) if self.town_code else ()

    @property
    def _dated(self) -> tuple[list[events.Row], list[events.Row]]:
        towns = self._own_towns if self.town_code else ()
        return queries.dated(self.question, towns)

    @property
    def chambers(self) -> Sequence[Entry]:
        there = self._placed["chamber"] if self.town_code else ()
        return [lines.chamber_line(one, self.numbers) for one in there]

    @property
    def venues(self) -> Sequence[Entry]:
        there = self._placed["venue"] if self.town_code else ()
        return [lines.venue_line(one, self.numbers) for one in there]

    @property
    def posts(self) -> Sequence[tuple[str, Placed]]:
        there = self._placed["post"] if self.town_code else ()
        return [(str(Post.Kind(one.kind).label), one) for one in there]


@dataclass(frozen=True)
class Lines:
    """A list of activities on an overview, drawn anew when another stands in it."""

    overview: Overview
    rows: Sequence[Told]

    @property
    def key(self) -> Key:
        return (*self.overview.key, *self.rows)

    @property
    def numbers(self) -> Numbers:
        return self.overview.numbers

    @property
    def waiting(self) -> Sequence[Waiting]:
        """The rows as what waits for somebody."""
        return [lines.waiting_line(one, self.overview.user, self.overview.now) for one in self.rows]
