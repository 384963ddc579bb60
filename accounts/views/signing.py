"""Signing in and out, the second step, and the language."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as remember_in_cookie
from django_otp import login as login_verified
from django_otp.plugins.otp_static.models import StaticDevice

from accounts import actions, queries
from accounts.forms import SignInForm, TokenForm
from accounts.models import User
from accounts.signing_in import try_sign_in
from core.refusals import Refused

FEW_CODES = 3  # recovery codes left from which on the person is told to make new ones


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in, and go on to where the person was going."""
    goal = local_goal(request) or settings.LOGIN_REDIRECT_URL
    if request.user.is_authenticated:
        return redirect(goal)
    form = SignInForm(request.POST or None)
    if not form.is_valid():
        return _sign_in_page(request, form)
    outcome = try_sign_in(request, **form.cleaned_data, at=timezone.now())
    if outcome.user is None:
        page = _sign_in_page(request, form, refusal=outcome.refusal, status=outcome.status)
        if outcome.wait:
            page["Retry-After"] = str(int(outcome.wait.total_seconds()))
        return page
    login(request, outcome.user)
    return in_own_language(redirect(goal), outcome.user)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here; sessions on other machines go on."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify_second_factor(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the app, or a recovery code."""
    user = cast(User, request.user)
    goal = local_goal(request) or settings.LOGIN_REDIRECT_URL
    form = TokenForm(request.POST or None)
    if form.is_valid():
        try:
            device = actions.verify_second_factor(user=user, token=form.cleaned_data["token"])
        except Refused as refused:
            form.add_refusal(refused)
        except actions.TooManyCodes as wait:
            form.add_error("token", wait_words(wait))
        else:
            request.session.cycle_key()
            login_verified(request, device)
            if isinstance(device, StaticDevice):
                _tell_codes_left(request, user)
            return redirect(goal)
    context = {"title": _("两步验证"), "form": form, "goal": local_goal(request)}
    return render(request, "accounts/verify_second_factor.html", context)


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Switch the language here and now, and remember it for the person's next sign-in."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        actions.choose_language(user=request.user, language=language, by=request.user)
    return remember_in_cookie(request)


def local_goal(request: HttpRequest) -> str:
    """Where ``next`` says the person was going, if that is a page of this site; else "".

    A path: any other word would be taken for the name of an address, and most are none.
    """
    wanted = request.POST.get("next", request.GET.get("next", ""))
    local = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if local else ""


def in_own_language(response: HttpResponse, user: User) -> HttpResponse:
    """The response, from which on pages are in the language the person prefers."""
    if user.language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
        )
    return response


def wait_words(wait: actions.TooManyCodes) -> str:
    """What to say while wrong codes make a person wait."""
    seconds = max(1, int((wait.until - timezone.now()).total_seconds()) + 1)
    words = ngettext(
        "输错的验证码过多，请等 %(count)s 秒再试。",
        "输错的验证码过多，请等 %(count)s 秒再试。",
        seconds,
    )
    return words % {"count": seconds}


def _sign_in_page(
    request: HttpRequest, form: SignInForm, *, refusal: str | Promise = "", status: int = 200
) -> HttpResponse:
    context = {
        "title": _("登录"),
        "form": form,
        "refusal": refusal,
        "goal": local_goal(request),
        "year": localtime().year,
    }
    return render(request, "accounts/sign_in.html", context, status=status)


def _tell_codes_left(request: HttpRequest, user: User) -> None:
    left = queries.recovery_codes_left(user)
    words = ngettext(
        "恢复码每个只能用一次，还剩 %(count)s 个。",
        "恢复码每个只能用一次，还剩 %(count)s 个。",
        left,
    )
    hint = _("请在“两步验证”中重新生成。") if left <= FEW_CODES else ""
    messages.warning(request, words % {"count": left} + hint)
