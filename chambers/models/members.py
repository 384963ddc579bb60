"""Enterprises, their memberships of chambers, and the positions they hold there day by day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    SmallIntegerField,
    Value,
    When,
)
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chambers.models.chambers import Chamber
from core.audit import tracked
from core.models import DatedNamedQuerySet, DatedQuerySet, Named, code_like, named_like, open_on
from core.scoping import RowModel
from towns.models import Town, Village, ends_after_start


class EnterpriseQuerySet(DatedNamedQuerySet[RowModel]):
    """Enterprises: seen by their own town and by the towns of the chambers they belong to."""

    begins = "founded_on"

    def named_like(self, text: str) -> Self:
        """Enterprises found by name, pinyin, initials or the beginning of the credit code."""
        return self.filter(named_like(text) | code_like(text))

    @classmethod
    def in_towns(cls, town_ids: frozenset[int]) -> Q:
        member = Membership.objects.filter(
            enterprise_id=OuterRef("pk"), chamber__town_id__in=town_ids
        )
        return Q(town_id__in=town_ids) | Q(Exists(member))


@tracked()
class Enterprise(Named):
    """An enterprise, with its registration and its work contact."""

    class Industry(models.TextChoices):
        """Sections of GB/T 4754-2017."""

        A = "A", _("农、林、牧、渔业")
        B = "B", _("采矿业")
        C = "C", _("制造业")
        D = "D", _("电力、热力、燃气及水生产和供应业")
        E = "E", _("建筑业")
        F = "F", _("批发和零售业")
        G = "G", _("交通运输、仓储和邮政业")
        H = "H", _("住宿和餐饮业")
        I = "I", _("信息传输、软件和信息技术服务业")  # noqa: E741 - the standard's letter
        J = "J", _("金融业")
        K = "K", _("房地产业")
        L = "L", _("租赁和商务服务业")
        M = "M", _("科学研究和技术服务业")
        N = "N", _("水利、环境和公共设施管理业")
        O = "O", _("居民服务、修理和其他服务业")  # noqa: E741 - the standard's letter
        P = "P", _("教育")
        Q = "Q", _("卫生和社会工作")
        R = "R", _("文化、体育和娱乐业")
        S = "S", _("公共管理、社会保障和社会组织")
        T = "T", _("国际组织")

    credit_code = models.CharField(
        _("统一社会信用代码"), max_length=18, unique=True, null=True, blank=True
    )
    town = models.ForeignKey(
        Town,
        models.PROTECT,
        related_name="enterprises",
        verbose_name=_("街镇"),
        null=True,
        blank=True,
    )
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        related_name="enterprises",
        verbose_name=_("村居"),
        null=True,
        blank=True,
    )
    address = models.CharField(_("地址"), max_length=300, blank=True)
    contact = models.CharField(_("工作联系人"), max_length=60, blank=True)
    phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    industry = models.CharField(_("行业门类"), max_length=1, choices=Industry.choices, blank=True)
    industry_tag = models.CharField(_("行业"), max_length=100, blank=True)
    capital_wan = models.DecimalField(
        _("注册资本（万元）"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    staff_count = models.PositiveIntegerField(_("职工人数"), null=True, blank=True)
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    closed_on = models.DateField(_("注销日期"), null=True, blank=True)
    tax_band = models.CharField(_("税收档次"), max_length=20, blank=True)
    tax_band_year = models.PositiveSmallIntegerField(_("档次年份"), null=True, blank=True)
    tax_band_source = models.CharField(_("档次来源"), max_length=100, blank=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("企业")
        verbose_name_plural = _("企业")
        constraints = [
            models.CheckConstraint(
                name="enterprise_capital_not_negative",
                condition=Q(capital_wan__isnull=True) | Q(capital_wan__gte=0),
                violation_error_message=_("注册资本不能是负数。"),
            ),
            models.CheckConstraint(
                name="enterprise_tax_band_has_year_and_source",
                condition=Q(tax_band="")
                | (Q(tax_band_year__isnull=False) & ~Q(tax_band_source="")),
                violation_error_message=_("填了税收档次，须同时填年份和来源。"),
            ),
        ]
        indexes = [
            models.Index(fields=["name_key"], name="enterprise_name_key"),
            models.Index(fields=["sort_key", "id"], name="enterprise_sort"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("chambers:show_enterprise", args=[self.pk])


class Position(models.TextChoices):
    """Positions of a chamber's council, in the order of its ladder."""

    PRESIDENT = "president", _("会长")
    EXECUTIVE_PRESIDENT = "executive_president", _("执行会长")
    STANDING_VICE_PRESIDENT = "standing_vice_president", _("常务副会长")
    CHIEF_SUPERVISOR = "chief_supervisor", _("监事长")
    VICE_PRESIDENT = "vice_president", _("副会长")
    STANDING_COUNCILLOR = "standing_councillor", _("常务理事")
    COUNCILLOR = "councillor", _("理事")
    SUPERVISOR = "supervisor", _("监事")
    SECRETARY_GENERAL = "secretary_general", _("秘书长")
    MEMBER = "member", _("会员")


# The rule 理事以上 by default; an administrator may change the set (assumed, see docs/figures.md).
COUNCIL_OR_ABOVE = (
    Position.PRESIDENT,
    Position.EXECUTIVE_PRESIDENT,
    Position.STANDING_VICE_PRESIDENT,
    Position.VICE_PRESIDENT,
    Position.STANDING_COUNCILLOR,
    Position.COUNCILLOR,
)

