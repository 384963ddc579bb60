"""Figures of chambers, their members and councils, enterprises and honours."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chambers.models import (
    Chamber,
    Enterprise,
    Honour,
    HonourQuerySet,
    Membership,
    MembershipQuerySet,
    Term,
)
from summaries.figures.dimensions import (
    CHAMBER_KIND,
    HONOUR_TOWN,
    INDUSTRY,
    JOINED_MONTH,
    LEFT_MONTH,
    LEVEL,
    MEMBER_TOWN,
    OWN_TOWN,
    TAG,
    TAX_BAND,
    by_key,
    town_through,
)
from summaries.figures.figure import Figure, FigureKind, Listing, Rows
from summaries.figures.questions import Question
from summaries.figures.scopes import ScopeKind

DISTRICT_AND_TOWN = frozenset({ScopeKind.DISTRICT, ScopeKind.TOWN})
DOWN_TO_CHAMBER = DISTRICT_AND_TOWN | {ScopeKind.CHAMBER}
CHAMBER_TOWN = town_through("chamber__town__code")


def _in_scope(question: Question, *, town: str, chamber: str) -> Q:
    """The condition that a row lies in the scope, by the lookups to its town and its chamber."""
    match question.scope.kind:
        case ScopeKind.TOWN:
            return Q(**{f"{town}__in": question.scope.pks})
        case ScopeKind.CHAMBER:
            return Q(**{f"{chamber}__in": question.scope.pks})
    return Q()


def _chambers(question: Question) -> Rows:
    rows = Chamber.objects.visible_to(question.user).on(question.day)
    return rows.filter(_in_scope(question, town="town_id", chamber="pk"))


def _terms_due(question: Question) -> Rows:
    terms = Term.objects.visible_to(question.user)
    following = Term.objects.filter(
        chamber_id=OuterRef("chamber_id"), from_on__gt=OuterRef("from_on")
    )
    due_by = question.day + timedelta(days=question.rules.term_days)
    return terms.filter(
        ~Exists(following),
        _in_scope(question, town="chamber__town_id", chamber="chamber_id"),
        Q(chamber__closed_on__isnull=True) | Q(chamber__closed_on__gt=question.day),
        from_on__lte=question.day,
        to_on__lte=due_by,
    )


def _memberships(question: Question) -> MembershipQuerySet[Membership]:
    """The memberships of the scope, of any day."""
    rows = Membership.objects.visible_to(question.user)
    return rows.filter(_in_scope(question, town="chamber__town_id", chamber="chamber_id"))


def _open_chamber(question: Question) -> Q:
    return Q(chamber__closed_on__isnull=True) | Q(chamber__closed_on__gt=question.day)


def _with(memberships: MembershipQuerySet[Membership], question: Question) -> Rows:
    """The enterprises that have one of these memberships: each once, however many it has.

    Who sees a membership sees its enterprise, so this is not asked again of each.
    """
    held = memberships.filter(_open_chamber(question), enterprise_id=OuterRef("pk"))
    return Enterprise.objects.filter(Exists(held))


def _members(question: Question) -> Rows:
    return _with(_memberships(question).on(question.day), question)


def _council(question: Question) -> Rows:
    seated = _memberships(question).council_on(question.day, positions=question.rules.council)
    return _with(seated, question)


def _joined(question: Question) -> Rows:
    if question.days is None:
        return _memberships(question).none()
    days = question.days
    return _memberships(question).filter(joined_on__gte=days.start, joined_on__lte=days.end)


def _left(question: Question) -> Rows:
    if question.days is None:
        return _memberships(question).none()
    days = question.days
    return _memberships(question).filter(left_on__gte=days.start, left_on__lte=days.end)


def _enterprises(question: Question) -> Rows:
    rows = Enterprise.objects.visible_to(question.user).on(question.day)
    return rows.filter(_in_scope(question, town="town_id", chamber="pk"))


def _of_scope(question: Question) -> HonourQuerySet[Honour]:
    rows = Honour.objects.visible_to(question.user)
    match question.scope.kind:
        case ScopeKind.TOWN:
            return rows.filter(HonourQuerySet.in_towns(frozenset(question.scope.pks)))
        case ScopeKind.CHAMBER:
            return rows.filter(chamber_id__in=question.scope.pks)
    return rows


def _honours(question: Question) -> Rows:
    return _of_scope(question).valid_on(question.day)


def _lapsing(question: Question) -> Rows:
    by = question.day + timedelta(days=question.rules.lapse_days)
    return _of_scope(question).valid_on(question.day).filter(valid_until__lte=by)


def _lapsed(question: Question) -> Rows:
    """The last day of validity lies before the as-of day: on that day itself it still holds."""
    if question.days is None:
        return _of_scope(question).none()
    days = question.days
    return _of_scope(question).filter(
        valid_until__gte=days.start - timedelta(days=1), valid_until__lt=days.end
    )


CHAMBERS = Figure(
    key="chambers",
    title=pgettext_lazy("列表", "商会"),
    unit=_("家"),
    kind=FigureKind.STOCK,
    definition=_("截至当日成立且未注销的商会，含行业商会和异地商会。"),
    listing=Listing.CHAMBERS,
    source=_chambers,
    scopes=DOWN_TO_CHAMBER,
    dimensions=by_key(OWN_TOWN, CHAMBER_KIND),
)
TERMS_DUE = Figure(
    key="terms_due",
    title=_("换届到期"),
    unit=_("家"),
    kind=FigureKind.STOCK,
    definition=_(
        "本届理事会在当日起 {rules.term_days} 天内届满或已经届满，尚未登记下一届的商会；"
        "列出的是届，每家商会一届。"
    ),
    listing=Listing.TERMS,
    source=_terms_due,
    scopes=DOWN_TO_CHAMBER,
    dimensions=by_key(CHAMBER_TOWN),
)
MEMBERS = Figure(
    key="members",
    title=_("会员企业"),
    unit=_("家"),
    kind=FigureKind.STOCK,
    definition=_(
        "当日会籍有效的企业；当日入会的计入，当日退会的不计；一家企业在多家商会只计一次。"
    ),
    listing=Listing.MEMBERS,
    source=_members,
    scopes=DOWN_TO_CHAMBER,
    dimensions=by_key(MEMBER_TOWN, INDUSTRY, TAG, TAX_BAND),
)
COUNCIL_ENTERPRISES = Figure(
    key="council_enterprises",
    title=_("理事以上企业"),
    unit=_("家"),
    kind=FigureKind.STOCK,
    definition=_(
        "当日会籍有效且担任{council}的企业；按企业计，不按职务计，一家企业在多家商会任职只计一次。"
    ),
    listing=Listing.MEMBERS,
    source=_council,
    scopes=DOWN_TO_CHAMBER,
    dimensions=by_key(MEMBER_TOWN, INDUSTRY, TAG, TAX_BAND),
    whole="members",
)
MEMBERS_JOINED = Figure(
    key="members_joined",
    title=_("新入会"),
    unit=_("家次"),
    kind=FigureKind.FLOW,
    definition=_("入会日期在期间内的会籍；一家企业加入两家商会计两次。"),
    listing=Listing.MEMBERSHIPS,
    source=_joined,
    scopes=DOWN_TO_CHAMBER,
    dimensions=by_key(CHAMBER_TOWN, JOINED_MONTH),
)
MEMBERS_LEFT = Figure(
    key="members_left",
    title=_("退会"),
    unit=_("家次"),
    kind=FigureKind.FLOW,
    definition=_("退会日期在期间内的会籍；退会日是不再为会员的第一天。"),
    listing=Listing.MEMBERSHIPS,
    source=_left,
    scopes=DOWN_TO_CHAMBER,
    dimensions=by_key(CHAMBER_TOWN, LEFT_MONTH),
)
ENTERPRISES = Figure(
    key="enterprises",
    title=_("在册企业"),
    unit=_("家"),
    kind=FigureKind.STOCK,
    definition=_("截至当日成立且未注销、登记在本范围的企业，不论是否入会；成立日期不详的计入。"),
    listing=Listing.ENTERPRISES,
    source=_enterprises,
    scopes=DISTRICT_AND_TOWN,
    dimensions=by_key(OWN_TOWN, INDUSTRY, TAG, TAX_BAND),
)
HONOURS = Figure(
    key="honours",
    title=pgettext_lazy("列表", "荣誉"),
    unit=_("项"),
    kind=FigureKind.STOCK,
    definition=_("截至当日已授予且仍在有效期内的荣誉；有效期最后一天仍计入，到期后不计。"),
    listing=Listing.HONOURS,
    source=_honours,
    scopes=DOWN_TO_CHAMBER,
    dimensions=by_key(HONOUR_TOWN, LEVEL),
)
HONOURS_LAPSING = Figure(
    key="honours_lapsing",
    title=_("即将到期的荣誉"),
    unit=_("项"),
    kind=FigureKind.STOCK,
    definition=_("当日仍有效、有效期在 {rules.lapse_days} 天内届满的荣誉。"),
    listing=Listing.HONOURS,
    source=_lapsing,
    scopes=DOWN_TO_CHAMBER,
    dimensions=by_key(HONOUR_TOWN, LEVEL),
    whole="honours",
)
HONOURS_LAPSED = Figure(
    key="honours_lapsed",
    title=_("期内失效的荣誉"),
    unit=_("项"),
    kind=FigureKind.FLOW,
    definition=_("期间内失效的荣誉：失效日是有效期最后一天的次日。"),
    listing=Listing.HONOURS,
    source=_lapsed,
    scopes=DOWN_TO_CHAMBER,
    dimensions=by_key(HONOUR_TOWN, LEVEL),
)
FIGURES = (
    CHAMBERS,
    TERMS_DUE,
    MEMBERS,
    COUNCIL_ENTERPRISES,
    MEMBERS_JOINED,
    MEMBERS_LEFT,
    ENTERPRISES,
    HONOURS,
    HONOURS_LAPSING,
    HONOURS_LAPSED,
)
