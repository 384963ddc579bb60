"""Password profiles: 等保 (GB/T 22239) or OWASP ASVS; one setting chooses, both are tested."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.refusals import Rule

LONGEST = 128  # characters; more would only cost hashing
SHORTEST_NAME = 3  # a shorter user name is found in passwords by chance

# Satisfy every rule of composition and are the first that anybody tries in an office here.
FIRST_GUESSES = frozenset(
    {
        "admin@123", "admin@1234", "admin123!", "aa123456", "aa123456!", "abc@123", "abc@1234",
        "abcd@1234", "abc12345", "abc123456", "a1b2c3d4", "asd123456", "huawei@123", "p@ssw0rd",
        "p@ssword1", "passw0rd!", "password@123", "pass@123", "qwe123!@#", "qwer1234", "qwer@1234",
        "root@123", "shanghai@123", "test@123", "tongxin@123", "welcome@123", "woaini1314",
        "zaq12wsx", "1qaz2wsx", "1qaz@wsx", "1q2w3e4r", "!qaz2wsx",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a password must be.

    ``classes`` of four kinds of characters must occur, 0 for any; ``rotation`` is the longest age,
    None for any; ``remembered`` counts the present password and those before it.
    """

    key: str
    shortest: int
    remembered: int
    classes: int = 0
    rotation: timedelta | None = None

    def rules(self) -> list[Rule]:
        """The rules of this profile, as the person reads them before choosing a password."""
        composition = [self.composition_rule] if self.classes else []
        return [self.length_rule, *composition, COMMON, HOLDS_USERNAME, self.reuse_rule]

    @property
    def length_rule(self) -> Rule:
        words = format_lazy(gettext_lazy("密码至少 {count} 个字符。"), count=self.shortest)
        return Rule("PWD-01", words)

    @property
    def composition_rule(self) -> Rule:
        words = format_lazy(
            gettext_lazy("密码须包含大写字母、小写字母、数字、符号中的至少 {count} 类。"),
            count=self.classes,
        )
        return Rule("PWD-02", words)

    @property
    def reuse_rule(self) -> Rule:
        if self.remembered == 1:
            return Rule("PWD-05", gettext_lazy("新密码不得与现在的密码相同。"))
        words = format_lazy(
            gettext_lazy("不得与最近 {count} 次用过的密码相同。"), count=self.remembered
        )
        return Rule("PWD-05", words)

    def broken_by(self, password: str, user: User | None = None) -> Iterator[Rule]:
        """Every rule that ``password`` breaks for ``user``."""
        if len(password) < self.shortest:
            yield self.length_rule
        if len(password) > LONGEST:
            yield TOO_LONG
        if _classes_in(password) < self.classes:
            yield self.composition_rule
        if _is_common(password):
            yield COMMON
        if user and _holds(password, user.username):
            yield HOLDS_USERNAME
        if user and len(password) <= LONGEST and self._used_before(password, user):
            yield self.reuse_rule

    def _used_before(self, password: str, user: User) -> bool:
        """Whether it is one of the remembered ones. Costs one hash for each."""
        if user._state.adding:
            return False
        formers = user.former_passwords.order_by("-set_at", "-pk")
        hashes = formers.values_list("password", flat=True)[: self.remembered - 1]
        return any(check_password(password, one) for one in [user.password, *hashes])

    def is_due(self, user: User, *, at: datetime) -> bool:
        """Whether the person must choose a new password before doing anything else."""
        return user.must_change_password or self.is_expired(user, at=at)

    def is_expired(self, user: User, *, at: datetime) -> bool:
        """Whether the password is older than this profile lets it grow."""
        if self.rotation is None:
            return False
        changed_at = user.password_changed_at
        return changed_at is None or changed_at + self.rotation <= at


COMMON = Rule("PWD-03", gettext_lazy("不得使用常见、容易被猜到的密码。"))
HOLDS_USERNAME = Rule("PWD-04", gettext_lazy("密码不得包含用户名。"))
TOO_LONG = Rule("PWD-06", format_lazy(gettext_lazy("密码最多 {count} 个字符。"), count=LONGEST))

# GB/T 22239-2019 8.1.4.1 a: complexity and regular change; the numbers are common practice.
DENGBAO = Profile(key="dengbao", shortest=8, classes=3, rotation=timedelta(days=90), remembered=5)
# OWASP ASVS 5.0 6.2: length instead of composition, no rotation without a reason.
ASVS = Profile(key="asvs", shortest=12, remembered=1)

PROFILES = {profile.key: profile for profile in (DENGBAO, ASVS)}


def profile_in_use() -> Profile:
    """The profile that the setting names."""
    try:
        return PROFILES[settings.PASSWORD_PROFILE]
    except KeyError:
        raise ImproperlyConfigured(
            f'PASSWORD_PROFILE is "{settings.PASSWORD_PROFILE}"; write one of {", ".join(PROFILES)}'
        ) from None


class ProfileValidator:
    """The profile in use, as Django's own forms and commands ask for it."""

    def validate(self, password: str, user: Any = None) -> None:
        known = user if isinstance(user, User) else None
        broken = list(profile_in_use().broken_by(password, known))
        if broken:
            raise ValidationError([ValidationError(str(rule), code=rule.code) for rule in broken])

    def get_help_text(self) -> str:
        return " ".join(str(rule) for rule in profile_in_use().rules())


def new_initial_password() -> str:
    """A password to hand over once: passes both profiles, no characters that look alike.

    Sixteen of 55 characters, about 92 bits.
    """
    letters = "".join(c for c in string.ascii_letters + string.digits if c not in "0O1lIo")
    while True:
        groups = ["".join(secrets.choice(letters) for _n in range(4)) for _g in range(4)]
        password = "-".join(groups)
        if _classes_in(password) == len(_CLASSES):
            return password


_CLASSES = (
    str.isupper,
    str.islower,
    str.isdecimal,
    lambda character: not (character.isalnum() and character.isascii()),
)


def _classes_in(password: str) -> int:
    return sum(any(test(character) for character in password) for test in _CLASSES)


def _holds(password: str, username: str) -> bool:
    return len(username) >= SHORTEST_NAME and username.casefold() in password.casefold()


@lru_cache(maxsize=1)
def _common_passwords() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords) | FIRST_GUESSES


def _is_common(password: str) -> bool:
    return password.casefold().strip() in _common_passwords()
