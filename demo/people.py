"""The demo district's sign-ins, one for each role; printed at the first start."""

from __future__ import annotations

from typing import NamedTuple

from django.utils import timezone

from accounts.models import Assignment, User
from core.access import Administrator, Auditor, DistrictOfficer, Role, TownLiaison
from demo import article
from towns.models import Town

PASSWORD = "Tongxin@2024"  # noqa: S105 - printed for everyone: the demo district holds nothing real


class SignIn(NamedTuple):
    username: str
    name: str
    role: type[Role]
    town_codes: tuple[str, ...] = ()


SIGN_INS = (
    SignIn("qujian", "示例区级干部", DistrictOfficer),
    SignIn("huaxin", "示例华新联络员", TownLiaison, (article.HUAXIN,)),
    SignIn("zhaoxiang", "示例赵巷联络员", TownLiaison, (article.ZHAOXIANG,)),
    SignIn("xujing", "示例徐泾联络员", TownLiaison, (article.XUJING,)),
    SignIn("guanli", "示例管理员", Administrator),
    SignIn("shenji", "示例审计员", Auditor),
)


def build() -> None:
    """Write the demo users; the caller opens the transaction."""
    towns = {town.code: town for town in Town.objects.all()}
    for sign_in in SIGN_INS:
        user = User.objects.create_user(
            sign_in.username,
            PASSWORD,
            name=sign_in.name,
            role=sign_in.role.key,
            password_changed_at=timezone.now(),
        )
        Assignment.objects.bulk_create(
            Assignment(user=user, town=towns[code]) for code in sign_in.town_codes
        )


def present() -> list[SignIn]:
    """The demo sign-ins that exist here and are enabled."""
    names = set(User.objects.filter(is_active=True).values_list("username", flat=True))
    return [sign_in for sign_in in SIGN_INS if sign_in.username in names]
