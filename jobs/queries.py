"""Which jobs wait, which have lost their worker, and whether the background's clock ticks."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import BooleanField, ExpressionWrapper, Model, Q, QuerySet

from jobs.models import Job, Tick

# A worker renews its heartbeat every second; this long without one means that it is gone.
LOST_AFTER = timedelta(seconds=30)
# Published, but not taken up: the broker lost it, so it is published again.
PUBLISH_AGAIN_AFTER = timedelta(seconds=60)
PAUSED_AFTER = timedelta(minutes=2)


def to_publish(now: datetime) -> QuerySet[Job]:
    """Due jobs not yet handed to the broker, or handed over so long ago that it lost them.

    Those of a person come first.
    """
    unsent = Q(published_at__isnull=True) | Q(published_at__lt=now - PUBLISH_AGAIN_AFTER)
    of_its_own = ExpressionWrapper(Q(requested_by=None), output_field=BooleanField())
    return Job.objects.filter(unsent, state=Job.State.DUE).order_by(of_its_own, "created_at", "pk")


def lost(now: datetime) -> QuerySet[Job]:
    """Jobs whose worker no longer shows signs of life."""
    return Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=now - LOST_AFTER)


def of_person(user: Model) -> QuerySet[Job]:
    """The jobs this person asked for, newest first."""
    return Job.objects.filter(requested_by_id=user.pk).order_by("-created_at")


def is_paused(now: datetime) -> bool:
    """Whether the background has stood still, so that pages can say so."""
    tick = Tick.objects.filter(name="publish").first()
    return tick is None or tick.ticked_at < now - PAUSED_AFTER
