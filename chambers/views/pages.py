"""The pages of one chamber and of one enterprise."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chambers import queries
from chambers.models import Chamber, Enterprise, Honour, Membership, Milestone, Term
from core import credit_code
from core.access import Permission, Viewer, requires
from core.edit_pages import find, viewer_of
from core.history import Trail
from core.parts import Crumb, Fact, Linked, number_words, sentence
from core.record_pages import (
    adding_action,
    day_words,
    editing_actions,
    in_force_state,
    record_page,
)
from core.scoping import sees_rows_of


@require_safe
@requires(Permission.READ)
def show_chamber(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, today = viewer_of(request), localdate()
    chambers: Any = queries.with_members(Chamber.objects.select_related("town"), today)
    chamber: Any = find(request, chambers, pk=pk)
    terms = list(chamber.terms.order_by("-from_on"))
    honours = queries.honours_of(viewer, chamber=chamber)
    return record_page(
        request,
        "chambers/show_chamber.html",
        record=chamber,
        crumbs=[
            Crumb(pgettext("列表", "商会"), reverse("chambers:list_chambers")),
            Crumb(chamber.name),
        ],
        state=in_force_state(chamber.closed_on, today),
        lead=chamber_sentence(chamber, terms, honours, today),
        facts=chamber_facts(chamber),
        trails=[
            Trail(Membership, "chamber"),
            Trail(Term, "chamber"),
            Trail(Milestone, "chamber"),
            Trail(Honour, "chamber"),
        ],
        actions=editing_actions(request, chamber, "chambers:*_chamber", closing=_("注销")),
        context={
            "today": today,
            "terms": terms,
            "council": queries.council_of(chamber, today),
            "levels": queries.by_level(honours),
            "milestones": chamber.milestones.order_by("-happened_on", "-pk"),
            "venues": chamber.venues.visible_to(viewer).on(today).by_name(),
            "may_edit": bool(adding_action(request, "", "chambers:create_honour")),
        },
    )


def chamber_sentence(
    chamber: Any, terms: list[Term], honours: list[Honour], today: date
) -> SafeString:
    """What people quote of a chamber: its term, its members, its honours."""
    term = queries.term_of(terms, today)
    valid = sum(1 for one in honours if one.valid_until is None or one.valid_until >= today)
    of_chamber = f"?chamber={chamber.pk}"
    members = Linked(
        chamber.members_count,
        reverse("chambers:list_memberships") + of_chamber,
    )
    kept = Linked(valid, reverse("chambers:list_honours") + of_chamber + "&validity=valid")
    if term is None:
        return sentence(
            _("会员企业 {members} 家，有效荣誉 {honours} 项。"), members=members, honours=kept
        )
    return sentence(
        _("现为第{number}届，{ends}届满；会员企业 {members} 家，有效荣誉 {honours} 项。"),
        number=str(term.number),
        ends=day_words(term.to_on),
        members=members,
        honours=kept,
    )


def chamber_facts(chamber: Chamber) -> list[Fact]:
    town = chamber.town
    return [
        Fact(_("街镇"), town.name if town else _("区级"), town.get_absolute_url() if town else ""),
        Fact(_("类型"), chamber.get_kind_display()),
        code_fact(chamber.credit_code),
        Fact(_("成立日期"), day_words(chamber.founded_on)),
        Fact(_("注销日期"), day_words(chamber.closed_on)),
    ]


def code_fact(code: str | None) -> Fact:
    """A credit code with its verdict: both check digits fit, or what to look at."""
    reading = credit_code.read(code or "")
    if not reading.code and not reading.reason:
        return Fact(_("信用代码"), _("未填"))
    doubt = reading.explain(get_language() or "zh")
    return Fact(
        _("信用代码"), code, note=_("⚠ %(doubt)s") % {"doubt": doubt} if doubt else _("✓ 校验通过")
    )


@require_safe
@requires(Permission.READ)
def show_enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    enterprise = find(request, Enterprise.objects.select_related("town", "village"), pk=pk)
    viewer, today = viewer_of(request), localdate()
    return record_page(
        request,
        "chambers/show_enterprise.html",
        record=enterprise,
        crumbs=[
            Crumb(pgettext("列表", "企业"), reverse("chambers:list_enterprises")),
            Crumb(enterprise.name),
        ],
        state=in_force_state(enterprise.closed_on, today),
        facts=enterprise_facts(enterprise, viewer),
        trails=[Trail(Membership, "enterprise"), Trail(Honour, "enterprise")],
        actions=editing_actions(request, enterprise, "chambers:*_enterprise", closing=_("注销")),
        context={
            "today": today,
            "memberships": queries.memberships_of(enterprise, viewer),
            "honours": queries.honours_of(viewer, enterprise=enterprise),
            "may_edit": bool(adding_action(request, "", "chambers:create_honour")),
        },
    )


def enterprise_facts(enterprise: Enterprise, viewer: Viewer) -> list[Fact]:
    town, capital = enterprise.town, enterprise.capital_wan
    # A member of an own chamber may be registered in another town.
    town_page = town.get_absolute_url() if town and sees_rows_of(viewer, town.pk) else ""
    return [
        code_fact(enterprise.credit_code),
        Fact(_("街镇"), town.name if town else "", town_page),
        Fact(_("村居"), enterprise.village.name if enterprise.village else ""),
        Fact(_("地址"), enterprise.address),
        Fact(_("行业门类"), enterprise.get_industry_display() if enterprise.industry else ""),
        Fact(_("行业"), enterprise.industry_tag),
        Fact(_("注册资本"), _("%(sum)s 万元") % {"sum": number_words(capital)} if capital else ""),
        Fact(_("职工人数"), enterprise.staff_count),
        Fact(_("成立日期"), day_words(enterprise.founded_on)),
        Fact(_("注销日期"), day_words(enterprise.closed_on)),
        Fact(_("税收档次"), enterprise.tax_band, note=tax_band_note(enterprise)),
        Fact(_("工作联系人"), enterprise.contact),
        Fact(_("联系电话"), enterprise.phone),
        Fact(_("备注"), enterprise.note),
    ]


def tax_band_note(enterprise: Enterprise) -> str:
    """The year and the source of a tax band: it is copied, never computed."""
    if not enterprise.tax_band:
        return ""
    return _("%(year)s年，来源：%(source)s") % {
        "year": enterprise.tax_band_year,
        "source": enterprise.tax_band_source,
    }
