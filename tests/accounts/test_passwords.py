"""The two password profiles, each rule of each, and the one-time password."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from pytest_django.fixtures import Settings

from accounts import actions
from accounts.checks import password_profile_exists
from accounts.models import User
from accounts.passwords import (
    ASVS,
    DENGBAO,
    FIRST_GUESSES,
    Profile,
    new_initial_password,
    profile_in_use,
)
from tests.conftest import SignedIn
from tests.factories import PASSWORD

NOW = datetime(2024, 5, 27, 1, 0, tzinfo=UTC)


def codes(profile: Profile, password: str, user: User | None = None) -> set[str]:
    return {rule.code for rule in profile.broken_by(password, user)}


@pytest.mark.parametrize(
    ("password", "broken"),
    [
        ("Bamb00-x", set()),
        ("Bamb0-x", {"PWD-01"}),
        ("bamboo-grove", {"PWD-02"}),
        ("bamboogrove1", {"PWD-02"}),
        ("bamboo-grove1", set()),
        ("BAMBOO-GROVE1", set()),
        ("竹林Bamboo9", set()),
        ("竹林竹林竹林竹林", {"PWD-02"}),
        ("P@ssw0rd", {"PWD-03"}),
        ("Admin@123", {"PWD-03"}),
        ("12345678", {"PWD-02", "PWD-03"}),
        ("xq", {"PWD-01", "PWD-02"}),
        ("Aa1-" * 32, set()),
        ("Aa1-" * 32 + "x", {"PWD-06"}),
    ],
)
def test_dengbao_wants_eight_characters_of_three_classes(password: str, broken: set[str]) -> None:
    assert codes(DENGBAO, password) == broken


@pytest.mark.parametrize(
    ("password", "broken"),
    [
        ("bamboo grove by the lake", set()),
        ("竹林竹林竹林竹林竹林竹林", set()),
        ("elevenchars", {"PWD-01"}),
        ("password1234", {"PWD-03"}),
        ("Bamb00-x", {"PWD-01"}),
    ],
)
def test_asvs_wants_length_and_nothing_of_composition(password: str, broken: set[str]) -> None:
    assert codes(ASVS, password) == broken


@pytest.mark.parametrize("profile", [DENGBAO, ASVS])
def test_the_user_name_is_no_part_of_a_password(profile: Profile, liaison: User) -> None:
    assert codes(profile, "my-LIAISON-2024", liaison) == {"PWD-04"}


def test_dengbao_remembers_five_passwords(liaison: User) -> None:
    used = [PASSWORD, *(f"Bamboo-grove-{number}" for number in range(6))]
    for number, password in enumerate(used[1:]):
        actions.change_password(
            user=liaison, password=password, at=NOW + timedelta(days=number), by=liaison
        )
    remembered = [password for password in used if codes(DENGBAO, password, liaison)]
    assert remembered == used[-5:]
    assert liaison.former_passwords.count() == 4


def test_asvs_forbids_only_the_present_password(liaison: User) -> None:
    actions.change_password(user=liaison, password="Bamboo-grove-1", at=NOW, by=liaison)
    assert codes(ASVS, "Bamboo-grove-1", liaison) == {"PWD-05"}
    assert codes(ASVS, PASSWORD, liaison) == set()


@pytest.mark.parametrize(
    ("profile", "age", "due"),
    [(DENGBAO, 89, False), (DENGBAO, 90, True), (ASVS, 90, False), (ASVS, 4000, False)],
)
def test_only_dengbao_lets_a_password_expire(profile: Profile, age: int, due: bool) -> None:
    user = User(username="x", password_changed_at=NOW - timedelta(days=age))
    assert profile.is_due(user, at=NOW) is due


@pytest.mark.parametrize("profile", [DENGBAO, ASVS])
def test_a_one_time_password_is_due_under_both(profile: Profile) -> None:
    assert profile.is_due(User(must_change_password=True, password_changed_at=NOW), at=NOW)


def test_a_password_of_unknown_age_counts_as_too_old() -> None:
    assert DENGBAO.is_due(User(username="x"), at=NOW)


def test_all_broken_rules_are_told_at_once(liaison: User) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password("liaison", liaison)
    assert {error.code for error in refused.value.error_list} == {"PWD-01", "PWD-02", "PWD-04"}


def test_the_setting_chooses_the_profile(settings: Settings) -> None:
    assert profile_in_use() is DENGBAO
    settings.PASSWORD_PROFILE = "asvs"
    validate_password("bamboo grove by the lake")
    settings.PASSWORD_PROFILE = "dengbao"
    with pytest.raises(ValidationError):
        validate_password("bamboo grove by the lake")


def test_an_unknown_profile_says_what_may_be_written(settings: Settings) -> None:
    settings.PASSWORD_PROFILE = "strict"
    with pytest.raises(ImproperlyConfigured, match="dengbao, asvs"):
        profile_in_use()
    assert [found.id for found in password_profile_exists()] == ["accounts.E001"]
    settings.PASSWORD_PROFILE = "asvs"
    assert password_profile_exists() == []


def test_initial_passwords_pass_both_profiles_and_do_not_repeat() -> None:
    made = {new_initial_password() for _n in range(200)}
    assert len(made) == 200
    for password in made:
        assert not codes(DENGBAO, password) | codes(ASVS, password)
        assert not set(password) & set("0O1lIo")


def test_the_list_of_first_guesses_is_compared_in_lower_case() -> None:
    assert {guess.casefold() for guess in FIRST_GUESSES} == FIRST_GUESSES


@pytest.mark.parametrize("profile", ["dengbao", "asvs"])
def test_the_page_says_what_a_password_must_be(
    signed_in: SignedIn, liaison: User, settings: Settings, profile: str
) -> None:
    settings.PASSWORD_PROFILE = profile
    page = signed_in(liaison).get("/profile/password/").content.decode()
    assert all(str(rule) in page for rule in profile_in_use().rules())


def test_two_different_new_passwords_are_refused(signed_in: SignedIn, liaison: User) -> None:
    fields = {"password": PASSWORD, "new_password": "Bamboo-grove-1", "again": "Bamboo-grove-2"}
    answer = signed_in(liaison).post("/profile/password/", fields)
    assert "两次输入的新密码不一致。" in answer.content.decode()
    liaison.refresh_from_db()
    assert liaison.check_password(PASSWORD)


def test_a_wrong_present_password_changes_nothing(signed_in: SignedIn, liaison: User) -> None:
    fields = {"password": "wrong", "new_password": "Bamboo-grove-1", "again": "Bamboo-grove-1"}
    answer = signed_in(liaison).post("/profile/password/", fields)
    assert "现在的密码不正确。" in answer.content.decode()
    liaison.refresh_from_db()
    assert liaison.check_password(PASSWORD)


def test_no_hash_of_a_password_is_kept_in_the_history(liaison: User) -> None:
    event = liaison.events.model  # type: ignore[attr-defined]
    assert "password" not in {field.name for field in event._meta.get_fields()}
