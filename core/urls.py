"""Addresses that belong to no app."""

from django.urls import path

from core import views

app_name = "core"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("gallery/", views.gallery, name="gallery"),
]