# Two kinds of change look alike in a row and mean different things. Another position begins on its
# day, and the one before lasts until then. The same position with another day was misdated: then
# the day moves. A position without a day of its own is held since joining.
KEEP_POSITION_SPELLS = """
    new_start := COALESCE(NEW.position_since, NEW.joined_on);
    IF TG_OP = 'UPDATE' THEN
        old_start := COALESCE(OLD.position_since, OLD.joined_on);
        IF NEW.joined_on IS DISTINCT FROM OLD.joined_on THEN
            DELETE FROM chambers_positionspell
            WHERE membership_id = NEW.id AND to_on <= OLD.joined_on;
            UPDATE chambers_positionspell SET from_on = NEW.joined_on
            WHERE membership_id = NEW.id AND to_on IS NOT NULL
                AND from_on IS NOT DISTINCT FROM OLD.joined_on;
            DELETE FROM chambers_positionspell
            WHERE membership_id = NEW.id AND to_on <= from_on;
        END IF;
        IF NEW.position = OLD.position THEN
            IF new_start IS NOT DISTINCT FROM old_start THEN
                RETURN NEW;
            END IF;
            DELETE FROM chambers_positionspell WHERE membership_id = NEW.id AND to_on IS NULL;
            UPDATE chambers_positionspell SET to_on = NULL
            WHERE membership_id = NEW.id AND to_on = old_start;
        END IF;
        DELETE FROM chambers_positionspell
        WHERE membership_id = NEW.id AND (new_start IS NULL OR from_on >= new_start);
        UPDATE chambers_positionspell SET to_on = new_start
        WHERE membership_id = NEW.id AND (to_on IS NULL OR to_on > new_start);
    END IF;
    INSERT INTO chambers_positionspell (membership_id, position, from_on)
    VALUES (NEW.id, NEW.position, new_start);
    RETURN NEW;
"""


class MembershipQuerySet(DatedQuerySet[RowModel]):
    """Memberships, scoped by the chamber's town; whose members they were on a day."""

    town_path = "chamber__town_id"
    begins, ends = "joined_on", "left_on"

    def named_like(self, text: str) -> Self:
        """Memberships of enterprises found by name, pinyin, initials or credit code."""
        path = "enterprise__"
        return self.filter(named_like(text, path=path) | code_like(text, path=path))

    def with_position_on(self, day: date) -> Self:
        """Each with ``held``, the position of that day, and ``rank``, its place on the ladder.

        Both are None where no position of that day is known.
        """
        spell_of_day = FilteredRelation(
            "spells", condition=open_on(day, start="spells__from_on", end="spells__to_on")
        )
        places = [
            When(held_spell__position=position, then=Value(place))
            for place, position in enumerate(Position.values)
        ]
        return self.annotate(
            held_spell=spell_of_day,
            held=F("held_spell__position"),
            rank=Case(*places, output_field=SmallIntegerField()),
        )

    def council_on(self, day: date, *, positions: Collection[str] = COUNCIL_OR_ABOVE) -> Self:
        """Memberships in force on ``day`` that then held one of ``positions`` (理事以上)."""
        held = PositionSpell.objects.filter(
            open_on(day, start="from_on", end="to_on"),
            membership_id=OuterRef("pk"),
            position__in=positions,
        )
        return self.on(day).filter(Exists(held))


@tracked()
class Membership(models.Model):
    """An enterprise's membership of a chamber, with its present position.

    ``left_on`` is the first day it is no member. ``position_since`` is the day from which the
    position is held (empty: since joining). Earlier positions are in PositionSpell, which a trigger
    keeps, so that a council of any past day can be listed whoever wrote the change and how.
    """

    chamber = models.ForeignKey(
        Chamber, models.PROTECT, related_name="memberships", verbose_name=_("商会")
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="memberships", verbose_name=_("企业")
    )
    position = models.CharField(
        _("商会职务"), max_length=30, choices=Position.choices, default=Position.MEMBER
    )
    position_since = models.DateField(_("任现职日期"), null=True, blank=True)
    joined_on = models.DateField(_("入会日期"), null=True, blank=True)
    left_on = models.DateField(_("退会日期"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("会员")
        verbose_name_plural = _("会员")
        constraints = [
            ends_after_start("membership_ends_after_start", "joined_on", "left_on"),
            models.UniqueConstraint(
                fields=["chamber", "enterprise"],
                name="membership_once_at_a_time",
                condition=Q(left_on__isnull=True),
                violation_error_message=_("该企业已是这家商会的会员。"),
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "chamber"], name="membership_enterprise"),
            # Figures of a chamber read nothing but this: no visit to the rows themselves.
            models.Index(
                fields=["chamber", "enterprise"],
                include=["id", "joined_on", "left_on"],
                name="membership_chamber_days",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keep_position_spells",
                when=pgtrigger.After,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]
                    "position", "position_since", "joined_on"
                ),
                declare=[("new_start", "date"), ("old_start", "date")],
                func=KEEP_POSITION_SPELLS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.get_position_display()}"

    def get_absolute_url(self) -> str:
        return self.enterprise.get_absolute_url()


class PositionSpell(models.Model):
    """A position held from a day to a day, kept by the trigger of Membership, never by hand.

    ``from_on`` empty means since an unknown day; ``to_on`` is the first day it is not held.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="spells")
    position = models.CharField(max_length=30, choices=Position.choices)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["position", "membership"],
                include=["from_on", "to_on"],
                name="spell_position_days",
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.position}"
