"""The administration of users: the list, one user, and what an administrator does for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, queries
from accounts.forms import EditUserForm, NewUserForm
from accounts.models import Assignment, User
from accounts.tables import UserFilter, UserTable, account_state
from accounts.views.own import moment, own_facts, tell_refusal
from core.access import ROLES, Permission, requires
from core.history import Trail
from core.lists import list_page
from core.parts import Action, Cell, Crumb, Empty, Fact, Matrix, MatrixRow, Tone
from core.record_pages import record_page
from core.refusals import Refused


@require_safe
@requires(Permission.MANAGE_USERS)
def list_users(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, and whether they can sign in."""
    return list_page(
        request,
        title=pgettext("列表", "用户"),
        unit=_("人"),
        queryset=queries.users_for(cast(User, request.user), at=timezone.now()),
        filterset_class=UserFilter,
        table_class=UserTable,
        empty=Empty(_("没有符合条件的用户")),
        actions=(
            Action(_("角色与权限"), reverse("accounts:list_roles"), icon="shield-check"),
            Action(_("新建用户"), reverse("accounts:create_user"), icon="user-plus", primary=True),
        ),
    )


@require_safe
@requires(Permission.MANAGE_USERS)
def list_roles(request: HttpRequest) -> HttpResponse:
    """What each role is for and which permissions it holds, from the code that decides it."""
    context = {
        "title": _("角色与权限"),
        "crumbs": [_to_users(), Crumb(_("角色与权限"))],
        "roles": list(ROLES.values()),
        "matrix": permission_matrix(),
    }
    return render(request, "accounts/list_roles.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_USERS)
def create_user(request: HttpRequest) -> HttpResponse:
    """A new account; its one-time password is shown once, in the answer itself."""
    person = cast(User, request.user)
    form = NewUserForm(request.POST or None, viewer=person)
    if form.is_valid():
        try:
            user, password = actions.create_user(**form.cleaned_data, by=person)
        except Refused as refused:
            form.add_refusal(refused)
        else:
            return _password_page(request, user, password, title=_("账号已建立"))
    context = {
        "title": _("新建用户"),
        "crumbs": [_to_users(), Crumb(_("新建用户"))],
        "form": form,
        "cancel_url": _to_users().url,
    }
    return render(request, "accounts/edit_user.html", context)


@require_safe
@requires(Permission.MANAGE_USERS)
def show_user(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: who, what they may do, whether they can sign in, and the help one can give."""
    person = cast(User, request.user)
    users = queries.users_for(person, at=timezone.now())
    user: Any = get_object_or_404(users, pk=pk)
    return record_page(
        request,
        "accounts/show_user.html",
        record=user,
        facts=[*own_facts(user), Fact(_("最近登录"), moment(user.last_login))],
        trails=[Trail(Assignment, "user")],
        state=account_state(user),
        crumbs=[_to_users(), Crumb(user.name)],
        actions=[Action(_("修改"), reverse("accounts:edit_user", args=[pk]), icon="edit")],
        context={
            "permissions": [one for one in Permission if one in user.role_class.permissions],
            "help": _help_for(user, person),
            "sign_ins": queries.recent_sign_ins(user),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_USERS)
def edit_user(request: HttpRequest, pk: int) -> HttpResponse:
    person = cast(User, request.user)
    user = get_object_or_404(User.objects.visible_to(person), pk=pk)
    form = EditUserForm(request.POST or None, viewer=person, edited=user)
    if form.is_valid():
        try:
            actions.edit_user(user=user, **form.cleaned_data, by=person)
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("已保存，从对方的下一次操作起生效。"))
            return redirect("accounts:show_user", pk=pk)
    context = {
        "title": _("修改用户"),
        "crumbs": [
            _to_users(),
            Crumb(user.name, reverse("accounts:show_user", args=[pk])),
            Crumb(_("修改")),
        ],
        "form": form,
        "cancel_url": reverse("accounts:show_user", args=[pk]),
    }
    return render(request, "accounts/edit_user.html", context)


@require_POST
@requires(Permission.MANAGE_USERS)
def disable_user(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.disable_user, done=_("账号已停用，对方的登录随即失效。"))


@require_POST
@requires(Permission.MANAGE_USERS)
def enable_user(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.enable_user, done=_("账号已启用。"))


@require_POST
@requires(Permission.MANAGE_USERS)
def unlock_user(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("已解除锁定，对方可以马上再试。")
    return _act(request, pk, actions.unlock_user, done=done, at=timezone.now())


@require_POST
@requires(Permission.MANAGE_USERS)
def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("两步验证已清除，对方凭密码即可登录，之后可重新启用。")
    return _act(request, pk, actions.reset_second_factor, done=done)


@never_cache
@require_POST
@requires(Permission.MANAGE_USERS)
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time password, shown once, in the answer itself."""
    person = cast(User, request.user)
    user = get_object_or_404(User.objects.visible_to(person), pk=pk)
    try:
        password = actions.reset_password(user=user, at=timezone.now(), by=person)
    except Refused as refused:
        tell_refusal(request, refused)
        return redirect("accounts:show_user", pk=pk)
    return _password_page(request, user, password, title=_("密码已重置"))


def permission_matrix() -> Matrix:
    """Permissions × roles, as the code has them."""
    yes = Cell("✓", Tone.GREEN, meaning=_("有"))
    no = Cell(meaning=_("没有"))
    return Matrix(
        caption=_("各角色的权限"),
        columns=[role.title for role in ROLES.values()],
        rows=[
            MatrixRow(
                permission.words,
                [yes if permission in role.permissions else no for role in ROLES.values()],
            )
            for permission in Permission
        ],
        corner=_("权限"),
    )


def _act(
    request: HttpRequest, pk: int, action: Callable[..., None], *, done: str, **given: Any
) -> HttpResponse:
    """Do one thing to an account and say so, or say why not."""
    person = cast(User, request.user)
    user = get_object_or_404(User.objects.visible_to(person), pk=pk)
    try:
        action(user=user, by=person, **given)
    except Refused as refused:
        tell_refusal(request, refused)
    else:
        messages.success(request, done)
    return redirect("accounts:show_user", pk=pk)


def _help_for(user: Any, person: User) -> list[Action]:
    """What an administrator can do for this account now; nothing that would be refused."""
    if user == person:
        return []
    offered = [
        (user.is_locked, _("解除锁定"), "unlock_user", ""),
        (
            True,
            _("重置密码"),
            "reset_password",
            _("为“%(name)s”生成一次性密码？原密码随即失效，对方的登录全部退出。"),
        ),
        (
            user.second_factor_since,
            _("清除两步验证"),
            "reset_second_factor",
            _("清除“%(name)s”的两步验证？请先当面或电话确认是本人请求。"),
        ),
        (
            user.is_active,
            _("停用账号"),
            "disable_user",
            _("停用“%(name)s”的账号？对方的登录随即失效，记录都会保留。"),
        ),
        (not user.is_active, _("启用账号"), "enable_user", ""),
    ]
    return [
        Action(
            label,
            reverse(f"accounts:{url_name}", args=[user.pk]),
            post=True,
            confirm=question % {"name": user.name} if question else "",
        )
        for can_be_done, label, url_name, question in offered
        if can_be_done
    ]


def _password_page(request: HttpRequest, user: User, password: str, *, title: str) -> HttpResponse:
    context = {
        "title": title,
        "crumbs": [_to_users(), Crumb(user.name)],
        "person": user,
        "password": password,
    }
    return render(request, "accounts/initial_password.html", context)


def _to_users() -> Crumb:
    return Crumb(pgettext("列表", "用户"), reverse("accounts:list_users"))
