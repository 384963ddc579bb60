"""Honours of chambers, enterprises and towns, and how long they hold."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chambers.models.chambers import Chamber
from chambers.models.members import Enterprise
from core.audit import tracked
from core.models import named_like
from core.scoping import RowModel, TownScopedQuerySet
from towns.models import Town, ends_after_start


class HonourQuerySet(TownScopedQuerySet[RowModel]):
    """Honours: seen in the town they are filed under and in their holder's."""

    @classmethod
    def in_towns(cls, town_ids: frozenset[int]) -> Q:
        return (
            Q(town_id__in=town_ids)
            | Q(chamber__town_id__in=town_ids)
            | Q(enterprise__town_id__in=town_ids)
        )

    def named_like(self, text: str) -> Self:
        """Honours whose title holds ``text``, or that a chamber or enterprise so named holds."""
        titled = Q(title__contains=text.strip())
        of_holder = named_like(text, path="chamber__") | named_like(text, path="enterprise__")
        return self.filter(titled | of_holder) if of_holder else self.all()

    def valid_on(self, day: date) -> Self:
        """Those awarded by ``day`` and not lapsed: the last day of validity still counts."""
        return self.filter(
            Q(awarded_on__isnull=True) | Q(awarded_on__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )


@tracked()
class Honour(models.Model):
    """An honour of a chamber, an enterprise, or a town; it may lapse (四好商会: two years)."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("国家级")
        MUNICIPAL = "municipal", _("市级")
        DISTRICT = "district", _("区级")
        TOWN = "town", _("街镇级")

    title = models.CharField(_("荣誉名称"), max_length=200)
    level = models.CharField(_("级别"), max_length=20, choices=Level.choices)
    issuer = models.CharField(_("颁发单位"), max_length=200, blank=True)
    awarded_on = models.DateField(_("授予日期"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    town = models.ForeignKey(
        Town,
        models.PROTECT,
        related_name="honours",
        verbose_name=_("街镇"),
        null=True,
        blank=True,
    )
    chamber = models.ForeignKey(
        Chamber,
        models.PROTECT,
        related_name="honours",
        verbose_name=_("商会"),
        null=True,
        blank=True,
    )
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        related_name="honours",
        verbose_name=_("企业"),
        null=True,
        blank=True,
    )

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = _("荣誉")
        verbose_name_plural = _("荣誉")
        constraints = [
            ends_after_start("honour_ends_after_start", "awarded_on", "valid_until"),
            models.CheckConstraint(
                name="honour_has_one_holder",
                condition=Q(chamber__isnull=True) | Q(enterprise__isnull=True),
                violation_error_message=_("荣誉只能属于一家商会或一家企业。"),
            ),
            models.CheckConstraint(
                name="honour_has_a_place",
                condition=Q(town__isnull=False)
                | Q(chamber__isnull=False)
                | Q(enterprise__isnull=False),
                violation_error_message=_("请选择荣誉属于哪个街镇、商会或企业。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of its holder, which lists it."""
        return self.holder.get_absolute_url() if self.holder else ""

    @property
    def holder(self) -> Chamber | Enterprise | Town | None:
        """Who holds it: the chamber, the enterprise, else the town."""
        return self.chamber or self.enterprise or self.town
