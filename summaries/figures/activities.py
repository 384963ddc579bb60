"""Figures of activities: how many, who came, what was given, and what waits for review."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity, ActivityQuerySet, Host, Participation
from summaries.figures.dimensions import (
    ACTIVITY_BRAND,
    ACTIVITY_KIND,
    ACTIVITY_MODE,
    ACTIVITY_MONTH,
    ACTIVITY_VENUE,
    TAKING_PART,
    WAITING_IN,
    by_key,
)
from summaries.figures.figure import Figure, FigureKind, Listing, Rows
from summaries.figures.questions import Question
from summaries.figures.scopes import ScopeKind

EVERYWHERE = frozenset(ScopeKind)
DISTRICT_AND_TOWN = frozenset({ScopeKind.DISTRICT, ScopeKind.TOWN})
SPLIT = by_key(
    TAKING_PART, ACTIVITY_MONTH, ACTIVITY_KIND, ACTIVITY_MODE, ACTIVITY_BRAND, ACTIVITY_VENUE
)


def _in_scope(rows: ActivityQuerySet[Activity], question: Question) -> ActivityQuerySet[Activity]:
    """Those of the scope. A town's are the ones it takes part in, entered by it or not."""
    pks = question.scope.pks
    match question.scope.kind:
        case ScopeKind.TOWN:
            return _of_towns(rows, question)
        case ScopeKind.CHAMBER:
            hosted = Host.objects.filter(activity_id=OuterRef("pk"), chamber_id__in=pks)
            return rows.filter(Exists(hosted))
        case ScopeKind.VENUE:
            return rows.filter(venue_id__in=pks)
        case ScopeKind.BRAND:
            return rows.filter(brand_id__in=pks)
    return rows


def _of_towns(rows: ActivityQuerySet[Activity], question: Question) -> ActivityQuerySet[Activity]:
    pks = question.scope.pks
    if question.user.town_ids == frozenset(pks):
        return rows  # who sees these towns alone sees just what they take part in
    if len(pks) == 1:
        return rows.filter(participations__town_id=pks[0])
    taking_part = Participation.objects.filter(activity_id=OuterRef("pk"), town_id__in=pks)
    return rows.filter(Exists(taking_part))


def _activities(question: Question) -> ActivityQuerySet[Activity]:
    seen = Activity.objects.visible_to(question.user)
    if question.days is None:
        return seen.none()
    counted = seen.counted().filter(
        start_on__gte=question.days.start, start_on__lte=question.days.end
    )
    return _in_scope(counted, question)


def _at_venues(question: Question) -> Rows:
    return _activities(question).filter(venue__isnull=False)


def _with_donations(question: Question) -> Rows:
    return _activities(question).filter(donation_yuan__gt=0)


def _with_beneficiaries(question: Question) -> Rows:
    return _activities(question).filter(beneficiaries__gt=0)


def _joint(question: Question) -> Rows:
    several = (
        Host.objects.filter(activity_id=OuterRef("pk"))
        .order_by()
        .values("activity_id")
        .annotate(organisations=Count("pk"))
        .filter(organisations__gte=2)
    )
    return _activities(question).filter(Exists(several))


def _cross_town(question: Question) -> Rows:
    several = (
        Participation.objects.filter(activity_id=OuterRef("pk"))
        .order_by()
        .values("activity_id")
        .annotate(towns=Count("pk"))
        .filter(towns__gte=2)
    )
    return _activities(question).filter(Exists(several))


def _in_review(question: Question, review: Activity.Review) -> Rows:
    return _in_scope(Activity.objects.visible_to(question.user), question).filter(review=review)


def _submitted(question: Question) -> Rows:
    return _in_review(question, Activity.Review.SUBMITTED)


def _returned(question: Question) -> Rows:
    return _in_review(question, Activity.Review.RETURNED)


def _drafts(question: Question) -> Rows:
    return _in_review(question, Activity.Review.DRAFT)


def _overdue(question: Question) -> Rows:
    rows = _in_scope(Activity.objects.visible_to(question.user), question)
    return rows.filter(state=Activity.State.PLANNED, start_on__lt=question.as_of)


