"""What the page of a chamber, a venue, a brand, an enterprise or a village shows besides its own:
figures, activities over time, the newest of them with pictures, and what happened when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum, auto
from functools import cached_property
from typing import cast

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from chambers.models import Chamber, Enterprise
from core.access import Viewer
from core.charts import Chart
from core.kept_parts import Key, reader_key
from core.parts import Definition, Figure, sentence
from core.periods import Period
from core.record_pages import Addition, register_addition
from dashboards import asked, events, plots, queries, words
from dashboards.asked import Numbers
from dashboards.courses import courses_url
from dashboards.events import Happening
from dashboards.pickers import PeriodPicker, period_picker
from dashboards.told import Told
from summaries.asking import period_words, read_question
from summaries.figures import activities, chambers, venues
from summaries.figures import figure as figures
from summaries.figures.answers import key_of
from summaries.figures.questions import Question
from summaries.figures.scopes import Scope, of_brand, of_chamber, of_venue
from summaries.queries import rules_in_force
from towns.models import Brand, Village
from venues.models import Venue

EARLIEST = date(1900, 1, 1)  # before any activity that was registered
TOLD = 16  # activities in the timeline of a venue or a brand
ABOVE, BELOW = "dashboards/dossier.html", "dashboards/dossier_below.html"
ASIDE = "dashboards/dossier_timeline.html"
OF_PLACE: tuple[figures.Figure, ...] = (
    activities.ACTIVITIES,
    activities.HEADCOUNT,
    activities.JOINT_ACTIVITIES,
    activities.DONATIONS,
    activities.BENEFICIARIES,
)
OF_CHAMBER: tuple[figures.Figure, ...] = (
    chambers.MEMBERS,
    chambers.COUNCIL_ENTERPRISES,
    chambers.MEMBERS_JOINED,
    chambers.MEMBERS_LEFT,
    chambers.HONOURS,
    chambers.HONOURS_LAPSING,
    venues.VENUES,
    venues.VENUES_IDLE,
    activities.ACTIVITIES,
    activities.HEADCOUNT,
)


class Shown(Enum):
    """Which figures the strip of a record shows."""

    NOTHING = auto()
    PLACE = auto()
    CHAMBER = auto()


@dataclass(frozen=True)
class Dossier:
    """Everything other apps know of a record, ready for its page.

    What was found stands here; the parts that show it are drawn anew when it is another.
    """

    path: str
    viewer: Viewer
    happenings: Sequence[Happening]
    latest: Sequence[Told]
    now: datetime
    numbers: Numbers | None = None
    shown: Shown = Shown.NOTHING
    is_told_aside: bool = False

    @cached_property
    def key(self) -> Key:
        """All that the parts depend on but the numbers."""
        found = tuple(self.happenings), tuple(self.latest), self.is_told_aside
        asked: Key = ()
        if self.numbers:
            question = self.question
            asked = (*key_of(question), question.rules.key, str(question.scope.title))
        return (self.path, *found, *asked, *reader_key(self.viewer))

    @property
    def question(self) -> Question:
        """What was asked of figures; only where there are any."""
        assert self.numbers is not None
        return self.numbers.question

    @property
    def opening(self) -> SafeString | str:
        return opening(self.numbers) if self.numbers else ""

    @property
    def strip(self) -> Sequence[Figure]:
        if self.numbers is None:
            return ()
        if self.shown is Shown.CHAMBER:
            return [*words.chamber_strip(self.numbers), *_held_strip(self.numbers)]
        return _place_strip(self.numbers)

    @property
    def charts(self) -> Sequence[Chart]:
        if self.numbers is None:
            return ()
        kinds, _fields = queries.kinds_and_fields()
        charts = plots.by_month(self.numbers), plots.by_kind(self.numbers, kinds)
        return [chart for chart in charts if not chart.is_empty]

    @property
    def definition(self) -> Definition | None:
        return words.definition_of(self.question, self.now) if self.numbers else None

    @property
    def period(self) -> PeriodPicker | None:
        if self.numbers is None:
            return None
        return period_picker(self.question, path=self.path, today=localdate(self.now))

    @property
    def earlier(self) -> str:
        """The day of the figures when that is not today."""
        if self.numbers is None or self.question.day >= localdate(self.now):
            return ""
        return date_format(self.question.day, "DATE_FORMAT")

    @property
    def activities_url(self) -> str:
        return self.numbers["activities"].url if self.numbers else ""

    @property
    def all_figures_url(self) -> str:
        if self.numbers is None:
            return ""
        return f"{reverse('summaries:list_figures')}?{self.question.query}"

    @property
    def courses_url(self) -> str:
        return courses_url(self.question) if self.numbers else ""


def register_dossiers() -> None:
    """Have the record pages below show what dashboards know."""
    register_addition(Chamber, of_chamber_page)
    register_addition(Venue, of_venue_page)
    register_addition(Brand, of_brand_page)
    register_addition(Enterprise, of_enterprise_page)
    register_addition(Village, of_village_page)


def of_chamber_page(request: HttpRequest, chamber: Chamber, viewer: Viewer) -> Addition:
    question = _question(request, of_chamber(chamber))
    numbers = asked.of_thing(question, OF_CHAMBER)
    happened = queries.happened(chamber, events.of_chamber, viewer, question.day)
    own = ((chamber.founded_on, _("成立")), (chamber.closed_on, _("注销")))
    latest = queries.newest(key_of(question), lambda: activities.ACTIVITIES.rows(question))
    dossier = _dossier(request, events.timeline(happened, *own), latest)
    dossier = replace(dossier, numbers=numbers, shown=Shown.CHAMBER, is_told_aside=True)
    return Addition(ABOVE, BELOW, dossier, aside=ASIDE)


def of_venue_page(request: HttpRequest, venue: Venue, _viewer: Viewer) -> Addition:
    own = ((venue.opened_on, _("启用")), (venue.closed_on, _("停用")))
    return _of_place(request, of_venue(venue), own)


def of_brand_page(request: HttpRequest, brand: Brand, _viewer: Viewer) -> Addition:
    own = ((brand.opened_on, _("创立")), (brand.closed_on, _("停用")))
    return _of_place(request, of_brand(brand), own)


def _of_place(
    request: HttpRequest, scope: Scope, own: Iterable[tuple[date | None, str]]
) -> Addition:
    """A venue or a brand: what happens there are its activities, those of all time."""
    question = _question(request, scope)
    numbers, ever = asked.of_thing(question, OF_PLACE), _ever(question)
    latest = queries.newest(key_of(ever), lambda: activities.ACTIVITIES.rows(ever), most=TOLD)
    told = events.timeline(events.of_activities(latest), *own)
    dossier = _dossier(request, told, latest[: queries.LATEST])
    return Addition(ABOVE, BELOW, replace(dossier, numbers=numbers, shown=Shown.PLACE))


def of_enterprise_page(request: HttpRequest, enterprise: Enterprise, viewer: Viewer) -> Addition:
    happened = queries.happened(enterprise, events.of_enterprise, viewer, localdate())
    own = ((enterprise.founded_on, _("成立")), (enterprise.closed_on, _("注销")))
    latest = queries.newest_hosted(enterprise, viewer)
    return Addition(ABOVE, BELOW, _dossier(request, events.timeline(happened, *own), latest))


def of_village_page(request: HttpRequest, village: Village, viewer: Viewer) -> Addition:
    happened = queries.happened(village, events.of_village, viewer, localdate())
    own = ((village.opened_on, _("设立")), (village.closed_on, _("撤销")))
    latest = queries.newest_in_village(village, viewer)
    return Addition(ABOVE, BELOW, _dossier(request, events.timeline(happened, *own), latest))


def _dossier(
    request: HttpRequest, happenings: Sequence[Happening], latest: Sequence[Told]
) -> Dossier:
    viewer = cast(User, request.user)
    return Dossier(request.path, viewer, happenings, latest, timezone.now())


def _question(request: HttpRequest, scope: Scope) -> Question:
    """The period and day in the address; what can't be understood is said above the page."""
    question, not_understood = read_question(
        request.GET,
        user=cast(User, request.user),
        today=localdate(),
        rules=rules_in_force(),
        scope=scope,
    )
    for said in not_understood:
        messages.warning(request, said)
    return question


