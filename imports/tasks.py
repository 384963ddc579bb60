"""Celery's door to imports: what has been kept long enough is swept away every night."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from imports.receiving import forgetting


@shared_task(name="imports.forget_expired", ignore_result=True)
def forget_expired() -> None:
    forgetting.forget_expired(at=timezone.now())
