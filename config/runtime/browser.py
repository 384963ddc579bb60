"""The real browser of the tests, and the fonts it needs to draw Chinese."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from config.runtime.words import tell

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk")
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
FONT_WORDS = (
    "cjk",
    "wqy",
    "sourcehan",
    "simsun",
    "simhei",
    "notosanssc",
    "uming",
    "ukai",
    "droidsansfallback",
)


def find() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def has_chinese_font() -> bool:
    files = (each for folder in FONT_FOLDERS if folder.is_dir() for each in folder.rglob("*"))
    return any(word in each.name.lower().replace("-", "") for each in files for word in FONT_WORDS)


def ensure() -> str | None:
    """The browser, installed first where we may; None where it is missing."""
    if (find() is None or not has_chinese_font()) and os.geteuid() == 0 and shutil.which("apt-get"):
        tell("正在安装 Chromium 和中文字体……", "installing Chromium and Chinese fonts …")
        _apt("update", "-q")
        _apt("install", "-q", "-y", "--no-install-recommends", *PACKAGES)
    return find()


def _apt(*words: str) -> None:
    """A failure shows by the browser that is still not there."""
    command: Sequence[str] = ["apt-get", *words]
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    told = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    if told.returncode != 0:
        last = (told.stderr.strip().splitlines() or ["?"])[-1]
        tell(f"apt-get {words[0]}：{last}", f"apt-get {words[0]}: {last}")
