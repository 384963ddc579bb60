"""Takes the README's pictures from a running demo district: `python docs/take_pictures.py URL`.

Needs Chromium and the development packages; start the site with `./run` first, on a new DATA_DIR,
and wait until 工作小结 lists summaries: the background writes them in the first minutes.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parent / "pictures"
PASSWORD = "Tongxin@2024"  # noqa: S105 - the demo district's, printed at its start
DESKTOP, PHONE = (1366, 768), (390, 844)
ROSTER = Path(__file__).parents[1] / "tests" / "imports" / "samples" / "rosters"


class Picture(NamedTuple):
    name: str
    username: str
    path: str
    size: tuple[int, int] = DESKTOP


SHOTS = (
    Picture("district", "qujian", "/district/?period=2024-01-01..2024-05-27"),
    Picture("figure_rows", "qujian", "/figures/members/?scope=town:310118107&as_of=2024-05-27"),
    Picture("enter_activity_phone", "huaxin", "/activities/new/", PHONE),
)


def main(url: str) -> None:
    """Sign in as each person once and save each page as a picture."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for shot in SHOTS:
            page = signed_in(browser, url, shot.username, shot.size)
            page.goto(url + shot.path)
            save(page, shot.name)
        open_summary(signed_in(browser, url, "qujian", DESKTOP), url)
        preview_import(signed_in(browser, url, "guanli", DESKTOP), url)
        browser.close()


def signed_in(browser: Browser, url: str, username: str, size: tuple[int, int]) -> Page:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", device_scale_factor=1
    )
    page.goto(f"{url}/sign-in/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")
    return page


def open_summary(page: Page, url: str) -> None:
    """Save the newest summary of the whole district as it stands on its page."""
    page.goto(f"{url}/summaries/")
    page.locator("#list-results td.is-title a").first.click()
    page.wait_for_url(re.compile(r"/summaries/\d+/$"))
    save(page, "summary")


def preview_import(page: Page, url: str) -> None:
    """Upload a sample roster with wrong codes and save its preview; nothing is confirmed."""
    page.goto(f"{url}/imports/new/")
    page.locator(".ts-control input").click()
    page.locator(".ts-control input").press_sequentially("hxz")
    page.locator(".ts-dropdown .option", has_text="华新镇商会").click()
    page.set_input_files("input[name=file]", str(ROSTER / "d_dirty_codes.xlsx"))
    page.get_by_role("button", name="读取并预览").click()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    save(page, "import_preview")


def save(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    # The charts draw themselves once the page stands.
    page.wait_for_timeout(600)
    page.screenshot(path=str(PICTURES / f"{name}.png"))


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
