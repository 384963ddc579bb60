"""When a session ends: on disabling, on a new password, by the person's own wish."""

from __future__ import annotations

from datetime import UTC, datetime

from django.test import Client

from accounts import actions
from accounts.models import User
from core.access import Auditor
from tests.conftest import SignedIn
from tests.factories import PASSWORD

OWN_CHOICE = "Bamboo-grove-88"


def test_disabling_ends_a_session_with_its_next_request(
    signed_in: SignedIn, liaison: User, administrator: User
) -> None:
    session = signed_in(liaison)
    assert session.get("/profile/").status_code == 200
    actions.disable_user(user=liaison, by=administrator)
    answer = session.get("/profile/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/profile/")
    assert not answer.wsgi_request.user.is_authenticated


def test_enabling_does_not_bring_somebody_in_without_the_password(
    signed_in: SignedIn, liaison: User, administrator: User
) -> None:
    session = signed_in(liaison)
    actions.disable_user(user=liaison, by=administrator)
    session.get("/profile/")
    actions.enable_user(user=liaison, by=administrator)
    assert session.get("/profile/").status_code == 302


def test_a_new_password_ends_every_other_session_and_keeps_this_one(
    signed_in: SignedIn, liaison: User
) -> None:
    here, elsewhere = signed_in(liaison), signed_in(liaison)
    fields = {"password": PASSWORD, "new_password": OWN_CHOICE, "again": OWN_CHOICE}
    before = here.session.session_key
    assert here.post("/profile/password/", fields).status_code == 302
    assert here.session.session_key != before
    assert here.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/").status_code == 302


def test_a_reset_password_ends_every_session(
    signed_in: SignedIn, liaison: User, administrator: User
) -> None:
    session = signed_in(liaison)
    actions.reset_password(user=liaison, at=datetime.now(tz=UTC), by=administrator)
    assert session.get("/profile/").status_code == 302


def test_a_new_role_holds_from_the_next_click_on(signed_in: SignedIn, administrator: User) -> None:
    other = User.objects.create_user(
        "second",
        "x",
        name="示例",
        role=administrator.role,
        password_changed_at=datetime.now(tz=UTC),
    )
    session = signed_in(other)
    assert session.get("/users/").status_code == 200
    actions.edit_user(
        user=other, name="示例", role=Auditor.key, towns=[], work_phone="", by=administrator
    )
    assert session.get("/users/").status_code == 403


def test_a_stranger_is_sent_to_sign_in(db: None) -> None:
    assert Client().get("/users/")["Location"] == "/sign-in/?next=/users/"