ACTIVITIES = Figure(
    key="activities",
    title=pgettext_lazy("列表", "活动"),
    unit=_("场"),
    kind=FigureKind.FLOW,
    definition=_(
        "开始日期在期间内、已举办并经区级确认的活动。"
        "由两个及以上街镇参与的活动，全区计一场，在每个参与的街镇各计一场。"
    ),
    listing=Listing.ACTIVITIES,
    source=_activities,
    scopes=EVERYWHERE,
    dimensions=SPLIT,
)
VENUE_ACTIVITIES = Figure(
    key="venue_activities",
    title=_("阵地活动"),
    unit=_("场"),
    kind=FigureKind.FLOW,
    definition=_("期间内在登记的阵地举办并经确认的活动；综合体含在其组成部分举办的活动。"),
    listing=Listing.ACTIVITIES,
    source=_at_venues,
    scopes=EVERYWHERE,
    dimensions=SPLIT,
    whole="activities",
)
HEADCOUNT = Figure(
    key="headcount",
    title=_("参加"),
    unit=pgettext_lazy("指标", "人次"),
    kind=FigureKind.FLOW,
    definition=_("期间内已举办并经确认的活动所填参加人次之和；未填人次的活动计零。"),
    listing=Listing.ACTIVITIES,
    source=_activities,
    scopes=EVERYWHERE,
    measure="headcount",
    dimensions=SPLIT,
)
JOINT_ACTIVITIES = Figure(
    key="joint_activities",
    title=_("联合举办"),
    unit=_("场"),
    kind=FigureKind.FLOW,
    definition=_("期间内已确认的活动中，有两家及以上单位主办、承办或协办的。"),
    listing=Listing.ACTIVITIES,
    source=_joint,
    scopes=EVERYWHERE,
    dimensions=SPLIT,
    whole="activities",
)
CROSS_TOWN_ACTIVITIES = Figure(
    key="cross_town_activities",
    title=_("跨街镇活动"),
    unit=_("场"),
    kind=FigureKind.FLOW,
    definition=_(
        "期间内已确认的活动中，由两个及以上街镇参与的：登记的街镇，加上主办、承办、协办单位所在的街镇。"
    ),
    listing=Listing.ACTIVITIES,
    source=_cross_town,
    scopes=EVERYWHERE,
    dimensions=SPLIT,
    whole="activities",
)
DONATIONS = Figure(
    key="donations",
    title=_("爱心捐赠"),
    unit=_("元"),
    kind=FigureKind.FLOW,
    definition=_("期间内已举办并经确认的活动所填捐赠金额之和。"),
    listing=Listing.GIFTS,
    source=_with_donations,
    scopes=EVERYWHERE,
    measure="donation_yuan",
    dimensions=SPLIT,
)
BENEFICIARIES = Figure(
    key="beneficiaries",
    title=_("受益"),
    unit=_("人"),
    kind=FigureKind.FLOW,
    definition=_("期间内已举办并经确认的活动所填受益人数之和。"),
    listing=Listing.GIFTS,
    source=_with_beneficiaries,
    scopes=EVERYWHERE,
    measure="beneficiaries",
    dimensions=SPLIT,
)
ACTIVITIES_SUBMITTED = Figure(
    key="activities_submitted",
    title=_("待审核的活动"),
    unit=_("件"),
    kind=FigureKind.NOW,
    definition=_("此刻已提交、等待区级审核的活动，不论活动日期。"),
    listing=Listing.REVIEWS,
    source=_submitted,
    scopes=DISTRICT_AND_TOWN,
    dimensions=by_key(WAITING_IN, ACTIVITY_KIND),
)
ACTIVITIES_RETURNED = Figure(
    key="activities_returned",
    title=_("已退回的活动"),
    unit=_("件"),
    kind=FigureKind.NOW,
    definition=_("此刻已退回、等待街镇修改后重新提交的活动，不论活动日期。"),
    listing=Listing.REVIEWS,
    source=_returned,
    scopes=DISTRICT_AND_TOWN,
    dimensions=by_key(WAITING_IN, ACTIVITY_KIND),
)
ACTIVITIES_DRAFTS = Figure(
    key="activities_drafts",
    title=_("未提交的草稿"),
    unit=_("件"),
    kind=FigureKind.NOW,
    definition=_("此刻已登记但还没有提交的活动，不论活动日期。"),
    listing=Listing.REVIEWS,
    source=_drafts,
    scopes=DISTRICT_AND_TOWN,
    dimensions=by_key(WAITING_IN, ACTIVITY_KIND),
)
ACTIVITIES_OVERDUE = Figure(
    key="activities_overdue",
    title=_("过期未办的计划"),
    unit=_("件"),
    kind=FigureKind.NOW,
    definition=_("计划日期已过，此刻仍未登记为已举办、延期或取消的活动。"),
    listing=Listing.REVIEWS,
    source=_overdue,
    scopes=DISTRICT_AND_TOWN,
    dimensions=by_key(WAITING_IN, ACTIVITY_KIND),
)
FIGURES = (
    ACTIVITIES,
    VENUE_ACTIVITIES,
    HEADCOUNT,
    JOINT_ACTIVITIES,
    CROSS_TOWN_ACTIVITIES,
    DONATIONS,
    BENEFICIARIES,
    ACTIVITIES_SUBMITTED,
    ACTIVITIES_RETURNED,
    ACTIVITIES_DRAFTS,
    ACTIVITIES_OVERDUE,
)
