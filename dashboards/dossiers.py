"""What the page of a chamber, a venue, a brand, an enterprise or a village shows besides its own:
figures, activities over time, the newest of them with pictures, and what happened when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

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
from core.parts import Definition, Figure, sentence
from core.periods import Period
from core.record_pages import Addition, register_addition
from dashboards import asked, events, plots, queries, words
from dashboards.asked import Numbers
from dashboards.courses import courses_url
from dashboards.events import Happening
from dashboards.pickers import PeriodPicker, period_picker
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


@dataclass(frozen=True)
class Dossier:
    """Everything other apps know of a record, ready for its page.

    ``earlier`` is the day of the figures when that is not today.
    """

    happenings: Sequence[Happening]
    latest: Sequence[Any]
    opening: SafeString | str = ""
    strip: Sequence[Figure] = ()
    charts: Sequence[Chart] = ()
    definition: Definition | None = None
    period: PeriodPicker | None = None
    earlier: str = ""
    activities_url: str = ""
    all_figures_url: str = ""
    courses_url: str = ""
    is_told_aside: bool = False


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
    happened = events.rows_of(events.of_chamber(chamber, viewer, question.day))
    own = ((chamber.founded_on, _("成立")), (chamber.closed_on, _("注销")))
    strip = [*words.chamber_strip(numbers), *_held_strip(numbers)]
    latest = queries.newest(key_of(question), lambda: activities.ACTIVITIES.rows(question))
    addition = _addition(request, numbers, strip, latest, events.timeline(happened, *own))
    return replace(addition, aside=ASIDE, content=replace(addition.content, is_told_aside=True))


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
    numbers = asked.of_thing(question, OF_PLACE)
    ever = _ever(question)
    latest = queries.newest(key_of(ever), lambda: activities.ACTIVITIES.rows(ever), most=TOLD)
    told = events.timeline(events.of_activities(latest), *own)
    pictured = latest[: queries.LATEST]
    return _addition(request, numbers, _place_strip(numbers), pictured, told)


def of_enterprise_page(request: HttpRequest, enterprise: Enterprise, viewer: Viewer) -> Addition:
    today = localdate()
    parts = events.of_enterprise(enterprise, viewer, today)
    own = ((enterprise.founded_on, _("成立")), (enterprise.closed_on, _("注销")))
    told = events.timeline(events.rows_of(parts), *own)
    latest = queries.newest_hosted(enterprise, viewer)
    return Addition(ABOVE, BELOW, Dossier(told, latest))


def of_village_page(request: HttpRequest, village: Village, viewer: Viewer) -> Addition:
    today = localdate()
    parts = events.of_village(village, viewer, today)
    own = ((village.opened_on, _("设立")), (village.closed_on, _("撤销")))
    told = events.timeline(events.rows_of(parts), *own)
    latest = queries.newest_in_village(village, viewer)
    return Addition(ABOVE, BELOW, Dossier(told, latest))


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


def _addition(
    request: HttpRequest,
    numbers: Numbers,
    strip: Sequence[Figure],
    latest: Sequence[Any],
    happenings: Sequence[Happening],
) -> Addition:
    question, now = numbers.question, timezone.now()
    kinds, _fields = queries.kinds_and_fields()
    months = plots.by_month(numbers)
    charts = [months, plots.by_kind(numbers, kinds)]
    dossier = Dossier(
        happenings=happenings,
        latest=latest,
        opening=opening(numbers),
        strip=strip,
        charts=[chart for chart in charts if not chart.is_empty],
        definition=words.definition_of(question, now),
        period=period_picker(question, path=request.path, today=localdate(now)),
        earlier=date_format(question.day, "DATE_FORMAT") if question.day < localdate(now) else "",
        activities_url=numbers["activities"].url,
        all_figures_url=f"{reverse('summaries:list_figures')}?{question.query}",
        courses_url=courses_url(question),
    )
    return Addition(ABOVE, BELOW, dossier)


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
