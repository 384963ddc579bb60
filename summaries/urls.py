"""Addresses of figures and summaries."""

from __future__ import annotations

from django.urls import path

from summaries.views import figures, summaries

app_name = "summaries"

urlpatterns = [
    path("figures/", figures.list_figures, name="list_figures"),
    path("figures/rules/edit/", figures.edit_rules, name="edit_rules"),
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
