"""Forms on which chambers, members, honours and enterprises are made, changed and ended."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from chambers import actions
from chambers.forms import ChamberForm, EnterpriseForm, HonourForm
from chambers.models import Chamber, Enterprise, Honour
from core.access import Permission, requires
from core.edit_pages import (
    close_page,
    create_page,
    edit_page,
    find,
    place_of,
    read_or_send,
    remove_page,
    viewer_of,
)
from core.parts import Crumb


def chambers_list() -> Crumb:
    return Crumb(pgettext("列表", "商会"), reverse("chambers:list_chambers"))


def enterprises_list() -> Crumb:
    return Crumb(pgettext("列表", "企业"), reverse("chambers:list_enterprises"))


def honours_list() -> Crumb:
    return Crumb(pgettext("列表", "荣誉"), reverse("chambers:list_honours"))


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def create_chamber(request: HttpRequest) -> HttpResponse:
    return create_page(
        request,
        form_class=ChamberForm,
        write=partial(actions.create_chamber, by=viewer_of(request)),
        place=place_of(_("新建商会"), listing=chambers_list()),
        done=Chamber.get_absolute_url,
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def edit_chamber(request: HttpRequest, pk: int) -> HttpResponse:
    chamber = find(request, Chamber.objects.select_related("town"), pk=pk)
    return edit_page(
        request,
        record=chamber,
        form_class=ChamberForm,
        write=partial(actions.edit_chamber, chamber=chamber, by=viewer_of(request)),
        place=place_of(_("修改商会"), listing=chambers_list(), record=chamber),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def close_chamber(request: HttpRequest, pk: int) -> HttpResponse:
    chamber = find(request, Chamber.objects.select_related("town"), pk=pk)
    return close_page(
        request,
        write=partial(actions.close_chamber, chamber=chamber, by=viewer_of(request)),
        place=place_of(_("注销商会"), listing=chambers_list(), record=chamber),
        label=_("注销日期"),
        note=_("注销后，会员同日退会。"),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def remove_chamber(request: HttpRequest, pk: int) -> HttpResponse:
    chamber = find(request, Chamber.objects.select_related("town"), pk=pk)
    return remove_page(
        request,
        record=chamber,
        write=partial(actions.remove_chamber, chamber=chamber, by=viewer_of(request)),
        place=place_of(_("删除商会"), listing=chambers_list(), record=chamber),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def create_enterprise(request: HttpRequest) -> HttpResponse:
    return create_page(
        request,
        form_class=EnterpriseForm,
        write=partial(actions.create_enterprise, by=viewer_of(request)),
        place=place_of(_("新建企业"), listing=enterprises_list()),
        done=Enterprise.get_absolute_url,
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def edit_enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    enterprise = find(request, Enterprise.objects.select_related("town", "village"), pk=pk)
    return edit_page(
        request,
        record=enterprise,
        form_class=EnterpriseForm,
        write=partial(actions.edit_enterprise, enterprise=enterprise, by=viewer_of(request)),
        place=place_of(_("修改企业"), listing=enterprises_list(), record=enterprise),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def close_enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    enterprise = find(request, Enterprise.objects.select_related("town", "village"), pk=pk)
    return close_page(
        request,
        write=partial(actions.close_enterprise, enterprise=enterprise, by=viewer_of(request)),
        place=place_of(_("注销企业"), listing=enterprises_list(), record=enterprise),
        label=_("注销日期"),
        note=_("注销后，各商会的会籍同日结束。"),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def remove_enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    enterprise = find(request, Enterprise.objects.select_related("town", "village"), pk=pk)
    return remove_page(
        request,
        record=enterprise,
        write=partial(actions.remove_enterprise, enterprise=enterprise, by=viewer_of(request)),
        place=place_of(_("删除企业"), listing=enterprises_list(), record=enterprise),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def create_honour(request: HttpRequest) -> HttpResponse:
    return create_page(
        request,
        form_class=HonourForm,
        write=partial(actions.create_honour, by=viewer_of(request)),
        place=place_of(_("登记荣誉"), listing=honours_list()),
        done=Honour.get_absolute_url,
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def edit_honour(request: HttpRequest, pk: int) -> HttpResponse:
    honour = find(request, Honour.objects.select_related("chamber", "enterprise", "town"), pk=pk)
    return edit_page(
        request,
        record=honour,
        form_class=HonourForm,
        write=partial(actions.edit_honour, honour=honour, by=viewer_of(request)),
        place=place_of(_("修改荣誉"), listing=honours_list(), record=honour),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def remove_honour(request: HttpRequest, pk: int) -> HttpResponse:
    honour = find(request, Honour.objects.select_related("chamber", "enterprise", "town"), pk=pk)
    return remove_page(
        request,
        record=honour,
        write=partial(actions.remove_honour, honour=honour, by=viewer_of(request)),
        place=place_of(_("删除荣誉"), listing=honours_list(), record=honour),
    )
