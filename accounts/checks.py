"""What is looked at before the site starts: the password profile exists."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from accounts.passwords import profile_in_use


@register(Tags.security)
def password_profile_exists(**_options: Any) -> list[CheckMessage]:
    """Refuse to start with a profile of another name, which would let any password pass."""
    try:
        profile_in_use()
    except ImproperlyConfigured as wrong:
        return [Error(str(wrong), id="accounts.E001")]
    return []