def _ever(question: Question) -> Question:
    """The same question about all time up to its day."""
    return question.during(Period(EARLIEST, max(EARLIEST, question.day)))


def opening(numbers: Numbers) -> SafeString | str:
    """What people quote of a place: how often, how many, how it compares; "" when all is hidden."""
    held = words.held_clause(numbers)
    if not held:
        return ""
    return sentence(
        _("{period}，{place}{clauses}。"),
        period=period_words(numbers.question, localdate()),
        place=str(numbers.question.scope.title),
        clauses=held,
    )


def _held_strip(numbers: Numbers) -> list[Figure]:
    label = pgettext("列表", "活动")
    built = {
        "activities": words.held_figure(numbers, "activities", label, "by month"),
        "headcount": words.held_figure(numbers, "headcount", _("参加"), "headcount by month"),
    }
    return words.not_hidden(numbers, built)


def _place_strip(numbers: Numbers) -> list[Figure]:
    """Figures of a venue or a brand; gifts only where some were given."""
    more = (
        ("joint_activities", _("联合举办")),
        ("donations", _("爱心捐赠")),
        ("beneficiaries", _("受益")),
    )
    shown = {
        key: words.shown_figure(numbers, key, label)
        for key, label in more
        if key == "joint_activities" or numbers[key].value
    }
    return [*_held_strip(numbers), *words.not_hidden(numbers, shown)]
