"""`./run doctor`: looks the installation over and says what to do about each finding."""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from typing import Any

from config.env import ROOT, Environment
from config.runtime import browser, install, lock
from config.runtime.folders import PLENTY
from config.runtime.processes import tied
from config.runtime.words import answer, say

GOOD, NOTICE, WRONG = "good", "notice", "wrong"
SIGNS = {GOOD: "✓", NOTICE: "！", WRONG: "✗"}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do when it is not well."""

    name: str
    state: str
    text: str
    advice: str = ""


def doctor(environment: Environment, options: argparse.Namespace) -> int:
    """1 where something is wrong; a notice alone is no failure."""
    findings = list(_findings(environment))
    sound = all(each.state != WRONG for each in findings)
    if options.json:
        told = {"sound": sound, "findings": [asdict(each) for each in findings]}
        answer(json.dumps(told, ensure_ascii=False))
    else:
        for each in findings:
            answer(f"{SIGNS[each.state]} {each.text}")
            if each.advice:
                answer(f"    → {each.advice}")
    return 0 if sound else 1


def _findings(environment: Environment) -> Iterator[Finding]:
    yield _python()
    yield _packages()
    yield _front_end()
    yield _data_folder(environment)
    yield from _secret(environment)
    yield _account()
    yield _disk(environment)
    yield _fonts()
    yield _chromium()
    yield _site(environment)
    if find_spec("psycopg2"):
        yield from _services(environment)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("python", GOOD, f"Python {version}")


def _packages() -> Finding:
    mark = install.fingerprint(ROOT / "requirements.txt")
    if install.stamps().get("requirements.txt") == mark:
        text = say("程序包与 requirements.txt 一致", "packages match requirements.txt")
        return Finding("packages", GOOD, text)
    text = say("程序包尚未安装或已过期", "packages are not installed, or not these")
    return Finding(
        "packages", WRONG, text, say("执行 ./run（需要联网）", "run ./run (needs the network)")
    )


def _front_end() -> Finding:
    if install.stamps().get("front end") == install.front_end_mark() and install.BUILD.is_dir():
        return Finding("front_end", GOOD, say("前端已生成", "the front end is built"))
    text = say("前端尚未生成或已过期", "the front end is not built, or from older files")
    return Finding("front_end", WRONG, text, say("执行 ./run", "run ./run"))


def _data_folder(environment: Environment) -> Finding:
    folder = environment.data_dir
    if not folder.exists():
        text = say(f"数据文件夹 {folder} 还没有建立", f"the data folder {folder} is not made yet")
        return Finding("data_folder", NOTICE, text, say("首次执行 ./run 时建立", "./run makes it"))
    if os.access(folder, os.W_OK | os.X_OK):
        text = say(f"数据文件夹 {folder} 可写", f"the data folder {folder} can be written")
        return Finding("data_folder", GOOD, text)
    text = say(f"数据文件夹 {folder} 不可写", f"the data folder {folder} can't be written")
    advice = f"sudo chown -R $(id -un) '{folder}'"
    return Finding("data_folder", WRONG, text, advice)


def _secret(environment: Environment) -> Iterator[Finding]:
    path = environment.data_dir / "secret_key"
    if environment.given_secret_key or not path.exists():
        return
    if path.stat().st_mode & 0o077 == 0:
        yield Finding(
            "secret_key", GOOD, say("密钥文件只有本用户可读", "the secret key is private")
        )
        return
    text = say("密钥文件其他用户也能读", "others can read the secret key")
    yield Finding("secret_key", WRONG, text, f"chmod 600 '{path}'")


def _account() -> Finding:
    if os.geteuid() != 0:
        return Finding("account", GOOD, say("以普通用户运行", "runs as an ordinary user"))
    return Finding(
        "account",
        NOTICE,
        say("以 root 运行", "runs as root"),
        say("长期使用请建专用帐号，见 docs/operations.md", "see docs/operations.md for an account"),
    )


def _disk(environment: Environment) -> Finding:
    there = next(each for each in (environment.data_dir, ROOT) if each.exists())
    usage = shutil.disk_usage(there)
    free = f"{usage.free / 1e9:.1f} GB"
    text = say(f"磁盘剩余 {free}", f"{free} free on the disk")
    advice = say(
        "清理磁盘，或把 DATA_DIR 移到更大的盘", "make room, or move DATA_DIR to a larger disk"
    )
    if usage.free < PLENTY:
        return Finding("disk", WRONG, text, advice)
    is_scarce = usage.free < max(4 * PLENTY, usage.total // 20)
    return Finding("disk", NOTICE if is_scarce else GOOD, text, advice if is_scarce else "")


def _fonts() -> Finding:
    if browser.has_chinese_font():
        return Finding("fonts", GOOD, say("有中文字体", "there is a Chinese font"))
    text = say("没有中文字体，测试截图会显示方块", "no Chinese font: pictures of tests show boxes")
    return Finding("fonts", NOTICE, text, "sudo apt-get install fonts-noto-cjk")


def _chromium() -> Finding:
    path = browser.find()
    if path:
        return Finding("chromium", GOOD, say(f"浏览器测试用 {path}", f"browser tests use {path}"))
    text = say("没有 Chromium，浏览器测试会跳过", "no Chromium: browser tests are left out")
    return Finding("chromium", NOTICE, text, "sudo apt-get install chromium")


def _site(environment: Environment) -> Finding:
    if lock.master_of(environment) is not None:
        return Finding("site", GOOD, say("网站在运行", "the site runs"))
    text = say("网站没有在运行，数据库未检查", "the site does not run; the database was not seen")
    return Finding("site", NOTICE, text, say("执行 ./run 启动", "start it with ./run"))


def _services(environment: Environment) -> Iterator[Finding]:
    """What can only be seen while the database runs; it is not started for this."""
    from config.runtime import services  # noqa: PLC0415 - needs the packages, which may be missing

    is_embedded = environment.database_url is None or environment.redis_url is None
    if is_embedded and lock.master_of(environment) is None:
        return
    complaints = {
        "database": services.database_complaint(environment),
        "queue": services.queue_complaint(environment),
    }
    names = {"database": say("数据库", "the database"), "queue": say("队列", "the queue")}
    for key, complaint in complaints.items():
        if complaint is None:
            yield Finding(key, GOOD, names[key] + say("有应答", " answers"))
        else:
            yield Finding(key, WRONG, f"{names[key]}: {complaint}", say("见日志", "see its log"))
    if complaints["database"] is None:
        yield from _records(environment)


def _records(environment: Environment) -> Iterator[Finding]:
    """Migrations, pictures and clock, asked by a process that knows Django."""
    told = subprocess.run(
        tied([sys.executable, "-m", "config.inspection"]),
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(environment.data_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode != 0:
        lines = told.stderr.strip().splitlines() or ["?"]
        yield Finding(
            "records", WRONG, lines[-1], say("执行 ./run 后再试", "run ./run, then again")
        )
        return
    yield from _judged(json.loads(told.stdout))


def _judged(facts: dict[str, Any]) -> Iterator[Finding]:
    missing = facts["unapplied"]
    text = say(f"未执行的数据库变更：{len(missing)} 项", f"migrations to apply: {len(missing)}")
    advice = say("重新启动 ./run", "start ./run again")
    yield Finding("migrations", WRONG if missing else GOOD, text, advice if missing else "")
    lost = facts["missing_files"]
    text = say(f"缺失的上传文件：{len(lost)} 个", f"uploaded files missing: {len(lost)}")
    advice = say("从备份恢复：", "restore from a backup: ") + "、".join(lost[:5])
    yield Finding("media", WRONG if lost else GOOD, text, advice if lost else "")
    if facts["clock_behind_s"] > 0:
        text = say(
            f"系统时间早于最近一次操作（{facts['last_change_at']}）",
            f"the clock stands before the last change ({facts['last_change_at']})",
        )
        yield Finding("clock", WRONG, text, say("校准系统时间", "set the clock"))
    else:
        yield Finding("clock", GOOD, say("系统时间正常", "the clock is right"))
