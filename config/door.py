"""Django's command line behind `./run manage`: the unforeseen goes into a file, not on screen."""

import os
import sys
import traceback
from difflib import get_close_matches

import django
from django.core.management import execute_from_command_line, get_commands

from config.env import load
from config.runtime.words import Refusal, tell


def main() -> int:
    """Runs the command of the arguments; its own exit code, 1 for the unforeseen, 2 refused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        _refuse_unknown(sys.argv[1:2])
        execute_from_command_line(["./run manage", *sys.argv[1:]])
    except KeyboardInterrupt:
        return 1
    except Refusal as refusal:
        tell(refusal.chinese, refusal.english)
        return 2
    except Exception as error:  # noqa: BLE001 - the door of the program
        where = load().log_dir / "manage.log"
        with where.open("a", encoding="utf-8") as log:
            traceback.print_exception(error, file=log)
        told = " ".join(str(error).split())
        tell(
            f"命令没有完成：{type(error).__name__}: {told}（详见 {where}）",
            f"the command failed: {type(error).__name__}: {told} (see {where})",
        )
        return 1
    return 0


def _refuse_unknown(words: list[str]) -> None:
    known = get_commands()
    if not words or words[0] in {*known, "help", "version"} or words[0].startswith("-"):
        return
    near = get_close_matches(words[0], known)
    raise Refusal(
        f"没有“{words[0]}”这个管理命令。{f'是否要找 {near[0]}？' if near else ''}"
        "全部命令：./run manage help",
        f'there is no command "{words[0]}". {f"Is it {near[0]}? " if near else ""}'
        "All of them: ./run manage help",
    )


if __name__ == "__main__":
    sys.exit(main())
