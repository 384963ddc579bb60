"""One try to sign in: the password, the lock of the account, the brake on a guessing address."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import queries
from accounts.models import User

log = logging.getLogger(__name__)

# Accounts tried in vain from one address within SPRAY_WINDOW before wrong tries get status 429.
# Several times what an office forgets on the Monday after a holiday.
SPRAY_LIMIT = 20
SPRAY_PAUSE = timedelta(minutes=5)

# The same words whether or not the account exists: nobody learns names by trying.
WRONG = format_lazy(
    _("用户名或密码不正确。连续输错 {count} 次，该账号将暂停登录 {minutes} 分钟。"),
    count=settings.AXES_FAILURE_LIMIT,
    minutes=int(queries.LOCK_TIME.total_seconds() // 60),
)
LOCKED = format_lazy(
    _("连续输错次数过多，该账号暂停登录 {minutes} 分钟。请稍后再试，或请系统管理员解除锁定。"),
    minutes=int(queries.LOCK_TIME.total_seconds() // 60),
)
SPRAYED = _("本网络近来登录失败过多，请几分钟后再试。用户名和密码正确的仍可登录。")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Who signed in, or why nobody did: the words, the status and the wait that go with them."""

    user: User | None = None
    refusal: str | Promise = ""
    status: int = 200
    wait: timedelta | None = None


def try_sign_in(request: HttpRequest, username: str, password: str, *, at: datetime) -> Outcome:
    """Check a password, counting a wrong one.

    The password is looked at before the address is: an office shares one address, and whoever
    knows the right one gets in even while a neighbour's machine guesses.
    """
    user = authenticate(request, username=username, password=password)
    if isinstance(user, User):
        return Outcome(user=user)
    if getattr(request, "axes_locked_out", False):
        return Outcome(refusal=LOCKED, status=429, wait=queries.LOCK_TIME)
    address = getattr(request, "axes_ip_address", None)
    accounts = queries.failing_accounts(address=address, at=at)
    if accounts > SPRAY_LIMIT:
        log.warning("sign-ins fail for %s accounts from %s", accounts, address)
        return Outcome(refusal=SPRAYED, status=429, wait=SPRAY_PAUSE)
    return Outcome(refusal=WRONG)


def confirms_password(request: HttpRequest, password: str) -> bool:
    """Whether a signed-in person knows their password; wrong ones count towards the lock."""
    user = request.user
    return authenticate(request, username=user.get_username(), password=password) == user


def keep_our_answer(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """What the lock's middleware answers with: the page that our view has already made."""
    return response
