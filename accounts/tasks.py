"""Celery's door to accounts: what has run out is swept away every night."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts import actions


@shared_task(name="accounts.forget_expired", ignore_result=True)
def forget_expired() -> None:
    actions.forget_expired(at=timezone.now())
