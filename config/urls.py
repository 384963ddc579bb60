"""Every address of the site, app by app."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

from accounts.views.signing import set_language

APPS = (
    "core",
    "accounts",
    "towns",
    "chambers",
    "venues",
    "activities",
    "imports",
    "summaries",
    "dashboards",
)

urlpatterns = [
    path("", include(f"{name}.urls")) for name in APPS if find_spec(f"{name}.urls") is not None
] + [path("i18n/setlang/", set_language, name="set_language")]

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"
