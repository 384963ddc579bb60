"""An upload that is too large is not taken in: neither into memory nor onto the disk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    UnreadablePostError,
)
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from core.views import content_too_large

View = Callable[..., HttpResponse]
FORM_BYTES = 64 * 1024  # what a form's other fields and the borders between them may add
# So much too large is still read to its end (and thrown away), for a browser hears no answer
# before it has sent everything; beyond it the connection is closed.
PATIENCE = 4


class SizeGate(FileUploadHandler):
    """Stops an upload that says it is larger than the limit before any of it is kept."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self.length = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.length > settings.UPLOAD_LIMIT_BYTES + FORM_BYTES:
            setattr(self.request, "upload_too_large", True)  # noqa: B010 - not a field of requests
            patient = self.length <= PATIENCE * settings.UPLOAD_LIMIT_BYTES
            raise StopUpload(connection_reset=not patient)
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def within_upload_limit(view: View) -> View:
    """Let a view read files up to the limit; above it answer 413, whatever the form holds."""

    protected = csrf_protect(view)

    @csrf_exempt  # until the gate stands before the upload; then ``protected`` looks
    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers.insert(0, SizeGate(request))
        try:
            request.POST  # noqa: B018 - read now, so that the gate sees the upload
        except UnreadablePostError:  # the connection broke: nobody is there to be told
            return HttpResponseBadRequest()
        if getattr(request, "upload_too_large", False):
            return content_too_large()
        return protected(request, *args, **kwargs)

    return gated
