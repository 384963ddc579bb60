"""Reads about accounts: lists with their state, locks, sign-ins, failed attempts, devices."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, OuterRef, QuerySet, Sum, Value, When
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import Assignment, User, UserQuerySet
from core.access import Administrator, Viewer

LOCK_TIME = timedelta(hours=settings.AXES_COOLOFF_TIME)
SPRAY_WINDOW = timedelta(minutes=10)
RECENT_SIGN_INS = 5


def users_for(viewer: Viewer, *, at: datetime) -> UserQuerySet:
    """Users as the list shows them: with ``town_names``, and ``is_locked`` at that moment."""
    failing = (
        AccessAttempt.objects.filter(attempt_time__gt=at - LOCK_TIME)
        .order_by()
        .values("username")
        .annotate(failures=Sum("failures_since_start"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
        .values("username")
    )
    # Not asked of each user: the database finds the few once, and sorts all without asking.
    locked = Case(
        When(username__in=failing, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    towns = Assignment.objects.filter(user=OuterRef("pk")).order_by("town__order", "town__code")
    names = ArraySubquery(towns.values("town__name"))
    return User.objects.visible_to(viewer).annotate(is_locked=locked, town_names=names)


def account_values(user: User) -> dict[str, Any]:
    """What the form over an account shows: plain values, to be compared with what was opened."""
    towns = user.assignments.order_by("town__order").values_list("town_id", flat=True)
    return {
        "name": user.name,
        "work_phone": user.work_phone,
        "role": user.role,
        "towns": list(towns),
    }


def active_administrators() -> list[User]:
    """The enabled administrators, locked until the transaction ends.

    Two administrators who disable each other at one moment wait for one another here, so the
    second sees that the first is gone.
    """
    rows = User.objects.filter(role=Administrator.key, is_active=True)
    return list(rows.order_by("pk").select_for_update())


def recent_sign_ins(user: User) -> QuerySet[AccessLog]:
    """The last sign-ins of a person: when and from which address."""
    newest: QuerySet[AccessLog] = AccessLog.objects.filter(username=user.username)
    return newest.order_by("-attempt_time")[:RECENT_SIGN_INS]


def failing_accounts(*, address: str | None, at: datetime) -> int:
    """How many accounts were tried in vain from an address within the last minutes."""
    recent = AccessAttempt.objects.filter(ip_address=address, attempt_time__gt=at - SPRAY_WINDOW)
    return int(recent.order_by().values("username").distinct().count())


def authenticator_of(user: User, *, confirmed: bool) -> TOTPDevice | None:
    """The person's authenticator app: the one in use, or the one that is being set up."""
    return TOTPDevice.objects.filter(user=user, confirmed=confirmed).order_by("pk").first()


def recovery_codes_left(user: User) -> int:
    return int(StaticToken.objects.filter(device__user=user).count())


def device_for_token(user: User, token: str) -> TOTPDevice | StaticDevice | None:
    """The device a token is meant for: six digits for the app, else a recovery code. Locked."""
    model = TOTPDevice if token.isdecimal() and len(token) == 6 else StaticDevice
    return model.objects.select_for_update().filter(user=user, confirmed=True).first()
