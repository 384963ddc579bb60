"""Forms on which what belongs to a chamber is kept: its terms, milestones and members."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from chambers import actions
from chambers.forms import MembershipForm, MilestoneForm, TermForm
from chambers.models import Chamber, Membership, Milestone, Term
from core.access import Permission, requires
from core.edit_pages import (
    Place,
    close_page,
    create_page,
    edit_page,
    find,
    read_or_send,
    remove_page,
    viewer_of,
)
from core.parts import Crumb


def place_in(chamber: Chamber, title: str) -> Place:
    """A form that stands under the page of its chamber and leads back to it."""
    url = chamber.get_absolute_url()
    listing = Crumb(pgettext("列表", "商会"), reverse("chambers:list_chambers"))
    crumbs = [listing, Crumb(chamber.name, url), Crumb(title)]
    return Place(title, url, crumbs, done_url=url)


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def create_term(request: HttpRequest, chamber_pk: int) -> HttpResponse:
    chamber = find(request, Chamber.objects.all(), pk=chamber_pk)
    return create_page(
        request,
        form_class=TermForm,
        write=partial(actions.create_term, chamber=chamber, by=viewer_of(request)),
        place=place_in(chamber, _("新增届")),
        done=lambda _made: chamber.get_absolute_url(),
        instance=Term(chamber=chamber),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def edit_term(request: HttpRequest, pk: int) -> HttpResponse:
    term = find(request, Term.objects.select_related("chamber"), pk=pk)
    return edit_page(
        request,
        record=term,
        form_class=TermForm,
        write=partial(actions.edit_term, term=term, by=viewer_of(request)),
        place=place_in(term.chamber, _("修改届")),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def remove_term(request: HttpRequest, pk: int) -> HttpResponse:
    term = find(request, Term.objects.select_related("chamber"), pk=pk)
    return remove_page(
        request,
        record=term,
        write=partial(actions.remove_term, term=term, by=viewer_of(request)),
        place=place_in(term.chamber, _("删除届")),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def create_milestone(request: HttpRequest, chamber_pk: int) -> HttpResponse:
    chamber = find(request, Chamber.objects.all(), pk=chamber_pk)
    return create_page(
        request,
        form_class=MilestoneForm,
        write=partial(actions.create_milestone, chamber=chamber, by=viewer_of(request)),
        place=place_in(chamber, _("新增历程")),
        done=lambda _made: chamber.get_absolute_url(),
        instance=Milestone(chamber=chamber),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def edit_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    milestone = find(request, Milestone.objects.select_related("chamber"), pk=pk)
    return edit_page(
        request,
        record=milestone,
        form_class=MilestoneForm,
        write=partial(actions.edit_milestone, milestone=milestone, by=viewer_of(request)),
        place=place_in(milestone.chamber, _("修改历程")),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def remove_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    milestone = find(request, Milestone.objects.select_related("chamber"), pk=pk)
    return remove_page(
        request,
        record=milestone,
        write=partial(actions.remove_milestone, milestone=milestone, by=viewer_of(request)),
        place=place_in(milestone.chamber, _("删除历程")),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def create_membership(request: HttpRequest, chamber_pk: int) -> HttpResponse:
    chamber = find(request, Chamber.objects.all(), pk=chamber_pk)
    return create_page(
        request,
        form_class=MembershipForm,
        write=partial(actions.create_membership, chamber=chamber, by=viewer_of(request)),
        place=place_in(chamber, _("新增会员")),
        done=lambda _made: chamber.get_absolute_url(),
        instance=Membership(chamber=chamber),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def edit_membership(request: HttpRequest, pk: int) -> HttpResponse:
    membership = find(request, Membership.objects.select_related("chamber", "enterprise"), pk=pk)
    return edit_page(
        request,
        record=membership,
        form_class=MembershipForm,
        write=partial(actions.edit_membership, membership=membership, by=viewer_of(request)),
        place=place_in(membership.chamber, _("修改会员")),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def remove_membership(request: HttpRequest, pk: int) -> HttpResponse:
    membership = find(request, Membership.objects.select_related("chamber", "enterprise"), pk=pk)
    return remove_page(
        request,
        record=membership,
        write=partial(actions.remove_membership, membership=membership, by=viewer_of(request)),
        place=place_in(membership.chamber, _("删除会员")),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def close_membership(request: HttpRequest, pk: int) -> HttpResponse:
    membership = find(request, Membership.objects.select_related("chamber", "enterprise"), pk=pk)
    return close_page(
        request,
        write=partial(actions.close_membership, membership=membership, by=viewer_of(request)),
        place=place_in(membership.chamber, _("退会：%(name)s") % {"name": membership.enterprise}),
        label=_("退会日期"),
    )
