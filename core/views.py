"""Pages that belong to no app: health, error pages, the gallery of components."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.access import Permission, page_before, requires
from core.gallery import gallery_parts

BYTES_PER_MB = 1024 * 1024
RETRY_AFTER_SECONDS = 10  # how long a database takes to come back


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 once the site can be used, 503 while its database can't be reached."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "starting", "version": settings.VERSION}, status=503)
    return JsonResponse({"status": "ok", "version": settings.VERSION})


@require_safe
@requires(Permission.READ)
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once, with content as it really occurs."""
    return render(request, "gallery.html", gallery_parts(request, today=localdate()))


def error_page(status: int, template: str = "", **context: Any) -> HttpResponse:
    """An error page: says what happened and what to do. Touches no database and no session."""
    words = {"site": settings.DISTRICT_TITLE, "district": settings.DISTRICT_NAME, **context}
    return HttpResponse(render_to_string(template or f"{status}.html", words), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return content_too_large()
    return error_page(400)


def content_too_large() -> HttpResponse:
    """413: more than one request may carry."""
    return error_page(413, limit_mb=settings.UPLOAD_LIMIT_BYTES // BYTES_PER_MB)


def too_many_requests(seconds: int) -> HttpResponse:
    """429: asked too often; ``seconds`` until it may be tried again."""
    response = error_page(429, minutes=max(1, -(-seconds // 60)))
    response["Retry-After"] = str(seconds)
    return response


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(403, "403_csrf.html", back_url=page_before(request))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it is the database that is not there (yet)."""
    if database_is_away(sys.exc_info()[1]):
        is_visit = request.method in {"GET", "HEAD"}
        again = request.get_full_path() if is_visit else page_before(request)
        response = error_page(503, back_url=again)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
    return error_page(500)


def database_is_away(error: BaseException | None) -> bool:
    """Whether an error means that the database can't be reached, not that it refused something."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = getattr(error.__cause__, "pgcode", None)
    return code is None or code.startswith(
        ("08", "57P")
    )  # connection lost; shutting down, starting
