"""What stands between a request and its page: the language, and steps that a sign-in still owes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils import timezone, translation
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import User
from accounts.passwords import profile_in_use

# Pages open to somebody who still owes a step: the way out, and the language.
ALWAYS_OPEN = frozenset({"accounts:sign_out", "set_language"})
VERIFY = "accounts:verify_second_factor"
CHANGE_PASSWORD = "accounts:change_password"  # noqa: S105 - the name of a page


class ChosenLanguageMiddleware(LocaleMiddleware):
    """Chinese unless the person has chosen otherwise, whatever language the browser came in."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = chosen in dict(settings.LANGUAGES)
        translation.activate(chosen if chosen and known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()


class OwedStepsMiddleware:
    """Holds a person at the second factor, then at a password that must be changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        _end_if_disabled(request)
        owed = owed_step(request)
        if owed is None or match is None or match.view_name in {owed, *ALWAYS_OPEN}:
            return None
        return _sent_to(owed, request)


def _end_if_disabled(request: HttpRequest) -> None:
    """End a session whose account is shut for good: opening the account does not revive it."""
    if SESSION_KEY in request.session and not request.user.is_authenticated:
        request.session.flush()


def owed_step(request: HttpRequest) -> str | None:
    """The name of the page where this person must go first; None when nothing is owed."""
    user = request.user
    if not isinstance(user, User):
        return None
    if user.second_factor_since and not user.is_verified():  # type: ignore[attr-defined]
        return VERIFY
    if profile_in_use().is_due(user, at=timezone.now()):
        return CHANGE_PASSWORD
    return None


def _sent_to(step: str, request: HttpRequest) -> HttpResponseBase:
    """To the page of the step, and afterwards back to where the person was going."""
    address = reverse(step)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    if request.method == "GET":
        address = f"{address}?{urlencode({'next': request.get_full_path()})}"
    return HttpResponseRedirect(address)
