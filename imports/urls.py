"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from imports.views import batches, deciding, receiving, results, understanding, whose, wording

app_name = "imports"

urlpatterns = [
    path("imports/", batches.list_batches, name="list_batches"),
    path("imports/new/", receiving.upload, name="upload"),
    path("imports/paste/", receiving.paste, name="paste"),
    path("imports/words/", wording.list_header_words, name="list_header_words"),
    path("imports/words/<int:pk>/remove/", wording.remove_header_word, name="remove_header_word"),
    path("imports/<int:pk>/", batches.show_batch, name="show_batch"),
    path(
        "imports/<int:pk>/understanding/",
        understanding.show_understanding,
        name="show_understanding",
    ),
    path("imports/<int:pk>/whose/", whose.choose_whose, name="choose_whose"),
    path("imports/<int:pk>/rows/<int:position>/", deciding.show_row, name="show_row"),
    path(
        "imports/<int:pk>/rows/<int:position>/correct/", deciding.correct_cell, name="correct_cell"
    ),
    path("imports/<int:pk>/rows/<int:position>/choose/", deciding.choose_row, name="choose_row"),
    path("imports/<int:pk>/leavers/", deciding.choose_leavers, name="choose_leavers"),
    path("imports/<int:pk>/policies/", deciding.choose_policies, name="choose_policies"),
    path("imports/<int:pk>/progress/", batches.show_progress, name="show_progress"),
    path("imports/<int:pk>/rows.xlsx", batches.download_rows, name="download_rows"),
    path("imports/<int:pk>/marked.xlsx", results.download_marked, name="download_marked"),
    path("imports/<int:pk>/touched/", results.list_touched, name="list_touched"),
    path("imports/<int:pk>/confirm/", batches.confirm_batch, name="confirm_batch"),
    path("imports/<int:pk>/cancel/", batches.cancel_batch, name="cancel_batch"),
    path("imports/<int:pk>/retry/", batches.retry_batch, name="retry_batch"),
    path("imports/<int:pk>/discard/", batches.discard_batch, name="discard_batch"),
    path("imports/<int:pk>/undo/", batches.undo_batch, name="undo_batch"),
]
