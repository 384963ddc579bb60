"""One's own account: profile, password, second factor."""

from __future__ import annotations

from typing import cast

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as login_verified
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import actions, queries
from accounts.forms import ChangePasswordForm, OwnPasswordForm, ProfileForm, TokenForm
from accounts.models import User
from accounts.passwords import profile_in_use
from accounts.views.signing import in_own_language, local_goal, wait_words
from core.parts import Fact
from core.refusals import Refused
from towns.models import Town


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here, what my role may do, where I signed in; my phone and language."""
    user = cast(User, request.user)
    initial = {
        "work_phone": user.work_phone,
        "language": user.language or settings.LANGUAGE_CODE,
    }
    form = ProfileForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.edit_profile(user=user, **form.cleaned_data, by=user)
        messages.success(request, _("已保存。"))
        return in_own_language(redirect("accounts:profile"), user)
    context = {
        "title": _("我的资料"),
        "form": form,
        "facts": own_facts(user),
        "sign_ins": queries.recent_sign_ins(user),
    }
    return render(request, "accounts/profile.html", context)


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password; sessions on other machines end."""
    user = cast(User, request.user)
    form = ChangePasswordForm(request.POST or None, request=request)
    if form.is_valid():
        chosen = form.cleaned_data["new_password"]
        actions.change_password(user=user, password=chosen, at=timezone.now(), by=user)
        update_session_auth_hash(request, user)
        messages.success(request, _("密码已修改。在其他电脑上的登录已全部退出。"))
        return redirect(local_goal(request) or "accounts:profile")
    in_use = profile_in_use()
    context = {
        "title": _("修改密码"),
        "form": form,
        "rules": in_use.rules(),
        "profile": in_use,
        "due": in_use.is_due(user, at=timezone.now()),
        "goal": local_goal(request),
    }
    return render(request, "accounts/change_password.html", context)


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second factor: what it is, or the picture to scan, or since when it is in force."""
    user = cast(User, request.user)
    pending = queries.authenticator_of(user, confirmed=False)
    form = TokenForm(request.POST or None)
    if form.is_valid():
        try:
            device, codes = actions.confirm_second_factor(
                user=user, token=form.cleaned_data["token"], at=timezone.now(), by=user
            )
        except Refused as refused:
            form.add_refusal(refused)
        except actions.TooManyCodes as wait:
            form.add_error("token", wait_words(wait))
        else:
            login_verified(request, device)
            return _codes_page(request, user, codes)
    context = {
        "title": _("两步验证"),
        "form": form,
        "pending": pending,
        "picture": picture_of(pending) if pending else "",
        "secret": secret_of(pending) if pending else "",
        "codes_left": queries.recovery_codes_left(user),
    }
    return render(request, "accounts/second_factor.html", context)


@login_required
@require_POST
def begin_second_factor(request: HttpRequest) -> HttpResponse:
    """Make a new secret, to be scanned on the page that follows."""
    user = cast(User, request.user)
    try:
        actions.begin_second_factor(user=user, by=user)
    except Refused as refused:
        tell_refusal(request, refused)
    return redirect("accounts:second_factor")


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes in place of the old ones, after the password."""
    user = cast(User, request.user)
    if not user.second_factor_since:
        return redirect("accounts:second_factor")
    form = OwnPasswordForm(request.POST or None, request=request)
    if form.is_valid():
        codes = actions.issue_recovery_codes(user=user, at=timezone.now(), by=user)
        return _codes_page(request, user, codes)
    return _password_page(
        request,
        form,
        title=_("重新生成恢复码"),
        explanation=_("原来的恢复码将全部作废。请先输入密码，确认是您本人。"),
        button=_("生成 10 个恢复码"),
    )


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_second_factor(request: HttpRequest) -> HttpResponse:
    """Sign in by password alone from now on, after the password."""
    user = cast(User, request.user)
    if not user.second_factor_since:
        return redirect("accounts:second_factor")
    form = OwnPasswordForm(request.POST or None, request=request)
    if form.is_valid():
        actions.remove_second_factor(user=user, by=user)
        messages.success(request, _("两步验证已停用，恢复码已作废。"))
        return redirect("accounts:second_factor")
    return _password_page(
        request,
        form,
        title=_("停用两步验证"),
        explanation=_("停用后只凭密码即可登录。请先输入密码，确认是您本人。"),
        button=_("停用两步验证"),
    )


def own_facts(user: User) -> list[Fact]:
    """The fields of an account as a person reads them."""
    towns = _("、").join(map(str, Town.objects.filter(users=user).in_official_order()))
    return [
        Fact(_("姓名"), user.name),
        Fact(_("用户名"), user.username),
        Fact(_("街镇"), _("全区") if user.role_class.whole_district else towns),
        Fact(_("办公电话"), user.work_phone),
        Fact(_("密码修改时间"), moment(user.password_changed_at)),
        Fact(_("两步验证"), moment(user.second_factor_since) or _("未启用")),
    ]


def moment(at: object) -> str:
    """A moment as it is read here; "" for none."""
    return date_format(localtime(at), "DATETIME_FORMAT") if at else ""  # type: ignore[arg-type]


def picture_of(device: TOTPDevice) -> str:
    """The secret as a picture to scan: the address of an inline SVG."""
    code = segno.make(device.config_url, error="m", micro=False)
    return str(code.svg_data_uri(scale=5, border=2, dark="#1d2126", light="#ffffff"))


def secret_of(device: TOTPDevice) -> str:
    """The secret as it is typed where nothing can be scanned: letters in groups of four."""
    letters = actions.secret_letters(device)
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def tell_refusal(request: HttpRequest, refused: Refused) -> None:
    """Say above the next page why nothing was done."""
    for rule in refused.rules:
        messages.error(request, str(rule))


def _codes_page(request: HttpRequest, user: User, codes: list[str]) -> HttpResponse:
    halves = [f"{code[:4]}-{code[4:]}" for code in codes]
    context = {"title": _("恢复码"), "codes": halves, "person": user}
    return render(request, "accounts/recovery_codes.html", context)


def _password_page(request: HttpRequest, form: OwnPasswordForm, **words: str) -> HttpResponse:
    context = {"form": form, **words}
    return render(request, "accounts/confirm_with_password.html", context)
