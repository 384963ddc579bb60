"""Work to be done in the background: the rows are the truth, the queue only carries a hint."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.said import told


class Job(models.Model):
    """One piece of background work, written in the same transaction as what asks for it.

    ``key`` names its result: a second job with the key of one that is due, running or done is not
    made. ``heartbeat_at`` is renewed by the worker; a running job without one is taken up again.
    """

    class State(models.TextChoices):
        DUE = "due", _("等待中")
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("失败")
        CANCELLED = "cancelled", _("已取消")

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    said = models.JSONField(default=dict)  # the same as core.said keeps it, for other languages
    cancel_asked = models.BooleanField(default=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="job_key_once",
                condition=Q(state__in=["due", "running", "done"]),
            )
        ]
        indexes = [
            models.Index(fields=["created_at"], name="job_due", condition=Q(state="due")),
            models.Index(fields=["heartbeat_at"], name="job_running", condition=Q(state="running")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def words(self) -> str:
        """The message in the language of whoever reads it."""
        return told({"message": self.message, **self.said})

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED, self.State.CANCELLED}


class Tick(models.Model):
    """When the clock of the background work last ticked, by name: so that its stop is noticed."""

    name = models.CharField(max_length=60, unique=True)
    ticked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
