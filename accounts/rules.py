"""What holds for accounts, whoever asks: rules with a number and the words people read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.access import ROLES, Administrator
from core.parts import NOTHING
from core.refusals import Rule
from towns.models import Town

USERNAME = re.compile(r"[\w.-]{2,60}")

BAD_USERNAME = Rule(
    "USR-01", _("用户名须为 2 至 60 个字母、数字、汉字、点、横线或下划线。"), field="username"
)
USERNAME_TAKEN = Rule("USR-02", _("该用户名已有人使用。"), field="username")
LIAISON_WITHOUT_TOWN = Rule("USR-03", _("街镇联络员须至少选择一个街镇。"), field="towns")
TOWNS_OF_DISTRICT_ROLE = Rule(
    "USR-04", _("该角色查看全区，不属于某个街镇；请不要选择街镇。"), field="towns"
)
OWN_ROLE = Rule("USR-05", _("不能更改自己的角色，请由另一位系统管理员办理。"), field="role")
OWN_DISABLING = Rule("USR-06", _("不能停用自己的账号，请由另一位系统管理员办理。"))
LAST_ADMINISTRATOR = Rule(
    "USR-07", _("这是最后一位启用的系统管理员。请先指定另一位系统管理员，再办理。"), field="role"
)
WRONG_CODE = Rule("USR-08", _("验证码不正确或已用过，请用新的验证码再试。"), field="token")
NO_SECOND_FACTOR_BEGUN = Rule("USR-09", _("还没有开始设置两步验证，请从头设置。"))
SECOND_FACTOR_IN_USE = Rule("USR-10", _("两步验证已经启用；要换手机，请先停用。"))
OWN_RESET = Rule("USR-11", _("自己的密码和两步验证请在“我的账号”中更改。"))

LATER_EDIT = _(
    "您打开页面之后，这一项已被别人改为“%(now)s”。仍要按您填写的保存，请再按一次“保存”。"
)


def broken_by_account(*, username: str, role: str, towns: Collection[object]) -> Iterator[Rule]:
    """What is wrong with an account as it would be written."""
    if not USERNAME.fullmatch(username):
        yield BAD_USERNAME
    if ROLES[role].whole_district and towns:
        yield TOWNS_OF_DISTRICT_ROLE
    if not ROLES[role].whole_district and not towns:
        yield LIAISON_WITHOUT_TOWN


def broken_by_role(
    *, user: User, role: str, by: User, administrators: Collection[User]
) -> Iterator[Rule]:
    """What forbids giving ``user`` the role; ``administrators`` are the active ones, locked."""
    if role == user.role:
        return
    if user == by:
        yield OWN_ROLE
    if role != Administrator.key and list(administrators) == [user]:
        yield LAST_ADMINISTRATOR


def broken_by_disabling(
    *, user: User, by: User, administrators: Collection[User]
) -> Iterator[Rule]:
    """What forbids disabling ``user``; ``administrators`` are the active ones, locked."""
    if user == by:
        yield OWN_DISABLING
    if list(administrators) == [user]:
        yield LAST_ADMINISTRATOR


def broken_by_later_edit(
    *, opened: Mapping[str, Any] | None, stands: Mapping[str, Any], wanted: Mapping[str, Any]
) -> Iterator[Rule]:
    """What somebody else wrote after the page was opened, and this would overwrite unseen."""
    if opened is None:
        return
    for name, value in stands.items():
        if value != opened.get(name) and _plain(value) != _plain(wanted[name]):
            words = _(
                "您打开页面之后，这一项已被别人改为“%(now)s”。按您填写的保存，请再按一次“保存”。"
            )
            yield Rule("USR-12", words % {"now": _in_words(name, value)}, field=name)


def _plain(value: Any) -> Any:
    """A value for comparison: towns by their keys in any order."""
    return {getattr(one, "pk", one) for one in value} if isinstance(value, list) else value


def _in_words(name: str, value: Any) -> str:
    if name == "role":
        return str(ROLES[value].title)
    if name == "towns":
        value = _("、").join(Town.objects.filter(pk__in=value).values_list("name", flat=True))
    return str(value or NOTHING)
