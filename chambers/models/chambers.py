"""Chambers of commerce, their terms and the milestones of their history."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.audit import tracked
from core.models import DatedNamedQuerySet, DatedQuerySet, Named, code_like, named_like
from core.scoping import RowModel, TownScopedQuerySet
from towns.models import Town, ends_after_start


class ChamberQuerySet(DatedNamedQuerySet[RowModel]):
    """Chambers, scoped by their town; a chamber of the district itself has none."""

    begins = "founded_on"

    def named_like(self, text: str) -> Self:
        """Chambers found by name, pinyin, initials or the beginning of the credit code."""
        return self.filter(named_like(text) | code_like(text))


@tracked()
class Chamber(Named):
    """A chamber of commerce (商会)."""

    class Kind(models.TextChoices):
        TOWN = "town", _("街镇商会")
        DISTRICT = "district", _("区级商会")
        TRADE = "trade", _("行业商会")
        ELSEWHERE = "elsewhere", _("异地商会")

    town = models.ForeignKey(
        Town,
        models.PROTECT,
        related_name="chambers",
        verbose_name=_("街镇"),
        null=True,
        blank=True,
    )
    kind = models.CharField(_("类型"), max_length=20, choices=Kind.choices, default=Kind.TOWN)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    closed_on = models.DateField(_("注销日期"), null=True, blank=True)
    introduction = models.TextField(_("简介"), blank=True, max_length=4000)

    objects = ChamberQuerySet.as_manager()

    class Meta:
        verbose_name = _("商会")
        verbose_name_plural = _("商会")
        constraints = [
            ends_after_start("chamber_ends_after_start", "founded_on", "closed_on"),
            models.UniqueConstraint(
                fields=["name_key"],
                name="chamber_name_once",
                violation_error_message=_("已有同名的商会。"),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("chambers:show_chamber", args=[self.pk])


class ThroughChamberQuerySet(TownScopedQuerySet[RowModel]):
    """Rows that belong to a chamber, scoped by its town."""

    town_path = "chamber__town_id"


class TermQuerySet(DatedQuerySet[RowModel]):
    """Terms; on the day one ends it is no more the present one."""

    town_path = "chamber__town_id"
    begins, ends = "from_on", "to_on"


@tracked()
class Term(models.Model):
    """A term (届) of a chamber's council."""

    chamber = models.ForeignKey(
        Chamber, models.PROTECT, related_name="terms", verbose_name=_("商会")
    )
    number = models.PositiveSmallIntegerField(_("届次"))
    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("届满日期"))

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("届")
        verbose_name_plural = _("届")
        constraints = [
            ends_after_start("term_ends_after_start", "from_on", "to_on"),
            models.UniqueConstraint(
                fields=["chamber", "number"],
                name="term_number_once",
                violation_error_message=_("该商会已有这一届。"),
            ),
        ]

    def __str__(self) -> str:
        return str(_("第%(number)s届") % {"number": self.number})


@tracked()
class Milestone(models.Model):
    """A dated step in a chamber's history, as the wall of its home shows it."""

    chamber = models.ForeignKey(
        Chamber, models.PROTECT, related_name="milestones", verbose_name=_("商会")
    )
    happened_on = models.DateField(_("日期"))
    title = models.CharField(_("事项"), max_length=200)
    text = models.TextField(_("说明"), blank=True, max_length=2000)

    objects = ThroughChamberQuerySet.as_manager()

    class Meta:
        verbose_name = _("发展历程")
        verbose_name_plural = _("发展历程")

    def __str__(self) -> str:
        return self.title
