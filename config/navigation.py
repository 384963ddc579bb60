"""The left-hand menu: sections of pages, each with the permission that its page needs."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.access import Permission


class Item(NamedTuple):
    """One entry: its words, the page's URL name, an icon of the sprite, the permission it needs."""

    label: Promise
    url_name: str
    icon: str
    permission: Permission


class Section(NamedTuple):
    title: Promise
    items: tuple[Item, ...]


NAVIGATION: tuple[Section, ...] = (
    Section(
        _("工作"),
        (
            Item(_("概览"), "dashboards:home", "layout-dashboard", Permission.READ),
            Item(_("我的待办"), "dashboards:my_work", "checklist", Permission.READ),
        ),
    ),
    Section(
        _("台账"),
        (
            Item(pgettext_lazy("列表", "街镇"), "towns:list_towns", "map-pin", Permission.READ),
            Item(pgettext_lazy("列表", "村居"), "towns:list_villages", "home", Permission.READ),
            Item(pgettext_lazy("列表", "岗位"), "towns:list_posts", "id-badge-2", Permission.READ),
            Item(pgettext_lazy("列表", "品牌"), "towns:list_brands", "flag", Permission.READ),
            Item(
                pgettext_lazy("列表", "商会"),
                "chambers:list_chambers",
                "building-community",
                Permission.READ,
            ),
            Item(
                pgettext_lazy("菜单", "会员企业"),
                "chambers:list_memberships",
                "users",
                Permission.READ,
            ),
            Item(
                pgettext_lazy("列表", "企业"),
                "chambers:list_enterprises",
                "building",
                Permission.READ,
            ),
            Item(pgettext_lazy("列表", "荣誉"), "chambers:list_honours", "award", Permission.READ),
            Item(
                pgettext_lazy("列表", "阵地"),
                "venues:list_venues",
                "building-arch",
                Permission.READ,
            ),
            Item(
                pgettext_lazy("列表", "活动"),
                "activities:list_activities",
                "calendar-event",
                Permission.READ,
            ),
        ),
    ),
    Section(
        _("报送"),
        (
            Item(
                pgettext_lazy("列表", "工作小结"),
                "summaries:list_summaries",
                "report",
                Permission.READ_SUMMARIES,
            ),
            Item(_("导入"), "imports:list_batches", "table-import", Permission.IMPORT),
        ),
    ),
    Section(
        _("系统"),
        (
            Item(
                pgettext_lazy("列表", "用户"),
                "accounts:list_users",
                "user-cog",
                Permission.MANAGE_USERS,
            ),
            Item(
                pgettext_lazy("列表", "意见反馈"),
                "accounts:list_feedback",
                "message-circle",
                Permission.MANAGE_SETTINGS,
            ),
            Item(_("修改记录"), "dashboards:list_changes", "history", Permission.READ_HISTORY),
        ),
    ),
)
