"""The rules of chambers, members, honours and enterprises, each with its number and its words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from chambers.models import Chamber, Enterprise, Honour, Membership, Milestone, Term
from core.credit_code import CreditCode
from core.refusals import Rule

SOCIAL_ORGANISATION = "5"  # the first digit of the code of a registered social organisation

TOWN_CHAMBER_HAS_A_TOWN = Rule("CHB-01", gettext_lazy("街镇商会须选所属街镇。"), "town")
NO_CODE_OF_A_CHAMBER = Rule(
    "CHB-02", gettext_lazy("商会登记为社会团体，信用代码通常以51开头，请核对。"), "credit_code"
)
TERMS_OVERLAP = Rule("CHB-03", gettext_lazy("与另一届的起止日期重叠。"), "from_on")
BEFORE_FOUNDING = Rule("CHB-04", gettext_lazy("日期不能早于商会成立。"))
CLOSED_ALREADY = Rule("CHB-05", gettext_lazy("已经停用，如日期有误请用“修改”更正。"), "on")
CLOSED_BEFORE_BEGINNING = Rule("CHB-06", gettext_lazy("停用日期不能早于成立日期。"), "on")
POSITION_BEFORE_JOINING = Rule(
    "CHB-07", gettext_lazy("任现职日期不能早于入会日期。"), "position_since"
)
POSITION_AFTER_LEAVING = Rule(
    "CHB-08", gettext_lazy("任现职日期不能晚于退会日期。"), "position_since"
)
MEMBER_TWICE = Rule("CHB-09", gettext_lazy("该企业在这段时间已是这家商会的会员。"), "joined_on")
CHAMBER_CLOSED = Rule("CHB-10", gettext_lazy("商会已注销，不能再入会。"))
ENTERPRISE_CLOSED = Rule("CHB-11", gettext_lazy("企业已注销，不能再入会。"), "enterprise")
POSITION_WITHOUT_ITS_DAY = Rule(
    "CHB-12",
    gettext_lazy("职务改了，任现职日期没有改：将当作原来填错，从原日期起就是新职务。"),
    "position_since",
)
LEFT_BEFORE_JOINING = Rule("CHB-13", gettext_lazy("退会日期不能早于入会日期。"), "on")
LEFT_ALREADY = Rule("CHB-14", gettext_lazy("已经退会，如日期有误请用“修改”更正。"), "on")
HONOUR_OF_ANOTHER_TOWN = Rule(
    "CHB-15", gettext_lazy("所选街镇不是获得荣誉的单位所在街镇。"), "town"
)
HONOUR_TWICE = Rule("CHB-16", gettext_lazy("这项荣誉已经登记过。"), "title")
MILESTONE_TWICE = Rule("CHB-17", gettext_lazy("同一天的同一事项已经登记过。"), "title")

VILLAGE_OF_ANOTHER_TOWN = Rule("ENT-04", gettext_lazy("所选村居不属于所选街镇。"), "village")
CLOSED_BEFORE_FOUNDING = Rule("ENT-05", gettext_lazy("注销日期不能早于成立日期。"), "closed_on")


def broken_by_code(reading: CreditCode) -> Iterator[Rule]:
    """ENT-01: what was typed is no credit code, and the sentence says why."""
    if reading.reason and not reading.reason.keeps_the_code:
        yield Rule("ENT-01", reading.explain(get_language() or "zh"), "credit_code")


def doubts_about_code(reading: CreditCode) -> Iterator[Rule]:
    """ENT-02: a code that may be used but should be looked at; some such are genuinely issued."""
    if reading.reason and reading.reason.keeps_the_code:
        yield Rule("ENT-02", reading.explain(get_language() or "zh"), "credit_code")


def broken_by_chamber(chamber: Chamber, reading: CreditCode) -> Iterator[Rule]:
    yield from broken_by_code(reading)
    if chamber.kind == Chamber.Kind.TOWN and chamber.town is None:
        yield TOWN_CHAMBER_HAS_A_TOWN


def doubts_about_chamber(reading: CreditCode) -> Iterator[Rule]:
    yield from doubts_about_code(reading)
    if reading.code and not reading.code.startswith(SOCIAL_ORGANISATION):
        yield NO_CODE_OF_A_CHAMBER


def broken_by_closing(record: Chamber | Enterprise, on: date) -> Iterator[Rule]:
    """The rules that ending a chamber or an enterprise on a day breaks."""
    if record.closed_on:
        yield CLOSED_ALREADY
    if record.founded_on and on < record.founded_on:
        yield CLOSED_BEFORE_BEGINNING


def broken_by_term(term: Term) -> Iterator[Rule]:
    others = Term.objects.filter(chamber=term.chamber).exclude(pk=term.pk)
    if others.filter(from_on__lt=term.to_on, to_on__gt=term.from_on).exists():
        yield TERMS_OVERLAP
    if term.chamber.founded_on and term.from_on < term.chamber.founded_on:
        yield _at(BEFORE_FOUNDING, "from_on")


def broken_by_milestone(milestone: Milestone) -> Iterator[Rule]:
    same = Milestone.objects.filter(
        chamber=milestone.chamber, happened_on=milestone.happened_on, title=milestone.title
    )
    if same.exclude(pk=milestone.pk).exists():
        yield MILESTONE_TWICE


def broken_by_membership(membership: Membership) -> Iterator[Rule]:
    """The rules that a membership as it would be written breaks."""
    chamber, enterprise = membership.chamber, membership.enterprise
    since, joined, left = membership.position_since, membership.joined_on, membership.left_on
    if since and joined and since < joined:
        yield POSITION_BEFORE_JOINING
    if since and left and since > left:
        yield POSITION_AFTER_LEAVING
    if joined and chamber.founded_on and joined < chamber.founded_on:
        yield _at(BEFORE_FOUNDING, "joined_on")
    if left is None and chamber.closed_on:
        yield CHAMBER_CLOSED
    if left is None and enterprise.closed_on:
        yield ENTERPRISE_CLOSED
    if _member_twice(membership):
        yield MEMBER_TWICE


def doubts_about_membership(before: Membership, after: Membership) -> Iterator[Rule]:
    """What an edit of a membership should be asked about."""
    if after.position != before.position and after.position_since == before.position_since:
        yield POSITION_WITHOUT_ITS_DAY


def broken_by_leaving(membership: Membership, on: date) -> Iterator[Rule]:
    if membership.left_on:
        yield LEFT_ALREADY
    if membership.joined_on and on < membership.joined_on:
        yield LEFT_BEFORE_JOINING


def broken_by_honour(honour: Honour) -> Iterator[Rule]:
    holder = honour.chamber or honour.enterprise
    if holder and holder.town_id and honour.town_id and holder.town_id != honour.town_id:
        yield HONOUR_OF_ANOTHER_TOWN
    same = Honour.objects.filter(
        title=honour.title,
        awarded_on=honour.awarded_on,
        chamber=honour.chamber,
        enterprise=honour.enterprise,
        town=honour.town,
    )
    if same.exclude(pk=honour.pk).exists():
        yield HONOUR_TWICE


def broken_by_enterprise(enterprise: Enterprise, reading: CreditCode) -> Iterator[Rule]:
    yield from broken_by_code(reading)
    village, town_id = enterprise.village, enterprise.town_id
    if village and village.town_id != town_id:
        yield VILLAGE_OF_ANOTHER_TOWN
    founded, closed = enterprise.founded_on, enterprise.closed_on
    if founded and closed and closed < founded:
        yield CLOSED_BEFORE_FOUNDING


def doubts_about_enterprise(enterprise: Enterprise, reading: CreditCode) -> Iterator[Rule]:
    """A code to look at again, and another enterprise of the same name."""
    yield from doubts_about_code(reading)
    namesakes = Enterprise.objects.filter(name_key=enterprise.name_key).exclude(pk=enterprise.pk)
    if namesake := namesakes.first():
        code = namesake.credit_code or _("没有信用代码")
        words = _("已有同名企业“%(name)s”（%(code)s）。确认不是同一家再保存。")
        yield Rule("ENT-03", words % {"name": namesake.name, "code": code}, "name")


def _member_twice(membership: Membership) -> bool:
    """Whether the enterprise is a member of the chamber on a day of this membership already."""
    others = Membership.objects.filter(
        chamber=membership.chamber, enterprise=membership.enterprise
    ).exclude(pk=membership.pk)
    begin, end = membership.joined_on or date.min, membership.left_on or date.max
    return any(
        (other.joined_on or date.min) < end and begin < (other.left_on or date.max)
        for other in others
    )


def _at(rule: Rule, field: str) -> Rule:
    return Rule(rule.code, rule.words, field)
