"""Forms on which venues, their zones and their neighbours are made, changed and ended."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from core.parts import Crumb
from core.register_views import Register
from venues import actions
from venues.forms import NeighbourForm, VenueForm, ZoneForm
from venues.models import Neighbour, Venue, Zone


def venues_list() -> Crumb:
    return Crumb(pgettext("列表", "阵地"), reverse("venues:list_venues"))


VENUES = Register(Venue.objects.select_related("town"), VenueForm, venues_list)
create_venue = VENUES.create(_("新建阵地"), actions.create_venue)
edit_venue = VENUES.edit(_("修改阵地"), actions.edit_venue)
close_venue = VENUES.close(_("停用阵地"), actions.close_venue)
remove_venue = VENUES.remove(_("删除阵地"), actions.remove_venue)

ZONES = Register(
    Zone.objects.select_related("venue"), ZoneForm, venues_list, parents=Venue.objects.all()
)
create_zone = ZONES.create(_("新增功能区"), actions.create_zone)
edit_zone = ZONES.edit(_("修改功能区"), actions.edit_zone)
remove_zone = ZONES.remove(_("删除功能区"), actions.remove_zone)

NEIGHBOURS = Register(
    Neighbour.objects.select_related("venue"),
    NeighbourForm,
    venues_list,
    parents=Venue.objects.all(),
)
create_neighbour = NEIGHBOURS.create(_("新增同楼单位"), actions.create_neighbour)
edit_neighbour = NEIGHBOURS.edit(_("修改同楼单位"), actions.edit_neighbour)
remove_neighbour = NEIGHBOURS.remove(_("删除同楼单位"), actions.remove_neighbour)
