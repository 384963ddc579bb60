"""Writes about accounts. Each is atomic, checks its rules and leaves its trace in the history."""

from __future__ import annotations

import unicodedata
from base64 import b32encode
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset as forget_failures
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import queries, rules
from accounts.models import Assignment, FormerPassword, User
from accounts.passwords import DENGBAO, new_initial_password
from core.audit import written
from core.refusals import Refused, refuse_if_broken
from towns.models import Town

RECOVERY_CODES = 10
# What the database computes anew from a name when it is saved.
SPELLED = ("name_key", "pinyin", "initials", "sort_key")


class TooManyCodes(Exception):
    """Too many wrong codes: the next is looked at from ``until`` on."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(f"no code is looked at before {until:%H:%M:%S}")


def create_user(
    *, username: str, name: str, role: str, towns: Collection[Town], work_phone: str, by: User
) -> tuple[User, str]:
    """A new account and its one-time password, which must be changed at the first sign-in."""
    spelled = User.normalize_username(username)
    taken = User.objects.filter(username=spelled).exists()
    refuse_if_broken(
        [
            *([rules.USERNAME_TAKEN] if taken else []),
            *rules.broken_by_account(username=spelled, role=role, towns=towns),
        ]
    )
    password = new_initial_password()
    fields = {"name": name, "role": role, "work_phone": work_phone, "must_change_password": True}
    try:
        with written(by=by, action="create_user"):
            user = User.objects.create_user(spelled, password, **fields)
            _assign(user, towns)
    except IntegrityError as clash:  # the same name from another page at this very moment
        raise Refused([rules.USERNAME_TAKEN]) from clash
    return user, password


def edit_user(
    *,
    user: User,
    name: str,
    role: str,
    towns: Collection[Town],
    work_phone: str,
    by: User,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change who a person is and what they may do; it holds from their next click on.

    ``opened`` is the account as the page showed it (``queries.account_values``): what somebody
    else wrote since is refused to be overwritten. None where no page was looked at.
    """
    wanted = {"name": name, "work_phone": work_phone, "role": role, "towns": [*towns]}
    with written(by=by, action="edit_user"):
        administrators = queries.active_administrators()
        stands = queries.account_values(User.objects.select_for_update().get(pk=user.pk))
        refuse_if_broken(
            [
                *rules.broken_by_later_edit(opened=opened, stands=stands, wanted=wanted),
                *rules.broken_by_account(username=user.username, role=role, towns=towns),
                *rules.broken_by_role(user=user, role=role, by=by, administrators=administrators),
            ]
        )
        user.name, user.role, user.work_phone = name, role, work_phone
        user.save(update_fields=["name", "role", "work_phone", *SPELLED])
        _assign(user, towns)


def disable_user(*, user: User, by: User) -> None:
    """Shut an account: its open sessions end with their next request."""
    with written(by=by, action="disable_user"):
        administrators = queries.active_administrators()
        refuse_if_broken(rules.broken_by_disabling(user=user, by=by, administrators=administrators))
        user.is_active = False
        user.save(update_fields=["is_active"])


def enable_user(*, user: User, by: User) -> None:
    with written(by=by, action="enable_user"):
        user.is_active = True
        user.save(update_fields=["is_active"])


def unlock_user(*, user: User, at: datetime, by: User) -> None:
    """Let a person try again at once after too many wrong passwords or codes."""
    with written(by=by, action="unlock_user"):
        forget_failures(username=user.username)
        for devices in (TOTPDevice.objects, StaticDevice.objects):
            devices.filter(user=user).update(
                throttling_failure_count=0, throttling_failure_timestamp=None
            )
        user.unlocked_at = at
        user.save(update_fields=["unlocked_at"])


def reset_password(*, user: User, at: datetime, by: User) -> str:
    """A new one-time password; sessions opened with the old one end, and the lock is lifted."""
    refuse_if_broken([rules.OWN_RESET] if user == by else [])
    password = new_initial_password()
    with written(by=by, action="reset_password"):
        _set_password(user, password, at=at, must_change=True)
        forget_failures(username=user.username)
    return password


def change_password(*, user: User, password: str, at: datetime, by: User) -> None:
    """Set the password a person has chosen; the form has checked it against the profile."""
    with written(by=by, action="change_password"):
        _set_password(user, password, at=at, must_change=False)


def edit_profile(*, user: User, work_phone: str, language: str, by: User) -> None:
    with written(by=by, action="edit_profile"):
        user.work_phone, user.language = work_phone, language
        user.save(update_fields=["work_phone", "language"])


def choose_language(*, user: User, language: str, by: User) -> None:
    """Remember the language for the next sign-in."""
    if user.language == language:
        return
    with written(by=by, action="choose_language"):
        user.language = language
        user.save(update_fields=["language"])


