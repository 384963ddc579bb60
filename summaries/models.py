"""Periodic summaries with their figures frozen, and the parts of definitions that may be set."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chambers.models import COUNCIL_OR_ABOVE, Position
from core.audit import tracked
from core.periods import Period
from core.scoping import RowModel, TownScopedQuerySet
from towns.models import Town


def council_or_above() -> list[str]:
    """The positions of 理事以上 until an administrator says otherwise."""
    return [str(position) for position in COUNCIL_OR_ABOVE]


def days_field(name: Any, default: int) -> models.PositiveSmallIntegerField[int, int]:
    """A number of days between a day and ten years."""
    return models.PositiveSmallIntegerField(
        name, default=default, validators=[MinValueValidator(1), MaxValueValidator(3650)]
    )


@tracked()
class FigureRules(models.Model):
    """What an administrator may set in the definitions of figures: one row, number 1.

    Without the row the defaults hold. ``summaries_from`` is a day of the first month that gets
    summaries; empty: the month of the first confirmed activity.
    """

    council_positions = ArrayField(
        models.CharField(max_length=30, choices=Position.choices),
        verbose_name=_("理事以上包含的职务"),
        default=council_or_above,
    )
    idle_days = days_field(_("阵地闲置天数"), 90)
    grey_days = days_field(_("品牌沉寂天数"), 90)
    lapse_days = days_field(_("荣誉到期提前提醒天数"), 180)
    term_days = days_field(_("换届提前提醒天数"), 180)
    least_base = models.PositiveSmallIntegerField(
        _("算百分比的最小基数"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
    )
    summaries_from = models.DateField(_("从哪个月起生成小结"), null=True, blank=True)

    class Meta:
        verbose_name = _("口径设置")
        verbose_name_plural = _("口径设置")
        constraints = [
            models.CheckConstraint(
                name="figure_rules_are_one_row",
                condition=Q(id=1),
                violation_error_message=_("口径设置只有一份。"),
            ),
            models.CheckConstraint(
                name="figure_rules_name_a_council",
                condition=Q(council_positions__len__gt=0),
                violation_error_message=_("理事以上至少要包含一个职务。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


@tracked()
class FigureSetting(models.Model):
    """What an administrator set for one figure: its names, whether lists leave it out, its place.

    ``key`` is the figure's own; ``title`` and ``title_en`` are empty while the built-in name holds,
    ``order`` while the figure stands in its built-in place.
    """

    key = models.CharField(_("指标代号"), max_length=60, unique=True)
    title = models.CharField(_("名称"), max_length=30, blank=True)
    title_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    is_hidden = models.BooleanField(_("不显示"), default=False)
    order = models.PositiveSmallIntegerField(_("排列次序"), null=True, blank=True)

    class Meta:
        verbose_name = _("指标设置")
        verbose_name_plural = _("指标设置")

    def __str__(self) -> str:
        return self.title or self.key


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
        return self.called(self)

    @classmethod
    def called(cls, row: Any) -> str:
        """What a row of this table or of its history is called, the town apart."""
        return f"{Period(row.start_on, row.end_on).words} {cls.Kind(row.kind).label}"

    @property
    def period(self) -> Period:
        return Period(self.start_on, self.end_on)
