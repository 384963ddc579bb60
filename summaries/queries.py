"""Which summaries are there, which closed months lack one, and which rules of figures hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import CharField, IntegerField, Min, Model, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils.timezone import localdate

from activities.models import Activity
from core.access import WHOLE_DISTRICT, Viewer
from core.kept import remembered
from core.periods import Period
from jobs.models import Job
from summaries.figures.questions import Rules, Setting
from summaries.models import FigureRules, FigureSetting, Summary, SummaryQuerySet
from towns.models import Town

# A job that failed for good is asked for again after this long, not with every tick.
TRY_AGAIN_AFTER = timedelta(hours=1)
# What is read of the settings of figures: of all of them, and of single ones.
RULES = ("council_positions", "idle_days", "grey_days", "lapse_days", "term_days", "least_base")
SETTINGS = ("title", "title_en", "is_hidden", "order")


@dataclass(frozen=True)
class Due:
    """A summary of a closed period that is not there; ``town`` None for the district's."""

    kind: str
    period: Period
    town: Town | None

    @property
    def key(self) -> str:
        """The key of the job that writes it: summary:monthly:2024-05:310118107."""
        return f"summary:{self.kind}:{self.period}:{self.town.code if self.town else 'district'}"

    @property
    def payload(self) -> dict[str, str]:
        town = self.town.code if self.town else ""
        return {"kind": self.kind, "period": str(self.period), "town": town}


def figure_rules() -> FigureRules:
    """The settings in force: the row, or the defaults while nobody has set any."""
    return FigureRules.objects.first() or FigureRules(pk=1)


def rules_in_force() -> Rules:
    """The same as figures take it, with what was set for single figures: one query."""
    tables = (FigureRules._meta.db_table, FigureSetting._meta.db_table)
    return remembered("rules", tables, _rules_in_force)


def _rules_in_force() -> Rules:
    rules = _told(FigureRules, *RULES)
    rows: Any = rules.union(_told(FigureSetting, "key", *SETTINGS), all=True)
    own, settings = FigureRules(pk=1), {}
    for what, told in rows:
        if what == FigureRules._meta.model_name:
            own = FigureRules(pk=1, **told)
        else:
            key = told.pop("key")
            settings[key] = Setting(**told)
    return replace(_rules_of(own), settings=settings)


def _told(model: type[Model], *names: str) -> Any:
    """Rows as (what they are, what they say), so that rows of two models come in one query."""
    what = Value(model._meta.model_name, CharField())
    told = JSONObject(**{name: name for name in names})
    return (
        model._default_manager.order_by().annotate(what=what, told=told).values_list("what", "told")
    )


def definitions_in_force() -> Rules:
    """What is set in definitions alone: one query."""
    return _rules_of(figure_rules())


def _rules_of(row: FigureRules) -> Rules:
    return Rules(
        council=tuple(row.council_positions),
        idle_days=row.idle_days,
        grey_days=row.grey_days,
        lapse_days=row.lapse_days,
        term_days=row.term_days,
        least_base=row.least_base,
    )


def figure_settings() -> dict[str, Setting]:
    """What was set for single figures, by their keys."""
    return {
        row.key: Setting(row.title, row.title_en, row.is_hidden, row.order)
        for row in FigureSetting.objects.all()
    }


def visible_summaries(user: Viewer) -> SummaryQuerySet[Any]:
    """With ``place``: the district's before those of the towns in official order."""
    before_towns = Coalesce("town__order", Value(-1), output_field=IntegerField())
    return Summary.objects.visible_to(user).select_related("town").annotate(place=before_towns)


def newest_revision(*, kind: str, period: Period, town: Town | None) -> Summary | None:
    """The summary of a period that is in force, if it was written."""
    written = Summary.objects.filter(kind=kind, start_on=period.start, town=town)
    return written.order_by("-revision").first()


def closed_months(now: datetime) -> list[Period]:
    """The months that are over and get summaries, from the first on, oldest first."""
    first = figure_rules().summaries_from or _first_activity_on()
    today = localdate(now)
    if first is None or first >= today:
        return []
    months = Period(first, today).each_month()
    return [month for month in months if month.end < today]


def missing_monthly(now: datetime) -> list[Due]:
    """Every closed month of the district and of each town of that time that has no summary.

    The newest month first: it is the one that people wait for.
    """
    months = closed_months(now)
    if not months:
        return []
    written = set(
        Summary.objects.filter(kind=Summary.Kind.MONTHLY).values_list("start_on", "town_id")
    )
    towns = list(Town.objects.visible_to(WHOLE_DISTRICT).in_official_order())
    return [
        Due(Summary.Kind.MONTHLY, month, town)
        for month in reversed(months)
        for town in (None, *_in_force(towns, month.end))
        if (month.start, town.pk if town else None) not in written
    ]


def not_given_up(dues: list[Due], now: datetime) -> Iterator[Due]:
    """Without those whose job failed for good a short while ago."""
    failed = set(
        Job.objects.filter(
            state=Job.State.FAILED,
            kind="write_summary",
            finished_at__gt=now - TRY_AGAIN_AFTER,
        ).values_list("key", flat=True)
    )
    return (due for due in dues if due.key not in failed)


def database_now() -> datetime:
    """The moment by the clock of the database, which a wrong clock of this machine can't move."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _first_activity_on() -> date | None:
    counted = Activity.objects.visible_to(WHOLE_DISTRICT).counted()
    first: date | None = counted.aggregate(first=Min("start_on"))["first"]
    return first


def _in_force(towns: list[Town], day: date) -> list[Town]:
    return [
        town
        for town in towns
        if (town.opened_on is None or town.opened_on <= day)
        and (town.closed_on is None or town.closed_on > day)
    ]
