"""Who may do what: one list of permissions, and roles that describe themselves to a person."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, ClassVar, Protocol
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect


class Permission(StrEnum):
    """Every act that needs leave. A view names the one it needs; nothing else decides."""

    READ = "read"
    ENTER_ACTIVITIES = "enter_activities"
    REVIEW_ACTIVITIES = "review_activities"
    EDIT_REGISTERS = "edit_registers"
    IMPORT = "import"
    EXPORT = "export"
    READ_SUMMARIES = "read_summaries"
    WRITE_SUMMARIES = "write_summaries"
    READ_HISTORY = "read_history"
    MANAGE_USERS = "manage_users"
    MANAGE_SETTINGS = "manage_settings"

    @property
    def words(self) -> Promise:
        """What the administrator reads beside the permission."""
        return PERMISSION_WORDS[self]


PERMISSION_WORDS: dict[Permission, Promise] = {
    Permission.READ: _("查看看板、台账和明细"),
    Permission.ENTER_ACTIVITIES: _("登记、修改和提交活动"),
    Permission.REVIEW_ACTIVITIES: _("确认或退回街镇提交的活动"),
    Permission.EDIT_REGISTERS: _("维护街镇、商会、企业、阵地等台账"),
    Permission.IMPORT: _("导入表格，撤销导入"),
    Permission.EXPORT: _("把列表导出为电子表格"),
    Permission.READ_SUMMARIES: _("查看和下载工作小结"),
    Permission.WRITE_SUMMARIES: _("生成工作小结"),
    Permission.READ_HISTORY: _("查看全部修改记录"),
    Permission.MANAGE_USERS: _("管理用户和权限"),
    Permission.MANAGE_SETTINGS: _("修改口径、字典等设置"),
}


class Role:
    """A role: a key that is stored, a title, a description a person reads, and its permissions."""

    key: ClassVar[str]
    title: ClassVar[Promise]
    description: ClassVar[Promise]
    permissions: ClassVar[frozenset[Permission]]
    whole_district: ClassVar[bool]


class DistrictOfficer(Role):
    """Works at the district: reads everything, reviews what towns submit, has summaries written."""

    key = "district_officer"
    title = _("区级干部")
    description = _("查看全区数据，审核街镇提交的活动，生成和下载工作小结。")
    permissions = frozenset(
        {
            Permission.READ,
            Permission.ENTER_ACTIVITIES,
            Permission.REVIEW_ACTIVITIES,
            Permission.EXPORT,
            Permission.READ_SUMMARIES,
            Permission.WRITE_SUMMARIES,
        }
    )
    whole_district = True


class TownLiaison(Role):
    """Works in one or more towns, part-time: enters activities there and sees nothing else."""

    key = "town_liaison"
    title = _("街镇联络员")
    description = _("登记本街镇的活动，查看本街镇的台账、看板和工作小结；看不到其他街镇。")
    permissions = frozenset(
        {
            Permission.READ,
            Permission.ENTER_ACTIVITIES,
            Permission.EXPORT,
            Permission.READ_SUMMARIES,
        }
    )
    whole_district = False


class Administrator(Role):
    """Keeps registers, imports, users and settings of the whole district."""

    key = "administrator"
    title = _("系统管理员")
    description = _("维护全区台账，导入表格，管理用户和设置。不审核活动，不查阅全部修改记录。")
    permissions = frozenset(
        {
            Permission.READ,
            Permission.EDIT_REGISTERS,
            Permission.IMPORT,
            Permission.EXPORT,
            Permission.READ_SUMMARIES,
            Permission.MANAGE_USERS,
            Permission.MANAGE_SETTINGS,
        }
    )
    whole_district = True


class Auditor(Role):
    """Reads every change and changes nothing (三员分立: nobody is also administrator)."""

    key = "auditor"
    title = _("审计员")
    description = _("查看全区数据和全部修改记录，不能修改任何内容。")
    permissions = frozenset({Permission.READ, Permission.READ_SUMMARIES, Permission.READ_HISTORY})
    whole_district = True


ROLES: dict[str, type[Role]] = {
    role.key: role for role in (DistrictOfficer, TownLiaison, Administrator, Auditor)
}
ROLE_CHOICES = [(role.key, role.title) for role in ROLES.values()]


class Viewer(Protocol):
    """What scoping needs to know of a person: nothing about the user model itself.

    ``town_ids`` is None for somebody who sees the whole district, otherwise the primary keys of
    the towns this person works in.
    """

    @property
    def is_authenticated(self) -> bool: ...

    @property
    def is_active(self) -> bool: ...

    @property
    def town_ids(self) -> frozenset[int] | None: ...

    def can(self, permission: Permission) -> bool: ...


class _WholeDistrict:
    """The system itself, reading for a command or a task: sees everything, may do nothing else."""

    is_authenticated = True
    is_active = True
    town_ids: frozenset[int] | None = None

    def can(self, permission: Permission) -> bool:
        return permission is Permission.READ


WHOLE_DISTRICT: Viewer = _WholeDistrict()


type_of_view = Callable[..., HttpResponseBase]


def requires(permission: Permission) -> Callable[[type_of_view], type_of_view]:
    """Let only signed-in people with ``permission`` through: sent to sign in, or 403."""

    def decorate(view: type_of_view) -> type_of_view:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sent_to_sign_in(request)
            if not request.user.can(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def sent_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """To sign in, and then back to the page where the person was.

    That is the page of the form for what was sent, and the whole page for a part of it: neither
    can be opened by its own address.
    """
    in_part = bool(getattr(request, "htmx", False))
    is_page = request.method in {"GET", "HEAD"} and not in_part
    goal = request.get_full_path() if is_page else page_before(request)
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': goal}, safe='/')}"
    return HttpResponseClientRedirect(address) if in_part else HttpResponseRedirect(address)


def page_before(request: HttpRequest) -> str:
    """The address of the page of this site from which a request came; the first page else."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    local = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if not local:
        return "/"
    address = urlsplit(came_from)
    return f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
