"""The people who sign in: a role, and for liaisons the towns they work in."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.access import ROLE_CHOICES, ROLES, Administrator, Permission, Role, Viewer
from core.audit import tracked
from core.models import Named
from core.normalise import name_key
from towns.models import Town


class UserQuerySet(models.QuerySet["User"]):
    """Users: seen by who manages them, and by themselves."""

    def visible_to(self, user: Viewer) -> Self:
        if user.can(Permission.MANAGE_USERS):
            return self.all()
        return self.filter(pk=getattr(user, "pk", None))

    def named_like(self, text: str) -> Self:
        """Whose name, its pinyin or initials, or whose user name holds ``text``."""
        key = name_key(text)
        if not key:
            return self.all()
        named = Q(name_key__contains=key) | Q(pinyin__contains=key) | Q(initials__contains=key)
        return self.filter(named | Q(username__contains=key))

    def by_name(self) -> Self:
        """In the order of the dictionary."""
        return self.order_by("sort_key", "pk")

    def locked(self) -> Self:
        """Those who must wait after wrong passwords; asks for ``queries.users_for`` before."""
        return self.filter(Q(("is_locked", True)))


class UserManager(BaseUserManager["User"]):
    """Makes users; the actions of this app are what pages call."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: Viewer) -> UserQuerySet:
        return self.get_queryset().visible_to(user)

    def get_by_natural_key(self, username: str | None) -> User:
        """The user of that name however it was typed: wide letters and capitals are the same."""
        return self.get(username=self.model.normalize_username(username or ""))

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """An administrator, for ``manage createsuperuser`` on a server without the demo."""
        return self.create_user(username, password, **{"role": Administrator.key, **fields})


@tracked(exclude=["password", "last_login"])
class User(Named, AbstractBaseUser):
    """A work account. Holds a name, a role and a work phone; no other personal data.

    The moments of the second factor and of unlocking stand here so that the history of users
    tells who changed them: the devices and the failed sign-ins have no history of their own.
    """

    username = models.CharField(
        _("用户名"),
        max_length=60,
        unique=True,
        error_messages={"unique": _("该用户名已有人使用。")},
    )
    name = models.CharField(_("姓名"), max_length=60)
    work_phone = models.CharField(_("办公电话"), max_length=40, blank=True)
    role = models.CharField(_("角色"), max_length=30, choices=ROLE_CHOICES)
    towns = models.ManyToManyField(
        Town, through="Assignment", related_name="users", verbose_name=_("所在街镇")
    )
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
    password_changed_at = models.DateTimeField(_("密码修改时间"), null=True, blank=True)
    language = models.CharField(
        _("界面语言"), max_length=10, blank=True, choices=settings.LANGUAGES
    )
    second_factor_since = models.DateTimeField(_("启用两步验证时间"), null=True, blank=True)
    recovery_codes_at = models.DateTimeField(_("恢复码生成时间"), null=True, blank=True)
    unlocked_at = models.DateTimeField(_("解除锁定时间"), null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        indexes = [models.Index(fields=["sort_key", "id"], name="user_sort")]
        constraints = [
            models.CheckConstraint(
                name="user_role_is_known",
                condition=models.Q(role__in=list(ROLES)),
                violation_error_message=_("没有这个角色。"),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """One spelling of a user name: NFKC, lower case, no spaces around."""
        return unicodedata.normalize("NFKC", username).strip().casefold()

    @property
    def role_class(self) -> type[Role]:
        return ROLES[self.role]

    def can(self, permission: Permission) -> bool:
        """Whether this person, active, holds ``permission`` by role."""
        return self.is_active and permission in self.role_class.permissions

    @cached_property
    def town_ids(self) -> frozenset[int] | None:
        """Primary keys of the towns this person sees; None for the whole district."""
        if self.role_class.whole_district:
            return None
        return frozenset(self.assignments.values_list("town_id", flat=True))

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


@tracked()
class Assignment(models.Model):
    """A town that a liaison works in."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="assignments", verbose_name=_("用户")
    )
    town = models.ForeignKey(
        Town, models.PROTECT, related_name="assignments", verbose_name=_("街镇")
    )

    class Meta:
        verbose_name = _("任职街镇")
        verbose_name_plural = _("任职街镇")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "town"],
                name="assignment_once",
                violation_error_message=_("此人已在该街镇任职。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.town}"


class FormerPassword(models.Model):
    """Hashes of a user's last passwords, so that the 等保 profile can refuse to reuse one."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.set_at:%Y-%m-%d}"


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views: seen by who saved them, and by the role they are shared with."""

    def visible_to(self, user: Viewer) -> Self:
        own = Q(owner_id=getattr(user, "pk", None))
        return self.filter(own | Q(role=getattr(user, "role", None) or "nobody"))


@tracked()
class SavedView(models.Model):
    """A page as somebody wants to find it again: its path with filters, order and columns.

    ``role`` names the role it is shared with, "" for the owner alone. What it opens is what the
    reader may see: a view holds an address, never rows.
    """

    owner = models.ForeignKey(
        User, models.CASCADE, related_name="saved_views", verbose_name=_("保存人")
    )
    name = models.CharField(_("名称"), max_length=40)
    path = models.CharField(_("页面"), max_length=200)
    query = models.CharField(_("筛选"), max_length=2000, blank=True)
    role = models.CharField(_("共享给"), max_length=30, choices=ROLE_CHOICES, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("常用视图")
        verbose_name_plural = _("常用视图")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "path", "name"],
                name="saved_view_once",
                violation_error_message=_("这个页面已有同名的视图，请换一个名称。"),
            ),
            models.CheckConstraint(
                name="saved_view_role_is_known",
                condition=Q(role__in=["", *ROLES]),
                violation_error_message=_("没有这个角色。"),
            ),
        ]
        indexes = [models.Index(fields=["path"], name="saved_view_of_page")]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


@tracked()
class DefaultView(models.Model):
    """The view with which a page opens for a person."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="default_views", verbose_name=_("用户")
    )
    view = models.ForeignKey(
        SavedView, models.CASCADE, related_name="default_for", verbose_name=_("常用视图")
    )
    path = models.CharField(_("页面"), max_length=200)

    class Meta:
        verbose_name = _("默认视图")
        verbose_name_plural = _("默认视图")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "path"],
                name="default_view_once",
                violation_error_message=_("这个页面已有默认视图。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.path}"


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Feedback: read by who keeps the settings, and by who wrote it."""

    def visible_to(self, user: Viewer) -> Self:
        if user.can(Permission.MANAGE_SETTINGS):
            return self.all()
        return self.filter(written_by_id=getattr(user, "pk", None))


@tracked()
class Feedback(models.Model):
    """What somebody says of a page. It stays on this server.

    ``path`` is the page without its filters, which may name what not everybody sees.
    """

    path = models.CharField(_("页面"), max_length=200, blank=True)
    words = models.TextField(_("意见"), max_length=4000)
    written_by = models.ForeignKey(
        User, models.PROTECT, related_name="feedback", verbose_name=_("提出人")
    )
    written_at = models.DateTimeField(_("提出时间"))
    answer = models.TextField(_("答复"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("意见反馈")
        verbose_name_plural = _("意见反馈")
        indexes = [models.Index(fields=["-written_at", "-id"], name="feedback_newest")]

    def __str__(self) -> str:
        return self.words[:40]
