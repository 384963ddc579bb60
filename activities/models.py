"""Activities: what was held, by whom and where, how many came; their review and their photos."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _

from chambers.models import Chamber, Enterprise
from core.access import Viewer
from core.audit import tracked
from core.models import Named, NamedQuerySet, named_like
from core.normalise import name_key
from core.pairs import Pairs, about_as_many, holds_pairs
from core.scoping import RowModel, TownScopedQuerySet
from towns.models import Brand, Town
from venues.models import Venue

Referencing: Any = pgtrigger.Referencing  # the library gives it no types
REFRESH = "PERFORM activities_refresh_participation(ARRAY({ids})); RETURN NULL;"

OF_ANOTHER_TOWN_OR_DAY = (
    "(old_values.town_id, old_values.start_on)"
    " IS DISTINCT FROM (new_values.town_id, new_values.start_on)"
)


def keep_participation(column: str, changed: str) -> list[pgtrigger.Trigger]:
    """Triggers that keep Participation right: one call for a whole statement, however many rows.

    ``column`` holds the activity's key; ``changed`` says which updated rows matter.
    """
    updated = f"""
        SELECT new_values.{column} FROM old_values JOIN new_values USING (id) WHERE {changed}
        UNION
        SELECT old_values.{column} FROM old_values JOIN new_values USING (id) WHERE {changed}
    """  # noqa: S608 - only column names of this file
    return [
        pgtrigger.Trigger(
            name="begin_participation",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=Referencing(new="new_values"),
            func=REFRESH.format(ids=f"SELECT {column} FROM new_values"),  # noqa: S608 - as above
        ),
        pgtrigger.Trigger(
            name="change_participation",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            referencing=Referencing(old="old_values", new="new_values"),
            func=REFRESH.format(ids=updated),
        ),
    ]


@tracked()
class ActivityKind(models.Model):
    """A kind of activity (活动类型), kept by the administrator."""

    code = models.SlugField(_("代码"), max_length=30, unique=True)
    name = models.CharField(_("类型"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(_("排列次序"), default=0)
    is_offered = models.BooleanField(_("可选用"), default=True)

    class Meta:
        verbose_name = _("活动类型")
        verbose_name_plural = _("活动类型")

    def __str__(self) -> str:
        return self.name


class ActivityQuerySet(NamedQuerySet[RowModel]):
    """Activities: seen by the town that enters them; once submitted, by the district and by each
    town that takes part."""

    most_counted = 10_000  # a city has a million: a list with rare filters says 10,000+
    most_found = 200  # of a name that a great many have; whoever looks for one types more of it
    common = 5_000  # about so many have a name that is looked for along the list, not by its index

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone.most_counted = self.most_counted
        return clone

    def visible_to(self, user: Viewer) -> Self:
        """What this person may see. A town's draft is its own until it submits it."""
        seen = super().visible_to(user)
        if user.town_ids is None:
            return seen.exclude(review=Activity.Review.DRAFT, town_id__isnull=False)
        return seen

    def named_like(self, text: str) -> Self:
        """As for every name: by the index of its pairs, or along the list where many are called so.

        Chinese characters stand in no pinyin and in no initials.
        """
        key = name_key(text)
        called = named_like(text) if key.isascii() else Q(name_key__contains=key)
        if not key:
            return self.all()
        if about_as_many(self.model._default_manager.all(), key) < self.common:
            return self.filter(called, holds_pairs(key))
        rows = self.filter(called)
        rows.most_counted = self.most_found
        return rows

    def newest_to(self, user: Viewer) -> Self:
        """What this person may see, the newest first; those of one town along its own index."""
        is_known = user.is_authenticated and user.is_active
        if not is_known or user.town_ids is None or len(user.town_ids) != 1:
            return self.visible_to(user).order_by(F("start_on").desc(), F("pk").desc())
        (town_id,) = user.town_ids
        taking = FilteredRelation("participations", condition=Q(participations__town_id=town_id))
        seen = self.own_or_submitted(user.town_ids) & Q(taking__isnull=False)
        rows = self.alias(taking=taking).filter(seen)
        return rows.order_by(F("taking__start_on").desc(), F("taking__activity_id").desc())

    def held_within(self, first: date | None, last: date | None) -> Self:
        """Those of some days, found where ``newest_to`` walks as well."""
        walked = ["taking__"] if "taking" in getattr(self.query, "_filtered_relations", {}) else []
        rows = self
        for path in ["", *walked]:
            since = Q(**{f"{path}start_on__gte": first}) if first else Q()
            rows = rows.filter(since & (Q(**{f"{path}start_on__lte": last}) if last else Q()))
        return rows

    @staticmethod
    def own_or_submitted(town_ids: frozenset[int]) -> Q:
        """The condition that it is no draft of another town."""
        return Q(town_id__in=town_ids) | ~Q(review=Activity.Review.DRAFT)

    @classmethod
    def in_towns(cls, town_ids: frozenset[int]) -> Q:
        return cls.own_or_submitted(town_ids) & cls.taking_part(town_ids)

    @staticmethod
    def taking_part(town_ids: frozenset[int]) -> Q:
        """The condition that one of these towns takes part, as its own or as a host's town."""
        part = Participation.objects.filter(activity_id=OuterRef("pk"), town_id__in=town_ids)
        return Q(Exists(part))

    def counted(self) -> ActivityQuerySet[RowModel]:
        """Those that figures count: held and confirmed."""
        return self.filter(state=Activity.State.HELD, review=Activity.Review.CONFIRMED)


