"""Venues (阵地): a tree of places, their zones, and who shares the building."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chambers.models import Chamber, Enterprise
from core.audit import tracked
from core.models import DatedNamedQuerySet, Named
from core.scoping import RowModel, TownScopedQuerySet
from towns.models import Town, Village, ends_after_start


class VenueQuerySet(DatedNamedQuerySet[RowModel]):
    """Venues, scoped by their town."""


@tracked()
class Venue(Named):
    """A venue of liaison work; one with parts is a complex (统战综合体)."""

    class Kind(models.TextChoices):
        CHAMBER_HOME = "chamber_home", _("商会之家")
        HOME = "home", _("统战之家、同心家园")
        NEW_STRATUM = "new_stratum", _("新阶层阵地")
        PARK = "park", _("统战文化公园、街区")
        STATION = "station", _("工作站")
        MICRO = "micro", _("企业或园区微阵地")
        COMPLEX = "complex", _("统战综合体")

    town = models.ForeignKey(Town, models.PROTECT, related_name="venues", verbose_name=_("街镇"))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="parts",
        verbose_name=_("所属综合体"),
        null=True,
        blank=True,
    )
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        related_name="venues",
        verbose_name=_("村居"),
        null=True,
        blank=True,
    )
    chamber = models.ForeignKey(
        Chamber,
        models.PROTECT,
        related_name="venues",
        verbose_name=_("所属商会"),
        null=True,
        blank=True,
    )
    kind = models.CharField(_("类型"), max_length=20, choices=Kind.choices)
    area_m2 = models.DecimalField(
        _("面积（平方米）"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    address = models.CharField(_("地址"), max_length=300, blank=True)
    functions = ArrayField(
        models.CharField(max_length=40), verbose_name=_("功能"), default=list, blank=True
    )
    managed_by = models.CharField(_("管理单位"), max_length=200, blank=True)
    contact = models.CharField(_("工作联系人"), max_length=60, blank=True)
    phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    opening_hours = models.CharField(_("开放时间"), max_length=200, blank=True)
    introduction = models.TextField(_("简介"), blank=True, max_length=4000)
    opened_on = models.DateField(_("启用日期"), null=True, blank=True)
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("阵地")
        verbose_name_plural = _("阵地")
        constraints = [
            ends_after_start("venue_ends_after_start", "opened_on", "closed_on"),
            models.UniqueConstraint(
                fields=["town", "name_key"],
                name="venue_name_once_in_town",
                condition=Q(closed_on__isnull=True),
                violation_error_message=_("本街镇已有同名的阵地。"),
            ),
            models.CheckConstraint(
                name="venue_is_not_its_own_part",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("阵地不能是自己的组成部分。"),
            ),
            models.CheckConstraint(
                name="venue_area_positive",
                condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0),
                violation_error_message=_("面积须大于零。"),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("venues:show_venue", args=[self.pk])


class ThroughVenueQuerySet(TownScopedQuerySet[RowModel]):
    """Rows that belong to a venue, scoped by its town."""

    town_path = "venue__town_id"


@tracked()
class Zone(models.Model):
    """A functional zone (功能区) of a venue."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="zones", verbose_name=_("阵地"))
    name = models.CharField(_("功能区"), max_length=100)
    description = models.CharField(_("说明"), max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(_("排列次序"), default=0)

    objects = ThroughVenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("功能区")
        verbose_name_plural = _("功能区")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "name"],
                name="zone_name_once",
                violation_error_message=_("该阵地已有同名的功能区。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Neighbour(models.Model):
    """An organisation in the same building as a venue."""

    venue = models.ForeignKey(
        Venue, models.PROTECT, related_name="neighbours", verbose_name=_("阵地")
    )
    name = models.CharField(_("单位名称"), max_length=200)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, verbose_name=_("企业")
    )

    objects = ThroughVenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("同楼单位")
        verbose_name_plural = _("同楼单位")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "name"],
                name="neighbour_once",
                violation_error_message=_("该单位已在列。"),
            )
        ]

    def __str__(self) -> str:
        return self.name