def begin_second_factor(*, user: User, by: User) -> TOTPDevice:
    """A new secret for the person's app, not in force until a code proves that the app has it."""
    with written(by=by, action="begin_second_factor"):
        refuse_if_broken([rules.SECOND_FACTOR_IN_USE] if user.second_factor_since else [])
        TOTPDevice.objects.filter(user=user, confirmed=False).delete()
        return TOTPDevice.objects.create(user=user, name=user.username, confirmed=False)


def confirm_second_factor(
    *, user: User, token: str, at: datetime, by: User
) -> tuple[TOTPDevice, list[str]]:
    """Put the second factor into force; answers its device and the recovery codes, shown once."""
    device = queries.authenticator_of(user, confirmed=False)
    if device is None:
        raise Refused([rules.NO_SECOND_FACTOR_BEGUN])
    _verify(device, token)
    with written(by=by, action="confirm_second_factor"):
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        user.second_factor_since = at
        user.save(update_fields=["second_factor_since"])
        return device, issue_recovery_codes(user=user, at=at, by=by)


def issue_recovery_codes(*, user: User, at: datetime, by: User) -> list[str]:
    """Ten new one-time codes; earlier ones hold no more."""
    with written(by=by, action="issue_recovery_codes"):
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name=user.username)
        codes = [StaticToken.random_token() for _n in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
        user.recovery_codes_at = at
        user.save(update_fields=["recovery_codes_at"])
        return codes


def verify_second_factor(*, user: User, token: str) -> TOTPDevice | StaticDevice:
    """The device that accepts a code of the app or a recovery code, which is thereby used up.

    Raises Refused for a wrong code and TooManyCodes while wrong ones make the person wait.
    """
    meant = plain_token(token)
    # A wrong code is counted, so this transaction must end well even then.
    with transaction.atomic():
        device = queries.device_for_token(user, meant)
        verified = device is not None and _accepts(device, meant)
    if device is None or not verified:
        raise Refused([rules.WRONG_CODE])
    return device


def remove_second_factor(*, user: User, by: User) -> None:
    """Take the second factor away: the person's own wish, or an administrator's help."""
    with written(by=by, action="remove_second_factor"):
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        user.second_factor_since = user.recovery_codes_at = None
        user.save(update_fields=["second_factor_since", "recovery_codes_at"])


def reset_second_factor(*, user: User, by: User) -> None:
    """Help a person whose phone and recovery codes are lost."""
    refuse_if_broken([rules.OWN_RESET] if user == by else [])
    with written(by=by, action="reset_second_factor"):
        remove_second_factor(user=user, by=by)


def secret_letters(device: TOTPDevice) -> str:
    """The secret of an app in the letters that one types where nothing can be scanned."""
    return b32encode(device.bin_key).decode().rstrip("=")


def forget_expired(*, at: datetime) -> None:
    """Drop sessions that have run out and failed sign-ins that lock nobody any more."""
    Session.objects.filter(expire_date__lt=at).delete()
    AccessAttempt.objects.filter(attempt_time__lt=at - queries.LOCK_TIME).delete()


def plain_token(typed: str) -> str:
    """A code as it is stored: without spaces and hyphens, plain digits, lower case."""
    plain = unicodedata.normalize("NFKC", typed).casefold()
    return "".join(character for character in plain if character.isalnum())


def _verify(device: TOTPDevice, token: str) -> None:
    with transaction.atomic():
        locked = TOTPDevice.objects.select_for_update().get(pk=device.pk)
        verified = _accepts(locked, plain_token(token))
    if not verified:
        raise Refused([rules.WRONG_CODE])
    device.refresh_from_db()


def _accepts(device: TOTPDevice | StaticDevice, token: str) -> bool:
    allowed, waiting = device.verify_is_allowed()
    if not allowed:
        raise TooManyCodes(waiting["locked_until"])
    return bool(device.verify_token(token))


def _assign(user: User, towns: Collection[Town]) -> None:
    user.assignments.exclude(town__in=towns).delete()
    kept = set(user.assignments.values_list("town_id", flat=True))
    Assignment.objects.bulk_create(
        Assignment(user=user, town=town) for town in towns if town.pk not in kept
    )


def _set_password(user: User, password: str, *, at: datetime, must_change: bool) -> None:
    FormerPassword.objects.create(user=user, password=user.password, set_at=at)
    kept = user.former_passwords.order_by("-set_at", "-pk")[: DENGBAO.remembered - 1]
    user.former_passwords.exclude(pk__in=[former.pk for former in kept]).delete()
    user.set_password(password)
    user.must_change_password, user.password_changed_at = must_change, at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
