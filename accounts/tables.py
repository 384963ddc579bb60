"""The list of users: its filters and its columns."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User, UserQuerySet
from core.access import ROLE_CHOICES
from core.lists import RecordFilter, SearchFilter
from core.parts import NOTHING, State, Tone
from core.tables import MomentColumn, RecordTable, TextColumn, TitleColumn
from towns.models import Town

ENABLED, LOCKED, DISABLED = "enabled", "locked", "disabled"
STATE_CHOICES = (
    (ENABLED, gettext_lazy("启用")),
    (LOCKED, gettext_lazy("已锁定")),
    (DISABLED, gettext_lazy("已停用")),
)


def visible_towns(request: HttpRequest) -> QuerySet[Town]:
    person = request.user
    if isinstance(person, AnonymousUser):
        return Town.objects.none()
    return Town.objects.visible_to(person).in_official_order()


def account_state(user: Any) -> State:
    """Whether the person can sign in now. ``user`` comes from ``queries.users_for``."""
    if not user.is_active:
        return State(gettext_lazy("已停用"), Tone.GREY)
    if user.is_locked:
        return State(gettext_lazy("已锁定"), Tone.RED)
    return State(gettext_lazy("启用"), Tone.GREEN)


class UserFilter(RecordFilter):
    """Users by name or user name, role, town and state."""

    q = SearchFilter(placeholder=gettext_lazy("姓名、用户名、拼音或首字母"))
    role = django_filters.ChoiceFilter(
        label=gettext_lazy("角色"), choices=ROLE_CHOICES, empty_label=gettext_lazy("全部")
    )
    town = django_filters.ModelChoiceFilter(
        label=gettext_lazy("街镇"),
        field_name="towns",
        queryset=visible_towns,
        empty_label=gettext_lazy("全部"),
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("状态"),
        choices=STATE_CHOICES,
        empty_label=gettext_lazy("全部"),
        method="in_state",
    )

    class Meta:
        model = User
        fields = ("q", "role", "town", "state")

    def in_state(self, users: UserQuerySet, name: str, value: str) -> UserQuerySet:
        if value == LOCKED:
            return users.filter(is_active=True).locked()
        return users.filter(is_active=value == ENABLED)


class UserTable(RecordTable):
    name = TitleColumn(
        gettext_lazy("姓名"),
        linkify=lambda record: reverse("accounts:show_user", args=[record.pk]),
        order_by="sort_key",
    )
    username = TextColumn(gettext_lazy("用户名"), css="is-code")
    role = TextColumn(gettext_lazy("角色"))
    towns = TextColumn(gettext_lazy("街镇"), orderable=False, empty_values=())
    work_phone = TextColumn(gettext_lazy("办公电话"), orderable=False)
    state = TextColumn(gettext_lazy("状态"), css="is-state", orderable=False, empty_values=())
    last_login = MomentColumn(gettext_lazy("最近登录"))

    class Meta(RecordTable.Meta):
        model = User
        fields = ("name", "username", "role", "towns", "work_phone", "state", "last_login")
        order_by = ("name",)

    def render_towns(self, record: Any) -> str:
        if record.role_class.whole_district:
            return _("全区")
        return _("、").join(record.town_names) or NOTHING

    def render_state(self, record: User) -> SafeString:
        state = account_state(record)
        return format_html('<span class="state state-{}">{}</span>', state.tone, state.word)

    def value_towns(self, record: Any) -> str:
        return self.render_towns(record)

    def value_state(self, record: User) -> str:
        return str(account_state(record).word)
