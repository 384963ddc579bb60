"""Forms on which venues, their zones and their neighbours are made, changed and ended."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.access import Permission, requires
from core.edit_pages import (
    Place,
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
from venues import actions
from venues.forms import NeighbourForm, VenueForm, ZoneForm
from venues.models import Neighbour, Venue, Zone


def venues_list() -> Crumb:
    return Crumb(pgettext("列表", "阵地"), reverse("venues:list_venues"))


def place_in(venue: Venue, title: str) -> Place:
    """A form that stands under the page of its venue and leads back to it."""
    url = venue.get_absolute_url()
    return Place(title, url, [venues_list(), Crumb(venue.name, url), Crumb(title)], done_url=url)


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def create_venue(request: HttpRequest) -> HttpResponse:
    return create_page(
        request,
        form_class=VenueForm,
        write=partial(actions.create_venue, by=viewer_of(request)),
        place=place_of(_("新建阵地"), listing=venues_list()),
        done=Venue.get_absolute_url,
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def edit_venue(request: HttpRequest, pk: int) -> HttpResponse:
    venue = find(request, Venue.objects.select_related("town"), pk=pk)
    return edit_page(
        request,
        record=venue,
        form_class=VenueForm,
        write=partial(actions.edit_venue, venue=venue, by=viewer_of(request)),
        place=place_of(_("修改阵地"), listing=venues_list(), record=venue),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def close_venue(request: HttpRequest, pk: int) -> HttpResponse:
    venue = find(request, Venue.objects.select_related("town"), pk=pk)
    return close_page(
        request,
        write=partial(actions.close_venue, venue=venue, by=viewer_of(request)),
        place=place_of(_("停用阵地"), listing=venues_list(), record=venue),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def remove_venue(request: HttpRequest, pk: int) -> HttpResponse:
    venue = find(request, Venue.objects.select_related("town"), pk=pk)
    return remove_page(
        request,
        record=venue,
        write=partial(actions.remove_venue, venue=venue, by=viewer_of(request)),
        place=place_of(_("删除阵地"), listing=venues_list(), record=venue),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def create_zone(request: HttpRequest, venue_pk: int) -> HttpResponse:
    venue = find(request, Venue.objects.all(), pk=venue_pk)
    return create_page(
        request,
        form_class=ZoneForm,
        write=partial(actions.create_zone, venue=venue, by=viewer_of(request)),
        place=place_in(venue, _("新增功能区")),
        done=lambda _made: venue.get_absolute_url(),
        instance=Zone(venue=venue),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def edit_zone(request: HttpRequest, pk: int) -> HttpResponse:
    zone = find(request, Zone.objects.select_related("venue"), pk=pk)
    return edit_page(
        request,
        record=zone,
        form_class=ZoneForm,
        write=partial(actions.edit_zone, zone=zone, by=viewer_of(request)),
        place=place_in(zone.venue, _("修改功能区")),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def remove_zone(request: HttpRequest, pk: int) -> HttpResponse:
    zone = find(request, Zone.objects.select_related("venue"), pk=pk)
    return remove_page(
        request,
        record=zone,
        write=partial(actions.remove_zone, zone=zone, by=viewer_of(request)),
        place=place_in(zone.venue, _("删除功能区")),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def create_neighbour(request: HttpRequest, venue_pk: int) -> HttpResponse:
    venue = find(request, Venue.objects.all(), pk=venue_pk)
    return create_page(
        request,
        form_class=NeighbourForm,
        write=partial(actions.create_neighbour, venue=venue, by=viewer_of(request)),
        place=place_in(venue, _("新增同楼单位")),
        done=lambda _made: venue.get_absolute_url(),
        instance=Neighbour(venue=venue),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def edit_neighbour(request: HttpRequest, pk: int) -> HttpResponse:
    neighbour = find(request, Neighbour.objects.select_related("venue"), pk=pk)
    return edit_page(
        request,
        record=neighbour,
        form_class=NeighbourForm,
        write=partial(actions.edit_neighbour, neighbour=neighbour, by=viewer_of(request)),
        place=place_in(neighbour.venue, _("修改同楼单位")),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def remove_neighbour(request: HttpRequest, pk: int) -> HttpResponse:
    neighbour = find(request, Neighbour.objects.select_related("venue"), pk=pk)
    return remove_page(
        request,
        record=neighbour,
        write=partial(actions.remove_neighbour, neighbour=neighbour, by=viewer_of(request)),
        place=place_in(neighbour.venue, _("删除同楼单位")),
    )
