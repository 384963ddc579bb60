"""Periodic summaries as issued: their figures frozen with the moment of the data."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.audit import tracked
from core.periods import Period
from core.scoping import RowModel, TownScopedQuerySet
from towns.models import Town


class SummaryQuerySet(TownScopedQuerySet[RowModel]):
    """Summaries, scoped by their town; those of the district are for the district's staff."""


@tracked()
class Summary(models.Model):
    """The summary of a closed period for a town, or for the district when ``town`` is empty.

    ``figures`` freezes each figure with its definition; ``content`` the words built on them.
    """

    class Kind(models.TextChoices):
        MONTHLY = "monthly", _("月报")
        QUARTERLY = "quarterly", _("季报")
        HALF_YEARLY = "half_yearly", _("半年总结")
        YEARLY = "yearly", _("年报")

    kind = models.CharField(_("类型"), max_length=20, choices=Kind.choices)
    start_on = models.DateField(_("起始日期"))
    end_on = models.DateField(_("截止日期"))
    town = models.ForeignKey(
        Town,
        models.PROTECT,
        related_name="summaries",
        verbose_name=_("街镇"),
        null=True,
        blank=True,
    )
    revision = models.PositiveSmallIntegerField(_("修订"), default=0)
    figures = models.JSONField(default=list)
    content = models.JSONField(default=dict)
    data_as_of = models.DateTimeField(_("数据截至"))
    written_at = models.DateTimeField(_("生成时间"))

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("工作小结")
        verbose_name_plural = _("工作小结")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "start_on", "town", "revision"],
                name="summary_once",
                nulls_distinct=False,
                violation_error_message=_("这一期小结已经生成。"),
            ),
            models.CheckConstraint(
                name="summary_ends_after_start",
                condition=Q(end_on__gte=F("start_on")),
                violation_error_message=_("结束日期不得早于开始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period.words} {self.get_kind_display()}"

    @property
    def period(self) -> Period:
        return Period(self.start_on, self.end_on)
