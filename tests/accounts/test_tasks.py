"""What has run out is swept away, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import actions
from accounts.models import User
from accounts.tasks import forget_expired
from config.celery import app
from tests.accounts.conftest import SignIn
from tests.conftest import SignedIn


def test_only_sessions_that_have_run_out_go(signed_in: SignedIn, liaison: User) -> None:
    gone, working = signed_in(liaison), signed_in(liaison)
    Session.objects.filter(pk=gone.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    forget_expired()
    assert [session.pk for session in Session.objects.all()] == [working.session.session_key]


def test_failures_are_kept_as_long_as_they_lock(sign_in: SignIn, liaison: User) -> None:
    sign_in("liaison", "wrong-Password-1")
    actions.forget_expired(at=timezone.now() + timedelta(minutes=29))
    assert AccessAttempt.objects.count() == 1
    actions.forget_expired(at=timezone.now() + timedelta(minutes=31))
    assert AccessAttempt.objects.count() == 0


def test_the_clock_knows_the_task() -> None:
    app.loader.import_default_modules()
    assert settings.CELERY_BEAT_SCHEDULE["forget-expired"]["task"] in app.tasks
