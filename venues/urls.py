"""Addresses of venues, their zones and their neighbours."""

from __future__ import annotations

from django.urls import path

from venues.views import edits, pages

app_name = "venues"

urlpatterns = [
    path("venues/", pages.list_venues, name="list_venues"),
    path("venues/suggest/", pages.suggest_venues, name="suggest_venues"),
    path("venues/new/", edits.create_venue, name="create_venue"),
    path("venues/<int:pk>/", pages.show_venue, name="show_venue"),
    path("venues/<int:pk>/edit/", edits.edit_venue, name="edit_venue"),
    path("venues/<int:pk>/close/", edits.close_venue, name="close_venue"),
    path("venues/<int:pk>/remove/", edits.remove_venue, name="remove_venue"),
    path("venues/<int:venue_pk>/zones/new/", edits.create_zone, name="create_zone"),
    path("zones/<int:pk>/edit/", edits.edit_zone, name="edit_zone"),
    path("zones/<int:pk>/remove/", edits.remove_zone, name="remove_zone"),
    path("venues/<int:venue_pk>/neighbours/new/", edits.create_neighbour, name="create_neighbour"),
    path("neighbours/<int:pk>/edit/", edits.edit_neighbour, name="edit_neighbour"),
    path("neighbours/<int:pk>/remove/", edits.remove_neighbour, name="remove_neighbour"),
]
