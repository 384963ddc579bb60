"""The people who sign in: a role, and for liaisons the towns they work in."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access import ROLE_CHOICES, ROLES, Administrator, Permission, Role
from core.audit import tracked
from towns.models import Town


class UserManager(BaseUserManager["User"]):
    """Makes users; the actions of this app are what pages call."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """An administrator, for ``manage createsuperuser`` on a server without the demo."""
        return self.create_user(username, password, **{"role": Administrator.key, **fields})


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A work account. Holds a name, a role and a work phone; no other personal data."""

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
    language = models.CharField(_("界面语言"), max_length=10, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        constraints = [
            models.CheckConstraint(
                name="user_role_is_known",
                condition=models.Q(role__in=list(ROLES)),
                violation_error_message=_("没有这个角色。"),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username

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

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    town = models.ForeignKey(Town, models.PROTECT, related_name="assignments")

    class Meta:
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
