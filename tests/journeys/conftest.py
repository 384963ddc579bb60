"""A real Chromium that fails a test on a console error, a CSP violation or a request that leaves.

``visit(person, size)`` gives a page signed in as a person. The site is Django's live server on the
test database; a journey therefore needs no running installation.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from playwright.sync_api import Request as BrowserRequest

from accounts.models import User

DESKTOP, PHONE = (1366, 768), (390, 844)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# As root there is no sandbox; the rest keeps the browser from looking for its maker's hosts.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CONFLICT = "status of 409"  # an answer to a person (two edited at once), not a fault of the page
WHEN_IDLE = "new Promise(done => requestIdleCallback(() => done(true)))"
# An element that htmx asks for carries this class until its answer is settled.
UNDER_WAY = ".htmx-request, .htmx-settling"
# Playwright's driver runs an event loop in this thread; Django would take it for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@dataclass
class Watch:
    """What a browser must never do: collected while pages load, asserted at the end."""

    host: str
    faults: list[str] = field(default_factory=list)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and CONFLICT not in message.text:
            self.faults.append(f"console {message.type}: {message.text} ({self.host})")

    def on_request(self, request: BrowserRequest) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.host:
            self.faults.append(f"a request left the machine: {request.url}")

    def on_error(self, error: Exception) -> None:
        self.faults.append(f"script error: {error}")


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("没有找到 Chromium：以 root 执行 ./run test 会自动安装。")
    rows_at_first = getattr(connection, "_test_serialized_contents", None)
    with sync_playwright() as playwright:
        # The driver's event loop gives this thread connections of its own: hand over the rows that
        # migrations made, which a test with serialized_rollback puts back.
        if rows_at_first is not None:
            connection._test_serialized_contents = rows_at_first  # type: ignore[attr-defined]
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Visit]:
    """Open a page as a person: ``visit(officer, "/district/", size=PHONE)``; None is a stranger."""
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def open_page(person: User | None, path: str = "/", size: tuple[int, int] = DESKTOP) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            base_url=live_server.url,
            accept_downloads=True,
            has_touch=size == PHONE,
        )
        contexts.append(context)
        if person:
            context.add_cookies([_session_cookie(person, live_server.url)])
        watch = Watch(urlsplit(live_server.url).netloc)
        watches.append(watch)
        page = context.new_page()
        page.on("console", watch.on_console)
        page.on("request", watch.on_request)
        page.on("pageerror", watch.on_error)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "\n".join(faults)


def come_to_rest(page: Page) -> None:
    """Wait until the scripts have had their turn and nothing they asked for is under way.

    The browser's own word for it, networkidle, waits half a second on every page.
    """
    page.evaluate(WHEN_IDLE)
    # Not wait_for_function: it asks again by eval, which the policy of the pages forbids.
    expect(page.locator(UNDER_WAY)).to_have_count(0)


def _session_cookie(person: User, url: str) -> Any:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}
