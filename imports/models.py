"""An import: the file as received, how it was understood, and each row with what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chambers.models import Chamber
from core.audit import tracked
from core.scoping import RowModel, TownScopedQuerySet
from jobs.models import Job


class BatchQuerySet(TownScopedQuerySet[RowModel]):
    """Batches, scoped by the town of the chamber they concern."""

    town_path = "chamber__town_id"


@tracked(exclude=["understanding"])
class Batch(models.Model):
    """One import of one file into one plan, for one chamber.

    The upload itself is not kept. ``understanding`` says how it was read: sheets, header rows,
    fields by column, what was left out and why.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", _("待确认")
        COMMITTING = "committing", _("导入中")
        COMMITTED = "committed", _("已导入")
        UNDOING = "undoing", _("撤销中")
        UNDONE = "undone", _("已撤销")
        FAILED = "failed", _("失败")
        DISCARDED = "discarded", _("已放弃")

    plan = models.CharField(_("内容"), max_length=30)
    chamber = models.ForeignKey(
        Chamber, models.PROTECT, related_name="batches", null=True, blank=True
    )
    file_name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(max_length=64)
    understanding = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.PREVIEW)
    counts = models.JSONField(default=dict)
    job = models.ForeignKey(Job, models.SET_NULL, related_name="+", null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    committed_at = models.DateTimeField(_("导入时间"), null=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入")
        verbose_name_plural = _("导入")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "chamber", "sha256"],
                name="batch_committed_one_at_a_time",
                condition=models.Q(state="committing"),
                nulls_distinct=False,
                violation_error_message=_("同一文件正在导入。"),
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class Row(models.Model):
    """A row of the file: where it stands, its cleaned values, the verdict, and what it touched.

    ``before`` and ``after`` hold the exact values of each touched record, keyed "app.model:pk", so
    that undo can restore them and can tell what was changed since. ``outcome`` and its reason say
    what became of the row when the batch was undone.
    """

    class Verdict(models.TextChoices):
        NEW = "new", _("新增")
        CHANGED = "changed", _("有变化")
        SAME = "same", _("相同")
        PROBLEM = "problem", _("要处理")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    changes = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, blank=True)
    outcome_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="import_row_once")
        ]
        indexes = [models.Index(fields=["batch", "verdict", "position"], name="import_row_verdict")]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.number}"
