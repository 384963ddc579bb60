"""Addresses of chambers, their members and honours, and of enterprises."""

from __future__ import annotations

from django.urls import path

from chambers.views import edits, lists, pages, parts

app_name = "chambers"

urlpatterns = [
    path("chambers/", lists.list_chambers, name="list_chambers"),
    path("chambers/suggest/", lists.suggest_chambers, name="suggest_chambers"),
    path("chambers/new/", edits.create_chamber, name="create_chamber"),
    path("chambers/<int:pk>/", pages.show_chamber, name="show_chamber"),
    path("chambers/<int:pk>/edit/", edits.edit_chamber, name="edit_chamber"),
    path("chambers/<int:pk>/close/", edits.close_chamber, name="close_chamber"),
    path("chambers/<int:pk>/remove/", edits.remove_chamber, name="remove_chamber"),
    path("chambers/<int:chamber_pk>/terms/new/", parts.create_term, name="create_term"),
    path("terms/<int:pk>/edit/", parts.edit_term, name="edit_term"),
    path("terms/<int:pk>/remove/", parts.remove_term, name="remove_term"),
    path(
        "chambers/<int:chamber_pk>/milestones/new/",
        parts.create_milestone,
        name="create_milestone",
    ),
    path("milestones/<int:pk>/edit/", parts.edit_milestone, name="edit_milestone"),
    path("milestones/<int:pk>/remove/", parts.remove_milestone, name="remove_milestone"),
    path("memberships/", lists.list_memberships, name="list_memberships"),
    path(
        "chambers/<int:chamber_pk>/memberships/new/",
        parts.create_membership,
        name="create_membership",
    ),
    path("memberships/<int:pk>/edit/", parts.edit_membership, name="edit_membership"),
    path("memberships/<int:pk>/close/", parts.close_membership, name="close_membership"),
    path("memberships/<int:pk>/remove/", parts.remove_membership, name="remove_membership"),
    path("enterprises/", lists.list_enterprises, name="list_enterprises"),
    path("enterprises/suggest/", lists.suggest_enterprises, name="suggest_enterprises"),
    path("enterprises/new/", edits.create_enterprise, name="create_enterprise"),
    path("enterprises/<int:pk>/", pages.show_enterprise, name="show_enterprise"),
    path("enterprises/<int:pk>/edit/", edits.edit_enterprise, name="edit_enterprise"),
    path("enterprises/<int:pk>/close/", edits.close_enterprise, name="close_enterprise"),
    path("enterprises/<int:pk>/remove/", edits.remove_enterprise, name="remove_enterprise"),
    path("honours/", lists.list_honours, name="list_honours"),
    path("honours/new/", edits.create_honour, name="create_honour"),
    path("honours/<int:pk>/edit/", edits.edit_honour, name="edit_honour"),
    path("honours/<int:pk>/remove/", edits.remove_honour, name="remove_honour"),
]
