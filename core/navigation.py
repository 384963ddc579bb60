"""The frame around every page: the menu this person may use, the product's names, the languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as CheckWarning
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.access import Permission
from core.browser_words import BROWSER_WORDS
from core.storage_room import LEAST_BYTES, free_when_scarce

Count = Callable[[Any], int]

_counts: dict[str, Count] = {}


def register_count(url_name: str, count: Count) -> None:
    """Show a number beside a menu entry: ``register_count("dashboards:my_work", count_my_work)``.

    ``count(user)`` costs one cheap query on every page; 0 shows nothing. Called in an app's
    ``ready``.
    """
    _counts[url_name] = count


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: str
    url: str
    icon: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class MenuSection:
    title: str
    items: list[MenuItem]


class Frame:
    """What templates/base.html draws around a page. Costs nothing until it is drawn."""

    title = settings.DISTRICT_TITLE
    district = settings.DISTRICT_NAME
    version = settings.VERSION
    languages = settings.LANGUAGES
    browser_words = BROWSER_WORDS

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def other_languages(self) -> list[tuple[str, str]]:
        return [(code, name) for code, name in self.languages if code != self.language]

    @cached_property
    def menu(self) -> list[MenuSection]:
        """``settings.NAVIGATION``, as far as this person may go; empty for a guest."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return []
        allowed = [
            (section.title, [item for item in section.items if user.can(item.permission)])
            for section in settings.NAVIGATION
        ]
        urls = {
            item.url_name: menu_url(item.url_name) for _title, items in allowed for item in items
        }
        here = _deepest(self.request.path, [url for url in urls.values() if url])
        return [
            MenuSection(
                str(title), [self._item(item, urls[item.url_name], here) for item in linked]
            )
            for title, items in allowed
            if (linked := [item for item in items if urls[item.url_name]])
        ]

    @property
    def storage_warning(self) -> str:
        """What an administrator is told while the disk of uploads runs full; "" otherwise."""
        user = getattr(self.request, "user", None)
        if user is None or not (user.is_authenticated and user.can(Permission.MANAGE_USERS)):
            return ""
        free = free_when_scarce()
        if free is None:
            return ""
        words = _(
            "服务器存储空间只剩 %(free)s，少于 %(least)s 时将停止上传和导入，请尽快清理磁盘。"
        )
        return words % {"free": filesizeformat(free), "least": filesizeformat(LEAST_BYTES)}

    def _item(self, item: Any, url: str, here: str) -> MenuItem:
        count = _counts.get(item.url_name)
        return MenuItem(
            label=str(item.label),
            url=url,
            icon=item.icon,
            count=count(self.request.user) if count else 0,
            current=url == here,
        )


def page_frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: ``frame``."""
    return {"frame": Frame(request)}


def menu_url(url_name: str) -> str:
    """The address of a menu entry; "" while its page does not exist, which ``check`` reports."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _deepest(path: str, urls: list[str]) -> str:
    """The menu address the current page lies under: the longest that begins its path."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default="")


@register(Tags.urls)
def every_entry_has_a_page(**_options: Any) -> list[CheckMessage]:
    """Report menu entries that lead nowhere; the menu leaves them out. A test lets none through."""
    missing = [
        item.url_name
        for section in settings.NAVIGATION
        for item in section.items
        if not menu_url(item.url_name)
    ]
    if not missing:
        return []
    return [
        CheckWarning(
            f"Menu entries without a page: {', '.join(missing)}.",
            hint="Correct the names in config/navigation.py or add the pages.",
            id="core.W001",
        )
    ]
