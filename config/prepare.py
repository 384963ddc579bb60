"""Between a running database and a running site: tables, static files, the demo district.

Run by the supervisor: `python -m config.prepare [--empty]`; answers one JSON object on standard
output, `{"sign_ins": [...]}`. One process, because loading Django four times takes longer than
the work.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, transaction

from config.env import ROOT, Environment, load
from config.runtime.processes import tied
from config.runtime.words import tell


def prepare(environment: Environment, *, empty: bool) -> list[dict[str, Any]]:
    """Brings the database and the static files up to this version; the demo sign-ins, if any."""
    django.setup()
    with static_files_collected(environment):
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")  # the web's limit is not for migrations
        migrate()
        if empty:
            (environment.data_dir / "empty").touch()
        if is_fresh(environment):
            seed()
    return demo_sign_ins()


def migrate() -> None:
    """Applies what is missing."""
    call_command("migrate", interactive=False, verbosity=0)


def is_fresh(environment: Environment) -> bool:
    """Whether the demo district is still to come: asked of the database, which can't forget."""
    return not (environment.data_dir / "empty").exists() and not get_user_model().objects.exists()


def seed() -> None:
    """The demo district, whole or not at all: a start that was broken off begins it again."""
    tell("首次启动，正在放入示例数据……", "first start, adding the demo district …")
    with transaction.atomic():
        call_command("seed_demo", stdout=io.StringIO())


def demo_sign_ins() -> list[dict[str, Any]]:
    """What the command of that name answers."""
    answer = io.StringIO()
    call_command("demo_sign_ins", json=True, stdout=answer)
    found: list[dict[str, Any]] = json.loads(answer.getvalue())["sign_ins"]
    return found


@contextmanager
def static_files_collected(environment: Environment) -> Iterator[None]:
    """The static files are collected and compressed at the end, beside what is done inside.

    Compressing takes as long as the migrations; nothing happens when no file has changed.
    """
    stamp, mark = environment.static_dir / ".stamp", _static_mark()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == mark:
        yield
        return
    tell("正在收集静态文件……", "collecting the static files …")
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "-v0"]
    with (environment.log_dir / "prepare.log").open("ab") as log:
        process = subprocess.Popen(tied(command), cwd=ROOT, stdout=log, stderr=log)  # noqa: S603
    try:
        yield
        if process.wait() != 0:
            raise RuntimeError(f"collectstatic: {process.returncode}")
    finally:
        process.kill()
        process.wait()
    stamp.write_text(mark, encoding="utf-8")


def _static_mark() -> str:
    """Names, sizes and dates of every file that would be collected, and where they go."""
    mark = hashlib.sha256(f"{settings.STATIC_ROOT}\0".encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            mark.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return mark.hexdigest()


def main() -> int:
    """The door: what goes wrong is told in one line, the rest stands in prepare.log."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    environment = load()
    try:
        sign_ins = prepare(environment, empty="--empty" in sys.argv[1:])
    except KeyboardInterrupt:
        return 1
    except Exception as error:  # noqa: BLE001 - the door of the program
        _keep(environment.log_dir / "prepare.log", error)
        reason = " ".join(str(error).split()) or type(error).__name__
        tell(f"准备数据库时出错：{reason}", f"preparing the database: {reason}")
        return 1
    json.dump({"sign_ins": sign_ins}, sys.stdout, ensure_ascii=False)
    return 0


def _keep(log: Path, error: Exception) -> None:
    with log.open("a", encoding="utf-8") as file:
        traceback.print_exception(error, file=file)


if __name__ == "__main__":
    sys.exit(main())