@tracked()
class Activity(Named):
    """An activity: a place in time, organisations, and numbers; never a list of persons.

    ``town`` is the town that enters it, empty for the district itself. ``entry_token`` makes a
    second sending of the same form the same record; ``version`` rises with every edit.
    """

    class Mode(models.TextChoices):
        OFFLINE = "offline", _("线下")
        ONLINE = "online", _("线上")
        BOTH = "both", _("结合")

    class State(models.TextChoices):
        PLANNED = "planned", _("计划中")
        HELD = "held", _("已举办")
        POSTPONED = "postponed", _("已延期")
        CANCELLED = "cancelled", _("已取消")

    class Review(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SUBMITTED = "submitted", _("待审核")
        CONFIRMED = "confirmed", _("已确认")
        RETURNED = "returned", _("已退回")

    town = models.ForeignKey(
        Town,
        models.PROTECT,
        related_name="activities",
        verbose_name=_("街镇"),
        null=True,
        blank=True,
    )
    kind = models.ForeignKey(
        ActivityKind, models.PROTECT, related_name="activities", verbose_name=_("活动类型")
    )
    mode = models.CharField(_("形式"), max_length=10, choices=Mode.choices, default=Mode.OFFLINE)
    state = models.CharField(_("进展"), max_length=10, choices=State.choices, default=State.HELD)
    start_on = models.DateField(_("日期"))
    start_at = models.TimeField(_("开始时间"), null=True, blank=True)
    end_on = models.DateField(_("结束日期"), null=True, blank=True)
    end_at = models.TimeField(_("结束时间"), null=True, blank=True)
    venue = models.ForeignKey(
        Venue,
        models.PROTECT,
        related_name="activities",
        verbose_name=_("阵地"),
        null=True,
        blank=True,
    )
    place = models.CharField(_("地点"), max_length=200, blank=True)
    brand = models.ForeignKey(
        Brand,
        models.PROTECT,
        related_name="activities",
        verbose_name=_("品牌"),
        null=True,
        blank=True,
    )
    headcount = models.PositiveIntegerField(_("人次"), null=True, blank=True)
    donation_yuan = models.DecimalField(
        _("捐赠金额（元）"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    beneficiaries = models.PositiveIntegerField(_("受益人数"), null=True, blank=True)
    summary = models.TextField(_("主要内容"), blank=True, max_length=5000)
    review = models.CharField(
        _("审核"), max_length=10, choices=Review.choices, default=Review.DRAFT
    )
    return_reason = models.CharField(_("退回原因"), max_length=500, blank=True)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("登记人"),
        null=True,
        blank=True,
    )
    entry_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("活动")
        verbose_name_plural = _("活动")
        constraints = [
            models.CheckConstraint(
                name="activity_ends_after_start",
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                violation_error_message=_("结束日期不得早于开始日期。"),
            ),
            models.CheckConstraint(
                name="activity_donation_not_negative",
                condition=Q(donation_yuan__isnull=True) | Q(donation_yuan__gte=0),
                violation_error_message=_("捐赠金额不能是负数。"),
            ),
            models.CheckConstraint(
                name="activity_returned_with_reason",
                condition=~Q(review="returned") | ~Q(return_reason=""),
                violation_error_message=_("退回须写明原因。"),
            ),
        ]
        indexes = [
            models.Index(fields=["-start_on", "-id"], name="activity_newest"),
            models.Index(fields=["town", "-start_on", "-id"], name="activity_town_newest"),
            models.Index(fields=["venue", "start_on"], name="activity_venue_day"),
            models.Index(fields=["brand", "start_on"], name="activity_brand_day"),
            models.Index(
                fields=["start_on"],
                name="activity_waiting",
                condition=Q(review__in=["submitted", "returned"]),
            ),
            # Figures of a month read nothing but this: no visit to the rows themselves.
            models.Index(
                fields=["start_on"],
                include=[
                    *("id", "town", "kind", "mode", "venue", "brand"),
                    *("headcount", "donation_yuan", "beneficiaries"),
                ],
                name="activity_counted",
                condition=Q(state="held", review="confirmed"),
            ),
            # The few that figures do not count: what waits, is planned or was called off.
            models.Index(
                fields=["review", "state", "start_on"],
                name="activity_uncounted",
                condition=Q(review__in=["draft", "submitted", "returned"])
                | Q(state__in=["planned", "postponed", "cancelled"]),
            ),
            models.Index(fields=["sort_key", "id"], name="activity_sort"),
            GinIndex(Pairs("name_key", "pinyin", "initials"), name="activity_pairs"),
        ]
        triggers = [
            *keep_participation("id", OF_ANOTHER_TOWN_OR_DAY),
            pgtrigger.Trigger(
                name="drop_participation",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func="""
                    DELETE FROM activities_participation WHERE activity_id = OLD.id;
                    RETURN OLD;
                """,
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("activities:show_activity", args=[self.pk])

    @property
    def day_words(self) -> str:
        """Its day or days as they are read, with the time where there is one."""
        words = date_format(self.start_on, "DATE_FORMAT")
        if self.start_at:
            words += f" {time_format(self.start_at, 'H:i')}"
        end = [date_format(self.end_on, "DATE_FORMAT")] if self.end_on else []
        end += [time_format(self.end_at, "H:i")] if self.end_at else []
        return f"{words} – {' '.join(end)}" if end else words

    @property
    def where(self) -> str:
        """The venue, the place, or both."""
        return " ".join(filter(None, (str(self.venue or ""), self.place)))


class ThroughActivityQuerySet(TownScopedQuerySet[RowModel]):
    """Rows that belong to an activity, seen by whoever sees the activity."""

    def visible_to(self, user: Viewer) -> Self:
        seen = super().visible_to(user)
        if user.town_ids is None:
            draft = Q(activity__review=Activity.Review.DRAFT, activity__town_id__isnull=False)
            return seen.exclude(draft)
        return seen

    @classmethod
    def in_towns(cls, town_ids: frozenset[int]) -> Q:
        seen = Activity.objects.filter(ActivityQuerySet.in_towns(town_ids))
        return Q(Exists(seen.filter(pk=OuterRef("activity_id"))))


@tracked()
class Host(models.Model):
    """An organisation behind an activity: one town, one chamber, one enterprise, or a name."""

    class Part(models.TextChoices):
        HOST = "host", _("主办")
        ORGANISER = "organiser", _("承办")
        CO_HOST = "co_host", _("协办")

    # Not editable: a host never moves, and its history need not name the activity it is told with.
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="hosts", editable=False)
    part = models.CharField(_("方式"), max_length=10, choices=Part.choices, default=Part.HOST)
    town = models.ForeignKey(Town, models.PROTECT, related_name="hosted", null=True, blank=True)
    chamber = models.ForeignKey(
        Chamber, models.PROTECT, related_name="hosted", null=True, blank=True
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="hosted", null=True, blank=True
    )
    name = models.CharField(_("单位名称"), max_length=200, blank=True)

    objects = ThroughActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("举办单位")
        verbose_name_plural = _("举办单位")
        constraints = [
            models.CheckConstraint(
                name="host_is_exactly_one",
                condition=Q(
                    town__isnull=False, chamber__isnull=True, enterprise__isnull=True, name=""
                )
                | Q(town__isnull=True, chamber__isnull=False, enterprise__isnull=True, name="")
                | Q(town__isnull=True, chamber__isnull=True, enterprise__isnull=False, name="")
                | (
                    Q(town__isnull=True, chamber__isnull=True, enterprise__isnull=True)
                    & ~Q(name="")
                ),
                violation_error_message=_("举办单位请选一个街镇、商会、企业，或填写名称。"),
            ),
            models.UniqueConstraint(
                fields=["activity", "part", "town", "chamber", "enterprise", "name"],
                name="host_once",
                nulls_distinct=False,
                violation_error_message=_("同一单位已在列。"),
            ),
        ]
        indexes = [models.Index(fields=["chamber", "activity"], name="host_chamber")]
        triggers = [
            *keep_participation("activity_id", "TRUE"),
            pgtrigger.Trigger(
                name="forget_participation",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                referencing=Referencing(old="old_values"),
                func=REFRESH.format(ids="SELECT activity_id FROM old_values"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def organisation(self) -> models.Model | str:
        """The town, chamber or enterprise, or the bare name of one that is not registered here."""
        return self.town or self.chamber or self.enterprise or self.name


class Participation(models.Model):
    """A town that takes part in an activity: its own, or that of a host. Kept by triggers.

    A joint activity has one row for each town, so it counts once in each and once in the district.
    Each says the day of its activity, so that a town's newest are walked along an index.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participations")
    town = models.ForeignKey(Town, models.CASCADE, related_name="participations")
    start_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "town"], name="participation_once")
        ]
        indexes = [
            models.Index(fields=["town", "-start_on", "-activity"], name="participation_newest")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.town_id}"


class PhotoQuerySet(ThroughActivityQuerySet[RowModel]):
    """Photos, seen by whoever sees the activity."""


@tracked()
class Photo(models.Model):
    """A picture of an activity, shrunk and stripped of metadata before it is stored."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="photos", editable=False)
    file = models.FileField(
        _("照片"), max_length=200, upload_to="activities/%Y/%m/", editable=False
    )
    thumbnail = models.FileField(
        max_length=200, upload_to="activities/%Y/%m/", default="", editable=False
    )
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    caption = models.CharField(_("说明"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("照片")
        verbose_name_plural = _("照片")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "sha256"],
                name="photo_once",
                violation_error_message=_("这张照片已经上传过。"),
            )
        ]

    def __str__(self) -> str:
        return self.caption or str(self.file.name)
