"""Addresses of figures and summaries."""

from __future__ import annotations

from django.urls import path

from summaries.views import figures, settings, summaries

app_name = "summaries"

urlpatterns = [
    path("figures/", figures.list_figures, name="list_figures"),
    path("figures/rules/edit/", settings.edit_rules, name="edit_rules"),
    path("figures/<slug:key>/edit/", settings.edit_figure, name="edit_figure"),
    path("figures/<slug:key>/later/", figures.figure_later, name="figure_later"),
    path("figures/<slug:key>/", figures.figure_rows, name="figure_rows"),
    path("summaries/", summaries.list_summaries, name="list_summaries"),
    path("summaries/write/", summaries.write_summary, name="write_summary"),
    path("summaries/<int:pk>/", summaries.show_summary, name="show_summary"),
    path(
        "summaries/<int:pk>/<slug:ending>/",
        summaries.download_summary,
        name="download_summary",
    ),
]
