"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from imports import views

app_name = "imports"

urlpatterns = [
    path("imports/", views.list_batches, name="list_batches"),
    path("imports/new/", views.upload, name="upload"),
    path("imports/<int:pk>/", views.show_batch, name="show_batch"),
    path("imports/<int:pk>/progress/", views.show_progress, name="show_progress"),
    path("imports/<int:pk>/rows.xlsx", views.download_rows, name="download_rows"),
    path("imports/<int:pk>/confirm/", views.confirm_batch, name="confirm_batch"),
    path("imports/<int:pk>/cancel/", views.cancel_batch, name="cancel_batch"),
    path("imports/<int:pk>/retry/", views.retry_batch, name="retry_batch"),
    path("imports/<int:pk>/discard/", views.discard_batch, name="discard_batch"),
    path("imports/<int:pk>/undo/", views.undo_batch, name="undo_batch"),
]
