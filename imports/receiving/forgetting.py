"""What an import keeps is not kept for ever: cells of files, and imports that were given up."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from core.audit import written
from imports.models import Batch, KeptGrid


def forget_expired(*, at: datetime) -> None:
    """Delete cells kept longer than ``IMPORT_KEPT_DAYS``, and imports as old that were given up."""
    oldest = at - timedelta(days=settings.IMPORT_KEPT_DAYS)
    with written(by=None, action="forget_imports"):
        KeptGrid.objects.filter(kept_at__lt=oldest).delete()
        given_up = (Batch.State.DISCARDED, Batch.State.UNREAD)
        Batch.objects.filter(state__in=given_up, uploaded_at__lt=oldest).delete()
