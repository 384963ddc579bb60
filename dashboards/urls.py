"""Addresses of the pages that look across."""

from __future__ import annotations

from django.urls import path

from dashboards.views import changes, courses, overviews, searching, work

app_name = "dashboards"

urlpatterns = [
    path("", overviews.home, name="home"),
    path("district/", overviews.district_page, name="district_page"),
    path("towns/<slug:code>/", overviews.town_page, name="town_page"),
    path("courses/", courses.show_courses, name="show_courses"),
    path("work/", work.my_work, name="my_work"),
    path("search/", searching.search, name="search"),
    path("changes/", changes.list_changes, name="list_changes"),
    path("changes/writers/", changes.suggest_writers, name="suggest_writers"),
]
