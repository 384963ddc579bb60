"""Towns, the grass-roots units below them, the posts people hold there, and brands."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.audit import tracked
from core.models import DatedNamedQuerySet, DatedQuerySet, Named
from core.scoping import RowModel

ENDS_AFTER_START = _("结束日期不得早于开始日期。")


def ends_after_start(name: str, start: str, end: str) -> models.CheckConstraint:
    """The database's promise that a row does not end before it begins."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{start}__isnull": True})
        | Q(**{f"{end}__isnull": True})
        | Q(**{f"{end}__gte": F(start)}),
        violation_error_message=ENDS_AFTER_START,
    )


class TownQuerySet(DatedNamedQuerySet[RowModel]):
    """Towns; a liaison sees those they work in. Their names are official and public."""

    town_path = "pk"
    names_are_public = True

    def in_official_order(self) -> TownQuerySet[RowModel]:
        """As the official list has them: never ranked by a figure."""
        return self.order_by("order", "code")


@tracked()
class Town(Named):
    """A town or sub-district (街镇) of the district, with its division code of nine digits."""

    class Kind(models.TextChoices):
        SUBDISTRICT = "subdistrict", _("街道")
        TOWN = "town", _("镇")
        TOWNSHIP = "township", _("乡")

    code = models.CharField(_("区划代码"), max_length=12, unique=True)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind.choices, default=Kind.TOWN)
    order = models.PositiveSmallIntegerField(_("排列次序"), default=0)
    opened_on = models.DateField(_("设立日期"), null=True, blank=True)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)

    objects = TownQuerySet.as_manager()

    class Meta:
        verbose_name = _("街镇")
        verbose_name_plural = _("街镇")
        constraints = [ends_after_start("town_ends_after_start", "opened_on", "closed_on")]

    def get_absolute_url(self) -> str:
        return reverse("dashboards:town_page", args=[self.code])


class VillageQuerySet(DatedNamedQuerySet[RowModel]):
    """Villages, scoped by their town; a denominator is always counted of those ``on`` a day."""

    def staffed_on(self, day: date) -> Self:
        """Those whose officer and liaison were both in post on ``day``."""
        return self.filter(
            Exists(_filled(Post.Kind.OFFICER, day)), Exists(_filled(Post.Kind.LIAISON, day))
        )


def _filled(kind: str, day: date) -> models.QuerySet[Post]:
    """Posts of a kind filled on ``day``, as a subquery of villages."""
    return Post.objects.filter(village_id=OuterRef("pk"), kind=kind).on(day)


@tracked()
class Village(Named):
    """A grass-roots unit of a town: village, neighbourhood, park or state firm (村居)."""

    class Kind(models.TextChoices):
        VILLAGE = "village", _("村委会")
        NEIGHBOURHOOD = "neighbourhood", _("居委会")
        PARK = "park", _("园区")
        STATE_FIRM = "state_firm", _("国企")

    town = models.ForeignKey(Town, models.PROTECT, related_name="villages", verbose_name=_("街镇"))
    code = models.CharField(_("区划代码"), max_length=12, unique=True, null=True, blank=True)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind.choices)
    opened_on = models.DateField(_("设立日期"), null=True, blank=True)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)

    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = _("村居")
        verbose_name_plural = _("村居")
        constraints = [
            ends_after_start("village_ends_after_start", "opened_on", "closed_on"),
            models.UniqueConstraint(
                fields=["town", "name_key"],
                name="village_name_once_in_town",
                condition=Q(closed_on__isnull=True),
                violation_error_message=_("本街镇已有同名的村居。"),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("towns:show_village", args=[self.pk])


class PostQuerySet(DatedQuerySet[RowModel]):
    """Posts, scoped by their town."""

    begins, ends = "from_on", "to_on"


@tracked()
class Post(models.Model):
    """A post for liaison work, held by a work contact from a day to a day.

    ``village`` is empty for a post of the town itself. ``to_on`` is the first day it is not held.
    """

    class Kind(models.TextChoices):
        COMMITTEE_MEMBER = "committee_member", _("统战委员")
        OFFICER = "officer", _("统战干事")
        LIAISON = "liaison", _("联络员")

    town = models.ForeignKey(Town, models.PROTECT, related_name="posts", verbose_name=_("街镇"))
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        related_name="posts",
        verbose_name=_("村居"),
        null=True,
        blank=True,
    )
    kind = models.CharField(_("岗位"), max_length=20, choices=Kind.choices)
    holder = models.CharField(_("工作联系人"), max_length=60)
    work_phone = models.CharField(_("办公电话"), max_length=40, blank=True)
    is_full_time = models.BooleanField(_("专职"), default=False)
    from_on = models.DateField(_("任职日期"), null=True, blank=True)
    to_on = models.DateField(_("离任日期"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位")
        verbose_name_plural = _("岗位")
        constraints = [
            ends_after_start("post_ends_after_start", "from_on", "to_on"),
            models.UniqueConstraint(
                fields=["village", "kind", "holder"],
                name="post_held_once",
                condition=Q(to_on__isnull=True),
                violation_error_message=_("此人已在该村居担任同一岗位。"),
            ),
        ]
        indexes = [models.Index(fields=["village", "kind"], name="post_village_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.holder}"


@tracked()
class BrandField(models.Model):
    """A field of work that brands stand in (一领域一特色): a column of the brand matrix."""

    name = models.CharField(_("领域"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(_("排列次序"), default=0)

    class Meta:
        verbose_name = _("领域")
        verbose_name_plural = _("领域")

    def __str__(self) -> str:
        return self.name


class BrandQuerySet(DatedNamedQuerySet[RowModel]):
    """Brands, scoped by their town."""


@tracked()
class Brand(Named):
    """A brand of a town in a field (一街镇一品牌、一领域一特色)."""

    town = models.ForeignKey(Town, models.PROTECT, related_name="brands", verbose_name=_("街镇"))
    field = models.ForeignKey(
        BrandField, models.PROTECT, related_name="brands", verbose_name=_("领域")
    )
    description = models.TextField(_("简介"), blank=True, max_length=2000)
    opened_on = models.DateField(_("创立日期"), null=True, blank=True)
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = BrandQuerySet.as_manager()

    class Meta:
        verbose_name = _("品牌")
        verbose_name_plural = _("品牌")
        constraints = [
            ends_after_start("brand_ends_after_start", "opened_on", "closed_on"),
            models.UniqueConstraint(
                fields=["town", "name_key"],
                name="brand_name_once_in_town",
                violation_error_message=_("本街镇已有同名的品牌。"),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("towns:show_brand", args=[self.pk])
