"""The site's addresses and one more: a page of nothing but the frame, to measure against."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    """The frame around every page, signed in, with a title and no content: made each time."""
    return render(request, "base.html", {"title": ""})


urlpatterns = [*site, path("bench/empty/", empty, name="bench_empty")]
