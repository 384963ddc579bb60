"""Photos, served to whoever sees their activity and to nobody else."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.models import Photo
from core.access import Permission, requires
from core.edit_pages import find

KEPT_SECONDS = 24 * 3600  # in the browser of the person alone: a photo never changes


@require_safe
@requires(Permission.READ)
def show_photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _picture(request, find(request, Photo.objects.all(), pk=pk).file, pk)


@require_safe
@requires(Permission.READ)
def show_thumbnail(request: HttpRequest, pk: int) -> HttpResponseBase:
    photo = find(request, Photo.objects.all(), pk=pk)
    return _picture(request, photo.thumbnail or photo.file, pk)


def _picture(request: HttpRequest, file: Any, pk: int) -> HttpResponseBase:
    try:
        opened = file.storage.open(file.name)
    except OSError:
        return _missing(request)
    response = FileResponse(opened, content_type="image/jpeg", filename=f"photo-{pk}.jpg")
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}, immutable"
    return response


def _missing(request: HttpRequest) -> HttpResponse:
    """A picture that says the file is gone; the page around it stays whole."""
    response = render(request, "activities/photo_missing.svg", content_type="image/svg+xml")
    response["Cache-Control"] = "no-store"
    return response
