"""Every page of the demo district, in a real browser, as each role, at both sizes.

The visit follows links from the first page on, one page for each pattern of address. The watch
fails on any console error, CSP violation or request that leaves the machine; axe-core looks at each
page, once for all roles, for what would keep a person out. What is the same for all roles is loaded
on a phone once, and what each page of a kind shares there (its menu, its cards) is looked at once.
"""

from __future__ import annotations

import re
from collections import deque
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from accounts.models import User
from core.access import ROLES, Role
from demo import people
from tests.journeys import demo_district
from tests.journeys.conftest import DESKTOP, PHONE, Visit, come_to_rest
from tests.journeys.stumbling import stumbling_blocks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = date(2024, 5, 27)
Size = tuple[int, int]
Addresses = dict[str, str]
LookedAt = set[tuple[str, Size]]
SKIPPED = {"export", "download"}


@pytest.fixture
def district(transactional_db: None) -> None:
    demo_district.seed(TODAY)


@pytest.fixture(scope="module")
def looked_at() -> LookedAt:
    """The pages that axe-core has seen at a size."""
    return set()


@pytest.fixture(scope="module")
def held() -> set[str]:
    """The pages that some role has had on a phone."""
    return set()


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.key)
def test_every_page_opens_clean(
    district: None, visit: Visit, role: type[Role], looked_at: LookedAt, held: set[str]
) -> None:
    username = next(one.username for one in people.SIGN_INS if one.role is role)
    person = User.objects.get(username=username)
    seen, blocks = walk(visit(person, "/", DESKTOP), looked_at)
    assert len(seen) > 10, seen
    page = visit(person, "/", PHONE)
    for name in seen.keys() - held:
        blocks += look(page, seen[name], PHONE, kind_of(name), looked_at)
    held.update(seen)
    assert not blocks, "\n".join(blocks)


def walk(page: Page, looked_at: LookedAt) -> tuple[Addresses, list[str]]:
    """Visit one page of each pattern that links lead to: where they stand, and what axe found."""
    seen: Addresses = {}
    blocks: list[str] = []
    waiting = deque([urlsplit(page.url).path])
    while waiting:
        path = waiting.popleft()
        name = _name(path)
        if not name or name in seen:
            continue
        seen[name] = path
        blocks += look(page, path, DESKTOP, name, looked_at)
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        assert _fits(page), f"{path} is wider than a phone"
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
        waiting.extend(link.split("#")[0] for link in links if _is_page(link))
    return seen, blocks


def look(page: Page, path: str, size: Size, kind: str, looked_at: LookedAt) -> list[str]:
    """Open a page, and have axe-core look at the first of its kind; returns what it found."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, f"{path} answered {answer.status}"
    come_to_rest(page)
    assert _fits(page), f"{path} is wider than the screen"
    if (kind, size) in looked_at:
        return []
    looked_at.add((kind, size))
    return [f"{path} {one}" for one in stumbling_blocks(page, colours=size == DESKTOP)]


def kind_of(name: str) -> str:
    """Pages of one kind are of one template: "chambers:list_honours" and its like are lists."""
    return name.partition(":")[2].partition("_")[0]


def _is_page(link: str) -> bool:
    address = urlsplit(link)
    wanted = not address.netloc and address.path.startswith("/")
    return wanted and not any(f"{word}=" in address.query for word in SKIPPED)


def _name(path: str) -> str:
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return ""
    # Numbered addresses are one page with another word in it.
    name = re.sub(r"\d+$", "", match.view_name)
    return "" if any(word in name for word in ("download", "photo", "export", "media")) else name


def _fits(page: Page) -> bool:
    width = page.evaluate("document.documentElement.scrollWidth")
    return bool(width <= page.viewport_size["width"])  # type: ignore[index]
