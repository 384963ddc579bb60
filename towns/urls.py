"""Addresses of towns, villages, posts and brands. The page of a town itself is a dashboard."""

from __future__ import annotations

from django.urls import path

from towns.views import edits, lists, pages

app_name = "towns"

urlpatterns = [
    path("towns/", lists.list_towns, name="list_towns"),
    path("towns/suggest/", lists.suggest_towns, name="suggest_towns"),
    path("towns/new/", edits.create_town, name="create_town"),
    path("towns/<int:pk>/edit/", edits.edit_town, name="edit_town"),
    path("towns/<int:pk>/close/", edits.close_town, name="close_town"),
    path("towns/<int:pk>/remove/", edits.remove_town, name="remove_town"),
    path("villages/", lists.list_villages, name="list_villages"),
    path("villages/suggest/", lists.suggest_villages, name="suggest_villages"),
    path("villages/new/", edits.create_village, name="create_village"),
    path("villages/<int:pk>/", pages.show_village, name="show_village"),
    path("villages/<int:pk>/edit/", edits.edit_village, name="edit_village"),
    path("villages/<int:pk>/close/", edits.close_village, name="close_village"),
    path("villages/<int:pk>/remove/", edits.remove_village, name="remove_village"),
    path("posts/", lists.list_posts, name="list_posts"),
    path("posts/new/", edits.create_post, name="create_post"),
    path("posts/<int:pk>/edit/", edits.edit_post, name="edit_post"),
    path("posts/<int:pk>/close/", edits.close_post, name="close_post"),
    path("posts/<int:pk>/remove/", edits.remove_post, name="remove_post"),
    path("brands/", lists.list_brands, name="list_brands"),
    path("brands/fields/", lists.list_brandfields, name="list_brandfields"),
    path("brands/fields/new/", edits.create_brandfield, name="create_brandfield"),
    path("brands/fields/<int:pk>/edit/", edits.edit_brandfield, name="edit_brandfield"),
    path("brands/fields/<int:pk>/remove/", edits.remove_brandfield, name="remove_brandfield"),
    path("brands/suggest/", lists.suggest_brands, name="suggest_brands"),
    path("brands/new/", edits.create_brand, name="create_brand"),
    path("brands/<int:pk>/", pages.show_brand, name="show_brand"),
    path("brands/<int:pk>/edit/", edits.edit_brand, name="edit_brand"),
    path("brands/<int:pk>/close/", edits.close_brand, name="close_brand"),
    path("brands/<int:pk>/remove/", edits.remove_brand, name="remove_brand"),
]
